package gazetteer

import (
	"slices"
	"strings"
)

// A checker follows the references of a merged gazetteer. It writes into it the
// ids that former ids stand for now, and marks as void what leads nowhere, so
// that nobody after it meets an id that is not there.
type checker struct {
	*merger
	g     *Gazetteer
	ids   map[RefKind]map[string]bool
	names map[RefKind][]string // the same, in order, for suggestions
	// refs are the references to lists and topics by the list or topic that
	// holds them, under its name as a reference; guards are those of guards.
	refs    map[string][]*Reference
	guards  []*Reference
	used    map[string]bool // lists that something refers to
	lists   ListIndex
	words   map[string]map[string]bool // words of the house's lists, folded
	borne   map[string]bool            // types that entities have, once asked for
	unknown int                        // how many unknown references were reported
}

func newChecker(m *merger, g *Gazetteer) *checker {
	c := &checker{
		merger: m, g: g, refs: map[string][]*Reference{}, used: map[string]bool{},
		ids: map[RefKind]map[string]bool{}, names: map[RefKind][]string{},
	}
	for _, kind := range []RefKind{RefEntity, RefType, RefGroup, RefTopic, RefList} {
		c.ids[kind] = map[string]bool{}
	}
	for _, t := range ontoNotes {
		c.know(RefType, t)
	}
	for _, t := range g.Types {
		c.know(RefType, t.ID.Value)
	}
	for _, e := range g.Entities {
		c.know(RefEntity, e.ID.Value)
		for _, group := range e.Groups {
			c.know(RefGroup, group.ID.Value)
		}
	}
	for _, l := range g.Lists {
		c.know(RefList, l.ID.Value)
	}
	for _, t := range g.Topics {
		c.know(RefTopic, t.ID.Value)
	}
	return c
}

func (c *checker) know(kind RefKind, id string) {
	if !c.ids[kind][id] {
		c.ids[kind][id] = true
		c.names[kind] = append(c.names[kind], id)
	}
}

// check runs every check of the whole.
func (c *checker) check() {
	c.types()
	for _, e := range c.g.Entities {
		c.entity(e)
	}
	for _, l := range c.g.Lists {
		c.items(l.Any, node(RefList, l.ID.Value))
	}
	for _, t := range c.g.Topics {
		c.topic(t)
	}
	for _, f := range c.g.Filters {
		c.filter(f)
	}
	c.parents()
	c.cycles()
	c.guardLists()
	c.aliases()
	c.effects()
	for _, l := range c.g.Lists {
		if id := l.ID.Value; !c.used[id] && !c.house[id] {
			c.add(l.Pos, unusedList, "nothing refers to the list %s: write list:%s where its terms are wanted", quote(id), id)
		}
	}
}

// effects reports what is well formed and has no effect, or not the one that
// was meant.
func (c *checker) effects() {
	c.lists, c.words = c.g.ListIndex(), map[string]map[string]bool{}
	parents := c.typeParents()
	for _, e := range c.g.Entities {
		id := e.Type.Value
		for id != "" && id != "PERSON" {
			id = parents[id]
		}
		c.written(e, id == "PERSON")
	}
	for _, t := range c.g.Topics {
		c.rules(t)
	}
}

// inList reports whether a folded word stands in one of the house's lists. A
// list is folded when it is first asked for: most gazetteers never ask for the
// long ones.
func (c *checker) inList(id, word string) bool {
	words := c.words[id]
	if words == nil {
		words = map[string]bool{}
		for it := range c.lists.Leaves([]Item{{Ref: &Reference{Kind: RefList, ID: String{Value: id}}}}) {
			words[fold(it.Term.Value)] = true
		}
		c.words[id] = words
	}
	return words[word]
}

// typeParents returns the parent of every type that has one.
func (c *checker) typeParents() map[string]string {
	parents := make(map[string]string, len(c.g.Types))
	for _, t := range c.g.Types {
		parents[t.ID.Value] = t.Parent.Value
	}
	return parents
}

// types checks the parents of types.
func (c *checker) types() {
	byID := make(map[string]*Type, len(c.g.Types))
	for _, t := range c.g.Types {
		byID[t.ID.Value] = t
		if t.Parent.Value != "" && !c.follow(RefType, &t.Parent) {
			t.Parent = String{}
		}
	}
	c.chains("types", c.names[RefType], func(id string) *String {
		if t := byID[id]; t != nil {
			return &t.Parent
		}
		return nil
	})
}

