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
// extension; an input with another extension or none, standard input too, by
// how it begins. What is not sure is plain text.
const (
	Auto     Format = "auto"
	Text     Format = "text"     // the whole input is one article
	Markdown Format = "markdown" // one article, with front matter
	HTML     Format = "html"     // one article: the main text of the page
	JSONL    Format = "jsonl"    // each line is an object
	JSON     Format = "json"     // an array of objects, or objects one after another
	CSV      Format = "csv"      // each record is an article, named by a header
	TSV      Format = "tsv"      // the same with tabs
	EML      Format = "eml"      // one article: a mail
	Mbox     Format = "mbox"     // mails, each after a line that begins with "From "
)

// A form is a row of the table of formats.
type form struct {
	format     Format
	extensions []string          // in lower case
	looks      func([]byte) bool // whether an input may begin so; nil if that says nothing
	read       func(*Corpus, source, *bufio.Reader, yieldFunc) bool
}

// forms is the table of formats, in the order in which their looks are tried.
func forms() []form {
	return []form{
		{Text, []string{".txt", ".text"}, nil, (*Corpus).readText},
		{Markdown, []string{".md", ".markdown"}, looksLikeFrontMatter, (*Corpus).readMarkdown},
		{HTML, []string{".html", ".htm", ".xhtml"}, looksLikeHTML, (*Corpus).readHTML},
		{JSONL, []string{".jsonl", ".ndjson"}, looksLikeJSONL, (*Corpus).readLines},
		{JSON, []string{".json"}, looksLikeJSON, (*Corpus).readJSON},
		{CSV, []string{".csv"}, nil, (*Corpus).readCSV},
		{TSV, []string{".tsv", ".tab"}, nil, (*Corpus).readTSV},
		{EML, []string{".eml"}, looksLikeMail, (*Corpus).readEML},
		{Mbox, []string{".mbox"}, looksLikeMbox, (*Corpus).readMbox},
	}
}

// Formats lists the names of the formats, the default first.
func Formats() []string {
	names := []string{string(Auto)}
	for _, f := range forms() {
		names = append(names, string(f.format))
	}
	return names
}

// knownName says whether a file of a folder is read by its name.
func knownName(name string) bool {
	inner := unpackedName(name)
	return isArchive(inner) || byExtension(inner) != nil
}

// isArchive says whether a file is an archive by its name.
func isArchive(name string) bool {
	switch strings.ToLower(path.Ext(unpackedName(name))) {
	case ".tar", ".zip":
		return true
	}
	return false
}

func byExtension(name string) *form {
	ext := strings.ToLower(path.Ext(name))
	for _, f := range forms() {
		for _, e := range f.extensions {
			if e == ext {
				return &f
			}
		}
	}
	return nil
}

// sniffed is how many bytes decide whether an input is text at all.
const sniffed = 8 << 10

// plain makes the articles of a source that is not packed.
func (c *Corpus) plain(s source, in *bufio.Reader, yield yieldFunc) bool {
	if isArchive(s.name()) {
		return yield(models.Document{}, problem(s.path, ClassArchive, errors.New("is no archive, though its name says so")))
	}
	if c.decoding != nil {
		in = c.reader(s.depth+1, c.decoded(in))
	}
	head, err := firstLine(in)
	if err != nil {
		return yield(models.Document{}, problem(s.path, classOf(err), err))
	}
	head = head[:min(len(head), sniffed)]
	f := c.form(s.name(), head, in)
	if p := checkText(s.path, head); p != nil && f.format != HTML { // a page may say its encoding
		return yield(models.Document{}, p)
	}
	c.undated = undated{}
	if !f.read(c, s, in, yield) {
		return false
	}
	return c.undated.n == 0 || yield(models.Document{}, c.undated.note(s.path))
}

// firstLine returns what in begins with, without consuming it: a line at
// least, or as much as is sniffed at, or everything. It does not wait for more
// than the line, since a live feed may not have more.
func firstLine(in *bufio.Reader) ([]byte, error) {
	for {
		head, _ := in.Peek(in.Buffered())
		if bytes.IndexByte(head, '\n') >= 0 || len(head) >= min(sniffed, in.Size()) {
			return head, nil
		}
		if _, err := in.Peek(len(head) + 1); errors.Is(err, io.EOF) {
			return in.Peek(in.Buffered())
		} else if err != nil {
			return nil, err
		}
	}
}

// form chooses the format of an input that begins with head.
func (c *Corpus) form(name string, head []byte, in *bufio.Reader) *form {
	all := forms()
	for i := range all {
		if all[i].format == c.opts.Format {
			return &all[i]
		}
	}
	if f := byExtension(name); f != nil {
		return f
	}
	head = bytes.TrimPrefix(certain(in, head), utf8BOM)
	for i := range all {
		if all[i].looks != nil && all[i].looks(head) {
			return &all[i]
		}
	}
	return &all[0]
}

var utf8BOM = []byte("\uFEFF")

// checkText refuses what is not UTF-8 text by the look of its first bytes.
func checkText(name string, head []byte) *Problem {
	switch at := bytes.IndexByte(head, 0); {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return problem(name, ClassEncoding, errors.New("begins with the byte order mark of UTF-16 or UTF-32; name it: --encoding utf-16 or utf-32"))
	case at >= 0:
		p := problem(name, ClassBinary, fmt.Errorf("binary, not text: NUL at byte %d", at))
		p.Byte = int64(at)
		return p
	}
	return nil
}
