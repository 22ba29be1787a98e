package interchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
)

const xmlNS = "http://www.w3.org/XML/1998/namespace"

// readRDFXML reads what thesauri in RDF/XML are made of: nodes with rdf:about,
// rdf:ID or rdf:nodeID, whose elements are properties with a text, with
// rdf:resource, with a node inside, or with one of the kinds of rdf:parseType.
// Entities that the DOCTYPE declares are read, addresses are made whole by
// xml:base. https://www.w3.org/TR/rdf-syntax-grammar/
func readRDFXML(r io.Reader, emit func(statement)) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	x := &rdfXML{d: d, emit: emit}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return x.errorf("not XML: %v", err)
		}
		if d, ok := tok.(xml.Directive); ok {
			x.entities(d)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Space == rdfNS && start.Name.Local == "RDF" {
			x.base, _ = attr(start, xmlNS, "base")
			continue
		}
		if _, err := x.node(start, "", 0); err != nil {
			return err
		}
	}
}

type rdfXML struct {
	d      *xml.Decoder
	emit   func(statement)
	base   string
	blanks int
}

// entity is a declaration of a short name for a text in a DOCTYPE, of at most
// longEntity bytes. The pattern does not count them: it would be compiled into a
// thousand copies at every start of the program, in 1.6 ms.
var entity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+["']([^"'&%]*)["']\s*>`)

const longEntity = 1000

// entities reads the declarations of a DOCTYPE. The texts are short and hold no
// entities themselves, so that they cannot blow up.
func (x *rdfXML) entities(d xml.Directive) {
	if x.d.Entity == nil {
		x.d.Entity = map[string]string{}
	}
	for _, m := range entity.FindAllSubmatch(d, -1) {
		if len(m[2]) <= longEntity {
			x.d.Entity[string(m[1])] = string(m[2])
		}
	}
}

// whole makes an address whole.
func (x *rdfXML) whole(iri string) string { return resolve(x.base, iri) }

// anonymous names a node that has no name: as none can be written.
func (x *rdfXML) anonymous() string {
	x.blanks++
	return fmt.Sprint("_:#", x.blanks)
}

func (x *rdfXML) line() int {
	line, _ := x.d.InputPos()
	return line
}

func (x *rdfXML) errorf(format string, args ...any) error {
	return fmt.Errorf("%d: %s", x.line(), fmt.Sprintf(format, args...))
}

func attr(e xml.StartElement, space, local string) (string, bool) {
	for _, a := range e.Attr {
		if a.Name.Space == space && a.Name.Local == local {
			return a.Value, true
		}
	}
	return "", false
}

// node reads an element that is a thing and returns its name.
func (x *rdfXML) node(e xml.StartElement, lang string, depth int) (string, error) {
	if depth > 64 {
		return "", x.errorf("nested more than 64 deep")
	}
	name, ok := attr(e, rdfNS, "about")
	if ok {
		name = x.whole(name)
	}
	if id, found := attr(e, rdfNS, "ID"); !ok && found {
		name, ok = x.whole("#"+id), true
	}
	if id, found := attr(e, rdfNS, "nodeID"); !ok && found {
		name, ok = "_:"+id, true
	}
	if !ok {
		name = x.anonymous()
	}
	if l, ok := attr(e, xmlNS, "lang"); ok {
		lang = l
	}
	if e.Name.Space != rdfNS || e.Name.Local != "Description" {
		x.emit(statement{x.line(), name, rdfType, e.Name.Space + e.Name.Local, ""})
	}
	for _, a := range e.Attr {
		if a.Name.Space != "" && a.Name.Space != rdfNS && a.Name.Space != xmlNS && a.Name.Space != "xmlns" {
			x.emit(statement{x.line(), name, a.Name.Space + a.Name.Local, a.Value, lang})
		}
	}
	return name, x.elements(func(e xml.StartElement) error { return x.property(name, e, lang, depth+1) })
}

// elements walks the elements up to the end of the one that is open.
func (x *rdfXML) elements(each func(xml.StartElement) error) error {
	for {
		tok, err := x.d.Token()
		if err != nil {
			return x.errorf("not XML: %v", err)
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := each(tok); err != nil {
				return err
			}
		}
	}
}

// parseType reads a property whose content is not what a property's usually is:
// the properties of a nameless thing, a list of things, or text with markup.
func (x *rdfXML) parseType(how string, s statement, lang string, depth int) (err error) {
	if depth > 64 {
		return x.errorf("nested more than 64 deep")
	}
	switch how {
	case "Resource":
		s.object = x.anonymous()
		err = x.elements(func(e xml.StartElement) error { return x.property(s.object, e, lang, depth+1) })
	case "Collection":
		s.object = x.anonymous()
		err = x.elements(func(e xml.StartElement) error {
			node, err := x.node(e, lang, depth+1)
			x.emit(statement{x.line(), s.object, rdfNS + "li", node, ""})
			return err
		})
	default: // a literal, as which the standard has all others read
		s.object, err = x.markup(0)
	}
	if err == nil {
		x.emit(s)
	}
	return err
}

// markup returns the text up to the end of the element that is open, without
// the marks in it.
func (x *rdfXML) markup(depth int) (string, error) {
	var text strings.Builder
	for {
		tok, err := x.d.Token()
		if err != nil {
			return "", x.errorf("not XML: %v", err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			text.Write(tok)
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return strings.TrimSpace(text.String()), nil
			}
		}
	}
}

// property reads an element that says something of a subject.
func (x *rdfXML) property(subject string, e xml.StartElement, lang string, depth int) error {
	if l, ok := attr(e, xmlNS, "lang"); ok {
		lang = l
	}
	s := statement{x.line(), subject, e.Name.Space + e.Name.Local, "", ""}
	if how, ok := attr(e, rdfNS, "parseType"); ok {
		return x.parseType(how, s, lang, depth)
	}
	resource, isIRI := attr(e, rdfNS, "resource")
	if isIRI {
		resource = x.whole(resource)
	}
	if id, ok := attr(e, rdfNS, "nodeID"); ok && !isIRI {
		resource, isIRI = "_:"+id, true
	}
	var text strings.Builder
	for {
		tok, err := x.d.Token()
		if err != nil {
			return x.errorf("not XML: %v", err)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			text.Write(tok)
		case xml.StartElement:
			if resource, err = x.node(tok, lang, depth+1); err != nil {
				return err
			}
			isIRI = true
		case xml.EndElement:
			if s.object = resource; !isIRI {
				s.object, s.lang = strings.TrimSpace(text.String()), lang
			}
			x.emit(s)
			return nil
		}
	}
}
