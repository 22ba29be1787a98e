package gazetteer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wiretag/gazetteer"
)

func TestSlug(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{name: "plain", in: "Julien Jin", want: "julien-jin"},
		{name: "marks", in: "Société Générale", want: "societe-generale"},
		{name: "decomposed", in: "Zu\u0308rich", want: "zurich"},
		{name: "runs of others", in: "  A & B -- (C.) ", want: "a-b-c"},
		{name: "apostrophe", in: "O'Sullivan", want: "o-sullivan"},
		{name: "digits", in: "5G", want: "5g"},
		{name: "compatibility", in: "Ⅳ ﬁrm²", want: "iv-firm2"},
		{name: "letters without decomposition stay", in: "Łódź Straße", want: "łodz-straße"},
		{name: "other scripts", in: "Ξένος 中国", want: "ξενος-中国"},
		{name: "dotted capital I", in: "İzmir", want: "izmir"},
		{name: "nothing left", in: "!!! …", want: ""},
		{name: "empty", in: "", want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := gazetteer.Slug(tt.in); got != tt.want {
				t.Errorf("Slug(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got := gazetteer.Slug(tt.want); got != tt.want {
				t.Errorf("Slug(%q) = %q, want a slug to stay as it is", tt.want, got)
			}
		})
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{name: "year", in: "2019", want: "2019-01-01"},
		{name: "month", in: "2019-04", want: "2019-04-01"},
		{name: "day", in: "2019-04-18", want: "2019-04-18"},
		{name: "quoted", in: `"2019-04-18"`, want: "2019-04-18"},
		{name: "leap day", in: "2020-02-29", want: "2020-02-29"},
		{name: "no leap day", in: "2019-02-29"},
		{name: "month 13", in: "2019-13"},
		{name: "day 0", in: "2019-04-00"},
		{name: "year 0", in: "0000"},
		{name: "two digits", in: "19"},
		{name: "a time", in: "2019-04-18T10:00:00Z"},
		{name: "slashes", in: "18/04/2019"},
		{name: "words", in: "April 2019"},
		{name: "blank behind", in: `"2019 "`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "version: 1\nentities: [{name: Acme, type: ORG, from: " + tt.in + "}]\n"
			g, diags := gazetteer.Parse("x.yaml", []byte(src))
			if got := string(g.Entities[0].Guard.From); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got := len(diags) > 0; got != (tt.want == "") {
				t.Errorf("findings %v", diags)
			}
		})
	}
}

// flat drops positions, so that tables can say what they mean.
var flat = cmp.Options{cmpopts.IgnoreTypes(gazetteer.Pos{}), cmpopts.EquateEmpty()}

func str(s string) gazetteer.String { return gazetteer.String{Value: s} }

func term(s string) gazetteer.Item { return gazetteer.Item{Term: str(s)} }

func ref(kind gazetteer.RefKind, id string) gazetteer.Item {
	return gazetteer.Item{Ref: &gazetteer.Reference{Kind: kind, ID: str(id)}}
}

