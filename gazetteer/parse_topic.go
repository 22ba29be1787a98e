package gazetteer

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

var (
	topicKeys = []string{
		"about", "against", "clues", "counter_examples", "drop", "examples", "exclude", "extend", "formerly", "id", "ignore",
		"label", "links", "override", "parent", "remove", "require", "status", "threshold",
	}
	topicDropKeys = []string{"against", "clues", "exclude", "ignore", "require"}
	ruleKeys      = []string{"all", "any", "at_least", "distinct", "in", "name", "together", "unless"}
	clueKeys      = []string{"all", "any", "at_least", "distinct", "in", "name", "together", "unless", "weight"}
	partKeys      = []string{"any", "in"}
	filterKeys    = []string{"exclude", "ignore", "topics"}
	listKeys      = []string{"any", "drop", "extend", "override", "remove"}
	listDropKeys  = []string{"any"}
	prefixes      = []string{"entity", "exact", "group", "list", "lower", "topic", "type"}
)

func (p *parser) topics(n *yaml.Node) []*Topic {
	items := p.entries(n, "topics")
	out := make([]*Topic, 0, len(items))
	for _, item := range items {
		if t := p.topic(item); item.Kind == yaml.MappingNode {
			out = append(out, t)
		}
	}
	return out
}

func (p *parser) topic(n *yaml.Node) *Topic {
	t := &Topic{Pos: p.pos(n), Threshold: 0.5}
	for k, v := range p.fields(n, "a topic", topicKeys) {
		switch k {
		case "id":
			t.ID = p.id(v, k)
		case "label":
			t.Label = p.name(v, k)
		case "about":
			t.About = p.prose(v, k)
		case "parent":
			t.Parent = p.id(v, k)
		case "status":
			t.Status.Value, t.Status.Pos = p.oneOf(v, k, "draft", "stable", "retired"), p.pos(v)
		case "require":
			t.Require = p.conditions(v, k, ruleKeys)
		case "clues":
			t.Clues = p.conditions(v, k, clueKeys)
		case "against":
			t.Against = p.conditions(v, k, clueKeys)
		case "exclude":
			t.Exclude = p.conditions(v, k, ruleKeys)
		case "ignore":
			t.Ignore = p.names(v, k)
		case "threshold":
			if f := p.fraction(v, k); f != 0 {
				t.Threshold, t.ThresholdPos = f, p.pos(v)
			}
		case "links":
			t.Links = p.links(v)
		case "examples":
			t.Examples = p.examples(v, k)
		case "counter_examples":
			t.CounterExamples = p.examples(v, k)
		case "formerly":
			t.Formerly = p.ids(v, k)
		case "drop":
			t.Drop = p.drop(v, "a topic", topicDropKeys)
		default:
			p.layerKey(&t.Layer, k, v)
		}
	}
	p.completeTopic(n, t)
	return t
}

// completeTopic gives a topic its id and says what it lacks.
func (p *parser) completeTopic(n *yaml.Node, t *Topic) {
	if n.Kind != yaml.MappingNode {
		return
	}
	if at(n, "id") == n && t.Label.Value != "" {
		t.ID = p.slug(t.Label, "label")
	}
	p.layered(n, "a topic", t.Layer, t.Drop)
	if at(n, "label") == n && (at(n, "id") == n || !t.Extend && !t.Remove) {
		p.report(n, missingKey, "a topic needs a label")
	}
}

func (p *parser) filters(n *yaml.Node) []*Filter {
	var out []*Filter
	for _, item := range p.entries(n, "filters") {
		f := &Filter{Pos: p.pos(item)}
		for k, v := range p.fields(item, "a filter", filterKeys) {
			switch {
			case k == "ignore":
				f.Ignore = p.names(v, k)
			case k == "exclude":
				f.Exclude = p.conditions(v, k, ruleKeys)
			case v.Kind == yaml.ScalarNode && v.Value == "all":
				f.All = true
			default:
				f.Topics = p.ids(v, k)
			}
		}
		if item.Kind != yaml.MappingNode {
			continue
		}
		if at(item, "topics") == item {
			p.report(item, missingKey, "a filter needs topics: all, or a list of topics")
		}
		out = append(out, f)
	}
	return out
}

func (p *parser) lists(n *yaml.Node) []*List {
	if isNull(n) {
		p.list(n, "lists")
		return nil
	}
	var out []*List
	for k, v := range p.pairs(n, "lists") {
		if isFree(k.Value) {
			continue
		}
		l := &List{ID: p.id(k, "lists"), Pos: p.pos(k)}
		p.listBody(l, v)
		if l.ID.Value != "" {
			out = append(out, l)
		}
	}
	return out
}

