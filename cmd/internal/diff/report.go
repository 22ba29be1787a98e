package diff

import (
	"cmp"
	"slices"
	"strings"

	"wiretag/models"
)

// ShiftStep is how far a score has to move for the change to be listed: less
// than that moves nothing that a reader would see. Every shift is counted.
const ShiftStep = 0.1

// Options tune a report.
type Options struct {
	// Limit is how many changes of one entry, and how many articles, are kept;
	// 0 keeps all.
	Limit int
	// Scores lists every topic whose score moved.
	Scores bool
}

// A Tally counts changes.
type Tally struct {
	Gained  int `json:"gained"`
	Lost    int `json:"lost"`
	Changed int `json:"changed,omitempty"` // of mentions
	Shifted int `json:"shifted,omitempty"` // of topics: the score alone
}

func (t *Tally) count(k Kind) {
	switch k {
	case Gained:
		t.Gained++
	case Lost:
		t.Lost++
	case Changed:
		t.Changed++
	case Shifted:
		t.Shifted++
	}
}

// Total is the number of changes that --fail-over counts: all but shifts.
func (t Tally) Total() int { return t.Gained + t.Lost + t.Changed }

// An Entry is what changed of one entity or topic.
type Entry struct {
	ID       string
	Name     string
	Topic    bool
	Tally    Tally
	Articles int // with a change of it
	Forms    []Form
	Samples  []Change // in the order of the input

	last   string // the article of the last change
	listed bool   // some change of it is more than a small shift
}

// A Form is one alias with its changes.
type Form struct {
	Text  string
	Tally Tally
}

// An Article is one article with changes.
type Article struct {
	ID       string
	Mentions Tally
	Topics   Tally
}

// A Report gathers the changes of a corpus.
type Report struct {
	Old, New models.Gazetteer
	Articles int // that were compared
	Differ   int // those with a change other than a shift
	Mentions Tally
	Topics   Tally
	PerEntry []*Entry  // once Finish was called: mentions before topics, most changes first
	PerText  []Article // the first Limit of Differ

	opts  Options
	index map[string]*Entry
}

// NewReport returns an empty report of two gazetteers.
func NewReport(old, now Side, opts Options) *Report {
	return &Report{Old: named(old), New: named(now), opts: opts, index: map[string]*Entry{}}
}

func named(s Side) models.Gazetteer {
	return models.Gazetteer{Name: s.Gazetteer.Name.Value, Hash: s.Gazetteer.Hash}
}

// Add counts one article with its changes, which it copies.
func (r *Report) Add(article string, changes []Change) {
	r.Articles++
	a := Article{ID: article}
	for i := range changes {
		ch := &changes[i]
		all, own := &r.Mentions, &a.Mentions
		if ch.Topic {
			all, own = &r.Topics, &a.Topics
		}
		all.count(ch.Kind)
		own.count(ch.Kind)
		r.entry(ch)
	}
	if a.Mentions.Total()+a.Topics.Total() == 0 {
		return
	}
	r.Differ++
	if r.opts.Limit == 0 || len(r.PerText) < r.opts.Limit {
		a.ID = strings.Clone(a.ID)
		r.PerText = append(r.PerText, a)
	}
}

// Total is the number of changes that --fail-over counts.
func (r *Report) Total() int { return r.Mentions.Total() + r.Topics.Total() }

func (r *Report) entry(ch *Change) {
	listed := ch.Kind != Shifted || r.opts.Scores || max(ch.Old-ch.New, ch.New-ch.Old) >= ShiftStep
	key := ch.ID
	if ch.Topic {
		key = "topic:" + key
	}
	e := r.index[key]
	if e == nil {
		e = &Entry{ID: strings.Clone(ch.ID), Name: ch.Name, Topic: ch.Topic}
		if e.ID == "" && !e.Topic {
			e.Name = "spans that several entities could own"
		}
		r.index[key] = e
	}
	e.Tally.count(ch.Kind)
	if e.Articles == 0 || e.last != ch.Article {
		e.Articles++
		e.last = strings.Clone(ch.Article)
	}
	if ch.Form != "" {
		e.form(ch)
	}
	e.listed = e.listed || listed
	if listed && (r.opts.Limit == 0 || len(e.Samples) < r.opts.Limit) {
		e.Samples = append(e.Samples, ch.clone())
	}
}

func (e *Entry) form(ch *Change) {
	i := slices.IndexFunc(e.Forms, func(f Form) bool { return f.Text == ch.Form })
	if i < 0 {
		i = len(e.Forms)
		e.Forms = append(e.Forms, Form{Text: strings.Clone(ch.Form)})
	}
	e.Forms[i].Tally.count(ch.Kind)
}

// clone cuts the strings of a change off the article they were read from.
func (ch *Change) clone() Change {
	c := *ch
	for _, s := range []*string{&c.Article, &c.Quote, &c.Before, &c.After, &c.Was, &c.Is} {
		*s = strings.Clone(*s)
	}
	return c
}

// Finish sorts what was gathered.
func (r *Report) Finish() {
	for _, e := range r.index {
		if !e.listed {
			continue
		}
		slices.SortFunc(e.Forms, func(a, b Form) int {
			return cmp.Or(cmp.Compare(b.Tally.Total(), a.Tally.Total()), strings.Compare(a.Text, b.Text))
		})
		r.PerEntry = append(r.PerEntry, e)
	}
	slices.SortFunc(r.PerEntry, func(a, b *Entry) int {
		return cmp.Or(boolCompare(a.Topic, b.Topic), cmp.Compare(b.Tally.Total(), a.Tally.Total()),
			cmp.Compare(b.Tally.Shifted, a.Tally.Shifted), strings.Compare(a.ID, b.ID))
	})
}

// boolCompare puts false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
