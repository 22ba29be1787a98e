package encode_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unsafe"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// rowsOf reads all rows of a Parquet file.
func rowsOf[T any](t *testing.T, b []byte) []T {
	t.Helper()
	rows, err := parquet.Read[T](bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestParquetArticles reads articles back and compares them with the records'
// JSON, whose keys the columns have.
func TestParquetArticles(t *testing.T) {
	recs, _ := tagged(t)
	recs[0].Meta = []models.Meta{{Key: "url", JSON: `"u"`}, {Key: "n", JSON: "[1,2]"}}
	recs[1].Date, recs[1].DateFrom = "1969-12-31", "flag"
	for _, offsets := range []encode.Offsets{encode.CodePoint, encode.UTF16} {
		opts := encode.Options{Offsets: offsets}
		want := lines[map[string]any](t, written(t, "jsonl", recs, opts))
		got := rowsOf[any](t, written(t, "parquet", recs, opts))
		if len(got) != len(want) {
			t.Fatalf("%d rows, want %d", len(got), len(want))
		}
		for i := range got {
			holds(t, recs[i].ID, want[i], got[i])
		}
	}
}

// holds reports what a row has not as the record's JSON has it. Keys of the
// record's frame, which are metadata of the file, are left out.
func holds(t *testing.T, at string, want, got any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		row, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s: got %T", at, got)
			return
		}
		for key, value := range want {
			switch key {
			case "schema", "tool", "offsets", "gazetteer":
				continue
			case "source":
				holds(t, at, value, map[string]any{"path": row["path"], "format": row["format"], "sha256": row["sha256"]})
			case "links":
				links := map[string]any{}
				for _, l := range row["links"].([]any) {
					links[fmt.Sprint(l.(map[string]any)["key"])] = l.(map[string]any)["value"]
				}
				holds(t, at+".links", value, links)
			case "meta":
				var meta any
				if err := json.Unmarshal([]byte(fmt.Sprint(text(row["meta"]))), &meta); err != nil {
					t.Errorf("%s.meta: %v", at, err)
				}
				holds(t, at+".meta", value, meta)
			case "via":
				if via := text(row["via"]); row["via"] != nil && via != value || row["via"] == nil && row["child"] == nil {
					t.Errorf("%s.via: got %v, want %v", at, via, value)
				}
			case "date":
				days, err := time.Parse(time.DateOnly, fmt.Sprint(value))
				if err != nil || fmt.Sprint(row["date"]) != fmt.Sprint(days.Unix()/86400) {
					t.Errorf("%s.date: got %v, want %v", at, row["date"], value)
				}
			default:
				holds(t, at+"."+key, value, row[key])
			}
		}
	case []any:
		list, _ := got.([]any)
		if len(list) != len(want) {
			t.Errorf("%s: got %d of %d", at, len(list), len(want))
			return
		}
		for i := range want {
			holds(t, fmt.Sprintf("%s[%d]", at, i), want[i], list[i])
		}
	default:
		if fmt.Sprint(text(got)) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", at, text(got), want)
		}
	}
}

// text makes a string of bytes.
func text(v any) any {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return v
}

