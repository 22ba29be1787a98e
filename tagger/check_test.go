package tagger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
	"wiretag/tagger"
)

const checkCases = "../testdata/gazetteer/check/"

// TestCheck holds the findings of the cases: X.yaml loads without an error
// and gives those of X.out.
func TestCheck(t *testing.T) {
	files, err := filepath.Glob(checkCases + "*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	found := map[string]bool{}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			g, diags, err := gazetteer.Load(file)
			if err != nil || len(diags.Errors()) > 0 {
				t.Fatal(err, diags)
			}
			var b strings.Builder
			for _, d := range tagger.Check(g) {
				found[d.Check] = true
				b.WriteString(strings.ReplaceAll(d.String(), checkCases, "") + "\n")
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".out"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(b.String(), string(want)); diff != "" {
				t.Errorf("findings (-got +want):\n%s", diff)
			}
		})
	}
	var names []string
	for _, c := range tagger.Checks() {
		names = append(names, c.Name)
		if !found[c.Name] || c.About == "" {
			t.Errorf("the check %s has no case, or no word about it", c.Name)
		}
		delete(found, c.Name)
	}
	if len(found) > 0 {
		t.Errorf("checks that are not in the table: %v", found)
	}
	for _, c := range gazetteer.Checks() {
		if slices.Contains(names, c.Name) {
			t.Errorf("the check %s is one of package gazetteer, too", c.Name)
		}
	}
}

// TestCheckDefault holds the default pack to what lint asks of any.
func TestCheckDefault(t *testing.T) {
	g, _ := defaultPack(t)
	for _, d := range tagger.Check(g) {
		t.Error(d)
	}
}

// BenchmarkCheck looks at 20,000 names, one of which is an everyday word.
func BenchmarkCheck(b *testing.B) {
	var pack strings.Builder
	pack.WriteString("version: 1\nentities:\n  - {name: Target, type: ORG}\n")
	for i := range 20_000 {
		fmt.Fprintf(&pack, "  - {name: Karvel Onderson %d, type: PERSON}\n", i)
	}
	file := filepath.Join(b.TempDir(), "names.yaml")
	if err := os.WriteFile(file, []byte(pack.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	g, _, err := gazetteer.Load(file)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(pack.Len()))
	for b.Loop() {
		if n := len(tagger.Check(g)); n != 1 {
			b.Fatalf("%d findings, want 1", n)
		}
	}
}
