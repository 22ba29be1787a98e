package gazetteer_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
	"wiretag/gazetteer/words"
)

var update = flag.Bool("update", false, "write the golden files")

const cases = "../testdata/gazetteer/"

// show writes findings as the golden files hold them, without the folder.
func show(diags gazetteer.Diagnostics, folder string) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(strings.ReplaceAll(d.String(), folder, "") + "\n")
	}
	return b.String()
}

func TestLoadOK(t *testing.T) {
	files, err := filepath.Glob(cases + "ok/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, diags, err := gazetteer.Load(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(diags, cases+"ok/"); got != "" {
				t.Errorf("findings in a good file:\n%s", got)
			}
		})
	}
}

// errCases returns the bad packs: files and folders, without the golden files.
func errCases(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(cases + "err")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".out" {
			out = append(out, e.Name())
		}
	}
	return out
}

// findings returns what is wrong with a bad pack and the tests beside it.
func findings(t *testing.T, name string) gazetteer.Diagnostics {
	t.Helper()
	g, diags, err := gazetteer.Load(cases + "err/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if g == nil {
		t.Fatal("no gazetteer beside the findings")
	}
	_, found, err := gazetteer.LoadTests(g, false)
	if err != nil {
		t.Fatal(err)
	}
	return append(diags, found...)
}

func TestLoadErr(t *testing.T) {
	for _, name := range errCases(t) {
		t.Run(name, func(t *testing.T) {
			got := show(findings(t, name), cases+"err/")
			golden := cases + "err/" + strings.TrimSuffix(name, ".yaml") + ".out"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, string(want)); diff != "" {
				t.Errorf("findings (-got +want):\n%s", diff)
			}
		})
	}
}

func TestChecksHaveCases(t *testing.T) {
	seen := map[string]gazetteer.Severity{}
	for _, name := range errCases(t) {
		for _, d := range findings(t, name) {
			seen[d.Check] = d.Severity
		}
	}
	names := map[string]bool{}
	for _, c := range gazetteer.Checks() {
		if names[c.Name] || c.Name == "" || c.About == "" {
			t.Errorf("check %q: listed twice or without a word about it", c.Name)
		}
		names[c.Name] = true
		if severity, ok := seen[c.Name]; !ok {
			t.Errorf("check %s has no case in err/", c.Name)
		} else if severity != c.Severity {
			t.Errorf("check %s: severity %s in findings, %s in the table", c.Name, severity, c.Severity)
		}
	}
	for name := range seen {
		if !names[name] {
			t.Errorf("check %s is not in the table", name)
		}
	}
}

// The lists of the house lie under every pack and are never in its findings,
// so their own must be none.
func TestHouseLists(t *testing.T) {
	g, diags, err := gazetteer.LoadFS(words.FS, "words")
	if err != nil {
		t.Fatal(err)
	}
	diags = slices.DeleteFunc(diags, func(d gazetteer.Diagnostic) bool {
		return d.Check == "duplicate-id" // with themselves, being loaded twice
	})
	if len(diags) > 0 {
		t.Errorf("findings in the word lists:\n%s", show(diags, ""))
	}
	if len(g.Lists) == 0 {
		t.Error("no lists")
	}
	if len(g.Entities)+len(g.Topics)+len(g.Masks)+len(g.Filters)+len(g.Types) > 0 {
		t.Error("word files hold more than lists, which Load does not read")
	}
	for _, l := range g.Lists {
		for _, item := range l.Any {
			if item.Ref != nil {
				t.Errorf("%s: word lists are shared between gazetteers and must hold no references", item.Pos)
			}
		}
	}
}

func TestLoadPaths(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	write("empty/readme.txt", "no pack")
	text := write("notes.txt", "no pack")
	beside := write("zoom_test.yaml", "version: 1")
	tests := []struct {
		name string
		path string
		want string // in the error
		is   error
	}{
		{name: "missing", path: filepath.Join(dir, "nowhere"), want: "nowhere", is: fs.ErrNotExist},
		{name: "no YAML in the folder", path: filepath.Join(dir, "empty"), want: "no .yaml file"},
		{name: "another kind of file", path: text, want: "a pack is a folder"},
		{name: "tests", path: beside, want: "name the pack that it lies beside"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, _, err := gazetteer.Load(tt.path)
			if err == nil || g != nil {
				t.Fatalf("got %v, %v, want an error and no gazetteer", g, err)
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Count(err.Error(), tt.path) != 1 {
				t.Errorf("got %q, want it to say %q and the path once", err, tt.want)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("got %v, want %v in its chain", err, tt.is)
			}
		})
	}
}

