package encode_test

import (
	"encoding/json"
	"slices"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The wire is what the tests read back of a record.
type wire struct {
	Title    string
	Text     string
	Entities []struct{ Mentions []wireSpan }
}

type wireSpan struct {
	Field      string
	Start, End int
	Quote      string
}

func decode(t rapid.TB, line []byte) wire {
	t.Helper()
	var w wire
	if err := json.Unmarshal(line, &w); err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	return w
}

// naive counts s the slow way.
func naive(s string, unit encode.Offsets) int {
	switch unit {
	case encode.Byte:
		return len(s)
	case encode.UTF16:
		return len(utf16.Encode([]rune(s)))
	}
	return len([]rune(s))
}

// texts draws what offsets stumble over: wide runes, marks, line ends, a byte
// order mark and bytes that are no UTF-8.
func texts() *rapid.Generator[string] {
	pieces := []string{"a", "Xi ", "of eleven b", "é", "e\u0301", "€", "中", "🏦", "👩\u200d🚀", "\uFEFF", "\r\n", "\u2028", "\x00", "\"", "\xff", "\xed\xa0\x80"}
	return rapid.Custom(func(t *rapid.T) string {
		var s []byte
		for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces") {
			s = append(s, p...)
		}
		return string(s)
	})
}

// starts lists the positions in s at which a rune begins or s ends.
func starts(s string) []int {
	var at []int
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

func TestOffsetsAgreeWithNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]encode.Offsets{encode.CodePoint, encode.Byte, encode.UTF16}).Draw(t, "unit")
		rec := models.Record{Title: texts().Draw(t, "title"), Text: texts().Draw(t, "text")}
		doc := models.Document{Title: rec.Title, Text: rec.Text}
		found := models.Found{ID: "x"}
		var want []wireSpan
		for range rapid.IntRange(0, 12).Draw(t, "spans") {
			field := rapid.SampledFrom([]models.Field{models.Title, models.Text}).Draw(t, "field")
			s := field.Of(&doc)
			ends := rapid.SliceOfN(rapid.SampledFrom(starts(s)), 2, 2).Draw(t, "ends")
			slices.Sort(ends)
			place := models.Place{Field: field, Span: models.Span{Start: ends[0], End: ends[1]}}
			quote := s[ends[0]:ends[1]]
			found.Mentions = append(found.Mentions, models.Mention{Place: place, Quote: quote})
			want = append(want, wireSpan{field.String(), naive(s[:ends[0]], unit), naive(s[:ends[1]], unit), string([]rune(quote))})
		}
		rec.Entities = []models.Found{found}
		encoder, err := encode.New("jsonl", encode.Options{Offsets: unit})
		if err != nil {
			t.Fatal(err)
		}
		appendRecord := encoder.Worker()
		got := decode(t, appendRecord(nil, &rec)).Entities[0].Mentions
		if len(got) == 0 {
			got = nil
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Fatalf("spans (-got +want):\n%s", diff)
		}
	})
}

// TestOffsetsPointIntoWrittenText is what a reader of the record relies on:
// the offsets hold in the text that the record carries, whatever the bytes
// were.
func TestOffsetsPointIntoWrittenText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		ends := rapid.SliceOfN(rapid.SampledFrom(starts(text)), 2, 2).Draw(t, "ends")
		slices.Sort(ends)
		rec := models.Record{Text: text, Derived: true, Entities: []models.Found{{Mentions: []models.Mention{{
			Place: models.Place{Field: models.Text, Span: models.Span{Start: ends[0], End: ends[1]}},
			Quote: text[ends[0]:ends[1]],
		}}}}}
		encoder, err := encode.New("jsonl", encode.Options{})
		if err != nil {
			t.Fatal(err)
		}
		appendRecord := encoder.Worker()
		line := appendRecord(nil, &rec)
		if !utf8.Valid(line) {
			t.Fatalf("the line is not UTF-8: %q", line)
		}
		w := decode(t, line)
		m := w.Entities[0].Mentions[0]
		if got := string([]rune(w.Text)[m.Start:m.End]); got != m.Quote {
			t.Fatalf("got %q at the offsets, want the quote %q", got, m.Quote)
		}
	})
}

func TestParseOffsets(t *testing.T) {
	for _, name := range encode.OffsetNames() {
		if o, err := encode.ParseOffsets(name); err != nil || o.String() != name {
			t.Errorf("ParseOffsets(%q): got %v, %v", name, o, err)
		}
	}
	if _, err := encode.ParseOffsets("rune"); err == nil {
		t.Error("ParseOffsets(rune): got no error, want one")
	}
}
