package eval

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wiretag/gazetteer"
	"wiretag/tagger"

	"github.com/google/go-cmp/cmp"
)

const testPack = `version: 1
name: test
entities:
  - {name: Vantor, type: ORG, links: {wikidata: Q1}, formerly: [vantor-inc]}
  - {name: Kobe Steel Works, type: ORG}
  - {name: Kobe, type: GPE, demonyms: [Kobean]}
  - {name: Marsh, type: ORG, needs: [insurer]}
  - {name: Orla Vance, type: PERSON}
  - {name: Peter Vance, type: PERSON}
topics:
  - {id: economy, label: economy, clues: [{name: money, weight: strong, any: [shares]}]}
  - {id: old, label: old, parent: economy, status: retired, clues: [{name: x, weight: strong, any: [xylophone]}]}
  - {id: mergers, label: mergers, parent: old, clues: [{name: a deal, weight: medium, any: [takeover]}]}
`

// judged reads gold and judges the pack by it.
func judged(t *testing.T, gold string, opts Options) ([]*Verdict, *Report) {
	t.Helper()
	pack := filepath.Join(t.TempDir(), "pack.yaml")
	if err := os.WriteFile(pack, []byte(testPack), 0o600); err != nil {
		t.Fatal(err)
	}
	g, found, err := gazetteer.Load(pack)
	if err != nil || len(found.Errors()) > 0 {
		t.Fatal(err, found)
	}
	tg, err := tagger.New(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	read, err := Read([]string{"-"}, ReadOptions{Stdin: strings.NewReader(gold)})
	if err != nil {
		t.Fatal(err)
	}
	j := NewJudge(read, g, tg, opts)
	r := NewReport(read, []string{"-"}, tg.Gazetteer(), ReportOptions{Samples: 1, Resamples: 10, Options: opts})
	var out []*Verdict
	for _, a := range read.Articles {
		v := j.Judge(&a.Doc)
		r.Add(v)
		out = append(out, v)
	}
	r.Finish(j)
	return out, r
}

// marked makes gold of a text with [TYPE:name] or [TYPE#id:name] in it.
func marked(text string) string {
	var clean strings.Builder
	spans := [][]any{}
	for {
		before, rest, ok := strings.Cut(text, "[")
		clean.WriteString(before)
		if !ok {
			break
		}
		mark, after, _ := strings.Cut(rest, "]")
		label, name, _ := strings.Cut(mark, ":")
		typ, id, _ := strings.Cut(label, "#")
		start := clean.Len() // the texts are ASCII
		clean.WriteString(name)
		spans = append(spans, []any{start, clean.Len(), typ, strings.ReplaceAll(id, "/", ":")})
		text = after
	}
	b, err := json.Marshal(map[string]any{"text": clean.String(), "spans": spans})
	if err != nil {
		panic("unreachable: " + err.Error())
	}
	return string(b)
}

// TestErrors holds which kind an error is: of the output as “alias” kind, of
// gold as kind “text”.
func TestErrors(t *testing.T) {
	for _, tt := range []struct{ name, text, wrong, missed string }{
		{"right", "They met [ORG:Vantor] in [GPE:Kobe].", "", ""},
		{"type", "They met [GPE:Vantor].", "Vantor type", "type Vantor"},
		{"boundary", "They met [ORG:the Vantor] men.", "Vantor boundary", "boundary the Vantor"},
		{"both", "They met [GPE:the Vantor] men.", "Vantor type, boundary", "type, boundary the Vantor"},
		{"spurious", "They met Vantor.", "Vantor spurious", ""},
		{"a guard stops it", "They met [ORG:Marsh].", "", "stopped Marsh"},
		{"nobody knows which", "Orla Vance met Peter Vance. Later [PERSON:Vance] left.", "Orla Vance spurious; Peter Vance spurious", "undecided Vance"},
		{"a part of a name of the pack", "They saw [ORG:Steel Works] men.", "", "other form Steel Works"},
		{"another form by id", "They met [ORG#vantor:the maker].", "", "other form the maker"},
		{"another form by link", "They met [ORG#Q1:the maker].", "", "other form the maker"},
		{"an id that the pack has not, with a text that it has", "They saw [ORG#steel:Steel Works] men.", "", "not in pack Steel Works"},
		{"not in the pack", "They met [ORG:Nobodys] men.", "", "not in pack Nobodys"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, _ := judged(t, marked(tt.text), Options{Types: []string{"ORG", "GPE", "PERSON"}})
			var wrong, missed []string
			for _, h := range v[0].Hits {
				if h.Error != NoError {
					wrong = append(wrong, h.Alias+" "+string(h.Error))
				}
			}
			for _, m := range v[0].Misses {
				missed = append(missed, string(m.Error)+" "+m.Text)
			}
			if got := strings.Join(wrong, "; "); got != tt.wrong {
				t.Errorf("wrong: got %q, want %q", got, tt.wrong)
			}
			if got := strings.Join(missed, "; "); got != tt.missed {
				t.Errorf("missed: got %q, want %q", got, tt.missed)
			}
		})
	}
}

