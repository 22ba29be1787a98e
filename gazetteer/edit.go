package gazetteer

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// An Edit is the text of a file with one thing put in. All other bytes are
// those of the old text, in their order.
type Edit struct {
	Text  []byte
	Line  int // the line of the new thing, from 1
	Lines int // how many lines hold it
}

// AddEntity puts e behind the other entities of a file, in the style of the
// last of them. The note is left out if it is "". The error names the place
// that stands in the way.
func AddEntity(file string, src []byte, e *Entity, note string) (*Edit, error) {
	return addEntry(file, src, "entities", func(o *outputter) {
		o.entity(e)
		if note != "" {
			o.line(2, "note: "+QuoteYAML(note, false))
		}
	})
}

// AddTopic is AddEntity for a topic.
func AddTopic(file string, src []byte, t *Topic) (*Edit, error) {
	return addEntry(file, src, "topics", func(o *outputter) { o.topic(t) })
}

// AddAlias puts a into the list key (aliases or weak) of the entity that Parse
// has found at pos.
func AddAlias(file string, src []byte, pos Pos, key string, a *Alias) (*Edit, error) {
	ed, err := newEditor(file, src)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(at(ed.root, "entities").Content, func(n *yaml.Node) bool {
		return n.Kind == yaml.MappingNode && ed.pos(n) == pos
	})
	if i < 0 {
		return nil, fmt.Errorf("%s: no entity begins here", pos)
	}
	if err := ed.alias(at(ed.root, "entities").Content[i], key, a); err != nil {
		return nil, err
	}
	return ed.done()
}

// Same says whether two aliases are written alike, guards and all.
func (a *Alias) Same(b *Alias) bool { return aliasFlow(a, true) == aliasFlow(b, true) }

// An editor finds the place for a new thing among the nodes of a file, whose
// writer would set the whole file anew, and puts it in as bytes. Beside the
// text it changes the nodes, so that done can hold one against the other.
type editor struct {
	*parser
	src   []byte
	lines []int // where each line begins, as the YAML reader counts lines
	root  *yaml.Node
	// The edit: piece in the place of src[from:to].
	from, to int
	piece    string
	head     int // how much of the piece stands before the new thing
}

func newEditor(file string, src []byte) (*editor, error) {
	p := &parser{file: file}
	ed := &editor{parser: p, src: src, lines: lineStarts(src), root: p.document(src)}
	if len(p.diags) > 0 {
		return nil, fmt.Errorf("%s: %s", p.diags[0].Pos, p.diags[0].Message)
	}
	if ed.root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s: a gazetteer is a mapping (key: value)", p.pos(ed.root))
	}
	return ed, nil
}

// done returns the text with the piece in it, if that reads as the nodes say.
func (ed *editor) done() (*Edit, error) {
	piece, first := ed.piece, bytes.IndexByte(ed.src, '\n')
	if first > 0 && ed.src[first-1] == '\r' {
		piece = strings.ReplaceAll(strings.ReplaceAll(piece, "\r\n", "\n"), "\n", "\r\n")
	}
	above := 1 + bytes.Count(ed.src[:ed.from], []byte("\n"))
	text := slices.Concat(ed.src[:ed.from], []byte(piece), ed.src[ed.to:])
	p := &parser{file: ed.file}
	if root := p.document(text); root == nil || len(p.diags) > 0 || !alike(root, ed.root) {
		return nil, fmt.Errorf("%s:%d: the file is written in a way that this cannot be added to: add it by hand", ed.file, above)
	}
	return &Edit{
		Text:  text,
		Line:  above + strings.Count(ed.piece[:ed.head], "\n"),
		Lines: 1 + strings.Count(strings.TrimRight(ed.piece[ed.head:], "\r\n"), "\n"),
	}, nil
}

// alike compares what a gazetteer sees of nodes: neither quotes nor the breaks
// that end a text of several lines.
func alike(a, b *yaml.Node) bool {
	literal := func(n *yaml.Node) bool { return n.Tag == "!!null" || n.Tag == "!!bool" }
	value := func(n *yaml.Node) string {
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			return strings.TrimRight(n.Value, "\n")
		}
		return n.Value
	}
	return a.Kind == b.Kind && value(a) == value(b) && (a.Tag == b.Tag || !literal(a) && !literal(b)) &&
		slices.EqualFunc(a.Content, b.Content, alike)
}

// put is the edit: piece in the place of src[from:to].
func (ed *editor) put(from, to int, piece string) {
	ed.from, ed.to, ed.piece = from, to, piece
	ed.head = len(piece) - len(strings.TrimLeft(piece, ", \n"))
}

