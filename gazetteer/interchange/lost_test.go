package interchange_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"wiretag/gazetteer"
	"wiretag/gazetteer/interchange"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// lossy are sources in which every value holds a mark of its own, m and two
// digits, and many values have no place in a gazetteer. One for each format, in
// the order of Formats.
var lossy = []struct{ format, text string }{
	{"csv", `id,name,type,alias,aliases,weak,gender,family,groups,masks,from,wikidata,link:m99,link:note,m98
m01,Am02,ORG,Am03|m04,m05|m06,Am07,m08,Am09,m10|m11,m12|m13,m14,m15,m16,m17,m18
m01,Am19,,Am20,,,f,Am21,,,2019,m22,,,,m23
m01,Am24,m25
,"Am26` + "\a" + `",ORG,m27
m28"m29,x
,,,,,,,Am30
`},
	{"tsv", "id\tname\tgender\tgender\nm01\tAm02\tm\tm03\nm01\tAm02\tf\n\tAm04 \"m05\" m06\tm\n"},
	{"spacy", `{"label":"m01","pattern":"Am02","id":"m03"}
{"label":"m01","pattern":[{"LOWER":"am02"}],"id":"m03"}
{"label":"m04","pattern":[{"LOWER":"m05"},{"TEXT":"m06"}]}
{"label":"ORG","pattern":{"m07":1}}
{"label":"NORP","pattern":"Am08","id":"m03"}
m09
`},
	{"gate", "Am01\tid=m02\tm03=m04\tm03=m05\tm06\nAm07\tid=m02\tid=m08\ttype=m09\tx-m10=m11\n!\tm12=m13\n"},
	{"regexner", "Am01 m02\tm03\tm04\tm05\tm06\tm07\nAm08+\tm09\nm10\n"},
	{"skos", `@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <urn:m99/> .
:m01 a skos:Concept ; skos:prefLabel "m02"@en, "m03"@en, "m04"@de ; skos:altLabel "m05", "m06"@fr ; skos:definition "m07"@en, "m08"@en ;
  skos:narrower :m09, :m10 ; skos:exactMatch :m11, :m12 ; skos:closeMatch :m13 ; skos:related :m14 ; skos:inScheme :m15 ; :m16 "m17" .
:m09 a skos:Concept ; skos:prefLabel "m18"@en ; skos:broader :m01, :m19 .
:m20 a skos:Concept ; skos:altLabel "m21"@en .
:m22 skos:notation "m23" .
`},
	{"ftm", `{"id":"m01","schema":"Person","properties":{"name":["Am02","Am03"],"weakAlias":["Am04"],"gender":["m05","male","female"],"m06":["m07"],"innCode":["m08","m09"],"ownershipOwner":[{"id":"m10"}]},"referents":["m11"]}
{"id":"m12","schema":"m13","properties":{"name":["m14"]}}
{"id":"m15","schema":"Person","properties":{"alias":["m16"]}}
{"id":"m17","schema":"Person","properties":{"name":"m18"}}
`},
	{"wikidata", `{"id":"Qm01","type":"item","labels":{"en":{"language":"en","value":"Am02"}},"aliases":{"en":[{"language":"en","value":"Am03"}]},"claims":{"P21":[{"mainsnak":{"datavalue":{"value":{"id":"m04"}}}}]}}
{"id":"Qm01","type":"item","labels":{"en":{"language":"en","value":"Am05"}}}
{"id":"Pm06","type":"property","labels":{"en":{"language":"en","value":"Am07"}}}
{"id":"Qm08","type":"item","labels":{"fr":{"language":"fr","value":"Am09"}}}
{"id":"Qm10","type":"item","labels":{"en":{"language":"en","value":"Am02"}}}
`},
}

var mark = regexp.MustCompile(`m\d\d`)

// missing returns the marks of a text that are neither in what was made of it
// nor in the report. What an entry says that is left out is found by its line.
func missing(t testing.TB, text string, res *interchange.Result) []string {
	t.Helper()
	found := show(t, res)
	lines := strings.Split(text, "\n")
	for _, d := range res.Dropped {
		var line int
		if _, err := fmt.Sscanf(d.Place, "x:%d", &line); err != nil || line < 1 || line > len(lines) {
			t.Fatalf("the place %q is none of %d lines", d.Place, len(lines))
		}
		if strings.HasPrefix(d.Reason, leftOut) {
			found += lines[line-1]
		}
	}
	var out []string
	for _, m := range mark.FindAllString(text, -1) {
		if !strings.Contains(found, m) {
			out = append(out, m)
		}
	}
	return out
}

