package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// A Report is what an evaluation comes to. Its JSON form is whole, and can be
// the baseline of another.
type Report struct {
	Tool      string   `json:"tool"`
	Gazetteer Pack     `json:"gazetteer"`
	Gold      []string `json:"gold"` // the files
	Articles  int      `json:"articles"`
	Mapping   string   `json:"map,omitempty"`
	// MappedByGold says that nobody asked for the mapping: the types of gold did.
	MappedByGold bool      `json:"map_by_gold,omitempty"`
	Types        []string  `json:"types,omitempty"`
	Resamples    int       `json:"bootstrap"`
	Notes        []string  `json:"notes"`
	Mentions     *Mentions `json:"mentions,omitempty"`
	Topics       *Topics   `json:"topics,omitempty"`
	Moved        *Moved    `json:"moved,omitempty"`

	opts    ReportOptions
	aliases map[[2]string]*Culprit
	clues   map[[2]string]*Culprit
	texts   map[string]*MissedText
	lost    map[string]*MissedText
	kinds   map[Error]*ErrorCount
	unused  map[string]int
	tallies tallies
	gold    *Gold
}

// A Pack is a gazetteer.
type Pack struct {
	Name string `json:"name"`
	Hash string `json:"hash"`
}

// Mentions are the scores of names.
type Mentions struct {
	Articles int          `json:"articles"` // in which gold says which there are
	Exact    Scores       `json:"exact"`
	Overlap  Scores       `json:"overlap"`
	Untyped  Scores       `json:"untyped"`
	Linking  *Linking     `json:"linking,omitempty"`
	Errors   []ErrorCount `json:"errors"`
	Aliases  []Culprit    `json:"aliases"` // with a wrong hit; most of them first
	Missed   []MissedText `json:"missed"`  // most frequent first
}

// Linking says how often a right mention is of the entity that gold names.
type Linking struct {
	Mentions int     `json:"mentions"` // right ones with an id in gold
	Right    int     `json:"right"`
	Accuracy float64 `json:"accuracy"`
}

// An ErrorCount counts errors of one kind.
type ErrorCount struct {
	Kind   Error `json:"kind"`
	Wrong  int   `json:"wrong"`  // mentions of the output
	Missed int   `json:"missed"` // mentions of gold
}

// Topics are the scores of topics.
type Topics struct {
	Articles int          `json:"articles"`
	Closed   Scores       `json:"closed"` // both sides with all ancestors
	Leaves   Scores       `json:"leaves"` // both sides without what stands above another
	Clues    []Culprit    `json:"clues"`
	Missed   []MissedText `json:"missed"`
	Sweep    []SweepRow   `json:"sweep"`
	Best     []BestRow    `json:"best"`
}

// A Culprit is an alias of an entity, or a clue of a topic, with how often it
// was there and how often that was wrong.
type Culprit struct {
	ID      string   `json:"id"`
	Form    string   `json:"form"`
	Hits    int      `json:"hits"`
	Wrong   int      `json:"wrong"`
	Samples []Sample `json:"samples,omitempty"`
}

// A MissedText is a text of gold, or a topic, with how often it was missed.
type MissedText struct {
	Text    string         `json:"text"`
	Count   int            `json:"count"`
	Labels  []string       `json:"labels,omitempty"`
	Kinds   map[Error]int  `json:"kinds,omitempty"`
	Samples []Sample       `json:"samples,omitempty"`
	labels  map[string]int // with counts
}

// A SweepRow is what the topics come to, closed, under one threshold for all.
type SweepRow struct {
	Threshold float64 `json:"threshold"`
	Counts
	P  *float64 `json:"precision"`
	R  *float64 `json:"recall"`
	F1 *float64 `json:"f1"`
}

// A BestRow is the threshold of a topic with the best F1, the others as they
// are; of several the one in the middle.
type BestRow struct {
	Topic string   `json:"topic"`
	Now   *float64 `json:"f1_now"`
	Best  *float64 `json:"f1_best"`
	At    float64  `json:"threshold_best"`
}

// tallies are the counts of every article, which the bootstrap draws from.
type tallies struct {
	exact, overlap, untyped, closed, leaves []Tally
	linkable, linked                        int
	sweep, own                              []Tally
}

// ReportOptions tune a report.
type ReportOptions struct {
	Tool      string
	Samples   int // of one culprit or missed text
	Resamples int
	Seed      uint64
	Options
}

