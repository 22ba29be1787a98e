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

// readJSON makes articles of the objects of a list, or of objects that follow
// one another. An object that is no article is a Problem, and the next is
// read; what is no JSON ends the input, since nobody knows where the next
// begins. An object alone is an input of one article.
func (c *Corpus) readJSON(s source, in *bufio.Reader, yield yieldFunc) bool {
	j := &jsonReader{c: c, path: s.path, yield: yield, parser: newObjectParser(&c.opts.Fields)}
	j.track = newTracker(in, c.opts.MaxLine)
	// What the parser of objects refuses does not end the input.
	j.dec = jsontext.NewDecoder(j.track, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for j.goOn = true; j.goOn; {
		err := j.value()
		switch {
		case errors.Is(err, io.EOF):
			return j.parser.unseen(j.path, j.n, yield)
		case err != nil:
			return yield(models.Document{}, j.broken(err))
		}
	}
	return false
}

// A jsonReader reads one input of JSON.
type jsonReader struct {
	c      *Corpus
	path   string
	yield  yieldFunc
	goOn   bool // what yield last said
	parser *objectParser
	track  *tracker
	dec    *jsontext.Decoder
	n      int // values so far that should be articles
}

// value reads a value of the outermost depth, or the list of values that is
// there.
func (j *jsonReader) value() error {
	if j.dec.PeekKind() != '[' {
		return j.element(j.n == 0)
	}
	if _, err := j.dec.ReadToken(); err != nil {
		return err
	}
	for j.goOn && j.dec.PeekKind() != ']' {
		if err := j.element(false); err != nil {
			return inList(err)
		}
	}
	if !j.goOn {
		return nil
	}
	_, err := j.dec.ReadToken()
	return inList(err)
}

// inList makes the end of the input inside a list a fault.
func inList(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// element reads one value, which should be an article; mayBeOnly says that it
// is all there is, unless another follows.
func (j *jsonReader) element(mayBeOnly bool) error {
	value, err := j.dec.ReadValue()
	if err != nil {
		return err
	}
	end := j.dec.InputOffset()
	value = bytes.Clone(value) // PeekKind may move it
	j.track.advance(end - int64(len(value)))
	j.n++
	id := j.path
	if !mayBeOnly || j.dec.PeekKind() != 0 {
		id += "#" + strconv.Itoa(j.n)
	}
	if doc, p := j.article(id, value); p != nil {
		j.goOn = j.yield(models.Document{}, p)
	} else {
		j.goOn = j.yield(doc, nil)
	}
	j.track.advance(end)
	return nil
}

// article makes the article of a value.
func (j *jsonReader) article(id string, value []byte) (models.Document, *Problem) {
	if j.c.decoding != nil {
		if at, err := j.c.checkCharacters(value, j.track.at); err != nil {
			return models.Document{}, j.track.problem(j.path, value, at, ClassEncoding, err)
		}
	}
	doc := j.c.document(j.path, JSON, value)
	doc.ID = id
	date, err := j.parser.parse(value, &doc)
	if err != nil {
		class, at := ClassField, j.parser.errorOffset(err)
		if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
			class, err = ClassSyntax, se.Err
		}
		return models.Document{}, j.track.problem(j.path, value, at, class, err)
	}
	j.c.setDate(&doc, date)
	return doc, nil
}

// broken makes the Problem of an input that is no JSON from some byte on.
func (j *jsonReader) broken(err error) *Problem {
	class, at := classOf(err), j.dec.InputOffset()
	if limit, ok := errors.AsType[limitError](err); ok {
		err = limit
	} else if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok && class == ClassRead {
		class, at, err = ClassSyntax, se.ByteOffset, se.Err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		class, err = ClassSyntax, errors.New("the input ends inside a value")
	}
	j.track.advance(j.dec.InputOffset())
	between := int64(len(j.track.kept) - len(bytes.TrimLeft(j.track.kept, ", \t\r\n")))
	j.track.advance(j.track.at + between)
	at = max(at, j.track.at)
	raw := j.track.kept[:min(int64(len(j.track.kept)), MaxRaw)]
	return j.track.problem(j.path, raw, int(at-j.track.at), class, fmt.Errorf("%w; what follows was not read", err))
}
