package gazetteer

import (
	"wiretag/models"

	"gopkg.in/yaml.v3"
)

var (
	typeKeys   = []string{"id", "parent"}
	entityKeys = []string{
		"aliases", "case", "counter_examples", "demonyms", "drop", "examples", "extend", "family", "formerly", "from",
		"gender", "groups", "id", "inside", "links", "masks", "name", "needs", "override", "prior", "remove", "shared",
		"shorts", "strength", "type", "unless", "until", "weak", "within",
	}
	aliasKeys = []string{
		"case", "from", "inside", "match", "needs", "prior", "shared", "strength", "text", "unless", "until", "within",
	}
	groupKeys      = []string{"from", "id", "until"}
	entityDropKeys = []string{"aliases", "demonyms", "groups", "masks", "shorts", "weak"}
)

func (p *parser) types(n *yaml.Node) []*Type {
	var out []*Type
	for _, item := range p.list(n, "types") {
		t := &Type{}
		if item.Kind == yaml.ScalarNode {
			t.ID = p.id(item, "types")
		} else {
			for k, v := range p.fields(item, "a type", typeKeys) {
				if k == "id" {
					t.ID = p.id(v, k)
				} else {
					t.Parent = p.id(v, k)
				}
			}
			if at(item, "id") == item && item.Kind == yaml.MappingNode {
				p.report(item, missingKey, "a type needs an id")
			}
		}
		if t.ID.Value != "" {
			out = append(out, t)
		}
	}
	return out
}

func (p *parser) entities(n *yaml.Node) []*Entity {
	items := p.entries(n, "entities")
	out := make([]*Entity, 0, len(items))
	for _, item := range items {
		if e := p.entity(item); item.Kind == yaml.MappingNode {
			out = append(out, e)
		}
	}
	return out
}

func (p *parser) entity(n *yaml.Node) *Entity {
	e := &Entity{Pos: p.pos(n)}
	for k, v := range p.fields(n, "an entity", entityKeys) {
		switch k {
		case "id":
			e.ID = p.id(v, k)
		case "name":
			e.Name, _ = p.alias(v, k)
		case "type":
			e.Type = p.id(v, k)
		case "aliases":
			e.Aliases = p.aliases(v, k)
		case "weak":
			e.Weak = p.aliases(v, k)
		case "shorts":
			e.Shorts = p.aliases(v, k)
		case "demonyms":
			e.Demonyms = p.aliases(v, k)
		case "family":
			e.Family, e.NoFamily = p.family(v)
		case "gender":
			e.Gender.Value, e.Gender.Pos = p.oneOf(v, k, "m", "f"), p.pos(v)
		case "groups":
			e.Groups = p.groups(v)
		case "links":
			e.Links = p.links(v)
		case "masks":
			e.Masks = p.names(v, k)
		case "examples":
			e.Examples = p.examples(v, k)
		case "counter_examples":
			e.CounterExamples = p.examples(v, k)
		case "formerly":
			e.Formerly = p.ids(v, k)
		case "drop":
			e.Drop = p.drop(v, "an entity", entityDropKeys)
		default:
			if !p.layerKey(&e.Layer, k, v) {
				p.guardKey(Guarded(&e.Guard), k, v)
			}
		}
	}
	p.guardPeriod(n, e.Guard)
	p.completeEntity(n, e)
	return e
}

// completeEntity gives an entity its id and says what it lacks.
func (p *parser) completeEntity(n *yaml.Node, e *Entity) {
	if n.Kind != yaml.MappingNode {
		return
	}
	name := e.Name.Text
	if at(n, "id") == n && name.Value != "" {
		e.ID = p.slug(name, "name")
	}
	p.layered(n, "an entity", e.Layer, e.Drop)
	if e.Extend || e.Remove {
		if at(n, "id") == n && at(n, "name") == n {
			p.report(n, missingKey, "an entity needs an id or a name")
		}
		return
	}
	if at(n, "name") == n {
		p.report(n, missingKey, "an entity needs a name")
	}
	if at(n, "type") == n {
		p.report(n, missingKey, "an entity needs a type, like PERSON, ORG or GPE")
	}
}

// slug makes the id of an entry that has only a name or label.
func (p *parser) slug(name String, key string) String {
	id := Slug(name.Value)
	if id == "" {
		p.add(name.Pos, badID, "the "+key+" "+quote(name.Value)+" has no letter or digit to make an id of: write an id")
	}
	return String{id, name.Pos}
}

func (p *parser) aliases(n *yaml.Node, key string) []Alias {
	items := p.list(n, key)
	out := make([]Alias, 0, len(items))
	for _, item := range items {
		if a, ok := p.alias(item, key); ok {
			out = append(out, a)
		}
	}
	return out
}

// alias reads one surface form, as text or in the long form.
func (p *parser) alias(n *yaml.Node, key string) (a Alias, ok bool) {
	if n.Kind != yaml.MappingNode {
		a.Text = p.name(n, key)
		return a, a.Text.Value != ""
	}
	for k, v := range p.fields(n, "the long form of an alias", aliasKeys) {
		switch k {
		case "text":
			a.Text = p.name(v, k)
		case "match":
			a.NoMatch = !p.boolean(v, k)
		default:
			p.guardKey(Guarded(&a.Guard), k, v)
		}
	}
	if at(n, "text") == n {
		p.report(n, missingKey, "the long form of an alias needs a text")
	}
	p.guardPeriod(n, a.Guard)
	return a, a.Text.Value != ""
}

