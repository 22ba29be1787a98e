package corpus

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"wiretag/models"

	"github.com/go-json-experiment/json/jsontext"
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
	t := &table{c: c, path: s.path, format: format, track: newTracker(in, c.opts.MaxLine)}
	t.csv = csv.NewReader(t.track)
	t.csv.Comma, t.csv.FieldsPerRecord = comma, -1
	if format == CSV && bySemicolon(in) {
		t.csv.Comma = ';'
	}
	if err := t.header(); err != nil {
		return errors.Is(err, io.EOF) || yield(models.Document{}, err)
	}
	t.csv.ReuseRecord = true
	for n := 1; ; n++ {
		record, err := t.csv.Read()
		if errors.Is(err, io.EOF) {
			return unseen(s.path, "column", c.opts.Fields.wants(), func(i int) bool { return t.columns[i].at >= 0 }, yield)
		}
		doc, ends, p := t.article(record, n, err)
		goOn := false
		if p != nil {
			goOn = yield(models.Document{}, p)
		} else {
			goOn = yield(doc, nil)
		}
		if !goOn || ends {
			return goOn
		}
	}
}

// bySemicolon says whether the fields of a table are parted by semicolons, as
// spreadsheets write them where the comma parts decimals: the first line has
// one, and no comma.
func bySemicolon(in *bufio.Reader) bool {
	head, _ := firstLine(in) // an error comes again
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.IndexByte(line, ';') >= 0 && bytes.IndexByte(line, ',') < 0
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
		p := t.fault(t.record(), err)
		p.Err = fmt.Errorf("%w; without its header the table was not read", p.Err)
		return p
	}
	raw := t.record()
	defer t.track.advance(t.csv.InputOffset())
	t.names = names
	for _, w := range t.c.opts.Fields.wants() {
		t.columns = append(t.columns, column{w, t.find(w.path)})
	}
	if text := t.columns[partText]; text.at < 0 {
		return t.track.problem(t.path, raw, 0, ClassField, text.missing("the header", "column", names))
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
	raw := t.record()
	defer t.track.advance(t.csv.InputOffset())
	if err != nil {
		_, isParse := errors.AsType[*csv.ParseError](err)
		return doc, !isParse, t.fault(raw, err)
	}
	switch {
	case len(record) != len(t.names):
		return doc, false, t.track.problem(t.path, raw, 0, ClassSyntax, fmt.Errorf("%s; the header has %d", fieldCount(len(record)), len(t.names)))
	case int64(len(raw)) > t.track.max:
		return doc, false, t.track.problem(t.path, raw, 0, ClassLimit, t.track.tooLong())
	}
	if at, err := t.c.checkCharacters(raw, t.track.base+t.track.at); err != nil {
		return doc, false, t.track.problem(t.path, raw, at, ClassEncoding, err)
	}
	doc = t.c.document(t.path, t.format, raw)
	doc.ID = t.path + "#" + strconv.Itoa(n)
	t.fill(&doc, record)
	return doc, false, nil
}

func fieldCount(n int) string {
	if n == 1 {
		return "the record has 1 field"
	}
	return fmt.Sprintf("the record has %d fields", n)
}

// record returns the bytes of the record in hand, behind blank lines, which
// csv passes over. It is valid until the tracker goes on.
func (t *table) record() []byte {
	for {
		raw := t.track.kept[:max(t.csv.InputOffset()-t.track.at, 0)]
		switch {
		case bytes.HasPrefix(raw, []byte("\n")):
			t.track.advance(t.track.at + 1)
		case bytes.HasPrefix(raw, []byte("\r\n")):
			t.track.advance(t.track.at + 2)
		default:
			return raw
		}
	}
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
			doc.Meta = append(doc.Meta, models.Meta{Key: col.path, JSON: quoteJSON(value)})
		}
	}
	t.c.setDate(doc, date)
}

// quoteJSON writes a string as JSON, as records write theirs: < > & as they are,
// U+FFFD for a byte that is no UTF-8, which is all that the error tells.
func quoteJSON(s string) string {
	b, _ := jsontext.AppendQuote(nil, s)
	return string(b)
}

// fault makes the Problem of a record that csv refuses.
func (t *table) fault(raw []byte, err error) *Problem {
	pe, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return t.track.problem(t.path, raw, 0, classOf(err), fmt.Errorf("%w; what follows was not read", err))
	}
	lost := ""
	if pe.Line > pe.StartLine {
		lost = fmt.Sprintf("; lines %d to %d are left out", pe.StartLine, pe.Line)
	}
	switch {
	case errors.Is(pe.Err, csv.ErrBareQuote):
		err = errors.New("a quote in a field that does not begin with one; put the field in quotes and double the quote")
	case errors.Is(pe.Err, csv.ErrQuote) && t.atEnd():
		err = errors.New("a quote is opened in this record and never closed; all from here to the end of the input is left out")
		return t.track.problem(t.path, raw, 0, ClassSyntax, err)
	case errors.Is(pe.Err, csv.ErrQuote):
		err = errors.New("more follows the quote that ends a field; double a quote that is meant")
	default:
		err = pe.Err
	}
	return t.track.problem(t.path, raw, columnOf(raw, pe.Line-t.track.line, pe.Column), ClassSyntax, fmt.Errorf("%w%s", err, lost))
}

// atEnd says whether all of the input has been read.
func (t *table) atEnd() bool {
	if int(t.csv.InputOffset()-t.track.at) < len(t.track.kept) {
		return false
	}
	_, err := t.track.in.Peek(1)
	return err != nil
}

// columnOf returns the offset of a column, in bytes from 1, of the line that is
// lines further than the first.
func columnOf(raw []byte, lines, column int) int {
	at := 0
	for range lines {
		i := bytes.IndexByte(raw[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at + column - 1
}
