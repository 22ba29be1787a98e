package wtg

import "encoding/binary"

// Strings is a section of strings. A reference is where one begins: its length
// as a uvarint, then its bytes. Reference 0 is the empty string.
type Strings struct{ blob []byte }

// At returns the string of a reference, in the memory of the file. A reference
// to where no whole string lies gives the empty one.
func (s Strings) At(ref uint32) string {
	if uint64(ref) >= uint64(len(s.blob)) {
		return ""
	}
	rest := s.blob[ref:]
	n, at := uint64(rest[0]), 1
	if n >= 0x80 {
		if n, at = binary.Uvarint(rest); at <= 0 {
			return ""
		}
	}
	if n > uint64(len(rest)-at) {
		return ""
	}
	return view(rest[at : at+int(n)])
}

// pool collects the strings of a file, each once.
type pool struct {
	blob []byte
	refs map[string]uint32
}

func newPool() pool { return pool{[]byte{0}, map[string]uint32{"": 0}} }

// ref returns the reference of a string.
func (p *pool) ref(s string) uint32 {
	ref, ok := p.refs[s]
	if !ok {
		ref = uint32(len(p.blob))
		p.refs[s] = ref
		p.blob = append(binary.AppendUvarint(p.blob, uint64(len(s))), s...)
	}
	return ref
}
