package resolve

import (
	"cmp"
	"slices"

	"wiretag/models"
	"wiretag/tagger/internal/segment"
)

// A find is a decision in the text that step 4 left free.
type find struct {
	first, last int
	entity      int32
	alias       string
	via         models.Via
	confidence  float64
	decided     string // the criterion that chose between owners
	antecedent  *candidate
	doubt       []models.Candidate // set: the span is undecided
	losers      []*candidate       // what to stop if the text is taken
}

// fillFreeText decides weak forms, declared acronyms, family names and shorts
// in the text still free, longest first: step 5.
func (r *run) fillFreeText(acronyms map[string]acronym) {
	for _, c := range r.strong {
		r.take(c.first, c.last)
		if entity := r.names.forms[c.form].entity; !has(r.named, entity) {
			r.named[entity] = c.first
		}
	}
	finds := append(r.findAcronyms(acronyms), r.findFamilies()...)
	finds = append(finds, r.findWeakAndShort()...)
	slices.SortStableFunc(finds, func(a, b find) int {
		return cmp.Or(cmp.Compare(b.last-b.first, a.last-a.first), cmp.Compare(a.first, b.first))
	})
	for i := range finds {
		f := &finds[i]
		if !r.isFree(f.first, f.last) {
			for _, c := range f.losers {
				c.stop = ByFreeText
			}
			continue
		}
		r.take(f.first, f.last)
		r.addFind(f)
	}
}

// addFind reports a find.
func (r *run) addFind(f *find) {
	place := r.place(f.first, f.last, f.alias)
	if f.doubt != nil {
		r.result.Undecided = append(r.result.Undecided, Undecided{f.first, f.last, place, f.via, f.doubt})
		return
	}
	m := Mention{
		First: f.first, Last: f.last, Place: place, Entity: f.entity, Alias: f.alias,
		Type: r.names.Type(f.entity), Via: f.via, Confidence: f.confidence, Antecedent: -1, Decided: f.decided,
	}
	if f.antecedent != nil {
		m.Antecedent = f.antecedent.first // made an index by report
	}
	r.result.Mentions = append(r.result.Mentions, m)
}

func has(m map[int32]int, key int32) bool {
	_, ok := m[key]
	return ok
}

// findAcronyms finds the words that are acronyms the article declares for an
// entity.
func (r *run) findAcronyms(acronyms map[string]acronym) []find {
	known := false
	for _, a := range acronyms {
		known = known || a.long != nil
	}
	if !known {
		return nil
	}
	var out []find
	for i := range r.text.Words {
		if !r.isAcronym(i) {
			continue
		}
		if a := acronyms[r.quote(i, i+1)]; a.long != nil {
			out = append(out, find{
				first: i, last: i + 1, entity: r.names.forms[a.long.form].entity,
				alias: a.text, via: models.ViaAcronym, confidence: sureAcronym,
			})
		}
	}
	return out
}

// findWeakAndShort finds weak forms with their needs met, weak forms beside
// those or beside a strong mention of their entity, and shorts after a longer
// form.
func (r *run) findWeakAndShort() []find {
	var out []find
	for owners := r.liveWeak(); len(owners) > 0; {
		n := 1
		for n < len(owners) && isAt(owners[n], owners[0]) {
			n++
		}
		out = append(out, r.decideWeak(owners[:n:n]))
		owners = owners[n:]
	}
	return out
}

// liveWeak returns the weak forms and shorts that nothing stops, in their
// order, of every entity one at a place.
func (r *run) liveWeak() []*candidate {
	var out []*candidate
	for _, c := range r.weakCandidates() {
		f := &r.names.forms[c.form]
		if (c.stop == ByNoStrong || c.stop == BySilence) && f.via() == models.ViaWeak && r.proven[f.entity] {
			c.stop = Alive
		}
		if c.stop != Alive {
			continue
		}
		k := len(out) - 1
		for k >= 0 && isAt(out[k], c) && r.entityOf(out[k]) != f.entity {
			k--
		}
		if k >= 0 && isAt(out[k], c) {
			out[k].guarded = out[k].guarded || c.guarded
			c.stop = ByFreeText
			continue
		}
		out = append(out, c)
	}
	return out
}

// weakCandidates returns the weak forms and shorts that are alive so far, with
// what stops them by itself, and notes which entities a weak form with its needs
// met proves to be in the article: one in “Lowell, Massachusetts” is spoken of
// as Lowell in the next paragraph, too. Where the article has an Abbott Lowell, no
// Lowell is a place.
func (r *run) weakCandidates() []*candidate {
	r.weak = r.weak[:0]
	clear(r.proven)
	clear(r.people)
	for i := range r.cands {
		c := &r.cands[i]
		f := &r.names.forms[c.form]
		if c.stop != Alive || !f.needsMore() {
			continue
		}
		if c.stop = r.weakStop(c, f); c.stop == ByLongerName && r.endsPerson(c, f) {
			r.people[r.text.Words[c.first].ID] = true
		}
		r.weak = append(r.weak, c)
	}
	for _, c := range r.weak {
		f := &r.names.forms[c.form]
		if c.stop == Alive && f.is(formPart) && c.last-c.first == 1 && r.people[r.text.Words[c.first].ID] && !r.names.IsType(r.names.typ(f), "PERSON") {
			c.stop = ByBearer
		}
		if c.stop == Alive && c.guarded && f.via() == models.ViaWeak {
			r.proven[f.entity] = true
		}
	}
	return r.weak
}