// putLines puts whole lines where a line begins, or behind the last one.
func (ed *editor) putLines(at int, lines string) {
	if at == len(ed.src) && at > 0 && ed.src[at-1] != '\n' {
		lines = "\n" + lines
	}
	ed.put(at, at, lines)
}

// addEntry writes an entry and puts it into the list under key.
func addEntry(file string, src []byte, key string, write func(*outputter)) (*Edit, error) {
	ed, err := newEditor(file, src)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	o := &outputter{w: bufio.NewWriter(&b), dash: true}
	write(o)
	o.w.Flush()
	entry, err := newPiece(b.String())
	if err != nil {
		return nil, err
	}
	entry.block, entry.node = b.String(), entry.node.Content[0]
	list := at(ed.root, key)
	switch {
	case list == ed.root:
		ed.section(key, entry)
	case list.Kind == yaml.SequenceNode && len(list.Content) == 0 && ed.root.Style&yaml.FlowStyle == 0, isNull(list):
		ed.firstEntry(list, entry)
	case list.Kind == yaml.SequenceNode:
		ed.item(list, entry)
	default:
		return nil, fmt.Errorf("%s: %s is a list, every entry of which begins with a dash", ed.pos(list), key)
	}
	return ed.done()
}

// A piece is one item to be added.
type piece struct {
	node  *yaml.Node
	block string // its lines, the first with a dash in column 3; "" where it is always one
	line  string // that one, as it stands outside brackets
}

// newPiece reads an item as it will be written. What it is made of may hold
// words that only the parser can judge, like a weight.
func newPiece(line string) (*piece, error) {
	doc, err := decode(yaml.NewDecoder(strings.NewReader(line)))
	if err != nil {
		return nil, fmt.Errorf("this cannot be written as YAML: %s", strings.TrimSpace(line))
	}
	return &piece{line: line, node: doc.Content[0]}, nil
}

// flow is the piece inside a list or mapping in brackets.
func (p *piece) flow() string { return flowText(p.node) }

// flowText writes a node on one line.
func flowText(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		items := make([]string, len(n.Content))
		for i, c := range n.Content {
			items[i] = flowText(c)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case yaml.MappingNode:
		pairs := make([]string, len(n.Content))
		for i, c := range n.Content {
			pairs[i] = flowText(c)
		}
		return flowMap(pairs...)
	}
	text := QuoteYAML(n.Value, true)
	if n.Style&yaml.DoubleQuotedStyle != 0 && text == n.Value {
		return `"` + text + `"` // family: "no"
	}
	return text
}

// lines writes the piece as an item of a block list.
func (p *piece) lines(dash, gap int) string {
	first := strings.Repeat(" ", dash) + "-" + strings.Repeat(" ", gap-1)
	if p.block == "" {
		return first + p.line + "\n"
	}
	var b strings.Builder
	for line := range strings.Lines(p.block) {
		b.WriteString(first + line[4:]) // the dash or its blanks
		first = strings.Repeat(" ", dash+gap)
	}
	return b.String()
}

// width is how long a line may become before a new one is begun.
const width = 110

// item puts a piece behind the last item of a list.
func (ed *editor) item(list *yaml.Node, p *piece) {
	defer func() { list.Content = append(list.Content, p.node) }()
	if list.Style&yaml.FlowStyle != 0 {
		ed.flowItem(list, p.flow())
		return
	}
	n := len(list.Content)
	last := list.Content[n-1]
	dash, gap := list.Column-1, last.Column-list.Column
	if gap < 2 { // the item begins below its dash
		gap = 2
	}
	lines := p.lines(dash, gap)
	if last.Style&yaml.FlowStyle != 0 && p.block != "" {
		one := &piece{line: p.flow()}
		if short := one.lines(dash, gap); utf8.RuneCountInString(short) <= width+1 {
			lines = short
		}
	}
	if n > 1 && ed.isBlank(ed.nextLine(ed.end(list.Content[n-2]))) {
		lines = "\n" + lines
	}
	ed.putLines(ed.below(last, dash), lines)
}

// flowItem puts text behind the last item of a list in brackets.
func (ed *editor) flowItem(list *yaml.Node, text string) {
	if len(list.Content) == 0 {
		begin := ed.offset(list) + 1
		ed.put(begin, begin, text)
		return
	}
	last := list.Content[len(list.Content)-1]
	begin, end := ed.offset(last), ed.end(last)
	start, next := ed.lineStart(begin), ed.nextLine(end)
	rest := strings.TrimSpace(string(ed.src[end:next]))
	head := string(ed.src[start:begin])
	indent := head[:len(head)-len(strings.TrimLeft(head, " "))]
	ownLine := indent == head && list.Line < last.Line
	long := list.Line < last.Line && utf8.RuneCount(ed.src[start:end])+len(text) > width
	after, comma := strings.CutPrefix(rest, ",")
	after = strings.TrimSpace(after)
	switch {
	case ownLine && comma && (after == "" || after[0] == '#'):
		ed.put(next, next, indent+text+",\n")
	case (ownLine || long) && !strings.Contains(rest, "#"):
		ed.put(end, end, ",\n"+indent+text)
	default:
		ed.put(end, end, ", "+text)
	}
}

