package encode

import (
	"strconv"

	"wiretag/models"
)

// jsonl writes records as JSON, one a line, in the key order that
// models/record.schema.json documents. It is written out by hand: no
// reflection, and no allocation once its buffers have grown.
type jsonl struct {
	opts  Options
	ruler ruler
}

func newJSONL(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc {
		w := &jsonl{opts: opts, ruler: ruler{unit: opts.Offsets}}
		return w.record
	}}
}

func (w *jsonl) record(b []byte, rec *models.Record) []byte {
	w.ruler.measure(rec)
	b = append(b, `{"schema":`...)
	b = strconv.AppendInt(b, models.SchemaVersion, 10)
	b = appendKey(b, `,"tool":`, rec.Tool)
	b = appendKey(b, `,"id":`, rec.ID)
	b = appendSource(b, rec.Source)
	b = appendFilled(b, `,"date":`, string(rec.Date))
	b = appendFilled(b, `,"date_from":`, rec.DateFrom)
	b = appendKey(b, `,"offsets":`, w.opts.Offsets.String())
	b = append(b, `,"gazetteer":{`...)
	if rec.Gazetteer.Name != "" {
		b = appendKey(b, `"name":`, rec.Gazetteer.Name)
		b = append(b, ',')
	}
	b = appendKey(b, `"hash":`, rec.Gazetteer.Hash)
	b = append(b, '}')
	if rec.Derived || w.opts.IncludeText {
		b = appendFilled(b, `,"title":`, rec.Title)
		b = appendFilled(b, `,"text":`, rec.Text)
	}
	b = appendMeta(b, rec.Meta)
	b = w.entities(b, rec.Entities)
	b = w.undecided(b, rec.Undecided)
	b = w.topics(b, rec.Topics)
	return append(b, '}', '\n')
}

func appendSource(b []byte, s models.Source) []byte {
	b = appendKey(b, `,"source":{"path":`, s.Path)
	b = appendKey(b, `,"format":`, s.Format)
	b = appendFilled(b, `,"sha256":`, s.SHA256)
	return append(b, '}')
}

// appendMeta appends fields of the source, whose values are JSON already.
func appendMeta(b []byte, meta []models.Meta) []byte {
	if len(meta) == 0 {
		return b
	}
	b = append(b, `,"meta":{`...)
	for i, m := range meta {
		b = appendString(appendComma(b, i), m.Key)
		b = append(append(b, ':'), m.JSON...)
	}
	return append(b, '}')
}

func (w *jsonl) entities(b []byte, found []models.Found) []byte {
	b = append(b, `,"entities":[`...)
	for i := range found {
		f := &found[i]
		b = appendComma(b, i)
		b = appendKey(b, `{"id":`, f.ID)
		b = appendKey(b, `,"name":`, f.Name)
		b = appendKey(b, `,"type":`, f.Type)
		b = appendGroups(b, f.Groups)
		b = appendLinks(b, f.Links)
		b = appendInt(b, `,"count":`, f.Count)
		b = appendFloat(b, `,"relevance":`, f.Relevance)
		b = w.mentions(b, f.Mentions)
		b = append(b, '}')
	}
	return append(b, ']')
}

func (w *jsonl) mentions(b []byte, mentions []models.Mention) []byte {
	b = append(b, `,"mentions":[`...)
	for i := range mentions {
		m := &mentions[i]
		b = appendComma(b, i)
		b = w.place(b, m.Place)
		b = appendKey(b, `,"quote":`, m.Quote)
		b = appendKey(b, `,"alias":`, m.Alias)
		b = appendKey(b, `,"via":`, m.Via.String())
		b = appendFilled(b, `,"type":`, m.Type)
		b = appendKey(b, `,"zone":`, m.Zone.String())
		b = appendFloat(b, `,"confidence":`, m.Confidence)
		if m.Antecedent != nil {
			b = append(b, `,"antecedent":`...)
			b = append(w.place(b, *m.Antecedent), '}')
		}
		b = appendFilled(b, `,"decided":`, m.Decided)
		b = appendTrue(b, `,"nested":`, m.Nested)
		b = append(b, '}')
	}
	return append(b, ']')
}

func (w *jsonl) undecided(b []byte, spans []models.Undecided) []byte {
	if len(spans) == 0 {
		return b
	}
	b = append(b, `,"undecided":[`...)
	for i := range spans {
		u := &spans[i]
		b = appendComma(b, i)
		b = w.place(b, u.Place)
		b = appendKey(b, `,"quote":`, u.Quote)
		b = appendKey(b, `,"via":`, u.Via.String())
		b = appendKey(b, `,"zone":`, u.Zone.String())
		b = appendCandidates(b, u.Candidates)
		b = append(b, '}')
	}
	return append(b, ']')
}