func TestLinking(t *testing.T) {
	gold := marked("[ORG#vantor:Vantor], [ORG#vantor-inc:Vantor], [ORG#Q1:Vantor], [ORG#wikidata/Q1:Vantor], [ORG#Q2:Vantor], [ORG:Vantor].")
	v, r := judged(t, gold, Options{})
	if v[0].Linkable != 5 || v[0].Linked != 4 {
		t.Errorf("got %d of %d, want 4 of 5", v[0].Linked, v[0].Linkable)
	}
	if diff := cmp.Diff(&Linking{5, 4, .8}, r.Mentions.Linking); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLabels holds what counts: after mapping, of the types of gold or those
// asked for; two labels of gold that become one are one.
func TestLabels(t *testing.T) {
	gold := `{"text":"Vantor of Kobe.","spans":[[0,6,"ORG"],[10,14,"CITY"],[10,14,"PLACE"]]}`
	for _, tt := range []struct {
		name   string
		opts   Options
		want   Tally
		unused map[string]int
	}{
		{"as they are", Options{}, Tally{"ORG": {1, 0, 0}, "CITY": {0, 0, 1}, "PLACE": {0, 0, 1}}, map[string]int{"GPE": 1}},
		{"mapped", Options{Mapping: Mapping{"CITY": "LOC", "PLACE": "LOC", "GPE": "LOC"}}, Tally{"ORG": {1, 0, 0}, "LOC": {1, 0, 0}}, map[string]int{}},
		{"one left out", Options{Mapping: Mapping{"ORG": "", "CITY": "GPE", "PLACE": ""}}, Tally{"GPE": {1, 0, 0}}, map[string]int{}},
		{"asked for", Options{Types: []string{"GPE"}}, Tally{"GPE": {0, 1, 0}}, map[string]int{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, _ := judged(t, gold, tt.opts)
			if diff := cmp.Diff(tt.want, v[0].Exact); diff != "" {
				t.Errorf("exact (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.unused, v[0].Unused); diff != "" {
				t.Errorf("left out (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDefaultMapping(t *testing.T) {
	for _, tt := range []struct {
		spans string
		want  bool
	}{
		{`[[0,1,"PER"],[1,2,"MISC"]]`, true}, {`[[0,1,"LOC"]]`, true}, {`[[0,1,"PER"],[1,2,"GPE"]]`, false}, {`[]`, false},
	} {
		gold, err := Read([]string{"-"}, ReadOptions{Stdin: strings.NewReader(`{"text":"Kobe","spans":` + tt.spans + `}`)})
		if err != nil {
			t.Fatal(err)
		}
		if got := DefaultMapping(gold) != nil; got != tt.want {
			t.Errorf("%s: mapped %t, want %t", tt.spans, got, tt.want)
		}
	}
}

// TestTopics holds topics worked out by hand. A retired parent is passed over.
// A medium clue alone stays under the threshold of 0.5.
func TestTopics(t *testing.T) {
	v, r := judged(t, `{"id":"a","text":"A takeover.","topics":["mergers"]}
{"id":"b","text":"They sold shares.","topics":["economy"]}
{"id":"c","text":"They sold shares.","topics":["nosuch"]}`, Options{})
	if diff := cmp.Diff(Tally{"economy": {0, 0, 1}, "mergers": {0, 0, 1}}, v[0].Closed); diff != "" {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Tally{"mergers": {0, 0, 1}}, v[0].Leaves); diff != "" {
		t.Errorf("leaves (-want +got):\n%s", diff)
	}
	if got := r.Topics.Closed.Micro.Counts; got != (Counts{1, 1, 3}) {
		t.Errorf("micro is %+v, want 1 right, 1 wrong, 3 missed", got)
	}
	low := r.Topics.Sweep[0]
	if low.Threshold != .3 || low.Counts != (Counts{3, 1, 1}) {
		t.Errorf("under 0.30: %+v, want 3 right, 1 wrong, 1 missed", low)
	}
	if high := r.Topics.Sweep[len(r.Topics.Sweep)-1]; high.Threshold != .9 || high.Counts != (Counts{0, 0, 4}) {
		t.Errorf("under 0.90: %+v, want 4 missed", high)
	}
	if len(r.Topics.Clues) != 1 || r.Topics.Clues[0].Form != "money" || r.Topics.Clues[0].Hits != 2 || r.Topics.Clues[0].Wrong != 1 {
		t.Errorf("guilty clues: %+v, want money with 2 hits, 1 wrong", r.Topics.Clues)
	}
	if n := len(r.Notes); n != 1 || !strings.Contains(r.Notes[0], `the topic "nosuch" in 1 article`) {
		t.Errorf("notes: %q", r.Notes)
	}
	best := r.Topics.Best[len(r.Topics.Best)-1]
	if best.Topic != "mergers" || *best.Now != 0 || *best.Best != 1 || best.At > .45 {
		t.Errorf("best of mergers: %+v, want 1 at a threshold that 0.35 or 0.45 reaches", best)
	}
}

// TestWholeText holds that the text's tables fit 100 columns, whatever the
// labels.
func TestWholeText(t *testing.T) {
	long := strings.Repeat("LONG", 20)
	_, r := judged(t, `{"text":"Vantor of Kobe.","spans":[[0,6,"ORG"],[10,14,"`+long+`"]],"topics":["`+long+`"]}`, Options{})
	seen := false
	for line := range strings.Lines(r.Text(0)) {
		seen = seen || strings.Contains(line, "LON…")
		if strings.HasPrefix(line, "  LONG") && width(line) > 101 {
			t.Errorf("%d columns: %s", width(line)-1, line)
		}
	}
	if !seen {
		t.Error("no row of a long label")
	}
}

// TestBaseline holds that a report that went through JSON is the same, and
// nothing moved.
func TestBaseline(t *testing.T) {
	_, r := judged(t, marked("[ORG:Vantor] of [ORG:Kobe] and Vantor."), Options{})
	old, err := ReadReport("old.json", []byte(r.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	if got := old.JSON(); got != r.JSON() {
		t.Errorf("a report changes through JSON:\n%s", cmp.Diff(r.JSON(), got))
	}
	r.Compare(old)
	if m := r.Moved; len(m.Mentions)+len(m.Topics)+len(m.Aliases)+len(m.Clues)+len(m.Notes) != 0 {
		t.Errorf("moved: %+v", m)
	}
}
