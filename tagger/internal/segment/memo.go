package segment

import (
	"math/bits"
	"math/rand/v2"
	"strings"
)

// A memo remembers how runs were cut, first come, up to a number of them.
//
// Nearly every run has at most 16 bytes: those are their own key, in two words
// of a slot of an open-addressing table, so that a probe compares no strings
// and follows no pointer. Four runs in five are one word, which stands in the
// slot, too. Longer runs lie in a map. The hash has a seed of its own in every
// memo: no text can be made to collide with itself.
type memo struct {
	slots []memoSlot // a power of two of them, at most three in four full
	used  int
	long  map[string]remembered
	words []Word // of all runs that are not one word, relative to them
	max   int
	seed  [2]uint64
}

// A memoSlot is 32 bytes: two of them are a line of the cache.
type memoSlot struct {
	key   // its size is 0 in an empty slot
	at    remembered
	flags Flags // of the only word; see remembered
}

// remembered is words[first:first+n] or, where n is 0, the one word that is the
// whole run: first is its number.
type remembered struct{ first, n uint32 }

func newMemo(runs int) memo {
	return memo{
		slots: make([]memoSlot, 1<<14), long: make(map[string]remembered), max: runs,
		seed: [2]uint64{rand.Uint64(), rand.Uint64()},
	}
}

// slot returns the slot of a key: the one that holds it, or the empty one where
// it belongs. A key that is found elsewhere changes places with the one where it
// was looked for first, so that frequent runs come to lie there: the other is
// still found, since every slot between the two is full.
func (m *memo) slot(k key) *memoSlot {
	a, b := bits.Mul64(k.lo^m.seed[0]^uint64(k.size), k.hi^m.seed[1])
	home := &m.slots[(a^b)&uint64(len(m.slots)-1)]
	if home.size == 0 || home.key == k {
		return home
	}
	for i := (a ^ b) + 1; ; i++ {
		s := &m.slots[i&uint64(len(m.slots)-1)]
		if s.size == 0 {
			return s
		}
		if s.key == k {
			*s, *home = *home, *s
			return home
		}
	}
}

// of returns the words of a run that is remembered as several, or none.
func (m *memo) of(slot *memoSlot, run string) []Word {
	at := slot.at
	if len(run) > longKey {
		at = m.long[run]
	}
	return m.words[at.first : at.first+at.n]
}

// put remembers how a run was cut that is not remembered yet.
func (m *memo) put(run string, k key, words []Word) {
	if m.used >= m.max {
		return
	}
	m.used++
	if k.size == 0 {
		m.long[strings.Clone(run)] = m.keep(words)
		return
	}
	if 4*m.used > 3*len(m.slots) {
		m.grow()
	}
	if w := &words[0]; len(words) == 1 {
		*m.slot(k) = memoSlot{k, remembered{w.ID, 0}, w.Flags}
	} else {
		*m.slot(k) = memoSlot{k, m.keep(words), 0}
	}
}

// keep stores the words of a run.
func (m *memo) keep(words []Word) remembered {
	at := remembered{uint32(len(m.words)), uint32(len(words))}
	m.words = append(m.words, words...)
	return at
}

func (m *memo) grow() {
	old := m.slots
	m.slots = make([]memoSlot, 2*len(old))
	for i := range old {
		if s := &old[i]; s.size != 0 {
			*m.slot(s.key) = *s
		}
	}
}
