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
	lo, hi uint64 // the bytes of the run, filled up with zeros
	at     remembered
	flags  Flags // of the only word; see remembered
	size   uint8 // of the run; 0 in an empty slot
}

// remembered is words[first:first+n] or, where n is 0, the one word that is the
// whole run: first is its number.
type remembered struct{ first, n uint32 }

// longKey is the longest run that is its own key.
const longKey = 16

func newMemo(runs int) memo {
	return memo{
		slots: make([]memoSlot, 1<<10), long: make(map[string]remembered), max: runs,
		seed: [2]uint64{rand.Uint64(), rand.Uint64()},
	}
}

// key returns the bytes of s[i:i+n], of which there are at most 16, as two
// words.
func key(s string, i, n int) (lo, hi uint64) {
	if i+longKey <= len(s) {
		lo, hi = load8(s, i), load8(s, i+8)
		if n < 8 {
			return lo & (1<<(8*n) - 1), 0
		}
		return lo, hi & (1<<(8*(n-8)) - 1)
	}
	for k := n - 1; k >= 0; k-- {
		if k >= 8 {
			hi = hi<<8 | uint64(s[i+k])
		} else {
			lo = lo<<8 | uint64(s[i+k])
		}
	}
	return lo, hi
}

// load8 reads eight bytes of s.
func load8(s string, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
		uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// slot returns the slot of a key: the one that holds it, or the empty one where
// it belongs.
func (m *memo) slot(lo, hi uint64, size uint8) *memoSlot {
	a, b := bits.Mul64(lo^m.seed[0]^uint64(size), hi^m.seed[1])
	for i := a ^ b; ; i++ {
		s := &m.slots[i&uint64(len(m.slots)-1)]
		if s.size == 0 || s.lo == lo && s.hi == hi && s.size == size {
			return s
		}
	}
}

// find returns how the run s[start:end] was cut: into words or, where there are
// none, into the one word.
func (m *memo) find(s string, start, end int) (words []Word, one Word, ok bool) {
	n := end - start
	if n > longKey {
		at, ok := m.long[s[start:end]]
		return m.words[at.first : at.first+at.n], Word{}, ok
	}
	lo, hi := key(s, start, n)
	slot := m.slot(lo, hi, uint8(n))
	if slot.at.n == 0 {
		return nil, Word{ID: slot.at.first, End: uint32(n), Flags: slot.flags}, slot.size != 0
	}
	return m.words[slot.at.first : slot.at.first+slot.at.n], Word{}, true
}

// put remembers how a run was cut that is not remembered yet.
func (m *memo) put(run string, words []Word) {
	if m.used >= m.max {
		return
	}
	m.used++
	if len(run) > longKey {
		m.long[strings.Clone(run)] = m.keep(words)
		return
	}
	if 4*m.used > 3*len(m.slots) {
		m.grow()
	}
	lo, hi := key(run, 0, len(run))
	slot := m.slot(lo, hi, uint8(len(run)))
	if w := &words[0]; len(words) == 1 {
		*slot = memoSlot{lo, hi, remembered{w.ID, 0}, w.Flags, uint8(len(run))}
	} else {
		*slot = memoSlot{lo, hi, m.keep(words), 0, uint8(len(run))}
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
			*m.slot(s.lo, s.hi, s.size) = *s
		}
	}
}
