package resolve

import (
	"strings"
	"unicode/utf8"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// variants returns the phrases that stand for one form: the form under its
// case policy; without a leading The, which belongs to a name only under case
// exact (The Atlantic); with & for and (organisations); with initials written
// apart (J. P. Morgan).
func (c *Compiler) variants(tokens []lexicon.Token, policy gazetteer.Case, org bool) [][]lexicon.Elem {
	var base []lexicon.Elem
	switch policy {
	case gazetteer.CaseExact:
		base = lexicon.As(lexicon.Exact, tokens)
	case gazetteer.CaseFold:
		base = lexicon.As(lexicon.AnyCase, tokens)
	default:
		base = c.Phraser.Auto(tokens)
	}
	out := [][]lexicon.Elem{base}
	if beginsWithThe(tokens) && policy != gazetteer.CaseExact {
		base[0].Rule.Kind = lexicon.Capitalised // "the" stands outside
		out = append(out, base[1:])
	}
	if org {
		out = append(out, c.swapAnd(base)...)
	}
	for _, v := range out {
		if apart := c.initialsApart(tokens[len(tokens)-len(v):], v); apart != nil {
			out = append(out, apart)
		}
	}
	return out
}

// beginsWithThe reports whether a form has a The before its other words.
func beginsWithThe(tokens []lexicon.Token) bool { return len(tokens) > 1 && tokens[0].Text == "The" }

// swapAnd returns elems with & for and, or and for &.
func (c *Compiler) swapAnd(elems []lexicon.Elem) [][]lexicon.Elem {
	and, amp := c.Vocab.Intern("and"), c.Vocab.Intern("&")
	var out []lexicon.Elem
	for i, e := range elems {
		other := uint32(0)
		switch e.ID {
		case and:
			other = amp
		case amp:
			other = and
		default:
			continue
		}
		if out == nil {
			out = append(out, elems...)
		}
		out[i] = lexicon.Elem{ID: other}
	}
	if out == nil {
		return nil
	}
	return [][]lexicon.Elem{out}
}

// initialsApart returns elems with a first word of two or three capitals
// written as initials with blanks between, or nil.
func (c *Compiler) initialsApart(tokens []lexicon.Token, elems []lexicon.Elem) []lexicon.Elem {
	letters := strings.ReplaceAll(tokens[0].Text, ".", "")
	n := utf8.RuneCountInString(letters)
	if tokens[0].Flags&segment.Upper == 0 || n < 2 || n > 3 || elems[0].Rule.Kind != lexicon.Typed {
		return nil
	}
	var out []lexicon.Elem
	for _, r := range letters {
		norm := string(segment.AppendNorm(nil, string(r)))
		out = append(out, lexicon.Elem{ID: c.Vocab.Intern(norm), Rule: lexicon.Rule{Kind: lexicon.Initial}})
	}
	return append(out, elems[1:]...)
}

// family adds the bare family name of a person: as given, else the last word
// of the name after dropping Jr., III, with the particles before it.
func (c *Compiler) family(i int32) {
	e := c.source[i]
	alias := gazetteer.Alias{Text: e.Family}
	if e.Family.Value == "" {
		alias.Text = gazetteer.String{Value: c.lastName(e.Name.Text.Value), Pos: e.Name.Text.Pos}
	}
	if alias.Text.Value == "" {
		return
	}
	facts := formMade
	for _, text := range append([]string{e.Name.Text.Value}, aliasTexts(e)...) {
		if strings.HasPrefix(text, alias.Text.Value+" ") {
			facts |= formFirst
		}
	}
	c.form(i, &alias, gazetteer.Guard{}, models.ViaFamily, facts)
}

func aliasTexts(e *gazetteer.Entity) []string {
	var out []string
	for i := range e.Aliases {
		out = append(out, e.Aliases[i].Text.Value)
	}
	return out
}

// lastName returns the family name that ends a name, or "" for a name of one
// word.
func (c *Compiler) lastName(name string) string {
	words := strings.Fields(name)
	class := func(w string) segment.Class {
		return c.Vocab.Class(c.Vocab.Lookup(segment.AppendNorm(nil, strings.Trim(w, ".,"))))
	}
	last := len(words) - 1
	for last > 0 && class(words[last])&segment.NameSuffix != 0 {
		last--
	}
	if last < 1 {
		return ""
	}
	first := last
	for first > 1 && class(words[first-1])&segment.Particle != 0 {
		first--
	}
	return strings.TrimRight(strings.Join(words[first:last+1], " "), ",")
}

// shorts adds the short forms that an organisation's name makes by itself: the
// name less its legal suffix and closing Group, Holdings, Company, one after
// the other. One word is a short only if it is no everyday word, place, name
// or alias of another.
func (c *Compiler) shorts(i int32) {
	e := c.source[i]
	if !c.isType(e.Type.Value, "ORG") || e.Name.NoMatch {
		return
	}
	words := strings.Fields(e.Name.Text.Value)
	for n := len(words) - 1; n > 0 && c.classOf(words[n])&(segment.LegalSuffix|segment.Closing) != 0; n-- {
		if c.classOf(words[n-1])&segment.Particle != 0 || words[n-1] == "&" {
			return // too much is cut: National Institute of Standards and
		}
		text := strings.TrimRight(strings.Join(words[:n], " "), ",")
		if n == 1 && !c.mayStandAlone(text, i) {
			return
		}
		alias := gazetteer.Alias{Text: gazetteer.String{Value: text, Pos: e.Name.Text.Pos}}
		c.form(i, &alias, gazetteer.Guard{}, models.ViaShort, formMade)
	}
}

func (c *Compiler) mayStandAlone(word string, i int32) bool {
	const taken = segment.Common | segment.Place | segment.FirstName | segment.FamilyName
	owner, owned := c.owners[word]
	return c.classOf(word)&taken == 0 && (!owned || owner == i)
}

func (c *Compiler) classOf(word string) segment.Class {
	tokens := c.Phraser.Tokens(word)
	if len(tokens) == 0 {
		return 0
	}
	return c.Vocab.Class(tokens[0].ID)
}
