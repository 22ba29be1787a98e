package corpus

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"wiretag/models"
)

func (c *Corpus) readCSV(s source, in *bufio.Reader, yield yieldFunc) bool {
	return c.readTable(s, CSV, ',', in, yield)
}

func (c *Corpus) readTSV(s source, in *bufio.Reader, yield yieldFunc) bool {
	return c.readTable(s, TSV, '\t', in, yield)
}

// readTable makes an article of each record of a table whose first record is
// the header. A record with another number of fields, or with a quote out of
// place, is a Problem; the next line is read.
func (c *Corpus) readTable(s source, format Format, comma rune, in *bufio.Reader, yield yieldFunc) bool {
	skipBOM(in)
	t := &table{c: c, path: s.path, format: format, track: newTracker(in, c.opts.MaxLine)}
	t.csv = csv.NewReader(t.track)
	t.csv.Comma, t.csv.FieldsPerRecord = comma, -1
	if err := t.header(); err != nil {
		return errors.Is(err, io.EOF) || yield(models.Document{}, err)
	}
	t.csv.ReuseRecord = true
	for n := 1; ; n++ {
		record, err := t.csv.Read()
		if errors.Is(err, io.EOF) {
			return true
		}
		doc, ends, problem := t.article(record, n, err)
		if problem != nil {
			if !yield(models.Document{}, problem) || ends {
				return !ends
			}
			continue
		}
		if !yield(doc, nil) {
			return false
		}
	}
}

// A table is one input of CSV or TSV.
type table struct {
	c       *Corpus
	path    string
	format  Format
	track   *tracker
	csv     *csv.Reader
	names   []string
	columns []column // in the order of Fields.wants
	text    int      // the column of the text
}

// A column is a wanted field and where it stands.
type column struct {
	want
	at int // -1 if the table has it not
}

// header reads the names of the columns and finds those that are wanted.
func (t *table) header() error {
	names, err := t.csv.Read()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return err
		}
		return t.fault(t.rest(), err)
	}
	raw := t.track.advance(t.csv.InputOffset())
	t.names = names
	for _, w := range t.c.opts.Fields.wants() {
		at := t.find(w.full)
		if w.part == partText {
			t.text = at
		}
		t.columns = append(t.columns, column{w, at})
	}
	if t.text < 0 {
		p := problem(t.path, ClassField, fmt.Errorf("the header has no column %q; it has %s; --text-field names another", t.columns[partText].full, listOf(names)))
		p.Line, p.Column, p.Byte, p.Raw = 1, 1, 0, append([]byte(nil), raw[:min(len(raw), MaxRaw)]...)
		return p
	}
	return nil
}

// find returns the column of a name, as it is or else in whatever case, or of
// a number from 1; -1 if there is none.
func (t *table) find(name string) int {
	for i, n := range t.names {
		if n == name {
			return i
		}
	}
	for i, n := range t.names {
		if strings.EqualFold(strings.TrimSpace(n), name) {
			return i
		}
	}
	if n, err := strconv.Atoi(name); err == nil && 1 <= n && n <= len(t.names) {
		return n - 1
	}
	return -1
}

// article makes the n-th article, or says why there is none, and whether the
// input ends there.
func (t *table) article(record []string, n int, err error) (doc models.Document, ends bool, _ *Problem) {
	if err != nil {
		_, isParse := errors.AsType[*csv.ParseError](err)
		p := t.fault(t.rest(), err)
		return doc, !isParse, p
	}
	raw := t.track.kept[:t.csv.InputOffset()-t.track.at]
	defer t.track.advance(t.csv.InputOffset())
	switch {
	case len(record) != len(t.names):
		return doc, false, t.track.problem(t.path, raw, 0, ClassSyntax, fmt.Errorf("the record has %d fields; the header has %d", len(record), len(t.names)))
	case int64(len(raw)) > t.track.max:
		return doc, false, t.track.problem(t.path, raw, 0, ClassLimit, t.track.tooLong())
	}
	if p := t.c.checkCharacters(t.path, raw, t.track.at); p != nil {
		return doc, false, t.track.problem(t.path, raw, int(p.Byte-t.track.at), ClassEncoding, p.Err)
	}
	doc = t.c.document(t.path, t.format, raw)
	doc.ID = t.path + "#" + strconv.Itoa(n)
	t.fill(&doc, record)
	return doc, false, nil
}

// fill sets the parts of an article. A record's strings may share memory with
// the next one's: csv makes them of one string, which is new.
func (t *table) fill(doc *models.Document, record []string) {
	date := ""
	for _, col := range t.columns {
		if col.at < 0 {
			continue
		}
		value := record[col.at]
		switch col.part {
		case partID:
			if value != "" {
				doc.ID = value
			}
		case partTitle:
			doc.Title = value
		case partText:
			doc.Text = value
		case partDate:
			date = value
		case partKept:
			doc.Meta = append(doc.Meta, models.Meta{Key: col.full, JSON: quoteJSON(value)})
		}
	}
	t.c.setDate(doc, date)
}

// quoteJSON writes a string, which is UTF-8, as JSON.
func quoteJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("unreachable: " + err.Error())
	}
	return string(b)
}

// rest returns what was read of the record in hand.
func (t *table) rest() []byte {
	return t.track.kept[:max(t.csv.InputOffset()-t.track.at, 0)]
}

// fault makes the Problem of a record that csv refuses, and goes on behind it.
func (t *table) fault(raw []byte, err error) *Problem {
	class, offset := classOf(err), 0
	var line, col int
	if pe, ok := errors.AsType[*csv.ParseError](err); ok {
		class, err, line, col = ClassSyntax, pe.Err, pe.Line, pe.Column
		switch {
		case errors.Is(err, csv.ErrBareQuote):
			err = errors.New(`a quote in a field that does not begin with one; put the field in quotes and double the quote`)
		case errors.Is(err, csv.ErrQuote) && len(raw) > 0 && pe.Line > pe.StartLine:
			err = fmt.Errorf("a quote that is opened in line %d is never closed, or more follows it", pe.StartLine)
		case errors.Is(err, csv.ErrQuote):
			err = errors.New("more follows the quote that ends a field; double a quote that is meant")
		}
	}
	p := t.track.problem(t.path, raw, offset, class, err)
	if line > 0 {
		p.Line, p.Column = line, col
	}
	t.track.advance(t.csv.InputOffset())
	return p
}
