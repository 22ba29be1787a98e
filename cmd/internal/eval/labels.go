package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"wiretag/gazetteer"
)

// A Mapping gives labels other names, on both sides; "" leaves a label out.
// Labels that it does not have stay as they are.
type Mapping map[string]string

// ParseMapping reads A=B,C+D=B,E=: labels before the sign, what they become
// behind it, nothing there leaves them out.
func ParseMapping(s string) (Mapping, error) {
	m := Mapping{}
	for _, part := range strings.Split(s, ",") {
		from, to, ok := strings.Cut(part, "=")
		if !ok {
			return nil, fmt.Errorf("%q has no =; write LABEL=LABEL, A+B=C, or LABEL= to leave it out", part)
		}
		for _, label := range strings.Split(from, "+") {
			label = strings.TrimSpace(label)
			if label == "" {
				return nil, fmt.Errorf("%q names no label before the =", part)
			}
			if old, twice := m[label]; twice && old != strings.TrimSpace(to) {
				return nil, fmt.Errorf("%s is mapped twice, to %q and to %q", label, old, strings.TrimSpace(to))
			}
			m[label] = strings.TrimSpace(to)
		}
	}
	return m, nil
}

// of returns what a label becomes; "" is left out.
func (m Mapping) of(label string) string {
	if to, ok := m[label]; ok {
		return to
	}
	return label
}

// String writes the mapping as ParseMapping reads it.
func (m Mapping) String() string {
	by := map[string][]string{}
	for _, from := range slices.Sorted(maps.Keys(m)) {
		by[m[from]] = append(by[m[from]], from)
	}
	var parts []string
	for _, to := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, strings.Join(by[to], "+")+"="+to)
	}
	return strings.Join(parts, ",")
}

// conll maps our types to the four of CoNLL-2003.
func conllMapping() Mapping {
	return Mapping{
		"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC", "LAW": "MISC",
		"PRODUCT": "MISC", "WORK_OF_ART": "MISC", "LANGUAGE": "MISC",
	}
}

// DefaultMapping returns the mapping for gold whose labels are known: those of
// CoNLL-2003, PER, LOC, ORG and MISC, and no other. It is nil for other gold.
func DefaultMapping(gold *Gold) Mapping {
	any := false
	for _, a := range gold.Articles {
		for i := range a.Mentions {
			if !slices.Contains([]string{"PER", "LOC", "ORG", "MISC"}, a.Mentions[i].Type) {
				return nil
			}
			any = true
		}
	}
	if !any {
		return nil
	}
	return conllMapping()
}

// A labeller says under which label a mention counts, if it does.
type labeller struct {
	mapping Mapping
	only    map[string]bool // those asked for; nil: those that gold has
	gold    map[string]bool // labels that gold has, after mapping
}

func newLabeller(gold *Gold, m Mapping, types []string) *labeller {
	l := &labeller{mapping: m, gold: map[string]bool{}}
	for _, a := range gold.Articles {
		for i := range a.Mentions {
			if to := m.of(a.Mentions[i].Type); to != "" {
				l.gold[to] = true
			}
		}
	}
	if len(types) > 0 {
		l.only = map[string]bool{}
		for _, t := range types {
			l.only[t] = true
		}
	}
	return l
}

// of returns the label of a type, and whether it counts. A label that gold
// never has cannot be right, for nobody looked for it; it does not count unless
// it was asked for.
func (l *labeller) of(typ string) (label string, counts bool) {
	label = l.mapping.of(typ)
	switch {
	case label == "":
		return "", false
	case l.only != nil:
		return label, l.only[label]
	}
	return label, l.gold[label]
}

// Check refuses types that neither gold nor the gazetteer has: they would count
// nothing, without a word. It returns notes on what of the mapping neither has,
// which is no mistake in a mapping for several sets of gold.
func (o *Options) Check(gold *Gold, g *gazetteer.Gazetteer) (notes []string, err error) {
	before, after := map[string]bool{}, map[string]bool{}
	for _, t := range g.TypeIDs() {
		before[t] = true
	}
	for _, a := range gold.Articles {
		for i := range a.Mentions {
			before[a.Mentions[i].Type] = true
		}
	}
	for t := range before {
		if to := o.Mapping.of(t); to != "" {
			after[to] = true
		}
	}
	for _, t := range o.Types {
		if !after[t] {
			return nil, fmt.Errorf("--types: neither gold nor the gazetteer has %q, after --map; known: %s", t, strings.Join(slices.Sorted(maps.Keys(after)), ", "))
		}
	}
	for _, t := range slices.Sorted(maps.Keys(o.Mapping)) {
		if !before[t] && !o.MappedByGold {
			notes = append(notes, fmt.Sprintf("--map: neither gold nor the gazetteer has the type %q", t))
		}
	}
	return notes, nil
}
