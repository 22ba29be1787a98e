package topic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
)

// Trace returns the sums of the topics that have a clue in the article last
// scored, and of the topic asked for (an id, or ""): given ones first, by
// score, then id.
func (s *Scorer) Trace(asked string) []models.Trace {
	var out []models.Trace
	for i := range s.rules.topics {
		r := &s.rules.topics[i]
		if r.id != asked && !s.active[i] {
			continue
		}
		t := s.trace(r)
		if s.scored[i].Child != "" {
			t.Child = s.scored[i].Child
		}
		if r.id == asked || t.Given || len(t.Clues) > 0 {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b models.Trace) int {
		return cmp.Or(-compareBool(a.Given, b.Given), cmp.Compare(b.Score, a.Score), cmp.Compare(b.For, a.For),
			strings.Compare(a.ID, b.ID))
	})
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// trace makes the sum of one topic without leaving early.
func (s *Scorer) trace(r *rule) models.Trace {
	s.blank(r)
	sum := s.sum(r)
	t := models.Trace{Topic: sum.Topic, Stopped: s.stopped(r)}
	if t.Stopped != "" {
		t.Score = 0
	}
	t.Given = t.Stopped == "" && len(t.Clues) > 0 && t.Score >= r.threshold && !r.skip
	t.Why = why(&t.Topic)
	unmet := sum.unmet(r)
	for _, c := range unmet {
		t.Unmet = append(t.Unmet, models.Unmet{Name: c.name, Weight: c.word, Reason: s.missing(c)})
	}
	if !t.Given {
		t.Change = s.change(r, &t, &sum, unmet)
	}
	return t
}

// unmet returns the clues of a topic that were not met, by weight.
func (t *summed) unmet(r *rule) []*condition {
	var out []*condition
	for i := range r.clues {
		c := &r.clues[i]
		if !slices.ContainsFunc(t.clues, func(m tallied) bool { return m.condition == c }) {
			out = append(out, c)
		}
	}
	return out
}

// stopped says which exclude or require line makes the score 0.
func (s *Scorer) stopped(r *rule) string {
	switch {
	case r.status == "retired":
		return "the topic is retired"
	case r.skip:
		return "the topic is a draft; --draft gives it"
	}
	for i := range r.exclude {
		if units := s.meets(&r.exclude[i]); len(units) > 0 {
			return fmt.Sprintf("excluded by “%s”: %s stands in the article", r.exclude[i].name, s.quoted(units[0].hits))
		}
	}
	for i := range r.require {
		if c := &r.require[i]; len(s.meets(c)) == 0 {
			return fmt.Sprintf("requires “%s”: %s", c.name, s.missing(c))
		}
	}
	return ""
}

// quoted lists what hits quote.
func (s *Scorer) quoted(hits []hit) string {
	return "“" + quotes(s.evidence(slices.Clone(hits))) + "”"
}

// missing says what a condition that is not met lacks.
func (s *Scorer) missing(c *condition) string {
	if units := s.meets(c); len(units) > 0 {
		return "its words were taken by stronger clues"
	}
	s.gather(c)
	if !c.all {
		return s.missingAny(c)
	}
	var absent, present []string
	for i, it := range c.items {
		at := slices.IndexFunc(s.found, func(h hit) bool { return int(h.item) == i })
		if at < 0 {
			absent = append(absent, s.oneOf(it.choices))
		} else {
			present = append(present, s.quoted(s.found[at:at+1]))
		}
	}
	switch {
	case len(present) == 0:
		return "nothing of it is there; it takes " + strings.Join(absent, " and ")
	case len(absent) > 0:
		verb := "is"
		if len(present) > 1 {
			verb = "are"
		}
		return fmt.Sprintf("%s %s there; %s is missing%s",
			strings.Join(present, " and "), verb, strings.Join(absent, " and "), together(c))
	}
	return fmt.Sprintf("%s are there, but never together%s", strings.Join(present, " and "), together(c))
}

// missingAny says what a condition of alternatives lacks.
func (s *Scorer) missingAny(c *condition) string {
	found := len(s.found)
	switch {
	case found == 0 && c.in != "" && s.elsewhere(c):
		return fmt.Sprintf("its words do not stand in the %s", zoneName(c.in))
	case found == 0:
		return "it takes " + s.oneOf(c.items[0].choices)
	case len(c.unless) > 0 && s.allRefused(c):
		return fmt.Sprintf("%s is there, but so is one of %s in its sentence", s.quoted(s.found[:1]), s.oneOf(c.unless))
	case found < c.atLeast:
		return fmt.Sprintf("%s is there %s; it takes %d", s.quoted(s.found), times(found), c.atLeast)
	}
	return fmt.Sprintf("%s is there; it takes %d different ones", s.quoted(s.found), c.distinct)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// elsewhere reports whether a condition would have hits without its zone.
func (s *Scorer) elsewhere(c *condition) bool {
	anywhere := *c
	anywhere.in = ""
	s.gather(&anywhere)
	found := len(s.found) > 0
	s.gather(c)
	return found
}

// allRefused reports whether unless takes every hit that was gathered.
func (s *Scorer) allRefused(c *condition) bool {
	return !slices.ContainsFunc(s.found, func(h hit) bool { return !s.refused(c, int(h.first)) })
}

func zoneName(z gazetteer.Zone) string {
	if z == gazetteer.InLead {
		return "title or lead"
	}
	return string(z)
}

// together says in what unit the items of a condition must stand.
func together(c *condition) string {
	switch c.together {
	case gazetteer.Sentence:
		return " in the same sentence"
	case gazetteer.Paragraph:
		return " in the same paragraph"
	case gazetteer.Words:
		return fmt.Sprintf(" within %d words", c.distance)
	}
	return ""
}

// shownChoices is how many alternatives are listed.
const shownChoices = 4

// oneOf lists alternatives: one of steal, theft, …; what a list holds is shown
// by its words.
func (s *Scorer) oneOf(choices []choice) string {
	var out []string
	for _, ch := range choices {
		name := ch.by
		if text := s.rules.terms[ch.atom].text; text != "" && strings.HasPrefix(name, "list:") {
			name = text
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return "nothing that can be found"
	}
	list := ""
	if by := choices[0].by; strings.HasPrefix(by, "list:") &&
		!slices.ContainsFunc(choices, func(ch choice) bool { return ch.by != by }) {
		list = " (" + by + ")"
	}
	if len(out) == 1 {
		return out[0] + list
	}
	if len(out) > shownChoices {
		out = append(out[:shownChoices], "…")
	}
	return "one of " + strings.Join(out, ", ") + list
}

// change says the smallest change that would give a topic.
func (s *Scorer) change(r *rule, t *models.Trace, sum *summed, unmet []*condition) string {
	switch {
	case t.Stopped != "":
		return "first: " + t.Stopped
	case len(r.clues) == 0:
		return "it has no clues of its own; a child that is given gives it"
	case t.For >= r.threshold && t.Held:
		return fmt.Sprintf("held at %.2f: needs one strong clue or two medium ones; %s", HeldAt, s.bestClue(r, t, sum, unmet))
	case t.For >= r.threshold:
		var names []string
		for _, c := range t.Counter {
			names = append(names, fmt.Sprintf("“%s” (%s)", c.Name, quotes(c.Spans)))
		}
		return fmt.Sprintf("without %s it would have %.2f", strings.Join(names, " and "), t.For)
	}
	return s.bestClue(r, t, sum, unmet)
}

// bestClue names the unmet clue that would reach the threshold with one
// mention and lacks the least, or the one that would come nearest.
func (s *Scorer) bestClue(r *rule, t *models.Trace, sum *summed, unmet []*condition) string {
	var best *condition
	score, lack := 0.0, 0
	for _, c := range unmet {
		with, missing := sum.with(c), s.lacks(c)
		if best == nil || cmp.Or(compareBool(with >= r.threshold, score >= r.threshold),
			cmp.Compare(lack, missing), cmp.Compare(best.w, c.w)) > 0 {
			best, score, lack = c, with, missing
		}
	}
	if best == nil {
		return fmt.Sprintf("all its clues are met and reach %.2f; a lower threshold would give it", t.Score)
	}
	verb := fmt.Sprintf("would give it %.2f", score)
	if score < r.threshold {
		verb = fmt.Sprintf("would bring it to %.2f of the %.2f it takes", score, r.threshold)
	}
	place := "the body"
	if best.in != "" {
		place = "the " + zoneName(best.in)
	}
	return fmt.Sprintf("“%s” (%s) in %s %s: %s", best.name, best.word, place, verb, s.missing(best))
}

// lacks counts what a condition is short of: items, mentions, different terms.
func (s *Scorer) lacks(c *condition) int {
	s.gather(c)
	if !c.all {
		return max(c.atLeast, c.distinct) - min(len(s.found), max(c.atLeast, c.distinct)-1)
	}
	n := 0
	for i := range c.items {
		if !slices.ContainsFunc(s.found, func(h hit) bool { return int(h.item) == i }) {
			n++
		}
	}
	return max(n, 1)
}
