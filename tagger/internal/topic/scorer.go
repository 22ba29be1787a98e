package topic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
)

// A Scorer derives the topics of one article at a time.
type Scorer struct {
	rules *Rules
	names *resolve.Names
	lex   *lexicon.Lexicon

	text    *segment.Text
	day     models.Date
	silent  func(word int) bool
	raw     []hit          // as they come
	hits    []hit          // by atom and place
	places  []models.Place // of hits that are not just words
	start   []int32        // atom -> 1 + its first hit; 0: none
	seen    []int32        // atoms with hits
	covered []resolve.Span
	longest int // words of the longest covered span
	blanks  []resolve.Span
	found   []hit   // of the condition that is being evaluated
	units   []unit  // likewise
	taken   []int32 // word -> the account that took it
	account int32
	active  []bool
	scored  []models.Topic // by topic; ID is "" where it did not fire
}

// NewScorer returns a Scorer.
func NewScorer(r *Rules, n *resolve.Names, l *lexicon.Lexicon) *Scorer {
	return &Scorer{
		rules: r, names: n, lex: l, start: make([]int32, r.atoms),
		active: make([]bool, len(r.topics)), scored: make([]models.Topic, len(r.topics)),
	}
}

// Score appends the topics of an article: score descending, then id. silent
// says whether a word would have its capital whatever it were.
func (s *Scorer) Score(dst []models.Topic, t *segment.Text, ms []lexicon.Match, res *resolve.Result,
	day models.Date, silent func(word int) bool) []models.Topic {
	if len(s.rules.topics) == 0 {
		return dst
	}
	s.text, s.day, s.silent = t, day, silent
	s.taken = slices.Grow(s.taken[:0], len(t.Words))[:len(t.Words)]
	clear(s.taken)
	s.account = 0
	s.collect(ms, res)
	clear(s.active)
	for _, a := range s.seen {
		for _, i := range s.rules.users[a] {
			s.active[i] = true
		}
	}
	for _, i := range s.rules.order {
		s.scored[i] = models.Topic{}
		if s.active[i] && !s.rules.topics[i].skip {
			s.scored[i] = s.topic(&s.rules.topics[i])
			s.refer(i)
		}
	}
	s.rollUp()
	from := len(dst)
	for i := range s.scored {
		if s.scored[i].ID != "" {
			dst = append(dst, s.scored[i])
		}
	}
	slices.SortFunc(dst[from:], func(a, b models.Topic) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.ID, b.ID))
	})
	return dst
}

// topic scores one topic; the result has no ID if it does not fire.
func (s *Scorer) topic(r *rule) models.Topic {
	s.blank(r)
	for i := range r.exclude {
		if len(s.meets(&r.exclude[i])) > 0 {
			return models.Topic{}
		}
	}
	for i := range r.require {
		if len(s.meets(&r.require[i])) == 0 {
			return models.Topic{}
		}
	}
	t := s.sum(r)
	if len(t.Clues) == 0 || t.Score < r.threshold {
		return models.Topic{}
	}
	t.Why = why(&t.Topic)
	return t.Topic
}

// A summed topic is one with its sum, whether or not it fires, and the tallies
// that the sum was made of.
type summed struct {
	models.Topic
	clues   []tallied
	against float64 // 1 − Π(1 − strength) of what speaks against
}

// sum makes the sum of a topic.
func (s *Scorer) sum(r *rule) summed {
	clues := s.tally(r.clues)
	var counter []tallied
	if len(clues) > 0 {
		counter = s.tally(r.against)
	}
	out := summed{clues: clues, against: total(counter)}
	out.Topic = models.Topic{
		ID: r.id, Label: r.label, Threshold: r.threshold, For: round3(total(clues)), Against: round3(out.against),
	}
	out.Score, out.Held = scoreOf(clues, out.against)
	for _, t := range clues {
		out.Clues = append(out.Clues, t.Clue)
	}
	for _, t := range counter {
		out.Counter = append(out.Counter, t.Clue)
	}
	return out
}

// scoreOf returns for × (1 − against), rounded, and whether it was held.
func scoreOf(clues []tallied, against float64) (score float64, held bool) {
	score = total(clues) * (1 - against)
	if held = isHeld(clues) && score > HeldAt; held {
		score = HeldAt
	}
	return round3(score), held
}

