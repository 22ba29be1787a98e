package tagger

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"wiretag/models"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
)

// The weights of zones in an entity's relevance W/(W+2), where W is the sum of
// confidence × zone over its mentions. Front and dateline weigh nothing.
const (
	relevantTitle = 3
	relevantLead  = 2
	relevantBody  = 1
	relevanceHalf = 2 // W at which relevance is one half
)

// record fills rec with what was decided, topics apart.
func (t *Tagger) record(rec *models.Record, doc *models.Document, s *scratch, decided *resolve.Result, day models.Date, from string) {
	forget(rec)
	*rec = models.Record{
		Tool: t.opts.Tool, ID: doc.ID, Source: doc.Source, Gazetteer: t.pack,
		Title: doc.Title, Text: doc.Text, Derived: doc.Derived, Meta: doc.Meta, Date: day, DateFrom: from,
		Entities: rec.Entities[:0], Undecided: rec.Undecided[:0], Topics: rec.Topics[:0], Tokens: rec.Tokens[:0],
	}
	if t.opts.Tokens {
		rec.Tokens = appendTokens(rec.Tokens, &s.text)
	}
	for i := range decided.Mentions {
		m := &decided.Mentions[i]
		f := t.found(rec, s, m.Entity)
		f.Mentions = append(f.Mentions, t.mention(doc, s, decided, m))
	}
	for i := range decided.Mentions {
		s.found[decided.Mentions[i].Entity] = 0
	}
	for i := range rec.Entities {
		rank(&rec.Entities[i])
	}
	slices.SortFunc(rec.Entities, func(a, b models.Found) int {
		return cmp.Or(cmp.Compare(b.Relevance, a.Relevance), strings.Compare(a.ID, b.ID))
	})
	for i := range decided.Undecided {
		u := &decided.Undecided[i]
		rec.Undecided = append(rec.Undecided, models.Undecided{
			Place: u.Place, Quote: u.Place.Quote(doc), Via: u.Via,
			Zone: s.text.ZoneAt(u.First), Candidates: u.Candidates,
		})
	}
}

// forget clears what a record held of another article. Its quotes are parts of
// that article's text, and one of them behind the end of a slice would keep all
// of it in memory.
func forget(rec *models.Record) {
	for i := range rec.Entities {
		clear(rec.Entities[i].Mentions)
	}
	clear(rec.Undecided)
	clear(rec.Topics)
}

// appendTokens appends the words of an article that are visible.
func appendTokens(dst []models.Token, text *segment.Text) []models.Token {
	for i := range text.Paras {
		field := text.Paras[i].Field
		for _, sent := range text.Sentences(i) {
			first := true
			for _, w := range text.Words[sent.First:sent.Last] {
				if !w.Has(segment.Filler) {
					place := models.Place{Field: field, Span: models.Span{Start: int(w.Start), End: int(w.End)}}
					dst = append(dst, models.Token{Place: place, First: first})
					first = false
				}
			}
		}
	}
	return dst
}

// found returns the entry of an entity in the record, new if it has none yet.
func (t *Tagger) found(rec *models.Record, s *scratch, entity int32) *models.Found {
	if at := s.found[entity]; at > 0 {
		return &rec.Entities[at-1]
	}
	n := len(rec.Entities)
	rec.Entities = slices.Grow(rec.Entities, 1)[:n+1]
	f := &rec.Entities[n]
	s.found[entity] = int32(n + 1)
	*f = models.Found{
		ID: t.names.ID(entity), Name: t.names.Name(entity), Type: t.names.Type(entity),
		Groups: f.Groups[:0], Links: f.Links[:0], Mentions: f.Mentions[:0],
	}
	for _, g := range t.names.Groups(entity) {
		if t.names.Holds(g, rec.Date) {
			f.Groups = append(f.Groups, t.names.Text(g.ID))
		}
	}
	for _, l := range t.names.Links(entity) {
		f.Links = append(f.Links, models.Link{Key: t.names.Text(l.Key), Value: t.names.Text(l.Value)})
	}
	return f
}

func (t *Tagger) mention(doc *models.Document, s *scratch, decided *resolve.Result, m *resolve.Mention) models.Mention {
	out := models.Mention{
		Place: m.Place, Quote: m.Place.Quote(doc), Alias: m.Alias, Via: m.Via,
		Zone: s.text.ZoneAt(m.First), Confidence: round2(m.Confidence), Decided: m.Decided, Nested: m.Nested,
	}
	if m.Type != t.names.Type(m.Entity) {
		out.Type = m.Type
	}
	if m.Antecedent >= 0 {
		place := decided.Mentions[m.Antecedent].Place
		out.Antecedent = &place
	}
	return out
}

// rank sets count and relevance from the mentions.
func rank(f *models.Found) {
	w := 0.0
	for i := range f.Mentions {
		m := &f.Mentions[i]
		if m.Nested {
			continue
		}
		f.Count++
		switch m.Zone {
		case models.Headline:
			w += relevantTitle * m.Confidence
		case models.Lead:
			w += relevantLead * m.Confidence
		case models.Body:
			w += relevantBody * m.Confidence
		}
	}
	f.Relevance = round2(w / (w + relevanceHalf))
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }
