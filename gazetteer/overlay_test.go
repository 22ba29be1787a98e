package gazetteer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
)

func TestLoadOverlay(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.MkdirAll("pack/b", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("empty", 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pack/a.yaml", "pack/b/c.yaml"} {
		if err := os.WriteFile(name, []byte("version: 1\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name, pack, file string
		want             []string // files, a + before the one of the overlay
	}{
		{"in the place of a file", "pack", "pack/a.yaml", []string{"+pack/a.yaml", "pack/b/c.yaml"}},
		{"in a folder below", "pack", "pack/b/c.yaml", []string{"pack/a.yaml", "+pack/b/c.yaml"}},
		{"beside, in the order of a walk", "pack", "pack/b.yaml", []string{"pack/a.yaml", "pack/b/c.yaml", "+pack/b.yaml"}},
		{"a pack of one file", "pack/a.yaml", "pack/a.yaml", []string{"+pack/a.yaml"}},
		{"not there", "new", "new/x.yaml", []string{"+new/x.yaml"}},
		{"one file, not there", "new.yaml", "new.yaml", []string{"+new.yaml"}},
		{"an empty folder", "empty", "empty/x.yaml", []string{"+empty/x.yaml"}},
		{"the working folder", ".", "x.yaml", []string{"pack/a.yaml", "pack/b/c.yaml", "+x.yaml"}},
		{"with its whole path", filepath.Join(dir, "pack"), filepath.ToSlash(filepath.Join(dir, "pack/a.yaml")),
			[]string{"+" + filepath.ToSlash(filepath.Join(dir, "pack/a.yaml")), filepath.ToSlash(filepath.Join(dir, "pack/b/c.yaml"))}},
		{"another pack's", "pack", "other/x.yaml", []string{"pack/a.yaml", "pack/b/c.yaml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			const text = "version: 1\nmasks: [A]\n"
			g, found, err := gazetteer.LoadOverlay(map[string][]byte{c.file: []byte(text)}, c.pack)
			if err != nil || len(found) > 0 {
				t.Fatal(err, found)
			}
			var got []string
			for f := range g.Named() {
				mark := ""
				if string(f.Text) == text {
					mark = "+"
				}
				got = append(got, mark+f.Name)
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
	if _, _, err := gazetteer.LoadOverlay(map[string][]byte{"other.yaml": nil}, "nowhere"); err == nil {
		t.Error("a pack that is not there was read")
	}
}
