package encode

import "wiretag/models"

// mentions writes a flat JSON object for every mention and every undecided
// span, with the words around it, in the key order that
// models/mention.schema.json documents. An article without any has no line.
type mentions struct {
	jsonl
	rows []mentionRow
}

func newMentions(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc {
		w := &mentions{jsonl: jsonl{opts: opts, ruler: ruler{unit: opts.Offsets}}}
		return w.record
	}}
}

func (w *mentions) record(b []byte, rec *models.Record) []byte {
	w.ruler.measure(rec)
	w.rows = appendMentionRows(w.rows[:0], rec)
	for i := range w.rows {
		b = w.row(b, rec, &w.rows[i])
	}
	return b
}

func (w *mentions) row(b []byte, rec *models.Record, r *mentionRow) []byte {
	p := r.place()
	field := fieldOf(rec, p.Field)
	b = appendKey(b, `{"article":`, rec.ID)
	b = appendFilled(b, `,"date":`, string(rec.Date))
	b = appendKey(b, `,"offsets":`, w.opts.Offsets.String())
	b = appendKey(b, `,"field":`, p.Field.String())
	b = appendInt(b, `,"start":`, w.ruler.at(p.Field, p.Start))
	b = appendInt(b, `,"end":`, w.ruler.at(p.Field, p.End))
	b = appendKey(b, `,"before":`, before(field, p.Start))
	b = appendKey(b, `,"quote":`, r.quote())
	b = appendKey(b, `,"after":`, after(field, p.End))
	if u := r.undecided; u != nil {
		b = appendKey(b, `,"via":`, u.Via.String())
		b = appendKey(b, `,"zone":`, u.Zone.String())
		b = appendCandidates(b, u.Candidates)
	} else {
		b = appendDecided(b, rec, r)
	}
	return append(b, '}', '\n')
}

// appendDecided appends what a span was decided to be, and how.
func appendDecided(b []byte, rec *models.Record, r *mentionRow) []byte {
	f, m := r.found, r.mention
	b = appendKey(b, `,"entity":`, f.ID)
	b = appendKey(b, `,"name":`, f.Name)
	b = appendKey(b, `,"type":`, r.kind())
	b = appendGroups(b, f.Groups)
	b = appendLinks(b, f.Links)
	b = appendKey(b, `,"alias":`, m.Alias)
	b = appendKey(b, `,"via":`, m.Via.String())
	b = appendKey(b, `,"zone":`, m.Zone.String())
	b = appendFloat(b, `,"confidence":`, m.Confidence)
	b = appendFilled(b, `,"antecedent":`, antecedent(rec, m))
	b = appendFilled(b, `,"decided":`, m.Decided)
	return appendTrue(b, `,"nested":`, m.Nested)
}

// antecedent returns the full name that a family name leans on, or "".
func antecedent(rec *models.Record, m *models.Mention) string {
	if m.Antecedent == nil {
		return ""
	}
	p := *m.Antecedent
	return fieldOf(rec, p.Field)[p.Start:p.End]
}
