package eval

import (
	"slices"

	"wiretag/gazetteer"
)

// A tree knows the ancestors of topics.
type tree struct {
	above map[string][]string // of a topic: those that its score goes up to
}

// newTree makes the tree of a gazetteer. Retired ancestors, and draft ones
// unless draft, are never given for a child, and so are passed over.
func newTree(g *gazetteer.Gazetteer, draft bool) *tree {
	topics := map[string]*gazetteer.Topic{}
	for _, t := range g.Topics {
		topics[t.ID.Value] = t
	}
	tr := &tree{map[string][]string{}}
	for _, t := range g.Topics {
		id := t.ID.Value
		tr.above[id] = nil
		for p := topics[t.Parent.Value]; p != nil && !slices.Contains(tr.above[id], p.ID.Value); p = topics[p.Parent.Value] {
			if p.Status.Value == "retired" || p.Status.Value == "draft" && !draft {
				continue
			}
			tr.above[id] = append(tr.above[id], p.ID.Value)
		}
	}
	return tr
}

func (tr *tree) knows(id string) bool {
	_, ok := tr.above[id]
	return ok
}

// closed returns topics with all their ancestors, sorted.
func (tr *tree) closed(topics []string) []string {
	out := slices.Clone(topics)
	for _, t := range topics {
		out = append(out, tr.above[t]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// leaves returns topics without those that stand above another of them, sorted.
func (tr *tree) leaves(topics []string) []string {
	var above []string
	for _, t := range topics {
		above = append(above, tr.above[t]...)
	}
	out := slices.DeleteFunc(slices.Clone(topics), func(t string) bool { return slices.Contains(above, t) })
	slices.Sort(out)
	return slices.Compact(out)
}
