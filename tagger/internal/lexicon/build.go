package lexicon

import (
	"encoding/binary"
	"slices"

	"wiretag/tagger/internal/segment"
)

// Builder collects phrases. The zero value is not ready; see NewBuilder.
type Builder struct {
	vocab *segment.Vocab
	next  map[uint64]uint32 // (node, word) -> node
	rules []Rule
	seqs  map[string]uint32 // the rules of a phrase -> where they lie
	known map[uint64]uint32 // (last node, rules) -> phrase
	key   []byte

	// Of phrases, in the order in which they were added.
	words  []uint32 // of all phrases, one behind the other
	ends   []uint32 // where those of each end
	seq    []uint32
	node   []uint32 // the last one
	number []uint32 // as the lexicon numbers them, once built

	means []uint64 // (phrase, meaning), as they were added
	forms map[uint32][]Lemma
}

// NewBuilder returns an empty Builder for words of a vocabulary.
func NewBuilder(v *segment.Vocab) *Builder {
	return &Builder{
		vocab: v, next: make(map[uint64]uint32), seqs: make(map[string]uint32),
		known: make(map[uint64]uint32), forms: make(map[uint32][]Lemma),
	}
}

// Add adds a phrase and returns its number until Build: the next one, or the
// one it has if the same words under the same rules were added before. elems
// must not be empty.
func (b *Builder) Add(elems []Elem) uint32 {
	node := uint32(0)
	for _, e := range elems {
		node = b.child(node, e.ID)
	}
	seq := b.rulesAt(elems)
	key := pair(node, seq)
	if p, ok := b.known[key]; ok {
		return p
	}
	p := uint32(len(b.seq))
	b.known[key] = p
	for _, e := range elems {
		b.words = append(b.words, e.ID)
	}
	b.ends = append(b.ends, uint32(len(b.words)))
	b.seq = append(b.seq, seq)
	b.node = append(b.node, node)
	return p
}

// Mean gives a phrase a meaning. That it has it already does no harm.
func (b *Builder) Mean(phrase uint32, m Meaning) { b.means = append(b.means, pair(phrase, uint32(m))) }

func pair(hi, lo uint32) uint64 { return uint64(hi)<<32 | uint64(lo) }

func unpair(x uint64) (hi, lo uint32) { return uint32(x >> 32), uint32(x) }

// rulesAt returns where the rules of elems lie. Most phrases share them.
func (b *Builder) rulesAt(elems []Elem) uint32 {
	key := b.key[:0]
	for _, e := range elems {
		key = append(key, byte(e.Rule.Kind))
		key = binary.LittleEndian.AppendUint64(key, e.Rule.Capitals)
	}
	b.key = key
	at, ok := b.seqs[string(key)]
	if !ok {
		at = uint32(len(b.rules))
		b.seqs[string(key)] = at
		for _, e := range elems {
			b.rules = append(b.rules, e.Rule)
		}
	}
	return at
}

func (b *Builder) child(node, word uint32) uint32 {
	key := pair(node, word)
	to, ok := b.next[key]
	if !ok {
		to = uint32(len(b.next) + 1)
		b.next[key] = to
	}
	return to
}

func (b *Builder) addForm(word uint32, l Lemma) { b.forms[word] = append(b.forms[word], l) }

// Phrases returns the words of every phrase, in the order in which they were
// added, and the number that Build gave each. Naive reads them.
func (b *Builder) Phrases() (phrases [][]Elem, number []uint32) {
	from := uint32(0)
	for p, end := range b.ends {
		elems := make([]Elem, 0, end-from)
		for i, id := range b.words[from:end] {
			elems = append(elems, Elem{id, b.rules[int(b.seq[p])+i]})
		}
		phrases = append(phrases, elems)
		from = end
	}
	return phrases, b.number
}

