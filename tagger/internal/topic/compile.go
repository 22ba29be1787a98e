package topic

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"wiretag/gazetteer"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/wtg"
)

// A Compiler turns the topics of a gazetteer into the rules of a file. Its
// phrases go into the lexicon that it was given.
type Compiler struct {
	Builder   *lexicon.Builder
	Phraser   *lexicon.Phraser
	Inflector *lexicon.Inflector
	Vocab     *segment.Vocab
	Writer    *wtg.Writer

	rules    *Rules
	terms    map[string]int32
	lists    gazetteer.ListIndex
	entities map[string]int32
	topics   map[string]int32
}

// Compile adds the topics of g, drafts and retired ones included. It fails on a
// topic that refers to itself.
func (c *Compiler) Compile(g *gazetteer.Gazetteer) error {
	c.rules = &Rules{
		byEntity: make(map[int32]int32), byType: make(map[string]int32),
		byGroup: make(map[uint32]int32), byTopic: make(map[int32]int32),
	}
	c.terms = make(map[string]int32)
	c.lists = g.ListIndex()
	c.entities = make(map[string]int32)
	c.topics = make(map[string]int32)
	for i, e := range g.Entities {
		c.entities[e.ID.Value] = int32(i)
	}
	for i, t := range g.Topics {
		c.topics[t.ID.Value] = int32(i)
	}
	for _, t := range g.Topics {
		c.rules.topics = append(c.rules.topics, c.topic(t))
	}
	for _, f := range g.Filters {
		c.filter(f)
	}
	if err := c.sortTopics(); err != nil {
		return err
	}
	c.rules.save(c.Writer)
	return nil
}

func (c *Compiler) topic(t *gazetteer.Topic) rule {
	r := rule{
		id: t.ID.Value, label: t.Label.Value, status: t.Status.Value, parent: -1, threshold: t.Threshold,
		require: c.conditions(t.Require), exclude: c.conditions(t.Exclude),
		clues: c.conditions(t.Clues), against: c.conditions(t.Against),
	}
	if r.threshold == 0 {
		r.threshold = Threshold
	}
	if p, ok := c.topics[t.Parent.Value]; ok {
		r.parent = p
	}
	r.ignore = c.phrases(nil, t.Ignore)
	byWeight := func(a, b condition) int { return cmp.Compare(b.w, a.w) }
	slices.SortStableFunc(r.clues, byWeight)
	slices.SortStableFunc(r.against, byWeight)
	return r
}

// filter adds a filter's lines to the topics it names.
func (c *Compiler) filter(f *gazetteer.Filter) {
	for i := range c.rules.topics {
		r := &c.rules.topics[i]
		if !f.All && !slices.ContainsFunc(f.Topics, func(s gazetteer.String) bool { return s.Value == r.id }) {
			continue
		}
		r.ignore = c.phrases(r.ignore, f.Ignore)
		r.exclude = append(r.exclude, c.conditions(f.Exclude)...)
	}
}

func (c *Compiler) conditions(cs []gazetteer.Condition) []condition {
	out := make([]condition, len(cs))
	for i := range cs {
		out[i] = c.condition(&cs[i])
	}
	return out
}

func (c *Compiler) condition(g *gazetteer.Condition) condition {
	w, most := weightOf(g.Weight.Word, g.Weight.Number)
	out := condition{
		name: g.Name.Value, word: weightWord(g.Weight), w: w, most: most,
		all: g.All != nil, together: g.Together, distance: g.Distance,
		atLeast: max(g.AtLeast, 1), distinct: max(g.Distinct, 1), in: g.In,
		unless: c.choices(g.Unless...),
	}
	if out.together == "" {
		out.together = gazetteer.Article
	}
	if !out.all {
		out.items = []item{{choices: c.choices(g.Any...)}}
		return out
	}
	for _, it := range g.All {
		one := item{choices: c.choices(it)}
		if it.Cond != nil {
			one.in = it.Cond.In
		}
		out.items = append(out.items, one)
	}
	return out
}

func weightWord(w gazetteer.Weight) string {
	switch {
	case w.Word != "":
		return w.Word
	case w.Number != 0:
		return strconv.FormatFloat(w.Number, 'g', -1, 64)
	}
	return "strong"
}

