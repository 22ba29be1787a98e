package resolve

import (
	"cmp"
	"slices"
	"strings"

	"wiretag/models"
)

// The criteria that decide between the owners of a shared form, in order. The
// first that exactly one owner meets decides.
const (
	decidedByName  = "name"  // another, unshared form of the owner stands in the article
	decidedByNeeds = "needs" // its needs are met
	decidedByDate  = "date"  // its dates hold, the others' do not
	decidedByGroup = "group" // it shares a group with an unshared mention
	decidedByPrior = "prior" // its prior is at least three times the next
)

// decideShared decides every place that several entities own. One decision
// holds for the whole article.
func (r *run) decideShared() {
	var made map[string]*choice
	for i := 0; i < len(r.strong); {
		j := i + 1
		for j < len(r.strong) && isAt(r.strong[j], r.strong[i]) {
			j++
		}
		owners := r.strong[i:j]
		i = j
		alone := len(owners) == 1
		if alone && !owners[0].unmet {
			if r.expired(owners[0]) {
				owners[0].decided = decidedByDate
			}
			continue
		}
		if made == nil {
			made = make(map[string]*choice)
			r.indexStrong()
			r.groupsOfUnshared()
		}
		if alone {
			if !r.namedOtherwise(owners[0]) {
				owners[0].stop = ByGuard // its rival fell: the needs are a condition
			}
			continue
		}
		key := r.ownersKey(owners)
		ch, ok := made[key]
		if !ok {
			ch = r.choose(owners)
			made[key] = ch
		}
		r.apply(ch, owners)
	}
	r.strong = slices.DeleteFunc(r.strong, func(c *candidate) bool { return c.stop != Alive })
}

// A choice is the decision for one set of owners.
type choice struct {
	entity int32 // -1: undecided
	by     string
}

// ownersKey tells sets of owners apart.
func (r *run) ownersKey(owners []*candidate) string {
	var key []byte
	for _, c := range owners {
		e := r.names.forms[c.form].entity
		key = append(key, byte(e), byte(e>>8), byte(e>>16), byte(e>>24))
	}
	return string(key)
}

// choose applies the criteria. An owner whose own needs are not met can only
// win by another name; where that leaves one owner, its rivals' needs decided.
func (r *run) choose(owners []*candidate) *choice {
	if ch := r.exactlyOne(owners, decidedByName, r.namedOtherwise); ch != nil {
		return ch
	}
	var left []*candidate
	for _, c := range owners {
		if !c.unmet {
			left = append(left, c)
		}
	}
	switch len(left) {
	case 0:
		return &choice{entity: -1}
	case 1:
		return &choice{r.names.forms[left[0].form].entity, decidedByNeeds}
	}
	for _, test := range []struct {
		by    string
		meets func(*candidate) bool
	}{
		{decidedByNeeds, func(c *candidate) bool { return c.guarded }},
		{decidedByDate, func(c *candidate) bool { return r.day != "" && r.names.dated(&r.names.forms[c.form]) }},
		{decidedByGroup, r.sharesGroup},
	} {
		if ch := r.exactlyOne(left, test.by, test.meets); ch != nil {
			return ch
		}
	}
	return r.byPrior(left)
}

// exactlyOne returns the choice of the one owner who meets a criterion, or nil.
func (r *run) exactlyOne(owners []*candidate, by string, meets func(*candidate) bool) *choice {
	var only *candidate
	for _, c := range owners {
		if !meets(c) {
			continue
		}
		if only != nil {
			return nil
		}
		only = c
	}
	if only == nil {
		return nil
	}
	return &choice{r.names.forms[only.form].entity, by}
}

// byPrior chooses the owner whose prior is at least three times the next.
func (r *run) byPrior(owners []*candidate) *choice {
	var best, next float64
	ch := &choice{entity: -1}
	for _, c := range owners {
		f := &r.names.forms[c.form]
		if prior := r.names.extra(f).prior(); prior > best {
			best, next = prior, best
			ch.entity, ch.by = f.entity, decidedByPrior
		} else {
			next = max(next, prior)
		}
	}
	if best == 0 || best < priorRatio*next {
		return &choice{entity: -1}
	}
	return ch
}

