package encode

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// appendString writes s as JSON. A byte that is no UTF-8 becomes U+FFFD. It
// writes what jsontext.AppendQuote writes (FuzzAppendString), which looks at
// one byte at a time; here the stretches between the few that need it are
// copied whole.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for {
		n := clean(s)
		b = append(b, s[:n]...)
		if n == len(s) {
			return append(b, '"')
		}
		b, n = appendUnclean(b, s, n)
		s = s[n:]
	}
}

// The bytes of eight: each is 1, each has its high bit.
const ones, high = 0x0101010101010101, 0x8080808080808080

// clean returns how many bytes s begins with that are printable ASCII or a
// delete, and no quote or backslash.
func clean(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		quote, slash := x^'"'*ones, x^'\\'*ones
		if bad := (x | (x - ' '*ones) | (quote - ones) | (slash - ones)) & high; bad != 0 {
			return i + bits.TrailingZeros64(bad)/8 // only the first bit is sure
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return i
		}
	}
	return i
}

// appendUnclean appends the character at s[i], which clean stopped at, and
// returns where the next begins.
func appendUnclean(b []byte, s string, i int) ([]byte, int) {
	const hex = "0123456789abcdef"
	switch c := s[i]; {
	case c == '"' || c == '\\':
		return append(b, '\\', c), i + 1
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRuneInString(s[i:])
		return utf8.AppendRune(b, r), i + n
	case c == '\n':
		return append(b, '\\', 'n'), i + 1
	case c == '\t':
		return append(b, '\\', 't'), i + 1
	case c == '\r':
		return append(b, '\\', 'r'), i + 1
	case c == '\b':
		return append(b, '\\', 'b'), i + 1
	case c == '\f':
		return append(b, '\\', 'f'), i + 1
	default:
		return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15]), i + 1
	}
}
