package diff

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"wiretag/models"
)

// compareTopics compares the topics of the two records.
func (c *comparison) compareTopics() {
	for i := range c.old.Topics {
		o := &c.old.Topics[i]
		id := c.topics.idNow(o.ID)
		n := topicOf(c.new.Topics, id)
		switch {
		case n == nil:
			c.topic(Lost, o, nil, c.topicWhyNot(&c.Differ.new, o, id))
		case o.Score != n.Score:
			c.topic(Shifted, o, n, clues(o, n))
		}
	}
	for i := range c.new.Topics {
		n := &c.new.Topics[i]
		had := func(o models.Topic) bool { return c.topics.idNow(o.ID) == n.ID }
		if !slices.ContainsFunc(c.old.Topics, had) {
			c.topic(Gained, nil, n, c.topicWhyNot(&c.Differ.old, n, c.topics.idBefore(n.ID)))
		}
	}
}

func topicOf(topics []models.Topic, id string) *models.Topic {
	if i := slices.IndexFunc(topics, func(t models.Topic) bool { return t.ID == id }); i >= 0 {
		return &topics[i]
	}
	return nil
}

func (c *comparison) topic(kind Kind, o, n *models.Topic, reason string) {
	ch := Change{Kind: kind, Topic: true, Article: c.doc.ID, Reason: reason}
	if n != nil {
		ch.ID, ch.Name, ch.New = n.ID, n.Label, n.Score
	}
	if o != nil {
		ch.ID, ch.Name, ch.Old = o.ID, o.Label, o.Score
	}
	c.out = append(c.out, ch)
}

// topicWhyNot says why a side does not give a topic that the other gives.
func (c *comparison) topicWhyNot(s *side, has *models.Topic, id string) string {
	if s.topics[id] == nil {
		return fmt.Sprintf("there is no topic %s", id)
	}
	if has.Child != "" {
		return fmt.Sprintf("it comes from %s, which is not given there", has.Child)
	}
	ex := c.explain(s)
	i := slices.IndexFunc(ex.Topics, func(t models.Trace) bool { return t.ID == id })
	if i < 0 {
		return "no clue of it is met there: " + clueNames(has.Clues)
	}
	t := &ex.Topics[i]
	if t.Stopped != "" {
		return t.Stopped
	}
	o, n := has, &t.Topic
	if s == &c.Differ.old {
		o, n = n, o
	}
	reason := clues(o, n)
	if t.Held {
		reason += "; without a strong clue it is held"
	}
	return fmt.Sprintf("%.3f of the %.2f it takes: %s", t.Score, t.Threshold, reason)
}

func clueNames(cs []models.Clue) string {
	var names []string
	for i := range cs {
		names = append(names, cs[i].Name+quotes(&cs[i]))
	}
	return strings.Join(names, ", ")
}

// clues says what came and went between two sums of a topic.
func clues(o, n *models.Topic) string {
	var out []string
	if o.Threshold != n.Threshold {
		out = append(out, fmt.Sprintf("threshold %.2f → %.2f", o.Threshold, n.Threshold))
	}
	out = append(out, accounts(o.Clues, n.Clues, "")...)
	out = append(out, accounts(o.Counter, n.Counter, "against: ")...)
	switch {
	case len(out) > 0:
	case o.Child != n.Child && n.Child != "":
		return "it comes from " + n.Child
	case n.Child != "":
		return "the score of " + n.Child
	case o.Child != "":
		return "it came from " + o.Child
	default:
		return "the words count otherwise"
	}
	return strings.Join(out, " · ")
}

// accounts compares two accounts of clues by their names.
func accounts(o, n []models.Clue, prefix string) []string {
	find := func(cs []models.Clue, name string) *models.Clue {
		if i := slices.IndexFunc(cs, func(c models.Clue) bool { return c.Name == name }); i >= 0 {
			return &cs[i]
		}
		return nil
	}
	var out []string
	for i := range o {
		switch m := find(n, o[i].Name); {
		case m == nil:
			out = append(out, fmt.Sprintf("%sgone: %s%s −%.2f", prefix, o[i].Name, quotes(&o[i]), o[i].Adds))
		case o[i].Weight != m.Weight:
			out = append(out, fmt.Sprintf("%s%s is %s, was %s", prefix, m.Name, m.Weight, o[i].Weight))
		case math.Abs(o[i].Adds-m.Adds) >= .005:
			out = append(out, fmt.Sprintf("%s%s%s +%.2f, was +%.2f", prefix, m.Name, quotes(m), m.Adds, o[i].Adds))
		}
	}
	for i := range n {
		if find(o, n[i].Name) == nil {
			out = append(out, fmt.Sprintf("%snew: %s%s +%.2f", prefix, n[i].Name, quotes(&n[i]), n[i].Adds))
		}
	}
	return out
}

// quotes shows the words that met a clue, the first few different ones.
func quotes(c *models.Clue) string {
	const most = 3
	var words []string
	for _, s := range c.Spans {
		if q := oneLine(s.Quote); !slices.Contains(words, q) && len(words) < most {
			words = append(words, q)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, ", ") + ")"
}
