package eval

import (
	"strings"
	"unicode"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// known is what a gazetteer has, for the question whether a missed mention is
// of something that it knows under another form.
type known struct {
	entities map[string][]string // by id and by former id: other identifiers
	ids      map[string]bool     // all identifiers
	forms    map[string][]int    // by word: the numbers of the forms that have it
}

func newKnown(g *gazetteer.Gazetteer) *known {
	k := &known{map[string][]string{}, map[string]bool{}, map[string][]int{}}
	n := 0
	for _, e := range g.Entities {
		id := e.ID.Value
		names := []string{id}
		for _, f := range e.Formerly {
			names = append(names, f.Value)
		}
		for _, l := range e.Links {
			names = append(names, l.Value.Value, l.Key.Value+":"+l.Value.Value)
		}
		k.entities[id] = names
		for _, name := range names {
			k.ids[name] = true
		}
		for f := range e.Forms() {
			for _, w := range words(f.Text.Value) {
				if in := k.forms[w]; len(in) == 0 || in[len(in)-1] != n {
					k.forms[w] = append(in, n)
				}
			}
			n++
		}
	}
	return k
}

// is says whether gold's id means an entity: it is its id, a former one, or
// one of its links, with or without the link's key.
func (k *known) is(entity, gold string) bool {
	for _, name := range k.entities[entity] {
		if name == gold {
			return true
		}
	}
	return false
}

// has says whether the gazetteer has what gold names: an entity of the id, or,
// where gold has none, a form with all the words of the text.
func (k *known) has(text, id string) bool {
	if id != "" {
		return k.ids[id]
	}
	ws := words(text)
	if len(ws) == 0 {
		return false
	}
	count := map[int]int{}
	seen := map[string]bool{}
	for _, w := range ws {
		if seen[w] {
			continue
		}
		seen[w] = true
		for _, f := range k.forms[w] {
			count[f]++
		}
	}
	for _, n := range count {
		if n == len(seen) {
			return true
		}
	}
	return false
}

// words cuts a name at all that is no letter and no digit, and folds its words
// as the engine does.
func words(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		out = append(out, strings.ToLower(string(tagger.AppendNorm(nil, w))))
	}
	return out
}

// overlap says whether two places share a byte.
func overlap(a, b models.Place) bool {
	return a.Field == b.Field && a.Start < b.End && b.Start < a.End
}
