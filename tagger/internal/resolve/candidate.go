package resolve

import (
	"cmp"
	"slices"
	"strings"

	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// A candidate is one form at one place: words [first,last).
type candidate struct {
	first, last int
	form        int32
	stop        Stop
	pending     bool   // its guard waits for the mentions of step 3
	guarded     bool   // it has a guard, and it held; a weak one: its needs did
	unmet       bool   // one of several owners whose needs are not met
	silent      bool   // its capital says nothing where it stands
	inner       bool   // see noteInner
	decided     string // the criterion that chose it between owners
}

// Stop is the step that stopped a candidate.
type Stop uint8

// The steps, in their order. Alive is no stop.
const (
	Alive        Stop = iota
	ByDate            // its dates exclude the article's
	ByGuard           // needs not met, or unless met
	ByLongerName      // it stands inside a longer capitalised name
	BySilence         // its capital says nothing, and no other mention speaks
	ByMask            // it stands inside a mask
	ByOverlap         // a name further left or longer took its words
	ByAcronym         // the article declares the acronym for another
	ByOwner           // another owner of the shared form was decided for
	ByDoubt           // several owners, none decided: the span is undecided
	ByFreeText        // a word of it is taken (weak, short, family, acronym)
	ByNoStrong        // no strong mention of the entity stands in the article
	ByNoBearer        // no full name in the article has this family name
	ByBearer          // the family name belongs to another bearer
	ByOrder           // it stands before the full name, outside title, front and lead
)

// gather fills the run from the matches of the lexicon: step 1.
func (r *run) gather(ms []lexicon.Match) {
	r.near = near{all: r.Trace}
	families := false
	for _, m := range ms {
		for _, e := range r.lex.Meanings(m.Phrase) {
			switch ref := e.Ref(); e.Use() {
			case lexicon.ForForm:
				r.addCandidate(m, ref)
				r.noteNear(ref)
			case lexicon.ForFamily, lexicon.ForFamilyFirst:
				families = true
			case lexicon.ForMask:
				r.masks = append(r.masks, mask{m.First, m.Last, ref - 1})
			case lexicon.ForGuard:
				if len(r.termHits[ref]) == 0 {
					r.touched = append(r.touched, ref)
				}
				r.termHits[ref] = append(r.termHits[ref], m)
			case lexicon.ForTitle:
				for i := m.First; i < m.Last; i++ {
					r.marks[i] |= markTitle
				}
			}
		}
	}
	inOrder(r.cands)
	if families {
		others := len(r.cands)
		r.gatherFamilies(ms)
		inOrder(r.cands[others:])
		r.spare = merge(r.spare[:0], r.cands[:others], r.cands[others:])
		r.cands, r.spare = r.spare, r.cands
	}
	r.cands = slices.CompactFunc(r.cands, func(a, b candidate) bool {
		return a.first == b.first && a.last == b.last && a.form == b.form
	})
}

// byPlace orders candidates by first word, then longer first, then form.
func byPlace(a, b *candidate) int {
	return cmp.Or(a.first-b.first, b.last-a.last, cmp.Compare(a.form, b.form))
}

// inOrder sorts candidates by place, as they stand but where a legal suffix or
// a stop made one longer.
func inOrder(cs []candidate) {
	order := func(a, b candidate) int { return byPlace(&a, &b) }
	if !slices.IsSortedFunc(cs, order) {
		slices.SortStableFunc(cs, order)
	}
}

// merge appends what stands in a and b in order, both being so.
func merge(dst, a, b []candidate) []candidate {
	for len(a) > 0 && len(b) > 0 {
		if byPlace(&a[0], &b[0]) <= 0 {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}

// near says which forms may be of an entity whose full name stands in the
// article. In a gazetteer of a million names a family name has hundreds of
// owners, of whom an article names one or two; the others are told from these
// by a bit, without a look at their rows. It is sure of no, and not of yes.
type near struct {
	all  bool // that may be so of all
	bits [64]uint64
}

// nearBlock is how many neighbouring forms share a bit.
const nearBlock = 8

func (n *near) add(form int32) {
	block := uint32(form) / nearBlock
	n.bits[block/64%64] |= 1 << (block % 64)
}

func (n *near) has(form int32) bool {
	block := uint32(form) / nearBlock
	return n.all || n.bits[block/64%64]&(1<<(block%64)) != 0
}

// noteNear adds the forms of an entity of which one is found that can be its
// full name. They are neighbours.
func (r *run) noteNear(ref int32) {
	forms := r.names.forms
	f := &forms[ref]
	if !f.is(formLong) || !f.strong() {
		return
	}
	for i := ref; i >= 0 && forms[i].entity == f.entity; i-- {
		r.near.add(i)
	}
	for i := ref + 1; int(i) < len(forms) && forms[i].entity == f.entity; i++ {
		r.near.add(i)
	}
}

// gatherFamilies adds the family names: those whose bearer may stand in the
// article and, since the name may be a stranger's, the first of each kind.
func (r *run) gatherFamilies(ms []lexicon.Match) {
	for _, m := range ms {
		last := lexicon.ForForm
		for _, e := range r.lex.Meanings(m.Phrase) {
			if use := e.Use(); use == lexicon.ForFamily || use == lexicon.ForFamilyFirst {
				if use != last || r.near.has(e.Ref()) {
					r.addCandidate(m, e.Ref())
				}
				last = use
			}
		}
	}
}

func (r *run) addCandidate(m lexicon.Match, ref int32) {
	f := &r.names.forms[ref]
	c := candidate{first: m.First, last: m.Last, form: ref}
	if !r.names.holds(f, r.day) {
		c.stop = ByDate
	}
	if f.is(formStop) && r.joinedStop(c.last) {
		c.last++
	}
	if f.is(formOrg) {
		c.last = r.legalSuffix(c.last)
	}
	r.cands = append(r.cands, c)
}

// legalSuffix returns where an organisation's name ends that is followed by
// its legal form: Apple Inc., Foo Co., Ltd., Marsh & Co.
func (r *run) legalSuffix(last int) int {
	words := r.text.Words
	for {
		next := last
		if next < len(words) && (r.wordIs(next, ",") || r.wordIs(next, "&")) {
			next++
		}
		if next >= len(words) || words[next].Has(segment.First) || !words[next].Has(segment.FirstUpper) ||
			r.class(next)&segment.LegalSuffix == 0 {
			return last
		}
		if last = next + 1; r.isAbbreviationStop(last) {
			last++
		}
	}
}

// joinedStop reports whether a word is a full stop that touches the one before.
func (r *run) joinedStop(word int) bool {
	return word < len(r.text.Words) && r.text.Words[word].Joined() && r.wordIs(word, ".")
}

// isAbbreviationStop reports whether a word is the stop of an abbreviation: Mr.
func (r *run) isAbbreviationStop(word int) bool {
	return word > 0 && r.joinedStop(word) && r.class(word-1)&segment.Abbreviation != 0
}

// A mask is a place that holds a name and is not it.
type mask struct {
	first, last int
	entity      int32 // whose names it stops; -1: every name
}

// The marks of words.
const (
	markTitle  uint8 = 1 << iota // in an honorific or job title
	markStrong                   // in a strong candidate that its guard let pass
	markTaken                    // in a mention or an undecided span

	markLine // × 1 + the kind of its line, once that was asked
)

func (r *run) class(word int) segment.Class { return r.vocab.Class(r.text.Words[word].ID) }

func (r *run) wordIs(word int, text string) bool {
	w := &r.text.Words[word]
	return int(w.End-w.Start) == len(text) && r.quote(word, word+1) == text
}

// quote returns the text of words [first,last) of one paragraph.
func (r *run) quote(first, last int) string { return r.text.Quote(first, last) }

// place returns where the words [first,last) of a mention stand. The stop of a
// last initial is left out where it is the sentence's and not the name's.
func (r *run) place(first, last int, alias string) models.Place {
	w := &r.text.Words[last-1]
	end := int(w.End)
	if w.Initial() && !strings.HasSuffix(alias, ".") && last-first > 1 {
		end--
	}
	return models.Place{Field: r.text.FieldAt(first), Span: models.Span{Start: int(r.text.Words[first].Start), End: end}}
}
