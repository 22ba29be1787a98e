package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"wiretag/models"
)

// A Format says how the bytes of an input are made into articles.
type Format string

// The formats. Auto, which is also the zero value's meaning, goes by the
// extension; an input with another extension or none, standard input too, is
// JSON lines if it begins like a JSON object, and plain text otherwise.
const (
	Auto  Format = "auto"
	Text  Format = "text"  // the whole input is one article
	JSONL Format = "jsonl" // each line is an object: id, title, text, date
)

// Formats lists the names of the formats, the default first.
func Formats() []string { return []string{string(Auto), string(Text), string(JSONL)} }

// extensions are those that are read from folders.
var extensions = map[string]Format{".txt": Text, ".text": Text, ".jsonl": JSONL, ".ndjson": JSONL}

func knownExtension(name string) bool {
	_, ok := extensions[strings.ToLower(path.Ext(name))]
	return ok
}

// sniffed is how many bytes decide whether an input is text at all. The
// reader's buffer is as large.
const sniffed = 8 << 10

// read makes the articles of one opened input. size is a hint, 0 if unknown.
func (c *Corpus) read(name string, r io.Reader, size int64, yield yieldFunc) bool {
	c.in.Reset(r)
	head, err := firstLine(c.in)
	if err != nil {
		return yield(models.Document{}, problem(name, ClassRead, err))
	}
	if p := checkText(name, head); p != nil {
		return yield(models.Document{}, p)
	}
	if c.formatOf(name, head) == JSONL {
		return c.readLines(name, c.in, yield)
	}
	return yield(c.readText(name, c.in, size))
}

// firstLine returns what in begins with, without consuming it: a line at
// least, or a full buffer, or everything. It does not wait for more than the
// line, since a live feed may not have more.
func firstLine(in *bufio.Reader) ([]byte, error) {
	for {
		_, err := in.Peek(in.Buffered() + 1)
		head, _ := in.Peek(in.Buffered())
		switch {
		case errors.Is(err, io.EOF), bytes.IndexByte(head, '\n') >= 0, len(head) == in.Size():
			return head, nil
		case err != nil:
			return nil, err
		}
	}
}

func (c *Corpus) formatOf(name string, head []byte) Format {
	if c.opts.Format == Text || c.opts.Format == JSONL {
		return c.opts.Format
	}
	if f, ok := extensions[strings.ToLower(path.Ext(name))]; ok {
		return f
	}
	if looksLikeJSON(head) {
		return JSONL
	}
	return Text
}

// looksLikeJSON says whether head begins with an object: a brace and a quote
// or another brace, which no article begins with.
func looksLikeJSON(head []byte) bool {
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, utf8BOM)), []byte("{"))
	rest = bytes.TrimSpace(rest)
	return ok && len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

var utf8BOM = []byte("\uFEFF")

// checkText refuses what is not UTF-8 text by the look of its first bytes.
func checkText(name string, head []byte) *Problem {
	switch at := bytes.IndexByte(head, 0); {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return problem(name, ClassEncoding, errors.New("begins with the byte order mark of UTF-16 or UTF-32; convert it to UTF-8"))
	case at >= 0:
		p := problem(name, ClassBinary, fmt.Errorf("binary, not text: NUL at byte %d", at))
		p.Byte = int64(at)
		return p
	}
	return nil
}
