package interchange

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"wiretag/gazetteer"
)

// An importer gathers the entries of one source.
type importer struct {
	opts    Options
	name    string // of the file
	line    int    // in hand
	entries int
	merged  int // entries that became part of an entity that was there
	left    int // entries that did not come in
	dropped []Dropped
	g       *gazetteer.Gazetteer
	byID    map[string]*gazetteer.Entity
	topics  map[string]*gazetteer.Topic
	types   map[string]bool
	has     map[string]gazetteer.Case // entity and text of every form, with the case it is looked for in
}

func newImporter(name string, opts Options) *importer {
	return &importer{
		opts: opts, name: name, g: &gazetteer.Gazetteer{}, byID: map[string]*gazetteer.Entity{},
		topics: map[string]*gazetteer.Topic{}, types: map[string]bool{}, has: map[string]gazetteer.Case{},
	}
}

func (im *importer) result() *Result {
	return &Result{Gazetteer: im.g, Entries: im.entries, Merged: im.merged, Left: im.left, Dropped: im.dropped}
}

// drop reports a value that does not come in as it stands.
func (im *importer) drop(value, format string, args ...any) {
	im.dropped = append(im.dropped, Dropped{fmt.Sprintf("%s:%d", im.name, im.line), value, fmt.Sprintf(format, args...), format})
}

// apart counts the last report by this, too, and not by its reason alone.
func (im *importer) apart(by string) { im.dropped[len(im.dropped)-1].kind += "\x00" + by }

// leave counts and reports an entry that does not come in at all.
func (im *importer) leave(value, format string, args ...any) {
	im.entries++
	im.left++
	im.drop(value, leftOut+format, args...)
}

// leftOut begins the reason of an entry that does not come in.
const leftOut = "the entry is left out: "

// errorf is an error about the line in hand.
func (im *importer) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", im.name, im.line, fmt.Sprintf(format, args...))
}

// The limits in bytes: the gazetteer's own of names and ids, and one of the keys
// of links, far below what YAML takes as a key.
const (
	longest    = 1024
	longestKey = 100
)

// usable tells whether a text may be a name, and reports one that may not.
func (im *importer) usable(what, s string) bool {
	bad := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	})
	switch {
	case strings.TrimSpace(s) == "":
		im.drop(s, "%s is blank", what)
	case !utf8.ValidString(s):
		im.drop(s, "%s is not UTF-8", what)
	case len(s) > longest:
		im.drop(s, "%s has %d bytes; a name has at most %d", what, len(s), longest)
	case bad >= 0:
		im.drop(s, "%s holds a control character", what)
	case strings.ContainsRune(s, utf8.RuneError):
		im.drop(s, "%s holds U+FFFD, which stands for what could not be read", what)
	default:
		return true
	}
	return false
}

// ident makes a text fit to be an id. What had to be changed is reported.
func (im *importer) ident(what, s string) string {
	id := s
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unfit) {
		id = gazetteer.Slug(strings.ToValidUTF8(s, " "))
		im.drop(s, "%s cannot stand in references and is written %s", what, id)
	}
	if len(id) > longest {
		im.drop(id[:20]+"…", "%s has more than %d bytes", what, longest)
		return ""
	}
	return id
}

func unfit(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`,[]{}#"`, r) ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// typeOf makes a type fit to be one, and declares it if OntoNotes does not know
// it. No type is the one of the options.
func (im *importer) typeOf(s, parent string) string {
	s = strings.TrimSpace(s)
	id := typeID(s)
	if len(id) > longest { // measured as written: a byte that is no UTF-8 becomes three
		im.usable("the type", id)
		s, id = "", ""
	}
	if s == "" {
		s, id = im.opts.Type, im.opts.Type
	}
	if known, ok := otherNames[strings.ToLower(s)]; ok {
		return known
	}
	if upper := strings.ToUpper(s); ontoNotes(upper) {
		return upper
	}
	if id != s {
		im.drop(s, "the type is written %s", id)
	}
	if !ontoNotes(id) && !im.types[id] {
		im.types[id] = true
		im.g.Types = append(im.g.Types, &gazetteer.Type{ID: text(id), Parent: text(parent)})
	}
	return id
}

// typeID is a text as the id of a type.
func typeID(s string) string {
	return strings.Map(func(r rune) rune {
		if unfit(r) {
			return '_'
		}
		return r
	}, s)
}

// otherNames are what others call OntoNotes' types: CoNLL's, and the major types
// of GATE's own lists (https://gate.ac.uk/sale/tao/splitch13.html). LOC is
// OntoNotes' own.
var otherNames = map[string]string{
	"per": "PERSON", "pers": "PERSON", "person": "PERSON", "person_full": "PERSON", "people": "PERSON",
	"organization": "ORG", "organisation": "ORG", "company": "ORG", "govern_key": "ORG",
	"location": "LOC", "region": "LOC", "country": "GPE", "city": "GPE", "facility": "FAC", "country_adj": "NORP",
	"nationality": "NORP", "event": "EVENT", "product": "PRODUCT", "law": "LAW",
}

func ontoNotes(id string) bool {
	switch id {
	case "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART":
		return true
	}
	return false
}

func text(s string) gazetteer.String { return gazetteer.String{Value: s} }

// form is a text as a name without a guard.
func form(s string) gazetteer.Alias { return gazetteer.Alias{Text: text(s)} }

