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

// looksLikeMbox says whether head begins as the line before a mail does.
func looksLikeMbox(head []byte) bool {
	line, _, whole := bytes.Cut(head, []byte("\n"))
	rest, ok := bytes.CutPrefix(line, []byte("From "))
	return whole && ok && bytes.Count(rest, []byte(":")) >= 2 && len(bytes.Fields(rest)) >= 6
}

// readMbox makes an article of each mail of a mailbox. A mail begins behind a
// line that begins with "From " and follows a blank line.
func (c *Corpus) readMbox(s source, in *bufio.Reader, yield yieldFunc) bool {
	box := lineReader{in: in, max: c.opts.MaxLine}
	var message []byte
	n, start, first, blank := 0, int64(0), 1, true
	give := func() bool {
		if n == 0 && len(bytes.TrimSpace(message)) == 0 {
			return true
		}
		n = max(n, 1)
		doc, p := c.mail(s.path, Mbox, message)
		if p != nil {
			p.Line, p.Byte = first, start
			return yield(models.Document{}, p)
		}
		if doc.ID == s.path {
			doc.ID = s.path + "#" + strconv.Itoa(n)
		}
		return yield(doc, nil)
	}
	for {
		line, err := box.read(c.buf)
		c.buf = line
		switch {
		case errors.Is(err, io.EOF):
			return give()
		case err != nil && !errors.Is(err, errLongLine):
			return yield(models.Document{}, box.problem(s.path, 0, classOf(err), err))
		case blank && bytes.HasPrefix(line, []byte("From ")):
			if !give() {
				return false
			}
			n, start, first, message = n+1, box.next, box.n+1, message[:0]
			continue
		}
		blank = len(line) == 0
		if int64(len(message)) <= c.opts.MaxText {
			message = append(append(message, unquotedFrom(line)...), '\n')
		}
	}
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
