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
	lost map[string]int
}

// kinds are the things that formats leave out, in the order of reports.
var kinds = [...]string{
	"entities", "entities without a Wikidata id", "topics", "lists", "masks", "guards of aliases", "weak marks", "demonyms",
	"shorts", "family names", "genders", "groups", "dates of groups", "links", "clues", "requirements and the like",
	"examples", "former ids",
}

func (x *exporter) lose(what string, n int) { x.lost[what] += n }

func (x *exporter) losses() []Lost {
	var out []Lost
	for _, k := range kinds {
		if n := x.lost[k]; n > 0 {
			out = append(out, Lost{k, n})
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
			x.lose("guards of aliases", 1)
		}
	}
	count := func(kept bool, what string, n int) {
		if !kept {
			x.lose(what, n)
		}
	}
	count(h.weak, "weak marks", len(e.Weak))
	count(h.demonyms, "demonyms", len(e.Demonyms))
	count(h.shorts, "shorts", len(e.Shorts))
	count(h.family, "family names", one(e.Family.Value != "" || e.NoFamily))
	count(h.gender, "genders", one(e.Gender.Value != ""))
	count(h.groups, "groups", len(e.Groups))
	count(h.links, "links", len(e.Links))
	count(h.masks, "masks", len(e.Masks))
	for _, g := range e.Groups {
		if h.groups && (g.From != "" || g.Until != "") {
			x.lose("dates of groups", 1)
		}
	}
	x.lose("examples", len(e.Examples)+len(e.CounterExamples))
	x.lose("former ids", len(e.Formerly))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// onlyEntities counts what a format leaves out that holds no topics.
func (x *exporter) onlyEntities() {
	x.lose("topics", len(x.g.Topics))
	x.lose("masks", len(x.g.Masks))
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
