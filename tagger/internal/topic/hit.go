package topic

import (
	"cmp"
	"slices"

	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
)

// A hit is one place in the article that meets an atom. It is small: an article
// of a page has hundreds.
type hit struct {
	first, last int32 // words
	atom        int32
	key         int32 // hits of one key are the same thing for distinct
	at          int32 // 1 + its place in Scorer.places; 0: that of its words
	zone        models.Zone
	item        int16  // of the condition that is being evaluated
	by          string // likewise
	confidence  float64
}

// collect fills s.hits with what the article meets, by atom, and those of one
// atom by place. Matches and mentions come by place, and a hit of a longer one
// first, so that counting is all the sorting it takes.
func (s *Scorer) collect(ms []lexicon.Match, res *resolve.Result) {
	s.raw, s.places = s.raw[:0], s.places[:0]
	s.cover(res)
	for _, m := range ms {
		for _, e := range s.lex.Meanings(m.Phrase) {
			if e.Use() != lexicon.ForTopic {
				continue
			}
			if a := e.Ref(); s.termHolds(&s.rules.terms[a], m) {
				s.addHit(hit{first: int32(m.First), last: int32(m.Last), atom: a, key: a, confidence: 1})
			}
		}
	}
	for i := range res.Mentions {
		if m := &res.Mentions[i]; !m.Nested {
			s.mentionHits(m)
		}
	}
	s.order()
}

// order moves the raw hits to where they belong.
func (s *Scorer) order() {
	for _, a := range s.seen {
		s.start[a] = 0
	}
	s.seen = s.seen[:0]
	for i := range s.raw {
		a := s.raw[i].atom
		if s.start[a] == 0 {
			s.seen = append(s.seen, a)
		}
		s.start[a]++
	}
	next := int32(1)
	for _, a := range s.seen {
		n := s.start[a]
		s.start[a] = next
		next += n
	}
	s.hits = slices.Grow(s.hits[:0], len(s.raw))[:len(s.raw)]
	for i := range s.raw {
		a := s.raw[i].atom
		s.hits[s.start[a]-1] = s.raw[i]
		s.start[a]++
	}
	next = 1
	for _, a := range s.seen {
		next, s.start[a] = s.start[a], next
	}
}

// addHit adds a hit, unless topics do not see its zone.
func (s *Scorer) addHit(h hit) {
	h.zone = s.text.ZoneAt(int(h.first))
	if h.zone != models.Front && h.zone != models.Dateline {
		s.raw = append(s.raw, h)
	}
}

// mentionHits adds what a mention meets: its entity, type and groups.
func (s *Scorer) mentionHits(m *resolve.Mention) {
	s.places = append(s.places, m.Place)
	h := hit{
		first: int32(m.First), last: int32(m.Last), key: -1 - m.Entity, confidence: m.Confidence, at: int32(len(s.places)),
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

// placeOf returns where a hit stands.
func (s *Scorer) placeOf(h *hit) models.Place {
	if h.at > 0 {
		return s.places[h.at-1]
	}
	return models.Place{
		Field: s.text.FieldAt(int(h.first)),
		Span:  models.Span{Start: int(s.text.Words[h.first].Start), End: int(s.text.Words[h.last-1].End)},
	}
}
