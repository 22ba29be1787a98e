package packtest_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"wiretag/cmd/internal/packtest"
	"wiretag/gazetteer"
)

// load returns a pack of one file p.yaml, with the tests beside it, if any.
func load(t *testing.T, pack, tests string) (*gazetteer.Gazetteer, []*gazetteer.Test) {
	t.Helper()
	files := fstest.MapFS{"p.yaml": {Data: []byte("version: 1\n" + pack)}}
	if tests != "" {
		files["p_test.yaml"] = &fstest.MapFile{Data: []byte("version: 1\ntests:\n" + tests)}
	}
	g, diags, err := gazetteer.LoadFS(files, "x")
	if err != nil || len(diags.Errors()) > 0 {
		t.Fatal(err, diags)
	}
	read, diags, err := gazetteer.LoadTests(g, false)
	if err != nil || len(diags.Errors()) > 0 {
		t.Fatal(err, diags)
	}
	return g, read.All
}

func run(t *testing.T, pack, tests string, opts packtest.Options) []packtest.Result {
	t.Helper()
	g, read := load(t, pack, tests)
	results, err := packtest.Run(context.Background(), g, read, opts)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// said writes what came of cases, one a line, and indented why.
func said(results []packtest.Result) string {
	var b strings.Builder
	for _, r := range results {
		fmt.Fprintf(&b, "%s %s\n", r.Status, r.Title())
		for _, f := range r.Failures {
			fmt.Fprintf(&b, " %s\n  %s\n", f.What, strings.Join(f.Why, "\n  "))
		}
	}
	return b.String()
}

// What decided is told for every way in which a case can fail. What the script
// of the command holds is not repeated here.
func TestReasons(t *testing.T) {
	tests := []struct{ name, pack, tests, want string }{
		{
			name: "unless is met",
			pack: `entities: [{name: Zoom, type: ORG, unless: [lens], examples: [A lens by Zoom.]}]`,
			want: `failed zoom
 no mention of zoom
  “Zoom”, alias “Zoom” (x/p.yaml:2:19): its unless is met in the sentence: one of lens
`,
		},
		{
			name:  "another day",
			pack:  `entities: [{name: Zoom, type: ORG, from: 2019-04-18}]`,
			tests: `  - {name: old, text: He said that Zoom fell., date: 2018, entities: [zoom]}`,
			want: `failed old
 no mention of zoom
  “Zoom”, alias “Zoom” (x/p.yaml:2:19): the form holds from 2019-04-18, the article is of 2018-01-01
`,
		},
		{
			name: "weak and alone",
			pack: `entities: [{name: Main Street Bank, type: ORG, weak: [Main Justice], examples: [He saw Main Justice.]}]`,
			want: `failed main-street-bank
 no mention of main-street-bank
  “Main Justice”, weak “Main Justice” (x/p.yaml:2:55): it counts only beside a strong mention of the entity, or where its needs are met here or elsewhere
`,
		},
		{
			name: "a mask of the file",
			pack: "masks: [Zoom lens]\nentities: [{name: Zoom, type: ORG, examples: ['He bought a zoom LENS, a Zoom lens.']}]",
			want: `failed zoom
 no mention of zoom
  “Zoom”, alias “Zoom” (x/p.yaml:3:19): it lies inside a mask, “Zoom lens” (x/p.yaml:2:9)
`,
		},
		{
			name: "a part of a longer name",
			pack: `entities: [{name: Texas, type: GPE, examples: [He joined Texas Instruments.]}]`,
			want: `failed texas
 no mention of texas
  “Texas”, alias “Texas” (x/p.yaml:2:19): it is a part of a longer capitalised name; list that name, or say inside: true
`,
		},
		{
			name: "another entity at the mark",
			pack: `entities: [{name: Zoom, type: ORG, examples: [He chose <Skype> then.]}, {name: Skype, type: ORG}]`,
			want: `failed zoom
 no mention of zoom that is exactly “Skype”
  found: “Skype” is skype (ORG), alias “Skype” (x/p.yaml:2:80)
  no form of it occurs here; looked for: “Zoom”
`,
		},
		{
			name: "another bearer",
			pack: `entities: [{name: Julien Jin, type: PERSON, examples: [Paul Jin left with Mr. <Jin> today.]}, {name: Paul Jin, type: PERSON}]`,
			want: `failed julien-jin
 no mention of julien-jin that is exactly “Jin”
  “Jin”, family “Jin” (of x/p.yaml:2:19): the family name belongs to another bearer in this article; “Jin” is paul-jin (PERSON), family “Jin” (of x/p.yaml:2:102), after “Paul Jin”
`,
		},
		{
			name:  "a family name with two bearers",
			pack:  `entities: [{name: Anna Larsen, type: PERSON, examples: [Anna Larsen met Bo Larsen. Then <Larsen> left.]}, {name: Bo Larsen, type: PERSON}]`,
			tests: `  - {name: quoted, text: Anna Larsen met Bo Larsen. Then Larsen left., entities: [{id: bo-larsen, quote: Larsen}]}`,
			want: `failed anna-larsen
 no mention of anna-larsen that is exactly “Larsen”
  “Larsen” is undecided, family: anna-larsen or bo-larsen
failed quoted
 no mention of bo-larsen as “Larsen”
  found: “Bo Larsen” is bo-larsen (PERSON), alias “Bo Larsen” (x/p.yaml:2:114)
  “Larsen” is undecided, family: anna-larsen or bo-larsen
  “Larsen”, family “Larsen” (of x/p.yaml:2:114): its words belong to another mention; “Anna Larsen” is anna-larsen (PERSON), alias “Anna Larsen” (x/p.yaml:2:19)
`,
		},
		{
			name:  "a quote that is no form, and is another entity",
			pack:  `entities: [{name: Zoom, type: ORG}, {name: Skype, type: ORG}]`,
			tests: `  - {name: quoted, text: "He saw Zoom, Zoominfo and Skype.", entities: [{id: zoom, quote: Zoominfo}, {id: zoom, quote: Skype}]}`,
			want: `failed quoted
 no mention of zoom as “Zoominfo”
  found: “Zoom” is zoom (ORG), alias “Zoom” (x/p.yaml:2:19)
  no form of it is found in “Zoominfo”; looked for: “Zoom”; “Zoominfo” is not written like “Zoom” (x/p.yaml:2:19)
 no mention of zoom as “Skype”
  found: “Zoom” is zoom (ORG), alias “Zoom” (x/p.yaml:2:19)
  found: “Skype” is skype (ORG), alias “Skype” (x/p.yaml:2:44)
  no form of it is found in “Skype”; looked for: “Zoom”
`,
		},
		{
			name: "an owner decided by the date",
			pack: `entities: [{id: a, name: {text: A Corp, match: false}, type: ORG, aliases: [{text: Acme, shared: true, until: 2010}]},
  {id: b, name: {text: B Corp, match: false}, type: ORG, aliases: [{text: Acme, shared: true, from: 2010}]}]`,
			tests: `  - {name: late, text: He left Acme., date: 2015, entities: [a], not_entities: [b]}`,
			want: `failed late
 no mention of a
  “Acme”, alias “Acme” (x/p.yaml:2:84): the form holds until 2010-01-01, the article is of 2015-01-01; “Acme” is b (ORG), alias “Acme” (x/p.yaml:3:75), decided by date
 b is mentioned
  “Acme” is b (ORG), alias “Acme” (x/p.yaml:3:75), decided by date
`,
		},
		{
			name: "inside an address",
			pack: `entities: [{name: Zoom, type: ORG, examples: ["See https://a.com/Zoom/x now."]}]`,
			want: `failed zoom
 no mention of zoom
  no form of it occurs here; looked for: “Zoom”; “Zoom” stands where no name is read, as in an address, or with a sentence end inside
`,
		},
		{
			name: "a part of a word",
			pack: `entities: [{name: Zoom, type: ORG, examples: [He joined Zoominfo.]}]`,
			want: `failed zoom
 no mention of zoom
  no form of it occurs here; looked for: “Zoom”; “Zoominfo” is not written like “Zoom” (x/p.yaml:2:19)
`,
		},
		{
			name: "no form at all",
			pack: `entities: [{name: {text: Zoom, match: false}, type: ORG, examples: [He joined Zoom.]}]`,
			want: `failed zoom
 no mention of zoom
  no form of it is looked for
`,
		},
		{
			name: "an acronym, a family name of its own and many mentions",
			pack: `entities: [{name: Federal Widget Board, type: ORG, counter_examples: ["The Federal Widget Board (FWB) met. The FWB, said the FWB, is <FWB>."]},
  {name: Xi Jinping, type: PERSON, family: Xi, counter_examples: [It was Xi Jinping. He saw <Xi> there.]}]`,
			want: `failed federal-widget-board
 federal-widget-board is mentioned
  “FWB” is federal-widget-board (ORG), acronym “FWB” (of x/p.yaml:2:19)
failed xi-jinping
 xi-jinping is mentioned
  “Xi” is xi-jinping (PERSON), family “Xi” (x/p.yaml:3:44), after “Xi Jinping”
`,
		},
		{
			name:  "more lines than are read",
			pack:  `entities: [{name: Zoom, type: ORG, aliases: [Aa Zoom, Bb Zoom, Cc Zoom, Dd Zoom, Ee Zoom, Ff Zoom]}]`,
			tests: `  - {name: many, text: "He saw Zoom, Aa Zoom, Bb Zoom, Cc Zoom, Dd Zoom, Ee Zoom, Ff Zoom and Zoom.", not_entities: [zoom]}`,
			want: `failed many
 zoom is mentioned
  “Zoom” is zoom (ORG), alias “Zoom” (x/p.yaml:2:19) (2 times)
  “Aa Zoom” is zoom (ORG), alias “Aa Zoom” (x/p.yaml:2:46)
  “Bb Zoom” is zoom (ORG), alias “Bb Zoom” (x/p.yaml:2:55)
  “Cc Zoom” is zoom (ORG), alias “Cc Zoom” (x/p.yaml:2:64)
  “Dd Zoom” is zoom (ORG), alias “Dd Zoom” (x/p.yaml:2:73)
  … and 2 more
`,
		},
		{
			name: "a topic that is held",
			pack: `topics: [{label: theft, clues: [{weight: weak, any: [thief]}, {weight: medium, any: [robber]}, {weight: weak, any: [loot]}, {weight: weak, any: [gang]}], examples: [It was a thief with a robber and his loot and his gang.]}]`,
			want: `failed theft
 theft is not given: 0.450 of the 0.50 it takes
  +0.404 robber (medium, x/p.yaml:2:63): “robber”
  +0.105 thief (weak, x/p.yaml:2:33): “thief”
  +0.087 loot (weak, x/p.yaml:2:96): “loot”
  +0.072 gang (weak, x/p.yaml:2:125): “gang”
  smallest change: held at 0.45: needs one strong clue or two medium ones; all its clues are met and reach 0.45; a lower threshold would give it
`,
		},
		{
			name: "a topic that is excluded",
			pack: `topics: [{label: theft, clues: [theft], exclude: [novel], examples: [It was a novel of theft.]}]`,
			want: `failed theft
 theft is not given: 0.000 of the 0.50 it takes
  stopped: excluded by “novel”: “novel” stands in the article
  +0.667 theft (strong, x/p.yaml:2:33): “theft”
`,
		},
		{
			name: "words that a topic must not stand on",
			pack: `topics: [{label: theft, clues: [theft, thief], counter_examples: [It was <theft> by a thief., It was <loot> of a thief.]}]`,
			want: `failed theft
 “theft” is evidence of theft: 0.889 of the 0.50 it takes
  +0.667 theft (strong, x/p.yaml:2:33): “theft”
  +0.222 thief (strong, x/p.yaml:2:40): “thief”
passed theft
`,
		},
		{
			name:  "a retired topic",
			pack:  `topics: [{label: theft, status: retired, clues: [theft], examples: [A plan.]}]`,
			tests: `  - {name: gone, text: It was theft., topics: [theft]}`,
			want: `failed gone
 theft is not given: 0.000 of the 0.50 it takes
  stopped: the topic is retired
  +0.600 theft (strong, x/p.yaml:2:50): “theft”
`,
		},
		{
			name: "a draft gives its parent nothing, where only the parent is asked for",
			pack: `topics: [{label: crime, clues: [felony], counter_examples: [It was theft.]}, {label: theft, status: draft, parent: crime, clues: [theft], examples: [It was theft.]}]`,
			tests: `  - {name: stable, text: It was theft., not_topics: [crime]}
  - {name: with the draft, text: It was theft., topics: [crime, theft]}`,
			want: "passed crime\npassed theft\npassed stable\npassed with the draft\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(said(run(t, tt.pack, tt.tests, packtest.Options{})), tt.want); diff != "" {
				t.Errorf("results (-got +want):\n%s", diff)
			}
		})
	}
}

