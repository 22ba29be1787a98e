package tagger_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
	"wiretag/gazetteer/pack"
	"wiretag/models"
	"wiretag/tagger"
)

// compiled returns what Compile makes of a gazetteer.
func compiled(t testing.TB, g *gazetteer.Gazetteer) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := tagger.Compile(&out, g, tagger.CompileOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestEmbedded: the default pack as it is compiled into the program is what its
// YAML compiles to now, every time.
func TestEmbedded(t *testing.T) {
	for range 2 {
		g, _, err := gazetteer.Load("default")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(compiled(t, g), pack.Compiled()) {
			t.Fatal("gazetteer/pack/world.wtg is not what the YAML beside it compiles to: run 'go generate ./gazetteer/pack', and count tagger's constant meaning up if the YAML did not change")
		}
	}
}

// TestOpen: a file gives the records that its YAML gives, and says what it is.
func TestOpen(t *testing.T) {
	g, fromYAML := defaultPack(t)
	path := filepath.Join(t.TempDir(), "world.wtg")
	if err := os.WriteFile(path, compiled(t, g), 0o600); err != nil {
		t.Fatal(err)
	}
	opened, err := tagger.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(models.Gazetteer{Name: g.Name.Value, Hash: g.Hash}, opened.Gazetteer()); diff != "" {
		t.Errorf("gazetteer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(g.TypeIDs(), opened.Types()); diff != "" {
		t.Errorf("types (-want +got):\n%s", diff)
	}
	articles, err := filepath.Glob("../testdata/articles/*.txt")
	if err != nil || len(articles) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	for _, path := range articles {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc := models.Document{ID: path, Text: string(text)}
		if diff := cmp.Diff(fromYAML.Explain(doc, ""), opened.Explain(doc, "")); diff != "" {
			t.Errorf("%s (-YAML +compiled):\n%s", path, diff)
		}
	}
	for i := 0; i < len(g.Entities); i += 53 { // Forms is linear, and all of them would be quadratic
		e := g.Entities[i]
		var want []string
		for f := range e.Forms() {
			want = append(want, f.Text.Value)
		}
		if got, known := opened.Forms(e.ID.Value); !known || !cmp.Equal(want, got) {
			t.Fatalf("forms of %s are %q (known: %t), want %q", e.ID.Value, got, known, want)
		}
	}
	if _, known := opened.Forms("nobody"); known || opened.HasTopic("nothing") || !opened.HasTopic(g.Topics[0].ID.Value) {
		t.Error("Forms or HasTopic knows what is not there, or not what is")
	}
}

// TestDraftAtOpen: the file holds draft topics; whether they are given is asked
// when it is opened.
func TestDraftAtOpen(t *testing.T) {
	const yaml = "version: 1\ntopics:\n  - {label: theft, status: draft, clues: [secrets]}\n"
	for _, draft := range []bool{false, true} {
		rec := open(t, yaml, &tagger.Options{Draft: draft}).Tag(models.Document{Text: "They spoke of secrets."})
		if got := len(rec.Topics) == 1; got != draft {
			t.Errorf("with Draft %t a draft topic is given: %t", draft, got)
		}
	}
}
