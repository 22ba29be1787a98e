package resolve

import (
	"cmp"
	"slices"
)

// applyMasks drops the candidates that lie wholly inside a mask: every name
// in a file's mask, an entity's own in its own. A name of the same span beats
// the mask, and one that reaches past it stays.
func (r *run) applyMasks() {
	for _, m := range r.masks {
		i, _ := slices.BinarySearchFunc(r.cands, m.first, func(c candidate, first int) int {
			return cmp.Compare(c.first, first)
		})
		for ; i < len(r.cands) && r.cands[i].first < m.last; i++ {
			c := &r.cands[i]
			if c.stop != Alive || c.last > m.last || c.first == m.first && c.last == m.last {
				continue
			}
			if m.entity < 0 || m.entity == r.names.forms[c.form].entity {
				c.stop = ByMask
			}
		}
		r.result.Covered = append(r.result.Covered, Span{m.first, m.last})
	}
}

// chooseLongest keeps the longest strong candidate at the leftmost start, then
// goes on behind it: step 3. Different owners of one span all stay; of several
// forms of one entity the first does.
func (r *run) chooseLongest() {
	end := -1
	for i := range r.cands {
		c := &r.cands[i]
		if c.stop != Alive || !r.isStrong(c) {
			continue
		}
		if c.first >= end {
			end = c.last
		} else if k := len(r.strong) - 1; r.strong[k].first != c.first || r.strong[k].last != c.last || r.ownedHere(c) {
			c.stop = ByOverlap
			continue
		}
		r.strong = append(r.strong, c)
	}
}

// ownedHere reports whether the entity of c has a form at its very place.
func (r *run) ownedHere(c *candidate) bool {
	for k := len(r.strong) - 1; k >= 0 && r.strong[k].first == c.first; k-- {
		if r.names.forms[r.strong[k].form].entity == r.names.forms[c.form].entity {
			return true
		}
	}
	return false
}
