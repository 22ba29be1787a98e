package segment

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
)

// A Vocab numbers the norms of the words that the gazetteer and the word lists
// hold. Word 0 is every other word. It is built by one goroutine and may then
// be read by many.
type Vocab struct {
	ids   map[string]uint32
	class []Class
	stop  uint32 // the full stop
}

// NewVocab returns a vocabulary that holds the full stop only.
func NewVocab() *Vocab {
	v := &Vocab{ids: make(map[string]uint32), class: make([]Class, 1)}
	v.stop = v.Intern(".")
	return v
}

// Intern returns the number of a norm, giving it one if it has none.
func (v *Vocab) Intern(norm string) uint32 {
	if id, ok := v.ids[norm]; ok {
		return id
	}
	id := uint32(len(v.class))
	v.ids[norm] = id
	v.class = append(v.class, 0)
	return id
}

// Lookup returns the number of a norm, or 0.
func (v *Vocab) Lookup(norm []byte) uint32 { return v.ids[string(norm)] }

// Mark adds c to the classes of a word.
func (v *Vocab) Mark(id uint32, c Class) { v.class[id] |= c }

// Class returns the classes of a word. Word 0 has none.
func (v *Vocab) Class(id uint32) Class { return v.class[id] }

// Stop returns the number of the full stop.
func (v *Vocab) Stop() uint32 { return v.stop }

// Len is the number of words, word 0 included.
func (v *Vocab) Len() int { return len(v.class) }
