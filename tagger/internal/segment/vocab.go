package segment

import (
	"encoding/binary"
	"math/bits"

	"wiretag/tagger/internal/wtg"
)

// A Class is a set of facts about a word that do not depend on where it
// stands. The facts come from the house's word lists and from the gazetteer.
type Class uint32

// The classes.
const (
	Abbreviation Class = 1 << iota // a full stop after it does not end a sentence
	Honorific
	Male   // an honorific or given name of men
	Female // an honorific or given name of women
	JobTitle
	Month
	Weekday
	Particle
	Common // an everyday word when it stands in lower case
	FirstName
	FamilyName
	Frequent // a family name that very many bear
	LegalSuffix
	Closing  // Group, Holdings: what the press leaves off a company's name
	NameHead // begins a name that goes on with of and a place: University of Texas
	NameTail // ends the name of something else: Ford Foundation
	NameLink // is "of" in names of other languages: Banco de Chile
	NameSuffix
	HyphenSuffix // -based, -led
	HyphenPrefix // pro-, anti-, ex-
	Agency       // Reuters, AP: may stand in a byline or dateline
	Place        // begins the name of a place
	StartsPhrase // begins a phrase of the lexicon, where it is written as one asks
	StartsLower  // likewise, also where it has no capital
	HasLemmas    // is a form of words of the lexicon
)

// A Vocab numbers the norms of the words that the gazetteer and the word lists
// hold. Word 0 is every other word. It is built by one goroutine and may then
// be read by many. It lies in flat arrays, which are those of the file:
//
//   - text[at[id]:at[id+1]] is the norm of word id;
//   - slots is an open-addressing hash table from norms to numbers, a power of
//     two long and at most half full; 0 is an empty slot. A number needs fewer
//     bits than the table has: the others hold bits of the hash, so that the
//     norm of another word is hardly ever compared.
type Vocab struct {
	slots []uint32
	at    []uint32
	text  []byte
	class []Class
	stop  uint32 // the full stop
}

// NewVocab returns a vocabulary that holds the full stop only.
func NewVocab() *Vocab {
	v := &Vocab{slots: make([]uint32, 16), at: make([]uint32, 2), class: make([]Class, 1)}
	v.stop = v.Intern(".")
	return v
}

// Intern returns the number of a norm, giving it one if it has none. No word
// may be added to a vocabulary that was opened.
func (v *Vocab) Intern(norm string) uint32 {
	slot, mark := v.find([]byte(norm))
	if x := v.slots[slot]; x != 0 {
		return x ^ mark
	}
	id := uint32(len(v.class))
	v.slots[slot] = id | mark
	v.text = append(v.text, norm...)
	v.at = append(v.at, uint32(len(v.text)))
	v.class = append(v.class, 0)
	if 2*len(v.class) > len(v.slots) {
		v.grow()
	}
	return id
}

// grow doubles the hash table.
func (v *Vocab) grow() {
	v.slots = make([]uint32, 2*len(v.slots))
	for id := uint32(1); id < uint32(len(v.class)); id++ {
		slot, mark := v.find(v.norm(id))
		v.slots[slot] = id | mark
	}
}

func (v *Vocab) norm(id uint32) []byte { return v.text[v.at[id]:v.at[id+1]] }

// find returns the slot of a norm, or the empty one where it would be, and what
// of its hash stands there beside its number.
func (v *Vocab) find(norm []byte) (slot, mark uint32) { return v.search(hashOf(norm), norm) }

// search is find of a norm whose hash is known.
func (v *Vocab) search(h uint64, norm []byte) (slot, mark uint32) {
	last := uint32(len(v.slots) - 1)
	mark = uint32(h) &^ last
	for i := uint32(h>>32) & last; ; i = (i + 1) & last {
		x := v.slots[i]
		if x == 0 || x&^last == mark && string(v.norm(x&last)) == string(norm) {
			return i, mark
		}
	}
}

// hashOf hashes eight bytes at a time, the last of them filled up with zeros.
func hashOf(norm []byte) uint64 {
	h := uint64(len(norm))
	for ; len(norm) >= 8; norm = norm[8:] {
		h = mix(h, binary.LittleEndian.Uint64(norm))
	}
	last := uint64(0)
	for i := len(norm) - 1; i >= 0; i-- {
		last = last<<8 | uint64(norm[i])
	}
	return mix(h, last)
}

// hash is hashOf of the text of a key.
func (k key) hash() uint64 {
	h := mix(uint64(k.size), k.lo)
	if k.size < 8 {
		return h
	}
	h = mix(h, k.hi)
	if k.size < 16 {
		return h
	}
	return mix(h, 0)
}

// mix is one step of a multiplicative hash, both halves of whose product are
// used.
func mix(h, x uint64) uint64 {
	hi, lo := bits.Mul64(h^x^0x9e3779b97f4a7c15, 0xd6e8feb86659fd93)
	return hi ^ lo
}

// Lookup returns the number of a norm, or 0.
func (v *Vocab) Lookup(norm []byte) uint32 {
	slot, _ := v.find(norm)
	return v.slots[slot] & uint32(len(v.slots)-1)
}

// lookupKey is Lookup of the text of a key.
func (v *Vocab) lookupKey(k key) uint32 {
	var text [longKey]byte
	slot, _ := v.search(k.hash(), k.append(text[:0]))
	return v.slots[slot] & uint32(len(v.slots)-1)
}

// Mark adds c to the classes of a word.
func (v *Vocab) Mark(id uint32, c Class) { v.class[id] |= c }

// Class returns the classes of a word. Word 0 has none.
func (v *Vocab) Class(id uint32) Class { return v.class[id] }

// Stop returns the number of the full stop.
func (v *Vocab) Stop() uint32 { return v.stop }

// Len is the number of words, word 0 included.
func (v *Vocab) Len() int { return len(v.class) }

// The sections of a vocabulary.
const (
	slotsName = "vocab"
	atName    = "vocabat"
	textName  = "vocabtxt"
	className = "classes"
)

// Save writes the vocabulary into a file.
func (v *Vocab) Save(w *wtg.Writer) {
	wtg.Add(w, slotsName, v.slots)
	wtg.Add(w, atName, v.at)
	w.Bytes(textName, v.text)
	wtg.Add(w, className, v.class)
}

// OpenVocab returns the vocabulary of a file. What is wrong with it is an
// error of the file.
func OpenVocab(f *wtg.File) *Vocab {
	v := &Vocab{
		slots: wtg.Rows[uint32](f, slotsName), at: wtg.Rows[uint32](f, atName),
		text: f.Bytes(textName), class: wtg.Rows[Class](f, className),
	}
	n := len(v.class)
	last, free, most := uint32(len(v.slots)-1), false, uint32(0)
	for _, x := range v.slots {
		free = free || x == 0
		most = max(most, x&last)
	}
	f.Require(free && len(v.slots)&(len(v.slots)-1) == 0 && int(most) < n, slotsName)
	f.Require(len(v.at) == n+1 && int(v.at[n]) <= len(v.text), atName)
	if f.Err() == nil {
		f.Offsets(atName, v.at, n, 0, int(v.at[n]))
	}
	if f.Err() == nil {
		v.stop = v.Lookup([]byte("."))
	}
	f.Require(v.stop != 0, slotsName)
	return v
}