// entity returns the entity of an id and type, new or known; nil if neither the
// id nor the name can be used. An empty id is the slug of the name.
func (im *importer) entity(id string, a gazetteer.Alias, typ string) *gazetteer.Entity {
	im.entries++
	name := strings.TrimSpace(a.Text.Value)
	if !im.usable(leftOut+"the name", name) {
		im.left++
		return nil
	}
	shown := im.reordered(typ, name)
	if id = im.ident("the id", strings.TrimSpace(id)); id == "" {
		id = gazetteer.Slug(shown)
	}
	if id == "" {
		im.left++
		im.drop(name, leftOut+"the name has no letter or digit")
		return nil
	}
	a.Text.Value = shown
	e, id := im.known(id, typ)
	if e != nil {
		im.merged++
		im.form(e, &e.Aliases, a)
		return e
	}
	e = &gazetteer.Entity{ID: text(id), Name: a, Type: text(typ)}
	im.family(e, name, shown)
	im.byID[id] = e
	im.has[formKey(e, shown)] = a.Guard.Value().Case
	im.g.Entities = append(im.g.Entities, e)
	return e
}

// peoples is the type of what demonyms name.
const peoples = "NORP"

// named is entity, but for the name of a people under the id of something else:
// that is its demonym.
func (im *importer) named(id string, a gazetteer.Alias, typ string) *gazetteer.Entity {
	e := im.byID[id]
	if e == nil || typ != peoples || e.Type.Value == typ {
		return im.entity(id, a, typ)
	}
	im.entries++
	im.merged++
	im.alias(e, &e.Demonyms, a)
	return e
}

// known returns the entity of an id and type, or nil and the id that a new one
// takes: its own, with the type behind it where another type has it.
func (im *importer) known(id, typ string) (*gazetteer.Entity, string) {
	base := id
	for n := 1; ; n++ {
		e := im.byID[id]
		switch {
		case e == nil || e.Type.Value == typ:
			return e, id
		case n == 1:
			base += "-" + gazetteer.Slug(typ)
			id = base
		default:
			id = fmt.Sprint(base, "-", n)
		}
	}
}

// alias adds a form to one of an entity's lists, once.
func (im *importer) alias(e *gazetteer.Entity, list *[]gazetteer.Alias, a gazetteer.Alias) {
	a.Text.Value = strings.TrimSpace(a.Text.Value)
	if !im.usable("the alias", a.Text.Value) {
		return
	}
	a.Text.Value = im.reordered(e.Type.Value, a.Text.Value)
	im.form(e, list, a)
}

// form adds a form that is ready, unless one is there that finds all it would.
func (im *importer) form(e *gazetteer.Entity, list *[]gazetteer.Alias, a gazetteer.Alias) {
	key := formKey(e, a.Text.Value)
	has, ok := im.has[key]
	policy := a.Guard.Value().Case
	if ok && (has == policy || has == gazetteer.CaseFold || has == "" && policy == gazetteer.CaseExact) {
		return
	}
	im.has[key] = policy
	*list = append(*list, a)
}

func formKey(e *gazetteer.Entity, form string) string { return e.ID.Value + "\x00" + form }

// once sets a value of which an entity has one, and reports another.
func (im *importer) once(into *gazetteer.String, what, v string) {
	switch into.Value {
	case "":
		*into = text(v)
	case v:
	default:
		im.drop(v, "an entity has one %s, and this one has %s", what, into.Value)
	}
}

// reordered puts Jin, Julien in the order of the press, if that was asked for.
// A family name in capitals is written with one.
func (im *importer) reordered(typ, name string) string {
	family, given, ok := familyFirst(name)
	if !im.opts.Reorder || typ != "PERSON" || !ok {
		return name
	}
	im.drop(name, "the name is written %s", given+" "+family)
	return given + " " + family
}

// family notes the family name of a person who was reordered, where it is not
// the last word.
func (im *importer) family(e *gazetteer.Entity, name, shown string) {
	if family, _, ok := familyFirst(name); ok && shown != name && strings.Contains(family, " ") {
		e.Family = text(family)
	}
}

// familyFirst takes apart "JIN, Julien". What follows the comma of King, Jr. is
// no given name.
func familyFirst(name string) (family, given string, ok bool) {
	family, given, ok = strings.Cut(name, ",")
	family, given = strings.TrimSpace(family), strings.TrimSpace(given)
	switch strings.ToLower(strings.Trim(given, ".")) {
	case "", "jr", "sr", "ii", "iii", "iv":
		return "", "", false
	}
	if !ok || family == "" || strings.Contains(given, ",") {
		return "", "", false
	}
	if family == strings.ToUpper(family) && utf8.RuneCountInString(family) > 1 {
		family = gazetteer.Capitalised(family)
	}
	return family, given, true
}

// link adds an identifier, once.
func (im *importer) link(links *[]gazetteer.Link, key, value string) {
	value = strings.TrimSpace(value)
	if value == "" || !im.usable("the link", value) || !im.usable("the key of a link", key) {
		return
	}
	if key == "note" || strings.HasPrefix(key, "x-") || len(key) > longestKey {
		im.drop(key+"="+value, "a key of links has at most %d bytes, is not note and does not begin with x-", longestKey)
		return
	}
	for _, l := range *links {
		if l.Key.Value != key {
			continue
		}
		if l.Value.Value != value {
			im.drop(key+"="+value, "an entity has one link of a kind, and this one has %s", l.Value.Value)
		}
		return
	}
	*links = append(*links, gazetteer.Link{Key: text(key), Value: text(value)})
}

// group adds a membership, once.
func (im *importer) group(e *gazetteer.Entity, id string) {
	id = im.ident("the group", strings.TrimSpace(id))
	if id == "" {
		return
	}
	for _, g := range e.Groups {
		if g.ID.Value == id {
			return
		}
	}
	e.Groups = append(e.Groups, gazetteer.Group{ID: text(id)})
}
