package encode

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"wiretag/models"
)

// newW3C writes Web Annotations, one JSON-LD object a line: an identifying one
// for each mention, with a TextQuoteSelector and a TextPositionSelector, a
// questioning one for each undecided span, with a choice of candidates, and a
// classifying one for each topic. Positions are code points, as the model has
// them. [W3C, Web Annotation Data Model, 2017]
func newW3C(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc {
		w := &w3c{ruler: ruler{unit: CodePoint}}
		return w.append
	}}
}

type w3c struct {
	ruler ruler
	spots []spot
}

func (w *w3c) append(b []byte, rec *models.Record) []byte {
	w.ruler.measure(rec)
	w.spots = spots(w.spots[:0], rec)
	source := iri(rec.ID)
	for i := range w.spots {
		b = w.spot(b, rec, source, &w.spots[i])
	}
	for i := range rec.Topics {
		t := &rec.Topics[i]
		b = head(b, rec, "classifying", "topic", t.ID)
		b = appendKey(b, `"body":[{"type":"TextualBody","purpose":"classifying","value":`, t.Label)
		if t.Why != "" { // a topic that has its score from a child has none
			b = appendKey(b, `},{"type":"TextualBody","purpose":"describing","value":`, t.Why)
		}
		b = appendKey(b, `}],"target":`, source)
		b = append(b, '}', '\n')
	}
	return b
}

func (w *w3c) spot(b []byte, rec *models.Record, source string, s *spot) []byte {
	if s.Field == models.Title {
		source += "#title" // the field has positions of its own
	}
	from, to := strconv.Itoa(s.Start), strconv.Itoa(s.End)
	if s.undecided != nil {
		b = head(b, rec, "questioning", s.Field.String(), from, to)
		b = choice(b, s.undecided.Candidates)
	} else {
		b = head(b, rec, "identifying", s.Field.String(), from, to, s.entity.ID)
		b = w.identity(b, s)
	}
	b = appendKey(b, `,"target":{"source":`, source)
	text := field(rec, s.Field)
	b = appendKey(b, `,"selector":[{"type":"TextQuoteSelector","exact":`, s.quote)
	b = appendFilled(b, `,"prefix":`, lastOf(text[:s.Start], selectorContext))
	b = appendFilled(b, `,"suffix":`, firstOf(text[s.End:], selectorContext))
	b = appendInt(b, `},{"type":"TextPositionSelector","start":`, w.ruler.at(s.Field, s.Start))
	b = appendInt(b, `,"end":`, w.ruler.at(s.Field, s.End))
	return append(b, "}]}}\n"...)
}

// identity appends who a mention is.
func (w *w3c) identity(b []byte, s *spot) []byte {
	b = append(b, `"body":[`...)
	for _, l := range s.entity.Links {
		if l.Key == "wikidata" {
			b = appendKey(b, `{"type":"SpecificResource","purpose":"identifying","source":`, "http://www.wikidata.org/entity/"+url.PathEscape(l.Value))
			b = append(b, `},`...)
		}
	}
	b = appendKey(b, `{"type":"TextualBody","purpose":"identifying","value":`, s.entity.Name)
	b = appendKey(b, `},{"type":"TextualBody","purpose":"tagging","value":`, s.label())
	return append(b, `}]`...)
}

// choice appends who an undecided span could be.
func choice(b []byte, candidates []models.Candidate) []byte {
	b = append(b, `"body":{"type":"Choice","items":[`...)
	for i, c := range candidates {
		b = appendKey(appendComma(b, i), `{"type":"TextualBody","purpose":"identifying","value":`, cmp.Or(c.Name, c.ID))
		b = append(b, '}')
	}
	return append(b, `]}`...)
}

// selectorContext is how many code points of context a quote has; browsers'
// annotation tools take 32.
const selectorContext = 32

func lastOf(s string, n int) string {
	start := len(s)
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	return s[start:]
}

func firstOf(s string, n int) string {
	end := 0
	for ; n > 0 && end < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

// head begins an annotation. Its id follows from the article and what of it is
// annotated, so that the same annotation always has the same.
func head(b []byte, rec *models.Record, motivation string, parts ...string) []byte {
	sum := sha256.Sum256([]byte(rec.ID + "\x00" + rec.Source.SHA256 + "\x00" + strings.Join(parts, "\x00")))
	b = append(b, `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:sha256:`...)
	b = hex.AppendEncode(b, sum[:])
	b = appendKey(b, `","type":"Annotation","motivation":`, motivation)
	b = appendKey(b, `,"creator":{"type":"Software","name":`, rec.Tool)
	return append(b, `},`...)
}

// iri makes a relative reference of a record's id, unless it is an address
// already.
func iri(id string) string {
	if u, err := url.Parse(id); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return u.String()
	}
	parts := strings.Split(id, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}
