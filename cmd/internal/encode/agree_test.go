package encode_test

import (
	"bytes"
	stdcmp "cmp"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

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
		return stdcmp.Or(strings.Compare(b.Field, a.Field), a.Start-b.Start, b.End-a.End, strings.Compare(a.Entity, b.Entity))
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

// TestFormatsAgree holds that spans which stand anywhere, in texts that offsets
// stumble over, are the same in every format as in the record.
func TestFormatsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rec := scatteredRecords().Draw(t, "rec")
		unit := rapid.SampledFrom([]encode.Offsets{encode.CodePoint, encode.Byte, encode.UTF16}).Draw(t, "unit")
		opts := encode.Options{Table: encode.Mentions, RawCells: true, Offsets: unit}
		want := spansOf(t, string(one(t, "jsonl", opts, rec)))
		same := func(format string, got, want []seen) {
			t.Helper()
			if diff := cmp.Diff(got, want, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s (-got +want):\n%s", format, diff)
			}
		}
		same("mentions", fromMentions(t, one(t, "mentions", opts, rec)), want)
		same("spacy", fromSpacy(t, one(t, "spacy", opts, rec)), decided(whole(rec), rec, spansOf(t, string(one(t, "jsonl", encode.Options{}, rec)))))
		for i := range want {
			want[i].Quote = strings.ReplaceAll(want[i].Quote, "\r\n", "\n") // as encoding/csv reads it
		}
		same("csv", fromSheet(t, ',', one(t, "csv", opts, rec)), want)
		same("tsv", fromSheet(t, '\t', one(t, "tsv", opts, rec)), want)
	})
}

// one is what a format writes of one record.
func one(t rapid.TB, format string, opts encode.Options, rec *models.Record) []byte {
	t.Helper()
	enc, err := encode.New(format, opts)
	if err != nil {
		t.Fatal(err)
	}
	return enc.Worker()(slices.Clone(enc.Head), rec)
}

func fromMentions(t rapid.TB, out []byte) []seen {
	t.Helper()
	var spans []seen
	for line := range bytes.Lines(out) {
		var s struct {
			seen
			ID string
		}
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		s.Entity = s.ID
		spans = append(spans, s.seen)
	}
	return spans
}

func fromSheet(t rapid.TB, comma rune, out []byte) []seen {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(out))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(row []string, column string) string { return row[slices.Index(rows[0], column)] }
	var spans []seen
	for _, row := range rows[1:] {
		start, err1 := strconv.Atoi(at(row, "start"))
		end, err2 := strconv.Atoi(at(row, "end"))
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		spans = append(spans, seen{at(row, "field"), start, end, at(row, "quote"), at(row, "id")})
	}
	return spans
}

// fromSpacy reads the spans, whose quotes are looked up in the text.
func fromSpacy(t rapid.TB, out []byte) []seen {
	t.Helper()
	var line struct {
		Text  string
		Spans []struct {
			Start, End int
			ID         string
		}
	}
	if err := json.Unmarshal(out, &line); err != nil {
		t.Fatal(err)
	}
	var spans []seen
	for _, s := range line.Spans {
		spans = append(spans, seen{"", s.Start, s.End, points(line.Text, s.Start, s.End), s.ID})
	}
	return spans
}

// decided leaves out the undecided spans and counts the others in the whole.
func decided(whole string, rec *models.Record, spans []seen) []seen {
	shift := len([]rune(whole)) - len([]rune(rec.Text))
	var out []seen
	for _, s := range spans {
		if s.Entity == "" {
			continue
		}
		if s.Field == "text" {
			s.Start += shift
			s.End += shift
		}
		s.Field = ""
		out = append(out, s)
	}
	return out
}
