package segment

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Memo remembers how runs were cut, first come, up to a number of them. It is
// shared by Readers of one Vocab, and safe for concurrent use.
//
// Nearly every run has at most 16 bytes: those are their own key, in two words
// of a slot of an open-addressing table, so that a probe compares no strings
// and follows no pointer. Four runs in five are one word, which stands in the
// slot, too. Longer runs lie in a map. The hash has a seed of its own in every
// memo: no text can be made to collide with itself.
//
// Nothing is locked to read: a slot is written once, and what makes it seen is
// its state, which is written last. A table that grows is a new one; who still
// reads the old one misses what came since, and cuts again. What is new, a few
// runs in a hundred, is put under a lock, if that is free.
type Memo struct {
	table  atomic.Pointer[[]memoSlot] // a power of two of them, at most three in four full
	chunks [mostWords / chunkWords]*[chunkWords]Word
	long   sync.Map // string -> []Word
	full   atomic.Bool
	seed   [2]uint64

	mu    sync.Mutex // guards what follows, and writing what stands above
	used  int
	max   int
	words int // how many chunks hold
}

// The words of runs that are several are kept in chunks, which never move.
const (
	chunkWords = 1 << 12
	mostWords  = 1 << 20
)

// A memoSlot is 32 bytes: two of them are a line of the cache.
type memoSlot struct {
	lo, hi uint64
	first  uint32 // the number of the only word; of several, where they begin in the chunks
	flags  Flags  // of the only word
	state  uint32 // size | several<<8, size being the run's and several 0 for one word; 0: empty
}

// NewMemo returns an empty Memo for up to so many distinct runs.
func NewMemo(runs int) *Memo {
	m := &Memo{max: runs, seed: [2]uint64{rand.Uint64(), rand.Uint64()}}
	n := 2
	for n < 1<<14 && 3*n < 4*runs {
		n *= 2
	}
	m.table.Store(newSlots(n))
	m.full.Store(runs == 0)
	return m
}

// newSlots returns an empty table that was written to: a page of memory that is
// read first is mapped twice, and the second time interrupts all cores.
func newSlots(n int) *[]memoSlot {
	slots := make([]memoSlot, n)
	clear(slots)
	return &slots
}

// hash returns where in a table the search for a key begins.
func (m *Memo) hash(k key) uint64 {
	a, b := bits.Mul64(k.lo^m.seed[0]^uint64(k.size), k.hi^m.seed[1])
	return a ^ b
}

// find returns the slot of a key and its state, which is 0 if there is none.
func (m *Memo) find(k key) (*memoSlot, uint32) {
	slots := *m.table.Load()
	for i := m.hash(k); ; i++ {
		s := &slots[i&uint64(len(slots)-1)]
		state := atomic.LoadUint32(&s.state)
		if state == 0 || s.lo == k.lo && s.hi == k.hi && uint8(state) == k.size {
			return s, state
		}
	}
}

// several returns the words of a run that is not one word, relative to it; none
// if it is not remembered. s and state are what find returned for its key.
func (m *Memo) several(s *memoSlot, state uint32, run string) []Word {
	if len(run) > longKey {
		words, _ := m.long.Load(run)
		all, _ := words.([]Word)
		return all
	}
	n := state >> 8
	if n == 0 {
		return nil
	}
	at := s.first % chunkWords
	return m.chunks[s.first/chunkWords][at : at+n]
}

// put remembers how a run was cut that was not found, unless another Reader is
// about to put one.
func (m *Memo) put(run string, k key, words []Word) {
	if m.full.Load() {
		return
	}
	if !m.mu.TryLock() { // cutting once more is cheaper than to wait
		return
	}
	defer m.mu.Unlock()
	switch {
	case m.used >= m.max: // another Reader was faster
	case k.size > 0:
		m.putShort(k, words)
	default:
		if _, known := m.long.LoadOrStore(strings.Clone(run), slices.Clone(words)); !known {
			m.used++
		}
	}
	m.full.Store(m.used >= m.max)
}

// putShort fills the slot of a run that is its own key.
func (m *Memo) putShort(k key, words []Word) {
	s, state := m.find(k)
	if state != 0 { // another Reader was faster
		return
	}
	first, several := words[0].ID, uint32(0)
	if len(words) > 1 {
		at, ok := m.keep(words)
		if !ok {
			return
		}
		first, several = at, uint32(len(words))
	}
	s.lo, s.hi, s.first, s.flags = k.lo, k.hi, first, words[0].Flags
	atomic.StoreUint32(&s.state, uint32(k.size)|several<<8)
	if m.used++; 4*m.used > 3*len(*m.table.Load()) {
		m.grow()
	}
}

// keep stores the words of a run in one chunk, if there is room.
func (m *Memo) keep(words []Word) (at uint32, ok bool) {
	if left := chunkWords - m.words%chunkWords; left < len(words) {
		m.words += left
	}
	if m.words+len(words) > mostWords {
		return 0, false
	}
	chunk := &m.chunks[m.words/chunkWords]
	if *chunk == nil {
		*chunk = new([chunkWords]Word)
	}
	copy((*chunk)[m.words%chunkWords:], words)
	m.words += len(words)
	return uint32(m.words - len(words)), true
}

// grow makes a table of twice the size.
func (m *Memo) grow() {
	old := *m.table.Load()
	table := newSlots(2 * len(old))
	slots := *table
	for i := range old {
		s := &old[i]
		if s.state == 0 {
			continue
		}
		at := m.hash(key{s.lo, s.hi, uint8(s.state)})
		for slots[at&uint64(len(slots)-1)].state != 0 {
			at++
		}
		slots[at&uint64(len(slots)-1)] = *s
	}
	m.table.Store(table)
}
