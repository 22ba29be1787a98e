package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	judged       string   // a file of testdata/judged: what a person says of each wrong mention
}

func goldSets() []goldSet {
	const shared = "../../../../shared/data/"
	wikinews := func(half string) []string {
		return []string{"--texts", shared + "corpora/wikinews.jsonl", "../../../testdata/wikinews/mentions-" + half + ".jsonl"}
	}
	return []goldSet{
		{"Wikinews, the half that was tuned on", "Twenty articles, annotated in full before any output.", wikinews("tune"), "wikinews-tune"},
		{"Wikinews, the half that was not", "Twenty others, by another annotator. No error of theirs was looked at.", wikinews("held"), ""},
		{"wikigold", "145 articles of Wikipedia; the pack was mended on some of its errors.", []string{shared + "ner/wikigold.jsonl"}, "wikigold"},
		{"uner-en-ewt, development part", "Mails, blogs, reviews, answers of 2004 and before; its errors were looked at.", []string{shared + "ner/uner-en-ewt.dev.jsonl"}, "uner-en-ewt.dev"},
		{"geovirus", "229 articles on disease, places only; places that it showed to be missing were added.",
			[]string{"--gold-type", "LOC", "--types", "LOC", shared + "ner/geovirus.jsonl"}, "geovirus"},
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
	args := append([]string{"eval", "--format", "json", "--samples", "1000"}, set.args...)
	if code := cli.Main(t.Context(), args, strings.NewReader(""), &out, &log); code != 0 {
		t.Fatalf("eval exits with %d: %s", code, log.String())
	}
	var r struct {
		Mentions struct {
			Exact, Overlap scoreTable
			Aliases        []struct{ Samples []wrongMention }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	command := strings.NewReplacer("../../../../shared/", "../shared/", "../../../", "").Replace(strings.Join(set.args, " "))
	fmt.Fprintf(b, "\n## %s\n\n%s `wiretag eval %s`\n\n", set.title, set.about, command)
	b.WriteString("| mentions | right | wrong | missed | precision | recall |\n|---|--:|--:|--:|--:|--:|\n")
	exact, overlap := r.Mentions.Exact, r.Mentions.Overlap
	exact.Micro.Label, overlap.Micro.Label = "**all, exact**", "**all, overlap**"
	for _, row := range append([]scoreRow{exact.Micro, overlap.Micro}, exact.Rows...) {
		fmt.Fprintf(b, "| %s | %d | %d | %d | %v | %v |\n", row.Label, row.Right, row.Wrong, row.Missed, row.Precision, row.Recall)
	}
	if set.judged != "" {
		var wrong []wrongMention
		for _, a := range r.Mentions.Aliases {
			wrong = append(wrong, a.Samples...)
		}
		if len(wrong) != exact.Micro.Wrong {
			t.Fatalf("%d wrong mentions, %d shown", exact.Micro.Wrong, len(wrong))
		}
		writeJudged(t, b, set.judged, wrong, exact.Micro.Right)
	}
}

// A wrongMention is the place of one, in code points.
type wrongMention struct {
	Article, Field string
	Start, End     int
}

// errorKinds are what a person may say of a wrong mention.
var errorKinds = [...]struct{ kind, reason string }{
	{"border", "the same name; gold draws its border elsewhere, by a rule of its own"},
	{"type", "the same name; gold gives it another type, by a rule of its own"},
	{"gap", "a name by gold's own rules, which gold has left out"},
	{"part", "a part of a longer name that the pack has not"},
	{"meaning", "somebody or something else of that name"},
}

// writeJudged counts the wrong mentions by what was said of them. A judgement
// of a mention that is not wrong is stale.
func writeJudged(t *testing.T, b *strings.Builder, file string, wrong []wrongMention, right int) {
	t.Helper()
	kinds := readJudged(t, filepath.Join("..", "..", "..", "testdata", "judged", file+".jsonl"))
	counts := map[string]int{}
	for _, w := range wrong {
		counts[kinds[w]]++
		delete(kinds, w)
	}
	for w := range kinds {
		t.Errorf("testdata/judged/%s.jsonl: %v is not wrong; drop the line", file, w)
	}
	b.WriteString("\n| wrong because it is | mentions |\n|---|--:|\n")
	for _, k := range errorKinds {
		if n := counts[k.kind]; n > 0 {
			fmt.Fprintf(b, "| %s: %s | %d |\n", k.kind, k.reason, n)
		}
	}
	if n := counts[""]; n > 0 {
		fmt.Fprintf(b, "| not judged | %d |\n", n)
	}
	ours := len(wrong) - counts["border"]
	fmt.Fprintf(b, "\nPrecision without those of *border*: %.3f; without *border*, *type* and *gap*: %.3f.\n",
		float64(right)/float64(right+ours), float64(right)/float64(right+ours-counts["type"]-counts["gap"]))
}

func readJudged(t *testing.T, path string) map[wrongMention]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[wrongMention]string{}
	for dec := json.NewDecoder(f); dec.More(); {
		var j struct {
			wrongMention
			Kind string
		}
		if err := dec.Decode(&j); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !slices.ContainsFunc(errorKinds[:], func(k struct{ kind, reason string }) bool { return k.kind == j.Kind }) {
			t.Fatalf("%s: %q is no kind of error", path, j.Kind)
		}
		out[j.wrongMention] = j.Kind
	}
	return out
}
