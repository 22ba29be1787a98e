package suggest

import (
	"strings"
	"unicode"

	"wiretag/models"
	"wiretag/tagger"
)

// The longest name that is suggested.
const (
	maxWords = 8
	maxBytes = 100
)

// Findings are the names of one article that the gazetteer lacks, in the order
// in which they begin to stand there. They share memory with the article.
type Findings struct{ names []name }

// A name is what one article tells of one candidate.
type name struct {
	key      string // the form in which two are one
	forms    []form // as the article writes it where its capital speaks
	words    int
	capitals bool   // the form is in capitals throughout
	count    int    // where its capital speaks
	silent   int    // where its capital says nothing
	rest     string // key of the name without a first word whose capital is silent
	lower    int    // how often the article has the word in lower case
	maybe    int    // how often rest was counted instead
	cues     cues
	spots    []spot
	acronym  string // that the article declares for it
	family   string // last word, of what may be a person
	first    string // and the first word
	short    string // key without Group, Holdings and their like, if it has them
	common   bool   // one of its words is an everyday word
	shouts   bool   // one has capitals side by side
	fact     cue    // what the form tells of the type
	gone     bool   // counted as another
}

// A spot is where a name stands, and its sentence, for a sample.
type spot struct {
	field    models.Field
	sentence models.Span
	start    int
}

// A Reader finds names. It belongs to one goroutine.
type Reader struct {
	tagger  *tagger.Tagger
	doc     *models.Document
	out     *Findings
	o       tagger.Outline
	byKey   map[string]int // names of the article
	lower   map[string]int // those that are an everyday word
	scratch []byte
}

// NewReader returns a Reader that leaves out what t's gazetteer covers.
func NewReader(t *tagger.Tagger) *Reader {
	return &Reader{tagger: t, byKey: map[string]int{}, lower: map[string]int{}}
}

// Read fills f, whose memory is used again, with the names of an article.
func (r *Reader) Read(f *Findings, doc *models.Document) {
	r.doc, r.out = doc, f
	f.names = f.names[:0]
	clear(r.byKey)
	r.tagger.Outline(&r.o, doc)
	for _, s := range r.o.Sentences {
		for i := s.First; i < s.Last; {
			if !r.begins(i) {
				i++
				continue
			}
			last := r.extend(i, s.Last)
			r.sequence(i, last, s)
			i = last
		}
	}
	r.everyday()
	r.headlines()
	r.families()
}

// text returns the text of a word.
func (r *Reader) text(i int) string { return r.o.Words[i].Quote(r.doc) }

// norm returns the norm of a word.
func (r *Reader) norm(i int) string {
	r.scratch = tagger.AppendNorm(r.scratch[:0], r.text(i))
	return string(r.scratch)
}

func (r *Reader) is(i int, t tagger.Traits) bool { return r.o.Words[i].Is(t) }

// begins reports whether a word may stand in a name. Lines of titles or
// capitals are read by headlines.
func (r *Reader) begins(i int) bool {
	w := &r.o.Words[i]
	return w.Is(tagger.IsCapital) && w.Is(tagger.IsName) && r.text(i) != "I" &&
		!w.Is(tagger.IsUnread|tagger.IsFront|tagger.IsHeadline)
}

// extend returns where the capitalised sequence that begins at a word ends. A
// sequence of no end is cut, so that the time stays linear.
func (r *Reader) extend(first, end int) int {
	const longest = 4 * maxWords
	last := first + 1
	for last < end && last-first < longest {
		next := r.link(first, last, end)
		if next == last {
			break
		}
		last = next
	}
	return last
}

// link returns where the sequence [first,last) ends with one more capitalised
// word: behind a blank, a hyphen, the stop of an abbreviation, &, or small
// words; last if there is none.
func (r *Reader) link(first, last, end int) int {
	next := last
	if r.text(next) == "." && r.is(next, tagger.IsJoined) && r.is(last-1, tagger.IsAbbreviation) &&
		!r.is(last-1, tagger.IsLegalSuffix) && next+1 < end && !r.is(next+1, tagger.IsCommon) {
		next++
	}
	if next >= end {
		return last
	}
	switch text := r.text(next); {
	case r.is(next, tagger.IsHyphen):
		if next+1 < end && (r.begins(next+1) || r.is(next+1, tagger.IsNumber)) && !r.is(next+1, tagger.IsHyphenSuffix) {
			return next + 2
		}
		return last
	case text == "&":
		if next+1 < end && r.begins(next+1) {
			return next + 2
		}
		return last
	case text == ",":
		if next+1 < end && r.begins(next+1) && r.is(next+1, tagger.IsLegalSuffix) {
			return next + 2
		}
		return last
	case r.is(next, tagger.IsJoined):
		return last
	case r.begins(next):
		return next + 1
	}
	if k := r.smallWords(next, end); k > next && r.joins(first, last, next, k) {
		return k + 1
	}
	return last
}

// smallWords returns the capitalised word behind one to three small words that
// begin at i; i if there is none.
func (r *Reader) smallWords(i, end int) int {
	k := i
	for k < end && k < i+3 && !r.is(k, tagger.IsCapital) && (r.is(k, tagger.IsParticle) || isLinking(r.text(k))) {
		k++
	}
	if k > i && k < end && r.begins(k) {
		return k
	}
	return i
}

// isLinking reports whether a small word links the parts of the name of an
// office: Centers for Disease Control, Committee on Foreign Affairs.
func isLinking(word string) bool { return word == "for" || word == "on" }

// joins reports whether the small words [from,to) join what stands around them
// to one name. of stands behind the noun that a name is made of (Bank of,
// Battle of), not behind a person or title; for, on and the and of a list only
// in the names of offices.
func (r *Reader) joins(first, last, from, to int) bool {
	prev := last - 1
	for i := from; i < to; i++ {
		switch r.text(i) {
		case "of":
			if r.is(prev, tagger.IsTitle|tagger.IsClitic) || r.is(first, tagger.IsFirstName) && !r.is(first, tagger.IsCommon) ||
				!r.is(prev, tagger.IsCommon) && kindOf(r.norm(prev)) == "" {
				return false
			}
		case "for", "on":
			if !r.isOffice(first, last) {
				return false
			}
		case "and":
			if !r.isOffice(first, last) || !r.hasLink(first, last) || kindOf(r.norm(to)) == org || r.is(to, tagger.IsKnown) {
				return false
			}
		case "the":
			if i == from {
				return false
			}
		}
	}
	return true
}

// isOffice reports whether a word of a sequence is the head of an organisation.
func (r *Reader) isOffice(first, last int) bool {
	for i := first; i < last; i++ {
		if r.is(i, tagger.IsCapital) && kindOf(r.norm(i)) == org {
			return true
		}
	}
	return false
}

// hasLink reports whether a sequence holds of, for or on.
func (r *Reader) hasLink(first, last int) bool { return r.linkAt(first, last) < last }

// linkAt returns the first of, for or on of a sequence; last if there is none.
func (r *Reader) linkAt(first, last int) int {
	for i := first; i < last; i++ {
		if t := r.text(i); t == "of" || isLinking(t) {
			return i
		}
	}
	return last
}

// isPlain reports whether a name can be printed and found again as it stands:
// letters, digits and marks, joined by blanks and by what names are joined by.
func isPlain(s string) bool {
	if len(s) > maxBytes {
		return false
	}
	for _, r := range s {
		if !unicode.In(r, unicode.L, unicode.N, unicode.Mn, unicode.Mc) && !strings.ContainsRune(" -–.,&'’", r) {
			return false
		}
	}
	return true
}
