package gazetteer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"wiretag/gazetteer"
	embedded "wiretag/gazetteer/pack"
)

// places are what writing does not keep, and the names of conditions that have
// none are those of their first term.
var places = cmp.Options{
	cmpopts.IgnoreTypes(gazetteer.Pos{}),
	cmpopts.EquateEmpty(),
	cmpopts.IgnoreUnexported(gazetteer.Gazetteer{}),
}

// roundTrip writes g and reads it back.
func roundTrip(t interface{ Fatalf(string, ...any) }, g *gazetteer.Gazetteer) (*gazetteer.Gazetteer, string) {
	var b bytes.Buffer
	if err := gazetteer.Write(&b, g); err != nil {
		t.Fatalf("%v", err)
	}
	back, found := gazetteer.Parse("written.yaml", b.Bytes())
	if len(found) > 0 {
		t.Fatalf("what was written has findings: %v\n%s", found, b.String())
	}
	return back, b.String()
}

func TestWrite(t *testing.T) {
	files, err := filepath.Glob(cases + "ok/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	sources := map[string][]byte{}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources[f] = src
	}
	entries, err := embedded.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range entries {
		if src, err := embedded.FS.ReadFile(f.Name()); err == nil {
			sources["pack/"+f.Name()] = src
		}
	}
	for name, src := range sources {
		t.Run(filepath.Base(name), func(t *testing.T) {
			g, _ := gazetteer.Parse(name, src)
			back, text := roundTrip(t, g)
			if diff := cmp.Diff(g, back, places); diff != "" {
				t.Errorf("(-written +read):\n%s\n%s", diff, text)
			}
			if _, again := roundTrip(t, back); again != text {
				t.Errorf("writing again gives other bytes:\n%s", cmp.Diff(text, again))
			}
		})
	}
}

// TestQuoteYAML holds that any text reads back as itself, in a block and in a
// flow, and that usual names stand without quotes.
func TestQuoteYAML(t *testing.T) {
	for _, s := range []string{"Zoom", "Lloyd's", "AT&T", "Coca-Cola", "1989", "yes", "C#", "St. John", "list:boats", "Société", "習近平", "(the) Club", "10:30"} {
		if got := gazetteer.QuoteYAML(s, true); got != s {
			t.Errorf("%s is quoted: %s", s, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if rapid.Bool().Draw(t, "yaml") {
			s = rapid.StringMatching(`[a~ :#,\[\]{}"'&*!|>%@-]{0,8}`).Draw(t, "marks")
		}
		s = strings.ToValidUTF8(s, "?")
		var read struct {
			Block string
			Flow  []map[string]string
		}
		src := fmt.Sprintf("block: %s\nflow: [{a: %s}, {b: c}]\n", gazetteer.QuoteYAML(s, false), gazetteer.QuoteYAML(s, true))
		if err := yaml.Unmarshal([]byte(src), &read); err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		if read.Block != s || read.Flow[0]["a"] != s {
			t.Errorf("%q reads as %q and %q\n%s", s, read.Block, read.Flow[0]["a"], src)
		}
	})
}

// TestWriteAny holds the round trip for entities that nobody would write.
func TestWriteAny(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) gazetteer.String {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("ab :#,[]{}\"'&*!|>%@-\\é習~?<=\u2028\u00a0"), unicode.Latin, unicode.Han), 1, 12, -1).Draw(t, "text")
		if strings.TrimSpace(s) == "" {
			s = "x" + s
		}
		return gazetteer.String{Value: s}
	})
	example := rapid.Custom(func(t *rapid.T) gazetteer.String { // half a mark is a finding
		return gazetteer.String{Value: strings.NewReplacer("<", "(", ">", ")").Replace(text.Draw(t, "example").Value)}
	})
	alias := rapid.Custom(func(t *rapid.T) gazetteer.Alias {
		a := gazetteer.Alias{Text: text.Draw(t, "alias")}
		if rapid.Bool().Draw(t, "guarded") {
			shared := rapid.Bool().Draw(t, "shared")
			a.Guard = &gazetteer.Guard{
				Case: gazetteer.CaseFold, From: "2019-04-18", Shared: &shared, Prior: 0.25,
				Unless: []gazetteer.Item{{Term: gazetteer.String{Value: "ships"}}},
			}
		}
		return a
	})
	rapid.Check(t, func(t *rapid.T) {
		g := &gazetteer.Gazetteer{About: text.Draw(t, "about")}
		for i := range rapid.IntRange(1, 3).Draw(t, "entities") {
			g.Entities = append(g.Entities, &gazetteer.Entity{
				ID: gazetteer.String{Value: fmt.Sprint("e", i)}, Name: alias.Draw(t, "name"), Type: gazetteer.String{Value: "ORG"},
				Aliases: rapid.SliceOfN(alias, 0, 8).Draw(t, "aliases"), Examples: rapid.SliceOfN(example, 0, 2).Draw(t, "examples"),
				Masks: rapid.SliceOfN(text, 0, 20).Draw(t, "masks"),
			})
		}
		back, src := roundTrip(t, g)
		if diff := cmp.Diff(g, back, places); diff != "" {
			t.Fatalf("(-written +read):\n%s\n%s", diff, src)
		}
	})
}

// BenchmarkWrite writes 100,000 entities.
func BenchmarkWrite(b *testing.B) {
	g := &gazetteer.Gazetteer{}
	for i := range 100_000 {
		name := fmt.Sprintf("Karvel Onderson %d", i)
		g.Entities = append(g.Entities, &gazetteer.Entity{
			ID: gazetteer.String{Value: gazetteer.Slug(name)}, Name: gazetteer.Alias{Text: gazetteer.String{Value: name}},
			Type: gazetteer.String{Value: "PERSON"},
		})
	}
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := gazetteer.Write(&out, g); err != nil {
			b.Fatal(err)
		}
	}
	if n := strings.Count(out.String(), "name: "); n != len(g.Entities) {
		b.Fatalf("%d names were written, want %d", n, len(g.Entities))
	}
	b.SetBytes(int64(out.Len()))
}
