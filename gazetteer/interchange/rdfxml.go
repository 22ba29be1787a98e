package interchange

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

const xmlNS = "http://www.w3.org/XML/1998/namespace"

// readRDFXML reads what thesauri in RDF/XML are made of: nodes with rdf:about,
// rdf:ID or rdf:nodeID, whose elements are properties with a text, with
// rdf:resource, or with a node inside. An element with rdf:parseType is
// reported as an error. https://www.w3.org/TR/rdf-syntax-grammar/
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
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Space == rdfNS && start.Name.Local == "RDF" {
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
	blanks int
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
	if id, found := attr(e, rdfNS, "ID"); !ok && found {
		name, ok = "#"+id, true
	}
	if id, found := attr(e, rdfNS, "nodeID"); !ok && found {
		name, ok = "_:"+id, true
	}
	if !ok {
		x.blanks++
		name = fmt.Sprint("_:x", x.blanks)
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
	for {
		tok, err := x.d.Token()
		if err != nil {
			return "", x.errorf("not XML: %v", err)
		}
		switch tok := tok.(type) {
		case xml.EndElement:
			return name, nil
		case xml.StartElement:
			if err := x.property(name, tok, lang, depth+1); err != nil {
				return "", err
			}
		}
	}
}

// property reads an element that says something of a subject.
func (x *rdfXML) property(subject string, e xml.StartElement, lang string, depth int) error {
	if how, ok := attr(e, rdfNS, "parseType"); ok {
		return x.errorf("rdf:parseType=%q is not read", how)
	}
	if l, ok := attr(e, xmlNS, "lang"); ok {
		lang = l
	}
	s := statement{x.line(), subject, e.Name.Space + e.Name.Local, "", ""}
	resource, isIRI := attr(e, rdfNS, "resource")
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
