package resolve

import (
	"cmp"
	"slices"

	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// A Mention is a decided span, in words of the text.
type Mention struct {
	First, Last int
	Place       models.Place
	Entity      int32
	Alias       string
	Type        string
	Via         models.Via
	Confidence  float64
	Antecedent  int // index of a mention, or -1
	Decided     string
	Nested      bool
}

// An Undecided span has several candidates.
type Undecided struct {
	First, Last int
	Place       models.Place
	Via         models.Via
	Candidates  []models.Candidate
}

// A Result is what a Decider found in one article. It is valid until the next
// call.
type Result struct {
	Mentions  []Mention // by first word, longer first, then id
	Undecided []Undecided
	Covered   []Span // the masks, too: terms of topics must not cut into them
}

// A Span is words [First,Last).
type Span struct{ First, Last int }

// A Decider decides the mentions of one article at a time.
type Decider struct {
	run
	nested bool
}

// run is the state of one article.
type run struct {
	Trace bool // keep what cannot become a mention, too, for Stopped
	names *Names
	lex   *lexicon.Lexicon
	vocab *segment.Vocab
	text  *segment.Text
	day   models.Date

	cands     []candidate
	spare     []candidate // room for them
	masks     []mask
	marks     []uint8           // of words
	termHits  [][]lexicon.Match // of the guards' terms
	touched   []int32           // terms that have hits
	strong    []*candidate      // what step 3 left, in order
	named     map[int32]int     // entities with a strong mention -> its first word
	weak      []*candidate      // see weakCandidates
	proven    map[int32]bool    // see weakCandidates
	people    map[uint32]bool   // family names of weakCandidates
	referrals map[uint32][]Span // what the clauses of guards refer to, as asked for
	borne     map[int]int32     // first word of a family name -> its one bearer; -1: several, or unknown
	bare      []bareName        // the family names that step 5 has to give somebody
	grouped   []bareName        // room for them in another order
	nextOf    []int             // family -> where its next one goes
	owners    []*candidate      // of all of them
	near      near
	families  map[string]int   // their aliases, as written and folded, numbered
	byEntity  []*candidate     // see strongOf
	groups    map[uint32]int32 // groups of unshared mentions -> their entity, or several
	result    Result
}

// NewDecider returns a Decider. With nested set it also reports the names that
// lost to a longer one.
func NewDecider(n *Names, l *lexicon.Lexicon, v *segment.Vocab, nested bool) *Decider {
	return &Decider{nested: nested, run: run{
		names: n, lex: l, vocab: v, termHits: make([][]lexicon.Match, n.terms), named: make(map[int32]int),
		proven: make(map[int32]bool), people: make(map[uint32]bool),
		referrals: make(map[uint32][]Span), borne: make(map[int]int32), families: make(map[string]int), groups: make(map[uint32]int32),
	}}
}

// Decide decides the mentions of an article from the matches of the lexicon.
// day is the article's date, or "".
func (d *Decider) Decide(t *segment.Text, ms []lexicon.Match, day models.Date) *Result {
	r := &d.run
	r.reset(t, day)
	r.gather(ms)
	r.readGuards()
	r.noteInner()
	r.dropLongerNames()
	r.dropSilent()
	r.applyMasks()
	r.chooseLongest()
	r.readPending()
	acronyms := r.declaredAcronyms()
	r.freeAcronyms(acronyms)
	r.decideShared()
	r.fillFreeText(acronyms)
	r.report(d.nested)
	return &r.result
}

func (r *run) reset(t *segment.Text, day models.Date) {
	for _, term := range r.touched {
		r.termHits[term] = r.termHits[term][:0]
	}
	r.text, r.day = t, day
	r.cands, r.masks, r.touched, r.strong = r.cands[:0], r.masks[:0], r.touched[:0], r.strong[:0]
	r.marks = slices.Grow(r.marks[:0], len(t.Words))[:len(t.Words)]
	clear(r.marks)
	clear(r.named)
	clear(r.referrals)
	clear(r.borne)
	r.result = Result{
		Mentions: r.result.Mentions[:0], Undecided: r.result.Undecided[:0], Covered: r.result.Covered[:0],
	}
}

// isStrong reports whether a candidate counts by itself.
func (r *run) isStrong(c *candidate) bool { return r.names.forms[c.form].strong() }

// eachStrong calls f with every strong candidate that is alive.
func (r *run) eachStrong(f func(*candidate, *form)) {
	for i := range r.cands {
		if c := &r.cands[i]; c.stop == Alive && r.isStrong(c) {
			f(c, &r.names.forms[c.form])
		}
	}
}

// readGuards reads the guards of candidates as far as words tell.
func (r *run) readGuards() {
	for i := range r.cands {
		c := &r.cands[i]
		f := &r.names.forms[c.form]
		g := r.names.guard(f)
		if g == nil || c.stop != Alive || !f.strong() && !f.needsMore() {
			continue
		}
		if v := r.readWords(c, g); v == pending {
			c.pending = true
		} else {
			r.judge(c, v)
		}
	}
}

// noteInner notes the candidates inside a weak one whose needs may be met:
// Melbourne in North Melbourne. They are parts of that name, be it decided for or
// not; its words would shield them from being found so. What stands beside them
// has to be capitalised, as in any longer name.
func (r *run) noteInner() {
	var outer *candidate
	for i := range r.cands {
		c := &r.cands[i]
		switch {
		case outer != nil && c.last <= outer.last && c.last-c.first < outer.last-outer.first:
			c.inner = r.capitalIn(outer.first, c.first) || r.capitalIn(c.last, outer.last)
		case (c.guarded || c.pending) && !r.isStrong(c) && (outer == nil || c.last > outer.last):
			outer = c
		}
	}
}

// capitalIn reports whether one of the words [first,last) begins with a capital.
func (r *run) capitalIn(first, last int) bool {
	return slices.ContainsFunc(r.text.Words[first:last], func(w segment.Word) bool { return w.Has(segment.FirstUpper) })
}

// judge carries out what a guard says of a candidate. The needs of a form with
// several owners at one place do not drop it: they are a criterion between the
// owners. Nor do those of a weak one, which may count without.
func (r *run) judge(c *candidate, v verdict) {
	f := &r.names.forms[c.form]
	switch {
	case v == holds:
		c.guarded = f.strong() || r.names.guard(f).needs != 0
	case v == lacking && f.needsMore():
	case v == lacking && r.hasRival(c):
		c.unmet = true
	default:
		c.stop = ByGuard
	}
}

// hasRival reports whether another entity's strong form stands at the very
// place of a candidate.
func (r *run) hasRival(c *candidate) bool {
	return r.rivalWith(c, func(o *candidate) bool { return o.stop == Alive && r.isStrong(o) })
}

// rivalWith reports whether a form of another entity that meets ok stands at
// the very place of a candidate.
func (r *run) rivalWith(c *candidate, ok func(*candidate) bool) bool {
	entity := r.names.forms[c.form].entity
	i, _ := slices.BinarySearchFunc(r.cands, c, func(a candidate, b *candidate) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last))
	})
	for ; i < len(r.cands) && r.cands[i].first == c.first && r.cands[i].last == c.last; i++ {
		if o := &r.cands[i]; r.names.forms[o.form].entity != entity && ok(o) {
			return true
		}
	}
	return false
}

