package corpus_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"wiretag/cmd/internal/corpus"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
)

// An item is what the tests compare: an article or a problem.
type item struct {
	ID, Title, Text string
	Date            models.Date
	From            string
	Derived         bool
	Problem         string
	Note            bool
}

// read opens and reads the operands.
func read(t *testing.T, opts corpus.Options, operands ...string) []item {
	t.Helper()
	c, err := corpus.Open(operands, opts)
	if err != nil {
		t.Fatal(err)
	}
	var items []item
	for doc, err := range c.Articles() {
		if err == nil {
			if len(doc.Source.SHA256) != 64 || doc.Source.Path == "" {
				t.Errorf("%s: got source %+v", doc.ID, doc.Source)
			}
			items = append(items, item{ID: doc.ID, Title: doc.Title, Text: doc.Text, Date: doc.Date, From: doc.DateFrom, Derived: doc.Derived})
			continue
		}
		p, ok := errors.AsType[*corpus.Problem](err)
		if !ok {
			t.Fatalf("got %T, want a *Problem", err)
		}
		items = append(items, item{Problem: p.Error(), Note: p.Note})
	}
	return items
}

// write makes files below a new working folder.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func same(t *testing.T, got, want []item) {
	t.Helper()
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("items (-got +want):\n%s", diff)
	}
}

const (
	bom      = "\uFEFF"
	utf16BOM = "\xff\xfe"
)

func TestText(t *testing.T) {
	refused := func(reason string) item { return item{Problem: "a.txt: " + reason} }
	tests := []struct {
		name    string
		content string
		want    item
	}{
		{name: "B1 empty", content: "", want: item{ID: "a.txt"}},
		{name: "B1 only spaces", content: "  \n ", want: item{ID: "a.txt", Text: "  \n "}},
		{name: "B1 only BOM", content: bom, want: item{ID: "a.txt", Text: bom}},
		{name: "B1 no final newline", content: "x", want: item{ID: "a.txt", Text: "x"}},
		{name: "B1 CR, CRLF, U+2028", content: "a\rb\r\nc\u2028", want: item{ID: "a.txt", Text: "a\rb\r\nc\u2028"}},
		{name: "B2 surrogate bytes", content: "ab\xed\xa0\x80", want: refused("not UTF-8: invalid byte 0xED at byte 2; convert it, or name its --encoding")},
		{name: "B2 overlong", content: "\xc0\xaf", want: refused("not UTF-8: invalid byte 0xC0 at byte 0; convert it, or name its --encoding")},
		{name: "B2 above U+10FFFF", content: "é\xf5\x80\x80\x80", want: refused("not UTF-8: invalid byte 0xF5 at byte 2; convert it, or name its --encoding")},
		{name: "B2 replacement character", content: "a\uFFFDb", want: item{ID: "a.txt", Text: "a\uFFFDb"}},
		{name: "B3 invalid last byte", content: "caf\xe9", want: refused("not UTF-8: invalid byte 0xE9 at byte 3; convert it, or name its --encoding")},
		{name: "B4 UTF-16 with BOM", content: utf16BOM + "a\x00\n\x00", want: refused("begins with the byte order mark of UTF-16 or UTF-32; name it: --encoding utf-16 or utf-32")},
		{name: "B4 UTF-16 without BOM", content: "a\x00b\x00", want: refused("binary, not text: NUL at byte 1")},
		{name: "B4 Windows-1252", content: "Zoom\x92s", want: refused("not UTF-8: invalid byte 0x92 at byte 4; convert it, or name its --encoding")},
		{name: "B4 NUL behind the first line", content: "%PDF\n\x00", want: refused("binary, not text: NUL at byte 5")},
		{name: "B4 NUL behind 8 kB", content: strings.Repeat("a", 8192) + "\x00", want: item{ID: "a.txt", Text: strings.Repeat("a", 8192) + "\x00"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{"a.txt": tt.content})
			same(t, read(t, corpus.Options{}, "a.txt"), []item{tt.want})
		})
	}
}

func TestB4LargeFileIsRefusedUnread(t *testing.T) {
	write(t, map[string]string{"big.txt": strings.Repeat("text\n", 2000), "next.txt": "x"})
	if err := os.Truncate("big.txt", 1<<30); err != nil {
		t.Fatal(err)
	}
	want := []item{
		{Problem: "big.txt: larger than the limit of 64 MiB for one text (at least 1073741824 bytes); split it, give it as JSON lines, or raise --max-text"},
		{ID: "next.txt", Text: "x"},
	}
	got := read(t, corpus.Options{}, "big.txt", "next.txt")
	same(t, got, want)
}

