package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"wiretag/models"

	"github.com/go-json-experiment/json/jsontext"
)

// readLines makes an article of each line. A line that is none is a Problem,
// and the next line is read. Blank lines are nothing.
func (c *Corpus) readLines(name string, in *bufio.Reader, yield yieldFunc) bool {
	lines := lineReader{in: in}
	parser := lineParser{dec: jsontext.NewDecoder(bytes.NewReader(nil))}
	n := 0 // lines that should be articles: an id must not change when another line is mended
	for {
		line, err := lines.read(c.buf)
		c.buf = line
		switch {
		case errors.Is(err, io.EOF):
			return true
		case err != nil && !errors.Is(err, errLongLine):
			return yield(models.Document{}, lines.problem(name, 0, ClassRead, err))
		case err == nil && len(bytes.TrimSpace(line)) == 0:
			continue
		}
		n++
		var doc models.Document
		if err == nil {
			doc, err = c.article(name, n, &lines, &parser)
		} else {
			err = lines.problem(name, 0, ClassLimit, err)
		}
		if !yield(doc, err) {
			return false
		}
	}
}

// article makes the n-th article of a file from the line in hand.
func (c *Corpus) article(name string, n int, lines *lineReader, p *lineParser) (models.Document, error) {
	doc := models.Document{
		ID:      name + "#" + strconv.Itoa(n),
		Derived: true,
		Source:  models.Source{Path: name, Format: string(JSONL), SHA256: digest(lines.line)},
	}
	date, err := p.parse(lines.line, &doc)
	if err != nil {
		return models.Document{}, lines.problem(name, p.errorOffset(err), ClassField, err)
	}
	c.setDate(&doc, date)
	return doc, nil
}

// A lineParser reads the fields of an article from a JSON object.
type lineParser struct {
	dec *jsontext.Decoder
	src bytes.Reader
	at  int64 // where the value begins that wrongKind complains about
}

// parse fills in id, title and text, and returns the date field as it stands.
// Other fields are passed over.
func (p *lineParser) parse(line []byte, doc *models.Document) (date string, err error) {
	p.src.Reset(line)
	p.dec.Reset(&p.src)
	if p.dec.PeekKind() != '{' {
		return "", p.wrongKind("an article", "an object: {\"text\": …}")
	}
	if _, err := p.dec.ReadToken(); err != nil {
		return "", err
	}
	hasText := false
	for p.dec.PeekKind() != '}' {
		name, err := p.dec.ReadToken()
		if err != nil {
			return "", err
		}
		switch field := name.String(); field {
		case "id":
			err = p.id(&doc.ID)
		case "title":
			err = p.optional(field, &doc.Title)
		case "text":
			hasText = true
			err = p.required(field, &doc.Text)
		case "date":
			err = p.optional(field, &date)
		default:
			err = p.dec.SkipValue()
		}
		if err != nil {
			return "", err
		}
	}
	return date, p.end(hasText)
}

// end reads the end of the object and of the line.
func (p *lineParser) end(hasText bool) error {
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	p.at = p.dec.InputOffset()
	if !hasText {
		return errors.New(`the object has no field "text"; read are id, title, text and date`)
	}
	if _, err := p.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.New("more follows the object; write one object a line")
	}
	return nil
}

func (p *lineParser) required(field string, to *string) error {
	if p.dec.PeekKind() != '"' {
		return p.wrongKind(strconv.Quote(field), "a string")
	}
	tok, err := p.dec.ReadToken()
	if err != nil {
		return err
	}
	*to = tok.String()
	return nil
}

// optional is required for a field that may also be null.
func (p *lineParser) optional(field string, to *string) error {
	if p.dec.PeekKind() == 'n' {
		return p.dec.SkipValue()
	}
	return p.required(field, to)
}

// id takes a string or a number, as written. Null and "" leave the default.
func (p *lineParser) id(to *string) error {
	if p.dec.PeekKind() == '0' {
		value, err := p.dec.ReadValue()
		if err != nil {
			return err
		}
		*to = string(value)
		return nil
	}
	id := ""
	if err := p.optional("id", &id); err != nil {
		return err
	}
	if id != "" {
		*to = id
	}
	return nil
}

// wrongKind says what stands where something else should. Text that is no JSON
// at all is said to be so by the decoder.
func (p *lineParser) wrongKind(what, want string) error {
	value, err := p.dec.ReadValue()
	if err != nil {
		return err
	}
	p.at = p.dec.InputOffset() - int64(len(value))
	return fmt.Errorf("%s is %s; it must be %s", what, kindName(value.Kind()), want)
}

func kindName(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	case '0':
		return "a number"
	case '"':
		return "a string"
	case '[':
		return "a list"
	}
	return "an object"
}

// errorOffset returns the byte of the line that err is about.
func (p *lineParser) errorOffset(err error) int {
	if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return int(se.ByteOffset)
	}
	return int(p.at)
}
