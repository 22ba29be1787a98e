package resolve

import (
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// A Compiler turns the entities of a gazetteer into Names. Its phrases go into
// the lexicon that it was given.
type Compiler struct {
	Builder   *lexicon.Builder
	Phraser   *lexicon.Phraser
	Inflector *lexicon.Inflector
	Vocab     *segment.Vocab

	names  *Names
	byID   map[string]int32
	lists  gazetteer.ListIndex
	terms  map[string]int32
	owners map[string]int32 // single-word forms -> entity; -1 for several
}

// Compile adds the names of g. The classes of the house's word lists must have
// been marked in the vocabulary.
func (c *Compiler) Compile(g *gazetteer.Gazetteer) *Names {
	c.names = &Names{parents: make(map[string]string)}
	c.byID = make(map[string]int32, len(g.Entities))
	c.lists = g.ListIndex()
	c.terms = make(map[string]int32)
	c.owners = make(map[string]int32)
	for _, t := range g.Types {
		c.names.parents[t.ID.Value] = t.Parent.Value
	}
	for i, e := range g.Entities {
		c.byID[e.ID.Value] = int32(i)
		c.names.Entities = append(c.names.Entities, Entity{Entity: e, Type: e.Type.Value})
	}
	for i := range c.names.Entities {
		c.entity(int32(i))
	}
	for i := range c.names.Entities {
		c.shorts(int32(i))
	}
	for _, m := range g.Masks {
		c.mask(m.Value, -1)
	}
	c.titles()
	c.names.meaning.Flatten()
	c.names.terms = len(c.terms)
	return c.names
}

// entity adds the forms and masks of one entity.
func (c *Compiler) entity(i int32) {
	e := &c.names.Entities[i]
	for f := range e.Forms() {
		c.form(i, f.Alias, f.Guard, f.Via)
		if f.Via == models.ViaDemonym {
			c.demonyms(i, f.Alias)
		}
	}
	if c.names.IsType(e.Type, "PERSON") && !e.NoFamily {
		c.family(i)
	}
	for _, m := range e.Masks {
		c.mask(m.Value, i)
	}
}

// demonyms adds the plural in -s of a demonym.
func (c *Compiler) demonyms(i int32, a *gazetteer.Alias) {
	text := a.Text.Value
	for _, ending := range []string{"s", "x", "z", "ese", "ish", "ch", "sh", "men"} {
		if strings.HasSuffix(text, ending) {
			return
		}
	}
	plural := *a
	plural.Text.Value = text + "s"
	c.form(i, &plural, a.Guard, models.ViaDemonym)
}

// form adds one way to write an entity, with its variants.
func (c *Compiler) form(i int32, a *gazetteer.Alias, g gazetteer.Guard, via models.Via) {
	tokens := c.Phraser.Tokens(a.Text.Value)
	if len(tokens) == 0 {
		return
	}
	e := &c.names.Entities[i]
	f := form{
		entity: i, via: via, alias: a.Text.Value, words: len(tokens), guard: c.guard(&g),
		from: g.From, until: g.Until, prior: g.Prior,
		inside: g.Inside != nil && *g.Inside,
		common: g.Case != gazetteer.CaseFold && c.isCommon(tokens), typ: e.Type,
		stop: strings.HasSuffix(a.Text.Value, ".") && tokens[len(tokens)-1].Text != "." &&
			tokens[len(tokens)-1].Flags&segment.Dotted == 0,
	}
	if via == models.ViaDemonym {
		f.typ = "NORP"
	}
	n := int32(len(c.names.forms))
	c.names.forms = append(c.names.forms, f)
	for _, elems := range c.variants(tokens, g.Case, c.names.IsType(e.Type, "ORG")) {
		c.add(elems, entry{asForm, n})
	}
	c.own(tokens, i)
	if c.names.IsType(f.typ, "GPE") || c.names.IsType(f.typ, "LOC") {
		c.Vocab.Mark(tokens[0].ID, segment.Place)
	}
}

// own notes who writes itself in one word, for shorts.
func (c *Compiler) own(tokens []lexicon.Token, i int32) {
	if len(tokens) != 1 {
		return
	}
	key := tokens[0].Text
	if owner, ok := c.owners[key]; ok && owner != i {
		i = -1
	}
	c.owners[key] = i
}

// isCommon reports whether only its capital tells a form from everyday words.
func (c *Compiler) isCommon(tokens []lexicon.Token) bool {
	capital := false
	for _, t := range tokens {
		if c.Vocab.Class(t.ID)&segment.Common == 0 {
			return false
		}
		capital = capital || lexicon.Capitals(t.Text) != 0
	}
	return capital
}

// add gives a phrase a meaning.
func (c *Compiler) add(elems []lexicon.Elem, e entry) {
	c.names.meaning.Add(c.Builder.Add(elems), e)
}

// mask adds a phrase that holds a name and is not it.
func (c *Compiler) mask(text string, entity int32) {
	if tokens := c.Phraser.Tokens(text); len(tokens) > 0 {
		c.add(c.Phraser.Auto(tokens), entry{asMask, entity})
	}
}

// titles makes phrases of the honorifics and job titles.
func (c *Compiler) titles() {
	for _, id := range []string{"honorifics", "job-titles"} {
		l := c.lists[id]
		if l == nil {
			continue
		}
		for it := range c.lists.Leaves(l.Any) {
			if tokens := c.Phraser.Tokens(it.Term.Value); len(tokens) > 0 {
				c.add(c.Phraser.Auto(tokens), entry{asTitle, 0})
			}
		}
	}
}
