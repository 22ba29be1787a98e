package encode

import "wiretag/models"

// newMentions writes a JSON object a line for each mention and each undecided
// span, in the order of the article. The keys are those of the record: of the
// mention, and id, name, type, groups and links of its entity. article is the
// record's id, before and after are some 40 code points of the field as one
// line.
func newMentions(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc {
		w := &mentions{jsonl: jsonl{opts: opts, ruler: ruler{unit: opts.Offsets}}}
		return w.append
	}}
}

type mentions struct {
	jsonl
	spots []spot
}

func (w *mentions) append(b []byte, rec *models.Record) []byte {
	w.ruler.measure(rec)
	w.spots = spots(w.spots[:0], rec)
	for i := range w.spots {
		b = w.line(b, rec, &w.spots[i])
	}
	return b
}

func (w *mentions) line(b []byte, rec *models.Record, s *spot) []byte {
	b = appendKey(b, `{"article":`, rec.ID)
	b = appendFilled(b, `,"date":`, string(rec.Date))
	b = appendKey(b, `,"field":`, s.Field.String())
	b = appendInt(b, `,"start":`, w.ruler.at(s.Field, s.Start))
	b = appendInt(b, `,"end":`, w.ruler.at(s.Field, s.End))
	b = appendKey(b, `,"offsets":`, w.opts.Offsets.String())
	b = appendKey(b, `,"quote":`, s.quote)
	if s.undecided != nil {
		b = appendKey(b, `,"via":`, s.undecided.Via.String())
		b = appendKey(b, `,"zone":`, s.undecided.Zone.String())
		b = appendCandidates(b, s.undecided.Candidates)
	} else {
		b = appendKey(b, `,"id":`, s.entity.ID)
		b = appendKey(b, `,"name":`, s.entity.Name)
		b = appendKey(b, `,"type":`, s.label())
		b = appendKey(b, `,"alias":`, s.mention.Alias)
		b = appendKey(b, `,"via":`, s.mention.Via.String())
		b = appendKey(b, `,"zone":`, s.mention.Zone.String())
		b = appendFloat(b, `,"confidence":`, s.mention.Confidence)
		b = appendFilled(b, `,"decided":`, s.mention.Decided)
		b = appendTrue(b, `,"nested":`, s.mention.Nested)
		b = appendGroups(b, s.entity.Groups)
		b = appendLinks(b, s.entity.Links)
	}
	text := field(rec, s.Field)
	b = appendFilled(b, `,"before":`, before(text[:s.Start]))
	b = appendFilled(b, `,"after":`, after(text[s.End:]))
	return append(b, '}', '\n')
}