// firstEntry begins the list of a key that has none, or [].
func (ed *editor) firstEntry(list *yaml.Node, p *piece) {
	key := ed.keyOf(ed.root, list)
	from := ed.colon(key) + 1
	defer func() { *list = yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{p.node}} }()
	to := max(ed.end(list), from)
	if ed.root.Style&yaml.FlowStyle != 0 {
		ed.put(from, to, " ["+p.flow()+"]")
		return
	}
	next := ed.nextLine(to)
	rest := strings.TrimRight(string(ed.src[to:next]), "\r\n")
	ed.put(from, next, rest+"\n"+p.lines(key.Column+1, 2))
	ed.head = len(rest) + 1
}

// section begins a list at the end of the file.
func (ed *editor) section(key string, p *piece) {
	root := ed.root
	defer func() {
		root.Content = append(root.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key},
			&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{p.node}})
	}()
	if root.Style&yaml.FlowStyle != 0 {
		ed.flowKey(root, len(root.Content)-1, key+": ["+p.flow()+"]")
		return
	}
	begin := len(ed.src)
	behind := ed.nextLine(ed.end(root))
	if bytes.Contains(ed.src[max(behind-1, 0):], []byte("\n...")) { // the end of the document, in YAML
		begin = behind
	}
	indent := strings.Repeat(" ", root.Column-1)
	entry := p.lines(root.Column+1, 2)
	lines := indent + key + ":\n" + entry
	if s := strings.TrimRight(string(ed.src[:begin]), " \r"); !strings.HasSuffix(s, "\n\n") && !strings.HasSuffix(s, "\n\r\n") {
		lines = "\n" + lines
	}
	ed.putLines(begin, lines)
	ed.head = len(ed.piece) - len(entry)
}

// flowKey puts a key and its value behind the i-th node of a mapping in braces.
func (ed *editor) flowKey(m *yaml.Node, i int, text string) {
	begin := ed.offset(m) + 1
	if i >= 0 {
		begin, text = ed.end(m.Content[i]), ", "+text
	}
	ed.put(begin, begin, text)
}

// beforeAliases are the keys behind which the lists of names stand, in the
// order in which Write has them.
var beforeAliases = []string{"id", "name", "type", "override", "extend"}

// alias puts an alias into one of the lists of an entity.
func (ed *editor) alias(m *yaml.Node, key string, a *Alias) error {
	p, err := newPiece(aliasFlow(a, false))
	if err != nil {
		return err
	}
	list := at(m, key)
	switch {
	case list == m:
		ed.aliasKey(m, key, p)
	case list.Kind == yaml.SequenceNode:
		ed.item(list, p)
	case isNull(list):
		from := ed.colon(ed.keyOf(m, list)) + 1
		ed.put(from, max(ed.end(list), from), " ["+p.flow()+"]")
		*list = yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{p.node}}
	case list.Kind == yaml.MappingNode && list.Style&yaml.FlowStyle == 0:
		return fmt.Errorf("%s: %s is one alias over several lines: put a dash before it, so that others can follow", ed.pos(list), key)
	default:
		ed.becomeList(list, p)
	}
	return nil
}

// aliasKey begins a list of an entity that has none.
func (ed *editor) aliasKey(m *yaml.Node, key string, p *piece) {
	known := beforeAliases
	if key == "weak" {
		known = append(slices.Clip(known), "aliases")
	}
	i := len(m.Content) - 1
	for i > 1 && !slices.Contains(known, m.Content[i-1].Value) {
		i -= 2
	}
	text := key + ": [" + p.flow() + "]"
	if m.Style&yaml.FlowStyle != 0 {
		ed.flowKey(m, i, text)
	} else {
		ed.putLines(ed.below(m.Content[i], m.Column-1), strings.Repeat(" ", m.Column-1)+text+"\n")
	}
	m.Content = slices.Insert(m.Content, i+1, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key},
		&yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{p.node}})
}

// becomeList makes a list of an alias that stands by itself.
func (ed *editor) becomeList(n *yaml.Node, p *piece) {
	begin, end := ed.offset(n), ed.end(n)
	first := *n
	text := string(ed.src[begin:end])
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 {
		first.Value = strings.TrimRight(n.Value, "\n")
		text = QuoteYAML(first.Value, true)
	}
	ed.put(begin, end, "["+text+", "+p.flow()+"]")
	*n = yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{&first, p.node}}
}
