package tagger_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wiretag/models"
	"wiretag/tagger"
)

// annotated is one line of a corpus with gold names.
type annotated struct {
	Text  string
	Spans [][3]any // start and end in code points, label
}

// TestHeldOut makes a pack of the gold names of every second article of a
// corpus, tags the other half with it and holds precision and recall per type
// against a golden file. Nobody tuned the names: they are whatever the first
// half names. A mention is right if span and type are. "known" is the recall
// of the names that the pack holds, letter for letter: what the rules for
// names and not the lists decide.
//
// The types are OntoNotes' nearest: PER = PERSON, LOC = GPE, MISC = NORP, for most of it is nationalities.
// With -v every wrong mention is shown, and every known one that was missed.
func TestHeldOut(t *testing.T) {
	var b strings.Builder
	for _, corpus := range []string{"wikigold", "uner-en-ewt.dev"} {
		path := filepath.Join("..", "..", "shared", "data", "ner", corpus+".jsonl")
		articles := readAnnotated(t, path)
		var learn, held []annotated
		for i, a := range articles {
			if i%2 == 0 {
				learn = append(learn, a)
			} else {
				held = append(held, a)
			}
		}
		pack, names := packOf(t, learn)
		tg := open(t, pack, nil)
		types := map[string]*heldCounts{}
		for _, a := range held {
			countHeld(t, types, names, tg, &a)
		}
		fmt.Fprintf(&b, "%s: %d names from %d articles, %d articles tagged\n", corpus, len(names), len(learn), len(held))
		all := &heldCounts{}
		for _, typ := range slices.Sorted(maps.Keys(types)) {
			fmt.Fprintf(&b, "  %-8s %s\n", typ, types[typ])
			all.add(types[typ])
		}
		fmt.Fprintf(&b, "  %-8s %s\n\n", "all", all)
	}
	checkGolden(t, "heldout.txt", b.String())
}

type heldCounts struct {
	counts
	known, knownFound int // gold mentions that the pack lists, and those found
}

func (h *heldCounts) add(o *heldCounts) {
	h.right, h.wrong, h.missed = h.right+o.right, h.wrong+o.wrong, h.missed+o.missed
	h.known, h.knownFound = h.known+o.known, h.knownFound+o.knownFound
}

func (h *heldCounts) String() string {
	return fmt.Sprintf("%s  known %d of %d %.3f", h.counts, h.knownFound, h.known,
		float64(h.knownFound)/float64(max(h.known, 1)))
}

func readAnnotated(t *testing.T, path string) []annotated {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Skip("no ../shared: ", err)
	}
	return readJSONL[annotated](t, path)
}

// goldSpan is a gold mention in bytes.
type goldSpan struct {
	start, end int
	typ        string
}

func (a *annotated) gold() []goldSpan {
	at := []int{}
	for i := range a.Text {
		at = append(at, i)
	}
	at = append(at, len(a.Text))
	var out []goldSpan
	for _, s := range a.Spans {
		typ := map[string]string{"PER": "PERSON", "LOC": "GPE", "ORG": "ORG", "MISC": "NORP"}[s[2].(string)]
		out = append(out, goldSpan{at[int(s[0].(float64))], at[int(s[1].(float64))], typ})
	}
	return out
}

// packOf writes the names of articles as a pack: one entity for the ways to
// write a name that differ in case and stops, under the type it has most often.
func packOf(t *testing.T, articles []annotated) (pack string, names map[string]string) {
	t.Helper()
	ways := map[string]map[string]bool{}
	count := map[string]map[string]int{}
	for _, a := range articles {
		for _, g := range a.gold() {
			name := a.Text[g.start:g.end]
			key := strings.ToLower(strings.ReplaceAll(name, ".", ""))
			if count[key] == nil {
				count[key], ways[key] = map[string]int{}, map[string]bool{}
			}
			count[key][g.typ]++
			ways[key][name] = true
		}
	}
	var b strings.Builder
	b.WriteString("version: 1\nname: heldout\nentities:\n")
	names = map[string]string{}
	for i, key := range slices.Sorted(maps.Keys(count)) {
		best := ""
		for _, typ := range slices.Sorted(maps.Keys(count[key])) {
			if best == "" || count[key][typ] > count[key][best] {
				best = typ
			}
		}
		forms := slices.Sorted(maps.Keys(ways[key]))
		list, err := json.Marshal(forms) // a JSON array is a YAML list
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "  - {id: e%d, name: {text: name, match: false}, type: %s, aliases: %s}\n", i, best, list)
		for _, f := range forms {
			names[f] = best
		}
	}
	return b.String(), names
}

func countHeld(t *testing.T, types map[string]*heldCounts, names map[string]string, tg *tagger.Tagger, a *annotated) {
	t.Helper()
	of := func(typ string) *heldCounts {
		if types[typ] == nil {
			types[typ] = &heldCounts{}
		}
		return types[typ]
	}
	rec := tg.Tag(models.Document{Text: a.Text})
	got := map[goldSpan]bool{}
	want := map[goldSpan]bool{}
	for _, g := range a.gold() {
		want[g] = true
	}
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			s := goldSpan{m.Start, m.End, e.Type}
			got[s] = true
			if want[s] {
				of(e.Type).right++
				continue
			}
			of(e.Type).wrong++
			t.Logf("wrong %s %s %q in %q", e.Type, m.Via, m.Quote, around(a.Text, m.Start, m.End))
		}
	}
	for g := range want {
		known := names[a.Text[g.start:g.end]] == g.typ
		if known {
			of(g.typ).known++
		}
		if !got[g] {
			of(g.typ).missed++
			if known {
				t.Logf("missed %s %q in %q", g.typ, a.Text[g.start:g.end], around(a.Text, g.start, g.end))
			}
		} else if known {
			of(g.typ).knownFound++
		}
	}
}

// around returns a span with what stands around it.
func around(text string, start, end int) string {
	return strings.ToValidUTF8(text[max(0, start-40):min(len(text), end+40)], "")
}
