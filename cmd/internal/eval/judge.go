package eval

import (
	"slices"
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// An Error is a kind of error.
type Error string

// The kinds of error. The first three are of a mention that has a counterpart:
// the output has one too many and gold one that is missed, and both are told
// under the same kind.
const (
	NoError       Error = ""
	WrongType     Error = "type"           // the same place, another label
	WrongBoundary Error = "boundary"       // the same label, another place that overlaps
	WrongBoth     Error = "type, boundary" // neither
	Spurious      Error = "spurious"       // nothing of gold is there
	Undecided     Error = "undecided"      // missed: the output could not decide who it is
	Stopped       Error = "stopped"        // missed: a form of the pack is there, and a rule stopped it
	OtherForm     Error = "other form"     // missed: the pack has it under another form
	Unknown       Error = "not in pack"    // missed: the pack does not have it
)

// A Hit is a mention of the output.
type Hit struct {
	Entity, Alias string
	Label         string
	Error         Error
	Sample        Sample
}

// A Miss is a mention of gold that is not in the output.
type Miss struct {
	Text, Label string
	Error       Error
	Sample      Sample
}

// A Sample shows where something stands: the code points [Start,End) of a field
// of an article, or the article, where Field is "".
type Sample struct {
	Article string `json:"article"`
	Field   string `json:"field,omitempty"`
	Start   int    `json:"start,omitempty"`
	End     int    `json:"end,omitempty"`
	Before  string `json:"before,omitempty"`
	Quote   string `json:"quote,omitempty"`
	After   string `json:"after,omitempty"`
	Note    string `json:"note,omitempty"`
}

// A Verdict is what comes of one article.
type Verdict struct {
	Article *Article

	// Of mentions, if gold has any word on them.
	Exact, Overlap, Untyped Tally
	Linkable, Linked        int // right mentions of which gold has the id, and those with this id
	Hits                    []Hit
	Misses                  []Miss
	Unused                  map[string]int // output of labels that gold never has

	// Of topics, likewise.
	Closed, Leaves Tally
	Clues          []ClueHit
	MissedTopics   []MissedTopic
	Sweep          []Tally // by step: all topics under the same threshold
	Own            []Tally // by step: each topic under it, the others as they are
}

// A Judge compares what a tagger makes of articles with gold. It is safe for
// concurrent use.
type Judge struct {
	gold   map[string]*Article
	tagger *tagger.Tagger
	labels *labeller
	tree   *tree
	known  *known
}

// Options say how gold and output are compared.
type Options struct {
	Mapping Mapping
	// MappedByGold says that nobody asked for the mapping: it is DefaultMapping's.
	MappedByGold bool
	Types        []string // labels, after mapping, that count; empty: all that gold has
	Draft        bool     // the tagger gives draft topics, too
}

// NewJudge returns a Judge of a tagger that was made of g.
func NewJudge(gold *Gold, g *gazetteer.Gazetteer, t *tagger.Tagger, opts Options) *Judge {
	j := &Judge{
		gold: map[string]*Article{}, tagger: t, labels: newLabeller(gold, opts.Mapping, opts.Types),
		tree: newTree(g, opts.Draft), known: newKnown(g),
	}
	for _, a := range gold.Articles {
		j.gold[a.Doc.ID] = a
	}
	return j
}

// Judge tags an article of gold and compares.
func (j *Judge) Judge(doc *models.Document) *Verdict {
	v := &Verdict{Article: j.gold[doc.ID]}
	ex := j.tagger.Explain(*doc, "")
	if v.Article.HasMentions {
		j.mentions(v, doc, &ex)
	}
	if v.Article.HasTopics {
		j.topics(v, doc, &ex)
	}
	return v
}

// A goldSide has the spans of gold that count, in order.
type goldSide struct {
	spans    []span
	mentions []*Mention
}

// An outSide has those of the output.
type outSide struct {
	spans    []span
	entities []*models.Found
	mentions []*models.Mention
}

// goldSide returns the mentions of gold that count.
func (j *Judge) goldSide(a *Article) (s goldSide) {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		label, ok := j.labels.of(m.Type)
		sp := span{m.Place, label}
		if !ok || slices.Contains(s.spans, sp) { // two labels may have become one
			continue
		}
		s.spans, s.mentions = append(s.spans, sp), append(s.mentions, m)
	}
	return s
}

