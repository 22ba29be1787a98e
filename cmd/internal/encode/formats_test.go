package encode_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	"pgregory.net/rapid"
)

// write encodes records as a run does.
func write(t rapid.TB, format string, opts encode.Options, recs ...*models.Record) string {
	t.Helper()
	enc, err := encode.New(format, opts)
	if err != nil {
		t.Fatal(err)
	}
	out := slices.Clone(enc.Head)
	appendRecord := enc.Worker()
	for _, rec := range recs {
		out = appendRecord(out, rec)
	}
	if enc.Foot != nil {
		out = enc.Foot(out)
	}
	return string(out)
}

// hostileRecord holds what breaks tables, lines and terminals.
func hostileRecord(t testing.TB) *models.Record {
	const quote = "=Evil \"Corp\",\r\n\tLtd\u2028\x1b[31m\\N 🏦"
	rec := bare("=cmd|'/c calc'!A0#1", "\t-1; @x, \"é\"\n = 2", "A\x00 \xff🏦 said "+quote+" \u00a0+49 is it.")
	rec.Source.Path = "=cmd|'/c calc'!A0"
	rec.Derived = true
	rec.Entities = []models.Found{{
		ID: "@evil", Name: "=Evil \"Corp\"", Type: "ORG", Groups: []string{"-a", "b"}, Count: 1, Relevance: 0.3,
		Links:    []models.Link{{Key: "url", Value: "https://evil.example/?a=1"}, {Key: "lei", Value: "+5"}, {Key: "wikidata", Value: "Q7\"><"}},
		Mentions: []models.Mention{{Place: place(t, rec, quote), Quote: quote, Alias: "=Evil", Zone: models.Lead, Confidence: 0.98}},
	}}
	rec.Topics = []models.Topic{{ID: "date", Label: "＝fraud", Score: 0.6, Threshold: 0.5, For: 0.6, Why: "-x\n+y",
		Clues: []models.Clue{{Name: "c", Weight: "strong", Mentions: 1, Adds: 0.6, Spans: []models.Evidence{{Place: place(t, rec, quote), Quote: quote, By: "x"}}}}}}
	return rec
}

func TestTextFormatsGolden(t *testing.T) {
	topics := []string{"date", "corporate-espionage", "espionage"}
	tests := []struct {
		name, format string
		opts         encode.Options
	}{
		{name: "mentions.jsonl", format: "mentions"},
		{name: "mentions-utf16.jsonl", format: "mentions", opts: encode.Options{Offsets: encode.UTF16}},
		{name: "articles.csv", format: "csv"},
		{name: "articles-text.csv", format: "csv", opts: encode.Options{IncludeText: true}},
		{name: "articles-raw.csv", format: "csv", opts: encode.Options{IncludeText: true, RawCells: true}},
		{name: "topics.csv", format: "csv", opts: encode.Options{Table: encode.Topics}},
		{name: "mentions.csv", format: "csv", opts: encode.Options{Table: encode.Mentions}},
		{name: "articles.tsv", format: "tsv", opts: encode.Options{IncludeText: true}},
		{name: "topics.tsv", format: "tsv", opts: encode.Options{Table: encode.Topics}},
		{name: "mentions.tsv", format: "tsv", opts: encode.Options{Table: encode.Mentions}},
		{name: "spacy.jsonl", format: "spacy"},
		{name: "w3c.jsonl", format: "w3c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.opts.Topics = topics
			got := write(t, tt.format, tt.opts, full(t), hostileRecord(t), bare("a.txt", "", ""), bare("b.txt", "Only a title", ""))
			if !utf8.ValidString(got) || !strings.HasSuffix(got, "\n") {
				t.Errorf("not UTF-8, or no line end at the end: %q", got)
			}
			golden(t, "../formats/"+tt.name, got)
		})
	}
}

// A seen is a span as the reader of a format sees it.
type seen struct {
	Field      string
	Start, End int
	Quote      string
	Entity     string // "" if it is undecided
}

// spansOf reads the spans of a record in JSON, in the order of reading.
func spansOf(t rapid.TB, line string) []seen {
	t.Helper()
	var rec struct {
		Entities []struct {
			ID       string
			Mentions []seen
		}
		Undecided []seen
	}
	if err := json.Unmarshal([]byte(line), &rec); err != nil {
		t.Fatal(err)
	}
	spans := rec.Undecided
	for _, e := range rec.Entities {
		for _, m := range e.Mentions {
			m.Entity = e.ID
			spans = append(spans, m)
		}
	}
	slices.SortStableFunc(spans, func(a, b seen) int {
		return cmp.Or(strings.Compare(b.Field, a.Field), a.Start-b.Start, b.End-a.End, strings.Compare(a.Entity, b.Entity))
	})
	return spans
}

// scatteredRecords draws records whose spans stand anywhere.
func scatteredRecords() *rapid.Generator[*models.Record] {
	return rapid.Custom(func(t *rapid.T) *models.Record {
		rec := bare("a#1", texts().Draw(t, "title"), texts().Draw(t, "text"))
		rec.Entities = []models.Found{{ID: "y", Name: "Y", Type: "ORG"}, {ID: "x", Name: "X", Type: "GPE"}}
		for range rapid.IntRange(0, 8).Draw(t, "spans") {
			p := models.Place{Field: rapid.SampledFrom([]models.Field{models.Title, models.Text}).Draw(t, "field")}
			s := p.Field.Of(&models.Document{Title: rec.Title, Text: rec.Text})
			ends := rapid.SliceOfN(rapid.SampledFrom(starts(s)), 2, 2).Draw(t, "ends")
			p.Start, p.End = slices.Min(ends), slices.Max(ends)
			if i := rapid.IntRange(0, 2).Draw(t, "entity"); i < 2 {
				e := &rec.Entities[i]
				e.Mentions = append(e.Mentions, models.Mention{Place: p, Quote: s[p.Start:p.End]})
			} else {
				rec.Undecided = append(rec.Undecided, models.Undecided{Place: p, Quote: s[p.Start:p.End]})
			}
		}
		return rec
	})
}

// TestFormatsAgree holds that every format tells the spans that the record in
// JSON has.
func TestFormatsAgree(t *testing.T) {
	units := []encode.Offsets{encode.CodePoint, encode.Byte, encode.UTF16}
	t.Run("scattered", rapid.MakeCheck(func(t *rapid.T) {
		rec := scatteredRecords().Draw(t, "rec")
		checkMentions(t, rec, rapid.SampledFrom(units).Draw(t, "unit"))
		checkWhole(t, rec)
	}))
	for name, recs := range map[string][]*models.Record{"made up": {full(t), hostileRecord(t)}, "articles": articles(t)} {
		t.Run(name, func(t *testing.T) {
			spans := 0
			for _, rec := range recs {
				for _, unit := range units {
					checkMentions(t, rec, unit)
				}
				checkWhole(t, rec)
				spans += len(spansOf(t, write(t, "jsonl", encode.Options{}, rec)))
			}
			if spans < 5 {
				t.Errorf("got %d spans, too few to tell", spans)
			}
		})
	}
}

// articles are the records of the project's own articles.
func articles(t *testing.T) []*models.Record {
	t.Helper()
	g, _, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	tag, err := tagger.New(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../../testdata/articles/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	var recs []*models.Record
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		title, body, _ := strings.Cut(string(text), "\n")
		rec := tag.Tag(models.Document{ID: filepath.Base(file), Title: title, Text: body})
		recs = append(recs, &rec)
	}
	return recs
}