// endsPerson reports whether a name of one word stands behind a given name, an
// initial or a form of address, as a person's family name.
func (r *run) endsPerson(c *candidate, f *form) bool {
	prev, hyphen := r.before(c.first)
	if c.last-c.first > 1 || prev < 0 || hyphen {
		return false
	}
	w := &r.text.Words[prev]
	return r.class(prev)&(segment.FirstName|segment.Common) == segment.FirstName || w.Initial() || r.isPersons(c, f)
}

// decideWeak decides between the owners of a weak form or short, each another
// entity: one whose needs are met goes before those that only stand beside a
// strong mention.
func (r *run) decideWeak(owners []*candidate) find {
	c := owners[0]
	by := ""
	if len(owners) > 1 {
		ch := r.exactlyOne(owners, decidedByNeeds, func(o *candidate) bool { return o.guarded })
		if ch == nil {
			return r.doubtful(owners)
		}
		by = ch.by
		for _, o := range owners {
			if r.entityOf(o) == ch.entity {
				c = o
			} else {
				o.stop = ByOwner
			}
		}
	}
	f := &r.names.forms[c.form]
	sure := sureWeak
	switch {
	case by != "":
		sure = sureShared
	case f.via() == models.ViaShort:
		sure = sureShort
	}
	return find{
		first: c.first, last: c.last, entity: f.entity, alias: r.names.alias(f), via: f.via(),
		confidence: r.undated(sure, f), decided: by, losers: owners,
	}
}

// doubtful makes a place that several own an undecided find.
func (r *run) doubtful(owners []*candidate) find {
	f := &r.names.forms[owners[0].form]
	out := find{first: owners[0].first, last: owners[0].last, alias: r.names.alias(f), via: f.via(), losers: owners}
	for _, c := range owners {
		c.stop = ByDoubt
		out.doubt = append(out.doubt, models.Candidate{ID: r.idOf(c)})
	}
	sortCandidates(out.doubt)
	return out
}

// isAt reports whether two candidates stand at the very same words.
func isAt(a, b *candidate) bool { return a.first == b.first && a.last == b.last }

func (r *run) entityOf(c *candidate) int32 { return r.names.forms[c.form].entity }

// weakStop returns what stops a weak form or a short, or Alive.
func (r *run) weakStop(c *candidate, f *form) Stop {
	if owner, borne := r.borne[c.first]; borne && owner != f.entity {
		return ByBearer
	}
	if r.inLongerName(c, f) {
		return ByLongerName
	}
	named := has(r.named, f.entity)
	switch {
	case c.guarded && !named && f.is(formCommon) && r.isSilent(c):
		return BySilence
	case c.guarded:
		return Alive
	case !named:
		return ByNoStrong
	case f.via() == models.ViaShort && !r.mayStandBefore(c.first, r.named[f.entity]):
		return ByOrder
	}
	return Alive
}

// mayStandBefore reports whether a short form at a word may count although the
// full one stands at another: behind it, or in title, front and lead.
func (r *run) mayStandBefore(word, full int) bool {
	if word > full {
		return true
	}
	switch r.text.ZoneAt(word) {
	case models.Headline, models.Front, models.Lead:
		return true
	}
	return false
}

// report makes the result of what was decided, in its order.
func (r *run) report(nested bool) {
	for _, c := range r.strong {
		r.result.Mentions = append(r.result.Mentions, r.mention(c))
	}
	if nested {
		for i := range r.cands {
			if c := &r.cands[i]; c.stop == ByOverlap && !r.isDuplicate(c) {
				m := r.mention(c)
				m.Nested = true
				r.result.Mentions = append(r.result.Mentions, m)
			}
		}
	}
	slices.SortFunc(r.result.Mentions, func(a, b Mention) int {
		if d := cmp.Or(a.First-b.First, b.Last-a.Last); d != 0 {
			return d
		}
		return cmp.Compare(r.names.ID(a.Entity), r.names.ID(b.Entity)) // which may have to be made
	})
	slices.SortFunc(r.result.Undecided, func(a, b Undecided) int { return cmp.Compare(a.First, b.First) })
	for i := range r.result.Mentions {
		if m := &r.result.Mentions[i]; m.Antecedent >= 0 {
			m.Antecedent, _ = slices.BinarySearchFunc(r.result.Mentions, m.Antecedent, func(o Mention, w int) int {
				return cmp.Compare(o.First, w)
			})
		}
	}
	for i := range r.result.Undecided {
		u := &r.result.Undecided[i]
		r.result.Covered = append(r.result.Covered, Span{u.First, u.Last})
	}
}

// isDuplicate reports whether a loser says nothing that the mention which took
// its words does not: a second form of the entity at the same place, or the
// same form without its The.
func (r *run) isDuplicate(c *candidate) bool {
	i, _ := slices.BinarySearchFunc(r.strong, c.first+1, func(o *candidate, w int) int { return cmp.Compare(o.first, w) })
	if i == 0 {
		return false
	}
	o := r.strong[i-1]
	return o.form == c.form || o.first == c.first && o.last == c.last &&
		r.names.forms[o.form].entity == r.names.forms[c.form].entity
}

func (r *run) mention(c *candidate) Mention {
	f := &r.names.forms[c.form]
	return Mention{
		First: c.first, Last: c.last, Place: r.place(c.first, c.last, r.names.alias(f)), Entity: f.entity,
		Alias: r.names.alias(f), Type: r.names.typ(f), Via: f.via(), Confidence: r.sure(c, f), Antecedent: -1, Decided: c.decided,
	}
}
