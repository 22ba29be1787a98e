package packtest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
)

// A Kind says where a case was written.
type Kind string

// The kinds of case.
const (
	Example        Kind = "example"
	CounterExample Kind = "counter-example"
	Test           Kind = "test" // of a file of tests
)

// A Case is an article and what has to be found in it or must not be.
type Case struct {
	Kind Kind
	// Entry is the entity or topic that an example belongs to, as a reference:
	// "entity:zoom". A test has none.
	Entry string
	// Name is an example as written, on one line, or what a test is called: its
	// name, else its title, else the beginning of its text.
	Name string
	Pos  gazetteer.Pos
	Todo bool // a known gap

	doc    models.Document
	draft  bool // drafts are given, too
	claims []claim
}

// Title is what a case is called in a list: the id of its entry, or its name.
func (c *Case) Title() string {
	if _, id, ok := strings.Cut(c.Entry, ":"); ok {
		return id
	}
	return c.Name
}

// A claim is one thing that has to be so in an article.
type claim struct {
	kind gazetteer.RefKind // entity or topic
	not  bool              // it must not be so
	// at is where a mark stands in the text: a mention or evidence has to cover
	// it exactly, or must not touch it.
	at                 *models.Span
	gazetteer.Expected // of a topic the id alone
}

// Options say what is run. The zero value runs what stands in the files of the
// packs that were asked for, on all processors.
type Options struct {
	All     bool     // what stands in the packs below, too
	Only    []string // ids or references; nothing else is run, unless there are none
	Workers int      // 0 is one per processor
}

// wants reports whether an entry is to be run.
func (o *Options) wants(kind gazetteer.RefKind, id string) bool {
	return len(o.Only) == 0 || slices.Contains(o.Only, id) || slices.Contains(o.Only, string(kind)+":"+id)
}

// Knows reports whether g has an entity or a topic that only names, as in
// Options.
func Knows(g *gazetteer.Gazetteer, only string) bool {
	o := Options{Only: []string{only}}
	return slices.ContainsFunc(g.Entities, func(e *gazetteer.Entity) bool { return o.wants(gazetteer.RefEntity, e.ID.Value) }) ||
		slices.ContainsFunc(g.Topics, func(t *gazetteer.Topic) bool { return o.wants(gazetteer.RefTopic, t.ID.Value) })
}

// Cases returns what there is to run: the examples of entities, then those of
// topics, then the tests, each in the order of their files. A retired topic,
// which is never given, has none.
func Cases(g *gazetteer.Gazetteer, tests []*gazetteer.Test, opts Options) []Case {
	l := &lister{opts: opts, files: map[string]bool{}, drafts: map[string]bool{}}
	for _, p := range g.Packs {
		for _, f := range p.Files {
			l.files[f.Name] = l.files[f.Name] || p.Asked || opts.All
		}
	}
	for _, e := range g.Entities {
		l.examples(gazetteer.RefEntity, e.ID.Value, e.Examples, e.CounterExamples)
	}
	for _, t := range g.Topics {
		l.drafts[t.ID.Value] = t.Status.Value == "draft"
		if t.Status.Value != "retired" {
			l.examples(gazetteer.RefTopic, t.ID.Value, t.Examples, t.CounterExamples)
		}
	}
	for _, t := range tests {
		l.test(t)
	}
	return l.cases
}

// A lister makes the list of cases.
type lister struct {
	opts   Options
	files  map[string]bool // of the packs; true: what stands in it is run
	drafts map[string]bool // topics; true: it is a draft
	cases  []Case
}

func (l *lister) examples(kind gazetteer.RefKind, id string, examples, counter []gazetteer.String) {
	if !l.opts.wants(kind, id) {
		return
	}
	for _, s := range examples {
		l.example(Example, kind, id, s)
	}
	for _, s := range counter {
		l.example(CounterExample, kind, id, s)
	}
}

func (l *lister) example(k Kind, kind gazetteer.RefKind, id string, s gazetteer.String) {
	if !l.files[s.Pos.File] {
		return
	}
	text, marks := gazetteer.Unmark(s.Value)
	c := Case{
		Kind: k, Entry: string(kind) + ":" + id, Name: encode.OneLine(s.Value), Pos: s.Pos,
		doc: models.Document{Text: text}, draft: kind == gazetteer.RefTopic && l.drafts[id],
	}
	claimed := claim{kind: kind, not: k == CounterExample, Expected: gazetteer.Expected{ID: gazetteer.String{Value: id}}}
	for i := range marks {
		claimed.at = &marks[i]
		c.claims = append(c.claims, claimed)
	}
	if len(marks) == 0 {
		c.claims = []claim{claimed}
	}
	l.cases = append(l.cases, c)
}

func (l *lister) test(t *gazetteer.Test) {
	c := Case{
		Kind: Test, Name: nameOf(t), Pos: t.Pos, Todo: t.Todo,
		doc: models.Document{Title: t.Title.Value, Text: t.Text.Value, Date: t.Date, DateFrom: models.DateFromField},
	}
	for _, not := range []bool{false, true} {
		entities, topics := t.Entities, t.Topics
		if not {
			entities, topics = t.NotEntities, t.NotTopics
		}
		for _, x := range entities {
			c.claims = append(c.claims, claim{kind: gazetteer.RefEntity, not: not, Expected: x})
		}
		for _, id := range topics {
			c.claims = append(c.claims, claim{kind: gazetteer.RefTopic, not: not, Expected: gazetteer.Expected{ID: id}})
			c.draft = c.draft || l.drafts[id.Value]
		}
	}
	named := func(k claim) bool { return l.opts.wants(k.kind, k.ID.Value) }
	if len(l.opts.Only) == 0 || slices.ContainsFunc(c.claims, named) {
		l.cases = append(l.cases, c)
	}
}

// nameOf returns what a test is called.
func nameOf(t *gazetteer.Test) string {
	const longest = 60
	for _, s := range []string{t.Name.Value, t.Title.Value, t.Text.Value} {
		if s = encode.OneLine(s); utf8.RuneCountInString(s) > longest {
			s = string([]rune(s)[:longest]) + "…"
		}
		if s != "" {
			return s
		}
	}
	return string(Test)
}
