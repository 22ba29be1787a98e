package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"wiretag/models"

	"github.com/go-json-experiment/json/jsontext"
)

// Fields say where a record keeps the parts of an article: the key of an
// object, or a path of keys and of places in lists, parted by dots
// ("meta.source.id", "body.0"). A key that holds the dots itself comes first.
// "" is the part's own name: id, title, text, date.
type Fields struct {
	ID, Title, Text, Date string
	// Keep names further fields, which come into the record's meta.
	Keep []string
}

// A part is what a field is to an article.
type part uint8

const (
	partID part = iota
	partTitle
	partText
	partDate
	partKept
)

// A want is a field that is looked for.
type want struct {
	part part
	path string // what is left of it at this depth
	full string // all of it, as the user wrote it
}

// wants lists the fields that are looked for.
func (f *Fields) wants() []want {
	var all []want
	add := func(p part, path, otherwise string) {
		if path == "" {
			path = otherwise
		}
		all = append(all, want{p, path, path})
	}
	add(partID, f.ID, "id")
	add(partTitle, f.Title, "title")
	add(partText, f.Text, "text")
	add(partDate, f.Date, "date")
	for _, k := range f.Keep {
		add(partKept, k, k)
	}
	return all
}

// An objectParser reads the parts of an article from a JSON object.
type objectParser struct {
	wants []want
	dec   *jsontext.Decoder
	src   bytes.Reader
	at    int64 // where the value begins that fault complains about

	doc     *models.Document
	date    string
	hasText bool
	kept    []jsontext.Value // by place in wants
	names   []string         // the object's own keys, for a message
}

func newObjectParser(f *Fields) *objectParser {
	wants := f.wants()
	return &objectParser{wants: wants, dec: jsontext.NewDecoder(bytes.NewReader(nil)), kept: make([]jsontext.Value, len(wants))}
}

// parse fills in the parts of doc and returns the date field as it stands.
// Other fields are passed over. The object must be all there is but white
// space.
func (p *objectParser) parse(object []byte, doc *models.Document) (date string, err error) {
	p.src.Reset(object)
	p.dec.Reset(&p.src)
	p.doc, p.date, p.hasText, p.names = doc, "", false, p.names[:0]
	clear(p.kept)
	if p.dec.PeekKind() != '{' {
		return "", p.wrongKind(p.dec, "an article", "an object: {\"text\": …}")
	}
	if err := p.object(p.dec, p.wants, true); err != nil {
		return "", err
	}
	return p.date, p.end()
}

// end reads the end of the line and gathers what is kept.
func (p *objectParser) end() error {
	p.at = p.dec.InputOffset()
	if !p.hasText {
		return fmt.Errorf("the object has no field %q; it has %s; --text-field names another", p.wants[partText].full, listOf(p.names))
	}
	if _, err := p.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.New("more follows the object; write one object a line")
	}
	for i, v := range p.kept {
		if v != nil {
			p.doc.Meta = append(p.doc.Meta, models.Meta{Key: p.wants[i].full, JSON: string(v)})
		}
	}
	return nil
}

// listOf quotes a few names.
func listOf(names []string) string {
	const few = 8
	if len(names) == 0 {
		return "none"
	}
	var b strings.Builder
	for i, n := range names {
		switch {
		case i == few:
			fmt.Fprintf(&b, " and %d more", len(names)-few)
			return b.String()
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(n))
	}
	return b.String()
}

// object reads an object, of which the wants may find something.
func (p *objectParser) object(dec *jsontext.Decoder, wants []want, top bool) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		key := name.String()
		if top {
			p.names = append(p.names, key)
		}
		if err := p.member(dec, wants, key); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