func pack(files ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		out[files[i]] = &fstest.MapFile{Data: []byte("version: 1\n" + files[i+1])}
	}
	return out
}

func TestLoadFSFiles(t *testing.T) {
	g, diags, err := gazetteer.LoadFS(pack(
		"b.yaml", "masks: [b]",
		"a/z.yml", "masks: [a/z, ]\ncolour: red",
		"a_test.yaml", "masks: [test]",
		".git/x.yaml", "masks: [hidden]",
		"c.txt", "masks: [text]",
	), "mine")
	if err != nil {
		t.Fatal(err)
	}
	var masks []string
	for _, m := range g.Masks {
		masks = append(masks, m.Pos.String()+" "+m.Value)
	}
	want := []string{"mine/a/z.yml:2:9 a/z", "mine/b.yaml:2:9 b"}
	if diff := cmp.Diff(masks, want); diff != "" {
		t.Errorf("masks (-got +want):\n%s", diff)
	}
	if len(diags) != 1 || diags[0].Pos.String() != "mine/a/z.yml:3:1" {
		t.Errorf("got %v, want one finding at mine/a/z.yml:3:1", diags)
	}
	if g.Name.Value != "mine" {
		t.Errorf("name %q, want the given one", g.Name.Value)
	}
}

func TestHash(t *testing.T) {
	base := []string{"a.yaml", "masks: [a]", "b.yaml", "masks: [b]"}
	tests := []struct {
		name  string
		files []string
		same  bool
	}{
		{name: "the same", files: base, same: true},
		{name: "a test file beside it", files: append(slices.Clone(base), "a_test.yaml", "masks: [x]"), same: true},
		{name: "a letter more", files: []string{"a.yaml", "masks: [aa]", "b.yaml", "masks: [b]"}},
		{name: "another file name", files: []string{"a.yaml", "masks: [a]", "c.yaml", "masks: [b]"}},
		{name: "a line in the other file", files: []string{"a.yaml", "masks: [a]\n", "b.yaml", "masks: [b]"}},
		{name: "with the default pack", files: []string{"a.yaml", "masks: [a]", "b.yaml", "masks: [b]\nuses: [default]"}},
	}
	first, _, err := gazetteer.LoadFS(pack(base...), "x")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(first.Hash, "sha256:") || len(first.Hash) != len("sha256:")+64 {
		t.Errorf("hash %q, want sha256: and 64 digits", first.Hash)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, _, err := gazetteer.LoadFS(pack(tt.files...), "elsewhere")
			if err != nil {
				t.Fatal(err)
			}
			if got := g.Hash == first.Hash; got != tt.same {
				t.Errorf("same hash: %t, want %t", got, tt.same)
			}
		})
	}
}

// A gazetteer may be loaded again and changed by nobody: the lists of the
// house, which are read once, must not keep what a pack did to them.
func TestLoadTwice(t *testing.T) {
	count := func(g *gazetteer.Gazetteer) int {
		for _, l := range g.Lists {
			if l.ID.Value == "months" {
				return len(l.Any)
			}
		}
		t.Fatal("no list of months")
		return 0
	}
	load := func(text string) *gazetteer.Gazetteer {
		g, _, err := gazetteer.LoadFS(pack("a.yaml", text), "x")
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	before := count(load("masks: [x]"))
	longer := load("lists: {months: {extend: true, any: [Brumaire, Nivose]}}")
	shorter := load("lists: {months: {override: true, any: [Brumaire]}}")
	if got := []int{count(longer), count(shorter), count(load("masks: [x]"))}; !slices.Equal(got, []int{before + 2, 1, before}) {
		t.Errorf("months %v, want %v", got, []int{before + 2, 1, before})
	}
}