// parents checks that the parents of topics make a tree.
func (c *checker) parents() {
	byID := make(map[string]*Topic, len(c.g.Topics))
	for _, t := range c.g.Topics {
		byID[t.ID.Value] = t
	}
	c.chains("parents", c.names[RefTopic], func(id string) *String {
		if t := byID[id]; t != nil {
			return &t.Parent
		}
		return nil
	})
}

// chains reports chains of parents that bite their tail, and cuts them.
func (c *checker) chains(what string, ids []string, parent func(string) *String) {
	done := make(map[string]bool, len(ids))
	for _, id := range ids {
		var path []string
		on := map[string]int{}
		for !done[id] {
			done[id] = true
			on[id] = len(path)
			path = append(path, id)
			up := parent(id)
			if up == nil || up.Value == "" {
				break
			}
			if i, ok := on[up.Value]; ok {
				c.add(up.Pos, cycle, "the %s lead in a circle: %s", what, strings.Join(append(path[i:], up.Value), " → "))
				*up = String{}
				break
			}
			id = up.Value
		}
	}
}

func (c *checker) entity(e *Entity) {
	if e.Type.Value != "" && !c.follow(RefType, &e.Type) {
		e.Type = String{}
	}
	c.guard(e.Guard)
	c.guard(e.Name.Guard)
	for f := range e.Forms() {
		if f.Alias != &e.Name {
			c.guard(f.Alias.Guard)
		}
		own, g := f.Alias.Guard.Value(), &f.Guard
		if (own.From == "") != (own.Until == "") && g.From != "" && g.Until != "" && g.From >= g.Until {
			c.add(f.Text.Pos, badValue, "%s holds from %s until %s with the dates of its entity: no day is left", quote(f.Text.Value), g.From, g.Until)
		}
	}
}

func (c *checker) guard(g *Guard) {
	if g == nil {
		return
	}
	c.items(g.Needs, "")
	c.items(g.Unless, "")
}

func (c *checker) topic(t *Topic) {
	self := node(RefTopic, t.ID.Value)
	if t.Parent.Value != "" && !c.follow(RefTopic, &t.Parent) {
		t.Parent = String{}
	}
	for _, conditions := range [][]Condition{t.Require, t.Clues, t.Against, t.Exclude} {
		c.conditions(conditions, self)
	}
}

// filter checks a filter, whose references are those of each of its topics.
func (c *checker) filter(f *Filter) {
	topics := f.Topics[:0]
	for _, id := range f.Topics {
		if c.follow(RefTopic, &id) {
			topics = append(topics, id)
		}
	}
	f.Topics = topics
	const own = "filter"
	c.conditions(f.Exclude, own)
	ids := c.names[RefTopic]
	if !f.All {
		ids = nil
		for _, id := range f.Topics {
			ids = append(ids, id.Value)
		}
	}
	for _, id := range ids {
		c.refs[node(RefTopic, id)] = append(c.refs[node(RefTopic, id)], c.refs[own]...)
	}
	delete(c.refs, own)
}

func (c *checker) conditions(conditions []Condition, holder string) {
	for i := range conditions {
		c.condition(&conditions[i], holder)
	}
}

func (c *checker) condition(k *Condition, holder string) {
	c.items(k.Any, holder)
	c.items(k.All, holder)
	c.items(k.Unless, holder)
}

// items follows the references in items; the holder is "" for a guard.
func (c *checker) items(items []Item, holder string) {
	for i := range items {
		item := &items[i]
		switch {
		case item.Ref != nil:
			c.reference(item.Ref, holder)
		case item.Cond != nil:
			c.condition(item.Cond, holder)
		default:
			c.items(item.Any, holder)
		}
	}
}