// namedOtherwise reports whether an unshared form of the candidate's entity
// stands elsewhere in the article.
func (r *run) namedOtherwise(c *candidate) bool {
	for _, o := range r.strongOf(r.names.forms[c.form].entity) {
		if o.stop == Alive && !o.unmet && !r.hasRival(o) {
			return true
		}
	}
	return false
}

// sharesGroup reports whether an unshared mention carries a group that the
// candidate's entity carries, too.
func (r *run) sharesGroup(c *candidate) bool {
	entity := r.names.forms[c.form].entity
	for _, g := range r.names.Groups(entity) {
		if owner, ok := r.groups[g.ID]; ok && owner != entity && r.names.Holds(g, r.day) {
			return true
		}
	}
	return false
}

// several stands for more than one entity.
const several = -1

// groupsOfUnshared notes the groups of the mentions that nobody else owns.
func (r *run) groupsOfUnshared() {
	clear(r.groups)
	for _, o := range r.strong {
		if !r.hasRival(o) {
			r.noteGroups(r.names.forms[o.form].entity)
		}
	}
}

// noteGroups notes that an unshared mention carries the groups of an entity.
func (r *run) noteGroups(entity int32) {
	for _, g := range r.names.Groups(entity) {
		if !r.names.Holds(g, r.day) {
			continue
		}
		if owner, ok := r.groups[g.ID]; ok && owner != entity {
			r.groups[g.ID] = several
		} else {
			r.groups[g.ID] = entity
		}
	}
}

// indexStrong makes strongOf ready for the strong mentions as they are.
func (r *run) indexStrong() {
	r.byEntity = append(r.byEntity[:0], r.strong...)
	slices.SortStableFunc(r.byEntity, func(a, b *candidate) int {
		return cmp.Compare(r.names.forms[a.form].entity, r.names.forms[b.form].entity)
	})
}

// strongOf returns the strong mentions of an entity, in order.
func (r *run) strongOf(entity int32) []*candidate {
	of := func(c *candidate, e int32) int { return cmp.Compare(r.names.forms[c.form].entity, e) }
	i, _ := slices.BinarySearchFunc(r.byEntity, entity, of)
	n, _ := slices.BinarySearchFunc(r.byEntity[i:], entity+1, of)
	return r.byEntity[i : i+n]
}

// expired reports whether another owner of the candidate's place was dropped
// by its dates.
func (r *run) expired(c *candidate) bool {
	return r.rivalWith(c, func(o *candidate) bool { return o.stop == ByDate })
}

// apply carries a choice out at one place.
func (r *run) apply(ch *choice, owners []*candidate) {
	if ch.entity < 0 {
		u := Undecided{First: owners[0].first, Last: owners[0].last, Via: models.ViaAlias}
		u.Place = r.place(u.First, u.Last, r.names.alias(&r.names.forms[owners[0].form]))
		for _, c := range owners {
			c.stop = ByDoubt
			u.Candidates = append(u.Candidates, models.Candidate{ID: r.idOf(c)})
		}
		sortCandidates(u.Candidates)
		r.result.Undecided = append(r.result.Undecided, u)
		r.take(u.First, u.Last)
		return
	}
	r.noteGroups(ch.entity)
	for _, c := range owners {
		if r.names.forms[c.form].entity == ch.entity {
			c.decided = ch.by
		} else {
			c.stop = ByOwner
		}
	}
}

// sortCandidates puts entities before strangers, each by name.
func sortCandidates(cs []models.Candidate) {
	slices.SortFunc(cs, func(a, b models.Candidate) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
}

func (r *run) idOf(c *candidate) string {
	return r.names.ID(r.names.forms[c.form].entity)
}

// take marks words as part of a mention or an undecided span.
func (r *run) take(first, last int) {
	for i := first; i < last; i++ {
		r.marks[i] |= markTaken
	}
}

// isFree reports whether no word of a span is taken.
func (r *run) isFree(first, last int) bool {
	for i := first; i < last; i++ {
		if r.marks[i]&markTaken != 0 {
			return false
		}
	}
	return true
}
