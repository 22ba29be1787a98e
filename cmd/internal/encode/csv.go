package encode

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"wiretag/models"
)

// newCSV writes a table by RFC 4180 with a line feed at the end of a row, and
// a header.
func newCSV(opts Options) Encoder { return newSheet(opts, ',') }

// newTSV is newCSV with tabs between cells. A cell with a tab, a quote or a
// line break stands in quotes, as spreadsheets, pandas and DuckDB read it.
func newTSV(opts Options) Encoder { return newSheet(opts, '\t') }

func newSheet(opts Options, comma rune) Encoder {
	head := newSheetWriter(opts, comma)
	head.plain = true
	head.row(head.header()...)
	return Encoder{
		Head:   head.take(nil),
		Worker: func() AppendFunc { return newSheetWriter(opts, comma).append },
	}
}

// A sheetWriter writes the rows of one table.
type sheetWriter struct {
	opts  Options
	ruler ruler
	spots []spot
	buf   bytes.Buffer
	csv   *csv.Writer
	plain bool // write cells as they are
}

func newSheetWriter(opts Options, comma rune) *sheetWriter {
	w := &sheetWriter{opts: opts, ruler: ruler{unit: opts.Offsets}, plain: opts.RawCells}
	w.csv = csv.NewWriter(&w.buf)
	w.csv.Comma = comma
	return w
}

// row writes cells. Numbers of our own are never negative, so that none of them
// looks like a formula.
func (w *sheetWriter) row(cells ...string) {
	for i, c := range cells {
		if w.plain {
			cells[i] = valid(c)
		} else {
			cells[i] = safeCell(c)
		}
	}
	_ = w.csv.Write(cells) // a Buffer takes everything
}

// take appends what was written to b.
func (w *sheetWriter) take(b []byte) []byte {
	w.csv.Flush()
	b = append(b, w.buf.Bytes()...)
	w.buf.Reset()
	return b
}

func (w *sheetWriter) header() []string {
	switch w.opts.Table {
	case Topics:
		return []string{"article", "date", "title", "path", "topic", "label", "score", "threshold", "for", "against", "held", "child", "clues", "counter", "evidence", "why"}
	case Mentions:
		return []string{"article", "date", "field", "start", "end", "quote", "id", "name", "type", "alias", "via", "zone", "confidence", "decided", "nested", "groups", "candidates", "before", "after"}
	}
	head := []string{"id", "date", "title", "path", "mentions", "entities", "undecided"}
	for _, t := range w.opts.Topics {
		head = append(head, "topic:"+t)
	}
	return head
}

func (w *sheetWriter) append(b []byte, rec *models.Record) []byte {
	switch w.opts.Table {
	case Articles:
		w.article(rec)
	case Topics:
		for i := range rec.Topics {
			w.topic(rec, &rec.Topics[i])
		}
	case Mentions:
		w.ruler.measure(rec)
		w.spots = spots(w.spots[:0], rec)
		for i := range w.spots {
			w.mention(rec, &w.spots[i])
		}
	}
	return w.take(b)
}

// article writes a row with a column for every topic; it is empty where the
// article has not the topic.
func (w *sheetWriter) article(rec *models.Record) {
	mentions := 0
	var entities []string
	for i := range rec.Entities {
		mentions += rec.Entities[i].Count
		entities = append(entities, rec.Entities[i].ID)
	}
	cells := []string{rec.ID, string(rec.Date), rec.Title, rec.Source.Path, strconv.Itoa(mentions), strings.Join(entities, "; "), strconv.Itoa(len(rec.Undecided))}
	scores := make(map[string]float64, len(rec.Topics))
	for i := range rec.Topics {
		scores[rec.Topics[i].ID] = rec.Topics[i].Score
	}
	for _, t := range w.opts.Topics {
		score, ok := scores[t]
		cells = append(cells, "")
		if ok {
			cells[len(cells)-1] = number(score)
		}
	}
	w.row(cells...)
}

func (w *sheetWriter) topic(rec *models.Record, t *models.Topic) {
	pro, contra := number(t.For), number(t.Against)
	if t.Child != "" { // its score is another's
		pro, contra = "", ""
	}
	w.row(rec.ID, string(rec.Date), rec.Title, rec.Source.Path, t.ID, t.Label, number(t.Score), number(t.Threshold),
		pro, contra, truth(t.Held), t.Child, clueNames(t.Clues), clueNames(t.Counter), strings.Join(evidence(t), "; "), t.Why)
}

// evidence lists the distinct quotes that a topic's clues were met by.
func evidence(t *models.Topic) []string {
	var quotes []string
	seen := map[string]bool{}
	for i := range t.Clues {
		for _, s := range t.Clues[i].Spans {
			if q := OneLine(valid(s.Quote)); !seen[q] {
				seen[q] = true
				quotes = append(quotes, q)
			}
		}
	}
	return quotes
}

func clueNames(clues []models.Clue) string {
	var names []string
	for i := range clues {
		names = append(names, clues[i].Name)
	}
	return strings.Join(names, "; ")
}

func (w *sheetWriter) mention(rec *models.Record, s *spot) {
	text := field(rec, s.Field)
	start, end := strconv.Itoa(w.ruler.at(s.Field, s.Start)), strconv.Itoa(w.ruler.at(s.Field, s.End))
	left, right := before(text[:s.Start]), after(text[s.End:])
	head := []string{rec.ID, string(rec.Date), s.Field.String(), start, end, s.quote}
	if u := s.undecided; u != nil {
		var names []string
		for _, c := range u.Candidates {
			names = append(names, c.ID+c.Name)
		}
		w.row(append(head, "", "", "", "", u.Via.String(), u.Zone.String(), "", "", "", "", strings.Join(names, "; "), left, right)...)
		return
	}
	m := s.mention
	w.row(append(head, s.entity.ID, s.entity.Name, s.label(), m.Alias, m.Via.String(), m.Zone.String(), number(m.Confidence),
		m.Decided, truth(m.Nested), strings.Join(s.entity.Groups, "; "), "", left, right)...)
}

// number writes the shortest form that reads back as f.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// truth writes true, or nothing.
func truth(b bool) string {
	if b {
		return "true"
	}
	return ""
}
