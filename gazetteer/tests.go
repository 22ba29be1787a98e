package gazetteer

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/models"

	"gopkg.in/yaml.v3"
)

// A Test is an article with what has to be found in it and what must not be.
// Its file, *_test.yaml, lies beside a pack and is no part of it.
type Test struct {
	Name        String // "" if it has none
	Title       String
	Text        String // as written, less the line ends of a block
	Date        models.Date
	Entities    []Expected // each must be mentioned
	NotEntities []Expected // none may be mentioned
	Topics      []String   // each must be given
	NotTopics   []String   // none may be given
	Todo        bool       // a known gap: that it fails is no news
	Pos         Pos
}

// Expected are mentions of an entity. What is not set does not matter.
type Expected struct {
	ID    String
	Quote String // the words of the mention, white space aside
	Type  String // of the mention, which is not always the entity's
	Count int    // how many of them exactly; 0 is at least one
}

var (
	testFileKeys = []string{"tests", "version"}
	testKeys     = []string{
		"date", "entities", "name", "not_entities", "not_topics", "text", "title", "todo", "topics",
	}
	expectedKeys    = []string{"count", "id", "quote", "type"}
	notExpectedKeys = []string{"id", "quote", "type"}
)

// Tests are the tests beside a pack, with the files that they stand in.
type Tests struct {
	All   []*Test
	Files []File
}

// LoadTests reads the tests beside the packs that g was loaded from, in the
// order of the packs and their files: those beside the packs that were asked
// for, and with all those beside the packs below, too. In a folder every
// *_test.yaml and *_test.yml counts; beside X.yaml it is X_test.yaml.
//
// The Diagnostics are those of the files of tests alone, sorted by place. The
// error is for what could not be read.
func LoadTests(g *Gazetteer, all bool) (*Tests, Diagnostics, error) {
	tests := &Tests{}
	m := &merger{former: g.former, gone: g.gone}
	for _, pack := range g.Packs {
		if !pack.Asked && !all {
			continue
		}
		files, err := pack.source.testFiles()
		if err != nil {
			return nil, nil, fmt.Errorf("cannot read the tests of %s: %w", pack.Path, trimPath(err, pack.source.path))
		}
		for _, f := range files {
			p := &parser{file: f.show}
			if root := p.document(f.src); root != nil {
				tests.All = append(tests.All, p.testFile(root)...)
			}
			tests.Files = append(tests.Files, File{f.show, f.src})
			m.diags = append(m.diags, p.diags...)
		}
	}
	c := newChecker(m, g)
	for _, t := range tests.All {
		c.test(t)
	}
	return tests, m.diags.Sort(), nil
}

// testFile reads a file of tests.
func (p *parser) testFile(root *yaml.Node) []*Test {
	var out []*Test
	p.version(root)
	for k, v := range p.fields(root, "a file of tests", testFileKeys) {
		if k != "tests" {
			continue
		}
		for _, item := range p.entries(v, k) {
			if t := p.test(item); item.Kind == yaml.MappingNode {
				out = append(out, t)
			}
		}
	}
	if root.Kind == yaml.MappingNode && at(root, "tests") == root {
		p.report(root, missingKey, "a file of tests needs tests: with its tests")
	}
	return out
}

func (p *parser) test(n *yaml.Node) *Test {
	t := &Test{Pos: p.pos(n)}
	for k, v := range p.fields(n, "a test", testKeys) {
		switch k {
		case "name":
			t.Name = p.name(v, k)
		case "title":
			t.Title, _ = p.scalar(v, k)
		case "text":
			t.Text, _ = p.scalar(v, k)
		case "date":
			t.Date = p.date(v, k)
		case "entities":
			t.Entities = p.expectations(v, k, expectedKeys)
		case "not_entities":
			t.NotEntities = p.expectations(v, k, notExpectedKeys)
		case "topics":
			t.Topics = p.ids(v, k)
		case "not_topics":
			t.NotTopics = p.ids(v, k)
		case "todo":
			t.Todo = p.boolean(v, k)
		}
	}
	p.completeTest(n)
	return t
}