// TestParquetMentions compares the rows with the lines of the other format of
// mentions, and holds every span against its text.
func TestParquetMentions(t *testing.T) {
	recs, _ := tagged(t)
	recs[1].Date = "1969-12-31"
	recs[2].Date = "2024-02-29"
	for i := range recs[2].Entities {
		recs[2].Entities[i].Links = []models.Link{{Key: "wikidata", Value: fmt.Sprint("Q", i)}}
	}
	recs[2].Undecided = []models.Undecided{{
		Place: models.Place{Field: models.Text, Span: models.Span{End: 4}}, Quote: recs[2].Text[:4],
		Via: models.ViaFamily, Zone: models.Lead, Candidates: []models.Candidate{{ID: "a"}, {Name: "B C"}, {ID: "d", Name: "D"}},
	}}
	opts := encode.Options{Table: encode.Mentions}
	want := lines[map[string]any](t, written(t, "mentions", recs, opts))
	got := rowsOf[any](t, written(t, "parquet", recs, opts))
	if len(got) != len(want) || undecided(recs) == 0 {
		t.Fatalf("%d rows, want %d, of which %d undecided", len(got), len(want), undecided(recs))
	}
	for i := range got {
		at := fmt.Sprintf("row %d", i)
		holds(t, at, want[i], got[i])
		row := got[i].(map[string]any)
		article, field, quote := fmt.Sprint(text(row["article"])), fmt.Sprint(text(row["field"])), text(row["quote"])
		start, end := int(row["start"].(int64)), int(row["end"].(int64))
		if q := points(fieldText(byID(recs)[article], field), start, end); q != quote {
			t.Errorf("%s: %d to %d of %s is %q, not %q", at, start, end, article, q, quote)
		}
		if _, ok := want[i]["candidates"]; ok && (row["id"] != nil || row["confidence"] != nil) {
			t.Errorf("%s: undecided, and has the entity %v", at, text(row["id"]))
		}
	}
}

// TestParquetTopics compares the rows with the topics of the records' JSON.
func TestParquetTopics(t *testing.T) {
	recs, _ := tagged(t)
	opts := encode.Options{Table: encode.Topics}
	got := rowsOf[any](t, written(t, "parquet", recs, opts))
	i := 0
	for _, rec := range lines[map[string]any](t, written(t, "jsonl", recs, opts)) {
		for _, v := range rec["topics"].([]any) {
			want := v.(map[string]any)
			want["article"], want["topic"] = rec["id"], want["id"]
			delete(want, "id")
			for _, key := range []string{"clues", "counter"} {
				var names []any
				list, _ := want[key].([]any)
				for _, c := range list {
					names = append(names, c.(map[string]any)["name"])
				}
				want[key] = names
			}
			if i == len(got) {
				t.Fatalf("%d rows, want more", i)
			}
			holds(t, fmt.Sprintf("row %d", i), want, got[i])
			i++
		}
	}
	if i == 0 || i != len(got) {
		t.Errorf("%d rows, want %d", len(got), i)
	}
}

// TestParquetIsBounded: a group ends before it grows large, whatever makes it
// large, and is handed on.
func TestParquetIsBounded(t *testing.T) {
	long := strings.Repeat("a b ", 5_000)
	crowd := models.Record{ID: "x"}
	for range 2_500 {
		crowd.Undecided = append(crowd.Undecided, models.Undecided{Candidates: []models.Candidate{{ID: "a"}, {ID: "b"}}})
	}
	mass := models.Record{ID: "x"}
	for range 250_000 {
		mass.Undecided = append(mass.Undecided, models.Undecided{})
	}
	tests := []struct {
		name     string
		table    encode.Table
		rec      models.Record
		articles int
		groups   int // at least
	}{
		{"texts", encode.Articles, models.Record{ID: "x", Derived: true, Text: long}, 10_000, 11},
		{"titles", encode.Articles, models.Record{ID: "x", Derived: true, Title: long}, 2_000, 2},
		{"fields of the source", encode.Articles, models.Record{ID: "x", Meta: []models.Meta{{Key: "k", JSON: `"` + long + `"`}}}, 2_000, 2},
		{"undecided names", encode.Articles, crowd, 400, 2},
		{"rows", encode.Mentions, crowd, 100, 3},
		{"rows of one article", encode.Mentions, mass, 1, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := encode.New("parquet", encode.Options{Table: tt.table})
			if err != nil {
				t.Fatal(err)
			}
			var file []byte
			rec := tt.rec
			for i := range tt.articles {
				rec.ID = fmt.Sprint(i)
				file = e.Next(file, &rec)
			}
			early := len(file)
			file = e.Foot(file)
			f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
			if err != nil {
				t.Fatal(err)
			}
			if n := len(f.RowGroups()); n < tt.groups || early < len(file)/2-32<<10 { // what it buffers
				t.Errorf("%d groups, want %d; %d of %d bytes were handed on before the end", n, tt.groups, early, len(file))
			}
			for i, g := range f.Metadata().RowGroups {
				if g.NumRows > 101_000 || g.TotalByteSize > 34<<20 {
					t.Errorf("group %d has %d rows and %d bytes", i, g.NumRows, g.TotalByteSize)
				}
			}
		})
	}
}