func (c *checker) reference(r *Reference, holder string) {
	if holder == "" && r.Kind == RefTopic {
		c.add(r.ID.Pos, wrongReference, "topic:%s cannot stand in needs or unless: topics are found after the mentions", r.ID.Value)
		r.Void = true
		return
	}
	if r.Void = !c.follow(r.Kind, &r.ID); r.Void {
		return
	}
	if r.Kind == RefList {
		c.used[r.ID.Value] = true
	}
	switch {
	case holder == "":
		c.guards = append(c.guards, r)
	case r.Kind == RefList || r.Kind == RefTopic:
		c.refs[holder] = append(c.refs[holder], r)
	}
}

// follow reports false for an id that is not there, and makes a former id the
// one of now.
func (c *checker) follow(kind RefKind, id *String) bool {
	if c.ids[kind][id.Value] {
		return true
	}
	if now, ok := c.former[kind][id.Value]; ok {
		c.add(id.Pos, formerID, "the %s %s is now called %s: write that", kind, quote(id.Value), quote(now.Value))
		id.Value = now.Value
		if c.ids[kind][id.Value] {
			return true
		}
	}
	switch {
	case c.gone[kind][id.Value]:
		c.add(id.Pos, removedReference, "the %s %s was removed by a pack above it: this reference counts for nothing; delete it", kind, quote(id.Value))
	case kind == RefType:
		c.add(id.Pos, unknownType, "there is no type %s%s (the types: %s, and what stands under types:)",
			quote(id.Value), c.near(kind, id.Value), strings.Join(ontoNotes, ", "))
	case kind == RefGroup:
		c.add(id.Pos, unknownReference, "no entity carries the group %s%s", quote(id.Value), c.near(kind, id.Value))
	default:
		c.add(id.Pos, unknownReference, "there is no %s %s%s", kind, quote(id.Value), c.near(kind, id.Value))
	}
	return false
}

// near suggests an id for the first unknown ones: to go through all names for
// every reference to a pack that is missing would take minutes.
func (c *checker) near(kind RefKind, id string) string {
	const most = 20
	if c.unknown++; c.unknown > most {
		return ""
	}
	if s := didYouMean(id, slices.Values(c.names[kind])); s != "" {
		return s
	}
	for _, other := range []RefKind{RefEntity, RefGroup, RefList, RefTopic, RefType} {
		if c.ids[other][id] {
			return "; there is " + string(other) + ":" + id
		}
	}
	return ""
}

// node names a list or topic in the graph of references.
func node(kind RefKind, id string) string { return string(kind) + ":" + id }

// cycles reports lists and topics that refer to themselves by way of others.
func (c *checker) cycles() {
	w := &walk{checker: c, done: map[string]bool{}, on: map[string]int{}}
	for _, l := range c.g.Lists {
		w.visit(node(RefList, l.ID.Value))
	}
	for _, t := range c.g.Topics {
		w.visit(node(RefTopic, t.ID.Value))
	}
}

// A walk goes through the graph of references, depth first.
type walk struct {
	*checker
	done map[string]bool
	on   map[string]int // the place of a node on the path
	path []string
}

func (w *walk) visit(n string) {
	if w.done[n] {
		return
	}
	w.done[n] = true
	w.on[n] = len(w.path)
	w.path = append(w.path, n)
	for _, r := range w.refs[n] {
		to := node(r.Kind, r.ID.Value)
		if i, ok := w.on[to]; ok {
			if !r.Void {
				w.add(r.ID.Pos, cycle, "%s leads back to itself: %s", to, strings.Join(append(slices.Clone(w.path[i:]), to), " → "))
			}
			r.Void = true
			continue
		}
		w.visit(to)
	}
	w.path = w.path[:len(w.path)-1]
	delete(w.on, n)
}

// guardLists reports lists with topics in them that a guard looks at.
func (c *checker) guardLists() {
	known := map[string]bool{}
	var holds func(n string) bool
	holds = func(n string) bool {
		if found, ok := known[n]; ok {
			return found
		}
		known[n] = slices.ContainsFunc(c.refs[n], func(r *Reference) bool {
			return !r.Void && (r.Kind == RefTopic || holds(node(r.Kind, r.ID.Value)))
		})
		return known[n]
	}
	for _, r := range c.guards {
		if r.Kind == RefList && holds(node(RefList, r.ID.Value)) {
			c.add(r.ID.Pos, wrongReference, "list:%s has topics in it and cannot stand in needs or unless: topics are found after the mentions", r.ID.Value)
			r.Void = true
		}
	}
}
