package gazetteer

import (
	"fmt"
	"slices"
)

// owedExamples is how many examples a stable topic owes, and as many
// counter-examples.
const owedExamples = 3

// rules reports what a topic's own rules show to be without effect.
func (c *checker) rules(t *Topic) {
	if t.Status.Value == "retired" {
		return
	}
	c.idle(t)
	for i := range t.Require {
		c.possible(t, &t.Require[i])
	}
	for _, account := range [][]Condition{t.Clues, t.Against} {
		c.twice(account)
	}
	if t.Status.Value == "stable" {
		c.owed(t, "examples", len(t.Examples))
		c.owed(t, "counter_examples", len(t.CounterExamples))
	}
}

// idle reports rules of a topic that has no clue: it collects the topics below
// it and is never read itself.
func (c *checker) idle(t *Topic) {
	if len(t.Clues) == 0 && (t.ThresholdPos != (Pos{}) || len(t.Require)+len(t.Against)+len(t.Exclude)+len(t.Ignore) > 0) {
		c.add(t.Pos, noClue, "the topic %s has no clue, so nothing else of it is ever read: it only collects the topics below it", quote(t.ID.Value))
	}
}

// possible reports a line of require that nothing can meet.
func (c *checker) possible(t *Topic, k *Condition) {
	why := c.unmeetable(k)
	for i := range t.Exclude {
		if why == "" && k.All == nil && k.In == "" && c.covers(&t.Exclude[i], k.Any) {
			why = "whatever meets it is excluded at " + t.Exclude[i].Pos.String()
		}
	}
	if why != "" {
		c.add(k.Pos, impossibleRequire, "the line %s of require can never hold, so the topic %s can never be given: %s", quote(k.Name.Value), quote(t.ID.Value), why)
	}
}

// unmeetable says why nothing can meet a condition, or "".
func (c *checker) unmeetable(k *Condition) string {
	leaves := map[string]bool{}
	many, nobody := false, "" // a type, a group or a topic may be met by any number of things
	for it := range c.lists.Leaves(slices.Concat(k.Any, k.All)) {
		if it.Ref != nil && it.Ref.Kind == RefType && !c.bearsType(it.Ref.ID.Value) {
			nobody = it.Ref.ID.Value
			continue
		}
		leaves[it.String()] = true
		many = many || it.Ref != nil && it.Ref.Kind != RefEntity
	}
	switch {
	case len(leaves) == 0 && nobody != "":
		return "no entity has the type " + nobody
	case len(leaves) == 0:
		return "nothing that it names is there"
	case !many && k.Distinct > len(leaves):
		return fmt.Sprintf("it wants %d different ones and names %d", k.Distinct, len(leaves))
	}
	return ""
}

// covers tells whether a condition holds wherever one of the items stands.
func (c *checker) covers(k *Condition, items []Item) bool {
	if k.All != nil || k.In != "" || k.AtLeast > 1 || k.Distinct > 1 || len(k.Unless) > 0 {
		return false
	}
	held := map[string]bool{}
	for it := range c.lists.Leaves(k.Any) {
		held[it.String()] = true
	}
	for it := range c.lists.Leaves(items) {
		if !held[it.String()] {
			return false
		}
	}
	return true
}

// bearsType tells whether an entity is of a type or of one below it.
func (c *checker) bearsType(id string) bool {
	if c.borne == nil {
		c.borne = c.typesBorne()
	}
	return c.borne[id]
}

// typesBorne returns the types of all entities and every type above them.
func (c *checker) typesBorne() map[string]bool {
	parents := c.typeParents()
	borne := map[string]bool{"NORP": true} // demonyms are of it
	for _, e := range c.g.Entities {
		for id := e.Type.Value; id != "" && !borne[id]; id = parents[id] {
			borne[id] = true
		}
	}
	return borne
}

// twice reports a term that stands in two clues of one account. The stronger
// clue takes the word, and in the other it does nothing.
func (c *checker) twice(clues []Condition) {
	first := map[string]*Condition{}
	for i := range clues {
		k := &clues[i]
		if k.All != nil || k.In != "" || len(k.Unless) > 0 || k.AtLeast > 1 || k.Distinct > 1 {
			continue // it may hold where the other does not
		}
		for _, it := range k.Any {
			if it.Cond != nil || it.Any != nil {
				continue
			}
			key := it.String()
			other, ok := first[key]
			switch {
			case !ok:
				first[key] = k
			case other == k:
				c.add(it.Pos, termTwice, "%s stands twice in the clue %s: delete one", quote(key), quote(k.Name.Value))
			default:
				c.add(it.Pos, termTwice, "%s stands in the clue %s, too, at %s: a word counts in one clue only, the stronger; leave it in one of them", quote(key), quote(other.Name.Value), other.Pos)
			}
		}
	}
}

// owed reports a stable topic that has not proved itself.
func (c *checker) owed(t *Topic, key string, has int) {
	if has < owedExamples {
		c.add(t.Status.Pos, stableExamples, "the topic %s is stable and has %d %s: a stable topic owes %d, or make its status draft",
			quote(t.ID.Value), has, key, owedExamples)
	}
}
