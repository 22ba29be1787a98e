package encode

import "wiretag/models"

// newSpacy writes a JSON object a line as annotation tools import it, all in
// code points, title and text as one text:
//
//   - text, spans, meta are what Prodigy takes;
//   - label holds the same spans as doccano takes them, cats the scores of the
//     topics as spaCy's text classifier does;
//   - data and predictions are a task of Label Studio, for a labelling
//     configuration with a Labels named label on a Text named text.
//
// Nested mentions and undecided spans are left out: these tools take no spans
// that overlap.
func newSpacy(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc { return new(spacy).append }}
}

type spacy struct {
	joined
	spots []spot
}

func (w *spacy) append(b []byte, rec *models.Record) []byte {
	w.join(rec)
	w.spots = flat(w.spots[:0], rec)
	b = appendKey(b, `{"text":`, w.text)
	b = append(b, `,"spans":[`...)
	for i := range w.spots {
		s := &w.spots[i]
		start, end := w.span(s.Place)
		b = appendInt(appendComma(b, i), `{"start":`, start)
		b = appendInt(b, `,"end":`, end)
		b = appendKey(b, `,"label":`, s.label())
		b = appendKey(b, `,"id":`, s.entity.ID)
		b = append(b, '}')
	}
	b = append(b, `],"label":[`...)
	for i := range w.spots {
		start, end := w.span(w.spots[i].Place)
		b = appendInt(appendComma(b, i), "[", start)
		b = appendInt(b, ",", end)
		b = append(appendKey(b, ",", w.spots[i].label()), ']')
	}
	b = append(b, `],"cats":{`...)
	for i := range rec.Topics {
		b = appendString(appendComma(b, i), rec.Topics[i].ID)
		b = appendFloat(b, ":", rec.Topics[i].Score)
	}
	b = appendKey(b, `},"meta":{"id":`, rec.ID)
	b = appendFilled(b, `,"date":`, string(rec.Date))
	b = appendKey(b, `,"tool":`, rec.Tool)
	b = append(b, '}')
	b = w.task(b, rec)
	return append(b, '}', '\n')
}

// task appends the keys of a task of Label Studio.
func (w *spacy) task(b []byte, rec *models.Record) []byte {
	b = appendKey(b, `,"data":{"text":`, w.text)
	b = appendKey(b, `},"predictions":[{"model_version":`, rec.Tool)
	b = append(b, `,"result":[`...)
	for i := range w.spots {
		s := &w.spots[i]
		start, end := w.span(s.Place)
		b = appendInt(appendComma(b, i), `{"id":"m`, i)
		b = append(b, `","from_name":"label","to_name":"text","type":"labels","value":`...)
		b = appendInt(b, `{"start":`, start)
		b = appendInt(b, `,"end":`, end)
		b = appendKey(b, `,"text":`, s.quote)
		b = append(appendKey(b, `,"labels":[`, s.label()), "]}}"...)
	}
	return append(b, "]}]"...)
}
