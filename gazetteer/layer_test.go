package gazetteer_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
)

// unpack writes files given as "path\ncontent" below a new folder.
func unpack(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name, text, _ := strings.Cut(f, "\n")
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("version: 1\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// summary writes what a merge made, one line an entry.
func summary(g *gazetteer.Gazetteer) []string {
	var out []string
	words := func(aliases []gazetteer.Alias) string {
		var s []string
		for _, a := range aliases {
			s = append(s, a.Text.Value)
		}
		return strings.Join(s, ",")
	}
	for _, e := range g.Entities {
		line := "entity " + e.ID.Value + " " + e.Type.Value + " [" + words(e.Aliases) + "]"
		for _, n := range e.Guard.Value().Needs {
			line += " needs " + n.String()
			if n.Ref != nil && n.Ref.Void {
				line += " (void)"
			}
		}
		out = append(out, line)
	}
	for _, l := range g.Lists {
		if !strings.HasPrefix(l.ID.Pos.File, "words/") {
			line := "list " + l.ID.Value
			for _, item := range l.Any {
				line += " " + item.String()
			}
			out = append(out, line)
		}
	}
	for _, t := range g.Topics {
		line := "topic " + t.ID.Value + " <" + t.Parent.Value + ">"
		for _, c := range t.Clues {
			line += " " + c.Name.Value
		}
		out = append(out, line)
	}
	return out
}

const (
	base = "base/a.yaml\n" + `
name: base
entities:
  - {name: Acme, type: ORG, aliases: [Acme Works, AW], groups: [firms], formerly: [acme-inc]}
  - {name: Bolt, type: ORG, needs: [entity:acme, group:firms]}
lists: {thieves: [thief, robber]}
topics:
  - {label: crime}
  - {label: theft, parent: crime, clues: [list:thieves, {name: the word, any: [theft]}]}
`
	top = "top/b.yaml\nname: top\nuses: [../base]\n"
)

func TestLayers(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  []string // lines that the summary holds
		not   []string
		diags []string // checks of the findings
	}{
		{name: "nothing changed", files: []string{base, top},
			want: []string{"entity acme ORG [Acme Works,AW]", "entity bolt ORG [] needs entity:acme needs group:firms", "topic theft <crime> list:thieves the word"}},
		{name: "new entries come after", files: []string{base, top + "entities: [{name: Aaa, type: ORG}]"},
			want: []string{"entity aaa ORG []"}},
		{name: "extend", files: []string{base, top + "entities: [{id: acme, extend: true, aliases: [Acme Ltd]}]\nlists: {thieves: {extend: true, any: [burglar, thief]}}\ntopics: [{id: theft, extend: true, clues: [steal]}]"},
			want: []string{"entity acme ORG [Acme Works,AW,Acme Ltd]", "list thieves thief robber burglar", "topic theft <crime> list:thieves the word steal"}},
		{name: "extend by name", files: []string{base, top + "entities: [{name: Acme, extend: true, aliases: [Acme Ltd]}]"},
			want: []string{"entity acme ORG [Acme Works,AW,Acme Ltd]"}},
		{name: "extend and drop", files: []string{base, top + "entities: [{id: acme, extend: true, drop: {aliases: [AW]}, aliases: [A.W.]}]\nlists: {thieves: {extend: true, drop: {any: [robber]}}}\ntopics: [{id: theft, extend: true, drop: {clues: [the word]}}]"},
			want: []string{"entity acme ORG [Acme Works,A.W.]", "list thieves thief", "topic theft <crime> list:thieves"}},
		{name: "override", files: []string{base, top + "entities: [{id: acme, override: true, name: Acme, type: PRODUCT, groups: [firms]}]\nlists: {thieves: {override: true, any: [burglar]}}"},
			want: []string{"entity acme PRODUCT []", "list thieves burglar"}},
		{name: "remove makes references void", files: []string{base, top + "entities: [{id: acme, remove: true}]\ntopics: [{id: crime, remove: true}]"},
			want:  []string{"entity bolt ORG [] needs entity:acme (void) needs group:firms (void)", "topic theft <> list:thieves the word"},
			not:   []string{"entity acme ORG [Acme Works,AW]", "topic crime <>"},
			diags: []string{"removed-reference", "removed-reference", "removed-reference"}},
		{name: "removed and defined again in a third layer", files: []string{base, top + "entities: [{id: acme, remove: true}]", "third/c.yaml\nuses: [../top]\nentities: [{name: Acme, type: FAC, groups: [firms]}]"},
			want: []string{"entity acme FAC []", "entity bolt ORG [] needs entity:acme needs group:firms"}},
		{name: "former ids", files: []string{base, top + "entities: [{id: acme-inc, extend: true, aliases: [Acme Ltd]}, {name: Cog, type: ORG, needs: [entity:acme-inc]}]"},
			want:  []string{"entity acme ORG [Acme Works,AW,Acme Ltd]", "entity cog ORG [] needs entity:acme"},
			diags: []string{"former-id", "former-id"}},
		{name: "an id twice", files: []string{base, top + "entities: [{name: Acme, type: FAC}]"},
			want: []string{"entity acme ORG [Acme Works,AW]"}, diags: []string{"duplicate-id"}},
		{name: "what extends may stand in an earlier file", files: []string{base, top, "top/a.yaml\nentities: [{id: cog, extend: true, aliases: [C]}]", "top/z.yaml\nentities: [{name: Cog, type: ORG}]"},
			want: []string{"entity cog ORG [C]"}},
		{name: "a diamond loads its foot once", files: []string{base, "left/l.yaml\nuses: [../base]", "right/r.yaml\nuses: [../base/]", "top/b.yaml\nuses: [../left, ../right/r.yaml]"},
			want: []string{"entity acme ORG [Acme Works,AW]"}},
		{name: "a folder named default is not the default pack by its path", files: []string{"default/d.yaml\nentities: [{name: Acme, type: ORG}]", "top/b.yaml\nuses: [../default]"},
			want: []string{"entity acme ORG []"}},
		{name: "a circle of packs", files: []string{"base/a.yaml\nuses: [../top]\nentities: [{name: Acme, type: ORG}]", top},
			want: []string{"entity acme ORG []"}, diags: []string{"cycle"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := unpack(t, tt.files...)
			pack := filepath.Join(dir, "top")
			if _, err := os.Stat(filepath.Join(dir, "third")); err == nil {
				pack = filepath.Join(dir, "third")
			}
			g, diags, err := gazetteer.Load(pack)
			if err != nil {
				t.Fatal(err)
			}
			got := summary(g)
			for _, line := range tt.want {
				if !slices.Contains(got, line) {
					t.Errorf("no line %q in\n%s", line, strings.Join(got, "\n"))
				}
			}
			for _, line := range tt.not {
				if slices.Contains(got, line) {
					t.Errorf("line %q in\n%s", line, strings.Join(got, "\n"))
				}
			}
			var checks []string
			for _, d := range diags {
				checks = append(checks, d.Check)
			}
			if diff := cmp.Diff(checks, tt.diags); diff != "" {
				t.Errorf("findings (-got +want):\n%s%v", diff, diags)
			}
		})
	}
}

func TestLayersGiven(t *testing.T) {
	dir := unpack(t, base, "more/m.yaml\nentities: [{id: acme, extend: true, aliases: [Acme Ltd]}]")
	g, diags, err := gazetteer.Load(filepath.Join(dir, "base"), filepath.Join(dir, "more", "m.yaml"), filepath.Join(dir, "base"))
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	if got, want := summary(g)[0], "entity acme ORG [Acme Works,AW,Acme Ltd]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := g.Name.Value, "base+m"; got != want {
		t.Errorf("name %q, want %q", got, want)
	}
	if len(g.Uses) > 0 {
		t.Errorf("uses %v after the merge", g.Uses)
	}
}

