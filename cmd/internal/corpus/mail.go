package corpus

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strconv"
	"strings"

	"wiretag/models"

	"golang.org/x/net/html/charset"
)

// maxParts is how deep the parts of a mail may lie in one another.
const maxParts = 8

// readEML makes one article of a mail.
func (c *Corpus) readEML(s source, in *bufio.Reader, yield yieldFunc) bool {
	if err := c.fill(in, s.size); err != nil {
		return yield(models.Document{}, problem(s.path, classOf(err), err))
	}
	doc, p := c.mail(s.path, EML, c.buf)
	if p != nil {
		return yield(doc, p)
	}
	return yield(doc, nil)
}

// A mailbox cuts one input into mails.
type mailbox struct {
	c       *Corpus
	path    string
	yield   yieldFunc
	lines   lineReader
	message []byte // in hand, without the line before it
	n       int    // its number, from 1; 0 before the first
	line    int    // where it begins
	start   int64
	size    int64 // with what is beyond the limit
}

// readMbox makes an article of each mail of a mailbox. A mail begins behind a
// line "From ", sender, time, at the start or behind a blank line.
func (c *Corpus) readMbox(s source, in *bufio.Reader, yield yieldFunc) bool {
	b := &mailbox{c: c, path: s.path, yield: yield, lines: lineReader{in: in, max: c.opts.MaxLine}, line: 1}
	for blank := true; ; {
		line, err := b.lines.read(c.buf)
		c.buf = line
		switch {
		case errors.Is(err, io.EOF):
			return b.give()
		case err != nil && !errors.Is(err, errLongLine):
			p := b.lines.problem(s.path, 0, classOf(err), fmt.Errorf("%w; the mail it is in was not read, nor what follows", err))
			return yield(models.Document{}, p)
		case blank && isFromLine(line):
			if !b.give() {
				return false
			}
			b.message, b.size = b.message[:0], 0
			b.n, b.start, b.line = b.n+1, b.lines.next, b.lines.n+1
			continue
		}
		blank = len(line) == 0
		b.add(line, err != nil)
	}
}

// add adds a line to the mail in hand; long says that it is longer than it
// may be.
func (b *mailbox) add(line []byte, long bool) {
	b.size = b.lines.next - b.start
	if long {
		b.size = max(b.size, b.c.opts.MaxText+1)
	}
	if b.size <= b.c.opts.MaxText {
		b.message = append(append(b.message, unquotedFrom(line)...), '\n')
	}
}

// give yields the mail in hand. What stands before the first "From " line is
// one, too, if it is anything.
func (b *mailbox) give() bool {
	if b.n == 0 && len(bytes.TrimSpace(b.message)) == 0 && b.size <= b.c.opts.MaxText {
		return true
	}
	b.n = max(b.n, 1)
	doc, p := models.Document{}, (*Problem)(nil)
	if b.size > b.c.opts.MaxText {
		p = b.c.rawProblem(b.path, ClassLimit, b.message, b.c.tooLarge(b.size))
	} else {
		doc, p = b.c.mail(b.path, Mbox, b.message)
	}
	if p != nil {
		p.Line, p.Column, p.Byte = b.line, 1, b.start
		return b.yield(models.Document{}, p)
	}
	if doc.ID == b.path {
		doc.ID += "#" + strconv.Itoa(b.n)
	}
	return b.yield(doc, nil)
}

// isFromLine says whether a line is the one before a mail: "From ", a sender,
// and a time of day that a year follows, as no sentence has them.
func isFromLine(line []byte) bool {
	rest, ok := bytes.CutPrefix(line, []byte("From "))
	if !ok {
		return false
	}
	timed := false
	for i, w := range bytes.Fields(rest) {
		clock := bytes.ReplaceAll(w, []byte(":"), nil)
		switch {
		case timed && len(w) == len("2023") && isDigits(w):
			return true
		case i >= 2 && len(clock) < len(w) && len(clock) >= len("hmm") && isDigits(clock):
			timed = true
		}
	}
	return false
}

func isDigits(b []byte) bool {
	return len(b) > 0 && len(bytes.Trim(b, "0123456789")) == 0
}

