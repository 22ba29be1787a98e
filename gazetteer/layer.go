package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
)

// A merger lays packs over each other. What it learns on the way about ids that
// are gone is what the checks afterwards need to follow references.
type merger struct {
	diags  Diagnostics
	former map[RefKind]map[string]String // id of old -> id of now
	gone   map[RefKind]map[string]bool   // removed, or with a group: once carried
	house  map[string]bool               // lists of the house
}

func (m *merger) add(pos Pos, c checkID, format string, args ...any) {
	m.diags = append(m.diags, finding(pos, c, fmt.Sprintf(format, args...)))
}

// merge makes one gazetteer of the layers, lowest first, and checks it.
func (m *merger) merge(layers []*layer) *Gazetteer {
	m.former, m.gone = map[RefKind]map[string]String{}, map[RefKind]map[string]bool{}
	for _, kind := range []RefKind{RefEntity, RefList, RefTopic, RefGroup} {
		m.former[kind], m.gone[kind] = map[string]String{}, map[string]bool{}
	}
	g := &Gazetteer{}
	entities := make([][]*Entity, len(layers))
	lists := [][]*List{m.houseLists()}
	topics := make([][]*Topic, len(layers))
	for i, y := range layers {
		var own []*List
		for _, f := range y.files {
			entities[i] = append(entities[i], f.Entities...)
			own = append(own, f.Lists...)
			topics[i] = append(topics[i], f.Topics...)
			g.Masks = append(g.Masks, f.Masks...)
			g.Filters = append(g.Filters, f.Filters...)
		}
		lists = append(lists, own)
		m.types(g, y)
		m.about(g, y)
	}
	m.groups(entities)
	g.Entities = stackUp(m, RefEntity, entities, (*merger).extendEntity)
	g.Lists = stackUp(m, RefList, lists, (*merger).extendList)
	g.Topics = stackUp(m, RefTopic, topics, (*merger).extendTopic)
	newChecker(m, g).check()
	return g
}

// houseLists returns copies of the house's lists whose terms nobody can append
// in place.
func (m *merger) houseLists() []*List {
	lists, _ := houseLists()
	m.house = make(map[string]bool, len(lists))
	out := make([]*List, len(lists))
	for i, l := range lists {
		c := *l
		c.Any, c.House = slices.Clip(c.Any), true
		out[i] = &c
		m.house[l.ID.Value] = true
	}
	return out
}

// about takes a layer's name and what it says of itself. Packs that were asked
// for by name are in the name of the whole, packs that they use are not.
func (m *merger) about(g *Gazetteer, y *layer) {
	name := String{}
	var about, license String
	for _, f := range y.files {
		if name.Value != "" && f.Name.Value != "" && f.Name.Value != name.Value {
			m.add(f.Name.Pos, conflictingName, "the pack is named %s here and %s at %s: leave the name in one file", quote(f.Name.Value), quote(name.Value), name.Pos)
		}
		name, about, license = either(name, f.Name), either(about, f.About), either(license, f.License)
	}
	if !y.Asked {
		return
	}
	name = either(name, String{y.name, Pos{File: y.Path, Line: 1, Col: 1}})
	if g.Name.Value != "" {
		name.Value = g.Name.Value + "+" + name.Value
	}
	g.Name, g.About, g.License = name, either(about, g.About), either(license, g.License)
}

// either returns a, or b where a is unset.
func either(a, b String) String {
	if a.Value != "" {
		return a
	}
	return b
}

// ontoNotes are the types that need no declaration.
var ontoNotes = []string{"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"}

// TypeIDs lists the types that an entity may have: OntoNotes', then those that
// the packs declare, in their order.
func (g *Gazetteer) TypeIDs() []string {
	ids := slices.Clone(ontoNotes)
	for _, t := range g.Types {
		ids = append(ids, t.ID.Value)
	}
	return ids
}

// types adds the types of a layer. Two packs may declare the same one.
func (m *merger) types(g *Gazetteer, y *layer) {
	below := make(map[string]*Type, len(g.Types))
	for _, t := range g.Types {
		below[t.ID.Value] = t
	}
	own := map[string]*Type{}
	for _, f := range y.files {
		for _, t := range f.Types {
			id := t.ID.Value
			same, lower := own[id], below[id]
			switch {
			case slices.Contains(ontoNotes, id):
				m.add(t.ID.Pos, duplicateID, "the type %s is always there: delete it under types:", id)
			case same != nil:
				m.add(t.ID.Pos, duplicateID, "the type %s stands already at %s: delete one of them", id, same.ID.Pos)
			case lower != nil && lower.Parent.Value != t.Parent.Value:
				m.add(t.ID.Pos, duplicateID, "the type %s has another parent at %s: give both the same", id, lower.ID.Pos)
			case lower == nil:
				g.Types = append(g.Types, t)
				own[id] = t
			}
		}
	}
}

// groups remembers every group that any layer carries, so that one that is
// gone can be told from one that never was.
func (m *merger) groups(layers [][]*Entity) {
	for _, entities := range layers {
		for _, e := range entities {
			for _, g := range e.Groups {
				m.gone[RefGroup][g.ID.Value] = true
			}
		}
	}
}

// An entry is what layers can extend, override and remove.
type entry interface {
	*Entity | *List | *Topic
	ident() String
	how() Layer
	before() []String
	start() Pos
}

