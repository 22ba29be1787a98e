package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wiretag/gazetteer"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// A block is a fenced block of a page: its language, the file it is the
// content of, and its lines.
type block struct {
	lang, file string
	first      int // index of its first line
	lines      []string
}

const readme = "../../../README.md"

func blocks(lines []string) []block {
	var out []block
	open := -1
	for i, line := range lines {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case !fence:
		case open < 0:
			lang, file, _ := strings.Cut(info, " ")
			out, open = append(out, block{lang: lang, file: file, first: i + 1}), i
		default:
			b := &out[len(out)-1]
			b.lines, open = lines[b.first:i], -1
		}
	}
	return out
}

// TestPages runs the pages for users: blocks that name a file are written,
// blocks of the language console are commands with what they print on standard
// output and standard error. -update writes what they print anew.
func TestPages(t *testing.T) {
	for _, page := range []string{readme, "../../../gazetteer/pack/CONTRIBUTING.md"} {
		t.Run(filepath.Base(page), func(t *testing.T) { runPage(t, page) })
	}
}

func runPage(t *testing.T, page string) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	archive, outputs := scriptOf(blocks(lines))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.txtar"), []byte(archive), 0o600); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	testscript.Run(t, testscript.Params{Dir: dir, Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"anyexit": func(ts *testscript.TestScript, _ bool, args []string) { _ = ts.Exec(args[0], args[1:]...) },
		"save": func(ts *testscript.TestScript, _ bool, args []string) {
			got[args[0]] = hashes.ReplaceAllString(ts.ReadFile(args[0]), "…")
		},
	}})
	t.Cleanup(func() { // the script is a subtest that may run after this one
		want := replaceOutputs(lines, outputs, got)
		if *update {
			if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
				t.Error(err)
			}
		} else if diff := cmp.Diff(string(text), want); diff != "" {
			t.Errorf("%s is not true (-page +what its commands print):\n%s", page, diff)
		}
	})
}

// hashes are left out of the pages: they change with every edit of a pack.
var hashes = regexp.MustCompile("[0-9a-f]{64}")

// scriptOf makes a txtar script of blocks, and says which file the output of
// the console block at a line goes to.
func scriptOf(bs []block) (archive string, outputs map[int]string) {
	var commands, files strings.Builder
	outputs = map[int]string{}
	for _, b := range bs {
		if b.lang == "console" {
			out := fmt.Sprintf("out%d.txt", b.first)
			outputs[b.first] = out
			command := "{ " + strings.TrimPrefix(b.lines[0], "$ ") + "; } >" + out + " 2>&1"
			fmt.Fprintf(&commands, "anyexit sh -c '%s'\n", strings.ReplaceAll(command, "'", "''"))
			fmt.Fprintf(&commands, "save %s\n", out)
		} else if b.file != "" {
			fmt.Fprintf(&files, "-- %s --\n%s\n", b.file, strings.Join(b.lines, "\n"))
		}
	}
	return commands.String() + files.String(), outputs
}

// replaceOutputs returns the page with what its commands printed.
func replaceOutputs(lines []string, outputs map[int]string, got map[string]string) string {
	var out []string
	skip := false
	for i, line := range lines {
		skip = skip && line != "```"
		switch name, ok := outputs[i]; {
		case ok:
			out = append(out, line)
			for printed := range strings.Lines(got[name]) {
				out = append(out, strings.TrimSuffix(printed, "\n"))
			}
			skip = true
		case !skip:
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// TestReadmeLibrary builds and runs the program of the README in a module of
// its own, against this one.
func TestReadmeLibrary(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Dir(readme))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"go.sum": string(sums)}
	for _, b := range blocks(strings.Split(string(text), "\n")) {
		if b.file == "main.go" || b.file == "go.mod" {
			files[b.file] = strings.ReplaceAll(strings.Join(b.lines, "\n"), "../wiretag", root)
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", "run", "-mod=mod", ".")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got, want := string(out), "joe-biden 2\nxi-jinping 1\n"; got != want {
		t.Errorf("the program printed %q, want %q", got, want)
	}
}

// TestReadmeFigures holds the size of the pack as the README tells it.
func TestReadmeFigures(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	g, _, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	n := len(g.Entities) / 100
	want := fmt.Sprintf("some %d,%d00 people, organisations and places and %d topics", n/10, n%10, len(g.Topics))
	if !strings.Contains(string(text), want) {
		t.Errorf("the README does not say %q", want)
	}
}
