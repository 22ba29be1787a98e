package tagger_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/models"
)

// TestFlashText runs FlashText's own cases of its extractor through the public
// API, in both of its case modes: its keywords are aliases under case: fold
// and under case: exact. The rows of TestNames hold the same semantics.
func TestFlashText(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "conformance", "flashtext", "keyword_extractor_test_cases.json"))
	if err != nil {
		t.Skip("no ../shared: ", err)
	}
	var cases []struct {
		Sentence      string
		Dict          map[string][]string `json:"keyword_dict"`
		Explanation   string
		Keywords      []string
		CaseSensitive []string `json:"keywords_case_sensitive"`
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 49 {
		t.Errorf("%d cases, want 49", len(cases))
	}
	for i, c := range cases {
		for mode, want := range map[string][]string{"fold": c.Keywords, "exact": c.CaseSensitive} {
			t.Run(fmt.Sprintf("%d %s %s", i, mode, c.Explanation), func(t *testing.T) {
				tg := open(t, flashTextPack(t, c.Dict, mode), nil)
				rec := tg.Tag(models.Document{Text: c.Sentence})
				checkQuotes(t, &rec)
				if diff := cmp.Diff(strings.Join(want, ", "), found(&rec)); diff != "" {
					t.Errorf("%q (-want +got):\n%s", c.Sentence, diff)
				}
			})
		}
	}
}

// flashTextPack writes a keyword dictionary as a pack. A JSON string is a YAML
// string.
func flashTextPack(t *testing.T, dict map[string][]string, mode string) string {
	t.Helper()
	quote := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var b strings.Builder
	b.WriteString("version: 1\nname: flashtext\nentities:\n")
	n := 0
	for name, keywords := range dict {
		n++
		fmt.Fprintf(&b, "  - {id: e%d, name: {text: %s, match: false}, type: PRODUCT, case: %s, aliases: [", n, quote(name), mode)
		for _, k := range keywords {
			b.WriteString(quote(k) + ", ")
		}
		b.WriteString("]}\n")
	}
	return b.String()
}

// found lists the names of the entities mentioned, in the order of the text.
func found(rec *models.Record) string {
	id := map[string]string{}
	for _, e := range rec.Entities {
		id[e.ID] = e.Name
	}
	var out []string
	for m := range strings.SplitSeq(names(rec), ", ") {
		if _, entity, ok := strings.Cut(m, "="); ok {
			out = append(out, id[entity])
		}
	}
	return strings.Join(out, ", ")
}
