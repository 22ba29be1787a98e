package interchange

import (
	"bytes"
	"encoding/json"

	"wiretag/gazetteer"
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
	lostClue    = kind{"clue of several parts", "clues of several parts"}
	lostRule    = kind{"requirement, exclusion or counter-clue", "requirements, exclusions and counter-clues"}
	lostExample = kind{"example", "examples"}
	lostFormer  = kind{"former id", "former ids"}

	kinds = [...]kind{
		lostEntity, lostNoLink, lostTopic, lostList, lostMask, lostGuard, lostWeak, lostDemonym, lostShort, lostFamily,
		lostGender, lostGroup, lostDates, lostLink, lostClue, lostRule, lostExample, lostFormer,
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

// A hold says what of an entity a format can hold.
type hold struct {
	cases, weak, demonyms, shorts, family, gender, groups, dates, links, masks bool
}

// losesOf counts what a format without it leaves of an entity.
func (x *exporter) losesOf(e *gazetteer.Entity, h hold) {
	for f := range e.Forms() {
		g := f.Guard
		if h.cases {
			g.Case = ""
		}
		if h.dates {
			g.From, g.Until = "", ""
		}
		g.Strength = ""
		if !g.Empty() {
			x.lose(lostGuard, 1)
		}
	}
	count := func(kept bool, what kind, n int) {
		if !kept {
			x.lose(what, n)
		}
	}
	count(h.weak, lostWeak, len(e.Weak))
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

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// onlyEntities counts what a format leaves out that holds entities only.
func (x *exporter) onlyEntities() {
	for _, l := range x.g.Lists {
		x.lose(lostList, one(!l.House))
	}
	x.lose(lostTopic, len(x.g.Topics))
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

// single is an export of one file.
func single(b []byte) []File { return []File{{Text: b}} }