func TestStdin(t *testing.T) {
	tests := []struct {
		name   string
		format corpus.Format
		stdin  string
		want   []item
	}{
		{name: "text", stdin: "Hello.", want: []item{{ID: "-", Text: "Hello."}}},
		{name: "JSON lines by their look", stdin: " {\"text\":\"x\"}\n{\"text\":\"y\"}\n", want: []item{{ID: "-#1", Text: "x", Derived: true}, {ID: "-#2", Text: "y", Derived: true}}},
		{name: "text that begins with a brace", stdin: "{sic} said", want: []item{{ID: "-", Text: "{sic} said"}}},
		{name: "text by order", format: corpus.Text, stdin: "{\"text\":1}", want: []item{{ID: "-", Text: "{\"text\":1}"}}},
		{name: "JSON by order", format: corpus.JSONL, stdin: "x", want: []item{{Problem: "-:1:1: invalid character 'x' at start of value (byte 0)"}}},
		{name: "UTF-16 JSON", format: corpus.JSONL, stdin: utf16BOM + "{\x00}\x00", want: []item{{Problem: "-: begins with the byte order mark of UTF-16 or UTF-32; name it: --encoding utf-16 or utf-32"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			readers := map[string]io.Reader{
				"whole":          strings.NewReader(tt.stdin),
				"B11 one byte":   iotest.OneByteReader(strings.NewReader(tt.stdin)),
				"B11 data + EOF": iotest.DataErrReader(strings.NewReader(tt.stdin)),
			}
			for name, r := range readers {
				t.Run(name, func(t *testing.T) {
					same(t, read(t, corpus.Options{Format: tt.format, Stdin: r}, "-"), tt.want)
				})
			}
		})
	}
}

func TestB11ReadError(t *testing.T) {
	broken := errors.New("input/output error")
	for _, format := range []corpus.Format{corpus.Text, corpus.JSONL} {
		t.Run(string(format), func(t *testing.T) {
			r := io.MultiReader(strings.NewReader("{\"text\":\"x\"}\n{\"te"), iotest.ErrReader(broken))
			got := read(t, corpus.Options{Format: format, Stdin: r}, "-")
			last := got[len(got)-1]
			if !strings.Contains(last.Problem, broken.Error()) {
				t.Errorf("got %+v, want the error of the reader", last)
			}
			if format == corpus.Text && len(got) != 1 {
				t.Errorf("got %d items, want no article of half a text", len(got))
			}
		})
	}
}

func TestFolder(t *testing.T) {
	write(t, map[string]string{
		"in/b.txt": "b", "in/a.TXT": "a", "in/sub/c.text": "c", "in/z.ndjson": `{"text":"z"}`,
		"in/.hidden.txt": "no", "in/.git/x.txt": "no", "in/page.pdf": "no", "in/noext": "no",
	})
	for _, link := range []struct{ name, to string }{{"in/link.txt", "b.txt"}, {"in/loop", "../in"}} {
		if err := os.Symlink(link.to, link.name); err != nil {
			t.Skip(err)
		}
	}
	c, err := corpus.Open([]string{"in"}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for doc, err := range c.Articles() {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, doc.ID)
	}
	want := []string{"in/a.TXT", "in/b.txt", "in/sub/c.text", "in/z.ndjson#1"}
	if diff := cmp.Diff(ids, want); diff != "" {
		t.Errorf("B7 ids (-got +want):\n%s", diff)
	}
	if got, want := c.Passed(), 4; got != want { // page.pdf, noext, the two links
		t.Errorf("B7 passed over: got %d, want %d", got, want)
	}
}

func TestB7FileVanishes(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a", "in/b.txt": "b", "in/c.txt": "c"})
	c, err := corpus.Open([]string{"in"}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for doc, err := range c.Articles() {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, doc.ID)
		os.Remove("in/b.txt") // between the listing and the opening
	}
	want := []string{"in/a.txt", "in/b.txt: no such file or directory", "in/c.txt"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestB7OwnOutputIsNotRead(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a", "in/out.jsonl": "{}"})
	out, err := os.Stat("in/out.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	opts := corpus.Options{Outputs: []os.FileInfo{out}}
	same(t, read(t, opts, "in"), []item{
		{ID: "in/a.txt", Text: "a"},
		{Problem: "in/out.jsonl: is being written by this run; not read", Note: true},
	})
	if _, err := corpus.Open([]string{"in/out.jsonl"}, opts); err == nil {
		t.Error("Open of the output: got no error, want one")
	}
}

func TestB8ReadOnce(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a"})
	twice := func(name string) item { return item{Problem: name + ": named twice; read once", Note: true} }
	tests := []struct {
		name     string
		operands []string
		want     []item
	}{
		{name: "same path", operands: []string{"in/a.txt", "in/a.txt"}, want: []item{{ID: "in/a.txt", Text: "a"}, twice("in/a.txt")}},
		{name: "other spelling", operands: []string{"in/a.txt", "./in/../in/a.txt"}, want: []item{{ID: "in/a.txt", Text: "a"}, twice("./in/../in/a.txt")}},
		{name: "folder and its file", operands: []string{"in", "in/a.txt"}, want: []item{{ID: "in/a.txt", Text: "a"}, twice("in/a.txt")}},
		{name: "standard input", operands: []string{"-", "-"}, want: []item{{ID: "-", Text: "s"}, twice("-")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			same(t, read(t, corpus.Options{Stdin: strings.NewReader("s")}, tt.operands...), tt.want)
		})
	}
}

func TestOpenNamesEveryMissingPath(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := corpus.Open([]string{"x", "y.txt"}, corpus.Options{})
	if err == nil {
		t.Fatal("got no error, want one")
	}
	if got, want := err.Error(), "x: no such file or directory\ny.txt: no such file or directory"; got != want && runtime.GOOS != "windows" {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDate(t *testing.T) {
	tests := []struct {
		name string
		line string
		flag models.Date
		want item
		note string // the date that is told to say no day; "" for none
	}{
		{name: "day", line: `{"text":"","date":"2023-11-29"}`, want: item{Date: "2023-11-29", From: "field"}},
		{name: "time", line: `{"text":"","date":"2023-11-29T23:59:59-08:00"}`, want: item{Date: "2023-11-29", From: "field"}},
		{name: "field before flag", line: `{"text":"","date":"2023-11-29"}`, flag: "2019-01-01", want: item{Date: "2023-11-29", From: "field"}},
		{name: "unreadable field", line: `{"text":"","date":"12/11/2023"}`, flag: "2019-01-01", want: item{Date: "2019-01-01", From: "flag"}, note: "12/11/2023"},
		{name: "month by name", line: `{"text":"","date":"29 Nov 2023"}`, want: item{Date: "2023-11-29", From: "field"}},
		{name: "mail", line: `{"text":"","date":"Wed, 29 Nov 2023 23:59:59 -0800"}`, want: item{Date: "2023-11-29", From: "field"}},
		{name: "year", line: `{"text":"","date":2023}`, want: item{Date: "2023-01-01", From: "field"}},
		{name: "no date", line: `{"text":"","date":"yesterday"}`, flag: "2019-01-01", want: item{Date: "2019-01-01", From: "flag"}, note: "yesterday"},
		{name: "no such day", line: `{"text":"","date":"2023-02-30"}`, want: item{}, note: "2023-02-30"},
		{name: "null", line: `{"text":"","date":null}`, flag: "2019-01-01", want: item{Date: "2019-01-01", From: "flag"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.ID, tt.want.Derived = "-#1", true
			want := []item{tt.want}
			if tt.note != "" {
				want = append(want, item{Note: true, Problem: fmt.Sprintf("-: the date %q says no day for sure; -#1 has none of its own; write YYYY-MM-DD", tt.note)})
			}
			same(t, read(t, corpus.Options{Stdin: strings.NewReader(tt.line), Date: tt.flag}, "-"), want)
		})
	}
}

func TestParseDate(t *testing.T) {
	tests := []struct {
		name string
		want models.Date
	}{
		{name: "2019", want: "2019-01-01"},
		{name: "2019-04", want: "2019-04-01"},
		{name: "2019-04-18", want: "2019-04-18"},
		{name: "2019-4-18"},
		{name: "2019-02-30"},
		{name: "yesterday"},
		{name: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := corpus.ParseDate(tt.name)
			if got != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

// TestALimitEndsItsInputAlone: an input that cannot be read to its end is one
// problem, and the next input is read.
func TestALimitEndsItsInputAlone(t *testing.T) {
	long := strings.Repeat("y", 300_000)
	tests := []struct{ name, content string }{
		{name: "a.json", content: `[{"text":"` + long + `"}]`},
		{name: "a.jsonl", content: `{"text":"` + long + `"}`},
		{name: "a.csv", content: "text\n" + long + "\n"},
		{name: "a.tsv", content: "text\n" + long + "\n"},
		{name: "a.mbox", content: "From a Wed Nov 29 23:59:59 2023\nSubject: s\n\n" + long + "\n"},
		{name: "a.eml", content: "Subject: s\n\n" + long},
		{name: "a.html", content: "<p>" + long},
		{name: "a.md", content: long},
		{name: "a.txt", content: long},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{tt.name: tt.content, "b.txt": "b"})
			got := read(t, corpus.Options{MaxLine: 1000, MaxText: 1000}, tt.name, "b.txt")
			if len(got) != 2 || !strings.Contains(got[0].Problem, "limit") || got[1].ID != "b.txt" {
				t.Errorf("got %.200v, want a problem of the limit and b.txt", got)
			}
		})
	}
}
