package corpus_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"wiretag/cmd/internal/corpus"
)

// TestSniff: what an input without a known name is taken for, read at once and
// byte by byte.
func TestSniff(t *testing.T) {
	const prose = "Zoom said so on Monday.\n"
	tests := []struct {
		name, content string
		want          string // the format; "" if there is no article
	}{
		{name: "prose", content: prose, want: "text"},
		{name: "nothing", content: "", want: "text"},
		{name: "an object on a line", content: "{\"text\":\"x\"}\n{\"text\":\"y\"}\n", want: "jsonl"},
		{name: "an object behind blank lines", content: bom + "\n\n {\"text\":\"x\"}\n", want: "jsonl"},
		{name: "an object without a line end", content: `{"text":"x"}`, want: "jsonl"},
		{name: "an object over lines", content: "{\n  \"text\": \"x\"\n}\n", want: "json"},
		{name: "an object over lines with CRLF", content: "{\r\n  \"text\": \"x\"\r\n}\r\n", want: "json"},
		{name: "an object whose first key is on its line", content: "{\"text\": \"x\",\n \"n\": 1}\n", want: "json"},
		{name: "a list of objects", content: `[{"text":"x"}]`, want: "json"},
		{name: "a list of objects over lines", content: "[\n  {\n \"text\": \"x\"}\n]", want: "json"},
		{name: "a list of other things", content: "[1, 2]\n", want: "text"},
		{name: "a note in brackets", content: "[Correction] " + prose, want: "text"},
		{name: "a brace in prose", content: "{see below} " + prose, want: "text"},
		{name: "front matter", content: "---\ntitle: T\n---\n# H\n", want: "markdown"},
		{name: "front matter that nothing ends", content: "---\ntitle: T\n\n" + prose, want: "text"},
		{name: "a rule", content: "---\n\n" + prose + "\n---\n", want: "text"},
		{name: "a heading", content: "# " + prose, want: "text"},
		{name: "a page", content: "<!DOCTYPE HTML>\n<p>x", want: "html"},
		{name: "a page of XHTML", content: "<?xml version=\"1.0\"?>\n<!-- c -->\n<html xmlns=\"x\"><p>x", want: "html"},
		{name: "other XML", content: "<?xml version=\"1.0\"?>\n<rss>x</rss>", want: "text"},
		{name: "a piece of a page", content: "<p>" + prose, want: "text"},
		{name: "a mail", content: "From: a@example.org\nSubject: s\nMessage-ID: <1>\n\n" + prose, want: "eml"},
		{name: "a mail with a folded header", content: "Received: from a\r\n\tby b\r\nFrom: a\r\n\r\nx\r\n", want: "eml"},
		{name: "a dateline that looks like a header", content: "From: our correspondent\nDate: 2 May\n\n" + prose, want: "text"},
		{name: "a header in prose", content: "Update: " + prose, want: "text"},
		{name: "a mailbox", content: "From a Wed Nov 29 23:59:59 2023\nSubject: s\n\n" + prose, want: "mbox"},
		{name: "a sentence that begins with From", content: "From Moscow, at 10:30 on 3 May 2023, came\nnews.\n", want: "text"},
		{name: "a table", content: "id,text\n1,x\n", want: "text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(tt.content), iotest.OneByteReader(strings.NewReader(tt.content))} {
				c, err := corpus.Open([]string{"-"}, corpus.Options{Stdin: in})
				if err != nil {
					t.Fatal(err)
				}
				for doc, err := range c.Articles() {
					if err != nil || doc.Source.Format != tt.want {
						t.Errorf("got format %q, %v, want %q", doc.Source.Format, err, tt.want)
					}
				}
			}
		})
	}
}

// TestSniffDoesNotWait: an object on a line is read before the next has come.
func TestSniffDoesNotWait(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	go io.WriteString(w, "{\"text\":\"x\"}\n")
	c, err := corpus.Open([]string{"-"}, corpus.Options{Stdin: r})
	if err != nil {
		t.Fatal(err)
	}
	for doc, err := range c.Articles() {
		if err != nil || doc.Text != "x" {
			t.Errorf("got %q, %v, want x", doc.Text, err)
		}
		break
	}
}

// TestSniffALineThatWasCut: the line behind it is read.
func TestSniffALineThatWasCut(t *testing.T) {
	got := read(t, corpus.Options{Stdin: iotest.OneByteReader(strings.NewReader("{\"text\":\n{\"text\":\"x\"}\n"))}, "-")
	if len(got) != 2 || got[0].Problem == "" || got[1].ID != "-#2" {
		t.Errorf("got %+v, want a problem and -#2", got)
	}
}
