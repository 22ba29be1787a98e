package tagger_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unsafe"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// open makes a Tagger of one YAML file.
func open(t testing.TB, yaml string, opts *tagger.Options) *tagger.Tagger {
	t.Helper()
	fsys := fstest.MapFS{"pack.yaml": {Data: []byte(yaml)}}
	g, diagnostics, err := gazetteer.LoadFS(fsys, "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diagnostics.Errors() {
		t.Errorf("pack: %s", d)
	}
	tg, err := tagger.New(g, opts)
	if err != nil {
		t.Fatal(err)
	}
	return tg
}

// readPack returns a pack of testdata.
func readPack(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// names writes the mentions of a record in the order of the text: quote=id,
// with what is not the ordinary case behind it: /via, the criterion that
// decided, the confidence where asked for. An undecided span is
// ?quote=candidate|candidate.
func names(rec *models.Record) string {
	type item struct {
		place models.Place
		text  string
	}
	var items []item
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			s := m.Quote + "=" + e.ID
			if m.Via != models.ViaAlias {
				s += "/" + m.Via.String()
			}
			if m.Decided != "" {
				s += "/by " + m.Decided
			}
			if m.Nested {
				s += "/nested"
			}
			items = append(items, item{m.Place, s})
		}
	}
	for _, u := range rec.Undecided {
		var who []string
		for _, c := range u.Candidates {
			who = append(who, c.ID+c.Name)
		}
		items = append(items, item{u.Place, "?" + u.Quote + "=" + strings.Join(who, "|")})
	}
	var out []string
	for len(items) > 0 {
		first := 0
		for i := range items {
			a, b := items[i].place, items[first].place
			if a.Field < b.Field || a.Field == b.Field && (a.Start < b.Start || a.Start == b.Start && a.End > b.End) {
				first = i
			}
		}
		out = append(out, items[first].text)
		items = append(items[:first], items[first+1:]...)
	}
	return strings.Join(out, ", ")
}

// checkQuotes fails if a span of the record does not quote, or mentions are
// out of order.
func checkQuotes(t testing.TB, rec *models.Record) {
	t.Helper()
	quote := func(p models.Place, want string) {
		field := rec.Text
		if p.Field == models.Title {
			field = rec.Title
		}
		if p.Start < 0 || p.Start >= p.End || p.End > len(field) {
			t.Fatalf("span %v in a field of %d bytes", p, len(field))
		}
		if got := field[p.Start:p.End]; got != want {
			t.Errorf("span %v is %q, quote %q", p, got, want)
		}
	}
	for _, e := range rec.Entities {
		last := models.Place{}
		for _, m := range e.Mentions {
			quote(m.Place, m.Quote)
			if m.Field < last.Field || m.Field == last.Field && m.Start < last.Start {
				t.Errorf("%s: mention %v after %v", e.ID, m.Place, last)
			}
			last = m.Place
			if m.Confidence <= 0 || m.Confidence > 1 {
				t.Errorf("%s: confidence %v", e.ID, m.Confidence)
			}
		}
	}
	for _, u := range rec.Undecided {
		quote(u.Place, u.Quote)
		if len(u.Candidates) < 2 {
			t.Errorf("undecided %q has %d candidates", u.Quote, len(u.Candidates))
		}
	}
	for _, topic := range rec.Topics {
		sum := 0.0
		for _, c := range append(topic.Clues[:len(topic.Clues):len(topic.Clues)], topic.Counter...) {
			if len(c.Spans) == 0 {
				t.Errorf("%s: clue %q has no span", topic.ID, c.Name)
			}
			for _, s := range c.Spans {
				quote(s.Place, s.Quote)
			}
		}
		for _, c := range topic.Clues {
			sum += c.Adds
		}
		if d := sum - topic.For; d > .001 || d < -.001 {
			t.Errorf("%s: the clues add %.4f, for is %.4f", topic.ID, sum, topic.For)
		}
		if topic.Score >= 1 || topic.Score < topic.Threshold {
			t.Errorf("%s: score %v, threshold %v", topic.ID, topic.Score, topic.Threshold)
		}
	}
}

// show is for failures: the record's topics with their sums.
func show(rec *models.Record) string {
	var b strings.Builder
	for _, t := range rec.Topics {
		fmt.Fprintf(&b, "%s %.3f %s\n", t.ID, t.Score, t.Why)
	}
	return b.String()
}

// TestRecordForgets: a record that is used again keeps nothing of the articles
// before the last.
func TestRecordForgets(t *testing.T) {
	tg := open(t, "version: 1\nname: x\nentities:\n  - {name: Zoom, type: ORG}\n  - {name: Kestrel, type: ORG}\n", nil)
	var rec models.Record
	freed := make(chan struct{})
	func() {
		text := new([1 << 20]byte)
		for i := range text {
			text[i] = ' '
		}
		copy(text[:], "They asked Zoom, Kestrel and Zoom.")
		runtime.SetFinalizer(text, func(*[1 << 20]byte) { close(freed) })
		tg.TagInto(&rec, models.Document{Text: unsafe.String(&text[0], len(text))})
	}()
	if mentions(&rec) != 3 {
		t.Fatalf("%d mentions, want 3", mentions(&rec))
	}
	tg.TagInto(&rec, models.Document{Text: "It was Kestrel again."})
	for range 100 {
		runtime.GC()
		select {
		case <-freed:
			runtime.KeepAlive(&rec)
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Error("the text of the first article is still in memory")
	runtime.KeepAlive(&rec)
}
