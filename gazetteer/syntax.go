package gazetteer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// document reads src as one YAML document and returns its root, nil if there
// is none or if it cannot be trusted; what is wrong has then been reported.
func (p *parser) document(src []byte) *yaml.Node {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if !p.encoding(src) {
		return nil
	}
	d := yaml.NewDecoder(bytes.NewReader(src))
	doc, err := decode(d)
	if errors.Is(err, io.EOF) {
		p.add(Pos{p.file, 1, 1}, versionKey, "the file is empty: a gazetteer begins with version: 1")
		return nil
	}
	if err != nil {
		p.syntax(src, err)
		return nil
	}
	second, err := decode(d)
	switch {
	case err == nil:
		p.report(second, yamlDocument, "a second YAML document begins here: put it into a file of its own")
	case !errors.Is(err, io.EOF):
		p.syntax(src, err)
	}
	root := doc.Content[0]
	if !p.vet(root, 0) {
		return nil
	}
	return root
}

// encoding reports the first byte that is not UTF-8, or else the first
// character that YAML refuses.
func (p *parser) encoding(src []byte) bool {
	pos := Pos{p.file, 1, 1}
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			hint := "save the file as UTF-8"
			if i == 0 && (src[0] == 0xff || src[0] == 0xfe) {
				hint = "it looks like UTF-16; " + hint
			}
			p.add(pos, yamlEncoding, fmt.Sprintf("byte 0x%02x is not UTF-8: %s", src[i], hint))
			return false
		case r == '\n':
			pos.Line++
			pos.Col = 0
		case r < ' ' && r != '\t' && r != '\r' || r >= 0x7f && r < 0xa0 && r != 0x85:
			p.add(pos, controlCharacter, fmt.Sprintf("the file holds the control character %U: delete it", r))
			return false
		}
		pos.Col++
		i += size
	}
	return true
}

// decode reads the next document. The YAML reader has panicked on bad input
// before, so a panic is an error like any other.
func decode(d *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: the reader gave up: %v", r)
		}
	}()
	doc = new(yaml.Node)
	if err = d.Decode(doc); err == nil && len(doc.Content) == 0 {
		err = io.EOF
	}
	return doc, err
}

// yamlError takes apart "yaml: line 3: did not find expected key"; the line is
// not always there.
var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// hints say in words what the reader's messages mean for a gazetteer.
var hints = []struct{ message, hint string }{
	{"found a tab", "indent with blanks"},
	{"found character that cannot start any token", "indent with blanks, not tabs, and quote text that begins with @, ` or %"},
	{"mapping values are not allowed in this context", `text with ": " in it has to stand in quotes`},
	{"found unexpected end of stream", "a quote is opened and never closed"},
	{"did not find expected key", "the indentation is wrong, or text goes on behind a closing quote"},
	{"did not find expected '-' indicator", "the items of a list have to begin in the same column"},
	{"did not find expected ',' or ']'", "a [ is never closed, or text with , [ ] { } in it needs quotes"},
	{"did not find expected ',' or '}'", "a { is never closed, or text with , [ ] { } in it needs quotes"},
	{"did not find expected node content", "text that begins with , ] or } has to stand in quotes"},
	{"did not find expected alphabetic or numeric character", "text that begins with & or * has to stand in quotes"},
	{"unknown anchor", "text that begins with * has to stand in quotes"},
	{"exceeded max depth", "lists and mappings may be nested 64 deep"},
}

// syntax reports what the YAML reader said, where it can be found out where.
func (p *parser) syntax(src []byte, err error) {
	m := yamlError.FindStringSubmatch(strings.TrimSpace(err.Error()))
	message, line := err.Error(), 1
	if m != nil {
		message = m[2]
		line, _ = strconv.Atoi(m[1])
	}
	line = culprit(src, message, max(line, 1))
	text := lineAt(src, line)
	blank := len(text) - len(strings.TrimLeft(text, " "))
	for _, h := range hints {
		if strings.HasPrefix(message, h.message) {
			message += ": " + h.hint
			break
		}
	}
	p.add(Pos{p.file, line, blank + 1}, yamlSyntax, "not YAML: "+message)
}

// culprit returns the line of an error. The reader names the line where the
// block began that it was reading, which may be a page above, or none. A
// mistake in a block shows as soon as its line is there, whatever follows, so
// the first line with which the text so far fails in the same way is the one.
// That does not hold for brackets and quotes, which any cut leaves open: for
// these the reader names the line of the opening one.
func culprit(src []byte, message string, line int) int {
	const costly = 256 << 10
	switch {
	case strings.Contains(message, "end of stream"):
		if !strings.ContainsAny(lineAt(src, line), `'"`) {
			return 1 // an opening quote there is not seen: the reader counts from 0
		}
		return line
	case strings.Contains(message, "']'") || strings.Contains(message, "'}'"):
		return min(line+1, bytes.Count(src, []byte("\n"))+1)
	case len(src) > costly:
		return min(line, bytes.Count(src, []byte("\n"))+1)
	}
	ends := []int{0}
	for i, c := range src {
		if c == '\n' || i == len(src)-1 {
			ends = append(ends, i+1)
		}
	}
	low, high := 0, len(ends)-1 // the text up to high fails, up to low does not
	for high-low > 1 {
		middle := (low + high) / 2
		if fails(src[:ends[middle]], message) {
			high = middle
		} else {
			low = middle
		}
	}
	return max(high, 1)
}

// fails tells whether src breaks the reader with this message.
func fails(src []byte, message string) bool {
	d := yaml.NewDecoder(bytes.NewReader(src))
	for {
		_, err := decode(d)
		if err != nil {
			return strings.HasSuffix(err.Error(), message)
		}
	}
}

// lineAt returns the n-th line of src, counted from 1.
func lineAt(src []byte, n int) string {
	i := 0
	for line := range bytes.Lines(src) {
		if i++; i == n {
			return string(line)
		}
	}
	return ""
}

// vet reports what YAML can say and a gazetteer must not: names for parts of
// the text, which can blow up or hide an entry, and tags. It refuses to go
// deeper than any gazetteer is.
func (p *parser) vet(n *yaml.Node, depth int) bool {
	const deepest = 64
	if depth > deepest {
		p.report(n, yamlDepth, "nested more than %d deep", deepest)
		return false
	}
	switch {
	case p.anchors > 10: // a file made of them is refused, not listed
	case n.Kind == yaml.AliasNode:
		p.anchor(n, "*%s is an alias of YAML, which gazetteers do without: quote the text, or write it out", n.Value)
	case n.Anchor != "":
		p.anchor(n, "&%s is an anchor of YAML, which gazetteers do without: quote the text", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		p.anchor(n, "%s is a tag of YAML, which gazetteers do without: quote the text", n.Tag)
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && c.Tag == "!!merge" {
			p.anchor(c, "<< is a merge key of YAML, which gazetteers do without: write the keys out")
		}
		if !p.vet(c, depth+1) {
			return false
		}
	}
	return true
}

func (p *parser) anchor(n *yaml.Node, format string, args ...any) {
	p.anchors++
	p.report(n, yamlAnchor, format, args...)
}