// with returns the score that one more clue would make, met once in the body
// or where it has to be met.
func (t *summed) with(c *condition) float64 {
	m := mBody
	switch c.in {
	case gazetteer.InTitle:
		m = mTitle
	case gazetteer.InLead:
		m = mLead
	}
	more := tallied{strength: strength(c.w, c.most, m), w: c.w, m: m}
	score, _ := scoreOf(append(t.clues[:len(t.clues):len(t.clues)], more), t.against)
	return score
}

// blank notes the places of the phrases that a topic ignores, as spans apart
// from each other.
func (s *Scorer) blank(r *rule) {
	s.blanks = s.blanks[:0]
	for _, a := range r.ignore {
		for _, h := range s.of(a) {
			s.blanks = append(s.blanks, resolve.Span{First: int(h.first), Last: int(h.last)})
		}
	}
	slices.SortFunc(s.blanks, func(a, b resolve.Span) int { return cmp.Compare(a.First, b.First) })
	apart := s.blanks[:0]
	for _, b := range s.blanks {
		if k := len(apart) - 1; k >= 0 && b.First <= apart[k].Last {
			apart[k].Last = max(apart[k].Last, b.Last)
		} else {
			apart = append(apart, b)
		}
	}
	s.blanks = apart
}

// A tallied clue is one that was met, with what it is worth.
type tallied struct {
	models.Clue
	condition *condition
	strength  float64
	w, m      float64
}

// tally evaluates the conditions of one account, in the order in which they
// take words, and returns the clues by strength with what each adds.
func (s *Scorer) tally(conditions []condition) []tallied {
	s.account++
	var out []tallied
	for i := range conditions {
		c := &conditions[i]
		if t, ok := s.clue(c, s.meets(c)); ok {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b tallied) int { return cmp.Compare(b.strength, a.strength) })
	before, rest := 0.0, 1.0
	for i := range out {
		rest *= 1 - out[i].strength
		sum := round3(1 - rest)
		out[i].Adds = round3(sum - before)
		before = sum
	}
	return out
}

// clue makes a clue of the units where its condition holds. A unit counts if
// it has a word that no clue of the account took.
func (s *Scorer) clue(c *condition, units []unit) (tallied, bool) {
	best, sure, n := models.Body, 0.0, 0
	var spans []hit
	for _, u := range units {
		if !s.takes(u) {
			continue
		}
		n++
		conf := 1.0
		for _, h := range u.hits {
			if zoneRank(h.zone) > zoneRank(best) {
				best = h.zone
			}
			conf = min(conf, h.confidence)
		}
		sure = max(sure, conf)
		spans = append(spans, u.hits...)
	}
	if n == 0 {
		return tallied{}, false
	}
	m := zoneM(best) + min(mFurther*float64(n-1), mMost)
	if sure < doubtful {
		m *= sure
	}
	return tallied{
		Clue: models.Clue{
			Name: c.name, Weight: c.word, Zone: best, Mentions: n, Spans: s.evidence(spans),
		},
		condition: c, strength: strength(c.w, c.most, m), w: c.w, m: m,
	}, true
}

// takes marks the words of a unit as taken and reports whether one was free.
func (s *Scorer) takes(u unit) bool {
	free := false
	for _, h := range u.hits {
		for i := h.first; i < h.last; i++ {
			free = free || s.taken[i] != s.account
		}
	}
	if free {
		for _, h := range u.hits {
			for i := h.first; i < h.last; i++ {
				s.taken[i] = s.account
			}
		}
	}
	return free
}

// evidence returns the spans that a clue shows: best zone first, at most ten.
// hits are by place.
func (s *Scorer) evidence(hits []hit) []models.Evidence {
	out := make([]models.Evidence, 0, min(len(hits), mostSpans))
	for rank := zoneRank(models.Headline); rank >= zoneRank(models.Body); rank-- {
		last := models.Place{Span: models.Span{Start: -1}}
		for i := range hits {
			if zoneRank(hits[i].zone) != rank {
				continue
			}
			place := s.placeOf(&hits[i])
			if place == last {
				continue
			}
			if len(out) == mostSpans {
				return out
			}
			last = place
			out = append(out, models.Evidence{Place: place, Quote: place.Quote(s.text.Doc), By: hits[i].by})
		}
	}
	return out
}

