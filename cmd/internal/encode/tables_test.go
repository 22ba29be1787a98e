package encode_test

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCells(t *testing.T) {
	tests := []struct{ name, cell, want string }{
		{name: "plain", cell: "Zoom, of = course -5 @home", want: "Zoom, of = course -5 @home"},
		{name: "formula", cell: "=1+1", want: "'=1+1"},
		{name: "each sign", cell: "+1\n-1\n@a\n=a", want: "'+1\n'-1\n'@a\n'=a"},
		{name: "full width", cell: "＝1", want: "'＝1"},
		{name: "after a blank", cell: " =1", want: " '=1"},
		{name: "after a no-break space", cell: "\u00a0=1", want: "\u00a0'=1"},
		{name: "after what is not seen", cell: "\uFEFF\u200b=1", want: "\uFEFF\u200b'=1"},
		{name: "tab first", cell: "\tx", want: "'\tx"},
		{name: "tab and formula", cell: "\t=x", want: "'\t'=x"},
		{name: "carriage return first", cell: "\r=x", want: "'\r'=x"},
		{name: "line feed first", cell: "\nx", want: "'\nx"},
		{name: "after an inner line break", cell: "a\r\n  =x", want: "a\r\n  '=x"},
		{name: "after an inner tab", cell: "a\t=x", want: "a\t'=x"},
		{name: "after a semicolon", cell: "a; =x; y", want: "a; '=x; y"},
		{name: "an inner tab alone", cell: "a\n\tb", want: "a\n\tb"},
		{name: "control characters", cell: "a\x00\x1b[31m\x7f\u009bb", want: "a\uFFFD\uFFFD[31m\uFFFD\uFFFDb"},
		{name: "control character before a formula", cell: "\x00=1", want: "\uFFFD'=1"},
		{name: "every byte that is no UTF-8", cell: "a\xff\xfe", want: "a\uFFFD\uFFFD"},
		{name: "empty", cell: "", want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := bare("id", tt.cell, "")
			if got, want := titles(t, write(t, "tsv", encode.Options{}, rec), unescape), tt.want; got != want {
				t.Errorf("tsv: got %q, want %q", got, want)
			}
			raw := string([]rune(tt.cell))
			if got := titles(t, write(t, "tsv", encode.Options{RawCells: true}, rec), unescape); got != raw {
				t.Errorf("raw tsv: got %q, want %q", got, raw)
			}
			if got, want := titles(t, write(t, "csv", encode.Options{}, rec), readCSV), strings.ReplaceAll(tt.want, "\r\n", "\n"); got != want {
				t.Errorf("csv: got %q, want %q", got, want)
			}
		})
	}
}

// titles returns the title of the one row of a table of articles.
func titles(t rapid.TB, out string, read func(rapid.TB, string) [][]string) string {
	rows := read(t, out)
	return rows[1][slices.Index(rows[0], "title")]
}

// readCSV reads a table. encoding/csv makes \n of a \r\n inside of cells.
func readCSV(t rapid.TB, out string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// unescape reads a table as PostgreSQL's COPY does.
func unescape(t rapid.TB, out string) [][]string {
	t.Helper()
	var rows [][]string
	for line := range strings.Lines(out) {
		var cells []string
		for cell := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\t") {
			var b strings.Builder
			for i := 0; i < len(cell); i++ {
				if cell[i] == '\\' {
					i++
					b.WriteByte(map[byte]byte{'t': '\t', 'n': '\n', 'r': '\r', '\\': '\\'}[cell[i]])
				} else {
					b.WriteByte(cell[i])
				}
			}
			cells = append(cells, b.String())
		}
		if len(rows) > 0 && len(cells) != len(rows[0]) {
			t.Fatalf("%d cells under %d columns: %q", len(cells), len(rows[0]), line)
		}
		rows = append(rows, cells)
	}
	return rows
}

// TestNoCellIsAFormula looks at every place at which a program may cut a cell.
func TestNoCellIsAFormula(t *testing.T) {
	pieces := []string{"=", "+", "-", "@", "＝", " ", "\u00a0", "\t", "\r", "\n", ";", "\x00", "\uFEFF", "\xff", "a", "\"", ",", "'", "\\"}
	rapid.Check(t, func(t *rapid.T) {
		cell := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "cell"), "")
		got := titles(t, write(t, "tsv", encode.Options{}, bare("id", cell, "")), unescape)
		for _, part := range strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune("\r\n\t;", r) }) {
			if seen := strings.TrimLeft(part, " \u00a0\uFEFF"); strings.IndexAny(seen, "=+-@＝") == 0 {
				t.Fatalf("%q is written as %q", cell, got)
			}
		}
		kept := strings.NewReplacer("'", "", "\x00", "\uFFFD", "\xff", "\uFFFD")
		if diff := cmp.Diff(kept.Replace(got), kept.Replace(cell)); diff != "" {
			t.Fatalf("more than ' was added (-got +want):\n%s", diff)
		}
	})
}

// checkMentions holds that every format with a mention a row says the same as
// the record in JSON.
func checkMentions(t rapid.TB, rec *models.Record, unit encode.Offsets) {
	t.Helper()
	opts := encode.Options{Table: encode.Mentions, RawCells: true, Offsets: unit}
	want := spansOf(t, write(t, "jsonl", opts, rec))
	var got []seen
	for line := range strings.Lines(write(t, "mentions", opts, rec)) {
		var s seen
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Fatalf("mentions (-got +want):\n%s", diff)
	}
	if diff := cmp.Diff(fromTable(t, unescape(t, write(t, "tsv", opts, rec))), want); diff != "" {
		t.Fatalf("tsv (-got +want):\n%s", diff)
	}
	for i := range want {
		want[i].Quote = strings.ReplaceAll(want[i].Quote, "\r\n", "\n")
	}
	if diff := cmp.Diff(fromTable(t, readCSV(t, write(t, "csv", opts, rec))), want); diff != "" {
		t.Fatalf("csv (-got +want):\n%s", diff)
	}
}

func fromTable(t rapid.TB, rows [][]string) []seen {
	t.Helper()
	at := func(row []string, column string) string { return row[slices.Index(rows[0], column)] }
	var spans []seen
	for _, row := range rows[1:] {
		start, err := strconv.Atoi(at(row, "start"))
		if err != nil {
			t.Fatal(err)
		}
		end, err := strconv.Atoi(at(row, "end"))
		if err != nil {
			t.Fatal(err)
		}
		spans = append(spans, seen{at(row, "field"), start, end, at(row, "quote"), at(row, "entity")})
	}
	return spans
}
