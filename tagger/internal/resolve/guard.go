package resolve

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"wiretag/gazetteer"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// guard compiles the needs and unless of a form: 1 + its number, 0 if it has
// none.
func (c *Compiler) guard(g *gazetteer.Guard) uint32 {
	if len(g.Needs) == 0 && len(g.Unless) == 0 {
		return 0
	}
	as := writtenGuard{first(g.Needs), first(g.Unless), len(g.Needs), len(g.Unless), g.Within}
	n, ok := c.written[as]
	if !ok {
		n = c.newGuard(g)
		c.written[as] = n
	}
	return n
}

// A writtenGuard tells guards apart by where their items lie: the forms of an
// entity share those of the entity, and a list in them may be long.
type writtenGuard struct {
	needs, unless *gazetteer.Item
	n, m          int
	within        gazetteer.Unit
}

func first(items []gazetteer.Item) *gazetteer.Item {
	if len(items) == 0 {
		return nil
	}
	return &items[0]
}

func (c *Compiler) newGuard(g *gazetteer.Guard) uint32 {
	needIn, notIn := gazetteer.Article, gazetteer.Sentence
	if g.Within != "" {
		needIn, notIn = g.Within, g.Within
	}
	units := guardUnits()
	out := guard{
		needs: c.clause(g.Needs), unless: c.clause(g.Unless),
		needIn: uint32(max(slices.Index(units[:], needIn), 0)), notIn: uint32(max(slices.Index(units[:], notIn), 0)),
		needItems: c.Writer.Ref(listed(g.Needs)), unlessItems: c.Writer.Ref(listed(g.Unless)),
	}
	return 1 + numbered(c.guards, &c.names.guards, out)
}

// clause compiles alternatives: 1 + their number, 0 for none.
func (c *Compiler) clause(items []gazetteer.Item) uint32 {
	if len(items) == 0 {
		return 0
	}
	var out []clauseItem
	for it := range c.lists.Leaves(items) {
		switch {
		case it.Ref == nil:
			if t := c.term(it); t >= 0 {
				out = append(out, clauseItem{itemTerm, uint32(t)})
			}
		case it.Ref.Kind == gazetteer.RefEntity:
			if e, ok := c.byID[it.Ref.ID.Value]; ok {
				out = append(out, clauseItem{itemEntity, uint32(e)})
			}
		case it.Ref.Kind == gazetteer.RefType:
			out = append(out, clauseItem{itemType, c.Writer.Ref(it.Ref.ID.Value)})
		case it.Ref.Kind == gazetteer.RefGroup:
			out = append(out, clauseItem{itemGroup, c.Writer.Ref(it.Ref.ID.Value)})
		}
	}
	slices.SortStableFunc(out, func(a, b clauseItem) int { return cmp.Compare(a.kind, b.kind) })
	var key []byte
	for _, it := range out {
		key = binary.LittleEndian.AppendUint32(append(key, byte(it.kind)), it.ref)
	}
	n, ok := c.clauses[string(key)]
	if !ok {
		c.names.clauses = append(c.names.clauses, out...)
		c.names.clauseAt = append(c.names.clauseAt, uint32(len(c.names.clauses)))
		n = uint32(len(c.names.clauseAt) - 1)
		c.clauses[string(key)] = n
	}
	return n
}

// shownItems is how many items of a guard a reason lists.
const shownItems = 6

