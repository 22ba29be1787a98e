package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wiretag/cmd/internal/cli"

	"github.com/google/go-cmp/cmp"
)

const qualityPage = "../../../gazetteer/pack/QUALITY.md"

// A goldSet is what one section of the page is measured on.
type goldSet struct {
	title, about string
	args         []string // of wiretag eval
}

func goldSets() []goldSet {
	const shared = "../../../../shared/data/"
	wikinews := func(half string) []string {
		return []string{"--texts", shared + "corpora/wikinews.jsonl", "../../../testdata/wikinews/mentions-" + half + ".jsonl"}
	}
	return []goldSet{
		{"Wikinews, the half that was tuned on", "Twenty articles, annotated in full before any output.", wikinews("tune")},
		{"Wikinews, the half that was not", "Twenty others, by another annotator. No error of theirs was looked at.", wikinews("held")},
		{"wikigold", "145 articles of Wikipedia; the pack was mended on some of its errors.", []string{shared + "ner/wikigold.jsonl"}},
		{"uner-en-ewt, development part", "Mails, blogs, reviews, answers of 2004 and before; its errors were looked at.", []string{shared + "ner/uner-en-ewt.dev.jsonl"}},
		{"geovirus", "229 articles on disease, places only; places that it showed to be missing were added.",
			[]string{"--gold-type", "LOC", "--types", "LOC", shared + "ner/geovirus.jsonl"}},
	}
}

type scoreRow struct {
	Label                string
	Right, Wrong, Missed int
	Precision, Recall    rate
}

// A rate has no value where it would be 0/0.
type rate struct {
	Value    *float64
	Interval [2]float64
}

func (r rate) String() string {
	if r.Value == nil {
		return "–"
	}
	return fmt.Sprintf("%.3f (%.2f–%.2f)", *r.Value, r.Interval[0], r.Interval[1])
}

type scoreTable struct {
	Micro scoreRow
	Rows  []scoreRow
}

// TestQualityPage holds the page of what the default pack is worth against
// eval. -update writes it anew.
func TestQualityPage(t *testing.T) {
	sets := goldSets()
	if _, err := os.Stat(sets[2].args[0]); err != nil {
		t.Skip("skipped: no ../shared beside the repository; testdata/script/eval.txtar has gold of ours")
	}
	text, err := os.ReadFile(qualityPage)
	if err != nil {
		t.Fatal(err)
	}
	const mark = "<!-- The rest is written by go test ./cmd/internal/cli -update. -->\n"
	byHand, _, ok := strings.Cut(string(text), mark)
	if !ok {
		t.Fatalf("%s lacks its mark", qualityPage)
	}
	var b strings.Builder
	b.WriteString(byHand + mark)
	for _, set := range sets {
		writeQuality(t, &b, set)
	}
	if *update {
		if err := os.WriteFile(qualityPage, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(string(text), b.String()); diff != "" {
		t.Errorf("QUALITY.md is stale (-page +eval); -update rewrites it:\n%s", diff)
	}
}

func writeQuality(t *testing.T, b *strings.Builder, set goldSet) {
	t.Helper()
	var out, log bytes.Buffer
	args := append([]string{"eval", "--format", "json"}, set.args...)
	if code := cli.Main(t.Context(), args, strings.NewReader(""), &out, &log); code != 0 {
		t.Fatalf("eval exits with %d: %s", code, log.String())
	}
	var r struct {
		Mentions struct{ Exact, Overlap scoreTable }
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.NewReplacer("../../../../shared/", "../shared/", "../../../", "").Replace(filepath.ToSlash(a))
	}
	fmt.Fprintf(b, "\n## %s\n\n%s `wiretag %s`\n\n", set.title, set.about, strings.Join(append(args[:1:1], args[3:]...), " "))
	b.WriteString("| mentions | right | wrong | missed | precision | recall |\n|---|--:|--:|--:|--:|--:|\n")
	exact, overlap := r.Mentions.Exact, r.Mentions.Overlap
	exact.Micro.Label, overlap.Micro.Label = "**all, exact**", "**all, overlap**"
	for _, row := range append([]scoreRow{exact.Micro, overlap.Micro}, exact.Rows...) {
		fmt.Fprintf(b, "| %s | %d | %d | %d | %v | %v |\n", row.Label, row.Right, row.Wrong, row.Missed, row.Precision, row.Recall)
	}
}
