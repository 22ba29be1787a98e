package resolve

import (
	"bytes"
	"slices"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/wtg"
)

// Names is the compiled side of a gazetteer that decides mentions: its
// entities, their forms and guards. It is read-only and may be shared. All that
// grows with the gazetteer lies in rows, which are those of the file; strings
// in them are references (Names.Text).
type Names struct {
	text     wtg.Strings
	entities []entity
	more     []more   // more[e.more] and the row behind it bound what entity e has
	groupAt  []uint32 // lists of groups, which many entities share
	groups   []Group
	links    []Link
	acronyms []uint32 // aliases that can be acronyms
	forms    []form
	extras   []extra // extras[0] is that of plain forms
	guards   []guard
	clauseAt []uint32
	clauses  []clauseItem
	types    []string
	norp     uint32 // in types
	parents  map[string]string
	terms    int // how many terms the guards hold
}

// An entity is an entry of the gazetteer. Most ids are made of the name, and
// are not kept: id is 0 where it is what slug makes of the name.
type entity struct{ id, name, bits, more uint32 }

// The bits of an entity: its type, in Names.types, and its gender.
const (
	typeBits     = 16
	genderMale   = 1 << typeBits
	genderFemale = 2 << typeBits
)

func (e *entity) typ() uint32 { return e.bits & (1<<typeBits - 1) }

// more says which list of groups an entity has, and where its links and
// acronyms begin. Entities without any share the first row.
type more struct{ groups, links, acronyms uint32 }

// A Group is a membership of an entity. Groups of one id have one ID.
type Group struct{ ID, from, until uint32 }

// A Link is an identifier of an entity elsewhere.
type Link struct{ Key, Value uint32 }

// A form is one way to write an entity.
type form struct {
	entity int32
	text   uint32 // as the gazetteer writes it
	bits   uint32
}

// The bits of a form: by which kind of form it is found (models.Via), facts,
// and from extraBits on its place in Names.extras.
const (
	viaBits           = 3
	formStop   uint32 = 1 << (viaBits + iota - 1) // ends in the stop of an abbreviation: King Jr.
	formInside                                    // counts inside a longer name
	formCommon                                    // every word is an everyday word when it stands in lower case
	formLong                                      // of several words
	formFirst                                     // a family name that its bearer writes first: Xi Jinping
	formMade                                      // no line of the gazetteer gives it
	formOrg                                       // names an ORG
	formPart                                      // names a PERSON, GPE, LOC or NORP: a part of longer names
	formThe                                       // only its The tells it from the rest of it: The Atlantic
	extraBits  = viaBits + 9
	mostExtras = 1 << (32 - extraBits)
)

func (f *form) via() models.Via { return models.Via(f.bits & (1<<viaBits - 1)) }

// strong reports whether a form counts by itself.
func (f *form) strong() bool { return f.via() == models.ViaAlias || f.via() == models.ViaDemonym }

// needsMore reports whether a form counts only beside another of its entity, or
// with its needs met.
func (f *form) needsMore() bool { return f.via() == models.ViaWeak || f.via() == models.ViaShort }

func (f *form) is(fact uint32) bool { return f.bits&fact != 0 }

// extra is what few forms have.
type extra struct {
	guard       uint32 // 1 + its place in Names.guards; 0: none
	from, until uint32
	low, high   uint32 // the prior
}

func (n *Names) extra(f *form) *extra { return &n.extras[f.bits>>extraBits] }

func (x *extra) prior() float64 { return wtg.Float(x.low, x.high) }

// dated reports whether a form holds on some days only.
func (n *Names) dated(f *form) bool {
	x := n.extra(f)
	return x.from|x.until != 0
}

// holds reports whether a form holds on a day. Without a day all do.
func (n *Names) holds(f *form, day models.Date) bool {
	x := n.extra(f)
	return x.from|x.until == 0 || Holds(day, models.Date(n.Text(x.from)), models.Date(n.Text(x.until)))
}

// guard returns the guard of a form, or nil.
func (n *Names) guard(f *form) *guard {
	if at := n.extra(f).guard; at != 0 {
		return &n.guards[at-1]
	}
	return nil
}

// alias is a form as the gazetteer writes it.
func (n *Names) alias(f *form) string { return n.Text(f.text) }

// typ returns the type of a form's mentions.
func (n *Names) typ(f *form) string {
	if f.via() == models.ViaDemonym {
		return n.types[n.norp]
	}
	return n.types[n.entities[f.entity].typ()]
}

// Types returns the types that entities may have, as gazetteer.TypeIDs does.
func (n *Names) Types() []string { return slices.Clone(n.types) }

