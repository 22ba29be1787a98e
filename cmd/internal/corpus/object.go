package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"wiretag/models"

	"github.com/go-json-experiment/json/jsontext"
)

// An objectParser reads the parts of an article from a JSON object. It first
// finds where the wanted values stand, and then makes strings of them alone.
type objectParser struct {
	wants []want
	found []extent // by place in wants
	hits  []bool   // wants that some object so far had
	dec   *jsontext.Decoder
	src   bytes.Buffer
	inner *jsontext.Decoder // for what lies deeper
	deep  bytes.Buffer

	object []byte // in hand
	at     int    // where the value begins that an error is about
	name   []byte // a key that is written with escapes
	text   []byte // a string that is
}

// An extent is where a value stands in the object. The zero value is nowhere.
type extent struct {
	start, end int
	key        int // bytes of the path that led to it
}

func newObjectParser(f *Fields) *objectParser {
	p := &objectParser{wants: f.wants()}
	p.found, p.hits = make([]extent, len(p.wants)), make([]bool, len(p.wants))
	p.dec, p.inner = jsontext.NewDecoder(&p.src), jsontext.NewDecoder(&p.deep)
	return p
}

// parse fills in the parts of doc and returns the date field as it stands.
// Other fields are passed over. The object must be all there is but white
// space.
func (p *objectParser) parse(object []byte, doc *models.Document) (date string, err error) {
	p.object, p.at = object, 0
	p.src = *bytes.NewBuffer(object) // a decoder does not copy out of a Buffer
	p.dec.Reset(&p.src)
	if kind := p.dec.PeekKind(); kind != '{' {
		return "", p.noObject(kind)
	}
	if err := p.members(); err != nil {
		return "", err
	}
	p.at = int(p.dec.InputOffset())
	if _, err := p.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return "", errors.New("more follows the object; write one object a line")
	}
	for i := range p.wants {
		if err := p.deeper(i); err != nil {
			return "", err
		}
	}
	if p.found[partText].end == 0 {
		return "", p.wants[partText].missing("the object", "field", p.names())
	}
	return p.fill(doc)
}

// unseen tells of the fields that none of n objects had.
func (p *objectParser) unseen(path string, n int, yield yieldFunc) bool {
	return n == 0 || unseen(path, "field", p.wants, func(i int) bool { return p.hits[i] }, yield)
}

// noObject says what stands where an article should.
func (p *objectParser) noObject(kind jsontext.Kind) error {
	if err := p.dec.SkipValue(); err != nil {
		return err
	}
	return fmt.Errorf("an article is %s; it must be an object: {\"text\": …}", kindName(kind))
}

// members reads the object, and notes the wanted values and those that may
// hold one. Its decoder sees to it that all of the object is sound.
func (p *objectParser) members() error {
	clear(p.found)
	if _, err := p.dec.ReadToken(); err != nil {
		return err
	}
	for p.dec.PeekKind() != '}' {
		key, err := p.dec.ReadValue()
		if err != nil {
			return err
		}
		wanted := p.match(p.unquotedKey(key))
		if wanted < 0 {
			if err := p.dec.SkipValue(); err != nil {
				return err
			}
			continue
		}
		value, err := p.dec.ReadValue()
		if err != nil {
			return err
		}
		end := int(p.dec.InputOffset())
		for i := range p.found[wanted:] {
			if f := &p.found[wanted+i]; f.end < 0 {
				f.start, f.end = end-len(value), end
			}
		}
	}
	_, err := p.dec.ReadToken()
	return err
}

// match marks the extents of the wants that begin with key, and have no longer
// key yet, by an end of -1. It returns the first of them, or -1.
func (p *objectParser) match(key []byte) (first int) {
	first = -1
	for i := range p.wants {
		if !fits(p.wants[i].path, key) || p.found[i].key > len(key) || p.found[i].end != 0 && p.found[i].key == len(key) {
			continue
		}
		p.found[i] = extent{end: -1, key: len(key)}
		if first < 0 {
			first = i
		}
	}
	return first
}

// fits says whether path is key or begins with it and a dot.
func fits(path string, key []byte) bool {
	return len(path) >= len(key) && path[:len(key)] == string(key) && (len(path) == len(key) || path[len(key)] == '.')
}

// unquotedKey returns what a key says. It is valid until the next call.
func (p *objectParser) unquotedKey(key jsontext.Value) []byte {
	if bytes.IndexByte(key, '\\') < 0 {
		return key[1 : len(key)-1]
	}
	p.name, _ = jsontext.AppendUnquote(p.name[:0], key) // it has just been read
	return p.name
}

// deeper follows the rest of a path into the value that was found for it.
func (p *objectParser) deeper(i int) error {
	path, f := p.wants[i].path, &p.found[i]
	for f.end > 0 && f.key < len(path) {
		rest := path[min(f.key+1, len(path)):]
		next, err := p.child(*f, rest)
		if err != nil {
			return err
		}
		next.key += len(path) - len(rest)
		if next.end == 0 {
			next = extent{}
		}
		*f = next
	}
	p.hits[i] = p.hits[i] || f.end > 0
	return nil
}

