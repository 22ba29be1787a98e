package gazetteer

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// Parse reads one file. The findings are those that one file shows by itself:
// no pack is loaded, nothing is merged, no reference is followed. The
// Gazetteer holds what could be read and is never nil.
func Parse(file string, src []byte) (*Gazetteer, Diagnostics) {
	g, p := parse(file, src)
	if len(p.commas) > 0 {
		house, _ := houseLists()
		p.commaLists(house)
	}
	return g, p.diags.Sort()
}

// parse reads one file as far as that goes without the lists of the house.
func parse(file string, src []byte) (*Gazetteer, *parser) {
	p := &parser{file: file}
	g := &Gazetteer{}
	if root := p.document(src); root != nil {
		p.gazetteer(g, root)
		p.losses(root)
	}
	return g, p
}

// A parser turns the nodes of one file into the AST. Its methods report what
// they cannot read and return the zero value for it; they never stop.
type parser struct {
	file    string
	diags   Diagnostics
	page    page
	commas  []keyed // single texts with a comma in them, where several may be meant
	anchors int     // how many anchors and the like were reported
}

func (p *parser) pos(n *yaml.Node) Pos { return Pos{p.file, max(n.Line, 1), max(n.Column, 1)} }

func (p *parser) add(pos Pos, c checkID, message string) {
	p.diags = append(p.diags, finding(pos, c, message))
}

func (p *parser) report(n *yaml.Node, c checkID, format string, args ...any) {
	p.add(p.pos(n), c, fmt.Sprintf(format, args...))
}

var fileKeys = []string{"about", "entities", "filters", "license", "lists", "masks", "name", "topics", "types", "uses", "version"}

func (p *parser) gazetteer(g *Gazetteer, root *yaml.Node) {
	p.version(root)
	for k, v := range p.fields(root, "a gazetteer", fileKeys) {
		switch k {
		case "name":
			g.Name = p.name(v, k)
		case "about":
			g.About = p.prose(v, k)
		case "license":
			g.License = p.prose(v, k)
		case "uses":
			g.Uses = p.names(v, k)
		case "types":
			g.Types = p.types(v)
		case "entities":
			g.Entities = p.entities(v)
		case "masks":
			g.Masks = p.names(v, k)
		case "lists":
			g.Lists = p.lists(v)
		case "filters":
			g.Filters = p.filters(v)
		case "topics":
			g.Topics = p.topics(v)
		}
	}
}

// version reports a file that does not say version: 1.
func (p *parser) version(root *yaml.Node) {
	switch v := at(root, "version"); {
	case root.Kind != yaml.MappingNode: // reported where its keys are read
	case v == root:
		p.report(root, versionKey, "the file does not say which version of the language it is: write version: 1 at the top")
	default:
		if n, ok := p.number(v, "version"); ok && n != 1 {
			p.report(v, versionKey, "version %s is not known: this wiretag reads version: 1", quote(v.Value))
		}
	}
}

// fields walks the keys of a mapping that are in allowed, which is sorted, and
// reports the others. Keys that begin with x- and note are free everywhere.
func (p *parser) fields(n *yaml.Node, what string, allowed []string) iter.Seq2[string, *yaml.Node] {
	return func(yield func(string, *yaml.Node) bool) {
		unknown := 0
		for key, v := range p.pairs(n, what) {
			k := key.Value
			if _, ok := slices.BinarySearch(allowed, k); ok {
				if !yield(k, v) {
					return
				}
				continue
			}
			if isFree(k) {
				continue
			}
			if unknown++; unknown > 10 { // a wrong file is named as wrong once, not a million times
				continue
			}
			glued := glue(k)
			if _, ok := slices.BinarySearch(allowed, strings.TrimSuffix(glued, ":")); ok {
				p.report(key, unknownKey, "%s has no key %s: a blank is missing behind %s", what, quote(k), glued)
			} else {
				p.report(key, unknownKey, "%s has no key %s%s (its keys: %s)", what, quote(k),
					didYouMean(k, slices.Values(allowed)), strings.Join(allowed, ", "))
			}
		}
	}
}

// isFree tells the keys that anyone may write anywhere.
func isFree(key string) bool { return key == "note" || strings.HasPrefix(key, "x-") }