// Build freezes what was added. No phrase may be added afterwards, and no word
// to the vocabulary.
func (b *Builder) Build() *Lexicon {
	l := &Lexicon{vocab: b.vocab, rules: b.rules, root: make([]uint32, b.vocab.Len())}
	level := b.freeze(l)
	b.layPhrases(l, level)
	b.layMeanings(l)
	for id := range uint32(b.vocab.Len()) {
		l.lemmaAt = append(l.lemmaAt, uint32(len(l.lemmas)))
		l.lemmas = append(l.lemmas, b.forms[id]...)
	}
	l.lemmaAt = append(l.lemmaAt, uint32(len(l.lemmas)))
	b.markStarts(l)
	return l
}

// markStarts tells the vocabulary which words begin a phrase, so that the
// walker need not look at the others: in running text nine words in ten; and
// which have lemmas, which are fewer still.
func (b *Builder) markStarts(l *Lexicon) {
	starts := make([]segment.Class, b.vocab.Len())
	first := uint32(0)
	for p, end := range b.ends {
		class := segment.StartsPhrase
		if b.rules[b.seq[p]].allowsLower() {
			class |= segment.StartsLower
		}
		starts[b.words[first]] |= class
		first = end
	}
	for id := range uint32(len(starts)) {
		class := starts[id]
		for _, lemma := range l.Lemmas(id) {
			class |= starts[lemma.ID] | segment.HasLemmas
		}
		b.vocab.Mark(id, class)
	}
}

// freeze numbers the nodes level by level and lays their edges. It returns the
// new number of each node.
func (b *Builder) freeze(l *Lexicon) []uint32 {
	keys := make([]uint64, 0, len(b.next))
	for k := range b.next {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	nodes := len(keys) + 1
	first := make([]uint32, nodes+1) // node -> its first key
	for _, k := range keys {
		node, _ := unpair(k)
		first[node+1]++
	}
	for i := range nodes {
		first[i+1] += first[i]
	}
	level, order := make([]uint32, nodes), make([]uint32, 1, nodes)
	l.kids, l.words = make([]uint32, 1, nodes+1), make([]uint32, 1, nodes)
	l.kids[0] = 1
	for at := 0; at < len(order); at++ {
		node := order[at]
		for _, k := range keys[first[node]:first[node+1]] {
			_, word := unpair(k)
			to := b.next[k]
			level[to] = uint32(len(order))
			if node == 0 {
				l.root[word] = level[to]
			}
			order = append(order, to)
			l.words = append(l.words, word)
		}
		l.kids = append(l.kids, uint32(len(order)))
	}
	return level
}

// layPhrases numbers the phrases by the node where they end.
func (b *Builder) layPhrases(l *Lexicon, level []uint32) {
	order := make([]uint64, len(b.node)) // (node, phrase as added)
	for p, node := range b.node {
		order[p] = pair(level[node], uint32(p))
	}
	slices.Sort(order)
	l.outs, l.seq = make([]uint32, len(level)+1), make([]uint32, len(order))
	b.number = make([]uint32, len(order))
	for i, x := range order {
		node, p := unpair(x)
		l.outs[node+1]++
		l.seq[i] = b.seq[p]
		b.number[p] = uint32(i)
	}
	for n := range level {
		l.outs[n+1] += l.outs[n]
	}
}

// layMeanings lays the meanings of each phrase, each once.
func (b *Builder) layMeanings(l *Lexicon) {
	for i, x := range b.means {
		p, m := unpair(x)
		b.means[i] = pair(b.number[p], m)
	}
	slices.Sort(b.means)
	all := slices.Compact(b.means)
	l.means = make([]Meaning, len(b.number))
	for p := range l.means {
		n := 0
		for n < len(all) && all[n]>>32 == uint64(p) {
			n++
		}
		if n != 1 {
			l.means[p] = Mean(inList, int32(len(l.lists)))
			l.lists = append(l.lists, Meaning(n))
			for _, x := range all[:n] {
				l.lists = append(l.lists, Meaning(uint32(x)))
			}
		} else {
			l.means[p] = Meaning(uint32(all[0]))
		}
		all = all[n:]
	}
}
