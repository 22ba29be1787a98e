package tagger_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// FuzzTag: tagging never panics, every span quotes, mentions are in order and
// apart, and the same article gives the same record whatever came before.
func FuzzTag(f *testing.F) {
	for _, tt := range rules {
		f.Add(tt.title, tt.text)
	}
	for _, tt := range topicRows {
		f.Add(tt.title, tt.text)
	}
	f.Add("", "\xff\xff's \u212a’s ȺȺȺ's (Zoom) r\xe9sum\xe9's Zoom\u200b’s")
	f.Add("ZOOM", strings.Repeat("Xi (CIA) ", 50)+"Xi Jinping US\u00a0Open")
	packs := []*tagger.Tagger{
		open(f, readPack(f, "names.yaml"), nil),
		open(f, readPack(f, "names.yaml"), &tagger.Options{OverlapAll: true}),
		open(f, readPack(f, "topics.yaml"), &tagger.Options{Draft: true}),
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		for _, tg := range packs {
			doc := models.Document{ID: "fuzz", Title: title, Text: text}
			rec := tg.Tag(doc)
			checkQuotes(t, &rec)
			checkApart(t, &rec)
			again := tg.Tag(doc)
			if diff := cmp.Diff(rec, again); diff != "" {
				t.Errorf("second record differs:\n%s", diff)
			}
			checkExplanation(t, tg.Explain(doc, "theft"), &rec)
		}
	})
}

// checkExplanation fails if an explanation does not quote, or gives other
// topics than the record.
func checkExplanation(t *testing.T, ex models.Explanation, rec *models.Record) {
	t.Helper()
	if diff := cmp.Diff(*rec, ex.Record, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the record explained differs:\n%s", diff)
	}
	doc := models.Document{Title: rec.Title, Text: rec.Text}
	for _, s := range ex.Stopped {
		if got := s.Field.Of(&doc)[s.Start:s.End]; s.Quote != got || s.Reason == "" {
			t.Errorf("stopped %q is %q in the text: %s", s.Quote, got, s.Reason)
		}
	}
	for _, tr := range ex.Topics {
		inRecord := slices.ContainsFunc(rec.Topics, func(t models.Topic) bool { return t.ID == tr.ID })
		if tr.Given && !inRecord || !tr.Given && tr.Child == "" && inRecord {
			t.Errorf("%s: given %v, in the record %v", tr.ID, tr.Given, inRecord)
		}
		if !tr.Given && tr.Change == "" {
			t.Errorf("%s is not given, and no change would give it", tr.ID)
		}
	}
}

// checkApart fails if two mentions that are not nested share a byte, or a span
// cuts a rune of valid text.
func checkApart(t *testing.T, rec *models.Record) {
	t.Helper()
	type owned struct {
		models.Place
		id string
	}
	var all []owned
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			if utf8.ValidString(rec.Title+rec.Text) && !utf8.ValidString(m.Quote) {
				t.Errorf("quote %q cuts a rune", m.Quote)
			}
			if !m.Nested {
				all = append(all, owned{m.Place, e.ID})
			}
		}
	}
	for _, u := range rec.Undecided {
		all = append(all, owned{u.Place, "undecided"})
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if a.Field == b.Field && a.Start < b.End && b.Start < a.End {
				t.Errorf("%v and %v overlap", a, b)
			}
		}
	}
}

// TestConcurrent tags from many goroutines with one Tagger, more than it keeps
// scratch states for.
func TestConcurrent(t *testing.T) {
	tg := open(t, readPack(t, "names.yaml"), &tagger.Options{Workers: 2})
	want := make([]models.Record, len(rules))
	for i, tt := range rules {
		want[i] = tg.Tag(models.Document{Title: tt.title, Text: tt.text, Date: tt.date})
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			var rec models.Record
			for k := range 3 * len(rules) {
				i := (k*7 + g) % len(rules)
				tt := rules[i]
				tg.TagInto(&rec, models.Document{Title: tt.title, Text: tt.text, Date: tt.date})
				if diff := cmp.Diff(want[i], rec, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s: record differs beside others:\n%s", tt.rule, diff)
				}
			}
		})
	}
	wg.Wait()
}

// TestIntoReuse fills one record again and again: nothing of the article
// before may show.
func TestIntoReuse(t *testing.T) {
	tg := open(t, readPack(t, "topics.yaml"), nil)
	var rec models.Record
	for _, tt := range append(topicRows, topicRows...) {
		doc := models.Document{Title: tt.title, Text: lead + tt.text, Date: tt.date}
		tg.TagInto(&rec, doc)
		fresh := tg.Tag(doc)
		if got, want := names(&rec)+topicsOf(&rec), names(&fresh)+topicsOf(&fresh); got != want {
			t.Errorf("%s: reused record %s, fresh %s", tt.name, got, want)
		}
	}
}

// hostile are what costs prose the square of the length, and what would cost it
// a resolver that looks back for each name.
var hostile = []string{
	"(", ")", "\"", "'", ".", "!", " ", "\n", "(a)", "1,", "A.", ". ", "! ", "“‘", "can't", "https://a/", "京",
	"Xi ", "Xi\n", "Xi-", "US ", "Apple ", "China-", "(CIA) ", "Central Intelligence Agency (CIA) ", "Mr. Jin ",
	"Georgia Washington ", "Ivanka Trump and Trump said. ", "Xi Jinping met Xi. ", "Zoom in on Zoom lens ",
	"steal source code company ", "The US Department of Justice (DoJ) charged Mr. Jin of Zoom, Inc. ",
}

// TestB5Hostile tags inputs on which a step that is not linear would not end
// within a test run.
func TestB5Hostile(t *testing.T) {
	_, tg := defaultPack(t)
	for _, unit := range hostile {
		rec := tg.Tag(models.Document{Text: strings.Repeat(unit, 1<<17/len(unit))})
		if rec.Text == "" {
			t.Fatal("no record")
		}
	}
}

// FuzzCheck holds that any file that can be read can be checked: what Load
// made of a gazetteer with errors is sound enough for the engine.
func FuzzCheck(f *testing.F) {
	for _, folder := range []string{"ok", "err", "check"} {
		files, err := filepath.Glob("../testdata/gazetteer/" + folder + "/*.yaml")
		if err != nil || len(files) == 0 {
			f.Fatal("no cases", err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if len(src) < 10_000 {
				f.Add(src)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		g, _, err := gazetteer.LoadFS(fstest.MapFS{"a.yaml": {Data: src}}, "fuzz")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tagger.Check(g) {
			if d.Message == "" || d.Pos.Line < 1 {
				t.Errorf("a finding without a place or a word: %+v", d)
			}
		}
	})
}
