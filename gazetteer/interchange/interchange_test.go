package interchange_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wiretag/gazetteer"
	"wiretag/gazetteer/interchange"

	"github.com/google/go-cmp/cmp"
)

// read imports a text, and holds that what comes of it loads.
func read(t testing.TB, format, name, text string, opts interchange.Options) *interchange.Result {
	t.Helper()
	res, err := interchange.Import(format, interchange.Source{Name: name, Reader: strings.NewReader(text)}, opts)
	if err != nil {
		t.Fatal(err)
	}
	counted(t, res)
	load(t, res.Gazetteer)
	return res
}

// counted holds that every entry came in, was merged or was left out.
func counted(t testing.TB, res *interchange.Result) {
	t.Helper()
	in := len(res.Gazetteer.Entities) + len(res.Gazetteer.Topics)
	if res.Entries != in+res.Merged+res.Left {
		t.Fatalf("%d entries are read: %d are written, %d merged, %d left out", res.Entries, in, res.Merged, res.Left)
	}
	left := 0
	for _, d := range res.Dropped {
		if strings.HasPrefix(d.Reason, leftOut) {
			left++
		}
	}
	if left != res.Left {
		t.Fatalf("%d entries are left out, and %d are reported as such: %v", res.Left, left, res.Dropped)
	}
}

const leftOut = "the entry is left out: "

// load writes a gazetteer and reads it back, which must give no error.
func load(t testing.TB, g *gazetteer.Gazetteer) *gazetteer.Gazetteer {
	t.Helper()
	var b bytes.Buffer
	if err := gazetteer.Write(&b, g); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "imported.yaml")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	back, found, err := gazetteer.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if errs := found.Errors(); len(errs) > 0 {
		t.Fatalf("what was imported has errors: %v\n%s", errs, b.String())
	}
	return back
}

// show is what was imported, as the YAML less its first line, and what was not.
func show(t testing.TB, res *interchange.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := gazetteer.Write(&b, res.Gazetteer); err != nil {
		t.Fatal(err)
	}
	out := strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(b.String(), "version: 1\n")), "\n") + "\n"
	for _, d := range res.Dropped {
		out += fmt.Sprintf("%s: %q: %s\n", d.Place, d.Value, d.Reason)
	}
	return out
}