// child finds in the object or list at e the member that path begins with. An
// empty key is only found by an exact match.
func (p *objectParser) child(e extent, path string) (best extent, err error) {
	p.deep = *bytes.NewBuffer(p.object[e.start:e.end])
	p.inner.Reset(&p.deep)
	open, err := p.inner.ReadToken()
	if err != nil || open.Kind() != '{' && open.Kind() != '[' {
		return extent{}, err
	}
	for n := 0; p.inner.PeekKind() != open.Kind()+2; n++ { // { and }, [ and ]
		key := strconv.AppendInt(p.name[:0], int64(n), 10)
		if open.Kind() == '{' {
			quoted, err := p.inner.ReadValue()
			if err != nil {
				return extent{}, err
			}
			key = p.unquotedKey(quoted)
		}
		size, fit := len(key), fits(path, key)
		value, err := p.inner.ReadValue()
		if err != nil {
			return extent{}, err
		}
		if fit && (best.end == 0 || size > best.key) {
			end := e.start + int(p.inner.InputOffset())
			best = extent{end - len(value), end, size}
		}
	}
	return best, nil
}

// names lists the object's own keys, for a message.
func (p *objectParser) names() (names []string) {
	p.deep = *bytes.NewBuffer(p.object)
	p.inner.Reset(&p.deep)
	if _, err := p.inner.ReadToken(); err != nil {
		return nil
	}
	for p.inner.PeekKind() == '"' {
		key, err := p.inner.ReadToken()
		if err != nil {
			break // cannot be: the object was read before
		}
		names = append(names, key.String())
		if p.inner.SkipValue() != nil {
			break
		}
	}
	return names
}

// fill makes the parts of doc of the values that were found.
func (p *objectParser) fill(doc *models.Document) (date string, err error) {
	for i, w := range p.wants {
		f := p.found[i]
		if f.end == 0 {
			continue
		}
		value := jsontext.Value(p.object[f.start:f.end])
		p.at = f.start
		switch w.part {
		case partID:
			var id string
			if id, err = p.stringOrNumber(w, value); id != "" {
				doc.ID = id
			}
		case partTitle:
			doc.Title, err = p.orNull(w, value)
		case partText:
			doc.Text, err = p.paragraphs(w, value)
		case partDate:
			date, err = p.stringOrNumber(w, value)
		case partKept:
			err = keep(doc, w, value)
		}
		if err != nil {
			return "", err
		}
	}
	return date, nil
}

// keep copies a value into the meta of doc, without white space.
func keep(doc *models.Document, w want, value jsontext.Value) error {
	value = bytes.Clone(value)
	if err := value.Compact(); err != nil {
		return err
	}
	doc.Meta = append(doc.Meta, models.Meta{Key: w.path, JSON: string(value)})
	return nil
}

// unquoted returns what a string says, which has been read before and is sound.
func (p *objectParser) unquoted(value jsontext.Value) string {
	p.text = p.text[:0]
	rest := value[1 : len(value)-1]
	for {
		i := bytes.IndexByte(rest, '\\')
		if i < 0 {
			p.text = append(p.text, rest...)
			return string(p.text)
		}
		at := strings.IndexByte(`"\/bfnrt`, rest[i+1])
		if at < 0 { // \u: a surrogate pair is for the library to read
			p.text, _ = jsontext.AppendUnquote(p.text[:0], value)
			return string(p.text)
		}
		p.text = append(append(p.text, rest[:i]...), "\"\\/\b\f\n\r\t"[at])
		rest = rest[i+2:]
	}
}

// orNull takes a string, or null, which is none.
func (p *objectParser) orNull(w want, value jsontext.Value) (string, error) {
	switch value.Kind() {
	case '"':
		return p.unquoted(value), nil
	case 'n':
		return "", nil
	}
	return "", wrongKind(w, value, "a string")
}

// stringOrNumber takes a number as it is written, too.
func (p *objectParser) stringOrNumber(w want, value jsontext.Value) (string, error) {
	if value.Kind() == '0' {
		return string(value), nil
	}
	return p.orNull(w, value)
}

// paragraphs takes a string, or a list of strings, which become paragraphs.
func (p *objectParser) paragraphs(w want, value jsontext.Value) (string, error) {
	const either = "a string or a list of strings"
	switch value.Kind() {
	case '"':
		return p.unquoted(value), nil
	case '[':
	default:
		return "", wrongKind(w, value, either)
	}
	start := p.at
	p.deep = *bytes.NewBuffer(value)
	p.inner.Reset(&p.deep)
	if _, err := p.inner.ReadToken(); err != nil {
		return "", err
	}
	var all []string
	for p.inner.PeekKind() != ']' {
		one, err := p.inner.ReadValue()
		if err != nil {
			return "", err
		}
		if one.Kind() != '"' {
			p.at = start + int(p.inner.InputOffset()) - len(one)
			return "", fmt.Errorf("in %q stands %s; it must be %s", w.path, kindName(one.Kind()), either)
		}
		all = append(all, p.unquoted(one))
	}
	return strings.Join(all, "\n\n"), nil
}

// wrongKind says what stands where something else should.
func wrongKind(w want, value jsontext.Value, must string) error {
	return fmt.Errorf("%q is %s; it must be %s", w.path, kindName(value.Kind()), must)
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
	return p.at
}