func zoneRank(z models.Zone) int {
	switch z {
	case models.Headline:
		return 2
	case models.Lead:
		return 1
	}
	return 0
}

func zoneM(z models.Zone) float64 {
	switch z {
	case models.Headline:
		return mTitle
	case models.Lead:
		return mLead
	}
	return mBody
}

// total is 1 − Π(1 − strength).
func total(clues []tallied) float64 {
	rest := 1.0
	for _, c := range clues {
		rest *= 1 - c.strength
	}
	return 1 - rest
}

// isHeld reports whether the clues are too weak for a topic, however many.
func isHeld(clues []tallied) bool {
	medium := 0
	for _, c := range clues {
		switch {
		case c.m < 1:
		case c.w >= holdStrong:
			return false
		case c.w >= holdMedium:
			medium++
		}
	}
	return medium < 2
}

// refer lets topics that name topic i see that it fired: as a hit on the first
// span that proved it.
func (s *Scorer) refer(i int32) {
	atom, ok := s.rules.byTopic[i]
	if !ok || s.scored[i].ID == "" {
		return
	}
	ev := s.scored[i].Clues[0].Spans[0]
	s.start[atom] = int32(len(s.hits) + 1)
	s.seen = append(s.seen, atom)
	s.places = append(s.places, ev.Place)
	word := int32(s.wordAt(ev.Place))
	s.hits = append(s.hits, hit{
		atom: atom, key: atom, confidence: 1, at: int32(len(s.places)), zone: s.scored[i].Clues[0].Zone,
		first: word, last: word + 1,
	})
	for _, user := range s.rules.users[atom] {
		s.active[user] = true
	}
}

// wordAt returns the word that begins at a place.
func (s *Scorer) wordAt(p models.Place) int {
	i, _ := slices.BinarySearchFunc(s.text.Paras, p, func(para segment.Para, p models.Place) int {
		return cmp.Or(cmp.Compare(para.Field, p.Field), cmp.Compare(int(s.text.Words[para.First].Start), p.Start+1))
	})
	para := s.text.Paras[i-1]
	w, _ := slices.BinarySearchFunc(s.text.Words[para.First:para.Last], p.Start, func(w segment.Word, at int) int {
		return cmp.Compare(int(w.Start), at)
	})
	return para.First + w
}

// rollUp gives the ancestors of the topics that fired their score.
func (s *Scorer) rollUp() {
	for _, i := range s.rules.order {
		child := &s.scored[i]
		if child.ID == "" || child.Child != "" {
			continue
		}
		for p := s.rules.topics[i].parent; p >= 0; p = s.rules.topics[p].parent {
			r, have := &s.rules.topics[p], &s.scored[p]
			better := have.ID == "" || have.Score < child.Score ||
				have.Child != "" && have.Score == child.Score && child.ID < have.Child
			if !r.skip && better {
				*have = models.Topic{
					ID: r.id, Label: r.label, Score: child.Score, Threshold: r.threshold, Child: child.ID,
				}
			}
		}
	}
}

// why writes the sum of a topic in one line: each clue with the words that met
// it and what it adds, then what counter-evidence takes away.
func why(t *models.Topic) string {
	var b strings.Builder
	for i, c := range t.Clues {
		if i > 0 {
			b.WriteString(" · ")
		}
		fmt.Fprintf(&b, "%s (%s) +%.2f", c.Name, quotes(c.Spans), c.Adds)
	}
	for _, c := range t.Counter {
		fmt.Fprintf(&b, " · against: %s (%s) −%.2f", c.Name, quotes(c.Spans), c.Adds)
	}
	if t.Held {
		fmt.Fprintf(&b, " · held at %.2f", HeldAt)
	}
	return b.String()
}

// whyQuotes is how many different words a clue shows in the one line.
const whyQuotes = 3

// quotes lists the first different quotes of a clue.
func quotes(spans []models.Evidence) string {
	var out []string
	for _, e := range spans {
		q := strings.Join(strings.Fields(e.Quote), " ")
		if !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, q) }) {
			out = append(out, q)
		}
	}
	if len(out) > whyQuotes {
		return strings.Join(out[:whyQuotes], ", ") + ", …"
	}
	return strings.Join(out, ", ")
}
