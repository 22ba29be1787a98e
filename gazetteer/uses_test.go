package gazetteer_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"wiretag/gazetteer"
)

// tree writes files below a new folder. A text "-> x" makes a link to x.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if to, ok := strings.CutPrefix(text, "-> "); err == nil && ok {
			err = os.Symlink(to, path)
		} else if err == nil {
			err = os.WriteFile(path, []byte("version: 1\n"+text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// chain is a pack that uses a pack, that uses a pack, so many of them.
func chain(uses int) map[string]string {
	files := map[string]string{fmt.Sprintf("%d.yaml", uses): "masks: [last]"}
	for i := range uses {
		files[fmt.Sprintf("%d.yaml", i)] = fmt.Sprintf("uses: [%d.yaml]", i+1)
	}
	return files
}

// TestUses is row A11 of the reliability plan: what packs may use.
func TestUses(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		load  string
		want  string // in the only finding, with its place; "" for none
		masks string // what is read
	}{
		{name: "missing", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [b.yaml]"},
			want: `a.yaml:2:8: uses "b.yaml", which cannot be read: no such file or directory [unknown-pack]`},
		{name: "two that use each other", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [b.yaml]\nmasks: [a]", "b.yaml": "uses: [a.yaml]\nmasks: [b]"},
			want: `b.yaml:2:8: uses "a.yaml" leads back to this pack`, masks: "b a"},
		{name: "itself", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [./a.yaml]\nmasks: [a]"},
			want: `a.yaml:2:8: uses "./a.yaml" leads back to this pack`, masks: "a"},
		{name: "itself as a folder", load: "p", files: map[string]string{"p/a.yaml": "uses: [../p]\nmasks: [a]"},
			want: `p/a.yaml:2:8: uses "../p" leads back to this pack`, masks: "a"},
		{name: "one pack on two ways is read once", load: "a.yaml", files: map[string]string{
			"a.yaml": "uses: [b.yaml, c.yaml]\nmasks: [a]", "b.yaml": "uses: [d/d.yaml]\nmasks: [b]",
			"c.yaml": "uses: [./d/../d/d.yaml]\nmasks: [c]", "d/d.yaml": "masks: [d]"}, masks: "d b c a"},
		{name: "one pack by a link is read once", load: "a.yaml", files: map[string]string{
			"a.yaml": "uses: [b.yaml, c.yaml]\nmasks: [a]", "b.yaml": "masks: [b]", "c.yaml": "-> b.yaml"}, masks: "b a"},
		{name: "64 deep", load: "0.yaml", files: chain(64), masks: "last"},
		{name: "65 deep", load: "0.yaml", files: chain(65), want: `64.yaml:2:8: uses "65.yaml", which cannot be read: packs use each other at most 64 deep`},
		{name: "out of the folder, to what is no gazetteer", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [../../../../../../../../etc/passwd]"},
			want: "a.yaml:2:8: uses \"../../../../../../../../etc/passwd\", which cannot be read: "},
		{name: "absolute, to what is no gazetteer", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [/etc/passwd]"},
			want: `a.yaml:2:8: uses "/etc/passwd", which cannot be read: `},
		{name: "a folder without a pack", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [b]", "b/readme.txt": ""},
			want: "there is no .yaml file in it"},
		{name: "a pack with a link out of it", load: "a.yaml", files: map[string]string{"a.yaml": "uses: [b]", "b/b.yaml": "-> ../a.yaml"},
			want: "which cannot be read: b.yaml is a link that cannot be followed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, tt.files)
			g, diags, err := gazetteer.Load(filepath.Join(dir, tt.load))
			if err != nil {
				t.Fatal(err)
			}
			got := show(diags, filepath.ToSlash(dir)+"/")
			if strings.Count(got, "\n") > 1 || !strings.Contains(got, tt.want) || (tt.want == "") != (got == "") {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			var masks []string
			for _, m := range g.Masks {
				masks = append(masks, m.Value)
			}
			if got := strings.Join(masks, " "); got != tt.masks {
				t.Errorf("masks %q, want %q", got, tt.masks)
			}
		})
	}
}

// A path with a NUL in it reaches no system call that would cut it there.
func TestUsesNUL(t *testing.T) {
	dir := tree(t, map[string]string{"a.yaml": `uses: ["b\0.yaml"]`, "b": "masks: [b]"})
	g, diags, err := gazetteer.Load(filepath.Join(dir, "a.yaml"))
	if err != nil || len(g.Masks) > 0 || len(diags) != 2 {
		t.Fatalf("got %v, %v, %v, want two findings and nothing read", g.Masks, diags, err)
	}
	if diags[0].Check != "control-character" || diags[1].Check != "unknown-pack" {
		t.Errorf("got %v, want the character and the pack found", diags)
	}
}

// TestLoadFiles is row A1 of the reliability plan, and the limits of a pack:
// what cannot be read is named, and why.
func TestLoadFiles(t *testing.T) {
	many := func(n int) fstest.MapFS {
		files := fstest.MapFS{}
		for i := range n {
			files[fmt.Sprintf("%04d.yaml", i)] = &fstest.MapFile{Data: []byte("version: 1\n")}
		}
		return files
	}
	tests := []struct {
		name  string
		files fs.FS
		want  string // in the error; "" for none
	}{
		{name: "1,000 files", files: many(1000)},
		{name: "1,001 files", files: many(1001), want: "a pack has at most 1000 .yaml files"},
		{name: "a file that is too large", files: large{many(1)}, want: "0000.yaml: not a gazetteer: it is larger than 256 MiB"},
		{name: "an unreadable file", files: locked{many(2)}, want: "cannot read gazetteer x: 0001.yaml: permission denied"},
		{name: "a pipe", files: fstest.MapFS{"a.yaml": {Mode: fs.ModeNamedPipe}}, want: "a.yaml: not a gazetteer: it is not a regular file"},
		{name: "a device", files: fstest.MapFS{"a.yaml": {Mode: fs.ModeDevice}}, want: "it is not a regular file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := gazetteer.LoadFS(tt.files, "x")
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want it to say %q", err, tt.want)
			}
		})
	}
}

// large says of every file that it is larger than a gazetteer may be.
type large struct{ fstest.MapFS }

func (l large) Stat(name string) (fs.FileInfo, error) {
	info, err := l.MapFS.Stat(name)
	return sized{info}, err
}

type sized struct{ fs.FileInfo }

func (s sized) Size() int64 { return 256<<20 + 1 }

// locked lets nobody read its second file.
type locked struct{ fstest.MapFS }

func (l locked) ReadFile(name string) ([]byte, error) {
	if name == "0001.yaml" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.ReadFile(name)
}
