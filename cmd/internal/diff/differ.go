package diff

import (
	"cmp"
	"maps"
	"slices"

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
	entities renames
	topics   renames
}

// renames are ids of OLD with those of NEW, and the other way round, where one
// of the two says formerly.
type renames struct{ now, before map[string]string }

func (r *renames) add(before, now string) { r.now[before], r.before[now] = now, before }

// idNow is the id that an entry of OLD has in NEW.
func (r *renames) idNow(id string) string { return cmp.Or(r.now[id], id) }

// idBefore is the id that an entry of NEW has in OLD.
func (r *renames) idBefore(id string) string { return cmp.Or(r.before[id], id) }

// renamed finds the entries of OLD that NEW calls otherwise, and those that it
// calls again what OLD says they were called formerly.
func renamed[E any](old, now map[string]E, formerly func(E) []gazetteer.String) renames {
	r := renames{map[string]string{}, map[string]string{}}
	for _, id := range sorted(now) {
		for _, f := range formerly(now[id]) {
			if _, kept := now[f.Value]; !kept {
				r.add(f.Value, id)
			}
		}
	}
	for _, id := range sorted(old) {
		if _, kept := now[id]; kept {
			continue
		}
		for _, f := range formerly(old[id]) {
			_, back := now[f.Value]
			if _, had := old[f.Value]; back && !had {
				r.add(id, f.Value)
			}
		}
	}
	return r
}

// side is a Side with its entries by id.
type side struct {
	Side
	entities map[string]*gazetteer.Entity
	topics   map[string]*gazetteer.Topic
}

// New returns a Differ. Entries of two ids are the same if one of the packs
// says that it had the other's formerly.
func New(old, now Side) *Differ {
	d := &Differ{old: index(old), new: index(now)}
	d.entities = renamed(d.old.entities, d.new.entities, func(e *gazetteer.Entity) []gazetteer.String { return e.Formerly })
	d.topics = renamed(d.old.topics, d.new.topics, func(t *gazetteer.Topic) []gazetteer.String { return t.Formerly })
	return d
}

func sorted[E any](m map[string]E) []string { return slices.Sorted(maps.Keys(m)) }

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
	whys     [2]*why // of OLD and NEW, once asked for
}

// A why is an explanation with what it takes to find things in it.
type why struct {
	models.Explanation
	spots   []spot                       // in the order of the article
	stopped map[string][]*models.Stopped // by entity, in the order of the article
}

// explain returns why a side has what it has.
func (c *comparison) explain(s *side) *why {
	i := 0
	if s == &c.Differ.new {
		i = 1
	}
	if c.whys[i] == nil {
		w := &why{Explanation: s.Tagger.Explain(*c.doc, ""), stopped: map[string][]*models.Stopped{}}
		w.spots = spots(&w.Record)
		for k := range w.Stopped {
			st := &w.Stopped[k]
			w.stopped[st.ID] = append(w.stopped[st.ID], st)
		}
		c.whys[i] = w
	}
	return c.whys[i]
}
