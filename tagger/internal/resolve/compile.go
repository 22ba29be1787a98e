package resolve

import (
	"encoding/binary"
	"fmt"
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/wtg"
)

// A Compiler turns the entities of a gazetteer into the names of a file. Its
// phrases go into the lexicon that it was given.
type Compiler struct {
	Builder   *lexicon.Builder
	Phraser   *lexicon.Phraser
	Inflector *lexicon.Inflector
	Vocab     *segment.Vocab
	Writer    *wtg.Writer

	names   *Names
	source  []*gazetteer.Entity
	parents map[string]string
	types   map[string]uint32
	byID    map[string]int32
	lists   gazetteer.ListIndex
	terms   map[string]int32
	groups  map[string]uint32
	guards  map[guard]uint32
	written map[writtenGuard]uint32
	clauses map[string]uint32
	extras  map[extra]uint32
	owners  map[string]int32 // single-word forms -> entity; -1 for several
}

// Compile adds the names of g. The classes of the house's word lists must have
// been marked in the vocabulary. It fails on more names than rows can tell
// apart.
func (c *Compiler) Compile(g *gazetteer.Gazetteer) error {
	c.names = &Names{more: make([]more, 2), groupAt: make([]uint32, 2), extras: make([]extra, 1), clauseAt: make([]uint32, 1)}
	c.source = g.Entities
	c.byID = make(map[string]int32, len(g.Entities))
	c.lists = g.ListIndex()
	c.terms = make(map[string]int32)
	c.groups = map[string]uint32{"": 0}
	c.guards = make(map[guard]uint32)
	c.written = make(map[writtenGuard]uint32)
	c.clauses = make(map[string]uint32)
	c.extras = map[extra]uint32{{}: 0}
	c.owners = make(map[string]int32)
	c.addTypes(g)
	for i, e := range g.Entities {
		c.byID[e.ID.Value] = int32(i)
		c.names.entities = append(c.names.entities, c.row(e))
	}
	for i := range g.Entities {
		c.entity(int32(i))
	}
	for i := range g.Entities {
		c.shorts(int32(i))
	}
	for _, m := range g.Masks {
		c.mask(m.Value, -1)
	}
	c.titles()
	c.names.terms = len(c.terms)
	c.names.save(c.Writer)
	return c.tooMany()
}

// tooMany is the error of a gazetteer that rows have not the bits for.
func (c *Compiler) tooMany() error {
	n := c.names
	for _, k := range []struct {
		have, most int
		what       string
	}{
		{len(n.entities) + 1, lexicon.MostRefs, "entities"},
		{len(n.forms), lexicon.MostRefs, "names"},
		{n.terms, lexicon.MostRefs, "terms of guards"},
		{len(n.extras), mostExtras, "different guards"},
		{len(c.types), 1 << typeBits, "types"},
	} {
		if k.have > k.most {
			return fmt.Errorf("%d %s are more than the %d that one gazetteer can hold; split it in two", k.have, k.what, k.most)
		}
	}
	return nil
}

// norpType is the type of peoples, which is that of demonyms.
const norpType = "NORP"

// addTypes writes the types of g, with those of its entities, which are others
// only in a gazetteer with errors.
func (c *Compiler) addTypes(g *gazetteer.Gazetteer) {
	c.parents = make(map[string]string)
	c.types = make(map[string]uint32)
	var rows []typeRow
	add := func(name, parent string) {
		if _, ok := c.types[name]; !ok {
			c.types[name] = uint32(len(rows))
			rows = append(rows, typeRow{c.Writer.Ref(name), c.Writer.Ref(parent)})
		}
	}
	for _, t := range g.Types {
		c.parents[t.ID.Value] = t.Parent.Value
	}
	for _, id := range g.TypeIDs() {
		add(id, c.parents[id])
	}
	for _, e := range g.Entities {
		add(e.Type.Value, "")
	}
	wtg.Add(c.Writer, typesName, rows)
}

func (c *Compiler) isType(typ, want string) bool { return isType(c.parents, typ, want) }

// row makes the row of an entity, and those of its lists.
func (c *Compiler) row(e *gazetteer.Entity) entity {
	n, w := c.names, c.Writer
	out := entity{name: w.Ref(e.Name.Text.Value), bits: c.types[e.Type.Value]}
	if e.ID.Value != slug(e.Name.Text.Value) {
		out.id = w.Ref(e.ID.Value)
	}
	switch e.Gender.Value {
	case "m":
		out.bits |= genderMale
	case "f":
		out.bits |= genderFemale
	}
	row := n.more[len(n.more)-1] // whose links and acronyms begin where those before end
	row.groups = c.groupList(e.Groups)
	for _, l := range e.Links {
		n.links = append(n.links, Link{w.Ref(l.Key.Value), w.Ref(l.Value.Value)})
	}
	for i := range e.Aliases {
		if text := e.Aliases[i].Text.Value; canBeAcronym(text) {
			n.acronyms = append(n.acronyms, w.Ref(text))
		}
	}
	end := more{0, uint32(len(n.links)), uint32(len(n.acronyms))}
	if row.groups != 0 || row.links != end.links || row.acronyms != end.acronyms {
		out.more = uint32(len(n.more) - 1)
		n.more[out.more] = row
		n.more = append(n.more, end)
	}
	return out
}

