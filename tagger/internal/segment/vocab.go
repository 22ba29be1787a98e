package segment

import "wiretag/tagger/internal/wtg"

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
	Closing // Group, Holdings: what the press leaves off a company's name
	NameSuffix
	HyphenSuffix // -based, -led
	HyphenPrefix // pro-, anti-, ex-
	Agency       // Reuters, AP: may stand in a byline or dateline
	Place        // begins the name of a place
	StartsPhrase // begins a phrase of the lexicon, where it is written as one asks
	StartsLower  // likewise, also where it has no capital
)

// A Vocab numbers the norms of the words that the gazetteer and the word lists
// hold. Word 0 is every other word. It is built by one goroutine and may then
// be read by many. It lies in flat arrays, which are those of the file:
//
//   - text[at[id]:at[id+1]] is the norm of word id;
//   - slots is an open-addressing hash table from norms to numbers, a power of
//     two long and at most half full; 0 is an empty slot.
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
	slot := v.find([]byte(norm))
	if id := v.slots[slot]; id != 0 {
		return id
	}
	id := uint32(len(v.class))
	v.slots[slot] = id
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
		v.slots[v.find(v.norm(id))] = id
	}
}

func (v *Vocab) norm(id uint32) []byte { return v.text[v.at[id]:v.at[id+1]] }

// find returns the slot of a norm, or the empty one where it would be.
func (v *Vocab) find(norm []byte) uint32 {
	last := uint32(len(v.slots) - 1)
	for i := hashOf(norm) & last; ; i = (i + 1) & last {
		if id := v.slots[i]; id == 0 || string(v.norm(id)) == string(norm) {
			return i
		}
	}
}

// hashOf is FNV-1a, whose high bits are the better ones.
func hashOf(norm []byte) uint32 {
	h := uint64(14695981039346656037)
	for _, c := range norm {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return uint32(h >> 32)
}

// Lookup returns the number of a norm, or 0.
func (v *Vocab) Lookup(norm []byte) uint32 { return v.slots[v.find(norm)] }

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
	free := false
	for _, id := range v.slots {
		free = free || id == 0
	}
	f.Require(free && len(v.slots)&(len(v.slots)-1) == 0, slotsName)
	f.Below(slotsName, v.slots, n)
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
