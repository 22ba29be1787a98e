package gazetteer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

var (
	// textKeys hold names, terms and sentences: text in which a # or a comma
	// may have been meant.
	textKeys = []string{
		"about", "against", "aliases", "all", "any", "clues", "counter_examples", "demonyms", "examples", "exclude", "family",
		"ignore", "label", "masks", "name", "needs", "require", "shorts", "text", "unless", "weak",
	}
	// pluralKeys are those of them that hold several, none of them a sentence.
	pluralKeys = []string{
		"against", "aliases", "all", "any", "clues", "demonyms", "exclude", "ignore", "masks", "needs", "require", "shorts",
		"unless", "weak",
	}
)

// losses reports text that YAML reads as less than was written, or as
// something else: what a # or a comma cut off.
type losses struct {
	*parser
	comments bool // the file may have comments behind text
}

func (p *parser) losses(root *yaml.Node) {
	l := &losses{parser: p}
	l.comments = strings.Contains(p.page.src, " #")
	l.walk(root, "")
}

// walk goes through the values in the order of the text; n is one under key.
func (l *losses) walk(n *yaml.Node, key string) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, v := n.Content[i].Value, n.Content[i+1]
			if isFree(name) {
				continue
			}
			k := name
			if key == "lists" {
				k = "any" // for the name is an id
			}
			l.comma(v, k, name)
			l.walk(v, k)
		}
	case yaml.SequenceNode:
		if isExamples(key) && n.Style&yaml.FlowStyle != 0 {
			l.sentences(n)
		}
		for _, item := range n.Content {
			l.walk(item, key)
		}
	case yaml.ScalarNode:
		if _, ok := slices.BinarySearch(textKeys, key); ok && l.comments {
			l.comment(n, isExamples(key))
		}
	}
}

func isExamples(key string) bool { return key == "examples" || key == "counter_examples" }

// isBare tells text that stands without quotes.
func isBare(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Style == 0 && !isNull(n) }

// comment reports a comment that may have been meant as text: Album #1. In a
// sentence, which seldom has a comment beside it, any is doubtful that does
// not keep its distance.
func (l *losses) comment(n *yaml.Node, sentence bool) {
	if !isBare(n) {
		return
	}
	text, blanks := l.page.comment(n)
	if text == "" {
		return
	}
	r, _ := utf8.DecodeRuneInString(text[1:])
	glued := blanks == 1 && (unicode.IsLetter(r) || unicode.IsDigit(r))
	if glued || sentence && (blanks == 1 || !isEnded(n.Value)) {
		text, _, _ = strings.Cut(text, "  ") // behind which a true comment may stand
		l.report(n, commentInValue, "only %s is read, for a # behind a blank begins a comment: put the text in quotes, %s, or move the comment to a line of its own",
			quote(n.Value), inQuotes(n.Value+" "+text))
	}
}

// isEnded tells whether a sentence ends with text.
func isEnded(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `"'”’»)>`))
	return strings.ContainsRune(".!?…。！？؟।", r)
}

// sentences reports sentences that were cut at their commas.
func (l *losses) sentences(n *yaml.Node) {
	cut := false
	for i := 1; i < len(n.Content); i++ {
		before, item := n.Content[i-1], n.Content[i]
		r, _ := utf8.DecodeRuneInString(item.Value)
		was := cut
		cut = isBare(before) && isBare(item) && (unicode.IsLower(r) || !isEnded(before.Value))
		if cut && !was {
			l.report(item, cutSentence, "%s looks like the rest of the sentence before it, which its comma cut in two: put every sentence in quotes",
				quote(item.Value))
		}
	}
}

// comma notes a text with a comma where several texts are meant, under a key
// or, in lists, under a name that stands for it.
func (l *losses) comma(n *yaml.Node, key, name string) {
	if _, ok := slices.BinarySearch(pluralKeys, key); ok && isBare(n) && strings.Contains(n.Value, ", ") {
		l.commas = append(l.commas, keyed{name, n})
	}
}

// commaLists reports of the texts that were noted those in which other than a
// legal form or the like follows a comma: Alphabet, Inc. is one name.
func (p *parser) commaLists(house []*List) {
	suffixes := map[string]bool{}
	for _, l := range house {
		if l.ID.Value == "legal-suffixes" || l.ID.Value == "name-suffixes" {
			for _, item := range l.Any {
				suffixes[fold(item.Term.Value)] = true
			}
		}
	}
	for _, k := range p.commas {
		parts := strings.Split(k.node.Value, ",")
		if !slices.ContainsFunc(parts[1:], func(part string) bool {
			return !suffixes[fold(strings.ReplaceAll(strings.TrimSpace(part), ".", ""))]
		}) {
			continue
		}
		p.report(k.node, commaList, "%s holds one text with a comma in it, %s: write [%s] if these are several, or put it in quotes if it is one",
			k.key, quote(k.node.Value), onLine(k.node.Value))
	}
}

// A keyed value is a node with the key that it stands under.
type keyed struct {
	key  string
	node *yaml.Node
}

// A page finds in a source what stands at a place of the YAML reader. It
// remembers the last place, from which the next is seldom far: a file may be
// one line.
type page struct {
	src       string
	lines     []int // where they begin
	line, col int   // the last place, and the byte there
	at        int
}

// offset returns the byte at a place, counted as in Pos.
func (g *page) offset(line, col int) int {
	if g.lines == nil {
		g.lines = []int{0}
		for i := range len(g.src) {
			if c := g.src[i]; c == '\n' || c == '\r' && !strings.HasPrefix(g.src[i+1:], "\n") {
				g.lines = append(g.lines, i+1)
			}
		}
	}
	if line > len(g.lines) {
		return len(g.src)
	}
	if line != g.line || col < g.col {
		g.line, g.col, g.at = line, 1, g.lines[line-1]
	}
	for g.col < col && g.at < len(g.src) && !isBreak(g.src[g.at]) {
		_, size := utf8.DecodeRuneInString(g.src[g.at:])
		g.at += size
		g.col++
	}
	return g.at
}

// comment returns the comment behind a bare value, and how many blanks stand
// between them; "" without one.
func (g *page) comment(n *yaml.Node) (text string, blanks int) {
	i := g.offset(n.Line, n.Column)
	for j := 0; j < len(n.Value); j++ {
		switch c := n.Value[j]; {
		case isBlank(c): // a blank of the value may be a line end and an indentation
			for i < len(g.src) && isBlank(g.src[i]) {
				i++
			}
			for j+1 < len(n.Value) && isBlank(n.Value[j+1]) {
				j++
			}
		case i >= len(g.src) || g.src[i] != c:
			return "", 0
		default:
			i++
		}
	}
	for i < len(g.src) && (g.src[i] == ' ' || g.src[i] == '\t') {
		blanks++
		i++
	}
	if i == len(g.src) || g.src[i] != '#' {
		return "", 0
	}
	return restOfLine(g.src[i:]), blanks
}

// instead says what stands where a value is missing.
func (g *page) instead(n *yaml.Node, fix string) string {
	text, _ := g.comment(n)
	if len(text) < 2 || isBlank(text[1]) {
		return fix
	}
	return "a # begins a comment; put the text in quotes: write " + inQuotes(strings.TrimRight(text, " \t"))
}
