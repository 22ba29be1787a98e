package wtg

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
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

// Add adds a section of rows, which must not change afterwards.
func Add[T Row](w *Writer, name string, all []T) {
	w.sections = append(w.sections, section{name, bytesOf(all, bigEndian())})
}

// A Sealed file is one whose sections are all there.
type Sealed struct {
	head     []byte
	sections []section
}

// Seal ends the file. meaning is the version of what its sections hold: a file
// of another meaning is refused by Parse. It fails on more text than references
// reach.
func (w *Writer) Seal(meaning uint32) (*Sealed, error) {
	if len(w.pool.blob) > math.MaxUint32 {
		return nil, fmt.Errorf("the gazetteer has more than %d bytes of names; split it in two", uint32(math.MaxUint32))
	}
	w.Bytes(stringsName, w.pool.blob)
	at := headSize + entrySize*len(w.sections)
	head := make([]byte, headSize, at)
	for _, s := range w.sections {
		var name [nameSize]byte
		copy(name[:], s.name)
		head = append(head, name[:]...)
		head = binary.LittleEndian.AppendUint64(head, uint64(at))
		head = binary.LittleEndian.AppendUint64(head, uint64(len(s.data)))
		head = binary.LittleEndian.AppendUint32(head, checksum(s.data))
		head = append(head, 0, 0, 0, 0)
		at += len(s.data)
	}
	copy(head, magic)
	binary.LittleEndian.PutUint32(head[8:], format)
	binary.LittleEndian.PutUint32(head[12:], meaning)
	binary.LittleEndian.PutUint64(head[16:], uint64(at))
	binary.LittleEndian.PutUint32(head[24:], uint32(len(w.sections)))
	binary.LittleEndian.PutUint32(head[headSize-wordSize:], headSum(head))
	return &Sealed{head, w.sections}, nil
}

// WriteTo writes the file.
func (s *Sealed) WriteTo(w io.Writer) (int64, error) {
	sum := int64(0)
	for _, part := range append([]section{{data: s.head}}, s.sections...) {
		n, err := w.Write(part.data)
		sum += int64(n)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// Data returns the file in memory.
func (s *Sealed) Data() []byte {
	size := len(s.head)
	for _, part := range s.sections {
		size += len(part.data)
	}
	out := append(make([]byte, 0, size), s.head...)
	for _, part := range s.sections {
		out = append(out, part.data...)
	}
	return out
}

// checksum is CRC-32C, for which processors have an instruction.
func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

// headSum is the checksum of a header and its table, apart from itself.
func headSum(head []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(head[:headSize-wordSize], table), table, head[headSize:])
}
