package tagger_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/models"
	"wiretag/tagger/internal/resolve"
)

// TestNamesPage holds NAMES.md against the table of rules as it comes out.
// -update writes it anew.
func TestNamesPage(t *testing.T) {
	b, err := os.ReadFile("NAMES.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	page = fill(t, page, "confidences", confidenceTable())
	page = fill(t, page, "rules", ruleTable(t))
	if *update {
		if err := os.WriteFile("NAMES.md", []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(b), page); diff != "" {
		t.Errorf("NAMES.md is stale (-page +rules); go test ./tagger -update rewrites it:\n%s", diff)
	}
}

// fill replaces what stands between <!-- name --> and the next <!-- end -->.
func fill(t *testing.T, page, name, table string) string {
	t.Helper()
	before, rest, ok := strings.Cut(page, "<!-- "+name+" -->\n")
	_, after, ended := strings.Cut(rest, "<!-- end -->")
	if !ok || !ended {
		t.Fatalf("NAMES.md has no place for %s", name)
	}
	return before + "<!-- " + name + " -->\n" + table + "<!-- end -->" + after
}

func confidenceTable() string {
	var b strings.Builder
	b.WriteString("| confidence | of |\n|---|---|\n")
	for _, c := range resolve.Confidences() {
		fmt.Fprintf(&b, "| %.2f | %s |\n", c.Value, c.Of)
	}
	return b.String()
}

func ruleTable(t *testing.T) string {
	tg := open(t, readPack(t, "names.yaml"), nil)
	cell := strings.NewReplacer("|", "\\|", "&", "&amp;", "\r\n", " ⏎ ", "\n", " ⏎ ", "<", "&lt;", "*", "\\*",
		"\u00a0", "&nbsp;", "\ufeff", "(BOM)", "\u00ad", "(soft hyphen)", "\u200b", "(zero width)", "\t", " ")
	var b strings.Builder
	b.WriteString("| rule | text | mentions |\n|---|---|---|\n")
	for _, tt := range rules {
		rec := tg.Tag(models.Document{Title: tt.title, Text: tt.text, Date: tt.date})
		text := tt.text
		if tt.title != "" {
			text = "[" + tt.title + "] " + text
		}
		if tt.date != "" {
			text = "[" + string(tt.date) + "] " + text
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", tt.rule, cell.Replace(text), cell.Replace(names(&rec)))
	}
	return b.String()
}