// What a test says of mentions is counted exactly.
func TestExpectations(t *testing.T) {
	const pack = `entities: [{name: Julien Jin, type: PERSON}, {name: China, type: GPE, demonyms: [Chinese]}]`
	const text = "He saw Julien Jin of China. A Chinese, Mr. Jin met\\n Julien\\n Jin."
	tests := []struct {
		name, keys string
		fails      bool
	}{
		{name: "at least one", keys: "entities: [julien-jin, china]"},
		{name: "all of them", keys: "entities: [{id: julien-jin, count: 3}]"},
		{name: "too few", keys: "entities: [{id: julien-jin, count: 4}]", fails: true},
		{name: "too many", keys: "entities: [{id: julien-jin, count: 2}]", fails: true},
		{name: "a quote over two lines", keys: "entities: [{id: julien-jin, quote: Julien Jin, count: 2}]"},
		{name: "a shorter quote", keys: "entities: [{id: julien-jin, quote: Jin, count: 1}]"},
		{name: "a type of its own", keys: "entities: [{id: china, type: NORP, quote: Chinese}]"},
		{name: "another type", keys: "entities: [{id: china, type: NORP, quote: China}]", fails: true},
		{name: "not so", keys: "not_entities: [{id: china, type: NORP, quote: China}]"},
		{name: "so", keys: "not_entities: [{id: china, type: NORP}]", fails: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			results := run(t, pack, fmt.Sprintf("  - {text: %q, %s}\n", strings.ReplaceAll(text, `\n`, "\n"), tt.keys), packtest.Options{})
			if len(results) != 1 || (results[0].Status == packtest.Failed) != tt.fails {
				t.Errorf("got %s, want a failure: %t", said(results), tt.fails)
			}
		})
	}
}