// dropLongerNames drops names inside longer ones that nobody listed, and the
// names inside those: Boston in Boston University Hospital. A name that falls
// shields its neighbours no longer: Kenyan and Liberal in Kenyan Liberal Party.
// Two rounds do, for longer chains are rare.
func (r *run) dropLongerNames() {
	r.markNames()
	if r.dropParts() {
		r.markNames()
		r.dropParts()
	}
}

// markNames notes which words are in strong candidates, or in weak ones with
// their needs met, but for those that are no names: their guards fail, or they
// are parts of longer ones.
func (r *run) markNames() {
	for i := range r.cands {
		c := &r.cands[i]
		for w := c.first; w < c.last; w++ {
			r.marks[w] &^= markStrong
		}
	}
	for i := range r.cands {
		c := &r.cands[i]
		if !r.isStrong(c) && !c.guarded && !c.pending || c.stop == ByDate || c.stop == ByGuard || c.stop == ByLongerName {
			continue
		}
		for w := c.first; w < c.last; w++ {
			r.marks[w] |= markStrong
		}
	}
}

// dropParts drops what is a part of a longer name, by the marks as they are.
func (r *run) dropParts() (dropped bool) {
	end := -1 // of the last name that was dropped
	r.eachStrong(func(c *candidate, f *form) {
		if c.last <= end && !f.is(formInside) || r.inLongerName(c, f) {
			c.stop, dropped = ByLongerName, true
			end = max(end, c.last)
		}
	})
	return dropped
}

// dropSilent drops everyday words whose capital says nothing, unless the same
// entity is named elsewhere by a capital that speaks.
func (r *run) dropSilent() {
	r.eachStrong(func(c *candidate, f *form) {
		if f.is(formCommon) && r.isSilent(c) || f.is(formThe) && r.theIsSilent(c.first) {
			c.silent = true
		} else {
			r.named[f.entity] = c.first
		}
	})
	r.eachStrong(func(c *candidate, f *form) {
		if _, speaks := r.named[f.entity]; c.silent && !speaks {
			c.stop = BySilence
		}
	})
	clear(r.named)
}

// readPending reads the guards that refer to mentions: step 4. What falls then
// was no name, and its capitals count again in the names around it.
func (r *run) readPending() {
	fell := false
	for i := range r.cands {
		c := &r.cands[i]
		if !c.pending || c.stop != Alive {
			continue
		}
		c.pending = false
		r.judge(c, r.readAll(c, r.names.guard(&r.names.forms[c.form])))
		fell = fell || !c.guarded && !c.unmet
	}
	if fell {
		r.dropLongerNames()
	}
	r.strong = slices.DeleteFunc(r.strong, func(c *candidate) bool { return c.stop != Alive })
}

// sure returns the confidence of a strong candidate that stands alone.
func (r *run) sure(c *candidate, f *form) float64 {
	s := sureAlias
	switch {
	case c.decided == decidedByPrior:
		s = surePrior
	case c.decided != "":
		s = sureShared
	case c.silent:
		s = sureSilent
	case c.guarded:
		s = sureGuarded
	case f.via() == models.ViaDemonym:
		s = sureDemonym
	}
	return r.undated(s, f)
}

// undated lowers the confidence of a dated form in an article without a date.
func (r *run) undated(s float64, f *form) float64 {
	if r.names.dated(f) && r.day == "" {
		return s * undatedFactor
	}
	return s
}