// pairs walks a mapping and reports keys that are not text or come twice.
func (p *parser) pairs(n *yaml.Node, what string) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(k, v *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			p.wrong(n, what+" is written as key: value")
			return
		}
		var seen map[string]*yaml.Node // only where scanning the keys would cost more
		if len(n.Content) > 64 {
			seen = make(map[string]*yaml.Node, len(n.Content)/2)
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			if k.Kind != yaml.ScalarNode {
				p.wrong(k, "a key is text")
				continue
			}
			if k.Tag == "!!merge" {
				continue // vet has reported it
			}
			if first := earlier(n, i, seen); first != nil {
				p.report(k, duplicateKey, "the key %s stands twice in one place, first at %s: make them one, or delete one", quote(k.Value), p.pos(first))
				continue
			}
			if !yield(k, v) {
				return
			}
		}
	}
}

// earlier returns the key before the i-th node of n that equals it.
func earlier(n *yaml.Node, i int, seen map[string]*yaml.Node) *yaml.Node {
	k := n.Content[i]
	if seen != nil {
		first := seen[k.Value]
		if first == nil {
			seen[k.Value] = k
		}
		return first
	}
	for j := 0; j < i; j += 2 {
		if c := n.Content[j]; c.Kind == yaml.ScalarNode && c.Value == k.Value {
			return c
		}
	}
	return nil
}

// at returns the value of a key of a mapping, or the mapping where it has no
// such key: a place for a message about that key.
func at(n *yaml.Node, key string) *yaml.Node {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return n.Content[i+1]
			}
		}
	}
	return n
}

// wrong reports a node of a wrong kind. YAML's aliases have been reported.
func (p *parser) wrong(n *yaml.Node, wanted string) {
	switch {
	case n.Kind == yaml.AliasNode:
	case isNull(n):
		p.null(n, wanted)
	case n.Kind == yaml.SequenceNode:
		p.report(n, wrongKind, "%s, and this is a list: a dash or a bracket too many?", wanted)
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) == 2:
		p.report(n, wrongKind, `%s, and this is of the form key: value: put it in quotes if it is text with ": " in it`, wanted)
	case n.Kind == yaml.MappingNode:
		p.report(n, wrongKind, "%s, and this is of the form key: value", wanted)
	case isBare(n) && glue(n.Value) != "":
		p.report(n, wrongKind, "%s, and this is text: a blank is missing behind %s", wanted, glue(n.Value))
	default:
		p.report(n, wrongKind, "%s, and this is text: %s", wanted, quote(n.Value))
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// null reports a null: YAML makes one of nothing, ~ and the bare word.
func (p *parser) null(n *yaml.Node, wanted string) {
	if n.Value == "" {
		p.report(n, emptyValue, "%s, and here is nothing: %s", wanted, p.page.instead(n, "write it, or delete the line"))
		return
	}
	p.report(n, nullValue, "%s, and YAML reads %s as nothing: write %q, in quotes, if it is meant as text", wanted, n.Value, n.Value)
}

// list returns the items of a list. One item may stand by itself.
func (p *parser) list(n *yaml.Node, key string) []*yaml.Node {
	switch {
	case n.Kind == yaml.SequenceNode:
		return n.Content
	case isNull(n) && n.Value == "":
		p.report(n, emptyList, "%s is empty: %s", key, p.page.instead(n, "write its items, or delete the line"))
		return nil
	case n.Kind == yaml.AliasNode:
		return nil
	}
	return []*yaml.Node{n}
}

// entries returns the items of a list of mappings, where one mapping by itself
// is a list whose dash was forgotten, or a mapping by id.
func (p *parser) entries(n *yaml.Node, key string) []*yaml.Node {
	items := p.list(n, key)
	if len(items) == 1 && items[0] == n {
		p.wrong(n, key+" is a list: every entry begins with a dash")
		return nil
	}
	return items
}

// scalar returns the text of n as it is written: numbers, dates and yes too.
func (p *parser) scalar(n *yaml.Node, key string) (String, bool) {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		p.wrong(n, key+" takes text")
		return String{}, false
	}
	s := n.Value
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		s = strings.TrimRight(s, "\n")
	}
	if strings.TrimSpace(s) == "" {
		p.report(n, emptyValue, "%s takes text, and this is blank: write it, or delete the line", key)
		return String{}, false
	}
	return String{s, p.pos(n)}, true
}

// name returns a text that is matched or compared: one line, nothing unseen.
func (p *parser) name(n *yaml.Node, key string) String {
	const longest = 1024
	s, ok := p.scalar(n, key)
	if !ok {
		return s
	}
	if len(s.Value) > longest {
		p.report(n, tooLong, "%s has %d bytes; a name has at most %d", key, len(s.Value), longest)
		return String{}
	}
	p.unseen(s, key, "")
	return s
}

