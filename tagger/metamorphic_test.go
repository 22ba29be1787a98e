package tagger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"wiretag/models"
	"wiretag/tagger"
)

// A change is a way to write the same article, and how to take it back.
type change struct {
	name       string
	write      func(string) string
	takeBack   func(string) string
	unwritable string // an article that holds it already is not asked
}

var changes = []change{
	{"NBSP for space", replace(" ", "\u00a0"), replace("\u00a0", " "), "\u00a0"},
	{"’ for '", replace("'", "’"), replace("’", "'"), "’"},
	{"CRLF for LF", replace("\n", "\r\n"), replace("\r\n", "\n"), "\r"},
	{"NFD for NFC", norm.NFD.String, norm.NFC.String, ""},
}

func replace(from, to string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, from, to) }
}

// FuzzMetamorphic: writing an article another way, permuting the entities of
// the pack and adding one that the article does not name change nothing but
// the offsets, and those by the known shift.
func FuzzMetamorphic(f *testing.F) {
	for _, tt := range rules {
		f.Add(tt.title, tt.text)
	}
	pack := readPack(f, "names.yaml")
	tg := open(f, pack, nil)
	others := map[string]*tagger.Tagger{
		"permuted entities": open(f, permute(pack), nil),
		"unrelated entity":  open(f, strings.Replace(pack, "entities:\n", "entities:\n  - {name: Zzyxq Qorvath, type: PERSON}\n", 1), nil),
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		title, text = norm.NFC.String(title), norm.NFC.String(text)
		if !utf8.ValidString(title+text) || longRun(title+" "+text) {
			return
		}
		same := func(s string) string { return s }
		rec := tg.Tag(models.Document{Title: title, Text: text})
		want := shifted(&rec, same)
		for name, other := range others {
			rec := other.Tag(models.Document{Title: title, Text: text})
			if diff := cmp.Diff(want, shifted(&rec, same)); diff != "" {
				t.Errorf("%s: %q %q (-before +after):\n%s", name, title, text, diff)
			}
		}
		for _, c := range changes {
			if c.unwritable != "" && strings.Contains(title+text, c.unwritable) {
				continue
			}
			rec := tg.Tag(models.Document{Title: c.write(title), Text: c.write(text)})
			if diff := cmp.Diff(want, shifted(&rec, c.takeBack)); diff != "" {
				t.Errorf("%s: %q %q (-before +after):\n%s", c.name, title, text, diff)
			}
		}
	})
}

// shifted writes the mentions of a record with the offsets they have once a
// change is taken back.
func shifted(rec *models.Record, takeBack func(string) string) []string {
	var out []string
	at := func(p models.Place) string {
		field := rec.Text
		if p.Field == models.Title {
			field = rec.Title
		}
		start := len(takeBack(field[:p.Start]))
		return fmt.Sprintf("%s %5d-%d", p.Field, start, start+len(takeBack(field[p.Start:p.End])))
	}
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			out = append(out, fmt.Sprintf("%s %s %s %s %s %v", at(m.Place), e.ID, m.Via, m.Decided, m.Zone, m.Confidence))
		}
	}
	for _, u := range rec.Undecided {
		var who []string
		for _, c := range u.Candidates {
			who = append(who, c.ID+takeBack(c.Name))
		}
		slices.Sort(who)
		out = append(out, at(u.Place)+" "+strings.Join(who, "|"))
	}
	slices.Sort(out)
	return out
}

// permute turns the order of the entities of a pack round.
func permute(pack string) string {
	head, rest, _ := strings.Cut(pack, "entities:\n")
	list, tail, _ := strings.Cut(rest, "masks:")
	lines := strings.Split(strings.TrimSuffix(list, "\n"), "\n")
	slices.Reverse(lines)
	return head + "entities:\n" + strings.Join(lines, "\n") + "\nmasks:" + tail
}

// longRun reports whether a text holds a stretch without white space that is
// cut in another way once it is longer than what prose may be given.
func longRun(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(run string) bool { return len(run) > 80 })
}