// completeTest says what a test lacks.
func (p *parser) completeTest(n *yaml.Node) {
	has := func(key string) bool {
		v := at(n, key)
		return v != n && (v.Kind != yaml.SequenceNode || len(v.Content) > 0)
	}
	switch {
	case n.Kind != yaml.MappingNode:
	case !has("text") && !has("title"):
		p.report(n, missingKey, "a test needs an article: write a text or a title")
	case !slices.ContainsFunc([]string{"entities", "not_entities", "topics", "not_topics"}, has):
		p.report(n, missingKey, "a test needs something to hold: entities, not_entities, topics or not_topics")
	}
}

// expectations reads ids of entities, and the long form, which narrows.
func (p *parser) expectations(n *yaml.Node, key string, allowed []string) []Expected {
	var out []Expected
	for _, item := range p.list(n, key) {
		var x Expected
		if item.Kind != yaml.MappingNode {
			x.ID = p.id(item, key)
		} else {
			x = p.expected(item, key, allowed)
		}
		if x.ID.Value != "" {
			out = append(out, x)
		}
	}
	return out
}

func (p *parser) expected(n *yaml.Node, key string, allowed []string) Expected {
	var x Expected
	for k, v := range p.fields(n, "the long form of "+key, allowed) {
		switch k {
		case "id":
			x.ID = p.id(v, k)
		case "quote":
			x.Quote = p.prose(v, k)
		case "type":
			x.Type = p.id(v, k)
		case "count":
			x.Count = p.count(v, k)
		}
	}
	if at(n, "id") == n {
		p.report(n, missingKey, "the long form of %s needs the id of an entity", key)
	}
	return x
}

// test follows the references of a test, drops those that lead nowhere, and
// reports what no article could meet, or none could fail.
func (c *checker) test(t *Test) {
	t.Entities = c.expectations(t, t.Entities)
	t.NotEntities = c.expectations(t, t.NotEntities)
	t.Topics = c.knownTopics(t.Topics)
	t.NotTopics = c.knownTopics(t.NotTopics)
	for _, x := range t.NotEntities {
		if slices.ContainsFunc(t.Entities, func(y Expected) bool { return y.within(x) }) {
			c.add(x.ID.Pos, impossibleTest, "the entity %s is expected and excluded: no article can meet both", quote(x.ID.Value))
		}
	}
	for _, id := range t.NotTopics {
		if slices.ContainsFunc(t.Topics, func(other String) bool { return other.Value == id.Value }) {
			c.add(id.Pos, impossibleTest, "the topic %s is expected and excluded: no article can meet both", quote(id.Value))
		}
	}
}

// within reports whether whatever meets x meets y.
func (x Expected) within(y Expected) bool {
	return x.ID.Value == y.ID.Value && (y.Quote.Value == "" || SameWords(x.Quote.Value, y.Quote.Value)) &&
		(y.Type.Value == "" || x.Type.Value == y.Type.Value)
}

func (c *checker) expectations(t *Test, from []Expected) []Expected {
	var out []Expected
	for _, x := range from {
		known := c.follow(RefEntity, &x.ID)
		if x.Type.Value != "" && !c.follow(RefType, &x.Type) {
			known = false
		}
		words := oneLine(x.Quote.Value)
		if !strings.Contains(oneLine(t.Text.Value), words) && !strings.Contains(oneLine(t.Title.Value), words) {
			c.add(x.Quote.Pos, impossibleTest, "the quote %s does not stand in the article", quote(words))
		}
		if known {
			out = append(out, x)
		}
	}
	return out
}

func (c *checker) knownTopics(ids []String) []String {
	var out []String
	for _, id := range ids {
		if c.follow(RefTopic, &id) {
			out = append(out, id)
		}
	}
	return out
}

// SameWords reports whether two quotes are equal but for their white space: a
// name may be broken over two lines.
func SameWords(a, b string) bool { return oneLine(a) == oneLine(b) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