// listBody reads the terms of a list, bare or in the long form.
func (p *parser) listBody(l *List, n *yaml.Node) {
	if n.Kind != yaml.MappingNode || p.isReference(n) {
		l.Any = p.items(n, "the list "+l.ID.Value)
		return
	}
	for k, v := range p.fields(n, "the long form of a list", listKeys) {
		switch k {
		case "any":
			l.Any = p.items(v, k)
		case "drop":
			l.Drop = &Drop{}
			for k, v := range p.fields(v, "drop of a list", listDropKeys) {
				for _, item := range p.items(v, k) {
					l.Drop.Any = append(l.Drop.Any, String{item.String(), item.Pos})
				}
			}
		default:
			p.layerKey(&l.Layer, k, v)
		}
	}
	p.layered(n, "a list", l.Layer, l.Drop)
	if at(n, "any") == n && !l.Remove && l.Drop == nil {
		p.report(n, missingKey, "the long form of a list needs any: with its terms")
	}
}

func (p *parser) conditions(n *yaml.Node, key string, allowed []string) []Condition {
	items := p.list(n, key)
	out := make([]Condition, 0, len(items))
	for _, item := range items {
		if c, ok := p.condition(item, key, allowed); ok {
			out = append(out, c)
		}
	}
	return out
}

// condition reads a condition; a bare term is one, too.
func (p *parser) condition(n *yaml.Node, key string, allowed []string) (Condition, bool) {
	c := Condition{Pos: p.pos(n)}
	if n.Kind != yaml.MappingNode || p.isReference(n) {
		item, ok := p.item(n, key)
		c.Any, c.Name = []Item{item}, String{item.String(), item.Pos}
		return c, ok
	}
	for k, v := range p.fields(n, "a condition", allowed) {
		switch k {
		case "name":
			c.Name = p.name(v, k)
		case "weight":
			c.Weight = p.weight(v)
		case "any":
			c.Any = p.items(v, k)
		case "all":
			c.All = p.parts(v)
		case "together":
			c.Together, c.Distance = p.together(v)
		case "at_least":
			c.AtLeast = p.count(v, k)
		case "distinct":
			c.Distinct = p.count(v, k)
		case "in":
			c.In = Zone(p.oneOf(v, k, string(InTitle), string(InLead), string(InBody)))
		case "unless":
			c.Unless = p.items(v, k)
		}
	}
	ok := p.completeCondition(n, &c)
	return c, ok
}

// completeCondition names a condition by its first term and says what is amiss.
func (p *parser) completeCondition(n *yaml.Node, c *Condition) bool {
	hasAny, hasAll := at(n, "any") != n, at(n, "all") != n
	if hasAny && hasAll {
		p.report(at(n, "all"), conflictingKeys, "a condition has any or all, not both: make it two, or nest the any as an item of all")
	}
	if c.Together != "" && !hasAll {
		p.report(at(n, "together"), conflictingKeys, "together says how the items of all stand, and there is no all")
	}
	if len(c.Any)+len(c.All) == 0 {
		terms := at(n, "any")
		if hasAll {
			terms = at(n, "all")
		}
		if !hasAny && !hasAll || terms.Kind == yaml.SequenceNode && len(terms.Content) == 0 {
			p.report(n, missingKey, "a condition needs terms: write any: [...] or all: [...]")
		}
		return false
	}
	if c.Name.Value == "" {
		first := append(slices.Clip(c.Any), c.All...)[0].first()
		c.Name = String{first.String(), first.Pos}
	}
	return true
}

func (p *parser) weight(n *yaml.Node) Weight {
	w := Weight{Pos: p.pos(n)}
	s := p.name(n, "weight")
	if _, err := strconv.ParseFloat(s.Value, 64); err == nil {
		w.Number = p.fraction(n, "weight")
		return w
	}
	switch s.Value {
	case "", "certain", "strong", "medium", "weak":
		w.Word = s.Value
	default:
		p.report(n, badValue, "weight is %s; it can be certain, strong, medium, weak, or a number between 0 and 1", quote(s.Value))
	}
	return w
}

// together reads a unit, where "12 words" is one with a distance.
func (p *parser) together(n *yaml.Node) (Unit, int) {
	s := p.name(n, "together").Value
	switch u := Unit(s); u {
	case "", Article, Paragraph, Sentence:
		return u, 0
	}
	number, word, _ := strings.Cut(s, " ")
	if i, err := strconv.Atoi(number); err == nil && i > 0 && (word == "words" || word == "word") {
		return Words, i
	}
	p.report(n, badValue, `together is %s; it can be sentence, paragraph, article, or a distance like "12 words"`, quote(s))
	return "", 0
}