// prose returns a text for people, who may break lines.
func (p *parser) prose(n *yaml.Node, key string) String {
	s, _ := p.scalar(n, key)
	p.unseen(s, key, "\n\t\r")
	return s
}

// unseen reports the first control or direction character but for those kept.
func (p *parser) unseen(s String, key, kept string) {
	for _, r := range s.Value {
		bidi := r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
		if (unicode.IsControl(r) || bidi) && !strings.ContainsRune(kept, r) {
			p.add(s.Pos, controlCharacter, key+" holds "+controlName(r)+": "+quote(s.Value))
			return
		}
	}
}

// controlName says what nobody can see, and what to do about it.
func controlName(r rune) string {
	switch {
	case r == '\n' || r == '\r':
		return "a line break, and has to stand on one line"
	case r == '\t':
		return "a tab, where a blank belongs"
	case r > unicode.MaxLatin1:
		return fmt.Sprintf("the invisible text-direction character %U, which has to go", r)
	}
	return fmt.Sprintf("the invisible control character %U, which has to go", r)
}

func (p *parser) names(n *yaml.Node, key string) []String { return texts(p.list(n, key), key, p.name) }

func (p *parser) examples(n *yaml.Node, key string) []String {
	return texts(p.list(n, key), key, p.example)
}

// example returns a text in which <…> marks the words that it is about.
func (p *parser) example(n *yaml.Node, key string) String {
	s := p.prose(n, key)
	if hasStrayMark(s.Value) {
		p.report(n, strayBracket, "a < or > in %s is half a mark: write <…> around the words, or a blank beside the sign", quote(s.Value))
	}
	return s
}

// texts reads every item and leaves out what had no text.
func texts(items []*yaml.Node, key string, read func(*yaml.Node, string) String) []String {
	out := make([]String, 0, len(items))
	for _, item := range items {
		if s := read(item, key); s.Value != "" {
			out = append(out, s)
		}
	}
	return out
}

// id returns an id, which must be fit to stand unquoted in references.
func (p *parser) id(n *yaml.Node, key string) String {
	s := p.name(n, key)
	switch i := strings.IndexFunc(s.Value, notInID); {
	case i < 0:
	case isBare(n) && strings.Contains(s.Value, ", "):
		p.report(n, badID, "the id %s holds a comma: write [%s] if these are several", quote(s.Value), onLine(s.Value))
		return String{}
	default:
		p.report(n, badID, `the id %s holds a blank or one of , [ ] { } # ": try %s`, quote(s.Value), Slug(s.Value))
		return String{}
	}
	return s
}

func notInID(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,[]{}#"`, r) }

func (p *parser) ids(n *yaml.Node, key string) []String { return texts(p.list(n, key), key, p.id) }

// oneOf returns a word of a closed set.
func (p *parser) oneOf(n *yaml.Node, key string, words ...string) string {
	s := p.name(n, key)
	if s.Value == "" || slices.Contains(words, s.Value) {
		return s.Value
	}
	p.report(n, badValue, "%s is %s; it can be %s", key, quote(s.Value), strings.Join(words, ", "))
	return ""
}

func (p *parser) boolean(n *yaml.Node, key string) bool {
	if s, ok := p.scalar(n, key); ok && n.Tag != "!!bool" {
		p.report(n, badValue, "%s is %s; it can be true or false", key, quote(s.Value))
		return false
	}
	return n.Tag == "!!bool" && strings.EqualFold(n.Value, "true")
}

// number returns a number in the usual spelling.
func (p *parser) number(n *yaml.Node, key string) (float64, bool) {
	s, ok := p.scalar(n, key)
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(s.Value, 64)
	if err != nil {
		p.report(n, badValue, "%s is %s; it takes a number", key, quote(s.Value))
		return 0, false
	}
	return f, true
}

// fraction returns a number between 0 and 1, both excluded, or 0.
func (p *parser) fraction(n *yaml.Node, key string) float64 {
	f, ok := p.number(n, key)
	if ok && !(f > 0 && f < 1) {
		p.report(n, badValue, "%s is %s; it has to lie between 0 and 1", key, quote(n.Value))
		return 0
	}
	return f
}

// count returns a whole number from 1, or 0.
func (p *parser) count(n *yaml.Node, key string) int {
	s, ok := p.scalar(n, key)
	if !ok {
		return 0
	}
	i, err := strconv.Atoi(s.Value)
	if err != nil || i < 1 {
		p.report(n, badValue, "%s is %s; it takes a whole number from 1", key, quote(s.Value))
		return 0
	}
	return i
}