func TestImport(t *testing.T) {
	tests := []struct {
		name, format, text string
		opts               interchange.Options
		want               string
	}{
		{
			name: "csv, a row an alias", format: "csv",
			text: "\ufeffid,name,type,alias\r\nvt,Vantor,org,Vantor AG\r\nvt,,,\"Vantor, Inc.\"\r\n,Anna Kobe,PER,\r\n",
			want: "entities:\n  - id: vt\n    name: Vantor\n    type: ORG\n    aliases: [Vantor AG, \"Vantor, Inc.\"]\n" +
				"  - name: Anna Kobe\n    type: PERSON\n",
		},
		{
			name: "csv, every column", format: "csv",
			text: "name,type,aliases,weak,family,gender,groups,from,wikidata,link:lei,budget\n" +
				"Wei Anna,PERSON,Anna W.|A. Wei,Annie,Wei,f,cn-politburo|two words,2019,Q1,5299,12\n",
			want: "entities:\n  - name: Wei Anna\n    type: PERSON\n    aliases: [Anna W., A. Wei]\n    weak: [Annie]\n    family: Wei\n    gender: f\n" +
				"    from: 2019-01-01\n    groups: [cn-politburo, two-words]\n    links: {wikidata: Q1, lei: 5299}\n" +
				"x:2: \"two words\": the group cannot stand in references and is written two-words\n" +
				"x:2: \"12\": the column \"budget\" is not known; a column link:budget is kept as an identifier\n",
		},
		{
			name: "csv, bad rows", format: "csv",
			text: "id,name,type\n,,\nq,,ORG\n,\"a\x07b\",ORG\n,!!!,ORG\n,Fine,ORG,more\n,\"open\n",
			want: "entities:\n  - name: Fine\n    type: ORG\n" +
				"x:3: \"q\": the entry is left out: the row has no name\nx:4: \"a\\ab\": the entry is left out: the name holds a control character\n" +
				"x:5: \"!!!\": the entry is left out: the name has no letter or digit\nx:6: \"more\": the row has more cells than the header\n" +
				"x:7: \",\\\"open\": the entry is left out: column 8: extraneous or missing \" in quoted-field\n",
		},
		{
			name: "csv, names in the order of lists", format: "csv", opts: interchange.Options{Reorder: true, Delimiter: ';', Type: "PERSON"},
			text: "name;type\nVAN DEN BERG, Anna;\n\"Kobe, Jr.\";\nVantor, Inc.;ORG\n",
			want: "entities:\n  - name: Anna Van Den Berg\n    type: PERSON\n    family: Van Den Berg\n" +
				"  - name: Kobe, Jr.\n    type: PERSON\n  - name: Vantor, Inc.\n    type: ORG\n" +
				"x:2: \"VAN DEN BERG, Anna\": the name is written Anna Van Den Berg\n",
		},
		{
			name: "csv, one id of two types", format: "csv",
			text: "id,name,type\nmercury,Mercury,LOC\nmercury,Mercury,ORG\n",
			want: "entities:\n  - name: Mercury\n    type: LOC\n  - id: mercury-org\n    name: Mercury\n    type: ORG\n",
		},
		{
			name: "spacy", format: "spacy",
			text: `{"label":"ORG","pattern":"Vantor","id":"vt"}
{"label":"ORG","pattern":[{"LOWER":"vantor"},{"LOWER":"works"}],"id":"vt"}
{"label":"ORG","pattern":[{"ORTH":"VT"}]}
{"label":"ORG","pattern":[{"LOWER":"a"},{"OP":"?"}]}
{"label":"MY TYPE","pattern":"Kobe"}
nonsense
{"label":1}
`,
			want: "types: [MY_TYPE]\n\nentities:\n  - id: vt\n    name: Vantor\n    type: ORG\n    aliases: [{text: vantor works, case: fold}, {text: VT, case: exact}]\n" +
				"  - name: Kobe\n    type: MY_TYPE\n" +
				`x:4: "[{\"LOWER\":\"a\"},{\"OP\":\"?\"}]": the entry is left out: the pattern is more than words: only ORTH, TEXT and LOWER with a text can be taken over
x:5: "MY TYPE": the type is written MY_TYPE
x:6: "nonsense": the entry is left out: not JSON, from byte 2 on
x:7: "{\"label\":1}": the entry is left out: label is a number, and another kind of value is wanted
`,
		},
		{
			name: "regexner", format: "regexner",
			text: "Port of Kobe\tLOC\tMISC\t2\nKobe( City)?\tLOC\nSt\\. Anna\tLOC\n# a comment\nno type\n",
			want: "entities:\n  - name: Port of Kobe\n    type: LOC\n  - name: St. Anna\n    type: LOC\n" +
				"x:1: \"MISC\": types to overwrite: which of two names wins is decided by length\n" +
				"x:1: \"2\": priority: which of two names wins is decided by length\n" +
				"x:2: \"Kobe( City)?\": the entry is left out: a regular expression; gazetteers have none\n" +
				"x:5: \"no type\": the entry is left out: a rule is a pattern, a tab and a type\n",
		},
		{
			name: "gate, a list", format: "gate", opts: interchange.Options{Type: "GPE"},
			text: "Kobe\tid=kobe\tgeonames=1859171\nKobe City\tid=kobe\nOsaka\tnonsense\n",
			want: "entities:\n  - name: Kobe\n    type: GPE\n    aliases: [Kobe City]\n    links: {geonames: 1859171}\n  - name: Osaka\n    type: GPE\n" +
				"x:3: \"nonsense\": a feature is key=value\n",
		},
		{
			name: "ftm", format: "ftm",
			text: `{"id":"v1","schema":"Vessel","properties":{"name":["Sea Anna"],"imoNumber":["9"],"flag":["jp"],"weakAlias":["Anna"]}}
{"id":"p1","schema":"Person","properties":{"name":["Anna Kobe","A. Kobe"],"gender":["female"],"topics":["role.pep"],"country":["jp"]}}
{"id":"a1","schema":"Address","properties":{"full":["1 Road"]}}
{"id":"p2","schema":"Person","properties":{}}
`,
			want: "types: [{id: VESSEL, parent: PRODUCT}]\n\nentities:\n  - id: v1\n    name: Sea Anna\n    type: VESSEL\n    weak: [Anna]\n    links: {imo: 9}\n" +
				"  - id: p1\n    name: Anna Kobe\n    type: PERSON\n    aliases: [A. Kobe]\n    gender: f\n    groups: [country-jp, role.pep]\n" +
				"x:1: \"flag=jp\": the property is no name, group or identifier\n" +
				"x:3: \"a1\": the entry is left out: the schema \"Address\" is no kind of name; known: Airplane, Company, Event, LegalEntity, Organization, Person, PublicBody, RealEstate, Vessel\n" +
				"x:4: \"p2\": the entry is left out: it has no name\n",
		},
		{
			name: "wikidata, a dump", format: "wikidata",
			text: `[
{"id":"Q90","type":"item","labels":{"en":{"language":"en","value":"Kobe"}},"aliases":{"en":[{"language":"en","value":"Kobe City"}]},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q515"}}}}]}},
{"id":"Q91","labels":{"mul":{"language":"mul","value":"Kobe"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q515"}}}}]}},
{"id":"Q92","labels":{"fr":{"language":"fr","value":"Cobe"}}}
]`,
			want: "entities:\n  - name: Kobe\n    type: GPE\n    aliases: [Kobe City]\n    links: {wikidata: Q90}\n" +
				"  - id: kobe-q91\n    name: Kobe\n    type: GPE\n    links: {wikidata: Q91}\n" +
				"x:3: \"Q91\": it has no label in \"en\"; the one in \"mul\" is taken\n" +
				"x:4: \"Q92\": the entry is left out: it has no label in \"en\", and none in mul or en\n",
		},
		{
			name: "skos, Turtle", format: "skos",
			text: `@prefix skos: <http://www.w3.org/2004/02/skos/core#> . # a comment
PREFIX owl: <http://www.w3.org/2002/07/owl#>
@base <http://example.org/t/> .
<boats> a skos:Concept ; skos:prefLabel "boats"@en, "Boote"@de ;
  skos:altLabel """row
boats"""@en ; skos:hiddenLabel 'boat: small'@en-GB ; skos:broader <traffic> ; skos:note [ <v> ( 1 2 ) ] .
<traffic> a skos:Concept ; skos:prefLabel "traffic"@en ; owl:deprecated true ; skos:broader <boats> ; skos:exactMatch <http://other/x> .
<lost> a skos:Concept .
`,
			want: "topics:\n  - label: boats\n    status: draft\n    clues:\n" +
				"      - {name: labels, weight: weak, any: [boats, row boats, \"exact:boat: small\"]}\n" +
				"    links: {skos: \"http://example.org/t/boats\"}\n" +
				"  - label: traffic\n    parent: boats\n    status: retired\n    clues:\n      - {name: labels, weight: weak, any: [traffic]}\n" +
				"    links: {skos: \"http://example.org/t/traffic\", match: \"http://other/x\"}\n" +
				`x:4: "Boote": prefLabel of http://example.org/t/boats in the language de
x:6: "1": http://www.w3.org/1999/02/22-rdf-syntax-ns#li of _:#2 has no place in a topic
x:6: "2": http://www.w3.org/1999/02/22-rdf-syntax-ns#li of _:#2 has no place in a topic
x:6: "_:#2": http://example.org/t/v of _:#1 has no place in a topic
x:6: "_:#1": http://www.w3.org/2004/02/skos/core#note of http://example.org/t/boats has no place in a topic
x:8: "http://example.org/t/lost": the entry is left out: the concept has no label in "en"
x:4: "http://example.org/t/traffic": the broader concept of boats lies below it
`,
		},
		{
			name: "csv, further rows of an entity", format: "csv",
			text: "id,name,type,alias,family,gender,link:Key\nb c,Kobe,PERSON,A|B,Kobe,f,1\nb c,,,K. K.,Other,m,2\nb-c,Kobe K.,,,,,\n",
			want: "entities:\n  - id: b-c\n    name: Kobe\n    type: PERSON\n    aliases: [A|B, K. K., Kobe K.]\n    family: Kobe\n    gender: f\n    links: {Key: 1}\n" +
				"x:2: \"b c\": the id cannot stand in references and is written b-c\nx:3: \"b c\": the id cannot stand in references and is written b-c\n" +
				"x:3: \"Other\": an entity has one family name, and this one has Kobe\nx:3: \"m\": an entity has one gender, and this one has f\n" +
				"x:3: \"Key=2\": an entity has one link of a kind, and this one has 1\n",
		},
		{
			name: "csv, an id that is taken twice", format: "csv",
			text: "id,name,type\nmercury-org,A,GPE\nmercury,Mercury,LOC\nmercury,Mercury,ORG\n",
			want: "entities:\n  - id: mercury-org\n    name: A\n    type: GPE\n  - name: Mercury\n    type: LOC\n  - id: mercury-org-2\n    name: Mercury\n    type: ORG\n",
		},
		{
			name: "csv, a quote in the first cell, and one that takes in lines", format: "csv",
			text: "name,type\nab\"c,ORG\nFine,ORG\n\"open,ORG\nGone,ORG\n",
			want: "entities:\n  - name: Fine\n    type: ORG\n" +
				"x:2: \"ab\\\"c,ORG\": the entry is left out: column 3: bare \" in non-quoted-field\n" +
				"x:4: \"\\\"open,ORG\\nGone,ORG\": the entry is left out: a quote is opened and not closed by itself in a cell; with it lines 4 to 5 are left out\n",
		},
		{
			name: "csv, keys that links cannot have", format: "csv", text: "name,link:note,link:x-a\nFoo,1,2\n",
			want: "entities:\n  - name: Foo\n    type: ORG\n" +
				"x:2: \"note=1\": a key of links has at most 100 bytes, is not note and does not begin with x-\n" +
				"x:2: \"x-a=2\": a key of links has at most 100 bytes, is not note and does not begin with x-\n",
		},
		{
			name: "spacy, tokens as people write them; one form twice", format: "spacy",
			text: `{"label":"ORG","pattern":[{"ORTH":"Coca"},{"ORTH":"-"},{"ORTH":"Cola"},{"ORTH":"'s"},{"ORTH":"("},{"ORTH":"Kobe"},{"ORTH":")"},{"ORTH":","},{"ORTH":"Inc."}],"id":"a"}
{"label":"ORG","pattern":"Vantor","id":"v"}
{"label":"ORG","pattern":[{"ORTH":"Vantor"}],"id":"v"}
{"label":"ORG","pattern":[{"LOWER":"Vantor"}],"id":"v"}
`,
			want: "entities:\n  - id: a\n    name: {text: \"Coca-Cola's (Kobe), Inc.\", case: exact}\n    type: ORG\n" +
				"  - id: v\n    name: Vantor\n    type: ORG\n    aliases: [{text: Vantor, case: fold}]\n",
		},
		{
			name: "skos, Turtle, narrower without broader", format: "skos",
			text: `@prefix a: <http://x/> . @prefix s: <http://www.w3.org/2004/02/skos/core#> .
a:x a s:Concept ; s:prefLabel "x" ; s:narrower a:y ; s:exactMatch <http://www.wikidata.org/entity/Q1> ; s:closeMatch a:z .
a:y a s:Concept ; s:prefLabel "y" ; a:b "c" .
`,
			want: "topics:\n  - label: x\n    status: draft\n    clues:\n      - {name: labels, weight: weak, any: [x]}\n" +
				"    links: {skos: \"http://x/x\", wikidata: Q1, close-match: \"http://x/z\"}\n" +
				"  - label: y\n    parent: x\n    status: draft\n    clues:\n      - {name: labels, weight: weak, any: [y]}\n    links: {skos: \"http://x/y\"}\n" +
				"x:3: \"c\": http://x/b of http://x/y has no place in a topic\n",
		},
		{
			name: "skos, RDF/XML, what its writers make use of", format: "skos",
			text: `<!DOCTYPE rdf:RDF [<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#" xml:base="http://x/">
 <rdf:Description rdf:about="boats"><rdf:type rdf:resource="&skos;Concept"/><skos:prefLabel>boats</skos:prefLabel>
  <skos:note rdf:parseType="Literal">all <b>things</b></skos:note>
  <skos:related rdf:parseType="Resource"><skos:note>inner</skos:note></skos:related>
  <skos:member rdf:parseType="Collection"><skos:Concept rdf:about="http://x/ships"/></skos:member></rdf:Description>
 <rdf:Description rdf:about="http://x/ships"><skos:prefLabel>ships</skos:prefLabel><skos:broader rdf:resource="boats"/></rdf:Description>
</rdf:RDF>`,
			want: "topics:\n  - label: boats\n    status: draft\n    clues:\n      - {name: labels, weight: weak, any: [boats]}\n    links: {skos: \"http://x/boats\"}\n" +
				"  - label: ships\n    parent: boats\n    status: draft\n    clues:\n      - {name: labels, weight: weak, any: [ships]}\n    links: {skos: \"http://x/ships\"}\n" +
				`x:4: "all things": http://www.w3.org/2004/02/skos/core#note of http://x/boats has no place in a topic
x:5: "inner": http://www.w3.org/2004/02/skos/core#note of _:#1 has no place in a topic
x:5: "_:#1": http://www.w3.org/2004/02/skos/core#related of http://x/boats has no place in a topic
x:6: "http://x/ships": http://www.w3.org/1999/02/22-rdf-syntax-ns#li of _:#2 has no place in a topic
x:6: "_:#2": http://www.w3.org/2004/02/skos/core#member of http://x/boats has no place in a topic
`,
		},
		{
			name: "skos, RDF/XML", format: "skos",
			text: `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
 <skos:Concept rdf:about="http://example.org/boats">
  <skos:prefLabel xml:lang="en">boats</skos:prefLabel><skos:prefLabel xml:lang="de">Boote</skos:prefLabel>
  <skos:broader rdf:resource="http://example.org/traffic"/>
 </skos:Concept>
 <rdf:Description rdf:about="http://example.org/traffic"><skos:prefLabel>traffic</skos:prefLabel>
  <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/></rdf:Description>
</rdf:RDF>`,
			want: "topics:\n  - label: boats\n    parent: traffic\n    status: draft\n    clues:\n      - {name: labels, weight: weak, any: [boats]}\n" +
				"    links: {skos: \"http://example.org/boats\"}\n" +
				"  - label: traffic\n    status: draft\n    clues:\n      - {name: labels, weight: weak, any: [traffic]}\n" +
				"    links: {skos: \"http://example.org/traffic\"}\n" +
				"x:4: \"Boote\": prefLabel of http://example.org/boats in the language de\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := show(t, read(t, tt.format, "x", tt.text, tt.opts))
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("imported (-got +want):\n%s", diff)
			}
		})
	}
}

