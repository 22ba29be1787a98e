package encode

import (
	"regexp"
	"slices"

	"wiretag/models"
)

// spacy writes an article a line for spaCy and what labels text for it. text,
// spans, cats and meta are as Prodigy and spaCy have them, label is doccano's
// form of the spans. All of them stand in every line, since doccano makes a
// table of the lines. Undecided spans are left out: they have no label.
type spacy struct {
	topics []string // every one is a category, given or not
	whole  whole
	rows   []mentionRow
	qid    *regexp.Regexp
}

// wikidataLink is the key of the links that lead to Wikidata.
const wikidataLink = "wikidata"

func newSpacy(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc {
		w := &spacy{topics: opts.Topics, qid: wikidataItem()}
		return w.record
	}}
}

// wikidataItem matches the id of an item of Wikidata.
func wikidataItem() *regexp.Regexp { return regexp.MustCompile(`^Q[1-9][0-9]*$`) }

func (w *spacy) record(b []byte, rec *models.Record) []byte {
	w.whole.read(rec)
	w.rows = appendMentionRows(w.rows[:0], rec)
	w.rows = slices.DeleteFunc(w.rows, func(r mentionRow) bool { return r.undecided != nil })
	b = appendKey(b, `{"text":`, w.whole.text)
	b = append(b, `,"spans":[`...)
	for i := range w.rows {
		b = w.span(appendComma(b, i), &w.rows[i])
	}
	b = append(b, `],"label":[`...)
	for i := range w.rows {
		b = w.label(appendComma(b, i), &w.rows[i])
	}
	b = append(b, `],"cats":{`...)
	b = w.cats(b, rec.Topics)
	b = appendKey(b, `},"meta":{"id":`, rec.ID)
	b = appendFilled(b, `,"date":`, string(rec.Date))
	return append(b, "}}\n"...)
}

// span appends a span with the arguments that Doc.char_span takes: span_id is
// the id of the entity, kb_id Wikidata's.
func (w *spacy) span(b []byte, r *mentionRow) []byte {
	start, end := w.whole.points(r.place())
	b = appendInt(b, `{"start":`, start)
	b = appendInt(b, `,"end":`, end)
	b = appendKey(b, `,"label":`, r.kind())
	b = appendKey(b, `,"text":`, r.quote())
	b = appendKey(b, `,"span_id":`, r.found.ID)
	for _, l := range r.found.Links {
		if l.Key == wikidataLink && w.qid.MatchString(l.Value) {
			b = appendKey(b, `,"kb_id":`, l.Value)
			break
		}
	}
	b = appendFloat(b, `,"score":`, r.mention.Confidence)
	return append(b, '}')
}

func (w *spacy) label(b []byte, r *mentionRow) []byte {
	start, end := w.whole.points(r.place())
	b = appendInt(b, `[`, start)
	b = appendInt(b, `,`, end)
	return append(appendKey(b, `,`, r.kind()), ']')
}

// cats appends the score of every topic: one that is missing would be unknown
// to a trainer, and not absent.
func (w *spacy) cats(b []byte, given []models.Topic) []byte {
	for i, id := range w.topics {
		b = appendString(appendComma(b, i), id)
		score := 0.0
		if j := slices.IndexFunc(given, func(t models.Topic) bool { return t.ID == id }); j >= 0 {
			score = given[j].Score
		}
		b = appendFloat(b, `:`, score)
	}
	return b
}
