package wtg

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
)

// magic begins every file: a byte that no text has, a name, and the ends of
// lines that careless copying changes.
const magic = "\x89WTG\r\n\x1a\n"

// format is the version of the layout.
const format = 1

// The sizes of the parts of a file, and the name of the section of strings.
const (
	headSize    = 32
	entrySize   = 32
	nameSize    = 8
	stringsName = "strings"
)

// A Writer collects the sections of a file.
type Writer struct {
	pool     pool
	sections []section
}

type section struct {
	name string // of at most nameSize bytes
	data []byte
}

// NewWriter returns a Writer without a section.
func NewWriter() *Writer { return &Writer{pool: newPool()} }

// Ref returns the reference of a string for rows to hold; see File.Text.
func (w *Writer) Ref(s string) uint32 { return w.pool.ref(s) }

// Refs returns the references of strings.
func (w *Writer) Refs(all ...string) []uint32 {
	refs := make([]uint32, len(all))
	for i, s := range all {
		refs[i] = w.Ref(s)
	}
	return refs
}

// Bytes adds a section of bytes, which must not change afterwards. In the file
// zeros may follow them.
func (w *Writer) Bytes(name string, data []byte) {
	for len(data)%wordSize != 0 {
		data = append(data, 0)
	}
	w.sections = append(w.sections, section{name, data})
}

// Add adds a section of rows.
func Add[T Row](w *Writer, name string, all []T) {
	data := make([]byte, 0, len(all)*rowSize[T]())
	w.sections = append(w.sections, section{name, appendRows(data, all, bigEndian())})
}

// Encode returns the file. meaning is the version of what its sections hold: a
// file of another meaning is refused by Parse. It fails on more text than
// references reach.
func (w *Writer) Encode(meaning uint32) ([]byte, error) {
	if len(w.pool.blob) > math.MaxUint32 {
		return nil, fmt.Errorf("the gazetteer has more than %d bytes of names; split it in two", uint32(math.MaxUint32))
	}
	w.Bytes(stringsName, w.pool.blob)
	size := headSize + entrySize*len(w.sections)
	for _, s := range w.sections {
		size += len(s.data)
	}
	out := make([]byte, 0, size)
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint32(out, format)
	out = binary.LittleEndian.AppendUint32(out, meaning)
	out = binary.LittleEndian.AppendUint64(out, uint64(size))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(w.sections)))
	out = append(out, 0, 0, 0, 0) // the checksum
	at := headSize + entrySize*len(w.sections)
	for _, s := range w.sections {
		var name [nameSize]byte
		copy(name[:], s.name)
		out = append(out, name[:]...)
		out = binary.LittleEndian.AppendUint64(out, uint64(at))
		out = binary.LittleEndian.AppendUint64(out, uint64(len(s.data)))
		out = binary.LittleEndian.AppendUint32(out, checksum(s.data))
		out = append(out, 0, 0, 0, 0)
		at += len(s.data)
	}
	binary.LittleEndian.PutUint32(out[headSize-wordSize:], headSum(out))
	for _, s := range w.sections {
		out = append(out, s.data...)
	}
	return out, nil
}

// checksum is CRC-32C, for which processors have an instruction.
func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

// headSum is the checksum of a header and its table, apart from itself.
func headSum(head []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(head[:headSize-wordSize], table), table, head[headSize:])
}
