package gazetteer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
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
	p.page.src = string(src)
	d := yaml.NewDecoder(bytes.NewReader(src))
	doc, err := decode(d)
	if errors.Is(err, io.EOF) {
		return p.empty()
	}
	if err != nil {
		p.syntax(src, err)
		return nil
	}
	second, err := decode(d)
	switch {
	case err == nil:
		p.report(second, yamlDocument, "behind --- a second document begins, which would not be read: put it into a file of its own, or delete the ---")
	case !errors.Is(err, io.EOF):
		p.syntax(src, err)
	}
	root := doc.Content[0]
	if isNull(root) && root.Value == "" {
		return p.empty()
	}
	if !p.vet(root, 0) {
		return nil
	}
	return root
}

// empty reports a file that holds nothing, or nothing but comments.
func (p *parser) empty() *yaml.Node {
	p.add(Pos{p.file, 1, 1}, versionKey, "the file is empty: a gazetteer begins with version: 1")
	return nil
}

// encoding reports the first byte that is not UTF-8, or else the first
// character that YAML refuses, or takes for the end of a line where an editor
// shows none.
func (p *parser) encoding(src []byte) bool {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			hint := "save the file as UTF-8"
			if i == 0 && (src[0] == 0xff || src[0] == 0xfe) {
				hint = "it looks like UTF-16; " + hint
			}
			p.add(place(p.file, src, i), yamlEncoding, fmt.Sprintf("byte 0x%02x is not UTF-8: %s", src[i], hint))
			return false
		case r == '\u0085' || r == '\u2028' || r == '\u2029':
			p.add(place(p.file, src, i), controlCharacter,
				fmt.Sprintf("here is the invisible end of a line %U, as some programs write it: put a blank or a new line in its place", r))
			return false
		case r < ' ' && r != '\t' && r != '\r' && r != '\n' || r >= 0x7f && r < 0xa0:
			p.add(place(p.file, src, i), controlCharacter, fmt.Sprintf("the file holds the control character %U: delete it", r))
			return false
		}
		i += size
	}
	return true
}

// decode reads the next document. The YAML reader has panicked on bad input
// before, so a panic is an error like any other.
func decode(d *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("yaml: the reader gave up")
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

// syntax reports why the YAML reader refused src: in our own words, or in the
// reader's where we see nothing wrong, near the line that it names.
func (p *parser) syntax(src []byte, err error) {
	if f := findFault(p.page.src); f != nil {
		p.add(place(p.file, src, f.at), f.check, f.message)
		return
	}
	message, line := err.Error(), 1
	if m := yamlError.FindStringSubmatch(message); m != nil {
		message = m[2]
		line, _ = strconv.Atoi(m[1])
	}
	line = min(max(line, 1), 1+bytes.Count(src, []byte("\n")))
	p.add(Pos{p.file, line, 1}, yamlSyntax, "the file cannot be read as YAML near this line: look for a quote, a bracket, a blank or a colon too many or too few ("+message+")")
}

// place returns the place of the byte at in src.
func place(file string, src []byte, at int) Pos {
	before := src[:at]
	line := bytes.LastIndexAny(before, "\r\n") + 1
	returns := bytes.Count(before, []byte("\r")) - bytes.Count(before, []byte("\r\n"))
	return Pos{file, 1 + bytes.Count(before, []byte("\n")) + returns, 1 + utf8.RuneCount(before[line:])}
}

// deepest is how deep lists and entries may be nested.
const deepest = 64

// vet reports what YAML can say and a gazetteer must not: names for parts of
// the text, which can blow up or hide an entry, and tags. It refuses to go
// deeper than any gazetteer is.
func (p *parser) vet(n *yaml.Node, depth int) bool {
	if depth > deepest {
		p.report(n, yamlDepth, "%s", tooDeep)
		return false
	}
	switch {
	case p.anchors > 10: // a file made of them is refused, not listed
	case n.Kind == yaml.AliasNode:
		p.anchor(n, "*%s stands for what is marked &%[1]s elsewhere, which gazetteers do without: write it out, or put text that begins with * in quotes", n.Value)
	case n.Anchor != "":
		p.anchor(n, "&%s marks what follows for repetition elsewhere, which gazetteers do without: delete it, or put text that begins with & in quotes", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		p.anchor(n, "%s says of which kind the value is, which gazetteers do without: delete it, or put text that begins with ! in quotes", n.Tag)
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && c.Tag == "!!merge" {
			p.anchor(c, "<< copies keys from elsewhere, which gazetteers do without: write them out")
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
