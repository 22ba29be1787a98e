package corpus_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"wiretag/cmd/internal/corpus"
)

func TestB7HardLinkIsReadOnce(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a"})
	if err := os.Link("in/a.txt", "in/b.txt"); err != nil {
		t.Skip("skipped: no hard links here: ", err)
	}
	if info, err := os.Stat("in/a.txt"); err != nil || info.Sys() == nil {
		t.Skip("skipped: this system does not tell links")
	}
	same(t, read(t, corpus.Options{}, "in"), []item{
		{ID: "in/a.txt", Text: "a"},
		{Problem: "in/b.txt: named twice; read once", Note: true},
	})
}

func TestB7Names(t *testing.T) {
	tests := []struct{ name, file, id string }{
		{name: "newline", file: "a\nb.txt", id: "in/a\nb.txt"},
		{name: "ESC", file: "a\x1b[31m.txt", id: "in/a\x1b[31m.txt"},
		{name: "255 bytes", file: strings.Repeat("x", 251) + ".txt", id: "in/" + strings.Repeat("x", 251) + ".txt"},
		{name: "not UTF-8", file: "a\xff\\b.txt", id: `in/a\xff\\b.txt`},
		{name: "backslash alone", file: `a\xff.txt`, id: `in/a\\xff.txt`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := errors.Join(os.Mkdir("in", 0o777), os.WriteFile("in/"+tt.file, []byte("x"), 0o666)); err != nil {
				t.Skip("skipped: the file system takes no such name: ", err)
			}
			got := read(t, corpus.Options{}, "in")
			same(t, got, []item{{ID: tt.id, Text: "x"}})
			if !utf8.ValidString(got[0].ID) {
				t.Error("the id is not UTF-8")
			}
		})
	}
}

func TestB7UnreadableFolder(t *testing.T) {
	write(t, map[string]string{"in/a.txt": "a", "in/b/b.txt": "b", "in/c.txt": "c"})
	if err := os.Chmod("in/b", 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod("in/b", 0o777) })
	if _, err := os.ReadDir("in/b"); err == nil {
		t.Skip("skipped: this user may read every folder")
	}
	same(t, read(t, corpus.Options{}, "in"), []item{
		{ID: "in/a.txt", Text: "a"},
		{Problem: "in/b: permission denied"},
		{ID: "in/c.txt", Text: "c"},
	})
}

// TestB9 changes a file while it is read. What is added is not read; what is
// taken away is a problem, and half a text no article.
func TestB9(t *testing.T) {
	line := `{"text":"x"}` + "\n"
	many := strings.Repeat(line, 100_000)
	tests := []struct {
		name   string
		file   string
		before string
		change func() error
		good   func(int) bool
		bad    int
	}{
		{name: "grows", file: "a.jsonl", before: many, change: func() error { return appendTo("a.jsonl", line) },
			good: func(n int) bool { return n == 100_000 }},
		{name: "is cut", file: "a.jsonl", before: many, change: func() error { return os.Truncate("a.jsonl", 0) },
			good: func(n int) bool { return n > 0 && n < 100_000 }, bad: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{tt.file: tt.before})
			c, err := corpus.Open([]string{tt.file}, corpus.Options{})
			if err != nil {
				t.Fatal(err)
			}
			good, bad := 0, 0
			for _, err := range c.Articles() {
				if err != nil {
					bad++
					continue
				}
				if good++; good == 1 {
					if err := tt.change(); err != nil {
						t.Fatal(err)
					}
				}
			}
			if !tt.good(good) || bad != tt.bad {
				t.Errorf("got %d articles and %d problems", good, bad)
			}
		})
	}
}

func appendTo(name, text string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, text)
	return errors.Join(err, f.Close())
}

// TestLists: what a list of files may hold.
func TestLists(t *testing.T) {
	a, b := item{ID: "a.txt", Text: "a"}, item{ID: "b.txt", Text: "b"}
	tests := []struct {
		name, list string
		want       []item
	}{
		{"lines", "a.txt\nb.txt\n", []item{a, b}},
		{"CRLF, blank lines, no end", "a.txt\r\n\r\n \nb.txt", []item{a, b}},
		{"byte order mark", bom + "a.txt\n", []item{a}},
		{"NUL", "a.txt\x00b.txt\x00", []item{a, b}},
		{"twice", "a.txt\n./a.txt\n", []item{a, {Problem: "./a.txt: named twice; read once", Note: true}}},
		{"UTF-16", "\xff\xfea\x00", []item{{Problem: "list: begins with the byte order mark of UTF-16 or UTF-32; name it: --encoding utf-16 or utf-32"}}},
		{"no list", strings.Repeat("x", 70_000), []item{{Problem: "list:1: a path of more than 64 kB; is this a list of files?"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, map[string]string{"a.txt": "a", "b.txt": "b", "list": tt.list})
			same(t, read(t, corpus.Options{List: "list"}), tt.want)
		})
	}
}

