package topic

import (
	"cmp"
	"slices"

	"wiretag/gazetteer"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
)

// A unit is one place where a condition holds: one hit of any, or a stretch of
// text in which all items of all stand.
type unit struct{ hits []hit }

// meets evaluates a condition and returns the units where it holds, in order
// of place; none if at_least or distinct is not met. They are valid until the
// next call.
func (s *Scorer) meets(c *condition) []unit {
	if !s.mayMeet(c) {
		return nil
	}
	s.gather(c)
	units := s.units[:0]
	if c.all {
		units = s.together(units, c)
	} else {
		for i := range s.found {
			if !s.refused(c, int(s.found[i].first)) {
				units = append(units, unit{s.found[i : i+1]})
			}
		}
	}
	s.units = units
	if len(units) < c.atLeast || c.distinct > 1 && distinct(units) < c.distinct {
		return nil
	}
	return units
}

// mayMeet reports whether every item of a condition has a hit somewhere. Most
// conditions lack one, and then nothing has to be gathered.
func (s *Scorer) mayMeet(c *condition) bool {
	for i := range c.items {
		if !slices.ContainsFunc(c.items[i].choices, s.hasHit) {
			return false
		}
	}
	return true
}

// hasHit reports whether a choice has a hit somewhere.
func (s *Scorer) hasHit(ch choice) bool { return s.start[ch.atom] != 0 }

// gather fills s.found with the hits of all items of a condition in its zone,
// outside the topic's ignored phrases, by place.
func (s *Scorer) gather(c *condition) {
	out := s.found[:0]
	for i := range c.items {
		it := &c.items[i]
		for _, ch := range it.choices {
			for _, h := range s.of(ch.atom) {
				if allows(c.in, h.zone) && allows(it.in, h.zone) && !s.isIgnored(h) {
					h.item, h.by = int16(i), ch.by
					out = append(out, h)
				}
			}
		}
	}
	if byPlace := func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last))
	}; !slices.IsSortedFunc(out, byPlace) { // those of one choice are
		slices.SortStableFunc(out, byPlace)
	}
	s.found = out
}

// refused reports whether a hit of unless stands in the sentence of a word.
func (s *Scorer) refused(c *condition, word int) bool {
	if !slices.ContainsFunc(c.unless, s.hasHit) {
		return false
	}
	sent := s.text.SentenceAt(word)
	return s.anyIn(c.unless, sent.First, sent.Last)
}

// anyIn reports whether a choice has a hit in words [first,last).
func (s *Scorer) anyIn(choices []choice, first, last int) bool {
	for _, ch := range choices {
		hits := s.of(ch.atom)
		i, _ := slices.BinarySearchFunc(hits, first, func(h hit, w int) int { return cmp.Compare(int(h.first), w) })
		if i < len(hits) && int(hits[i].first) < last {
			return true
		}
	}
	return false
}

func distinct(units []unit) int {
	keys := make(map[int32]bool)
	for _, u := range units {
		for _, h := range u.hits {
			keys[h.key] = true
		}
	}
	return len(keys)
}

// together appends the units in which every item of all stands.
func (s *Scorer) together(out []unit, c *condition) []unit {
	hits := s.found
	if !holdsAll(hits, len(c.items)) {
		return out
	}
	if c.together == gazetteer.Words {
		return s.within(out, c)
	}
	for i := 0; i < len(hits); {
		first, last := resolve.UnitAt(s.text, int(hits[i].first), c.together)
		j := i + 1
		for j < len(hits) && int(hits[j].first) < last {
			j++
		}
		if holdsAll(hits[i:j], len(c.items)) && !s.anyIn(c.unless, first, last) {
			out = append(out, unit{hits[i:j]})
		}
		i = j
	}
	return out
}

func holdsAll(hits []hit, items int) bool {
	if len(hits) < items {
		return false
	}
	var met uint64
	for _, h := range hits {
		met |= 1 << h.item
	}
	return met == 1<<items-1
}

// within appends the shortest stretches of at most c.distance words, one
// paragraph each, in which every item stands. They share no hit.
func (s *Scorer) within(out []unit, c *condition) []unit {
	hits := s.found
	for i := 0; i < len(hits); i++ {
		_, last := resolve.UnitAt(s.text, int(hits[i].first), gazetteer.Paragraph)
		for j := i + 1; j <= len(hits); j++ {
			if int(hits[j-1].first) >= last || s.words(int(hits[i].first), int(hits[j-1].last), c.distance) > c.distance {
				break
			}
			if holdsAll(hits[i:j], len(c.items)) {
				if !s.anyIn(c.unless, int(hits[i].first), int(hits[j-1].last)) {
					out = append(out, unit{hits[i:j]})
				}
				i = j - 1
				break
			}
		}
	}
	return out
}

// words counts the words of [first,last), punctuation left out, until there
// are more than most.
func (s *Scorer) words(first, last, most int) int {
	n := 0
	for i := first; i < last && n <= most; i++ {
		if s.text.Words[i].Has(segment.Name) {
			n++
		}
	}
	return n
}

// isIgnored reports whether a hit shares a word with a phrase that the topic
// ignores.
func (s *Scorer) isIgnored(h hit) bool {
	i, _ := slices.BinarySearchFunc(s.blanks, int(h.first)+1, func(b resolve.Span, w int) int {
		return cmp.Compare(b.Last, w)
	})
	return i < len(s.blanks) && s.blanks[i].First < int(h.last)
}
