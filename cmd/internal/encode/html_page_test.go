package encode_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// This file reads reports as a browser does and holds what is true of all.

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// find returns the elements of a name ("" for any) that have the class, if one
// is given, in the order of the page.
func find(n *html.Node, name, class string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (name == "" || d.Data == name) && (class == "" || hasClass(d, class)) {
			out = append(out, d)
		}
	}
	return out
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), class)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// skeleton is the elements of a page and the names of their attributes, with
// the classes, which are never data. Isolates of invisible characters are left
// out.
func skeleton(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		shown := n.Type != html.TextNode && !hasClass(n, "k")
		if shown {
			b.WriteByte('<')
			if n.Type == html.ElementNode {
				b.WriteString(n.Data)
			}
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
			}
			b.WriteString(attr(n, "class"))
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if shown {
			b.WriteByte('>')
		}
	}
	walk(n)
	return b.String()
}

// toX returns a text of as many characters, all of them harmless.
func toX(s string) string { return strings.Repeat("x", len([]rune(s))) }

// shown returns s as a page can hold it.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 0 {
			return '\uFFFD'
		}
		return r
	}, s)
}

var (
	anchor = regexp.MustCompile(`^(index|a[0-9]+([mtp][0-9]+([cx][0-9]+)?)?)$`)
	target = regexp.MustCompile(`^(#.*|https://www\.wikidata\.org/wiki/[QPL][0-9]+)$`)
	words  = regexp.MustCompile(`^[a-z ]*$`)
)

// allowed are the elements and the attributes of a report.
var (
	allowed = strings.Fields("html head meta title style body header main nav article section h1 h2 h3 h4 p ul ol li dl div dt dd " +
		"table caption thead tbody tr th td a bdi code mark meter span details summary")
	allowedAttr = strings.Fields("lang charset http-equiv content name class id href rel title dir tabindex data-t data-k data-h " +
		"aria-label aria-hidden value open scope")
)

// checkPage holds what is true of every report of these records.
func checkPage(t testing.TB, page string, recs ...*models.Record) {
	t.Helper()
	doc := parse(t, page)
	checkMarkup(t, doc)
	checkAnchors(t, doc)
	articles := find(doc, "article", "")
	if len(articles) != len(recs) {
		t.Fatalf("got %d articles, want %d", len(articles), len(recs))
	}
	for i, rec := range recs {
		if got, want := textOf(find(articles[i], "div", "text")[0]), shown(rec.Text); got != want {
			t.Errorf("article %d: the text is not the record's: %s", i, firstDiff(got, want))
		}
		if titles := find(articles[i], "span", "title"); rec.Title != "" && textOf(titles[0]) != shown(rec.Title) {
			t.Errorf("article %d: got title %q, want %q", i, textOf(titles[0]), shown(rec.Title))
		}
		if diff := cmp.Diff(countPage(articles[i]), countRecord(rec)); diff != "" {
			t.Errorf("article %d: counts (-page +record):\n%s", i, diff)
		}
	}
}

// checkMarkup holds that every element and attribute is one of a report's own.
func checkMarkup(t testing.TB, doc *html.Node) {
	t.Helper()
	for n := range doc.Descendants() {
		switch n.Type {
		case html.TextNode, html.DoctypeNode:
		case html.ElementNode:
			if n.Namespace != "" || !slices.Contains(allowed, n.Data) {
				t.Fatalf("the page has an element %s", n.Data)
			}
		default:
			t.Fatalf("the page has a node %q that is no element", n.Data)
		}
		for _, a := range n.Attr {
			ok := slices.Contains(allowedAttr, a.Key)
			switch a.Key {
			case "class":
				ok = words.MatchString(a.Val)
			case "href":
				ok = target.MatchString(a.Val)
			case "id":
				ok = anchor.MatchString(a.Val)
			}
			if !ok {
				t.Fatalf("<%s> has an attribute %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
}

// checkAnchors holds that anchors are unique and links lead somewhere.
func checkAnchors(t testing.TB, doc *html.Node) {
	t.Helper()
	ids := map[string]bool{}
	for _, n := range find(doc, "", "") {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("anchor %s is there twice", id)
			}
			ids[id] = true
		}
	}
	for _, n := range find(doc, "a", "") {
		if id, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && !ids[id] {
			t.Errorf("the link %q leads to %s, which is nowhere", textOf(n), id)
		}
	}
}

// countPage counts what an article shows, countRecord what it is to show.
func countPage(article *html.Node) map[string]int {
	counts := map[string]int{"mentions": 0, "undecided": 0, "rows of names": 0, "topics": 0, "clues": 0, "counter": 0, "quotes": 0}
	depth := func(n *html.Node) (d int) {
		for range n.Ancestors() {
			d++
		}
		return d
	}
	for _, n := range find(article, "mark", "") {
		if depth(n) > 100 {
			panic("marks are too deep")
		}
		switch {
		case hasClass(n, "c"):
		case hasClass(n, "u"):
			counts["undecided"]++
		case hasClass(n, "m"):
			counts["mentions"]++
		}
	}
	for name, class := range map[string]string{"rows of names": "names", "clues": "clues", "counter": "counter"} {
		for _, table := range find(article, "table", class) {
			counts[name] += len(find(table, "tr", "")) - 1
		}
	}
	for _, cell := range find(article, "td", "quotes") {
		counts["quotes"] += len(find(cell, "a", ""))
	}
	counts["topics"] = len(find(article, "section", "topic"))
	for _, row := range find(article, "td", "n") {
		if attr(row, "data-h") == "mentions" && row.Parent.Parent.Parent.Data == "table" && hasClass(row.Parent.Parent.Parent, "names") {
			n, err := strconv.Atoi(textOf(row))
			if err != nil {
				panic(err)
			}
			counts["sum of counts"] += n
		}
	}
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 0 })
	return counts
}