// world is a gazetteer with something of everything.
const world = `version: 1
types: [{id: VESSEL, parent: PRODUCT}]
entities:
  - {name: Anna Kobe, type: PERSON, aliases: [A. Kobe], weak: [Annie], gender: f, groups: [role.pep, country-jp], links: {wikidata: Q90, lei: "12"}}
  - {name: Vantor, type: ORG, aliases: [{text: VT, case: exact}, {text: vantor works, case: fold}, "St. Vantor (Kobe)"], links: {wikidata: Q91}, masks: [Vantor Bridge], from: 2019-04-18}
  - {name: Sea Anna, type: VESSEL}
  - {name: Kobe, type: GPE, demonyms: [Kobean], shorts: [K.], links: {wikidata: Q92}}
topics:
  - {label: traffic, status: draft, clues: [{name: labels, weight: weak, any: [traffic, "exact:St: 1"]}]}
  - {label: boats, about: Things that float., parent: traffic, status: draft, links: {iptc: "medtop:1"}, clues: [{name: labels, weight: weak, any: [boats, row "boats"]}]}
  - {id: gone-1, label: gone, status: retired, clues: [{name: labels, weight: weak, any: [gone]}]}
`

// TestRoundTrip exports and imports again. What comes back is exported to the
// same bytes: all that a format can hold came through.
func TestRoundTrip(t *testing.T) {
	g, found := gazetteer.Parse("world.yaml", []byte(world))
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, f := range interchange.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			x := export(t, f.Name, g)
			if len(x.Lost) == 0 {
				t.Error("no format holds a gazetteer whole, and nothing is reported as lost")
			}
			files := map[string][]byte{}
			for _, file := range x.Files {
				files[file.Name] = file.Text
			}
			name := x.Files[0].Name
			res, err := interchange.Import(f.Name, interchange.Source{
				Name: name, Reader: bytes.NewReader(x.Files[0].Text),
				Beside: func(name string) ([]byte, error) { return files[name], nil },
			}, interchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range res.Dropped {
				t.Errorf("dropped on the way back: %v", d)
			}
			again := export(t, f.Name, load(t, res.Gazetteer))
			if diff := cmp.Diff(texts(x.Files), texts(again.Files)); diff != "" {
				t.Errorf("exported again (-first +second):\n%s", diff)
			}
		})
	}
}