// unquotedFrom takes off the mark that keeps a line of a mail from looking
// like the start of the next.
func unquotedFrom(line []byte) []byte {
	if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
		return line[1:]
	}
	return line
}

// mail makes the article of a mail: its subject, and the first part that is
// text, plain rather than HTML.
func (c *Corpus) mail(path string, format Format, raw []byte) (models.Document, *Problem) {
	if int64(len(raw)) > c.opts.MaxText {
		return models.Document{}, problem(path, ClassLimit, c.tooLarge(int64(len(raw))))
	}
	doc := c.document(path, format, raw)
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return models.Document{}, c.rawProblem(path, ClassSyntax, raw, fmt.Errorf("no mail: %w", err))
	}
	date := c.headers(&doc, message.Header)
	m := mailReader{}
	if err := m.part(header(message.Header), message.Body, 0); err != nil {
		return models.Document{}, c.rawProblem(path, ClassFormat, raw, err)
	}
	if doc.Text = m.plain; doc.Text == "" && m.page != "" {
		var page models.Document
		if _, err := new(Fields).fromPage(&page, []byte(m.page)); err == nil {
			doc.Text = page.Text
		}
	}
	if doc.Text == "" {
		return models.Document{}, c.rawProblem(path, ClassFormat, raw, errors.New("the mail holds no text"))
	}
	c.setDate(&doc, date)
	return doc, nil
}

func (c *Corpus) rawProblem(path string, class Class, raw []byte, err error) *Problem {
	p := problem(path, class, err)
	p.Raw = bytes.Clone(raw[:min(len(raw), MaxRaw)])
	return p
}

// headers sets what the headers of a mail say, and returns the date.
func (c *Corpus) headers(doc *models.Document, h mail.Header) (date string) {
	words := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	decode := func(s string) string {
		if d, err := words.DecodeHeader(s); err == nil {
			s = d
		}
		return oneLine(strings.ToValidUTF8(s, "\uFFFD"))
	}
	doc.Title = decode(h.Get("Subject"))
	if id := strings.Trim(strings.TrimSpace(h.Get("Message-Id")), "<>"); id != "" {
		doc.ID = strings.ToValidUTF8(id, "\uFFFD")
	}
	for _, k := range c.opts.Fields.Keep {
		if v := h.Get(k); v != "" {
			doc.Meta = append(doc.Meta, models.Meta{Key: k, JSON: quoteJSON(decode(v))})
		}
	}
	if t, err := h.Date(); err == nil {
		return t.Format("2006-01-02T15:04:05Z07:00")
	}
	return h.Get("Date")
}

// A header has the two headers of a part of a mail.
type header interface{ Get(key string) string }

// A mailReader finds the texts of a mail.
type mailReader struct{ plain, page string }

// part reads a part and the parts in it.
func (m *mailReader) part(h header, body io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain" // none, or one that cannot be read
	}
	if disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition")); disposition == "attachment" {
		return nil
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return m.parts(multipart.NewReader(body, params["boundary"]), depth)
	case kind == "text/plain" && m.plain == "":
		m.plain, err = decodedPart(h, params["charset"], body)
		return err
	case kind == "text/html" && m.page == "":
		m.page, err = decodedPart(h, params["charset"], body)
		return err
	}
	return nil
}

func (m *mailReader) parts(r *multipart.Reader, depth int) error {
	if depth == maxParts {
		return fmt.Errorf("its parts lie more than %d deep in one another", maxParts)
	}
	for {
		p, err := r.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("its parts are damaged: %w", err)
		}
		if err := m.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// decodedPart decodes a part that is text.
func decodedPart(h header, label string, body io.Reader) (string, error) {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	if label != "" {
		r, err := charset.NewReaderLabel(label, body)
		if err != nil {
			return "", fmt.Errorf("charset %q is not known", label)
		}
		body = r
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return "", fmt.Errorf("its text is damaged: %w", err)
	}
	if at := invalidUTF8(text); at >= 0 {
		return "", fmt.Errorf("its text is not UTF-8 and names no charset: invalid byte 0x%02X at byte %d", text[at], at)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n"), nil
}
