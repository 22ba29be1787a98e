package encode

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"wiretag/models"
)

// w3c writes annotations of the W3C Web Annotation Data Model as JSON-LD, one a
// line: one for every mention and every undecided span, then one for every
// topic. Selectors count code points of the whole article, as the model says.
type w3c struct {
	whole  whole
	rows   []mentionRow
	qid    *regexp.Regexp
	source string // the IRI of the article
	hash   []byte // what an annotation's id is made of
}

func newW3C(Options) Encoder {
	return Encoder{Worker: func() AppendFunc {
		w := &w3c{qid: wikidataItem()}
		return w.record
	}}
}

// quoteContext is how many code points of prefix and suffix tell a quote from
// its likes.
const quoteContext = 32

func (w *w3c) record(b []byte, rec *models.Record) []byte {
	w.whole.read(rec)
	w.source = iri(rec)
	w.rows = appendMentionRows(w.rows[:0], rec)
	for i := range w.rows {
		b = w.row(b, rec, &w.rows[i])
	}
	for i := range rec.Topics {
		b = w.topic(b, rec, &rec.Topics[i])
	}
	return b
}

func (w *w3c) row(b []byte, rec *models.Record, r *mentionRow) []byte {
	start, end := w.whole.points(r.place())
	id := w.id(rec, "mention", strconv.Itoa(start), strconv.Itoa(end), r.entity())
	if r.undecided != nil {
		b = head(b, rec, id, "questioning")
		b = choice(b, r.undecided.Candidates)
	} else {
		b = head(b, rec, id, "identifying")
		b = w.bodies(b, r)
	}
	b = appendKey(b, `,"target":{"source":`, w.source)
	b = w.selectors(b, r, start, end)
	return append(b, "}}\n"...)
}

// selectors appends the quote with what stands around it, and its position.
func (w *w3c) selectors(b []byte, r *mentionRow, start, end int) []byte {
	text := w.whole.text
	from, to := w.whole.span(r.place())
	b = appendKey(b, `,"selector":[{"type":"TextQuoteSelector","exact":`, r.quote())
	b = appendKey(b, `,"prefix":`, text[backward(text, from, quoteContext):from])
	b = appendKey(b, `,"suffix":`, text[to:forward(text, to, quoteContext)])
	b = appendInt(b, `},{"type":"TextPositionSelector","start":`, start)
	b = appendInt(b, `,"end":`, end)
	return append(b, `}]`...)
}

// bodies appends who is meant: the id of the gazetteer, its links, the name and
// the type.
func (w *w3c) bodies(b []byte, r *mentionRow) []byte {
	b = textual(append(b, `,"body":[`...), "identifying", r.found.ID)
	for _, l := range r.found.Links {
		b = append(b, ',')
		switch {
		case l.Key == wikidataLink && w.qid.MatchString(l.Value):
			b = resource(b, "http://www.wikidata.org/entity/"+l.Value)
		case isIRI(l.Value):
			b = resource(b, l.Value)
		default:
			b = textual(b, "identifying", l.Key+":"+l.Value)
		}
	}
	b = textual(append(b, ','), "tagging", r.found.Name)
	b = textual(append(b, ','), "classifying", r.kind())
	return append(b, ']')
}

// topic appends the annotation of the article as a whole with a topic.
func (w *w3c) topic(b []byte, rec *models.Record, t *models.Topic) []byte {
	b = head(b, rec, w.id(rec, "topic", t.ID), "classifying")
	b = textual(append(b, `,"body":[`...), "classifying", t.ID)
	b = textual(append(b, ','), "tagging", t.Label)
	b = appendKey(b, `],"target":`, w.source)
	return append(b, "}\n"...)
}

// id makes the id of an annotation of what it says: the same finding in the
// same article always has the same. It is a UUID of version 8 (RFC 9562) that
// holds a SHA-256.
func (w *w3c) id(rec *models.Record, parts ...string) string {
	w.hash = w.hash[:0]
	for _, part := range append(parts, rec.ID, rec.Source.SHA256) {
		w.hash = strconv.AppendInt(w.hash, int64(len(part)), 10)
		w.hash = append(append(w.hash, ':'), part...)
	}
	sum := sha256.Sum256(w.hash)
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// head opens an annotation.
func head(b []byte, rec *models.Record, id, motivation string) []byte {
	b = appendKey(b, `{"@context":"http://www.w3.org/ns/anno.jsonld","id":`, id)
	b = appendKey(b, `,"type":"Annotation","motivation":`, motivation)
	return append(appendKey(b, `,"generator":{"type":"Software","name":`, rec.Tool), '}')
}

// textual appends a body that is a text.
func textual(b []byte, purpose, value string) []byte {
	b = appendKey(b, `{"type":"TextualBody","purpose":`, purpose)
	return append(appendKey(b, `,"value":`, value), '}')
}

// resource appends a body that stands elsewhere.
func resource(b []byte, source string) []byte {
	return append(appendKey(b, `{"type":"SpecificResource","purpose":"identifying","source":`, source), '}')
}

// choice appends the candidates of an undecided span, one of which it is.
func choice(b []byte, candidates []models.Candidate) []byte {
	b = append(b, `,"body":{"type":"Choice","items":[`...)
	for i, c := range candidates {
		b = appendComma(b, i)
		if c.ID != "" {
			b = textual(b, "identifying", c.ID)
		} else {
			b = textual(b, "tagging", c.Name)
		}
	}
	return append(b, `]}`...)
}

// iri names the article: its id if that is an IRI, else the id as a relative
// reference. The n-th article of a file keeps its fragment, #n.
func iri(rec *models.Record) string {
	if isIRI(rec.ID) {
		return rec.ID
	}
	path, fragment := rec.ID, ""
	if n, ok := strings.CutPrefix(rec.ID, rec.Source.Path+"#"); ok {
		path, fragment = rec.Source.Path, n
	}
	u := url.URL{Path: strings.ToValidUTF8(path, "\uFFFD"), Fragment: strings.ToValidUTF8(fragment, "\uFFFD")}
	return u.String()
}

// isIRI says whether s is an absolute address that can stand as it is.
func isIRI(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<>\"{}|\\^`\u007f\uFFFD", r) }) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "urn" && u.Opaque != "" || u.Host != "" && (u.Scheme == "http" || u.Scheme == "https"))
}
