package encode

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Everything in a report that is not written in this package's code goes
// through appendText or appendAttr. Both are safe between tags, appendAttr also
// between double quotes; nothing is ever written anywhere else.

// appendText appends s as the text of an element, which a parser reads back as
// s, with U+FFFD for NUL, which HTML cannot say, and for bytes that are no
// UTF-8. A character that hides or turns what stands beside it is kept, in an
// isolate of its own that shows its number.
func appendText(b []byte, s string) []byte {
	return appendEscaped(b, s, func(b []byte, r rune) []byte {
		b = fmt.Appendf(b, `<bdi class="k" data-k="U+%04X">`, r)
		b = utf8.AppendRune(b, r)
		return append(b, "</bdi>"...)
	})
}

// appendAttr is appendText for attributes, and for elements that hold no
// others: it writes the number instead of the character.
func appendAttr(b []byte, s string) []byte {
	return appendEscaped(b, s, func(b []byte, r rune) []byte {
		return fmt.Appendf(b, "[U+%04X]", r)
	})
}

// appendEscaped copies s in runs of bytes that stand for themselves.
func appendEscaped(b []byte, s string, tricky func([]byte, rune) []byte) []byte {
	done := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && !special(c) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			b = append(append(b, s[done:i]...), "\uFFFD"...)
		} else if e := entity(r); e != "" {
			b = append(append(b, s[done:i]...), e...)
		} else if isTricky(r) {
			b = tricky(append(b, s[done:i]...), r)
		} else {
			i += size
			continue
		}
		i += size
		done = i
	}
	return append(b, s[done:]...)
}

// special says whether an ASCII byte does not simply stand for itself.
func special(c byte) bool {
	switch c {
	case '&', '<', '>', '"', '\'', 0x7F:
		return true
	}
	return c < ' ' && c != '\n' && c != '\t'
}

// entity returns how r is written, or "" if it may stand. A parser would turn
// a carriage return into a line feed.
func entity(r rune) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '\r':
		return "&#13;"
	}
	return ""
}

// isTricky says whether r is invisible and acts on its surroundings: controls,
// embeddings, overrides and isolates, zero-width blanks, tags. The joiners and
// the single direction marks are none: Persian, Hindi and emoji need them.
func isTricky(r rune) bool {
	switch {
	case r < 0xA0:
		return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' && r != '\f'
	case r < 0x200B:
		return false
	}
	return r == 0x200B || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r >= 0xE0000 && r <= 0xE007F
}