func TestCases(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"low/a.yaml":      "entities: [{name: Acme, type: ORG, examples: [low one]}]\ntopics: [{label: theft, clues: [theft], counter_examples: [low two]}]",
		"top/b.yaml":      "uses: [../low]\nentities: [{name: Zoom, type: ORG, examples: [top one]}, {id: acme, extend: true, examples: [top two]}]",
		"top/t.yaml":      "topics: [{id: theft, extend: true, examples: [top three]}, {label: zoom, clues: [z], examples: [top four]}]",
		"top/t_test.yaml": "tests: [{name: of acme, text: x, not_entities: [acme]}, {name: of both, text: x, not_entities: [zoom], not_topics: [theft]}]",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("version: 1\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	g, diags, err := gazetteer.Load(filepath.Join(dir, "top"))
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	tests, diags, err := gazetteer.LoadTests(g, false)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	rows := []struct {
		name string
		opts packtest.Options
		want string
	}{
		{name: "of the pack", want: "top two, top one, top three, top four, of acme, of both"},
		{name: "of those below, too", opts: packtest.Options{All: true}, want: "low one, top two, top one, top three, low two, top four, of acme, of both"},
		{name: "of one id", opts: packtest.Options{Only: []string{"zoom"}}, want: "top one, top four, of both"},
		{name: "of two references", opts: packtest.Options{Only: []string{"entity:acme", "topic:zoom"}}, want: "top two, top four, of acme"},
		{name: "of nothing", opts: packtest.Options{Only: []string{"topic:acme"}}},
	}
	for _, tt := range rows {
		t.Run(tt.name, func(t *testing.T) {
			var names []string
			for _, c := range packtest.Cases(g, tests.All, tt.opts) {
				names = append(names, c.Name)
			}
			if got := strings.Join(names, ", "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	for only, want := range map[string]bool{"acme": true, "topic:zoom": true, "theft": true, "topic:acme": false, "nosuch": false, "": false} {
		if got := packtest.Knows(g, only); got != want {
			t.Errorf("Knows(%q) = %t, want %t", only, got, want)
		}
	}
}

// The default pack passes, in the same order for any number of workers.
func TestDefault(t *testing.T) {
	g, _, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	var first string
	for _, workers := range []int{1, 7} {
		results, err := packtest.Run(context.Background(), g, nil, packtest.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		r := packtest.Report{Pack: "default", Results: results}
		text := string(packtest.AppendText(nil, &r, true))
		if first == "" {
			first = text
		}
		if text != first || r.Count(packtest.Failed) > 0 || r.Count(packtest.Passed) < 600 {
			t.Errorf("%d workers: %d passed, %d failed, want at least 600 and none, as with one worker\n%s",
				workers, r.Count(packtest.Passed), r.Count(packtest.Failed), packtest.AppendText(nil, &r, false))
		}
	}
}

func TestRunCancelled(t *testing.T) {
	g, read := load(t, "entities: [{name: Zoom, type: ORG, examples: [Zoom]}]", "")
	ctx, cancel := context.WithCancelCause(context.Background())
	why := errors.New("enough")
	cancel(why)
	if _, err := packtest.Run(ctx, g, read, packtest.Options{}); !errors.Is(err, why) {
		t.Errorf("got %v, want the cause", err)
	}
}

// The forms for programs can be read whatever stands in a case.
func TestWritersHostile(t *testing.T) {
	reports := []packtest.Report{{Pack: "a<&\"'>\x00\xff", Results: []packtest.Result{
		{Case: packtest.Case{Kind: packtest.Test, Name: "\x1b]]>\u2028\ufffe"}, Status: packtest.Failed,
			Failures: []packtest.Failure{{What: "\x01", Why: []string{"<![CDATA[\n\x02"}}}},
		{Case: packtest.Case{Kind: packtest.Example, Entry: "topic:a", Name: "x"}, Status: packtest.Todo, Failures: []packtest.Failure{{What: "y"}}},
	}}, {Pack: "empty"}}
	doc, err := packtest.AppendJUnit(nil, reports)
	if err != nil {
		t.Fatal(err)
	}
	elements := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(string(doc))); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, doc)
		}
		if start, ok := token.(xml.StartElement); ok {
			elements[start.Name.Local]++
		}
	}
	want := map[string]int{"testsuites": 1, "testsuite": 2, "testcase": 2, "failure": 1, "skipped": 1}
	if diff := cmp.Diff(elements, want); diff != "" {
		t.Errorf("elements (-got +want):\n%s", diff)
	}
	line, err := packtest.AppendJSON(nil, reports)
	if err != nil || !json.Valid(line) || strings.Count(string(line), "\n") != 1 {
		t.Errorf("%v, %q is not one line of JSON", err, line)
	}
}