func TestParseConditions(t *testing.T) {
	tests := []struct {
		name string
		yaml string
		want gazetteer.Condition
	}{
		{name: "bare term", yaml: "steal", want: gazetteer.Condition{Name: str("steal"), Any: []gazetteer.Item{term("steal")}}},
		{name: "number as term", yaml: "1989", want: gazetteer.Condition{Name: str("1989"), Any: []gazetteer.Item{term("1989")}}},
		{name: "bare reference", yaml: "type:ORG", want: gazetteer.Condition{
			Name: str("type:ORG"), Any: []gazetteer.Item{ref("type", "ORG")}}},
		{name: "reference as mapping", yaml: "{entity: xi}", want: gazetteer.Condition{
			Name: str("entity:xi"), Any: []gazetteer.Item{ref("entity", "xi")}}},
		{name: "any of one", yaml: "{any: steal, weight: certain}", want: gazetteer.Condition{
			Name: str("steal"), Any: []gazetteer.Item{term("steal")}, Weight: gazetteer.Weight{Word: "certain"}}},
		{name: "forms", yaml: `{any: [exact:spied, "lower:mark", exact:re:publica, "10:30"], weight: 0.3}`, want: gazetteer.Condition{
			Name: str("exact:spied"), Weight: gazetteer.Weight{Number: 0.3}, Any: []gazetteer.Item{
				{Term: str("spied"), Form: gazetteer.Exact}, {Term: str("mark"), Form: gazetteer.Lower},
				{Term: str("re:publica"), Form: gazetteer.Exact}, term("10:30")}}},
		{name: "all with alternatives and a condition", yaml: "{all: [[steal, theft], list:secrets, {any: [firm], in: lead}], together: 12 words}",
			want: gazetteer.Condition{Name: str("steal"), Together: gazetteer.Words, Distance: 12, All: []gazetteer.Item{
				{Any: []gazetteer.Item{term("steal"), term("theft")}}, ref("list", "secrets"),
				{Cond: &gazetteer.Condition{Name: str("firm"), Any: []gazetteer.Item{term("firm")}, In: gazetteer.InLead}}}}},
		{name: "modifiers", yaml: "{name: n, any: [a, b], at_least: 3, distinct: 2, in: title, unless: c}", want: gazetteer.Condition{
			Name: str("n"), Any: []gazetteer.Item{term("a"), term("b")}, AtLeast: 3, Distinct: 2, In: gazetteer.InTitle,
			Unless: []gazetteer.Item{term("c")}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, diags := gazetteer.Parse("x.yaml", []byte("version: 1\ntopics: [{label: t, clues: ["+tt.yaml+"]}]\n"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			if diff := cmp.Diff(g.Topics[0].Clues, []gazetteer.Condition{tt.want}, flat); diff != "" {
				t.Errorf("clues (-got +want):\n%s", diff)
			}
		})
	}
}

func TestParseEntity(t *testing.T) {
	yes := true
	src := `version: 1
entities:
  - name: {text: Georgia (country), match: false}
    type: GPE
    family: false
    aliases: [{text: Georgia, shared: true, needs: [Tbilisi]}, NO, 1989, yes, ~]
    groups: [{id: a, from: 2013-03-14}, b]
    links: {wikidata: Q230}
    case: exact
`
	g, diags := gazetteer.Parse("x.yaml", []byte(src))
	want := &gazetteer.Entity{
		ID: str("georgia-country"), Name: gazetteer.Alias{Text: str("Georgia (country)"), NoMatch: true}, Type: str("GPE"), NoFamily: true,
		Aliases: []gazetteer.Alias{
			{Text: str("Georgia"), Guard: &gazetteer.Guard{Shared: &yes, Needs: []gazetteer.Item{term("Tbilisi")}}},
			{Text: str("NO")}, {Text: str("1989")}, {Text: str("yes")},
		},
		Groups: []gazetteer.Group{{ID: str("a"), From: "2013-03-14"}, {ID: str("b")}},
		Links:  []gazetteer.Link{{Key: str("wikidata"), Value: str("Q230")}},
		Guard:  &gazetteer.Guard{Case: gazetteer.CaseExact},
	}
	if diff := cmp.Diff(g.Entities, []*gazetteer.Entity{want}, flat); diff != "" {
		t.Errorf("entities (-got +want):\n%s", diff)
	}
	if len(diags) != 1 || diags[0].Check != "null-value" || diags[0].Pos != (gazetteer.Pos{File: "x.yaml", Line: 6, Col: 79}) {
		t.Errorf("got %v, want the null found at 6:79", diags)
	}
}

// seed gives a fuzz target the cases of testdata.
func seed(f *testing.F) {
	f.Helper()
	for _, folder := range []string{"ok", "err"} {
		files, err := filepath.Glob(cases + folder + "/*.yaml")
		if err != nil || len(files) == 0 {
			f.Fatal(err, "no seeds")
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
}

// placed reports findings that a person could not go to.
func placed(t *testing.T, diags gazetteer.Diagnostics) {
	t.Helper()
	for _, d := range diags {
		if d.Pos.Line < 1 || d.Pos.Col < 1 || strings.ContainsAny(d.Message, "\n\r") || d.Check == "" {
			t.Errorf("finding %q at %v", d.Message, d.Pos)
		}
	}
}

func FuzzParse(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		g, diags := gazetteer.Parse("x.yaml", src)
		if g == nil {
			t.Fatal("no gazetteer")
		}
		placed(t, diags)
	})
}

// FuzzLoad goes on to the merge and the checks. Their maps make coverage vary
// from run to run: without -fuzzminimizetime 10x it gets nowhere.
func FuzzLoad(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		g, diags, err := gazetteer.LoadFS(fstest.MapFS{"x.yaml": {Data: src}}, "fuzz")
		if g == nil || err != nil {
			t.Fatal("no gazetteer", err)
		}
		placed(t, diags)
		_, again, _ := gazetteer.LoadFS(fstest.MapFS{"x.yaml": {Data: src}}, "fuzz")
		if diff := cmp.Diff(diags, again); diff != "" {
			t.Errorf("another run finds something else:\n%s", diff)
		}
	})
}

// big writes a pack with this many aliases, four to an entity.
func big(aliases int) []byte {
	var b strings.Builder
	b.WriteString("version: 1\nentities:\n")
	for i := range aliases / 4 {
		fmt.Fprintf(&b, "  - name: Acme Works %d\n    type: ORG\n    aliases: [AW %d, Société Acmé %d, {text: AC%d, case: exact}]\n    groups: [firms]\n", i, i, i, i)
	}
	return []byte(b.String())
}

func BenchmarkLoad100k(b *testing.B) {
	file := filepath.Join(b.TempDir(), "big.yaml")
	src := big(100_000)
	if err := os.WriteFile(file, src, 0o644); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		g, diags, err := gazetteer.Load(file)
		if err != nil || len(diags) > 0 || len(g.Entities) != 25_000 {
			b.Fatal(err, len(diags))
		}
	}
}
