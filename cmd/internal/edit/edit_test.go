package edit_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/cmd/internal/edit"
	"wiretag/gazetteer"
)

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func plan(t *testing.T, pack, name string) *edit.Change {
	t.Helper()
	p, err := edit.Open(pack, "")
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.AddEntity(&gazetteer.Entity{
		Name: gazetteer.Alias{Text: gazetteer.String{Value: name}}, Type: gazetteer.String{Value: "ORG"},
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestUnchanged holds that a file which somebody else writes is not replaced.
func TestUnchanged(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.yaml", "version: 1\n")
	old, fresh := plan(t, "a.yaml", "Vantor"), plan(t, "b.yaml", "Vantor")
	for _, c := range []*edit.Change{old, fresh} {
		if err := c.Unchanged(); err != nil {
			t.Errorf("%s: %v", c.File, err)
		}
		write(t, c.File, "version: 1\n# mine\n")
		want := c.File + " was changed by somebody else in the meantime: nothing was written; try again"
		if got := fmt.Sprint(c.Unchanged()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if err := os.Remove("a.yaml"); err != nil {
		t.Fatal(err)
	}
	if old.Unchanged() == nil {
		t.Error("a file that is gone is taken for unchanged")
	}
}

// TestFound holds that what was there before is not told as new, though its
// place has moved or its message names one that has.
func TestFound(t *testing.T) {
	const head = "version: 1\nentities:\n  - {name: Target, type: ORG}\n  - {name: Ornis, type: ORG}\n  - {name: Ornis, type: ORG}\n"
	const topics = "topics:\n  - {label: a, clues: [fog]}\n  - {label: a, clues: [fog]}\n"
	for _, c := range []struct {
		name, src, add string
		want           []string
	}{
		{"nothing new", head + topics, "Vantor", nil},
		{"one more of the same kind", head + topics, "Apex", []string{"a.yaml:6 common-word"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, "a.yaml", c.src)
			var got []string
			for _, d := range plan(t, "a.yaml", c.add).Found {
				got = append(got, fmt.Sprintf("%s:%d %s", d.Pos.File, d.Pos.Line, d.Check))
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

// TestWhere holds which file an entry goes to.
func TestWhere(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"most of the type", map[string]string{
			"a.yaml": "entities: [{name: A, type: GPE}, {name: B, type: GPE}]\n",
			"b.yaml": "entities: [{name: C, type: ORG}]\n",
		}, "pack/b.yaml"},
		{"none of the type", map[string]string{
			"a.yaml": "entities: [{name: A, type: GPE}]\n",
			"b.yaml": "entities: [{name: B, type: GPE}, {name: C, type: GPE}]\n",
		}, "pack/b.yaml"},
		{"the first of equals", map[string]string{
			"a.yaml": "entities: [{name: A, type: ORG}]\n",
			"b.yaml": "entities: [{name: B, type: ORG}]\n",
		}, "pack/a.yaml"},
		{"no entities", map[string]string{"a.yaml": "masks: [A]\n"}, "pack/entities.yaml"},
		{"its file is there", map[string]string{"entities.yaml": "masks: [A]\n"}, "pack/entities.yaml"},
		{"empty folder", nil, "pack/entities.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.Mkdir("pack", 0o777); err != nil {
				t.Fatal(err)
			}
			for name, text := range c.files {
				write(t, "pack/"+name, "version: 1\n"+text)
			}
			change := plan(t, "pack", "Vantor")
			if change.File != c.want {
				t.Errorf("got %s, want %s", change.File, c.want)
			}
			if _, err := os.Stat(change.File); change.New != os.IsNotExist(err) {
				t.Errorf("got new %v for a file of which Stat says %v", change.New, err)
			}
		})
	}
}
