package resolve

import (
	"slices"
	"strings"

	"wiretag/gazetteer"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// A guard is the compiled needs and unless of a form.
type guard struct {
	needs, unless          *clause
	needIn, notIn          gazetteer.Unit
	needItems, unlessItems []gazetteer.Item // as written, for reasons
}

// A clause is a list of alternatives.
type clause struct {
	terms    []int32
	entities []int32
	types    []string
	groups   []string
}

// refers reports whether the clause can only be read against mentions.
func (c *clause) refers() bool { return len(c.entities)+len(c.types)+len(c.groups) > 0 }

// guard compiles the needs and unless of a form; -1 if it has none.
func (c *Compiler) guard(g *gazetteer.Guard) int32 {
	if len(g.Needs) == 0 && len(g.Unless) == 0 {
		return -1
	}
	out := guard{
		needIn: gazetteer.Article, notIn: gazetteer.Sentence, needItems: g.Needs, unlessItems: g.Unless,
	}
	if g.Within != "" {
		out.needIn, out.notIn = g.Within, g.Within
	}
	out.needs, out.unless = c.clause(g.Needs), c.clause(g.Unless)
	c.names.guards = append(c.names.guards, out)
	return int32(len(c.names.guards) - 1)
}

func (c *Compiler) clause(items []gazetteer.Item) *clause {
	if len(items) == 0 {
		return nil
	}
	out := &clause{}
	for it := range c.lists.Leaves(items) {
		switch {
		case it.Ref == nil:
			if t := c.term(it); t >= 0 {
				out.terms = append(out.terms, t)
			}
		case it.Ref.Kind == gazetteer.RefEntity:
			if e, ok := c.byID[it.Ref.ID.Value]; ok {
				out.entities = append(out.entities, e)
			}
		case it.Ref.Kind == gazetteer.RefType:
			out.types = append(out.types, it.Ref.ID.Value)
		case it.Ref.Kind == gazetteer.RefGroup:
			out.groups = append(out.groups, it.Ref.ID.Value)
		}
	}
	return out
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
	c.add(lexicon.Term(c.Phraser, c.Inflector, tokens, it.Form == gazetteer.Exact), entry{asTerm, n})
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
	case g.unless != nil && r.termIn(g.unless, c, g.notIn):
		return refused
	case g.needs != nil && !r.termIn(g.needs, c, g.needIn):
		if !g.needs.refers() {
			return lacking
		}
		return pending
	case g.unless != nil && g.unless.refers():
		return pending
	}
	return holds
}

// readAll reads the guard of a candidate with the mentions of step 3.
func (r *run) readAll(c *candidate, g *guard) verdict {
	switch {
	case g.unless != nil && (r.termIn(g.unless, c, g.notIn) || r.mentionIn(g.unless, c, g.notIn)):
		return refused
	case g.needs != nil && !r.termIn(g.needs, c, g.needIn) && !r.mentionIn(g.needs, c, g.needIn):
		return lacking
	}
	return holds
}

// termIn reports whether a term of a clause stands in the candidate's unit,
// outside the candidate's own words.
func (r *run) termIn(cl *clause, c *candidate, u gazetteer.Unit) bool {
	first, last := UnitAt(r.text, c.first, u)
	for _, t := range cl.terms {
		hits := r.termHits[t]
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
func (r *run) mentionIn(cl *clause, c *candidate, u gazetteer.Unit) bool {
	if !cl.refers() {
		return false
	}
	first, last := UnitAt(r.text, c.first, u)
	hits := r.referred(cl)
	i, _ := slices.BinarySearchFunc(hits, first, func(m Span, w int) int { return m.First - w })
	for ; i < len(hits) && hits[i].First < last; i++ {
		if m := hits[i]; m.Last <= c.first || m.First >= c.last {
			return true
		}
	}
	return false
}

// referred returns the mentions that a clause refers to, found once an article.
func (r *run) referred(cl *clause) []Span {
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

func (r *run) refersTo(cl *clause, m *candidate) bool {
	f := &r.names.forms[m.form]
	if slices.Contains(cl.entities, f.entity) {
		return true
	}
	for _, typ := range cl.types {
		if r.names.IsType(f.typ, typ) {
			return true
		}
	}
	for _, g := range cl.groups {
		if r.names.InGroup(f.entity, g, r.day) {
			return true
		}
	}
	return false
}

// fold is for comparing the names of people that the gazetteer does not know.
func fold(s string) string { return strings.ToLower(s) }