// choices returns the alternatives that items come down to. What stands in a
// list is called by the list.
func (c *Compiler) choices(items ...gazetteer.Item) []choice {
	var out []choice
	for it, list := range c.lists.Leaves(items) {
		ch := choice{by: it.Term.Value}
		if it.Ref == nil {
			ch.atom = c.term(it.Term.Value, it.Form)
		} else {
			ch = choice{c.reference(it.Ref), string(it.Ref.Kind) + ":" + it.Ref.ID.Value}
		}
		if list != "" {
			ch.by = "list:" + list
		}
		if ch.atom >= 0 {
			out = append(out, ch)
		}
	}
	return out
}

// newAtom numbers an atom.
func (c *Compiler) newAtom() int32 {
	c.rules.atoms++
	c.rules.terms = append(c.rules.terms, term{})
	return int32(c.rules.atoms - 1)
}

// term returns the atom of a term, -1 if it has no word.
func (c *Compiler) term(text string, form gazetteer.Form) int32 {
	key := fmt.Sprint(form, text)
	if a, ok := c.terms[key]; ok {
		return a
	}
	tokens := c.Phraser.Tokens(text)
	if len(tokens) == 0 {
		return -1
	}
	a := c.newAtom()
	c.terms[key] = a
	t := &c.rules.terms[a]
	*t = term{text: text, strict: form == gazetteer.Lower, lower: form != gazetteer.Exact}
	for _, tok := range tokens {
		t.lower = t.lower && lexicon.Capitals(tok.Text) == 0
	}
	t.months = t.lower && len(tokens) == 1 &&
		c.Vocab.Class(tokens[0].ID)&(segment.Month|segment.Weekday) != 0
	elems := lexicon.Term(c.Phraser, c.Inflector, tokens, form == gazetteer.Exact)
	for i, e := range elems {
		if e.ID != tokens[i].ID {
			t.lemmas = append(t.lemmas, e.ID)
		}
	}
	c.Builder.Mean(c.Builder.Add(elems), lexicon.Mean(lexicon.ForTopic, a))
	return a
}

// phrases appends the atoms of ignored phrases.
func (c *Compiler) phrases(dst []int32, phrases []gazetteer.String) []int32 {
	for _, s := range phrases {
		if a := c.term(s.Value, gazetteer.Plain); a >= 0 {
			dst = append(dst, a)
		}
	}
	return dst
}

// reference returns the atom that mentions or topics meet.
func (c *Compiler) reference(ref *gazetteer.Reference) int32 {
	switch ref.Kind {
	case gazetteer.RefEntity:
		return atomOf(c, c.rules.byEntity, c.entities[ref.ID.Value])
	case gazetteer.RefType:
		return atomOf(c, c.rules.byType, ref.ID.Value)
	case gazetteer.RefGroup:
		return atomOf(c, c.rules.byGroup, c.Writer.Ref(ref.ID.Value))
	}
	return atomOf(c, c.rules.byTopic, c.topics[ref.ID.Value])
}

func atomOf[K comparable](c *Compiler, m map[K]int32, key K) int32 {
	a, ok := m[key]
	if !ok {
		a = c.newAtom()
		m[key] = a
	}
	return a
}

// sortTopics puts topics behind those that they refer to.
func (c *Compiler) sortTopics() error {
	const open, done = 1, 2
	state := make([]uint8, len(c.rules.topics))
	var visit func(int32) error
	visit = func(i int32) error {
		switch state[i] {
		case done:
			return nil
		case open:
			return fmt.Errorf("topic %s refers to itself", c.rules.topics[i].id)
		}
		state[i] = open
		for _, j := range c.rules.refersTo(i) {
			if err := visit(j); err != nil {
				return err
			}
		}
		state[i] = done
		c.rules.order = append(c.rules.order, i)
		return nil
	}
	for i := range c.rules.topics {
		if err := visit(int32(i)); err != nil {
			return err
		}
	}
	return nil
}

// refersTo returns the topics that a topic's conditions name, in order.
func (r *Rules) refersTo(i int32) []int32 {
	used := make(map[int32]bool)
	t := &r.topics[i]
	for _, cs := range [][]condition{t.require, t.exclude, t.clues, t.against} {
		for _, cond := range cs {
			for _, it := range cond.items {
				for _, ch := range it.choices {
					used[ch.atom] = true
				}
			}
			for _, ch := range cond.unless {
				used[ch.atom] = true
			}
		}
	}
	var out []int32
	for _, j := range slices.Sorted(maps.Keys(r.byTopic)) {
		if used[r.byTopic[j]] {
			out = append(out, j)
		}
	}
	return out
}