// NewReport returns an empty report on gold of files.
func NewReport(gold *Gold, files []string, g models.Gazetteer, opts ReportOptions) *Report {
	r := &Report{
		Tool: opts.Tool, Gazetteer: Pack(g), Gold: files, Mapping: opts.Mapping.String(), MappedByGold: opts.MappedByGold, Types: opts.Types,
		Resamples: opts.Resamples, Notes: slices.Concat([]string{}, gold.Notes), opts: opts, gold: gold,
		aliases: map[[2]string]*Culprit{}, clues: map[[2]string]*Culprit{}, texts: map[string]*MissedText{},
		lost: map[string]*MissedText{}, kinds: map[Error]*ErrorCount{}, unused: map[string]int{},
	}
	for range Thresholds() {
		r.tallies.sweep, r.tallies.own = append(r.tallies.sweep, Tally{}), append(r.tallies.own, Tally{})
	}
	return r
}

// Add counts one article. The order of the articles is that of the intervals
// and samples, and must be the same for the same report.
func (r *Report) Add(v *Verdict) {
	r.Articles++
	t := &r.tallies
	if v.Article.HasMentions {
		t.exact, t.overlap, t.untyped = append(t.exact, v.Exact), append(t.overlap, v.Overlap), append(t.untyped, v.Untyped)
		t.linkable, t.linked = t.linkable+v.Linkable, t.linked+v.Linked
		r.addErrors(v)
	}
	if v.Article.HasTopics {
		t.closed, t.leaves = append(t.closed, v.Closed), append(t.leaves, v.Leaves)
		for i := range v.Clues {
			c := &v.Clues[i]
			r.blame(r.clues, c.Topic, c.Clue, c.Wrong, c.Sample)
		}
		for _, m := range v.MissedTopics {
			note := fmt.Sprintf("its score is %.3f", m.Score)
			r.miss(r.lost, m.Topic, "", NoError, Sample{Article: m.In, Note: note})
		}
		for i := range v.Sweep {
			addTally(t.sweep[i], v.Sweep[i])
			addTally(t.own[i], v.Own[i])
		}
	}
}

func addTally(sum, t Tally) {
	for label, c := range t {
		s := sum[label]
		s.add(c)
		sum[label] = s
	}
}

func (r *Report) addErrors(v *Verdict) {
	for i := range v.Hits {
		h := &v.Hits[i]
		if h.Error != NoError {
			r.kind(h.Error).Wrong++
		}
		r.blame(r.aliases, h.Entity, h.Alias, h.Error != NoError, h.Sample)
	}
	for i := range v.Misses {
		m := &v.Misses[i]
		r.kind(m.Error).Missed++
		r.miss(r.texts, m.Text, m.Label, m.Error, m.Sample)
	}
	for label, n := range v.Unused {
		r.unused[label] += n
	}
}

func (r *Report) kind(e Error) *ErrorCount {
	if r.kinds[e] == nil {
		r.kinds[e] = &ErrorCount{Kind: e}
	}
	return r.kinds[e]
}

// blame counts a hit of an alias or clue.
func (r *Report) blame(all map[[2]string]*Culprit, id, form string, wrong bool, s Sample) {
	key := [2]string{id, form}
	c := all[key]
	if c == nil {
		c = &Culprit{ID: id, Form: form}
		all[key] = c
	}
	c.Hits++
	if wrong {
		c.Wrong++
		if len(c.Samples) < r.opts.Samples {
			c.Samples = append(c.Samples, s)
		}
	}
}

// miss counts a missed text.
func (r *Report) miss(all map[string]*MissedText, text, label string, kind Error, s Sample) {
	m := all[text]
	if m == nil {
		m = &MissedText{Text: text, labels: map[string]int{}, Kinds: map[Error]int{}}
		all[text] = m
	}
	m.Count++
	if label != "" {
		m.labels[label]++
	}
	if kind != NoError {
		m.Kinds[kind]++
	}
	if len(m.Samples) < r.opts.Samples {
		m.Samples = append(m.Samples, s)
	}
}

