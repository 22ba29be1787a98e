package lexicon

import (
	"cmp"
	"slices"
	"strings"

	"wiretag/tagger/internal/segment"
)

// Naive finds what Lexicon.Append finds, in its order, by holding every phrase
// against every word. It shares no step of the search with the Lexicon and is
// its oracle in tests and benchmarks.
func Naive(t *segment.Text, v *segment.Vocab, b *Builder) []Match {
	var out []Match
	phrases, number := b.Phrases()
	for i := range t.Paras {
		p := &t.Paras[i]
		words := compact(t, v, p)
		for at := range words {
			from := len(out)
			for n, elems := range phrases {
				if at+len(elems) <= len(words) && spells(t.Source(p), words[at:at+len(elems)], elems, b) {
					out = append(out, Match{words[at].index, words[at+len(elems)-1].index + 1, number[n]})
				}
			}
			slices.SortFunc(out[from:], func(a, b Match) int { return cmp.Or(b.Last-a.Last, cmp.Compare(a.Phrase, b.Phrase)) })
		}
	}
	return out
}

// A kept word is one that can be part of a name, with its place in the text.
type kept struct {
	*segment.Word
	index  int
	inside bool // of the same domain name as the word before
	more   bool // the word behind is of the same domain name
}

// compact drops from a paragraph what a name may hold without its phrase
// saying so: fillers, hyphens, the stops of abbreviations.
func compact(t *segment.Text, v *segment.Vocab, p *segment.Para) []kept {
	var out []kept
	glued := false
	for i := p.First; i < p.Last; i++ {
		w := &t.Words[i]
		last := len(out) - 1
		switch {
		case w.Has(segment.Filler):
			continue
		case w.Has(segment.Hyphen) && last >= 0 && !glued:
			glued = true
			continue
		case !glued && last >= 0 && w.Joined() && t.Quote(i, i+1) == "." &&
			v.Class(out[last].ID)&segment.Abbreviation != 0:
			glued = true
			continue
		}
		glued = false
		inside := w.Has(segment.Domain) && w.Joined() && i > p.First && t.Words[i-1].Has(segment.Domain)
		if inside && last >= 0 {
			out[last].more = true
		}
		out = append(out, kept{Word: w, index: i, inside: inside})
	}
	return out
}

// spells reports whether words are a phrase.
func spells(src string, words []kept, elems []Elem, b *Builder) bool {
	domains := 0
	for i, e := range elems {
		w := words[i]
		text := src[w.Start:w.End]
		if w.Has(segment.NoMatch) || !isWord(w.ID, e.ID, b) || !written(text, w, e.Rule) {
			return false
		}
		if w.Has(segment.Domain) {
			domains++
		}
	}
	return domains == 0 || domains == len(words) && !words[0].inside && !words[len(words)-1].more
}

func isWord(word, want uint32, b *Builder) bool {
	return word == want && word != 0 ||
		slices.ContainsFunc(b.forms[word], func(l Lemma) bool { return l.ID == want })
}

// written reports whether text is written as a rule asks, by comparing strings.
func written(text string, w kept, r Rule) bool {
	upper := strings.ToUpper(text) == text && strings.ToLower(text) != text
	capital := upper && Capitals(text) == 1 || !upper && Capitals(text) == 1
	switch r.Kind {
	case AnyCase:
		return true
	case Capitalised:
		return upper || capital || strings.ToUpper(text) == strings.ToLower(text)
	case Exact:
		return Capitals(text) == r.Capitals
	case Initial:
		return upper && strings.HasSuffix(text, ".")
	}
	as := Capitals(text) == r.Capitals || Capitals(text) == r.Capitals|1 && !capital
	return upper || as || r.Kind == Acronym && capital
}