func (e *Entity) ident() String    { return e.ID }
func (e *Entity) how() Layer       { return e.Layer }
func (e *Entity) before() []String { return e.Formerly }
func (e *Entity) start() Pos       { return e.Pos }
func (l *List) ident() String      { return l.ID }
func (l *List) how() Layer         { return l.Layer }
func (l *List) before() []String   { return nil }
func (l *List) start() Pos         { return l.Pos }
func (t *Topic) ident() String     { return t.ID }
func (t *Topic) how() Layer        { return t.Layer }
func (t *Topic) before() []String  { return t.Formerly }
func (t *Topic) start() Pos        { return t.Pos }

// rank orders the entries of one layer, so that the order of its files does
// not matter: what stands by itself, then what changes it.
func (l Layer) rank() int {
	switch {
	case l.Remove:
		return 3
	case l.Extend:
		return 2
	case l.Override:
		return 1
	}
	return 0
}

func (l Layer) verb() string { return []string{"", "override", "extend", "remove"}[l.rank()] }

// A stack is the entries of one kind, as the layers so far have left them.
type stack[E entry] struct {
	m     *merger
	kind  RefKind
	out   []E // nil where one was removed
	index map[string]int
}

// stackUp lays the entries of the layers over each other, lowest first.
func stackUp[E entry](m *merger, kind RefKind, layers [][]E, extend func(m *merger, base, by E)) []E {
	s := &stack[E]{m: m, kind: kind, index: map[string]int{}}
	for _, entries := range layers {
		ranked := slices.Clone(entries)
		slices.SortStableFunc(ranked, func(a, b E) int { return cmp.Compare(a.how().rank(), b.how().rank()) })
		overridden := map[string]Pos{}
		for _, e := range ranked {
			if e.ident().Value == "" {
				continue // reported where it was read
			}
			if e.how().rank() == 0 {
				s.put(e)
				continue
			}
			s.change(e, extend, overridden)
		}
	}
	for old, now := range m.former[kind] {
		if i, ok := s.index[old]; ok {
			m.add(now.Pos, duplicateID, "%s says that it was formerly %s, which is the id of the %s at %s: only one of them can be meant; delete it under formerly:, or give that one another id", quote(now.Value), quote(old), kind, s.out[i].start())
			delete(m.former[kind], old)
		}
	}
	return slices.DeleteFunc(s.out, func(e E) bool { return e == nil })
}

// put adds an entry that stands by itself.
func (s *stack[E]) put(e E) {
	id := e.ident()
	if i, ok := s.index[id.Value]; ok {
		s.m.add(id.Pos, duplicateID, "the %s %s is defined already at %s: give this one another id, or say extend: true or override: true",
			s.kind, quote(id.Value), s.out[i].start())
		return
	}
	s.index[id.Value] = len(s.out)
	s.out = append(s.out, e)
	delete(s.m.gone[s.kind], id.Value)
	s.remember(e, id.Value)
}

// change lets an entry extend, override or remove the one below it.
func (s *stack[E]) change(e E, extend func(m *merger, base, by E), overridden map[string]Pos) {
	id := e.ident()
	i, ok := s.index[id.Value]
	if now, former := s.m.former[s.kind][id.Value]; !ok && former {
		s.m.add(id.Pos, formerID, "the %s %s is now called %s: write that", s.kind, quote(id.Value), quote(now.Value))
		id.Value = now.Value
		i, ok = s.index[id.Value]
	}
	if !ok {
		s.m.add(id.Pos, unknownBase, "there is no %s %s to %s%s", s.kind, quote(id.Value), e.how().verb(), s.near(id.Value))
		return
	}
	switch e.how().rank() {
	case 1:
		if first, twice := overridden[id.Value]; twice {
			s.m.add(id.Pos, duplicateID, "the %s %s is overridden already at %s: make them one", s.kind, quote(id.Value), first)
			return
		}
		overridden[id.Value] = e.start()
		s.out[i] = e
		s.remember(e, id.Value)
	case 2:
		extend(s.m, s.out[i], e)
		s.remember(e, id.Value)
	case 3:
		s.out[i] = nil
		delete(s.index, id.Value)
		s.m.gone[s.kind][id.Value] = true
	}
}

// remember notes the ids that e had formerly.
func (s *stack[E]) remember(e E, id string) {
	for _, old := range e.before() {
		if other, ok := s.m.former[s.kind][old.Value]; ok && other.Value != id {
			s.m.add(old.Pos, duplicateID, "%s says already at %s that it was formerly %s: delete one of them", quote(other.Value), other.Pos, quote(old.Value))
			continue
		}
		s.m.former[s.kind][old.Value] = String{id, old.Pos}
	}
}

// near suggests an id; entries that change others are few.
func (s *stack[E]) near(id string) string {
	if len(s.m.diags) > 100 {
		return ""
	}
	return didYouMean(id, func(yield func(string) bool) {
		for _, e := range s.out {
			if e != nil && !yield(e.ident().Value) {
				return
			}
		}
	})
}

// NearEntity returns `; did you mean "zoom"?` for the id of an entity that is
// nearest to one that is not there, "" if none is near.
func (g *Gazetteer) NearEntity(id string) string {
	return didYouMean(id, func(yield func(string) bool) {
		for _, e := range g.Entities {
			if !yield(e.ID.Value) {
				return
			}
		}
	})
}
