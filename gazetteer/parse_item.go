package gazetteer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// items reads a list of terms and references.
func (p *parser) items(n *yaml.Node, key string) []Item {
	nodes := p.list(n, key)
	out := make([]Item, 0, len(nodes))
	for _, node := range nodes {
		if item, ok := p.item(node, key); ok {
			out = append(out, item)
		}
	}
	return out
}

// parts reads the items of all, which may also be lists and conditions.
func (p *parser) parts(n *yaml.Node) []Item {
	nodes := p.list(n, "all")
	out := make([]Item, 0, len(nodes))
	for _, node := range nodes {
		if item, ok := p.part(node); ok {
			out = append(out, item)
		}
	}
	return out
}

func (p *parser) part(n *yaml.Node) (Item, bool) {
	item := Item{Pos: p.pos(n)}
	switch {
	case n.Kind == yaml.SequenceNode:
		item.Any = p.items(n, "all")
		if len(n.Content) == 0 {
			p.report(n, missingKey, "a list of alternatives needs a term")
		}
		return item, len(item.Any) > 0
	case n.Kind == yaml.MappingNode && !p.isReference(n):
		c, ok := p.condition(n, "all", partKeys)
		item.Cond = &c
		return item, ok
	}
	return p.item(n, "all")
}

// isReference tells a mapping {entity: ID} from the other kinds of mapping.
func (p *parser) isReference(n *yaml.Node) bool {
	key := ownKey(n)
	return key != nil && slices.Contains(prefixes, key.Value)
}

// ownKey returns the first key of a mapping that is not free, or nil.
func ownKey(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; !isFree(key.Value) {
			return key
		}
	}
	return nil
}

// item reads a term or a reference, as text or as {entity: ID}.
func (p *parser) item(n *yaml.Node, key string) (Item, bool) {
	if n.Kind != yaml.MappingNode {
		s := p.name(n, key)
		if s.Value == "" {
			return Item{}, false
		}
		return p.term(s)
	}
	var item Item
	ok := false
	for k, v := range p.fields(n, "a term", prefixes) {
		if ok {
			p.report(v, conflictingKeys, "a reference names one thing: make %s an item of its own", k)
			break
		}
		s := p.name(v, k)
		if s.Value != "" {
			item, ok = prefixed(k, s.Value, s.Pos), true
		}
	}
	switch {
	case len(n.Content) == 0:
		p.report(n, missingKey, "%s takes terms, and {} is empty: write one, or delete it", key)
	case ownKey(n) == nil:
		p.report(n, missingKey, "%s takes terms, and here is only a remark: write the term beside it, or delete it", key)
	}
	return item, ok
}

// term reads a text with or without a prefix.
func (p *parser) term(s String) (Item, bool) {
	prefix, rest, found := strings.Cut(s.Value, ":")
	if !found || !isPrefix(prefix, rest) {
		return Item{Term: s, Pos: s.Pos}, true
	}
	if slices.Contains(prefixes, prefix) {
		if rest = strings.TrimSpace(rest); rest == "" {
			p.add(s.Pos, badValue, quote(s.Value)+" names nothing: the id or word belongs behind the colon")
			return Item{}, false
		}
		return prefixed(prefix, rest, s.Pos), true
	}
	p.add(s.Pos, unknownPrefix, "the prefix of "+quote(s.Value)+" is not known"+didYouMean(prefix, slices.Values(prefixes))+
		" (the prefixes: "+strings.Join(prefixes, ", ")+"); if it is text, write exact:"+s.Value)
	return Item{}, false
}

// isPrefix tells "entity:xi" from "Mission: Impossible" and from "10:30".
// A known word before the colon is always a prefix.
func isPrefix(prefix, rest string) bool {
	if slices.Contains(prefixes, prefix) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	other := strings.IndexFunc(prefix, func(r rune) bool { return !unicode.IsLetter(r) })
	return prefix != "" && other < 0 && rest != "" && !unicode.IsSpace(r)
}

func prefixed(prefix, rest string, pos Pos) Item {
	s := String{rest, pos}
	switch prefix {
	case "exact":
		return Item{Term: s, Form: Exact, Pos: pos}
	case "lower":
		return Item{Term: s, Form: Lower, Pos: pos}
	}
	return Item{Ref: &Reference{Kind: RefKind(prefix), ID: s}, Pos: pos}
}

// String returns a term or reference as it is written in a gazetteer, with its
// prefix; "" for alternatives and conditions.
func (i Item) String() string {
	switch {
	case i.Ref != nil:
		return string(i.Ref.Kind) + ":" + i.Ref.ID.Value
	case i.Form == Exact:
		return "exact:" + i.Term.Value
	case i.Form == Lower:
		return "lower:" + i.Term.Value
	}
	return i.Term.Value
}

// first returns the first term or reference of an item.
func (i Item) first() Item {
	for {
		switch {
		case len(i.Any) > 0:
			i = i.Any[0]
		case i.Cond != nil && len(i.Cond.Any) > 0:
			i = i.Cond.Any[0]
		default:
			return i
		}
	}
}
