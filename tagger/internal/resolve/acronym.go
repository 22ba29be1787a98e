package resolve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wiretag/tagger/internal/segment"
)

// An acronym is one that the article declares: Long Form (ACR) or ACR (Long
// Form).
type acronym struct {
	text string
	long *candidate // the mention of the long form; nil: the gazetteer has it not
}

// maxAcronym is the length of the longest acronym, in letters (Schwartz and
// Hearst, A Simple Algorithm for Identifying Abbreviation Definitions, 2003).
const maxAcronym = 10

// declaredAcronyms finds the declarations of the article, first one first.
func (r *run) declaredAcronyms() map[string]acronym {
	out := make(map[string]acronym)
	words := r.text.Words
	for i := 1; i+2 < len(words); i++ {
		if !words[i].Has(segment.Quote) || words[i].Has(segment.First) || !r.wordIs(i, "(") {
			continue
		}
		if r.isAcronym(i+1) && r.wordIs(i+2, ")") {
			r.declare(out, i+1, r.longBefore(i))
		} else if r.isAcronym(i - 1) {
			r.declare(out, i-1, r.longAfter(i))
		}
	}
	return out
}

// A long form is the words [first,last), and the strong mention that spans
// their end, if there is one.
type longForm struct {
	first, last int
	mention     *candidate
}

// declare adds the acronym at a word, if its long form fits. The first
// declaration of an acronym counts.
func (r *run) declare(out map[string]acronym, word int, long longForm) {
	text := r.quote(word, word+1)
	if _, ok := out[text]; ok {
		return
	}
	letters := strings.ToLower(strings.ReplaceAll(text, ".", ""))
	if m := long.mention; m != nil {
		name, fit := strings.ToLower(r.fullName(m.first, m.last)), fits
		if r.names.forms[m.form].is(formPart) {
			fit = initialsOf
		}
		if fit(letters, name) || r.namedBy(m, text) {
			out[text] = acronym{text, m}
		}
		return
	}
	for first := long.first; first < long.last; first++ {
		if r.text.Words[first].Has(segment.FirstUpper) && r.text.Words[long.last-1].Has(segment.FirstUpper) &&
			Abbreviates(letters, r.fullName(first, long.last)) {
			out[text] = acronym{text, nil}
		}
	}
}

// namedBy reports whether the entity of a mention has an alias of that text.
func (r *run) namedBy(m *candidate, text string) bool {
	n := r.names
	at := n.entities[n.forms[m.form].entity].more
	for _, a := range n.acronyms[n.more[at].acronyms:n.more[at+1].acronyms] {
		if n.Text(a) == text {
			return true
		}
	}
	return false
}

// canBeAcronym reports whether a word of an article that is an alias can be an
// acronym.
func canBeAcronym(alias string) bool {
	return !strings.ContainsFunc(alias, unicode.IsSpace) && hasCapitals(alias)
}

// longBefore returns what can be the long form before the bracket at word i.
func (r *run) longBefore(i int) longForm {
	if k, ok := slices.BinarySearchFunc(r.strong, i, func(c *candidate, w int) int { return c.last - w }); ok {
		return longForm{r.strong[k].first, i, r.strong[k]}
	}
	n := utf8.RuneCountInString(r.quote(i+1, i+2))
	first := i
	for words := 0; first > 0 && words < min(n+5, 2*n); words++ {
		if r.text.Words[first].Has(segment.First) || !r.text.Words[first-1].Has(segment.Name) {
			break
		}
		first--
	}
	return longForm{first, i, nil}
}

// longAfter returns what can be the long form inside the bracket at word i.
func (r *run) longAfter(i int) longForm {
	last := i + 1
	for last < len(r.text.Words) && r.text.Words[last].Has(segment.Name) && !r.text.Words[last].Has(segment.First) {
		last++
	}
	if last == i+1 || last >= len(r.text.Words) || !r.wordIs(last, ")") {
		return longForm{}
	}
	k, ok := slices.BinarySearchFunc(r.strong, i+1, func(c *candidate, w int) int { return c.first - w })
	if ok && r.strong[k].last == last {
		return longForm{i + 1, last, r.strong[k]}
	}
	return longForm{i + 1, last, nil}
}

// isAcronym reports whether a word can be one: two to ten letters, at least
// two of them capitals.
func (r *run) isAcronym(word int) bool {
	w := &r.text.Words[word]
	if !w.Has(segment.Name) || !w.Any(segment.Upper|segment.Mixed) || w.Any(segment.NoMatch|segment.Domain) {
		return false
	}
	return hasCapitals(r.quote(word, word+1))
}

// hasCapitals reports whether at least two of at most maxAcronym letters are
// capitals.
func hasCapitals(text string) bool {
	letters, capitals := 0, 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
		}
		if unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals >= 2 && letters <= maxAcronym
}

// fits reports whether the letters of an acronym stand in its long form in
// their order, the first of them at the start of a word. Both are in lower
// case. It walks from the right, as Schwartz and Hearst do.
func fits(acr, long string) bool {
	l := len(long) - 1
	for a := len(acr) - 1; a >= 0; a-- {
		for l >= 0 && (long[l] != acr[a] || a == 0 && l > 0 && isLetter(long[l-1])) {
			l--
		}
		if l < 0 {
			return false
		}
		l--
	}
	return len(acr) < len(long)
}

// initialsOf reports whether every letter of an acronym begins a word of its
// long form, in their order: people and places are not abbreviated otherwise,
// and what stands in brackets behind them is mostly something else, as the party
// in Alexander B. Cummings (ANC). Both are in lower case.
func initialsOf(acr, long string) bool {
	words := strings.FieldsFunc(long, func(c rune) bool { return c == '-' || unicode.IsSpace(c) })
	for _, w := range words {
		if _, n := utf8.DecodeRuneInString(acr); n > 0 && strings.HasPrefix(w, acr[:n]) {
			acr = acr[n:]
		}
	}
	return acr == ""
}

// Abbreviates reports whether an acronym fits a long form that begins with its
// first letter.
func Abbreviates(acr, long string) bool {
	acr, long = strings.ToLower(strings.ReplaceAll(acr, ".", "")), strings.ToLower(long)
	return acr != "" && long != "" && acr[0] == long[0] && fits(acr, long)
}

func isLetter(c byte) bool { return c >= utf8.RuneSelf || unicode.IsLetter(rune(c)) }

// freeAcronyms takes declared acronyms away from whoever else owns them.
func (r *run) freeAcronyms(acronyms map[string]acronym) {
	if len(acronyms) == 0 {
		return
	}
	kept := r.strong[:0]
	for _, c := range r.strong {
		if a, ok := acronyms[r.quote(c.first, c.last)]; ok &&
			(a.long == nil || r.names.forms[a.long.form].entity != r.names.forms[c.form].entity) {
			c.stop = ByAcronym
			continue
		}
		kept = append(kept, c)
	}
	r.strong = kept
}