// TestParquetKeepsNothingOfARecord: the engine fills the same record again,
// whose strings may lie in the memory of the last document.
func TestParquetKeepsNothingOfARecord(t *testing.T) {
	for _, table := range []encode.Table{encode.Articles, encode.Topics, encode.Mentions} {
		e, err := encode.New("parquet", encode.Options{Table: table})
		if err != nil {
			t.Fatal(err)
		}
		var file []byte
		var recs []models.Record
		for _, id := range []string{"first", "other"} {
			recs = append(recs, sharing([]byte(id)))
			memory := []byte(id)
			rec := sharing(memory)
			file = e.Next(file, &rec)
			copy(memory, "?????")
			for i := range rec.Undecided {
				rec.Undecided[i] = models.Undecided{}
			}
		}
		if got, want := e.Foot(file), written(t, "parquet", recs, encode.Options{Table: table}); !bytes.Equal(got, want) {
			t.Errorf("%s: what a record became after Next is in the file", table)
		}
	}
}

// sharing returns a record whose strings all lie in b.
func sharing(b []byte) models.Record {
	s := unsafe.String(&b[0], len(b))
	place := models.Place{Field: models.Text, Span: models.Span{End: len(s)}}
	evidence := []models.Evidence{{Place: place, Quote: s, By: s}}
	return models.Record{
		ID: s, Source: models.Source{Path: s}, Title: s, Text: s, Derived: true,
		Entities: []models.Found{{ID: s, Name: s, Type: s, Groups: []string{s}, Mentions: []models.Mention{
			{Place: place, Quote: s, Alias: s, Decided: s, Antecedent: &place},
		}}},
		Undecided: []models.Undecided{{Place: place, Quote: s, Candidates: []models.Candidate{{Name: s}}}},
		Topics:    []models.Topic{{ID: s, Label: s, Why: s, Clues: []models.Clue{{Name: s, Spans: evidence}}}},
	}
}

// TestParquetNamesItsMaker: the metadata stand for the frame of every record,
// and are there without one.
func TestParquetNamesItsMaker(t *testing.T) {
	opts := encode.Options{
		Offsets: encode.UTF16, Tool: "wiretag 1.2.3", Gazetteer: models.Gazetteer{Name: "world", Hash: "sha256:00"},
	}
	want := map[string]string{"tool": "wiretag 1.2.3", "gazetteer": "world", "gazetteer_hash": "sha256:00", "offsets": "utf16"}
	for _, opts.Table = range []encode.Table{encode.Articles, encode.Topics, encode.Mentions} {
		b := written(t, "parquet", nil, opts)
		f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, kv := range f.Metadata().KeyValueMetadata {
			got[kv.Key] = kv.Value
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", opts.Table, diff)
		}
		if by := f.Metadata().CreatedBy; by != "wiretag version 1.2.3(build )" || len(f.Root().Columns()) < 12 {
			t.Errorf("%s: created by %q, %d columns", opts.Table, by, len(f.Root().Columns()))
		}
	}
}

func TestParquetIsTheSameEveryTime(t *testing.T) {
	recs, _ := tagged(t)
	for _, table := range []encode.Table{encode.Articles, encode.Topics, encode.Mentions} {
		a, b := written(t, "parquet", recs, encode.Options{Table: table}), written(t, "parquet", recs, encode.Options{Table: table})
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two files of the same records differ", table)
		}
		if empty := rowsOf[any](t, written(t, "parquet", nil, encode.Options{Table: table})); len(empty) != 0 {
			t.Errorf("%s: an empty run has %d rows", table, len(empty))
		}
	}
}