// outSide returns the mentions of the output that count. Nested ones do not,
// nor what is undecided.
func (j *Judge) outSide(rec *models.Record, unused map[string]int) (s outSide) {
	for i := range rec.Entities {
		e := &rec.Entities[i]
		for k := range e.Mentions {
			m := &e.Mentions[k]
			typ := m.Type
			if typ == "" {
				typ = e.Type
			}
			label, ok := j.labels.of(typ)
			switch {
			case m.Nested:
			case ok:
				s.spans, s.entities, s.mentions = append(s.spans, span{m.Place, label}), append(s.entities, e), append(s.mentions, m)
			case label != "" && j.labels.only == nil:
				unused[label]++
			}
		}
	}
	return s
}

func (j *Judge) mentions(v *Verdict, doc *models.Document, ex *models.Explanation) {
	v.Unused = map[string]int{}
	gold, out := j.goldSide(v.Article), j.outSide(&ex.Record, v.Unused)
	pairs := exact(gold.spans, out.spans, true)
	v.Exact = tally(gold.spans, out.spans, pairs)
	v.Overlap = tally(gold.spans, out.spans, overlapping(gold.spans, out.spans, true))
	v.Untyped = tally(gold.spans, out.spans, exact(gold.spans, out.spans, false))
	rightGold, rightOut := make([]bool, len(gold.spans)), make([]bool, len(out.spans))
	for _, p := range pairs {
		rightGold[p.gold], rightOut[p.out] = true, true
		if id := gold.mentions[p.gold].ID; id != "" {
			v.Linkable++
			if j.known.is(out.entities[p.out].ID, id) {
				v.Linked++
			}
		}
	}
	for i := range out.spans {
		v.Hits = append(v.Hits, hit(doc, &gold, &out, i, rightOut[i]))
	}
	for i := range gold.spans {
		if !rightGold[i] {
			v.Misses = append(v.Misses, j.miss(doc, &gold, &out, i, ex))
		}
	}
	slices.SortStableFunc(v.Hits, func(a, b Hit) int { return strings.Compare(a.Entity, b.Entity) })
}

// counterpart finds what of others is where a span is, and how they differ;
// Spurious if nothing is.
func counterpart(s *span, others []span) (int, Error) {
	best, kind := -1, Spurious
	for i := range others {
		o := &others[i]
		switch {
		case !overlap(s.Place, o.Place):
		case s.Place == o.Place:
			return i, WrongType
		case s.label == o.label && kind != WrongBoundary:
			best, kind = i, WrongBoundary
		case kind == Spurious:
			best, kind = i, WrongBoth
		}
	}
	return best, kind
}

func hit(doc *models.Document, gold *goldSide, out *outSide, i int, right bool) Hit {
	h := Hit{Entity: out.entities[i].ID, Alias: out.mentions[i].Alias, Label: out.spans[i].label}
	if right {
		return h
	}
	h.Sample = sampleAt(doc, out.spans[i].Place)
	n, kind := counterpart(&out.spans[i], gold.spans)
	h.Error = kind
	h.Sample.Note = h.Label + "; gold has nothing here"
	if n >= 0 {
		h.Sample.Note = h.Label + "; gold: " + quoted(doc, &gold.spans[n])
	}
	return h
}

func (j *Judge) miss(doc *models.Document, gold *goldSide, out *outSide, i int, ex *models.Explanation) Miss {
	s := &gold.spans[i]
	m := Miss{Text: oneLine(s.Quote(doc)), Label: s.label, Sample: sampleAt(doc, s.Place)}
	n, kind := counterpart(s, out.spans)
	if n >= 0 {
		m.Error = kind
		m.Sample.Note = "output: " + quoted(doc, &out.spans[n]) + " (" + out.entities[n].ID + ")"
		return m
	}
	m.Error, m.Sample.Note = j.unseen(s.Place, m.Text, gold.mentions[i].ID, ex)
	return m
}

// unseen says why nothing of the output is at a place of gold.
func (j *Judge) unseen(at models.Place, text, id string, ex *models.Explanation) (Error, string) {
	for i := range ex.Record.Undecided {
		if u := &ex.Record.Undecided[i]; overlap(u.Place, at) {
			return Undecided, "between " + candidates(u)
		}
	}
	for i := range ex.Stopped {
		if st := &ex.Stopped[i]; overlap(st.Place, at) {
			return Stopped, st.ID + ": " + st.Reason
		}
	}
	if j.known.has(text, id) {
		return OtherForm, ""
	}
	return Unknown, ""
}

func candidates(u *models.Undecided) string {
	var names []string
	for _, c := range u.Candidates {
		if c.ID != "" {
			names = append(names, c.ID)
		} else {
			names = append(names, "“"+c.Name+"”")
		}
	}
	return strings.Join(names, ", ")
}

func quoted(doc *models.Document, s *span) string {
	return "“" + oneLine(s.Quote(doc)) + "” " + s.label
}