// groupList numbers a list of memberships; 0 is the empty one.
func (c *Compiler) groupList(groups []gazetteer.Group) uint32 {
	n, w := c.names, c.Writer
	key := make([]byte, 0, 64)
	from := len(n.groups)
	for _, g := range groups {
		row := Group{w.Ref(g.ID.Value), w.Ref(string(g.From)), w.Ref(string(g.Until))}
		n.groups = append(n.groups, row)
		for _, word := range []uint32{row.ID, row.from, row.until} {
			key = binary.LittleEndian.AppendUint32(key, word)
		}
	}
	list, ok := c.groups[string(key)]
	if ok {
		n.groups = n.groups[:from]
		return list
	}
	list = uint32(len(n.groupAt) - 1)
	n.groupAt = append(n.groupAt, uint32(len(n.groups)))
	c.groups[string(key)] = list
	return list
}

// entity adds the forms and masks of one entity.
func (c *Compiler) entity(i int32) {
	e := c.source[i]
	for f := range e.Forms() {
		c.form(i, f.Alias, f.Guard, f.Via, 0)
		if f.Via == models.ViaDemonym {
			c.demonyms(i, f.Alias)
		}
	}
	if c.isType(e.Type.Value, "PERSON") && !e.NoFamily {
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
	c.form(i, &plural, a.Guard.Value(), models.ViaDemonym, formMade)
}

// form adds one way to write an entity, with its variants.
func (c *Compiler) form(i int32, a *gazetteer.Alias, g gazetteer.Guard, via models.Via, facts uint32) {
	tokens := c.Phraser.Tokens(a.Text.Value)
	if len(tokens) == 0 {
		return
	}
	typ := c.source[i].Type.Value
	bits := uint32(via) | facts | c.extra(&g)<<extraBits | c.facts(a.Text.Value, tokens, &g)
	n := int32(len(c.names.forms))
	use := lexicon.ForForm
	if via == models.ViaFamily {
		if use = lexicon.ForFamily; facts&formFirst != 0 {
			use = lexicon.ForFamilyFirst
		}
	}
	for _, elems := range c.variants(tokens, g.Case, c.isType(typ, "ORG")) {
		c.add(elems, use, n)
	}
	c.own(tokens, i)
	if via == models.ViaDemonym {
		typ = norpType
	}
	place := c.isType(typ, "GPE") || c.isType(typ, "LOC")
	switch {
	case c.isType(typ, "ORG"):
		bits |= formOrg
	case place || c.isType(typ, "PERSON") || c.isType(typ, norpType):
		bits |= formPart
	}
	c.names.forms = append(c.names.forms, form{i, c.Writer.Ref(a.Text.Value), bits})
	if place {
		c.Vocab.Mark(tokens[0].ID, segment.Place)
	}
}

// facts returns what the words of a form and its guard say of it.
func (c *Compiler) facts(text string, tokens []lexicon.Token, g *gazetteer.Guard) uint32 {
	var bits uint32
	last := tokens[len(tokens)-1]
	for _, f := range []struct {
		ok  bool
		bit uint32
	}{
		{strings.HasSuffix(text, ".") && last.Text != "." && last.Flags&segment.Dotted == 0, formStop},
		{g.Inside != nil && *g.Inside, formInside},
		{g.Case != gazetteer.CaseFold && c.isCommon(tokens), formCommon},
		{len(tokens) > 1, formLong},
		{g.Case == gazetteer.CaseExact && beginsWithThe(tokens) && !c.isCommon(tokens[1:]), formThe},
	} {
		if f.ok {
			bits |= f.bit
		}
	}
	return bits
}

// extra numbers what few forms have.
func (c *Compiler) extra(g *gazetteer.Guard) uint32 {
	x := extra{guard: c.guard(g), from: c.Writer.Ref(string(g.From)), until: c.Writer.Ref(string(g.Until))}
	x.low, x.high = wtg.FloatWords(g.Prior)
	return numbered(c.extras, &c.names.extras, x)
}

// numbered returns the place of a row, which is added unless it is there.
func numbered[T comparable](known map[T]uint32, rows *[]T, row T) uint32 {
	at, ok := known[row]
	if !ok {
		at = uint32(len(*rows))
		known[row] = at
		*rows = append(*rows, row)
	}
	return at
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
func (c *Compiler) add(elems []lexicon.Elem, u lexicon.Use, ref int32) {
	c.Builder.Mean(c.Builder.Add(elems), lexicon.Mean(u, ref))
}

// mask adds a phrase that holds a name of an entity, or of any (-1), and is not
// it.
func (c *Compiler) mask(text string, entity int32) {
	if tokens := c.Phraser.Tokens(text); len(tokens) > 0 {
		c.add(c.Phraser.Auto(tokens), lexicon.ForMask, entity+1)
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
				c.add(c.Phraser.Auto(tokens), lexicon.ForTitle, 0)
			}
		}
	}
}
