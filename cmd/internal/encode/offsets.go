package encode

import (
	"encoding/binary"
	"fmt"
	"slices"
	"unicode/utf8"

	"wiretag/models"
)

// Offsets is the unit in which a record counts its fields.
type Offsets uint8

// The units. A byte that is no UTF-8 counts as one code point, since it is
// written as one U+FFFD.
const (
	CodePoint Offsets = iota // Python, R, SQL
	Byte                     // Go, Rust, C
	UTF16                    // JavaScript, Java, C#
)

// unitNames are the units as flags and records spell them.
var unitNames = [...]string{CodePoint: "codepoint", Byte: "byte", UTF16: "utf16"}

// String returns "codepoint", "byte" or "utf16".
func (o Offsets) String() string { return unitNames[o] }

// OffsetNames lists the units as ParseOffsets takes them, the default first.
func OffsetNames() []string { return slices.Clone(unitNames[:]) }

// ParseOffsets reads the name of a unit.
func ParseOffsets(name string) (Offsets, error) {
	i := slices.Index(unitNames[:], name)
	if i < 0 {
		return 0, fmt.Errorf("unknown offsets %q; known: codepoint, byte, utf16", name)
	}
	return Offsets(i), nil
}

// A ruler converts the byte positions of one record. All positions of a field
// are collected first and counted in one pass, so that the cost is that of
// reading the field once.
type ruler struct {
	unit   Offsets
	fields [2]scale
}

// A scale holds the positions of one field: count[i] is bytes[i] in the unit.
type scale struct {
	bytes []int // sorted, without repeats
	count []int
}

// measure collects and counts the positions of rec. It is to be called before
// at.
func (r *ruler) measure(rec *models.Record) {
	if r.unit == Byte {
		return
	}
	r.reset()
	r.collect(rec)
	r.tally(rec)
}

// measureExplanation is measure for the parts of an explanation that are not
// its record.
func (r *ruler) measureExplanation(ex *models.Explanation) {
	r.reset()
	for i := range ex.Stopped {
		r.note(ex.Stopped[i].Place)
	}
	for i := range ex.Topics {
		r.noteClues(ex.Topics[i].Clues)
		r.noteClues(ex.Topics[i].Counter)
	}
	r.tally(&ex.Record)
}

func (r *ruler) reset() {
	for i := range r.fields {
		r.fields[i].bytes = r.fields[i].bytes[:0]
	}
}

func (r *ruler) tally(rec *models.Record) {
	if r.unit == Byte {
		return
	}
	r.fields[models.Title].tally(rec.Title, r.unit)
	r.fields[models.Text].tally(rec.Text, r.unit)
}

// collect notes every position that the record will write.
func (r *ruler) collect(rec *models.Record) {
	for i := range rec.Entities {
		for j := range rec.Entities[i].Mentions {
			m := &rec.Entities[i].Mentions[j]
			r.note(m.Place)
			if m.Antecedent != nil {
				r.note(*m.Antecedent)
			}
		}
	}
	for i := range rec.Undecided {
		r.note(rec.Undecided[i].Place)
	}
	for i := range rec.Topics {
		r.noteClues(rec.Topics[i].Clues)
		r.noteClues(rec.Topics[i].Counter)
	}
}

func (r *ruler) noteClues(clues []models.Clue) {
	for i := range clues {
		for j := range clues[i].Spans {
			r.note(clues[i].Spans[j].Place)
		}
	}
}

func (r *ruler) note(p models.Place) {
	s := &r.fields[p.Field]
	s.bytes = append(s.bytes, p.Start, p.End)
}

// tally counts field up to each noted position.
func (s *scale) tally(field string, unit Offsets) {
	slices.Sort(s.bytes)
	s.bytes = slices.Compact(s.bytes)
	s.count = s.count[:0]
	last, n := 0, 0
	for _, p := range s.bytes {
		n += units(field[last:p], unit)
		last = p
		s.count = append(s.count, n)
	}
}

// codePoints is utf8.RuneCountInString of what is ASCII for the most part:
// eight bytes at a time.
func codePoints(s string) int {
	n := 0
	for len(s) >= 8 {
		if binary.LittleEndian.Uint64([]byte(s[:8]))&high == 0 {
			n, s = n+8, s[8:]
			continue
		}
		size := 1
		if s[0] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(s)
		}
		n, s = n+1, s[size:]
	}
	return n + utf8.RuneCountInString(s)
}

// units returns the length of s in the unit.
func units(s string, unit Offsets) int {
	n := codePoints(s)
	if unit == CodePoint {
		return n
	}
	for _, r := range s {
		if r >= 0x10000 {
			n++ // a surrogate pair
		}
	}
	return n
}

// at returns the byte position p of the field in the unit.
func (r *ruler) at(f models.Field, p int) int {
	if r.unit == Byte {
		return p
	}
	s := &r.fields[f]
	i, _ := slices.BinarySearch(s.bytes, p)
	return s.count[i]
}
