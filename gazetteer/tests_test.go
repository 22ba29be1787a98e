package gazetteer_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
)

func TestLoadTests(t *testing.T) {
	dir := unpack(t,
		"below/a.yaml\nentities: [{name: Acme, type: ORG}]",
		"below/a_test.yaml\ntests: [{name: below, text: Acme, entities: acme}]",
		"mine/a.yaml\nuses: [../below]\nentities: [{name: Zoom, type: ORG}]",
		"mine/z_test.yml\ntests: [{name: z, text: Zoom, entities: zoom}]",
		"mine/sub/s_test.yaml\ntests: [{name: s1, title: Zoom, entities: acme}, {name: s2, text: x, not_topics: []}]",
		"mine/.hidden_test.yaml\nnot: a test",
		"lone/zoom.yaml\nentities: [{name: Zoom, type: ORG}]",
		"lone/zoom_test.yaml\ntests: [{name: lone, text: Zoom, entities: zoom}]",
		"lone/other_test.yaml\nnot: of this pack",
		"remover/a.yaml\nuses: [../below]\nentities: [{id: acme, remove: true}]",
	)
	tests := []struct {
		name  string
		packs []string
		all   bool
		want  string // the names of the tests
		found string // the checks
	}{
		{name: "a folder", packs: []string{"mine"}, want: "s1 s2 z", found: "missing-key"},
		{name: "with those below", packs: []string{"mine"}, all: true, want: "below s1 s2 z", found: "missing-key"},
		{name: "asked for both", packs: []string{"mine", "below"}, want: "below s1 s2 z", found: "missing-key"},
		{name: "a file", packs: []string{"lone/zoom.yaml"}, want: "lone"},
		{name: "a pack below of which an entity was removed", packs: []string{"remover"}, all: true, want: "below", found: "removed-reference"},
		{name: "none", packs: []string{"remover"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var packs []string
			for _, p := range tt.packs {
				packs = append(packs, filepath.Join(dir, p))
			}
			g, diags, err := gazetteer.Load(packs...)
			if err != nil || len(diags) > 0 {
				t.Fatal(err, diags)
			}
			read, found, err := gazetteer.LoadTests(g, tt.all)
			if err != nil {
				t.Fatal(err)
			}
			var names, checks []string
			for _, test := range read.All {
				names = append(names, test.Name.Value)
			}
			for _, d := range found {
				checks = append(checks, d.Check)
			}
			if got := strings.Join(names, " "); got != tt.want {
				t.Errorf("tests %q, want %q", got, tt.want)
			}
			if got := strings.Join(checks, " "); got != tt.found {
				t.Errorf("findings %q, want %q", got, tt.found)
			}
		})
	}
}

func TestLoadTestsValues(t *testing.T) {
	g, diags, err := gazetteer.LoadFS(pack(
		"a.yaml", "entities: [{name: Zoom, type: ORG}, {name: Jin, type: PERSON, formerly: [old]}]\ntopics: [{label: theft, clues: [theft]}]",
		"a_test.yaml", `tests:
  - name: all of it
    title: Zoom manager charged
    text: |
      Theft by Jin.

      It was Jin.
    date: 2023-11
    entities: [zoom, {id: old, quote: Jin, count: 2, type: PERSON}]
    topics: theft
    todo: true
`), "mine")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	tests, diags, err := gazetteer.LoadTests(g, false)
	if err != nil {
		t.Fatal(err)
	}
	want := []*gazetteer.Test{{
		Name: str("all of it"), Title: str("Zoom manager charged"), Text: str("Theft by Jin.\n\nIt was Jin."), Date: "2023-11-01",
		Entities: []gazetteer.Expected{{ID: str("zoom")}, {ID: str("jin"), Quote: str("Jin"), Type: str("PERSON"), Count: 2}},
		Topics:   []gazetteer.String{str("theft")}, Todo: true,
	}}
	if diff := cmp.Diff(tests.All, want, flat); diff != "" {
		t.Errorf("tests (-got +want):\n%s", diff)
	}
	if len(diags) != 1 || diags[0].String() != `mine/a_test.yaml:10:27: the entity "old" is now called "jin": write that [former-id]` {
		t.Errorf("findings %v, want the former id", diags)
	}
	if got := tests.All[0].Entities[0].ID.Pos.String(); got != "mine/a_test.yaml:10:16" {
		t.Errorf("position %s", got)
	}
}

// FuzzLoadTests: a broken file of tests is told with a place, and no test
// refers to what is not there.
func FuzzLoadTests(f *testing.F) {
	f.Add([]byte("version: 1\ntests:\n  - {text: Zoom, entities: [zoom, {id: zom, quote: Z}], topics: t}\n"))
	f.Add([]byte("version: 1\ntests: {a: [b]}\n"))
	seed(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		files := pack("x.yaml", "entities: [{name: Zoom, type: ORG}]\ntopics: [{label: t, clues: [t]}]", "x_test.yaml", "")
		files["x_test.yaml"].Data = src
		g, _, err := gazetteer.LoadFS(files, "fuzz")
		if err != nil {
			t.Fatal(err)
		}
		tests, diags, err := gazetteer.LoadTests(g, true)
		if err != nil {
			t.Fatal(err)
		}
		placed(t, diags)
		for _, test := range tests.All {
			for _, x := range append(test.Entities, test.NotEntities...) {
				if x.ID.Value != "zoom" {
					t.Errorf("an entity %q that is not there", x.ID.Value)
				}
			}
		}
	})
}