func appendCandidates(b []byte, candidates []models.Candidate) []byte {
	b = append(b, `,"candidates":[`...)
	for i, c := range candidates {
		b = appendComma(b, i)
		switch {
		case c.ID == "":
			b = appendKey(b, `{"name":`, c.Name)
		default:
			b = appendKey(b, `{"id":`, c.ID)
			b = appendFilled(b, `,"name":`, c.Name)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

func (w *jsonl) topics(b []byte, topics []models.Topic) []byte {
	b = append(b, `,"topics":[`...)
	for i := range topics {
		t := &topics[i]
		b = appendComma(b, i)
		b = appendKey(b, `{"id":`, t.ID)
		b = appendKey(b, `,"label":`, t.Label)
		b = appendFloat(b, `,"score":`, t.Score)
		b = appendFloat(b, `,"threshold":`, t.Threshold)
		if t.Child != "" {
			b = appendKey(b, `,"via":"child","child":`, t.Child)
		} else {
			b = w.sum(b, t)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// sum appends what gave a topic its own score.
func (w *jsonl) sum(b []byte, t *models.Topic) []byte {
	b = appendFloat(b, `,"for":`, t.For)
	b = appendFloat(b, `,"against":`, t.Against)
	b = appendTrue(b, `,"held":`, t.Held)
	b = appendFilled(b, `,"why":`, t.Why)
	b = append(b, `,"clues":`...)
	b = w.clues(b, t.Clues)
	b = append(b, `,"counter":`...)
	return w.clues(b, t.Counter)
}

func (w *jsonl) clues(b []byte, clues []models.Clue) []byte {
	b = append(b, '[')
	for i := range clues {
		c := &clues[i]
		b = appendComma(b, i)
		b = appendKey(b, `{"name":`, c.Name)
		b = appendKey(b, `,"weight":`, c.Weight)
		b = appendKey(b, `,"zone":`, c.Zone.String())
		b = appendInt(b, `,"mentions":`, c.Mentions)
		b = appendFloat(b, `,"adds":`, c.Adds)
		b = w.evidence(b, c.Spans)
		b = append(b, '}')
	}
	return append(b, ']')
}

func (w *jsonl) evidence(b []byte, spans []models.Evidence) []byte {
	if len(spans) == 0 {
		return b
	}
	b = append(b, `,"spans":[`...)
	for i := range spans {
		e := &spans[i]
		b = appendComma(b, i)
		b = w.place(b, e.Place)
		b = appendKey(b, `,"quote":`, e.Quote)
		b = appendKey(b, `,"by":`, e.By)
		b = append(b, '}')
	}
	return append(b, ']')
}

// place opens an object with the keys of a place; the caller closes it.
func (w *jsonl) place(b []byte, p models.Place) []byte {
	b = appendKey(b, `{"field":`, p.Field.String())
	b = appendInt(b, `,"start":`, w.ruler.at(p.Field, p.Start))
	return appendInt(b, `,"end":`, w.ruler.at(p.Field, p.End))
}

func appendGroups(b []byte, groups []string) []byte {
	if len(groups) == 0 {
		return b
	}
	b = append(b, `,"groups":[`...)
	for i, g := range groups {
		b = appendString(appendComma(b, i), g)
	}
	return append(b, ']')
}

func appendLinks(b []byte, links []models.Link) []byte {
	if len(links) == 0 {
		return b
	}
	b = append(b, `,"links":{`...)
	for i, l := range links {
		b = appendString(appendComma(b, i), l.Key)
		b = appendString(append(b, ':'), l.Value)
	}
	return append(b, '}')
}

// appendKey appends key, which is ready-made JSON, and its value.
func appendKey(b []byte, key, value string) []byte {
	return appendString(append(b, key...), value)
}

// appendFilled is appendKey for a key that is left out when it is empty.
func appendFilled(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	return appendKey(b, key, value)
}

func appendTrue(b []byte, key string, value bool) []byte {
	if !value {
		return b
	}
	return append(append(b, key...), "true"...)
}

func appendInt(b []byte, key string, n int) []byte {
	return strconv.AppendInt(append(b, key...), int64(n), 10)
}

// appendFloat writes the shortest form that reads back as f.
func appendFloat(b []byte, key string, f float64) []byte {
	return strconv.AppendFloat(append(b, key...), f, 'f', -1, 64)
}

func appendComma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}