func countRecord(rec *models.Record) map[string]int {
	counts := map[string]int{"undecided": len(rec.Undecided), "rows of names": len(rec.Entities), "topics": len(rec.Topics)}
	for i := range rec.Entities {
		counts["mentions"] += len(rec.Entities[i].Mentions)
		counts["sum of counts"] += rec.Entities[i].Count
	}
	for i := range rec.Topics {
		counts["clues"] += len(rec.Topics[i].Clues)
		counts["counter"] += len(rec.Topics[i].Counter)
		for _, c := range slices.Concat(rec.Topics[i].Clues, rec.Topics[i].Counter) {
			counts["quotes"] += len(c.Spans)
		}
	}
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 0 })
	return counts
}

func firstDiff(got, want string) string {
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	return fmt.Sprintf("at byte %d got %.20q, want %.20q", i, got[i:], want[i:])
}

// FuzzHTML holds that no text becomes markup, that the page shows it whole, and
// that marks may overlap in any way.
func FuzzHTML(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, hostile[(i+1)%len(hostile)], hostile[(i+2)%len(hostile)], []byte{0, 9, 3, 7, 2, 40, 5, 6, 0, 255, 1, 30})
	}
	f.Fuzz(func(t *testing.T, title, text, name string, spans []byte) {
		rec := scattered(title, text, name, spans)
		got := page(t, name, rec, rec)
		checkPage(t, got, rec, rec)
		plain := scattered(toX(title), toX(text), toX(name), spans)
		if a, b := skeleton(parse(t, got)), skeleton(parse(t, page(t, toX(name), plain, plain))); a != b {
			t.Errorf("the elements are not those of a plain text: %s", firstDiff(a, b))
		}
	})
}

// scattered is spread with spans of its own, each of which is two bytes of
// spans: where it begins and how long it is, in characters of the text.
func scattered(title, text, name string, spans []byte) *models.Record {
	rec := spread(name)
	rec.Title, rec.Text = title, text
	rec.Entities[0].Mentions, rec.Undecided, rec.Topics[0].Clues, rec.Topics[0].Counter = nil, nil, nil, nil
	var borders []int
	for i := range text {
		borders = append(borders, i)
	}
	borders = append(borders, len(text))
	for i := 0; i+1 < len(spans) && i < 200 && len(text) > 0; i += 2 {
		start := int(spans[i]) % (len(borders) - 1)
		end := min(start+1+int(spans[i+1]), len(borders)-1)
		p := models.Place{Field: models.Text, Span: models.Span{Start: borders[start], End: borders[end]}}
		evidence := models.Clue{Name: name, Spans: []models.Evidence{{Place: p, Quote: text[p.Start:p.End], By: name}}}
		switch e, topic := &rec.Entities[0], &rec.Topics[0]; i / 2 % 4 {
		case 0, 1:
			e.Mentions = append(e.Mentions, models.Mention{Place: p, Alias: name})
		case 2:
			rec.Undecided = append(rec.Undecided, models.Undecided{Place: p, Quote: name})
			topic.Counter = append(topic.Counter, evidence)
		case 3:
			topic.Clues = append(topic.Clues, evidence)
		}
	}
	return rec
}

// TestHTMLContrast holds WCAG's AA for every pair of colours that text stands
// in, light and dark.
func TestHTMLContrast(t *testing.T) {
	css, err := os.ReadFile("html.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := strings.SplitN(string(css), "@media (prefers-color-scheme: dark)", 2)
	if len(schemes) != 2 {
		t.Fatal("the style sheet has no dark scheme")
	}
	pairs := strings.Fields("ink/paper soft/paper link/paper ink/panel soft/panel link/panel doubt/paper ink/target link/target soft/target " +
		"ink/per per-ink/per per-ink/paper ink/org org-ink/org org-ink/paper ink/loc loc-ink/loc loc-ink/paper " +
		"ink/nrp nrp-ink/nrp nrp-ink/paper ink/oth oth-ink/oth oth-ink/paper doubt/per doubt/org doubt/loc doubt/nrp doubt/oth")
	for i, scheme := range []string{"light", "dark"} {
		colours := map[string]string{}
		for _, m := range colour.FindAllStringSubmatch(schemes[i], -1) {
			colours[m[1]] = m[2]
		}
		for _, pair := range pairs {
			ink, ground, _ := strings.Cut(pair, "/")
			a, b := luminance(t, colours[ink]), luminance(t, colours[ground])
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f, want 4.5", scheme, pair, ratio)
			}
		}
	}
}

var colour = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`)

// luminance is WCAG's relative luminance of a colour.
func luminance(t testing.TB, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 24)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xFF) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
