package wtg

import (
	"encoding/binary"
	"math"
	"unsafe"
)

// This is the only file that looks at memory as something other than it was
// made to be. It does so where numbers lie in memory as they lie in the file;
// elsewhere they are copied.

// wordSize is the size of everything that sections hold, in bytes, and what
// they are aligned to.
const wordSize = 4

// A Row is what a section can be an array of: a 32-bit number, or a struct of
// nothing but 32-bit numbers.
type Row any

// isAligned reports whether data can be read as 32-bit numbers where it lies.
func isAligned(data []byte) bool {
	return len(data) == 0 || uintptr(unsafe.Pointer(unsafe.SliceData(data)))%wordSize == 0
}

// bigEndian reports whether numbers lie in memory otherwise than in the file.
func bigEndian() bool { return binary.NativeEndian.Uint16([]byte{0, 1}) == 1 }

// rows returns the bytes of a section as rows; len(data) must be a multiple of
// their size. The rows share the memory of data where they can.
func rows[T Row](data []byte, swap bool) []T {
	n := len(data) / rowSize[T]()
	if n == 0 {
		return nil
	}
	if swap || !isAligned(data) {
		words := make([]uint32, len(data)/wordSize)
		for i := range words {
			words[i] = binary.LittleEndian.Uint32(data[wordSize*i:])
		}
		return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(words))), n)
	}
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(data))), n)
}

// bytesOf returns rows as they lie in the file, in the memory of the rows where
// that can be.
func bytesOf[T Row](all []T, swap bool) []byte {
	if len(all) == 0 {
		return nil
	}
	size := rowSize[T]() * len(all)
	if !swap {
		return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(all))), size)
	}
	out := make([]byte, 0, size)
	for _, w := range unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(all))), size/wordSize) {
		out = binary.LittleEndian.AppendUint32(out, w)
	}
	return out
}

// rowSize returns the size of a row in bytes.
func rowSize[T Row]() int {
	var row T
	if unsafe.Alignof(row) != wordSize || unsafe.Sizeof(row)%wordSize != 0 || unsafe.Sizeof(row) == 0 {
		panic("unreachable: a row that is not of 32-bit numbers")
	}
	return int(unsafe.Sizeof(row))
}

// view returns bytes as a string without a copy; they must not change.
func view(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// Float returns the number whose bits are two words of a row.
func Float(lo, hi uint32) float64 { return math.Float64frombits(uint64(hi)<<32 | uint64(lo)) }

// FloatWords returns the two words of a number; see Float.
func FloatWords(x float64) (lo, hi uint32) {
	bits := math.Float64bits(x)
	return uint32(bits), uint32(bits >> 32)
}