// IsType reports whether a type is want or one of its children.
func (n *Names) IsType(typ, want string) bool { return isType(n.parents, typ, want) }

func isType(parents map[string]string, typ, want string) bool {
	for typ != "" {
		if typ == want {
			return true
		}
		typ = parents[typ]
	}
	return false
}

// Holds reports whether a day lies in [from, until). An empty day or bound
// excludes nothing.
func Holds(day, from, until models.Date) bool {
	return day == "" || (from == "" || day >= from) && (until == "" || day < until)
}

// Text returns a string of a row. It lies in the memory of the file.
func (n *Names) Text(ref uint32) string { return n.text.At(ref) }

// Len is the number of entities.
func (n *Names) Len() int { return len(n.entities) }

// ID returns the id of an entity.
func (n *Names) ID(e int32) string {
	if id := n.entities[e].id; id != 0 {
		return n.Text(id)
	}
	return slug(n.Name(e))
}

// slug makes an id of a name as gazetteer.Slug does, if it is in ASCII; else
// the result means nothing.
func slug(name string) string {
	id := make([]byte, 0, len(name))
	for i := range len(name) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			id = append(id, c)
		case len(id) > 0 && id[len(id)-1] != '-':
			id = append(id, '-')
		}
	}
	return string(bytes.TrimSuffix(id, []byte("-")))
}

// Name returns the name of an entity.
func (n *Names) Name(e int32) string { return n.Text(n.entities[e].name) }

// Type returns the type of an entity.
func (n *Names) Type(e int32) string { return n.types[n.entities[e].typ()] }

// gender returns "m", "f" or "".
func (n *Names) gender(e int32) string {
	switch n.entities[e].bits &^ (1<<typeBits - 1) {
	case genderMale:
		return "m"
	case genderFemale:
		return "f"
	}
	return ""
}

// Groups returns the memberships of an entity, as the gazetteer lists them.
func (n *Names) Groups(e int32) []Group {
	list := n.more[n.entities[e].more].groups
	return n.groups[n.groupAt[list]:n.groupAt[list+1]]
}

// Links returns the links of an entity, as the gazetteer lists them.
func (n *Names) Links(e int32) []Link {
	at := n.entities[e].more
	return n.links[n.more[at].links:n.more[at+1].links]
}

// Holds reports whether a membership holds on a day.
func (n *Names) Holds(g Group, day models.Date) bool {
	return g.from|g.until == 0 || Holds(day, models.Date(n.Text(g.from)), models.Date(n.Text(g.until)))
}

// InGroup reports whether an entity carries a group on a day.
func (n *Names) InGroup(e int32, group uint32, day models.Date) bool {
	for _, g := range n.Groups(e) {
		if g.ID == group && n.Holds(g, day) {
			return true
		}
	}
	return false
}

// Find returns the entity of an id; -1 if there is none. It looks at all of
// them.
func (n *Names) Find(id string) int32 {
	for e := range n.entities {
		if n.ID(int32(e)) == id {
			return int32(e)
		}
	}
	return -1
}

// Forms is the number of forms of all entities.
func (n *Names) Forms() int { return len(n.forms) }

// Terms is the number of terms of guards.
func (n *Names) Terms() int { return n.terms }

// FormsOf returns the forms that the gazetteer gives an entity, in its order.
// It looks at all of them.
func (n *Names) FormsOf(e int32) []string {
	var out []string
	for i := range n.forms {
		if f := &n.forms[i]; f.entity == e && !f.is(formMade) {
			out = append(out, n.alias(f))
		}
	}
	return out
}

// A guard is the compiled needs and unless of a form.
type guard struct {
	needs, unless          uint32 // 1 + the clause; 0: none
	needIn, notIn          uint32 // in guardUnits
	needItems, unlessItems uint32 // as written, for reasons
}

// guardUnits are the units in which guards look, mostUnits many.
func guardUnits() [mostUnits]gazetteer.Unit {
	return [...]gazetteer.Unit{gazetteer.Article, gazetteer.Paragraph, gazetteer.Sentence}
}

const mostUnits = 3

// A clauseItem is one of the alternatives of a clause, terms first: a term of
// the guards by its number, an entity by its, a type or group by its string.
type clauseItem struct{ kind, ref uint32 }

const (
	itemTerm uint32 = iota
	itemEntity
	itemType
	itemGroup
)

// clause returns the alternatives of a clause.
func (n *Names) clause(c uint32) []clauseItem { return n.clauses[n.clauseAt[c-1]:n.clauseAt[c]] }

// refers reports whether a clause can only be read against mentions.
func (n *Names) refers(c uint32) bool {
	items := n.clause(c)
	return len(items) > 0 && items[len(items)-1].kind != itemTerm
}