// guardKey reads one of the keys that entities and aliases have in common.
func (p *parser) guardKey(g *Guard, k string, v *yaml.Node) {
	switch k {
	case "case":
		g.Case = Case(p.oneOf(v, k, string(CaseAuto), string(CaseExact), string(CaseFold)))
	case "strength":
		g.Strength = Strength(p.oneOf(v, k, string(Strong), string(Weak)))
	case "needs":
		g.Needs = p.items(v, k)
	case "unless":
		g.Unless = p.items(v, k)
	case "within":
		g.Within = Unit(p.oneOf(v, k, string(Article), string(Paragraph), string(Sentence)))
	case "from":
		g.From = p.date(v, k)
	case "until":
		g.Until = p.date(v, k)
	case "shared":
		b := p.boolean(v, k)
		g.Shared = &b
	case "prior":
		g.Prior = p.fraction(v, k)
	case "inside":
		b := p.boolean(v, k)
		g.Inside = &b
	}
}

func (p *parser) date(n *yaml.Node, key string) models.Date {
	s, ok := p.scalar(n, key)
	if !ok {
		return ""
	}
	d, ok := ParseDate(s.Value)
	if !ok {
		p.report(n, badValue, "%s is %s, which is no date: write 2019, 2019-04 or 2019-04-18", key, quote(s.Value))
	}
	return d
}

// period reports an entry that ends before it begins.
func (p *parser) guardPeriod(n *yaml.Node, g *Guard) {
	if g != nil {
		p.period(n, g.From, g.Until)
	}
}

func (p *parser) period(n *yaml.Node, from, until models.Date) {
	if from != "" && until != "" && from >= until {
		p.report(at(n, "until"), badValue, "until %s is not after from %s: no day is left", until, from)
	}
}

// family reads a family name, or false for an entity that has none.
func (p *parser) family(n *yaml.Node) (name String, none bool) {
	if n.Tag != "!!bool" {
		return p.name(n, "family"), false
	}
	if p.boolean(n, "family") {
		p.report(n, badValue, `family is a name, or false for none: write "%s", in quotes, if it is the name`, n.Value)
		return String{}, false
	}
	return String{}, true
}

func (p *parser) groups(n *yaml.Node) []Group {
	var out []Group
	for _, item := range p.list(n, "groups") {
		var g Group
		if item.Kind != yaml.MappingNode {
			g.ID = p.id(item, "groups")
		} else {
			for k, v := range p.fields(item, "a group", groupKeys) {
				switch k {
				case "id":
					g.ID = p.id(v, k)
				case "from":
					g.From = p.date(v, k)
				case "until":
					g.Until = p.date(v, k)
				}
			}
			if at(item, "id") == item {
				p.report(item, missingKey, "a group needs an id")
			}
			p.period(item, g.From, g.Until)
		}
		if g.ID.Value != "" {
			out = append(out, g)
		}
	}
	return out
}

func (p *parser) links(n *yaml.Node) []Link {
	if isNull(n) {
		p.list(n, "links")
		return nil
	}
	var out []Link
	for k, v := range p.pairs(n, "links") {
		if isFree(k.Value) {
			continue
		}
		if s := p.name(v, k.Value); s.Value != "" {
			out = append(out, Link{p.name(k, "links"), s})
		}
	}
	return out
}

// drop reads what an extending entry takes away; keys are those of its kind.
func (p *parser) drop(n *yaml.Node, what string, keys []string) *Drop {
	d := &Drop{}
	into := map[string]*[]String{
		"aliases": &d.Aliases, "weak": &d.Weak, "shorts": &d.Shorts, "demonyms": &d.Demonyms,
		"groups": &d.Groups, "masks": &d.Masks, "clues": &d.Clues, "against": &d.Against,
		"require": &d.Require, "exclude": &d.Exclude, "ignore": &d.Ignore,
	}
	for k, v := range p.fields(n, "drop of "+what, keys) {
		*into[k] = p.names(v, k)
	}
	return d
}

// layerKey reads override, extend and remove; it reports false for other keys.
func (p *parser) layerKey(l *Layer, k string, v *yaml.Node) bool {
	switch k {
	case "override":
		l.Override = p.boolean(v, k)
	case "extend":
		l.Extend = p.boolean(v, k)
	case "remove":
		l.Remove = p.boolean(v, k)
	default:
		return false
	}
	return true
}

// layered reports keys of layers that contradict each other.
func (p *parser) layered(n *yaml.Node, what string, l Layer, d *Drop) {
	said := 0
	for _, b := range []bool{l.Override, l.Extend, l.Remove} {
		if b {
			said++
		}
	}
	if said > 1 {
		p.report(n, conflictingKeys, "%s can say only one of override, extend and remove", what)
	}
	if d != nil && !l.Extend {
		p.report(at(n, "drop"), conflictingKeys, "drop takes away from an entry below: %s with drop needs extend: true", what)
	}
}
