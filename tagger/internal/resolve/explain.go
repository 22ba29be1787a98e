package resolve

import (
	"cmp"
	"fmt"
	"slices"

	"wiretag/models"
)

// Stopped returns the candidates of the article last decided that are no
// mentions, by place, then id. What lost to another form of its own entity
// says nothing and is left out.
func (d *Decider) Stopped() []models.Stopped {
	r := &d.run
	var out []models.Stopped
	for i := range r.cands {
		c := &r.cands[i]
		if c.stop == Alive || r.isInOwn(c) {
			continue
		}
		f := &r.names.forms[c.form]
		place := r.place(c.first, c.last, r.names.alias(f))
		out = append(out, models.Stopped{
			Place: place, Quote: place.Quote(r.text.Doc), ID: r.idOf(c),
			Alias: r.names.alias(f), Via: f.via(), Step: c.stop.String(), Reason: r.reason(c, f),
		})
	}
	slices.SortStableFunc(out, func(a, b models.Stopped) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(out, func(a, b models.Stopped) bool {
		return a.Place == b.Place && a.ID == b.ID && a.Step == b.Step
	})
}

// isInOwn reports whether a candidate lies in a mention of its own entity.
func (r *run) isInOwn(c *candidate) bool {
	mentions := r.result.Mentions
	i, _ := slices.BinarySearchFunc(mentions, c.first+1, func(m Mention, w int) int { return cmp.Compare(m.First, w) })
	for i--; i >= 0 && mentions[i].Nested; i-- {
	}
	return i >= 0 && mentions[i].Last >= c.last && mentions[i].Entity == r.names.forms[c.form].entity
}

// String returns the step in a word.
func (s Stop) String() string {
	switch s {
	case ByDate:
		return "date"
	case ByGuard:
		return "guard"
	case ByLongerName:
		return "longer name"
	case BySilence:
		return "silent capital"
	case ByMask:
		return "mask"
	case ByOverlap:
		return "overlap"
	case ByAcronym:
		return "acronym"
	case ByOwner:
		return "other owner"
	case ByDoubt:
		return "doubt"
	case ByFreeText:
		return "taken text"
	case ByNoStrong:
		return "no strong mention"
	case ByNoBearer:
		return "no bearer"
	case ByBearer:
		return "other bearer"
	case ByOrder:
		return "order"
	}
	return "alive"
}

// Final returns the steps, in a word, that the words of a form alone decide, so
// that nothing else in an article can let it pass. A mask of the same words is
// none: the name beats it.
func Final() []string { return []string{ByOverlap.String(), ByFreeText.String()} }

// reason says in a sentence what stopped a candidate, and what would have let
// it pass.
func (r *run) reason(c *candidate, f *form) string {
	switch c.stop {
	case ByDate:
		return fmt.Sprintf("the form holds %s, the article is of %s", r.names.span(f), r.day)
	case ByGuard:
		return r.guardReason(c, r.names.guard(f))
	case ByLongerName:
		if r.isPersons(c, f) {
			return "a form of address or an office stands before it, so that it names a person; inside: true lets it count"
		}
		return "it is a part of a longer capitalised name; list that name, or say inside: true"
	case BySilence:
		return "everyday words whose capital says nothing here; it takes a mention of the entity elsewhere whose capital speaks"
	case ByMask:
		return "it lies inside a mask"
	case ByOverlap:
		return "a name further left or longer took its words"
	case ByAcronym:
		return "the article declares the acronym for another"
	case ByOwner:
		return "another owner of the alias was decided for"
	case ByDoubt:
		return "several entities own the alias and nothing decides between them; it takes another alias of one of them, its needs, or a prior"
	case ByFreeText:
		return "its words belong to another mention"
	case ByNoStrong:
		return "it counts only beside a strong mention of the entity, or where its needs are met here or elsewhere"
	case ByNoBearer:
		return "a bare family name; nobody of that name is named in full"
	case ByBearer:
		return "the family name belongs to another bearer in this article"
	}
	return "it stands before the full name, outside title, front and lead"
}

// span says on which days a form holds.
func (n *Names) span(f *form) string {
	from, until := n.Text(n.extra(f).from), n.Text(n.extra(f).until)
	switch {
	case from == "":
		return "until " + until
	case until == "":
		return "from " + from
	}
	return fmt.Sprintf("from %s until %s", from, until)
}

// guardReason says which half of a guard failed.
func (r *run) guardReason(c *candidate, g *guard) string {
	if r.readAll(c, g) == refused {
		return fmt.Sprintf("its unless is met in the %s: one of %s", guardUnits()[g.notIn], r.names.Text(g.unlessItems))
	}
	return fmt.Sprintf("its needs are not met in the %s: one of %s", guardUnits()[g.needIn], r.names.Text(g.needItems))
}
