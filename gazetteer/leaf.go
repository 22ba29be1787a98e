package gazetteer

import (
	"iter"
	"slices"
)

// A ListIndex finds lists by their id.
type ListIndex map[string]*List

// ListIndex returns the lists of g by id.
func (g *Gazetteer) ListIndex() ListIndex {
	x := make(ListIndex, len(g.Lists))
	for _, l := range g.Lists {
		x[l.ID.Value] = l
	}
	return x
}

// Leaves walks the terms and references that items come down to, in order:
// alternatives and conditions are opened, lists followed, void references left
// out. With each leaf comes the id of the outermost list it stands in, or "".
func (x ListIndex) Leaves(items []Item) iter.Seq2[Item, string] {
	return func(yield func(Item, string) bool) { x.leaves(items, nil, yield) }
}

// leaves walks items that stand in lists, outermost first.
func (x ListIndex) leaves(items []Item, in []string, yield func(Item, string) bool) bool {
	for _, it := range items {
		goOn := true
		switch {
		case it.Any != nil:
			goOn = x.leaves(it.Any, in, yield)
		case it.Cond != nil:
			goOn = x.leaves(it.Cond.Any, in, yield)
		case it.Ref != nil && it.Ref.Void:
		case it.Ref != nil && it.Ref.Kind == RefList:
			if l := x[it.Ref.ID.Value]; l != nil && !slices.Contains(in, l.ID.Value) {
				goOn = x.leaves(l.Any, append(slices.Clip(in), l.ID.Value), yield)
			}
		default:
			outermost := ""
			if len(in) > 0 {
				outermost = in[0]
			}
			goOn = yield(it, outermost)
		}
		if !goOn {
			return false
		}
	}
	return true
}
