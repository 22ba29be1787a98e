package encode_test

import (
	"cmp"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// smallPack has few names, so that texts drawn of them are full of mentions.
const smallPack = `version: 1
name: small
types:
  - id: LAB
    parent: ORG
entities:
  - {name: Zenith Labs, type: LAB, links: {wikidata: Q1}}
  - {name: Kenya, type: GPE, demonyms: [Kenyan]}
`

// smallTagger returns the engine of smallPack.
func smallTagger(t testing.TB) *tagger.Tagger {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(path, []byte(smallPack), 0o644); err != nil {
		t.Fatal(err)
	}
	g, found, err := gazetteer.Load(path)
	if err != nil || len(found.Errors()) > 0 {
		t.Fatal(err, found)
	}
	tg, err := tagger.New(g, &tagger.Options{Tokens: true, Tool: "wiretag test"})
	if err != nil {
		t.Fatal(err)
	}
	return tg
}

// articles draws texts of names and of all that parts lines and columns for
// some reader.
func articles() *rapid.Generator[string] {
	pieces := []string{
		"Zenith", "Labs", "Zenith Labs", "Kenyan", "Kenya", "met", "-DOCSTART-", "U.S.", "’s", ".", "(", "#", "💥", "é", "\xff",
		" ", " ", "  ", "\t", "\n", "\r\n", "\r", "\v", "\f", "\n\n", "\u00a0", "\u0085", "\u2028", "\u2029", "\u200b", "\ufeff",
		"\x1b[31m", "\x1c", "\x1d", "\x1e", "\x1f", "\x00",
	}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
	})
}

// inOrder yields the mentions of a record in the order of the article, with
// the type of each, nested ones left out.
func inOrder(rec *models.Record) iter.Seq[models.Mention] {
	var all []models.Mention
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			m.Type = cmp.Or(m.Type, e.Type)
			if !m.Nested {
				all = append(all, m)
			}
		}
	}
	slices.SortFunc(all, func(a, b models.Mention) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start))
	})
	return slices.Values(all)
}

// pythonFields cuts where Python's split does: at more than white space.
func pythonFields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f })
}

// solid takes out of a quote what tokens leave out or show in another way.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
}

// TestCoNLLNameOverSentences: where the segmenter ends a sentence inside a name,
// as it does after a stop and a quote in a word, the name is not parted.
func TestCoNLLNameOverSentences(t *testing.T) {
	rec := smallTagger(t).Tag(models.Document{ID: "x", Text: ".’s-DOCSTART-Zenith Labs’s"})
	out := string(written(t, "conll", []models.Record{rec}, encode.Options{}))
	if !strings.Contains(out, "Zenith -X- O B-LAB\nLabs -X- O I-LAB\n") {
		t.Errorf("got %s", out)
	}
}

// TestCoNLLIsRead holds that any article has four columns in all its lines,
// however they are cut, and that its tags are its mentions.
func TestCoNLLIsRead(t *testing.T) {
	tg := smallTagger(t)
	rapid.Check(t, func(t *rapid.T) {
		rec := tg.Tag(models.Document{ID: "x", Title: articles().Draw(t, "title"), Text: articles().Draw(t, "text")})
		out := string(written(t, "conll", []models.Record{rec}, encode.Options{}))
		var want, got []string
		for m := range inOrder(&rec) {
			want = append(want, m.Type+" "+solid(m.Quote))
		}
		last := "O"
		for i, line := range strings.Split(out, "\n") {
			cells := pythonFields(line)
			if len(cells) == 0 {
				last = "O"
				continue
			}
			if len(cells) != 4 || strings.ContainsFunc(line, unicode.IsControl) {
				t.Fatalf("line %q", line)
			}
			if (i == 0) != strings.HasPrefix(line, "-DOCSTART-") {
				t.Fatalf("line %d is %q", i+1, line)
			}
			tag, typ, _ := strings.Cut(cells[3], "-")
			switch {
			case tag == "B":
				got = append(got, typ+" "+solid(cells[0]))
			case tag == "I" && strings.TrimLeft(last, "BI") == "-"+typ:
				got[len(got)-1] += solid(cells[0])
			case cells[3] != "O":
				t.Fatalf("%s after %s", cells[3], last)
			}
			last = cells[3]
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("mentions (-record +tags):\n%s", diff)
		}
	})
}
