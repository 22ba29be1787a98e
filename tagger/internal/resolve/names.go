package resolve

import (
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
)

// Names is the compiled side of a gazetteer that decides mentions: its
// entities, their forms, masks and guards. It is read-only once compiled and
// may be shared.
type Names struct {
	Entities []Entity
	forms    []form
	guards   []guard
	terms    int                     // how many terms the guards hold
	meaning  lexicon.Meanings[entry] // of phrases
	parents  map[string]string       // of types
}

// An Entity is what deciding needs to know of an entry of the gazetteer.
type Entity struct {
	*gazetteer.Entity
	Type string
}

// A form is one way to write an entity.
type form struct {
	entity int32
	via    models.Via
	alias  string // as the gazetteer writes it
	words  int
	guard  int32 // in guards, or -1
	from   models.Date
	until  models.Date
	prior  float64
	stop   bool // ends in the stop of an abbreviation: King Jr.
	inside bool // counts inside a longer name
	common bool // every word is an everyday word when it stands in lower case
	typ    string
}

// dated reports whether the form holds on some days only.
func (f *form) dated() bool { return f.from != "" || f.until != "" }

// holds reports whether the form holds on a day. Without a day all do.
func (f *form) holds(day models.Date) bool { return Holds(day, f.from, f.until) }

// Holds reports whether a day lies in [from, until). An empty day or bound
// excludes nothing.
func Holds(day, from, until models.Date) bool {
	return day == "" || (from == "" || day >= from) && (until == "" || day < until)
}

// entry is what a phrase means to names.
type entry struct {
	kind entryKind
	ref  int32 // a form, a guard's term, or the entity of a mask (-1: every name)
}

type entryKind uint8

const (
	asForm entryKind = iota
	asMask
	asTerm
	asTitle // an honorific or job title
)

// IsType reports whether a type is want or one of its children.
func (n *Names) IsType(typ, want string) bool {
	for typ != "" {
		if typ == want {
			return true
		}
		typ = n.parents[typ]
	}
	return false
}

// InGroup reports whether an entity carries a group on a day.
func (n *Names) InGroup(entity int32, group string, day models.Date) bool {
	for _, g := range n.Entities[entity].Groups {
		if g.ID.Value == group && Holds(day, g.From, g.Until) {
			return true
		}
	}
	return false
}
