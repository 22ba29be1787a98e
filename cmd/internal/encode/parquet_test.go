package encode_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

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
				if row["date"] == nil {
					t.Errorf("%s.date: got none, want %v", at, value)
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

func TestParquetFlatTables(t *testing.T) {
	recs, _ := tagged(t)
	type mention struct {
		Article string `parquet:"article"`
		Field   string `parquet:"field"`
		Start   int64  `parquet:"start"`
		End     int64  `parquet:"end"`
		Quote   string `parquet:"quote"`
		ID      string `parquet:"id,optional"`
		Type    string `parquet:"type,optional"`
	}
	got, doubts := map[mark]int{}, 0
	for _, m := range rowsOf[mention](t, written(t, "parquet", recs, encode.Options{Table: encode.Mentions})) {
		if q := points(fieldText(byID(recs)[m.Article], m.Field), int(m.Start), int(m.End)); q != m.Quote {
			t.Errorf("%s: %d to %d is %q, not %q", m.Article, m.Start, m.End, q, m.Quote)
		}
		if m.ID == "" {
			doubts++
			continue
		}
		got[mark{m.Article, m.Field, m.Quote, m.Type, m.ID}]++
	}
	if diff := cmp.Diff(marks(recs, true), got); diff != "" || doubts != undecided(recs) {
		t.Errorf("%d undecided; mentions (-record +row):\n%s", doubts, diff)
	}

	type topic struct {
		Article string   `parquet:"article"`
		Topic   string   `parquet:"topic"`
		Score   float64  `parquet:"score"`
		Clues   []string `parquet:"clues,list"`
	}
	i, rows := 0, rowsOf[topic](t, written(t, "parquet", recs, encode.Options{Table: encode.Topics}))
	for _, r := range recs {
		for _, want := range r.Topics {
			if i >= len(rows) || rows[i].Article != r.ID || rows[i].Topic != want.ID || rows[i].Score != want.Score || len(rows[i].Clues) != len(want.Clues) {
				t.Fatalf("row %d is not %s of %s", i, want.ID, r.ID)
			}
			i++
		}
	}
	if i == 0 || i != len(rows) {
		t.Errorf("%d rows, want %d", len(rows), i)
	}
}

// TestParquetIsBounded: a group ends before it grows large, and is handed on.
func TestParquetIsBounded(t *testing.T) {
	e, err := encode.New("parquet", encode.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rec := models.Record{ID: "x", Derived: true, Text: strings.Repeat("a b ", 50_000)}
	var file []byte
	longest, last := 0, 0
	for i := range 300 { // 60 MB
		file = e.Next(file, &rec)
		if len(file) > last {
			longest, last = max(longest, i), len(file)
		}
	}
	file = e.Foot(file)
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n < 3 || f.NumRows() != 300 || longest < 200 {
		t.Errorf("%d groups, %d rows, last handed on at %d", n, f.NumRows(), longest)
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
