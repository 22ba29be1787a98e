package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"

	"wiretag/models"
)

// readLines makes an article of each line. A line that is none is a Problem,
// and the next line is read. Blank lines are nothing.
func (c *Corpus) readLines(s source, in *bufio.Reader, yield yieldFunc) bool {
	lines := lineReader{in: in, max: c.opts.MaxLine}
	parser := newObjectParser(&c.opts.Fields)
	n := 0 // lines that should be articles: an id must not change when another line is mended
	for {
		line, err := lines.read(c.buf)
		c.buf = line
		switch {
		case errors.Is(err, io.EOF):
			return parser.unseen(s.path, n, yield)
		case err != nil && !errors.Is(err, errLongLine):
			return yield(models.Document{}, lines.problem(s.path, 0, classOf(err), err))
		case err == nil && len(bytes.TrimSpace(line)) == 0:
			continue
		}
		n++
		var doc models.Document
		if err == nil {
			doc, err = c.article(s.path, n, &lines, parser)
		} else {
			err = lines.problem(s.path, 0, ClassLimit, lines.tooLong())
		}
		if !yield(doc, err) {
			return false
		}
	}
}

// article makes the n-th article of a file from the line in hand.
func (c *Corpus) article(path string, n int, lines *lineReader, p *objectParser) (models.Document, error) {
	if c.decoding != nil {
		if at, err := c.checkCharacters(lines.line, lines.start); err != nil {
			return models.Document{}, lines.problem(path, at, ClassEncoding, err)
		}
	}
	doc := c.document(path, JSONL, lines.line)
	doc.ID = path + "#" + strconv.Itoa(n)
	date, err := p.parse(lines.line, &doc)
	if err != nil {
		return models.Document{}, lines.problem(path, p.errorOffset(err), ClassField, err)
	}
	c.setDate(&doc, date)
	return doc, nil
}