func TestUsesDefault(t *testing.T) {
	alone, _, err := gazetteer.Load("default")
	if err != nil {
		t.Fatal(err)
	}
	g, _, err := gazetteer.Load(unpack(t, "a.yaml\nname: mine\nuses: [default]\nentities: [{name: Acme Works of Nowhere, type: ORG}]"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(g.Entities), len(alone.Entities)+1; got != want {
		t.Errorf("%d entities, want %d", got, want)
	}
	if g.Name.Value != "mine" || g.Hash == alone.Hash {
		t.Errorf("name %q, hash %s: want those of the pack and not of what it uses", g.Name.Value, g.Hash)
	}
}

func TestDropEverything(t *testing.T) {
	g, diags, err := gazetteer.Load(cases + "ok/drops.yaml")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	e, p := g.Entities[0], g.Topics[0]
	got := map[string]int{
		"aliases": len(e.Aliases), "weak": len(e.Weak), "shorts": len(e.Shorts), "demonyms": len(e.Demonyms),
		"groups": len(e.Groups), "masks": len(e.Masks), "needs": len(e.Guard.Value().Needs), "unless": len(g.Entities[1].Guard.Unless),
		"require": len(p.Require), "against": len(p.Against), "exclude": len(p.Exclude), "ignore": len(p.Ignore), "clues": len(p.Clues),
	}
	want := map[string]int{
		"aliases": 1, "weak": 0, "shorts": 0, "demonyms": 0, "groups": 1, "masks": 0, "needs": 1, "unless": 2,
		"require": 0, "against": 0, "exclude": 0, "ignore": 0, "clues": 1,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("what is left (-got +want):\n%s", diff)
	}
	if e.Guard.Case != gazetteer.CaseExact || e.Gender.Value != "f" || e.Family.Value != "Acme" || p.Parent.Value != "crime" {
		t.Errorf("absent scalars were not set: %+v, parent %q", e.Guard, p.Parent.Value)
	}
}