// TestNothingLost holds that every value of a source comes in or is reported.
func TestNothingLost(t *testing.T) {
	for i, f := range interchange.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			if lossy[i].format != f.Name {
				t.Fatal("the format has no source in this test")
			}
			text := lossy[i].text
			res := read(t, f.Name, "x", text, interchange.Options{})
			if lost := missing(t, text, res); len(lost) > 0 || len(res.Dropped) == 0 {
				t.Errorf("%v are lost in silence:\n%s", lost, show(t, res))
			}
		})
	}
}

// TestNothingLostInTables holds it for tables that nobody would write, but for
// quotes, which may make a row of several lines.
func TestNothingLostInTables(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		n := 10
		cell := rapid.Custom(func(t *rapid.T) string {
			n++
			around := rapid.SampledFrom([]string{"", "", " ", "A", "|", "=", ":", ";", "!", "\a", "id=", "type=", "f"})
			return around.Draw(t, "before") + fmt.Sprintf("m%02d", n%100) + around.Draw(t, "behind")
		})
		format := rapid.SampledFrom([]string{"csv", "gate", "regexner"}).Draw(t, "format")
		delimiter, text := "\t", ""
		if format == "csv" {
			delimiter, text = ",", "id,name,type,alias,groups,wikidata,link:a,gender,other\n"
		}
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			text += strings.Join(rapid.SliceOfN(cell, 1, 10).Draw(t, "row"), delimiter) + "\n"
		}
		res, err := interchange.Import(format, interchange.Source{Name: "x", Reader: strings.NewReader(text)}, interchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if lost := missing(outer, text, res); len(lost) > 0 {
			t.Fatalf("%v are lost in silence of\n%s", lost, text)
		}
	})
}

// TestExportCounts holds that what a format cannot hold is counted.
func TestExportCounts(t *testing.T) {
	const src = `version: 1
types: [{id: BANK, parent: ORG}, Vessel, VESSEL]
entities:
  - {name: {text: Georgia (country), match: false}, type: GPE, aliases: [{text: Georgia, from: 2019-01-01}], family: false, links: {LEI: x}}
  - {name: Bank, type: BANK, aliases: [A|B Bank, Coca-Cola Bank]}
  - {name: {text: Gone, match: false}, type: ORG}
  - {name: Boat, type: Vessel}
  - {name: Ship, type: VESSEL}
filters: [{topics: all, ignore: [x]}]
topics:
  - {label: t, threshold: 0.4, clues: [entity:boat, {any: [u], weight: certain, in: title}, {all: [a, b]}]}
`
	const rest = "1 filter, 1 parent of a type"
	want := map[string]string{
		"csv":      "1 topic, " + rest + ", 2 names that are not looked for, 1 form with the mark between forms in it, 1 guard of an alias",
		"spacy":    "1 entity, 1 topic, " + rest + ", 1 name that is not looked for, 1 guard of an alias, 1 family name, 1 link",
		"gate":     "1 entity, 1 topic, " + rest + ", 1 name that is not looked for, 1 guard of an alias, 1 family name",
		"regexner": "1 entity, 1 topic, " + rest + ", 2 ties of aliases to their entities, 1 name that is not looked for, 1 guard of an alias, 1 family name, 1 link",
		"ftm":      "2 entities, 1 topic, " + rest + ", 1 type, written as the one above it, 1 name that is not looked for",
		"wikidata": "5 entities without a Wikidata id, 1 topic, " + rest,
		"skos":     "5 entities, " + rest + ", 1 clue of several parts, 2 weights and conditions of clues, 1 reference in a clue, 2 statuses and thresholds of topics",
	}
	want["tsv"] = want["csv"]
	g, found := gazetteer.Parse("x.yaml", []byte(src))
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, f := range interchange.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			x := export(t, f.Name, g)
			var got []string
			for _, l := range x.Lost {
				got = append(got, fmt.Sprint(l.N, " ", l.What))
			}
			if diff := cmp.Diff(strings.Join(got, ", "), want[f.Name]); diff != "" {
				t.Errorf("lost (-got +want):\n%s", diff)
			}
			if f.Name == "gate" && x.Files[3].Name == x.Files[4].Name {
				t.Errorf("two lists are in one file, %s", x.Files[3].Name)
			}
		})
	}
}
