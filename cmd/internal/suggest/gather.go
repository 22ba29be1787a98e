package suggest

import (
	"slices"
	"strings"

	"wiretag/models"
)

// maxHeld is how many candidates a Gatherer holds. One takes about half a
// kilobyte.
const maxHeld = 100_000

// A Gatherer counts the names of a corpus. It belongs to one goroutine.
//
// It holds at most maxHeld candidates. When there are more, those seen least
// often are dropped, once, then twice and so on, until half of the room is
// free: the lossy counting of Manku and Motwani (Approximate Frequency Counts
// over Data Streams, VLDB 2002) by articles. A name that is dropped and comes
// again counts from then on only, so that in a very large corpus counts are
// least counts. What is held depends on the order of the input alone.
type Gatherer struct {
	held     map[string]*candidate
	room     int
	floor    int // articles that a candidate must have had to be held
	articles int
}

// A candidate is what all articles tell of a name.
type candidate struct {
	key      string
	forms    []form
	words    int
	capitals bool // every form is in capitals
	count    int
	articles int
	silent   int // of these count those where its capital says nothing
	hushed   int // articles that have it only so
	maybe    int
	lower    int // places of the word in lower case, in these articles
	rest     string
	cues     cues
	acronyms []form
	joined   []string // names of what was joined to it
	lines    []string
	apart    bool // the lines are of two articles
	family   string
	short    string
	common   bool
	shouts   bool
	fact     cue
}

// A form is a way to write a name, with its places.
type form struct {
	text  string
	count int
}

// NewGatherer returns a Gatherer that has seen nothing.
func NewGatherer() *Gatherer { return &Gatherer{held: map[string]*candidate{}, room: maxHeld} }

// Add counts the names of an article. It keeps no memory of either.
func (g *Gatherer) Add(f *Findings, doc *models.Document) {
	g.articles++
	for i := range f.names {
		if n := &f.names[i]; !n.gone {
			g.add(n, doc)
		}
	}
	for len(g.held) > g.room {
		g.drop()
	}
}

func (g *Gatherer) add(n *name, doc *models.Document) {
	c := g.held[n.key]
	if c == nil {
		c = &candidate{key: strings.Clone(n.key), words: n.words, capitals: true, short: strings.Clone(n.short),
			common: n.common, shouts: n.shouts, fact: n.fact}
		g.held[c.key] = c
	}
	c.count += n.count
	c.silent += n.silent
	c.maybe += n.maybe
	c.lower += n.lower
	if n.count > 0 {
		c.articles++
		c.capitals = c.capitals && n.capitals
	} else {
		c.hushed++
	}
	if c.rest == "" && n.rest != "" {
		c.rest = strings.Clone(n.rest)
	}
	if c.family == "" && n.family != "" {
		c.family = strings.Clone(n.family)
	}
	for _, f := range n.forms {
		c.forms = addForm(c.forms, f.text, f.count)
	}
	if n.acronym != "" {
		c.acronyms = addForm(c.acronyms, n.acronym, 1)
	}
	c.cues.add(&n.cues)
	c.sample(n, doc)
}

// maxForms is how many ways to write a name are held.
const maxForms = 8

func addForm(forms []form, text string, count int) []form {
	for i := range forms {
		if forms[i].text == text {
			forms[i].count += count
			return forms
		}
	}
	if len(forms) == maxForms {
		return forms
	}
	return append(forms, form{strings.Clone(text), count})
}

// sample keeps two lines, of two articles if there are two.
func (c *candidate) sample(n *name, doc *models.Document) {
	if c.apart || len(n.spots) == 0 {
		return
	}
	line := n.spots[0].sample(doc)
	switch {
	case len(c.lines) == 0:
		c.lines = append(c.lines, line)
		if len(n.spots) > 1 {
			if second := n.spots[1].sample(doc); second != line {
				c.lines = append(c.lines, second)
			}
		}
	case !slices.Contains(c.lines, line):
		c.lines = append(c.lines[:1], line)
		c.apart = true
	}
}

// drop forgets the candidates of fewest articles.
func (g *Gatherer) drop() {
	for len(g.held) > g.room/2 {
		g.floor++
		for key, c := range g.held {
			if c.articles+c.hushed <= g.floor {
				delete(g.held, key)
			}
		}
	}
}
