package main

import (
	"fmt"
	"strings"

	"wiretag/models"
)

// A tally is what came of holding the engine against the oracle. Every mention
// of the one and every find of the other is in one of its counts.
type tally struct {
	Articles int `json:"articles"`
	Bytes    int `json:"bytes"`
	Mentions int `json:"mentions"` // of the engine
	Finds    int `json:"finds"`    // of the oracle, with those inside others
	Agreed   int `json:"agreed"`   // the same place

	// Beyond counts mentions that the oracle does not look for, Stopped finds
	// that are no mentions, both by reason.
	Beyond  map[string]int `json:"beyond,omitempty"`
	Stopped map[string]int `json:"stopped,omitempty"`
	// Unexplained says of what is neither where it stands.
	Unexplained []string `json:"unexplained,omitempty"`
}

func newTally() *tally { return &tally{Beyond: map[string]int{}, Stopped: map[string]int{}} }

// account adds an article. why is what the engine made of it.
func (t *tally) account(o *oracle, a *article, why *models.Explanation) {
	t.Articles++
	t.Bytes += a.bytes()
	c := &comparison{
		oracle: o, article: a, tally: t,
		found: map[models.Place]bool{}, mentions: map[models.Place]bool{}, why: map[models.Place]string{},
		covered: map[models.Field][]bool{models.Title: make([]bool, len(a.Title)), models.Text: make([]bool, len(a.Text))},
	}
	finds := append(o.find(models.Title, a.Title), o.find(models.Text, a.Text)...)
	for _, p := range finds {
		c.found[p] = true
	}
	for i := range why.Record.Entities {
		for _, m := range why.Record.Entities[i].Mentions {
			c.mention(&m)
		}
	}
	for _, s := range why.Stopped {
		c.why[s.Place] = s.Step
	}
	for _, u := range why.Record.Undecided {
		c.why[u.Place] = "undecided"
	}
	for _, p := range finds {
		c.find(p)
	}
}

// A comparison is of one article.
type comparison struct {
	oracle   *oracle
	article  *article
	tally    *tally
	found    map[models.Place]bool
	mentions map[models.Place]bool
	why      map[models.Place]string // a place that is no mention -> what stopped it
	covered  map[models.Field][]bool // bytes that lie in a mention
}

// mention counts a mention of the engine.
func (c *comparison) mention(m *models.Mention) {
	t := c.tally
	t.Mentions++
	c.mentions[m.Place] = true
	for i := m.Start; i < m.End; i++ {
		c.covered[m.Field][i] = true
	}
	switch {
	case m.Via != models.ViaAlias:
		t.Beyond[m.Via.String()]++
	case letters(m.Quote) != letters(m.Alias):
		c.unexplained(m.Place, "the engine has "+m.Alias)
	case c.found[m.Place]:
		t.Agreed++
	case !c.oracle.knows(m.Alias):
		t.Beyond["name with other signs"]++
	case m.Quote == m.Alias:
		c.unexplained(m.Place, "the engine has "+m.Alias)
	default:
		t.Beyond["written otherwise"]++
	}
}

// find counts a find of the oracle.
func (c *comparison) find(p models.Place) {
	t := c.tally
	t.Finds++
	text := c.article.Text
	if p.Field == models.Title {
		text = c.article.Title
	}
	switch {
	case c.mentions[p]:
	case c.why[p] != "":
		t.Stopped[c.why[p]]++
	case c.touches(p):
		t.Stopped["in a mention"]++
	case strings.ContainsAny(text[p.Start:p.End], "\n\t"):
		t.Stopped["across lines"]++
	case isIdentifier(text, p.Span):
		t.Stopped["identifier"]++
	case c.oracle.isAddress(text, p.Span):
		t.Stopped["address"]++
	default:
		c.unexplained(p, "the oracle has "+text[p.Start:p.End])
	}
}

// touches reports whether a place shares a byte with a mention.
func (c *comparison) touches(p models.Place) bool {
	for _, in := range c.covered[p.Field][p.Start:p.End] {
		if in {
			return true
		}
	}
	return false
}

func (c *comparison) unexplained(p models.Place, what string) {
	c.tally.Unexplained = append(c.tally.Unexplained, fmt.Sprintf("%s: %s %d-%d: %s", c.article.ID, p.Field, p.Start, p.End, what))
}
