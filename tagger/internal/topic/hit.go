package topic

import (
	"cmp"
	"slices"

	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
)

// A hit is one place in the article that meets an atom.
type hit struct {
	first, last int // words
	atom        int32
	key         int32 // hits of one key are the same thing for distinct
	zone        models.Zone
	confidence  float64
	place       models.Place
	item        int16  // of the condition that is being evaluated
	by          string // likewise
}

// collect fills s.hits with what the article meets, sorted by atom and place.
func (s *Scorer) collect(ms []lexicon.Match, res *resolve.Result) {
	s.hits = s.hits[:0]
	s.cover(res)
	for _, m := range ms {
		for _, e := range s.lex.Meanings(m.Phrase) {
			if e.Use() != lexicon.ForTopic {
				continue
			}
			if a := e.Ref(); s.termHolds(&s.rules.terms[a], m) {
				s.addHit(hit{first: m.First, last: m.Last, atom: a, key: a, confidence: 1, place: s.placeOf(m)})
			}
		}
	}
	for i := range res.Mentions {
		if m := &res.Mentions[i]; !m.Nested {
			s.mentionHits(m)
		}
	}
	slices.SortFunc(s.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.atom, b.atom), cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last))
	})
	for _, a := range s.seen {
		s.start[a] = 0
	}
	s.seen = s.seen[:0]
	for i := range s.hits {
		if a := s.hits[i].atom; i == 0 || s.hits[i-1].atom != a {
			s.start[a] = int32(i + 1)
			s.seen = append(s.seen, a)
		}
	}
}

// addHit adds a hit, unless topics do not see its zone.
func (s *Scorer) addHit(h hit) {
	h.zone = s.text.ZoneAt(h.first)
	if h.zone != models.Front && h.zone != models.Dateline {
		s.hits = append(s.hits, h)
	}
}

// mentionHits adds what a mention meets: its entity, type and groups.
func (s *Scorer) mentionHits(m *resolve.Mention) {
	h := hit{
		first: m.First, last: m.Last, key: -1 - m.Entity, confidence: m.Confidence, place: m.Place,
	}
	add := func(atom int32, ok bool) {
		if ok {
			h.atom = atom
			s.addHit(h)
		}
	}
	a, ok := s.rules.byEntity[m.Entity]
	add(a, ok)
	for _, t := range s.rules.types {
		add(s.rules.byType[t], s.names.IsType(m.Type, t))
	}
	for _, g := range s.names.Groups(m.Entity) {
		if a, ok := s.rules.byGroup[g.ID]; ok && s.names.Holds(g, s.day) {
			add(a, true)
		}
	}
}

// of returns the hits of an atom, in order of place.
func (s *Scorer) of(atom int32) []hit {
	from := int(s.start[atom]) - 1
	if from < 0 {
		return nil
	}
	to := from
	for to < len(s.hits) && s.hits[to].atom == atom {
		to++
	}
	return s.hits[from:to]
}

// cover fills s.covered with the spans that a lower-case term may only cover
// whole: mentions, undecided spans, masks.
func (s *Scorer) cover(res *resolve.Result) {
	s.covered = append(s.covered[:0], res.Covered...)
	for i := range res.Mentions {
		if m := &res.Mentions[i]; !m.Nested {
			s.covered = append(s.covered, resolve.Span{First: m.First, Last: m.Last})
		}
	}
	slices.SortFunc(s.covered, func(a, b resolve.Span) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	s.longest = 0
	for _, c := range s.covered {
		s.longest = max(s.longest, c.Last-c.First)
	}
}

// termHolds reports whether a match of a term counts where it stands.
func (s *Scorer) termHolds(t *term, m lexicon.Match) bool {
	if !t.lower {
		return true
	}
	for i := m.First; i < m.Last; i++ {
		w := &s.text.Words[i]
		if w.Has(segment.FirstUpper) && (t.months || (t.strict || s.isVerbal(t, w)) && !s.silent(i)) {
			return false
		}
	}
	return !s.cuts(m)
}

// isVerbal reports whether a word is an irregular, -ed or -ing form of the
// term: Fed is no form of feed where its capital speaks.
func (s *Scorer) isVerbal(t *term, w *segment.Word) bool {
	for _, l := range s.lex.Lemmas(w.ID) {
		if l.Verbal != 0 && slices.Contains(t.lemmas, l.ID) {
			return true
		}
	}
	return false
}

// cuts reports whether a match shares words with a covered span without
// holding all of it.
func (s *Scorer) cuts(m lexicon.Match) bool {
	i, _ := slices.BinarySearchFunc(s.covered, m.First-s.longest, func(c resolve.Span, w int) int {
		return cmp.Compare(c.First, w)
	})
	for ; i < len(s.covered) && s.covered[i].First < m.Last; i++ {
		c := s.covered[i]
		if c.Last > m.First && (c.First < m.First || c.Last > m.Last) {
			return true
		}
	}
	return false
}

// placeOf returns where a match stands.
func (s *Scorer) placeOf(m lexicon.Match) models.Place {
	return models.Place{
		Field: s.text.Paras[s.text.ParaAt(m.First)].Field,
		Span:  models.Span{Start: int(s.text.Words[m.First].Start), End: int(s.text.Words[m.Last-1].End)},
	}
}
