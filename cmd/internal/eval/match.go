package eval

import (
	"cmp"
	"slices"

	"wiretag/models"
)

// A span is a mention of either side under its label after mapping.
type span struct {
	models.Place
	label string
}

// Counts are what a comparison comes to.
type Counts struct {
	Right  int `json:"right"`
	Wrong  int `json:"wrong"`
	Missed int `json:"missed"`
}

func (c *Counts) add(o Counts) {
	c.Right, c.Wrong, c.Missed = c.Right+o.Right, c.Wrong+o.Wrong, c.Missed+o.Missed
}

// A Tally has the counts of every label.
type Tally map[string]Counts

func (t Tally) right(label string)  { c := t[label]; c.Right++; t[label] = c }
func (t Tally) wrong(label string)  { c := t[label]; c.Wrong++; t[label] = c }
func (t Tally) missed(label string) { c := t[label]; c.Missed++; t[label] = c }

// A pair is a span of gold and one of the output that belong together, by
// their numbers.
type pair struct{ gold, out int }

// exact pairs spans that lie at the same place, with the same label if typed.
func exact(gold, out []span, typed bool) []pair {
	type key struct {
		models.Place
		label string
	}
	keyOf := func(s *span) key {
		if typed {
			return key{s.Place, s.label}
		}
		return key{Place: s.Place}
	}
	at := map[key][]int{}
	for i := range gold {
		k := keyOf(&gold[i])
		at[k] = append(at[k], i)
	}
	var pairs []pair
	for i := range out {
		k := keyOf(&out[i])
		if free := at[k]; len(free) > 0 {
			pairs = append(pairs, pair{free[0], i})
			at[k] = free[1:]
		}
	}
	return pairs
}

// overlapping pairs spans that share a character, with the same label if typed,
// one to one: the pair with the most in common first, of two of those the one
// that reaches less far, then the one that comes first. Nothing in this order
// tells gold from output.
func overlapping(gold, out []span, typed bool) []pair {
	type match struct {
		pair
		shared, hull, start int
		field               models.Field
	}
	var found []match
	for i := range gold {
		for j := range out {
			g, o := &gold[i], &out[j]
			shared := min(g.End, o.End) - max(g.Start, o.Start)
			if g.Field != o.Field || shared <= 0 || typed && g.label != o.label {
				continue
			}
			start := min(g.Start, o.Start)
			found = append(found, match{pair{i, j}, shared, max(g.End, o.End) - start, start, g.Field})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(a.hull, b.hull),
			cmp.Compare(a.field, b.field), cmp.Compare(a.start, b.start))
	})
	usedGold, usedOut := make([]bool, len(gold)), make([]bool, len(out))
	var pairs []pair
	for _, m := range found {
		if !usedGold[m.gold] && !usedOut[m.out] {
			usedGold[m.gold], usedOut[m.out] = true, true
			pairs = append(pairs, m.pair)
		}
	}
	return pairs
}

// tally counts pairs, and what stands in none, by label. Where labels differ,
// what is right is counted under gold's.
func tally(gold, out []span, pairs []pair) Tally {
	t := Tally{}
	usedGold, usedOut := make([]bool, len(gold)), make([]bool, len(out))
	for _, p := range pairs {
		usedGold[p.gold], usedOut[p.out] = true, true
		t.right(gold[p.gold].label)
	}
	for i := range gold {
		if !usedGold[i] {
			t.missed(gold[i].label)
		}
	}
	for i := range out {
		if !usedOut[i] {
			t.wrong(out[i].label)
		}
	}
	return t
}

// tallySets counts two sets of labels, both sorted.
func tallySets(gold, out []string) Tally {
	t := Tally{}
	for _, l := range out {
		if _, ok := slices.BinarySearch(gold, l); ok {
			t.right(l)
		} else {
			t.wrong(l)
		}
	}
	for _, l := range gold {
		if _, ok := slices.BinarySearch(out, l); !ok {
			t.missed(l)
		}
	}
	return t
}