// Finish works out the scores and sorts the errors. j is what judged.
func (r *Report) Finish(j *Judge) {
	rs := resampling{r.opts.Resamples, r.opts.Seed}
	t := &r.tallies
	if len(t.exact) > 0 {
		r.Mentions = &Mentions{
			Articles: len(t.exact), Exact: score(t.exact, rs), Overlap: score(t.overlap, rs), Untyped: score(t.untyped, rs),
			Errors: r.errorCounts(), Aliases: culprits(r.aliases), Missed: missed(r.texts),
		}
		if t.linkable > 0 {
			r.Mentions.Linking = &Linking{t.linkable, t.linked, round(float64(t.linked) / float64(t.linkable))}
		}
	}
	if len(t.closed) > 0 {
		r.Topics = &Topics{
			Articles: len(t.closed), Closed: score(t.closed, rs), Leaves: score(t.leaves, rs),
			Clues: culprits(r.clues), Missed: missed(r.lost),
		}
		r.Topics.Sweep, r.Topics.Best = t.sweeps(r.Topics.Closed.Rows)
	}
	r.notes(j)
}

// notes tells what was left out, and what of gold can never be right.
func (r *Report) notes(j *Judge) {
	if n := r.Articles; r.Mentions != nil && r.Mentions.Articles < n {
		r.Notes = append(r.Notes, fmt.Sprintf("mentions: %d of %s say which there are", r.Mentions.Articles, encode.Count(n, "article")))
	}
	if n := r.Articles; r.Topics != nil && r.Topics.Articles < n {
		r.Notes = append(r.Notes, fmt.Sprintf("topics: %d of %s say which there are", r.Topics.Articles, encode.Count(n, "article")))
	}
	var parts []string
	for _, label := range slices.Sorted(maps.Keys(r.unused)) {
		parts = append(parts, fmt.Sprintf("%s %d", label, r.unused[label]))
	}
	if len(parts) > 0 {
		r.Notes = append(r.Notes, "left out of the output, for gold never has the type: "+strings.Join(parts, ", ")+" (--types names what counts)")
	}
	strange := map[string]int{}
	for _, a := range r.gold.Articles {
		for _, t := range a.Topics {
			if !j.tree.knows(t) {
				strange[t]++
			}
		}
	}
	for _, t := range slices.Sorted(maps.Keys(strange)) {
		r.Notes = append(r.Notes, fmt.Sprintf("gold has the topic %q in %s; there is none of this id in the gazetteer", t, encode.Count(strange[t], "article")))
	}
}

func (r *Report) errorCounts() []ErrorCount {
	out := []ErrorCount{}
	for _, k := range []Error{WrongBoundary, WrongType, WrongBoth, Spurious, Undecided, Stopped, OtherForm, Unknown} {
		if c := r.kinds[k]; c != nil {
			out = append(out, *c)
		}
	}
	return out
}

// culprits are those with something wrong, most of it first.
func culprits(all map[[2]string]*Culprit) []Culprit {
	out := []Culprit{}
	for _, c := range all {
		if c.Wrong > 0 {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Culprit) int {
		return cmp.Or(cmp.Compare(b.Wrong, a.Wrong), cmp.Compare(a.Hits, b.Hits), strings.Compare(a.ID, b.ID), strings.Compare(a.Form, b.Form))
	})
	return out
}

func missed(all map[string]*MissedText) []MissedText {
	out := []MissedText{}
	for _, m := range all {
		m.Labels = slices.SortedFunc(maps.Keys(m.labels), func(a, b string) int {
			return cmp.Or(cmp.Compare(m.labels[b], m.labels[a]), strings.Compare(a, b))
		})
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b MissedText) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
	})
	return out
}

// number is a measure for JSON.
func number(x float64) *float64 {
	if x != x {
		return nil
	}
	x = round(x)
	return &x
}

// sweeps work out the rows of the sweep, and the best threshold of each topic.
func (t *tallies) sweeps(now []Row) (rows []SweepRow, best []BestRow) {
	steps := Thresholds()
	for i, at := range steps {
		var all Counts
		for _, c := range t.sweep[i] {
			all.add(c)
		}
		m := all.measures()
		rows = append(rows, SweepRow{at, all, number(m[0]), number(m[1]), number(m[2])})
	}
	best = []BestRow{}
	for i := range now {
		row := BestRow{Topic: now[i].Label}
		if now[i].F1 != nil {
			row.Now = &now[i].F1.Value
		}
		top, first, last := -1.0, 0, 0
		for k := range steps {
			f1 := t.own[k][row.Topic].measures()[2]
			switch {
			case f1 > top:
				top, first, last = f1, k, k
			case f1 == top && last == k-1:
				last = k
			}
		}
		if top > 0 {
			row.Best, row.At = number(top), steps[(first+last)/2]
			best = append(best, row)
		}
	}
	return rows, best
}