// list reads a list, whose members are called 0, 1, 2, …
func (p *objectParser) list(dec *jsontext.Decoder, wants []want) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for i := 0; dec.PeekKind() != ']'; i++ {
		if err := p.member(dec, wants, strconv.Itoa(i)); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

// member reads the value of a key. It is a field that is wanted, or holds one,
// or neither; it can be both.
func (p *objectParser) member(dec *jsontext.Decoder, wants []want, key string) error {
	var here, below []want
	for _, w := range wants {
		if w.path == key {
			here = append(here, w)
		} else if rest, ok := strings.CutPrefix(w.path, key); ok && rest != "" && rest[0] == '.' {
			w.path = rest[1:]
			below = append(below, w)
		}
	}
	switch {
	case here == nil && below == nil:
		return dec.SkipValue()
	case below == nil && len(here) == 1:
		return p.take(dec, here[0])
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	start := dec.InputOffset() - int64(len(value))
	value = bytes.Clone(value)
	for _, w := range here {
		sub := jsontext.NewDecoder(bytes.NewReader(value))
		if err := p.take(sub, w); err != nil {
			p.at += start
			return err
		}
	}
	if len(below) == 0 {
		return nil
	}
	if err := p.inside(value, below); err != nil {
		p.at += start
		return err
	}
	return nil
}

// inside looks for fields in a value.
func (p *objectParser) inside(value jsontext.Value, wants []want) error {
	sub := jsontext.NewDecoder(bytes.NewReader(value))
	switch sub.PeekKind() {
	case '{':
		return p.object(sub, wants, false)
	case '[':
		return p.list(sub, wants)
	}
	return nil
}

// take reads the value of a field that is wanted.
func (p *objectParser) take(dec *jsontext.Decoder, w want) error {
	switch w.part {
	case partID:
		return p.id(dec, w.full)
	case partTitle:
		return p.optional(dec, w.full, &p.doc.Title)
	case partText:
		p.hasText = true
		if dec.PeekKind() == '[' && w.full != "text" {
			return p.paragraphs(dec, w.full)
		}
		return p.required(dec, w.full, &p.doc.Text)
	case partDate:
		return p.day(dec, w.full)
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	value = bytes.Clone(value)
	if err := value.Compact(); err != nil {
		return err
	}
	p.kept[slices.IndexFunc(p.wants, func(x want) bool { return x.part == partKept && x.full == w.full })] = value
	return nil
}

func (p *objectParser) required(dec *jsontext.Decoder, field string, to *string) error {
	if dec.PeekKind() != '"' {
		return p.wrongKind(dec, strconv.Quote(field), "a string")
	}
	tok, err := dec.ReadToken()
	if err != nil {
		return err
	}
	*to = tok.String()
	return nil
}

// paragraphs takes a list of strings, which become paragraphs.
func (p *objectParser) paragraphs(dec *jsontext.Decoder, field string) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	var all []string
	for dec.PeekKind() != ']' {
		var s string
		if err := p.required(dec, field, &s); err != nil {
			return err
		}
		all = append(all, s)
	}
	p.doc.Text = strings.Join(all, "\n\n")
	_, err := dec.ReadToken()
	return err
}

// optional is required for a field that may also be null.
func (p *objectParser) optional(dec *jsontext.Decoder, field string, to *string) error {
	if dec.PeekKind() == 'n' {
		return dec.SkipValue()
	}
	return p.required(dec, field, to)
}

// id takes a string or a number, as written. Null and "" leave the default.
func (p *objectParser) id(dec *jsontext.Decoder, field string) error {
	var id string
	if err := p.numberOr(dec, field, &id); err != nil {
		return err
	}
	if id != "" {
		p.doc.ID = id
	}
	return nil
}

// day takes a string, or a year as a number.
func (p *objectParser) day(dec *jsontext.Decoder, field string) error {
	return p.numberOr(dec, field, &p.date)
}

func (p *objectParser) numberOr(dec *jsontext.Decoder, field string, to *string) error {
	if dec.PeekKind() != '0' {
		return p.optional(dec, field, to)
	}
	value, err := dec.ReadValue()
	*to = string(value)
	return err
}

// wrongKind says what stands where something else should. Text that is no JSON
// at all is said to be so by the decoder.
func (p *objectParser) wrongKind(dec *jsontext.Decoder, what, want string) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	p.at = dec.InputOffset() - int64(len(value))
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

// errorOffset returns the byte of the object that err is about.
func (p *objectParser) errorOffset(err error) int {
	if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return int(se.ByteOffset)
	}
	return int(p.at)
}
