package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"wiretag/gazetteer"
	"wiretag/tagger"

	"github.com/google/go-cmp/cmp"
)

const checksPage = "../../../gazetteer/CHECKS.md"

// TestChecksPage holds the page of all checks against the table of checks and
// their cases. -update writes it anew.
func TestChecksPage(t *testing.T) {
	cases := append(readCases(t, "err"), readCases(t, "check")...)
	var b strings.Builder
	b.WriteString("# What lint finds\n\n" +
		"Made from the table of checks and the cases in `testdata/gazetteer` by `go test ./cmd/internal/cli -update`.\n\n" +
		"An error means that an entry cannot mean anything: `wiretag tag` refuses a gazetteer with one. A warning means that\n" +
		"it hardly does what was meant. `wiretag lint --list` prints the table.\n")
	for _, c := range append(gazetteer.Checks(), tagger.Checks()...) {
		fmt.Fprintf(&b, "\n## %s\n\n%s%s: %s.\n", c.Name, strings.ToUpper(c.Severity.String()[:1]), c.Severity.String()[1:], c.About)
		b.WriteString(example(t, c.Name, cases))
	}
	want, err := os.ReadFile(checksPage)
	if *update {
		err = os.WriteFile(checksPage, []byte(b.String()), 0o644)
		want = []byte(b.String())
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("CHECKS.md is stale (-page +checks); -update rewrites it:\n%s", diff)
	}
}

// A lintCase is a bad pack and what lint says of it.
type lintCase struct{ yaml, out string }

func readCases(t *testing.T, folder string) []lintCase {
	t.Helper()
	outs, err := filepath.Glob("../../../testdata/gazetteer/" + folder + "/*.out")
	if err != nil || len(outs) == 0 {
		t.Fatalf("no cases in %s: %v", folder, err)
	}
	var cases []lintCase
	for _, out := range outs {
		said, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(strings.TrimSuffix(out, ".out") + ".yaml")
		if err != nil {
			src = nil // the case is a folder
		}
		cases = append(cases, lintCase{string(src), string(said)})
	}
	return cases
}

// example shows the shortest case of a check that a page can hold, and what is
// said of it.
func example(t *testing.T, check string, cases []lintCase) string {
	t.Helper()
	var best lintCase
	for _, c := range cases {
		if !strings.Contains(c.out, "["+check+"]") {
			continue
		}
		c.out = keep(c.out, "["+check+"]")
		if best.out == "" || shown(c.yaml) && (!shown(best.yaml) || len(c.yaml) < len(best.yaml)) {
			best = c
		}
	}
	if best.out == "" {
		t.Errorf("the check %s has no case", check)
	}
	page := "\n```text\n" + best.out + "```\n"
	if shown(best.yaml) {
		page = "\n```yaml\n" + strings.TrimSuffix(best.yaml, "\n") + "\n```\n" + page
	}
	return page
}

// keep returns the lines that hold a text, the first few of them.
func keep(lines, text string) string {
	const most = 4
	var out string
	n := 0
	for line := range strings.Lines(lines) {
		if strings.Contains(line, text) && n < most {
			out += line
			n++
		}
	}
	return out
}

// shown tells whether a page can show a file as it is.
func shown(yaml string) bool {
	const longest = 900
	return yaml != "" && len(yaml) < longest && utf8.ValidString(yaml) &&
		!strings.ContainsFunc(yaml, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r >= 0x200b && r <= 0x202e })
}
