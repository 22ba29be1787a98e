package encode

import (
	"unicode/utf8"

	"wiretag/models"
)

// A whole is an article as one text, for formats that know no fields: its
// title, a blank line, its text; or the one of the two that is there.
type whole struct {
	ruler ruler // counts code points
	text  string
	bytes int // where the field text begins, in bytes
	runes int // the same in code points
}

// read takes an article. It is to be called before the other methods.
func (w *whole) read(rec *models.Record) {
	w.ruler.measure(rec)
	w.text, w.bytes, w.runes = rec.Text, 0, 0
	switch {
	case rec.Title == "":
	case rec.Text == "":
		w.text = rec.Title
	default:
		head := rec.Title + "\n\n"
		w.text = head + rec.Text
		w.bytes, w.runes = len(head), utf8.RuneCountInString(head)
	}
}

// span returns where p stands in the whole, in bytes.
func (w *whole) span(p models.Place) (start, end int) {
	if p.Field == models.Title {
		return p.Start, p.End
	}
	return p.Start + w.bytes, p.End + w.bytes
}

// points returns where p stands in the whole, in code points.
func (w *whole) points(p models.Place) (start, end int) {
	start, end = w.ruler.at(p.Field, p.Start), w.ruler.at(p.Field, p.End)
	if p.Field == models.Title {
		return start, end
	}
	return start + w.runes, end + w.runes
}
