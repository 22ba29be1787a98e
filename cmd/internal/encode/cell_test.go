package encode_test

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestC10Cells(t *testing.T) {
	tests := []struct{ name, cell, want string }{
		{name: "plain", cell: "Zoom, of = course -5 @home", want: "Zoom, of = course -5 @home"},
		{name: "formula", cell: "=1+1", want: "'=1+1"},
		{name: "each sign", cell: "+1\n-1\n@a\n=a", want: "'+1\n'-1\n'@a\n'=a"},
		{name: "full width", cell: "＝1", want: "'＝1"},
		{name: "after a blank", cell: " =1", want: "' =1"},
		{name: "after a no-break space", cell: "\u00a0=1", want: "'\u00a0=1"},
		{name: "after what is not seen", cell: "\uFEFF\u200b=1", want: "'\uFEFF\u200b=1"},
		{name: "tab first", cell: "\tx", want: "'\tx"},
		{name: "tab and formula", cell: "\t=x", want: "'\t'=x"},
		{name: "carriage return first", cell: "\r=x", want: "'\r'=x"},
		{name: "line feed first", cell: "\nx", want: "'\nx"},
		{name: "after an inner line break", cell: "a\r\n  =x", want: "a\r\n  '=x"},
		{name: "after an inner tab", cell: "a\t=x", want: "a\t'=x"},
		{name: "after a semicolon", cell: "a; =x; y", want: "a; '=x; y"},
		{name: "an inner tab alone", cell: "a\n\tb", want: "a\n\tb"},
		{name: "control characters", cell: "a\x00\x1b[31m\x7f\u009bb", want: "a\uFFFD\uFFFD[31m\uFFFD\uFFFDb"},
		{name: "control character before a formula", cell: "\x00=1", want: "'\uFFFD=1"},
		{name: "every byte that is no UTF-8", cell: "a\xff\xfe", want: "a\uFFFD\uFFFD"},
		{name: "empty", cell: "", want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// encoding/csv reads \r\n in a cell as \n
			if got, want := title(t, tt.cell, false), strings.ReplaceAll(tt.want, "\r\n", "\n"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := title(t, tt.cell, true), strings.ReplaceAll(string([]rune(tt.cell)), "\r\n", "\n"); got != want {
				t.Errorf("raw: got %q, want %q", got, want)
			}
		})
	}
}

// title returns what a reader of csv sees of a title.
func title(t rapid.TB, cell string, raw bool) string {
	t.Helper()
	enc, err := encode.New("csv", encode.Options{RawCells: raw})
	if err != nil {
		t.Fatal(err)
	}
	out := enc.Worker()(slices.Clone(enc.Head), bare("id", cell, ""))
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1][slices.Index(rows[0], "title")]
}

var lineEnd = regexp.MustCompile(`\r*\n`)

// TestC10NoCellIsAFormula looks at every place at which a program may cut a cell.
func TestC10NoCellIsAFormula(t *testing.T) {
	pieces := []string{"=", "+", "-", "@", "＝", " ", "\u00a0", "\t", "\r", "\n", ";", "\x00", "\uFEFF", "\xff", "a", "\"", ",", "'", "\\"}
	rapid.Check(t, func(t *rapid.T) {
		cell := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "cell"), "")
		got := title(t, cell, false)
		for part := range strings.FieldsFuncSeq(got, func(r rune) bool { return strings.ContainsRune("\r\n\t;", r) }) {
			if strings.IndexAny(strings.TrimLeft(part, " \u00a0\uFEFF"), "=+-@＝") == 0 {
				t.Fatalf("%q is written as %q", cell, got)
			}
		}
		kept := func(s string) string {
			s = strings.NewReplacer("'", "", "\x00", "\uFFFD", "\xff", "\uFFFD").Replace(s)
			return lineEnd.ReplaceAllString(s, "\n") // csv reads a line end as one byte, and \r\r\n as two
		}
		if diff := cmp.Diff(kept(got), kept(cell)); diff != "" {
			t.Fatalf("more than ' was added (-got +want):\n%s", diff)
		}
	})
}
