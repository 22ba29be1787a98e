package segment

import (
	"encoding/binary"
	"math/bits"
)

// A key is a text of at most longKey bytes in two words, filled up with zeros.
// The size of a longer one is 0. What is asked of a word that is ASCII letters
// is asked of all its bytes at once.
type key struct {
	lo, hi uint64
	size   uint8
}

// longKey is the longest run that is its own key.
const longKey = 16

// keyOf returns the key of s[i:i+n].
func keyOf(s string, i, n int) key {
	if n > longKey {
		return key{}
	}
	if i+longKey <= len(s) {
		return key{load8(s, i), load8(s, i+8), longKey}.cut(n)
	}
	k := key{size: uint8(n)}
	for j := n - 1; j >= 0; j-- {
		if j >= 8 {
			k.hi = k.hi<<8 | uint64(s[i+j])
		} else {
			k.lo = k.lo<<8 | uint64(s[i+j])
		}
	}
	return k
}

// cut returns the key of the first n bytes. There is no branch in it: how long
// a run is cannot be foretold.
func (k key) cut(n int) key {
	return key{k.lo & (1<<(8*uint(n)) - 1), k.hi & (1<<(8*uint(max(n, 8))-64) - 1), uint8(n)}
}

// load8 reads eight bytes of s.
func load8(s string, i int) uint64 {
	_ = s[i+7]
	return uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
		uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
}

// The bytes of eight: each is 1, each is 0x20, each has its high bit.
const ones, blanks8, high = 0x0101010101010101, 0x20 * ones, 0x80 * ones

// odd returns the high bit of the first byte of eight that is no ASCII or below
// '!', and perhaps of bytes behind it.
func odd(x uint64) uint64 { return (x | (x - 0x21*ones)) & high }

// isLetters reports whether all of a key is ASCII letters.
func (k key) isLetters() bool {
	all := key{high, high, longKey}.cut(int(k.size))
	return k.size > 0 && letters8(k.lo)&all.lo == all.lo && letters8(k.hi)&all.hi == all.hi
}

// letters8 has the high bit of every byte of eight that is an ASCII letter.
func letters8(x uint64) uint64 {
	lower := x&^high | blanks8
	return (lower + (0x80-'a')*ones) &^ (lower + (0x7f-'z')*ones) &^ x & high
}

// lower returns a key of letters in lower case.
func (k key) lower() key { return key{k.lo | blanks8, k.hi | blanks8, longKey}.cut(int(k.size)) }

// shape is shape of a key of letters.
func (k key) shape() Flags {
	capitals := key{^k.lo & blanks8, ^k.hi & blanks8, longKey}.cut(int(k.size))
	f := Flags(0)
	if capitals.lo&0x20 != 0 {
		f = FirstUpper
	}
	switch n := bits.OnesCount64(capitals.lo) + bits.OnesCount64(capitals.hi); {
	case n == 0:
		return Lower
	case n == int(k.size) && n == 1:
		return f | Upper | Capital
	case n == int(k.size):
		return f | Upper
	case n == 1 && f != 0:
		return f | Capital
	}
	return f | Mixed
}

// append appends the text of a key.
func (k key) append(dst []byte) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, k.lo)
	dst = binary.LittleEndian.AppendUint64(dst, k.hi)
	return dst[:len(dst)-longKey+int(k.size)]
}
