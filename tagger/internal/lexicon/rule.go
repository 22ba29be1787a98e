package lexicon

import (
	"unicode"

	"wiretag/tagger/internal/segment"
)

// A Rule says how a word of a phrase may be written.
type Rule struct {
	Kind Kind
	// Capitals has bit i set if letter i of the word is a capital as typed;
	// read by Typed, Acronym and Exact. Letters past the 64th do not count.
	Capitals uint64
}

// Kind is the kind of a Rule.
type Kind uint8

// The kinds.
const (
	AnyCase     Kind = iota
	Capitalised      // Zoom: Zoom or ZOOM
	Typed            // DoJ, eBay: as typed, in capitals, or as typed with a capital first letter
	Acronym          // NATO: like Typed, and Nato
	Exact            // as typed
	Initial          // one letter of initials written apart, each with its stop: J. P.
)

// Allows reports whether a word of an article is written as the rule asks.
// text is the word's own text.
func (r Rule) Allows(w *segment.Word, text string) bool {
	switch r.Kind {
	case AnyCase:
		return true
	case Capitalised:
		return w.Any(segment.Capital|segment.Upper) || !w.Any(segment.Lower|segment.Mixed)
	case Initial:
		return w.Has(segment.Dotted | segment.Upper)
	case Exact:
		return Capitals(text) == r.Capitals
	case Acronym:
		if w.Has(segment.Capital) {
			return true
		}
	}
	if w.Has(segment.Upper) {
		return true
	}
	caps := Capitals(text)
	return caps == r.Capitals || caps == r.Capitals|1 && w.Has(segment.Mixed)
}

// allowsLower reports whether a word without a capital may be written as the
// rule asks.
func (r Rule) allowsLower() bool {
	switch r.Kind {
	case AnyCase:
		return true
	case Typed, Acronym, Exact:
		return r.Capitals == 0
	}
	return false
}

// Capitals returns the letters of a word that are capitals, as bits: bit i is
// letter i. Marks, digits and punctuation do not count.
func Capitals(text string) uint64 {
	var caps uint64
	i := 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		if i < 64 && (unicode.IsUpper(r) || unicode.IsTitle(r)) {
			caps |= 1 << i
		}
		i++
	}
	return caps
}
