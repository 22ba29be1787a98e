package encode

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"wiretag/models"
)

// newCoNLL writes a token a line in the four columns of CoNLL-2003, so that what
// reads that reads this: the token, -X- and O for the part of speech and the
// chunk, which are not known, and B-TYPE, I-TYPE or O. A blank line ends a
// sentence, a -DOCSTART- line begins an article. Tokens are those that names
// are matched by: a mention always holds whole ones. Nested and undecided spans
// are O. There is no place for the id, for spaCy and Flair read a comment as a
// token; the order is that of the input.
func newCoNLL(opts Options) Encoder {
	return Encoder{Worker: func() AppendFunc { return new(conll).append }}
}

type conll struct{ spots []spot }

func (w *conll) append(b []byte, rec *models.Record) []byte {
	b = append(b, "-DOCSTART- -X- O O\n\n"...)
	w.spots = flat(w.spots[:0], rec)
	next := 0
	for i := range rec.Tokens {
		t := &rec.Tokens[i]
		for next < len(w.spots) && ends(&w.spots[next], t) {
			next++
		}
		if t.First && i > 0 && (next == len(w.spots) || !w.spots[next].goesOn(t)) { // no sentence ends in a name
			b = append(b, '\n')
		}
		b = append(b, column(field(rec, t.Field)[t.Start:t.End])...)
		switch {
		case next == len(w.spots) || w.spots[next].Field != t.Field || t.Start < w.spots[next].Start:
			b = append(b, " -X- O O\n"...)
			continue
		case t.Start == w.spots[next].Start:
			b = append(b, " -X- O B-"...)
		default:
			b = append(b, " -X- O I-"...)
		}
		b = append(append(b, w.spots[next].label()...), '\n')
	}
	return append(b, '\n')
}

// goesOn reports whether a token is one of a spot's, and not the first.
func (s *spot) goesOn(t *models.Token) bool {
	return s.Field == t.Field && s.Start < t.Start && t.Start < s.End
}

// ends reports whether a spot ends before a token begins.
func ends(s *spot, t *models.Token) bool {
	return s.Field < t.Field || s.Field == t.Field && s.End <= t.Start
}

// column writes a token without what ends a column: Python's white space has
// control characters in it. They become U+FFFD, like bytes that are no UTF-8.
func column(token string) string {
	if utf8.ValidString(token) && !strings.ContainsFunc(token, unicode.IsControl) {
		return token
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, token)
}
