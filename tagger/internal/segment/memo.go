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
// and follows no pointer. Longer runs lie in a map. The hash has a seed of its
// own in every memo: no text can be made to collide with itself.
type memo struct {
	slots []memoSlot // a power of two of them, at most half of them full
	used  int
	long  map[string]remembered
	words []Word // of all runs, relative to them
	max   int
	seed  [2]uint64
}

type memoSlot struct {
	lo, hi uint64 // the bytes of the run, filled up with zeros
	at     remembered
	size   uint8 // of the run; 0 in an empty slot
}

// remembered is words[first:first+n].
type remembered struct{ first, n uint32 }

// longKey is the longest run that is its own key.
const longKey = 16

func newMemo(runs int) memo {
	return memo{
		slots: make([]memoSlot, 1<<8), long: make(map[string]remembered), max: runs,
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

// find returns how the run s[start:end] was cut.
func (m *memo) find(s string, start, end int) (words []Word, ok bool) {
	at, ok := remembered{}, false
	if n := end - start; n <= longKey {
		lo, hi := key(s, start, n)
		slot := m.slot(lo, hi, uint8(n))
		at, ok = slot.at, slot.size != 0
	} else {
		at, ok = m.long[s[start:end]]
	}
	return m.words[at.first : at.first+at.n], ok
}

// put remembers how a run was cut that find did not find.
func (m *memo) put(run string, words []Word) {
	if m.used >= m.max {
		return
	}
	m.used++
	at := remembered{uint32(len(m.words)), uint32(len(words))}
	m.words = append(m.words, words...)
	if len(run) > longKey {
		m.long[strings.Clone(run)] = at
		return
	}
	if 2*m.used > len(m.slots) {
		m.grow()
	}
	lo, hi := key(run, 0, len(run))
	*m.slot(lo, hi, uint8(len(run))) = memoSlot{lo, hi, at, uint8(len(run))}
}

func (m *memo) grow() {
	old := m.slots
	m.slots = make([]memoSlot, 4*len(old))
	for i := range old {
		if s := &old[i]; s.size != 0 {
			*m.slot(s.lo, s.hi, s.size) = *s
		}
	}
}
