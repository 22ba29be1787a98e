package lexicon

import (
	"cmp"
	"encoding/binary"
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
// walks end after one step. All of it lies in flat arrays without pointers.
//
//   - root[id] is the node that word id leads to from the start, or 0;
//   - edges is an open-addressing hash table from (node, word) to node;
//   - outs[outAt[n]:outAt[n+1]] are the phrases that end at node n;
//   - rules[seq[p]:] are the rules of phrase p, one for each of its words;
//   - a word leads where its own number leads, and where those of its lemmas do.
type Lexicon struct {
	vocab *segment.Vocab
	root  []uint32
	edges []edge
	shift uint8
	outAt []uint32
	outs  []uint32
	seq   []uint32
	rules []Rule

	lemmaAt []uint32 // lemmas[lemmaAt[id]:lemmaAt[id+1]] are what word id is a form of
	lemmas  []Lemma
}

type edge struct{ node, word, to uint32 } // to is 0 in an empty slot

// Builder collects phrases. The zero value is not ready; see NewBuilder.
type Builder struct {
	vocab   *segment.Vocab
	next    map[uint64]uint32 // (node, word) -> node
	ends    [][]uint32        // node -> phrases
	seq     []uint32
	rules   []Rule
	seqs    map[string]uint32 // the rules of a phrase -> where they lie
	known   map[string]uint32 // words and rules -> phrase
	phrases [][]Elem
	forms   map[uint32][]Lemma
	key     []byte
}

// NewBuilder returns an empty Builder for words of a vocabulary.
func NewBuilder(v *segment.Vocab) *Builder {
	return &Builder{
		vocab: v, next: make(map[uint64]uint32), ends: make([][]uint32, 1),
		seqs: make(map[string]uint32), known: make(map[string]uint32),
		forms: make(map[uint32][]Lemma),
	}
}

// Add adds a phrase and returns its number: the next one, or the one it has if
// the same words under the same rules were added before. elems must not be
// empty.
func (b *Builder) Add(elems []Elem) uint32 {
	words := b.key[:0]
	for _, e := range elems {
		words = binary.LittleEndian.AppendUint32(words, e.ID)
	}
	key := words
	for _, e := range elems {
		key = append(key, byte(e.Rule.Kind))
		key = binary.LittleEndian.AppendUint64(key, e.Rule.Capitals)
	}
	b.key = key
	if p, ok := b.known[string(key)]; ok {
		return p
	}
	p := uint32(len(b.seq))
	b.known[string(key)] = p
	b.seq = append(b.seq, b.rulesAt(string(key[len(words):]), elems))
	b.phrases = append(b.phrases, slices.Clone(elems))
	node := uint32(0)
	for _, e := range elems {
		node = b.child(node, e.ID)
	}
	b.ends[node] = append(b.ends[node], p)
	return p
}

// rulesAt returns where the rules of elems lie. Most phrases share them.
func (b *Builder) rulesAt(key string, elems []Elem) uint32 {
	at, ok := b.seqs[key]
	if !ok {
		at = uint32(len(b.rules))
		b.seqs[key] = at
		for _, e := range elems {
			b.rules = append(b.rules, e.Rule)
		}
	}
	return at
}

func (b *Builder) child(node, word uint32) uint32 {
	key := uint64(node)<<32 | uint64(word)
	to, ok := b.next[key]
	if !ok {
		to = uint32(len(b.ends))
		b.next[key] = to
		b.ends = append(b.ends, nil)
	}
	return to
}

func (b *Builder) addForm(word uint32, l Lemma) { b.forms[word] = append(b.forms[word], l) }

// Phrases returns the words of every phrase, by number. Naive reads them.
func (b *Builder) Phrases() [][]Elem { return b.phrases }

// Build freezes what was added. The Builder must not be used afterwards, and
// no word be added to the vocabulary.
func (b *Builder) Build() *Lexicon {
	l := &Lexicon{
		vocab: b.vocab, root: make([]uint32, b.vocab.Len()),
		seq: b.seq, rules: b.rules, outAt: make([]uint32, 0, len(b.ends)+1),
	}
	for _, ps := range b.ends {
		l.outAt = append(l.outAt, uint32(len(l.outs)))
		l.outs = append(l.outs, ps...)
	}
	l.outAt = append(l.outAt, uint32(len(l.outs)))
	for id := range uint32(b.vocab.Len()) {
		l.lemmaAt = append(l.lemmaAt, uint32(len(l.lemmas)))
		l.lemmas = append(l.lemmas, b.forms[id]...)
	}
	l.lemmaAt = append(l.lemmaAt, uint32(len(l.lemmas)))
	l.freeze(b.next)
	return l
}

// freeze lays the edges in the root table and the hash table, in the order of
// (node, word) so that two builds of the same phrases are the same bytes.
func (l *Lexicon) freeze(next map[uint64]uint32) {
	keys := make([]uint64, 0, len(next))
	for k := range next {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	bits := uint8(4)
	for 1<<bits < 2*len(keys) {
		bits++
	}
	l.edges, l.shift = make([]edge, 1<<bits), 64-bits
	for _, k := range keys {
		node, word := uint32(k>>32), uint32(k)
		if node == 0 {
			l.root[word] = next[k]
			continue
		}
		i := l.slot(node, word)
		for l.edges[i].to != 0 {
			i = (i + 1) & uint32(len(l.edges)-1)
		}
		l.edges[i] = edge{node, word, next[k]}
	}
}

// slot is where the search for an edge begins: Fibonacci hashing of its key.
func (l *Lexicon) slot(node, word uint32) uint32 {
	return uint32((uint64(node)<<32 | uint64(word)) * 0x9e3779b97f4a7c15 >> l.shift)
}

// step returns the node that a word leads to, or 0.
func (l *Lexicon) step(node, word uint32) uint32 {
	for i := l.slot(node, word); ; i = (i + 1) & uint32(len(l.edges)-1) {
		e := &l.edges[i]
		if e.to == 0 || e.node == node && e.word == word {
			return e.to
		}
	}
}

// Lemmas returns what a word is a form of.
func (l *Lexicon) Lemmas(word uint32) []Lemma {
	return l.lemmas[l.lemmaAt[word]:l.lemmaAt[word+1]]
}

// Append appends every occurrence of every phrase in t, in the order of First,
// then longer first, then phrase.
func (l *Lexicon) Append(dst []Match, t *segment.Text) []Match {
	for i := range t.Paras {
		p := &t.Paras[i]
		w := walker{l, t.Words, t.Source(p), p.Last, 0, dst}
		for w.first = p.First; w.first < p.Last; w.first++ {
			if t.Words[w.first].ID != 0 {
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
	for _, lemma := range w.Lemmas(word.ID) {
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
	for _, p := range w.outs[w.outAt[node]:w.outAt[node+1]] {
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
	for _, lemma := range w.Lemmas(id) {
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
		if !l.rules[rule].Allows(w, src[w.Start:w.End]) {
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
