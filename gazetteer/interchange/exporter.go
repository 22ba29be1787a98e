package interchange

import (
	"bytes"
	"encoding/json"
	"slices"

	"wiretag/gazetteer"
	"wiretag/models"
)

// An exporter writes a gazetteer and counts what it leaves out.
type exporter struct {
	g    *gazetteer.Gazetteer
	opts Options
	lost map[kind]int
}

// A kind is a thing that formats leave out, one of it and many.
type kind struct{ one, many string }

// The kinds, in the order of reports.
var (
	lostEntity  = kind{"entity", "entities"}
	lostNoLink  = kind{"entity without a Wikidata id", "entities without a Wikidata id"}
	lostTopic   = kind{"topic", "topics"}
	lostList    = kind{"list", "lists"}
	lostFilter  = kind{"filter", "filters"}
	lostParent  = kind{"parent of a type", "parents of types"}
	lostType    = kind{"type, written as the one above it", "types, written as those above them"}
	lostTie     = kind{"tie of an alias to its entity", "ties of aliases to their entities"}
	lostUnnamed = kind{"name that is not looked for", "names that are not looked for"}
	lostBar     = kind{"form with the mark between forms in it", "forms with the mark between forms in them"}
	lostMask    = kind{"mask", "masks"}
	lostGuard   = kind{"guard of an alias", "guards of aliases"}
	lostWeak    = kind{"weak mark", "weak marks"}
	lostDemonym = kind{"demonym", "demonyms"}
	lostShort   = kind{"short", "shorts"}
	lostFamily  = kind{"family name", "family names"}
	lostGender  = kind{"gender", "genders"}
	lostGroup   = kind{"group", "groups"}
	lostDates   = kind{"period of a group", "periods of groups"}
	lostLink    = kind{"link", "links"}
	lostID      = kind{"id of a topic", "ids of topics"}
	lostWeight  = kind{"weight or condition of a clue", "weights and conditions of clues"}
	lostRef     = kind{"reference in a clue", "references in clues"}
	lostStatus  = kind{"status or threshold of a topic", "statuses and thresholds of topics"}
	lostClue    = kind{"clue of several parts", "clues of several parts"}
	lostRule    = kind{"requirement, exclusion or counter-clue", "requirements, exclusions and counter-clues"}
	lostExample = kind{"example", "examples"}
	lostFormer  = kind{"former id", "former ids"}

	kinds = [...]kind{
		lostEntity, lostNoLink, lostTopic, lostList, lostFilter, lostParent, lostType, lostTie, lostUnnamed, lostBar, lostMask,
		lostGuard, lostWeak, lostDemonym, lostShort, lostFamily, lostGender, lostGroup, lostDates, lostLink, lostID, lostClue,
		lostWeight, lostRef, lostStatus, lostRule, lostExample, lostFormer,
	}
)

func (x *exporter) lose(k kind, n int) { x.lost[k] += n }

func (x *exporter) losses() []Lost {
	var out []Lost
	for _, k := range kinds {
		switch n := x.lost[k]; {
		case n == 1:
			out = append(out, Lost{k.one, 1})
		case n > 1:
			out = append(out, Lost{k.many, n})
		}
	}
	return out
}

// A hold says what of an entity a format can hold. names is the name that is
// not looked for, though not that it is none; dates are those of the entity.
type hold struct {
	names, cases, weak, demonyms, shorts, family, gender, groups, dates, links, masks bool
}

// losesOf counts what a format without it leaves of an entity.
func (x *exporter) losesOf(e *gazetteer.Entity, h hold) {
	forms, weak := 0, 0
	for f := range e.Forms() {
		forms++
		weak += one(f.Via == models.ViaWeak)
		x.lose(lostGuard, one(h.losesGuard(&f)))
	}
	if forms == 0 && !h.names {
		x.lose(lostEntity, 1)
		return
	}
	count := func(kept bool, what kind, n int) {
		if !kept {
			x.lose(what, n)
		}
	}
	if h.weak {
		weak = max(0, weak-len(e.Weak)) // under another key than weak
	}
	x.lose(lostWeak, weak)
	x.lose(lostUnnamed, unnamed(e))
	count(h.demonyms, lostDemonym, len(e.Demonyms))
	count(h.shorts, lostShort, len(e.Shorts))
	count(h.family, lostFamily, one(e.Family.Value != "" || e.NoFamily))
	count(h.gender, lostGender, one(e.Gender.Value != ""))
	count(h.groups, lostGroup, len(e.Groups))
	count(h.links, lostLink, len(e.Links))
	count(h.masks, lostMask, len(e.Masks))
	for _, g := range e.Groups {
		if h.groups && (g.From != "" || g.Until != "") {
			x.lose(lostDates, 1)
		}
	}
	x.lose(lostExample, len(e.Examples)+len(e.CounterExamples))
	x.lose(lostFormer, len(e.Formerly))
}

// losesGuard tells whether a format drops something of a form's guard.
func (h hold) losesGuard(f *gazetteer.NameForm) bool {
	g := f.Guard
	if h.cases {
		g.Case = ""
	}
	if own := f.Alias.Guard.Value(); h.dates && own.From == "" && own.Until == "" {
		g.From, g.Until = "", ""
	}
	g.Strength = ""
	return !g.Empty()
}

// unnamed counts the forms that name an entity and are not looked for.
func unnamed(e *gazetteer.Entity) int {
	n := one(e.Name.NoMatch)
	for _, list := range [][]gazetteer.Alias{e.Aliases, e.Weak, e.Shorts, e.Demonyms} {
		for i := range list {
			n += one(list[i].NoMatch)
		}
	}
	return n
}

// typeOfForm is the type of what a form names: a demonym names a people.
func typeOfForm(e *gazetteer.Entity, f *gazetteer.NameForm) string {
	if f.Via == models.ViaDemonym {
		return peoples
	}
	return e.Type.Value
}

// nearest is a type, or the first above it that a format knows; "" for none.
func (x *exporter) nearest(typ string, knows func(string) bool) string {
	for at, n := typ, 0; at != "" && n <= len(x.g.Types); n++ {
		if knows(at) {
			x.lose(lostType, one(at != typ))
			return at
		}
		i := slices.IndexFunc(x.g.Types, func(t *gazetteer.Type) bool { return t.ID.Value == at })
		if i < 0 {
			break
		}
		at = x.g.Types[i].Parent.Value
	}
	return ""
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// onlyEntities counts what a format leaves out that holds entities only.
func (x *exporter) onlyEntities() {
	x.lose(lostTopic, len(x.g.Topics))
	x.besides()
}

// besides counts what no format has anything for.
func (x *exporter) besides() {
	for _, l := range x.g.Lists {
		x.lose(lostList, one(!l.House))
	}
	for _, t := range x.g.Types {
		x.lose(lostParent, one(t.Parent.Value != ""))
	}
	x.lose(lostFilter, len(x.g.Filters))
	x.lose(lostMask, len(x.g.Masks))
}

// jsonLines writes values as lines of JSON.
type jsonLines struct{ b bytes.Buffer }

func (j *jsonLines) add(v any) {
	enc := json.NewEncoder(&j.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("unreachable: " + err.Error())
	}
}

// jsonText writes a text as JSON.
func jsonText(s string) json.RawMessage {
	var j jsonLines
	j.add(s)
	return bytes.TrimSpace(j.b.Bytes())
}

// single is an export of one file.
func single(b []byte) []File { return []File{{Text: b}} }
