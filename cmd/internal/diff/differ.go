package diff

import (
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// A Side is one of the two gazetteers, with the tagger that was made of it.
type Side struct {
	Gazetteer *gazetteer.Gazetteer
	Tagger    *tagger.Tagger
}

// A Kind is what happened to a mention or topic.
type Kind string

// The kinds of change. A Shifted topic is given by both gazetteers, with
// another score.
const (
	Gained  Kind = "gained"
	Lost    Kind = "lost"
	Changed Kind = "changed"
	Shifted Kind = "shifted"
)

// A Change is one difference between the two records of an article.
type Change struct {
	Kind    Kind
	Topic   bool   // of a topic, not of a mention
	ID      string // of the entity or topic; where it changed, of the old one
	Name    string // its name or label
	Form    string // of a mention: the alias that matched; of a topic: ""
	Article string // the record's id

	// Of mentions.
	Field         models.Field
	Start, End    int // code points of the field
	Quote         string
	Before, After string // some words of context, on one line
	Was, Is       string // what changed: "zoom", "undecided: a, b"

	Old, New float64 // of topics: the scores; 0 where the topic is not given
	Reason   string  // one line
}

// A Differ compares what two gazetteers make of articles. It is safe for
// concurrent use.
type Differ struct {
	old, new side
	renamed  map[string]string // old ids of entities -> new ones, by formerly
	topics   map[string]string // the same of topics
}

// side is a Side with its entries by id.
type side struct {
	Side
	entities map[string]*gazetteer.Entity
	topics   map[string]*gazetteer.Topic
}

// New returns a Differ. Entries whose id NEW says they had formerly are the
// same entries.
func New(old, now Side) *Differ {
	d := &Differ{old: index(old), new: index(now), renamed: map[string]string{}, topics: map[string]string{}}
	for _, e := range now.Gazetteer.Entities {
		for _, id := range e.Formerly {
			if d.new.entities[id.Value] == nil {
				d.renamed[id.Value] = e.ID.Value
			}
		}
	}
	for _, t := range now.Gazetteer.Topics {
		for _, id := range t.Formerly {
			if d.new.topics[id.Value] == nil {
				d.topics[id.Value] = t.ID.Value
			}
		}
	}
	return d
}

func index(s Side) side {
	out := side{s, map[string]*gazetteer.Entity{}, map[string]*gazetteer.Topic{}}
	for _, e := range s.Gazetteer.Entities {
		out.entities[e.ID.Value] = e
	}
	for _, t := range s.Gazetteer.Topics {
		out.topics[t.ID.Value] = t
	}
	return out
}

// name returns what an entity is called.
func (s *side) name(id string) string {
	if e := s.entities[id]; e != nil {
		return e.Name.Text.Value
	}
	return id
}

// now returns the id that an entry of OLD has in NEW.
func now(renamed map[string]string, id string) string {
	if n, ok := renamed[id]; ok {
		return n
	}
	return id
}

// Worker returns what compares one article after the other, for one goroutine.
// It appends to the changes and returns them, mentions before topics, each in
// the order of the article.
func (d *Differ) Worker() func([]Change, *models.Document) []Change {
	var a, b models.Record
	return func(out []Change, doc *models.Document) []Change {
		d.old.Tagger.TagInto(&a, *doc)
		d.new.Tagger.TagInto(&b, *doc)
		c := &comparison{Differ: d, doc: doc, old: &a, new: &b, out: out}
		c.mentions()
		c.compareTopics()
		return c.out
	}
}

// A comparison is that of one article.
type comparison struct {
	*Differ
	doc      *models.Document
	old, new *models.Record
	out      []Change
	whys     [2]*models.Explanation // of OLD and NEW, once asked for
}

// explain returns why a side has what it has.
func (c *comparison) explain(s *side) *models.Explanation {
	i := 0
	if s == &c.Differ.new {
		i = 1
	}
	if c.whys[i] == nil {
		ex := s.Tagger.Explain(*c.doc, "")
		c.whys[i] = &ex
	}
	return c.whys[i]
}