func export(t testing.TB, format string, g *gazetteer.Gazetteer) *interchange.Export {
	t.Helper()
	x, err := interchange.Write(format, g, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// texts are the lines of files, sorted: which kind of form stands first is not
// a format's to keep.
func texts(files []interchange.File) map[string][]string {
	out := map[string][]string{}
	for _, f := range files {
		out[f.Name] = slices.Sorted(strings.Lines(string(f.Text)))
	}
	return out
}

// TestGateIndex reads an index whose lists lie beside it.
func TestGateIndex(t *testing.T) {
	lists := map[string]string{"city.lst": "Kobe\nOsaka\n", "odd.lst": "Anna\n"}
	src := interchange.Source{
		Name: "lists/lists.def", Reader: strings.NewReader("city.lst:location:city:english\nodd.lst:my kind:::Person\n"),
		Beside: func(name string) ([]byte, error) { return []byte(lists[name]), nil },
	}
	res, err := interchange.Import("gate", src, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "entities:\n  - name: Kobe\n    type: LOC\n    groups: [city]\n  - name: Osaka\n    type: LOC\n    groups: [city]\n" +
		"  - name: Anna\n    type: PERSON\nlists/lists.def:1: \"english\": the language of a list\n"
	if diff := cmp.Diff(show(t, res), want); diff != "" {
		t.Errorf("imported (-got +want):\n%s", diff)
	}
}

func TestImportRefuses(t *testing.T) {
	tests := []struct{ name, format, text, want string }{
		{"unknown format", "xls", "", `unknown format "xls"; known: csv, tsv, spacy, gate, regexner, skos, ftm, wikidata`},
		{"no header", "csv", "", "x:1: the file is empty: its first line has to name the columns"},
		{"a quote in the header", "csv", "na\"me\n", `x:1: there is no header that names the columns: bare " in non-quoted-field`},
		{"no column of names", "csv", "a,b\n", "x:1: the header has no column name; its columns: a, b"},
		{"UTF-16", "csv", "\xff\xfen\x00", "x:1: not UTF-8; it looks like UTF-16: save the file as UTF-8"},
		{"another delimiter", "csv", "name;type\nFoo;ORG\n", `x:1: the header has no column name; its columns: name;type; the columns seem to be parted by ';', and not by ','`},
		{"Turtle, nested lists", "skos", "<a> <b> " + strings.Repeat("(", 1000), "x:1: not Turtle: nested more than 64 deep"},
		{"Turtle, an open text", "skos", "<a> <b>\n \"c .\n", `x:2: not Turtle: a text is opened and never closed on its line`},
		{"Turtle, a prefix", "skos", "a:b a c:d .", `x:1: not Turtle: the prefix "a:" is not declared`},
		{"Turtle, the end", "skos", "<a> <b>", `x:1: not Turtle: the file ends within a statement`},
		{"RDF/XML, no XML", "skos", "<?xml version='1.0'?>\n<a>", `x:2: not XML: XML syntax error on line 2: unexpected EOF`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := interchange.Import(tt.format, interchange.Source{Name: "x", Reader: strings.NewReader(tt.text)}, interchange.Options{})
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// FuzzImport holds that no file makes a reader panic, and that what is taken
// loads without an error.
func FuzzImport(f *testing.F) {
	g, _ := gazetteer.Parse("world.yaml", []byte(world))
	for i, format := range interchange.Formats() {
		for _, file := range export(f, format.Name, g).Files {
			f.Add(uint8(i), string(file.Text))
		}
	}
	for i, tt := range lossy {
		f.Add(uint8(i), tt.text)
	}
	f.Add(uint8(5), `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a rdf:ID="x"><b>c</b></a></rdf:RDF>`)
	f.Fuzz(func(t *testing.T, n uint8, src string) {
		formats := interchange.Formats()
		res, err := interchange.Import(formats[int(n)%len(formats)].Name,
			interchange.Source{Name: "x", Reader: strings.NewReader(src)}, interchange.Options{Reorder: n > 100})
		if err != nil {
			return
		}
		counted(t, res)
		load(t, res.Gazetteer)
	})
}

// TestLongEntity: a text of a DOCTYPE of more than 1,000 bytes is no address
// and not taken over, so that its name is an error where it is used.
func TestLongEntity(t *testing.T) {
	for _, tt := range []struct {
		size int
		ok   bool
	}{{1000, true}, {1001, false}} {
		text := `<!DOCTYPE a [<!ENTITY long "` + strings.Repeat("x", tt.size) + `">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="http://x/&long;"/></rdf:RDF>`
		_, err := interchange.Import("skos", interchange.Source{Name: "x", Reader: strings.NewReader(text)}, interchange.Options{})
		if undefined := err != nil && strings.Contains(err.Error(), "&long;"); undefined == tt.ok {
			t.Errorf("an entity of %d bytes: %v, want it to be known: %t", tt.size, err, tt.ok)
		}
	}
}
