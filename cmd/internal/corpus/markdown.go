package corpus

import (
	"bufio"
	"bytes"
	"strings"

	"wiretag/models"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// readMarkdown makes one article of a Markdown text: its words without the
// marks. Front matter is a few lines "key: value" between lines of ---; title,
// date and id are read from it. Without a title there, the first heading of
// the first level is it.
func (c *Corpus) readMarkdown(s source, in *bufio.Reader, yield yieldFunc) bool {
	if p := c.whole(&s, in); p != nil {
		return yield(models.Document{}, p)
	}
	doc := c.document(s.path, Markdown, c.buf)
	front, body := frontMatter(bytes.TrimPrefix(c.buf, utf8BOM))
	date := c.opts.Fields.fromPairs(&doc, front)
	if intricate(body) {
		doc.Text = string(body)
		c.setDate(&doc, date)
		return yield(doc, nil) && yield(models.Document{}, note(s.path, "nests its marks too deep for Markdown; read as plain text, marks and all"))
	}
	fillMarkdown(&doc, body)
	c.setDate(&doc, date)
	return yield(doc, nil)
}

// fillMarkdown makes the text, and the title unless there is one.
func fillMarkdown(doc *models.Document, body []byte) {
	m := markdownWriter{src: body}
	tree := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote)).
		Parser().Parse(text.NewReader(body))
	if doc.Title == "" {
		if h := firstHeading(tree); h != nil {
			m.inline(h)
			doc.Title = m.take()
			h.Parent().RemoveChild(h.Parent(), h)
		}
	}
	m.blocks(tree)
	doc.Text = m.take()
}

// hasFrontMatter says whether head begins with front matter.
func hasFrontMatter(head []byte) bool {
	return bytes.HasPrefix(head, []byte("---\n")) || bytes.HasPrefix(head, []byte("---\r\n"))
}

// A pair is a line of front matter, a meta element or a header.
type pair struct{ key, value string }

// frontMatter parts a text into the pairs before its body and the body.
func frontMatter(src []byte) (pairs []pair, body []byte) {
	if !hasFrontMatter(src) {
		return nil, src
	}
	_, rest, _ := bytes.Cut(src, []byte("\n"))
	for len(rest) > 0 {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimSpace(line)
		if string(line) == "---" || string(line) == "..." {
			return pairs, rest
		}
		if key, value, ok := strings.Cut(string(line), ":"); ok && key != "" && key[0] != '#' {
			pairs = append(pairs, pair{strings.TrimSpace(key), unquoted(strings.TrimSpace(value))})
		}
	}
	return nil, src // a line of --- that nothing closes is a rule
}

// unquoted takes one pair of quotes off a value.
func unquoted(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}

// fromPairs sets what pairs say of an article, and returns the date.
func (f *Fields) fromPairs(doc *models.Document, pairs []pair) (date string) {
	for _, w := range f.wants() {
		for _, p := range pairs {
			if !strings.EqualFold(p.key, w.path) || p.value == "" {
				continue
			}
			switch w.part {
			case partID:
				doc.ID = p.value
			case partTitle:
				doc.Title = p.value
			case partDate:
				date = p.value
			case partKept:
				doc.Meta = append(doc.Meta, models.Meta{Key: w.path, JSON: quoteJSON(p.value)})
			}
			break
		}
	}
	return date
}

// firstHeading returns the first heading of the first level, or nil.
func firstHeading(tree ast.Node) *ast.Heading {
	for n := tree.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			return h
		}
	}
	return nil
}

// A markdownWriter writes the words of a tree. Blocks are parted by blank
// lines.
type markdownWriter struct {
	src []byte
	out strings.Builder
	gap bool // a blank line is due before the next words
}

// take returns what was written and begins anew.
func (m *markdownWriter) take() string {
	s := strings.TrimSpace(m.out.String())
	m.out.Reset()
	m.gap = false
	return s
}

// blocks writes the blocks below a node.
func (m *markdownWriter) blocks(n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.ThematicBreak:
			m.gap = true
		case *ast.HTMLBlock:
			m.page(child)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			m.code(child)
		case *east.TableHeader, *east.TableRow:
			m.row(child)
		default:
			if child.Type() == ast.TypeInline {
				m.inlineNode(child)
				continue
			}
			m.gap = true
			m.blocks(child)
			m.gap = true
		}
	}
}

// code writes the lines of a block of code as they are.
func (m *markdownWriter) code(n ast.Node) {
	m.gap = true
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		m.write(string(line.Value(m.src)))
	}
	m.gap = true
}

// page writes the words of a block of HTML.
func (m *markdownWriter) page(n *ast.HTMLBlock) {
	var block []byte
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		block = append(block, line.Value(m.src)...)
	}
	if n.HasClosure() {
		block = append(block, n.ClosureLine.Value(m.src)...)
	}
	m.gap = true
	if tree, err := html.Parse(bytes.NewReader(block)); err == nil {
		m.write(textOf(tree))
	}
	m.gap = true
}

// row writes a row of a table on a line, its cells parted by tabs.
func (m *markdownWriter) row(n ast.Node) {
	gap := ""
	for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if cell.HasChildren() {
			m.write(gap)
			m.inline(cell)
			gap = ""
		}
		gap += "\t"
	}
	m.write("\n")
}

// inline writes the words below a node.
func (m *markdownWriter) inline(n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		m.inlineNode(child)
	}
}

func (m *markdownWriter) inlineNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		m.write(string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(n.Segment.Value(m.src))))))
		if n.SoftLineBreak() || n.HardLineBreak() {
			m.write("\n")
		}
	case *ast.String:
		m.write(string(n.Value))
	case *ast.CodeSpan:
		for t := n.FirstChild(); t != nil; t = t.NextSibling() {
			if t, ok := t.(*ast.Text); ok {
				m.write(string(t.Segment.Value(m.src)))
			}
		}
	case *ast.AutoLink:
		m.write(string(n.Label(m.src)))
	case *ast.RawHTML, *east.FootnoteLink, *east.FootnoteBacklink:
	default:
		m.inline(n)
	}
}

// write writes words, after the blank line that may be due.
func (m *markdownWriter) write(s string) {
	if s == "" {
		return
	}
	if m.gap && m.out.Len() > 0 {
		m.out.WriteString("\n\n")
	}
	m.gap = false
	m.out.WriteString(s)
}