func TestB10Zero(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("skipped: no /dev/zero here")
	}
	same(t, read(t, corpus.Options{}, "/dev/zero"), []item{{Problem: "/dev/zero: binary, not text: NUL at byte 0"}})
}

func TestProgress(t *testing.T) {
	write(t, map[string]string{"a.txt": "12345", "b.jsonl.gz": gz(`{"text":"x"}`)})
	info, err := os.Stat("b.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	c, err := corpus.Open([]string{"a.txt", "b.jsonl.gz"}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := 5 + info.Size()
	if done, total := c.Progress(); done != 0 || total != want {
		t.Errorf("before: got %d of %d, want 0 of %d", done, total, want)
	}
	for range c.Articles() {
		continue
	}
	if done, total := c.Progress(); done != want || total != want {
		t.Errorf("after: got %d of %d, want all of %d", done, total, want)
	}
}

// FuzzInput reads any bytes under any name and format: no panic, articles of
// UTF-8, problems with a place.
func FuzzInput(f *testing.F) {
	for _, in := range inputs() {
		if len(in.file.content) < 2000 {
			f.Add(in.file.name, "auto", in.file.content)
		}
	}
	for _, format := range corpus.Formats() {
		f.Add("x", format, "{\"text\":\"a\"}\nFrom a\n<p>x</p>,\"y\"\n")
	}
	f.Fuzz(func(t *testing.T, name, format, content string) {
		if len(content) > 1<<16 {
			return
		}
		path := t.TempDir() + "/" + safe(name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Skip(err)
		}
		c, err := corpus.Open([]string{path}, corpus.Options{Format: corpus.Format(format), MaxText: 1 << 18, MaxLine: 1 << 14})
		if err != nil {
			t.Fatal(err)
		}
		for doc, err := range c.Articles() {
			if err != nil {
				p, ok := errors.AsType[*corpus.Problem](err)
				if !ok || !strings.HasPrefix(p.Path, path) || p.Err == nil || p.Class == "" || p.Error() == "" {
					t.Errorf("no good problem: %#v", err)
				}
				continue
			}
			if !utf8.ValidString(doc.Title + doc.Text + doc.ID) {
				t.Errorf("%q is not UTF-8: %q, %q", doc.ID, doc.Title, doc.Text)
			}
			if doc.Source.Path == "" || len(doc.Source.SHA256) != 64 {
				t.Errorf("source %+v", doc.Source)
			}
		}
	})
}

// safe makes a file name of any text, and keeps its ending.
func safe(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '.' || 'a' <= r && r <= 'z' {
			return r
		}
		return 'x'
	}, name)
	return "f" + name[max(0, len(name)-40):]
}

// FuzzLines: every line that is not blank is an article or a problem.
func FuzzLines(f *testing.F) {
	f.Add("{\"text\":\"a\"}\n\n{\"text\":5}\n{")
	f.Add("\r\n \t\r{}\n{\"id\":1,\"text\":\"\\ud800\"}")
	f.Fuzz(func(t *testing.T, content string) {
		if strings.Contains(content, "\x00") || strings.HasPrefix(content, "\xff\xfe") || strings.HasPrefix(content, "\xfe\xff") {
			return // refused as a whole
		}
		want := 0
		for line := range strings.SplitSeq(strings.TrimPrefix(content, bom), "\n") {
			if strings.TrimSpace(strings.TrimSuffix(line, "\r")) != "" {
				want++
			}
		}
		if packed(content) {
			return
		}
		got := read(t, corpus.Options{Format: corpus.JSONL, Stdin: strings.NewReader(content)}, "-")
		if len(got) != want {
			t.Errorf("%d lines gave %d items", want, len(got))
		}
	})
}

func packed(s string) bool {
	for _, magic := range []string{"\x1f\x8b", "\x28\xb5\x2f\xfd", "BZh", "PK"} {
		if strings.HasPrefix(s, magic) {
			return true
		}
	}
	return false
}
