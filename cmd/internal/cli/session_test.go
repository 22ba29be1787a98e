package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

const sessionPage = "../../../gazetteer/SESSION.md"

// TestSession runs the editing session of testdata/session and holds the page
// that shows it: comments of the script are its text, its commands stand there
// with what they print. -update writes it anew.
func TestSession(t *testing.T) {
	news, err := filepath.Abs("../../../../shared/data/corpora/wikinews.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(news); err != nil {
		t.Skip("no ../shared: ", err)
	}
	var page strings.Builder
	testscript.Run(t, testscript.Params{
		Dir: "../../../testdata/session",
		Setup: func(env *testscript.Env) error {
			return os.Symlink(news, filepath.Join(env.WorkDir, "wikinews.jsonl"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"say":  func(_ *testscript.TestScript, _ bool, args []string) { page.WriteString(args[0] + "\n") },
			"step": func(ts *testscript.TestScript, _ bool, args []string) { page.WriteString(step(ts, args)) },
		},
	})
	t.Cleanup(func() { // the script is a subtest that may run after this one
		got := page.String()
		if *update {
			if err := os.WriteFile(sessionPage, []byte(got), 0o644); err != nil {
				t.Error(err)
			}
			return
		}
		want, err := os.ReadFile(sessionPage)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("SESSION.md is not what the session prints (-page +now); -update rewrites it:\n%s", diff)
		}
	})
}

// samples are the places of the corpus with the words around them, which are
// somebody's and stay out of the page.
var samples = regexp.MustCompile(`(?m)^(  [+−~] wikinews-\S+ text:\d+ ).*(\[[^\[\]]*\]).*$`)

// step runs a command line, which has to exit with the code that stands before
// it, and returns it with what it printed.
func step(ts *testscript.TestScript, args []string) string {
	code, command := args[0], args[1]
	exitCode(ts, false, []string{code, "sh", "-c", command + " >printed 2>&1"})
	printed := samples.ReplaceAllString(ts.ReadFile("printed"), "$1 … $2 …")
	out := "```console\n$ " + command + "\n" + printed + "```\n\n"
	if code != "0" {
		out += fmt.Sprintf("The exit code is %s.\n\n", code)
	}
	return out
}
