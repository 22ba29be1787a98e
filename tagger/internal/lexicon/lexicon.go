package lexicon

import (
	"cmp"
	"slices"

	"wiretag/tagger/internal/segment"
)

// An Elem is one word of a phrase: its number in the vocabulary, and how it
// may be written.
type Elem struct {
	ID   uint32
	Rule Rule
}

// A Match is one occurrence of a phrase: words [First,Last) of a text, all in
// one paragraph.
type Match struct {
	First, Last int
	Phrase      uint32 // as numbered by Builder.Add
}

// A Lexicon is a trie over word numbers, walked from each word that begins a
// phrase. A name can only start at a word, so there are no failure links; most
// walks end after one step. All of it lies in flat arrays without pointers,
// which are those of the file. Nodes are numbered level by level, so that the
// children of a node are neighbours, and phrases by the node where they end:
//
//   - root[id] is the node that word id leads to from the start, or 0;
//   - kids[n] to kids[n+1] are the nodes that node n leads to, each by the word
//     that words has for it, in the order of these;
//   - outs[n] to outs[n+1] are the phrases that end at node n;
//   - rules[seq[p]:] are the rules of phrase p, one for each of its words;
//   - means[p] is the meaning of phrase p, or, where its use is inList, lists[ref]
//     is how many it has and these follow;
//   - a word leads where its own number leads, and where those of its lemmas
//     do: lemmas[lemmaAt[id]:lemmaAt[id+1]].
type Lexicon struct {
	vocab *segment.Vocab
	root  []uint32
	kids  []uint32
	words []uint32
	outs  []uint32
	seq   []uint32
	rules []Rule

	means []Meaning
	lists []Meaning

	lemmaAt []uint32
	lemmas  []Lemma
}

// step returns the node that a word leads to, or 0.
func (l *Lexicon) step(node, word uint32) uint32 {
	lo, hi := l.kids[node], l.kids[node+1]
	for hi-lo > 8 {
		if mid := lo + (hi-lo)/2; l.words[mid] <= word {
			lo = mid
		} else {
			hi = mid
		}
	}
	for ; lo < hi; lo++ {
		if l.words[lo] == word {
			return lo
		}
	}
	return 0
}

// Meanings returns the meanings of a phrase, in the order of their numbers.
func (l *Lexicon) Meanings(phrase uint32) []Meaning {
	if m := l.means[phrase]; m.Use() == inList {
		at := m.Ref() + 1
		return l.lists[at : at+int32(l.lists[at-1])]
	}
	return l.means[phrase : phrase+1]
}

// Lemmas returns what a word is a form of.
func (l *Lexicon) Lemmas(word uint32) []Lemma {
	return l.lemmas[l.lemmaAt[word]:l.lemmaAt[word+1]]
}

// lemmasOf is Lemmas of a word in a text: nearly all have none.
func (l *Lexicon) lemmasOf(w *segment.Word) []Lemma {
	if !w.Has(segment.Inflected) {
		return nil
	}
	return l.Lemmas(w.ID)
}

// Append appends every occurrence of every phrase in t, in the order of First,
// then longer first, then phrase.
func (l *Lexicon) Append(dst []Match, t *segment.Text) []Match {
	for i := range t.Paras {
		p := &t.Paras[i]
		w := walker{l, t.Words, t.Source(p), p.Last, 0, dst}
		for w.first = p.First; w.first < p.Last; w.first++ {
			if t.Words[w.first].Has(segment.Starts) {
				w.start()
			}
		}
		dst = w.found
	}
	return dst
}

// A walker follows the phrases that begin at one word.
type walker struct {
	*Lexicon
	words []segment.Word
	src   string
	end   int // of the paragraph
	first int
	found []Match
}

func (w *walker) start() {
	word := &w.words[w.first]
	if word.Has(segment.NoMatch) {
		return
	}
	from := len(w.found)
	if node := w.root[word.ID]; node != 0 {
		w.walk(node, w.first)
	}
	for _, lemma := range w.lemmasOf(word) {
		if node := w.root[lemma.ID]; node != 0 {
			w.walk(node, w.first)
		}
	}
	if len(w.found) > from+1 {
		slices.SortFunc(w.found[from:], func(a, b Match) int {
			return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.Phrase, b.Phrase))
		})
	}
}

// walk appends the phrases that end at word at, whose node is node, and goes
// on behind it.
func (w *walker) walk(node uint32, at int) {
	for p := w.outs[node]; p < w.outs[node+1]; p++ {
		if w.allows(p, w.words, w.src, w.first, at+1) && domainIsWhole(w.words, w.first, at+1) {
			w.found = append(w.found, Match{w.first, at + 1, p})
		}
	}
	at = w.glue(w.words, at, w.end)
	if at < 0 || w.words[at].ID == 0 || w.words[at].Has(segment.NoMatch) {
		return
	}
	id := w.words[at].ID
	if next := w.step(node, id); next != 0 {
		w.walk(next, at)
	}
	for _, lemma := range w.lemmasOf(&w.words[at]) {
		if next := w.step(node, lemma.ID); next != 0 {
			w.walk(next, at)
		}
	}
}

// glue returns the word that may follow word at inside a name, or -1: past
// blanks, one line break (a paragraph holds no more in one place), one
// unspaced hyphen or en dash, the stop of a listed abbreviation.
func (l *Lexicon) glue(words []segment.Word, at, end int) int {
	next := skipFillers(words, at+1, end)
	if next == end {
		return -1
	}
	w := &words[next]
	if w.Has(segment.Hyphen) || l.isAbbreviationStop(words, at, next) {
		if next = skipFillers(words, next+1, end); next == end {
			return -1
		}
	}
	return next
}

// isAbbreviationStop reports whether word next is the stop of St. or Mr.
func (l *Lexicon) isAbbreviationStop(words []segment.Word, at, next int) bool {
	w := &words[next]
	return w.Has(segment.Stop) && w.Joined() && w.ID == l.vocab.Stop() &&
		l.vocab.Class(words[at].ID)&segment.Abbreviation != 0
}

func skipFillers(words []segment.Word, i, end int) int {
	for i < end && words[i].Has(segment.Filler) {
		i++
	}
	return i
}

// allows reports whether the words from first are written as phrase p asks.
func (l *Lexicon) allows(p uint32, words []segment.Word, src string, first, last int) bool {
	rule := l.seq[p]
	for at := first; at >= 0 && at < last; at = l.glue(words, at, last) {
		w := &words[at]
		if int(rule) >= len(l.rules) || !l.rules[rule].Allows(w, src[w.Start:w.End]) {
			return false
		}
		rule++
	}
	return true
}

// domainIsWhole reports whether words [first,last) hold no domain name
// (zoom.us), or are one and nothing else.
func domainIsWhole(words []segment.Word, first, last int) bool {
	n := 0
	for i := first; i < last; i++ {
		if words[i].Has(segment.Domain) {
			n++
		}
	}
	if n == 0 {
		return true
	}
	before := words[first].Joined() && words[first-1].Has(segment.Domain)
	after := last < len(words) && words[last].Joined() && words[last].Has(segment.Domain)
	return n == last-first && !before && !after
}
