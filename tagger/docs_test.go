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

// TestPages holds the pages of docs against the tables of rules as they come
// out. -update writes them anew.
func TestPages(t *testing.T) {
	for page, tables := range map[string]map[string]string{
		"NAMES.md":  {"confidences": confidenceTable(), "rules": ruleTable(t)},
		"TOPICS.md": {"topics": topicTable(t)},
	} {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		for name, table := range tables {
			text = fill(t, text, name, table)
		}
		if *update {
			if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if diff := cmp.Diff(string(b), text); diff != "" {
			t.Errorf("%s is stale (-page +rules); go test ./tagger -update rewrites it:\n%s", page, diff)
		}
	}
}

// fill replaces what stands between <!-- name --> and the next <!-- end -->.
func fill(t *testing.T, page, name, table string) string {
	t.Helper()
	before, rest, ok := strings.Cut(page, "<!-- "+name+" -->\n")
	_, after, ended := strings.Cut(rest, "<!-- end -->")
	if !ok || !ended {
		t.Fatalf("the page has no place for %s", name)
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
	cell := cells()
	var b strings.Builder
	b.WriteString("| rule | text | mentions |\n|---|---|---|\n")
	for _, tt := range rules {
		rec := tg.Tag(models.Document{Title: tt.title, Text: tt.text, Date: tt.date})
		fmt.Fprintf(&b, "| %s | %s%s | %s |\n", tt.rule, brackets(tt.title, tt.date), cell.Replace(tt.text), cell.Replace(names(&rec)))
	}
	return b.String()
}

func topicTable(t *testing.T) string {
	tg := open(t, readPack(t, "topics.yaml"), nil)
	cell := cells()
	var b strings.Builder
	b.WriteString("| rule | text | topics |\n|---|---|---|\n")
	for _, tt := range topicRows {
		rec := tg.Tag(models.Document{Title: tt.title, Text: lead + tt.text, Date: tt.date})
		fmt.Fprintf(&b, "| %s | %s%s | %s |\n", tt.name, brackets(tt.title, tt.date), cell.Replace(tt.text), topicsOf(&rec))
	}
	return b.String()
}

// brackets writes the title and the date of an article before its text.
func brackets(title string, date models.Date) string {
	var out string
	for _, s := range []string{string(date), title} {
		if s != "" {
			out += "[" + s + "] "
		}
	}
	return out
}

// cells writes a text as a cell of a table.
func cells() *strings.Replacer {
	return strings.NewReplacer("|", "\\|", "&", "&amp;", "\r\n", " ⏎ ", "\n", " ⏎ ", "<", "&lt;", "*", "\\*",
		"\u00a0", "&nbsp;", "\ufeff", "(BOM)", "\u00ad", "(soft hyphen)", "\u200b", "(zero width)", "\t", " ")
}