func listed(items []gazetteer.Item) string {
	var out []string
	for _, it := range items[:min(len(items), shownItems)] {
		out = append(out, it.String())
	}
	if len(items) > shownItems {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// term numbers a term of a guard; -1 if it has no word.
func (c *Compiler) term(it gazetteer.Item) int32 {
	key := string(rune(it.Form)) + it.Term.Value
	if n, ok := c.terms[key]; ok {
		return n
	}
	tokens := c.Phraser.Tokens(it.Term.Value)
	if len(tokens) == 0 {
		return -1
	}
	n := int32(len(c.terms))
	c.terms[key] = n
	c.add(lexicon.Term(c.Phraser, c.Inflector, tokens, it.Form == gazetteer.Exact), lexicon.ForGuard, n)
	return n
}

// UnitAt returns the words of the unit that holds a word.
func UnitAt(t *segment.Text, word int, u gazetteer.Unit) (first, last int) {
	switch u {
	case gazetteer.Sentence:
		s := t.SentenceAt(word)
		return s.First, s.Last
	case gazetteer.Paragraph:
		p := &t.Paras[t.ParaAt(word)]
		return p.First, p.Last
	}
	return 0, len(t.Words)
}

// verdict is what a guard says of a candidate.
type verdict uint8

const (
	holds   verdict = iota
	refused         // unless is met
	lacking         // needs are not met
	pending         // mentions have to be known first
)

// readWords reads the guard of a candidate as far as words tell.
func (r *run) readWords(c *candidate, g *guard) verdict {
	switch {
	case g.unless != 0 && r.termIn(g.unless, c, g.notIn):
		return refused
	case g.needs != 0 && !r.termIn(g.needs, c, g.needIn):
		if !r.names.refers(g.needs) {
			return lacking
		}
		return pending
	case g.unless != 0 && r.names.refers(g.unless):
		return pending
	}
	return holds
}

// readAll reads the guard of a candidate with the mentions of step 3.
func (r *run) readAll(c *candidate, g *guard) verdict {
	switch {
	case g.unless != 0 && (r.termIn(g.unless, c, g.notIn) || r.mentionIn(g.unless, c, g.notIn)):
		return refused
	case g.needs != 0 && !r.termIn(g.needs, c, g.needIn) && !r.mentionIn(g.needs, c, g.needIn):
		return lacking
	}
	return holds
}

// termIn reports whether a term of a clause stands in the candidate's unit,
// outside the candidate's own words.
func (r *run) termIn(cl uint32, c *candidate, unit uint32) bool {
	first, last := -1, -1
	for _, it := range r.names.clause(cl) {
		if it.kind != itemTerm {
			return false
		}
		hits := r.termHits[it.ref]
		if len(hits) == 0 {
			continue
		}
		if last < 0 { // most clauses have no hit, and need no sentences
			first, last = UnitAt(r.text, c.first, guardUnits()[unit])
		}
		i, _ := slices.BinarySearchFunc(hits, first, func(m lexicon.Match, w int) int { return m.First - w })
		for ; i < len(hits) && hits[i].First < last; i++ {
			if m := hits[i]; m.Last <= c.first || m.First >= c.last {
				return true
			}
		}
	}
	return false
}

// mentionIn reports whether a mention that a clause refers to stands in the
// candidate's unit, apart from the candidate itself.
func (r *run) mentionIn(cl uint32, c *candidate, unit uint32) bool {
	if !r.names.refers(cl) {
		return false
	}
	hits := r.referred(cl)
	if len(hits) == 0 {
		return false
	}
	first, last := UnitAt(r.text, c.first, guardUnits()[unit])
	i, _ := slices.BinarySearchFunc(hits, first, func(m Span, w int) int { return m.First - w })
	for ; i < len(hits) && hits[i].First < last; i++ {
		if m := hits[i]; m.Last <= c.first || m.First >= c.last {
			return true
		}
	}
	return false
}

// referred returns the mentions that a clause refers to, found once an article.
func (r *run) referred(cl uint32) []Span {
	hits, ok := r.referrals[cl]
	if !ok {
		for _, m := range r.strong {
			if r.refersTo(cl, m) {
				hits = append(hits, Span{m.first, m.last})
			}
		}
		r.referrals[cl] = hits
	}
	return hits
}

func (r *run) refersTo(cl uint32, m *candidate) bool {
	f := &r.names.forms[m.form]
	for _, it := range r.names.clause(cl) {
		met := false
		switch it.kind {
		case itemEntity:
			met = uint32(f.entity) == it.ref
		case itemType:
			met = r.names.IsType(r.names.typ(f), r.names.Text(it.ref))
		case itemGroup:
			met = r.names.InGroup(f.entity, it.ref, r.day)
		}
		if met {
			return true
		}
	}
	return false
}

// fold is for comparing the names of people that the gazetteer does not know.
func fold(s string) string { return strings.ToLower(s) }
