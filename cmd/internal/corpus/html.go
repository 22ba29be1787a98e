package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"wiretag/models"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxElements is how many elements of a page are searched for its main text;
// of a larger page all text is taken.
const maxElements = 20_000

// readHTML makes one article of the main text of a page, as browsers find it
// for their reading view. If they would find none, it is the whole text. The
// encoding is that of --encoding, or what the page says by the rules of the
// web.
func (c *Corpus) readHTML(s source, in *bufio.Reader, yield yieldFunc) bool {
	if err := c.fill(in, s.size); err != nil {
		return yield(models.Document{}, problem(s.path, classOf(err), err))
	}
	page, err := c.pageText()
	if err != nil {
		return yield(models.Document{}, problem(s.path, ClassEncoding, err))
	}
	doc := c.document(s.path, HTML, c.buf)
	date, err := c.opts.Fields.fromPage(&doc, page)
	if err != nil {
		return yield(models.Document{}, problem(s.path, ClassFormat, err))
	}
	c.setDate(&doc, date)
	return yield(doc, nil)
}

// pageText returns the page in c.buf as UTF-8.
func (c *Corpus) pageText() ([]byte, error) {
	if c.decoding != nil {
		return c.buf, nil
	}
	e, name, _ := charset.DetermineEncoding(c.buf, "")
	if name == "utf-8" {
		_, err := c.checkCharacters(c.buf, 0)
		return c.buf, err
	}
	if sure := bytes.Contains(bytes.ToLower(c.buf[:min(len(c.buf), 1024)]), []byte("charset")); !sure {
		if at := invalidUTF8(c.buf); at < 0 {
			return c.buf, nil
		}
	}
	page, err := e.NewDecoder().Bytes(c.buf)
	if err != nil {
		return nil, fmt.Errorf("not %s, which it says it is: %w", name, err)
	}
	return page, nil
}

// fromPage sets the parts of an article that a page has, and returns the date.
func (f *Fields) fromPage(doc *models.Document, page []byte) (date string, err error) {
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return "", errors.New(strings.TrimPrefix(err.Error(), "html: "))
	}
	pairs := metaOf(tree)
	article := mainPart(tree) // which takes the tree apart
	if article.Node != nil {
		doc.Text = textOf(article.Node)
	}
	if doc.Text == "" {
		if tree, err := html.Parse(bytes.NewReader(page)); err == nil {
			doc.Text = textOf(tree)
		}
	}
	if doc.Text == "" {
		return "", errors.New("the page holds no text")
	}
	id := doc.ID
	date = f.fromPairs(doc, pairs)
	if f.ID == "" {
		doc.ID = id
	}
	if f.Title == "" || doc.Title == "" {
		doc.Title = cmp.Or(oneLine(article.Title()), oneLine(valueOf(pairs, "og:title", "<title>")))
	}
	if t, err := article.PublishedTime(); err == nil && f.Date == "" {
		date = t.Format(time.RFC3339)
	}
	return date, nil
}

// mainPart finds the article of a page. A page on which the library panics has
// none.
func mainPart(tree *html.Node) (article readability.Article) {
	defer func() {
		if recover() != nil {
			article = readability.Article{}
		}
	}()
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	article, err := parser.ParseDocument(tree, &url.URL{})
	if err != nil {
		return readability.Article{}
	}
	return article
}

// metaOf lists what the head of a page says: its meta elements by name or
// property, its canonical address as url, its title as <title>.
func metaOf(tree *html.Node) []pair {
	var pairs []pair
	for n := range tree.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Meta:
			if key := attribute(n, "property", "name", "itemprop"); key != "" {
				pairs = append(pairs, pair{key, strings.TrimSpace(attribute(n, "content"))})
			}
		case n.DataAtom == atom.Link && strings.EqualFold(attribute(n, "rel"), "canonical"):
			pairs = append([]pair{{"url", attribute(n, "href")}}, pairs...)
		case n.DataAtom == atom.Title && n.FirstChild != nil:
			pairs = append(pairs, pair{"<title>", n.FirstChild.Data})
		}
	}
	if address := valueOf(pairs, "og:url"); address != "" {
		pairs = append(pairs, pair{"url", address})
	}
	return pairs
}

// valueOf returns the value of the first key that has one.
func valueOf(pairs []pair, keys ...string) string {
	for _, k := range keys {
		for _, p := range pairs {
			if p.key == k && p.value != "" {
				return p.value
			}
		}
	}
	return ""
}

// attribute returns the first of the attributes that a node has.
func attribute(n *html.Node, keys ...string) string {
	for _, k := range keys {
		for _, a := range n.Attr {
			if a.Key == k && a.Val != "" {
				return a.Val
			}
		}
	}
	return ""
}

// A pageWriter writes the text of a page as a browser shows it: blocks parted
// by blank lines, white space as one blank.
type pageWriter struct {
	out   strings.Builder
	gap   string // what is due before the next words
	space bool   // a blank is due, too
}

func textOf(n *html.Node) string {
	var w pageWriter
	w.node(n, false)
	return w.out.String()
}

// node writes a node and what is below it. The parser nests no deeper than 512.
func (w *pageWriter) node(n *html.Node, pre bool) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data, pre)
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Svg, atom.Math,
			atom.Iframe, atom.Object, atom.Nav, atom.Button, atom.Select, atom.Textarea:
			return
		case atom.Br:
			w.due("\n")
			return
		case atom.Td, atom.Th:
			w.due("\t")
		case atom.Tr, atom.Dt, atom.Dd:
			w.due("\n")
		}
	}
	block := n.Type == html.ElementNode && isBlock(n.DataAtom)
	if block {
		w.due("\n\n")
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		w.node(child, pre || n.DataAtom == atom.Pre)
	}
	if block {
		w.due("\n\n")
	}
}

// due asks for a gap before the next words; the longer of two stays.
func (w *pageWriter) due(gap string) {
	if len(gap) > len(w.gap) || w.gap == "\t" {
		w.gap = gap
	}
}

func (w *pageWriter) text(s string, pre bool) {
	for len(s) > 0 {
		blanks := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
		if blanks > 0 {
			if pre && strings.Contains(s[:blanks], "\n") {
				w.due("\n")
			}
			w.space = true
			s = s[blanks:]
			continue
		}
		end := strings.IndexFunc(s, unicode.IsSpace)
		if end < 0 {
			end = len(s)
		}
		w.word(s[:end])
		s = s[end:]
	}
}

func (w *pageWriter) word(s string) {
	switch {
	case w.out.Len() == 0:
	case w.gap != "":
		w.out.WriteString(w.gap)
	case w.space:
		w.out.WriteByte(' ')
	}
	w.gap, w.space = "", false
	w.out.WriteString(s)
}

// isBlock says whether a browser begins a new line before and after it.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Details,
		atom.Dialog, atom.Div, atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Html, atom.Li,
		atom.Main, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Ul:
		return true
	}
	return false
}

// oneLine makes every run of white space one blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
