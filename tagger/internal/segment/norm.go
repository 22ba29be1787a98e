package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// AppendNorm appends the norm of a word to dst: the form in which two ways of
// writing a word are the same. Case is folded, diacritics are stripped (Société
// = Societe, NFC = NFD), letters that decompose into none are spelt out (ß =
// ss, ø = o), quotes are ', invisible joiners and the stops of initials are
// dropped (U.S. = US).
func AppendNorm(dst []byte, word string) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return appendNormSlow(dst, word[i:])
		case c == '&':
			if e, width := entity(word[i:]); width > 0 {
				dst, i = append(dst, e), i+width-1
				continue
			}
			dst = append(dst, c)
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c == '.' && !between(word, i, isASCIIDigit):
			if len(word) == 1 {
				dst = append(dst, c)
			}
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func appendNormSlow(dst []byte, word string) []byte {
	var it norm.Iter
	it.InitString(norm.NFD, word)
	for !it.Done() {
		for seg := it.Next(); len(seg) > 0; {
			r, n := utf8.DecodeRune(seg)
			if r == utf8.RuneError && n == 1 {
				dst = append(dst, seg[0]) // a bad byte is its own norm
			} else {
				dst = appendFolded(dst, r)
			}
			seg = seg[n:]
		}
	}
	return dst
}

func appendFolded(dst []byte, r rune) []byte {
	switch {
	case isJoiner(r) || r == '.' || isStripped(r):
		return dst
	case isApostrophe(r):
		return append(dst, '\'')
	}
	r = unicode.ToLower(r)
	if s := spelt(r); s != "" {
		return append(dst, s...)
	}
	return utf8.AppendRune(dst, r)
}

// spelt returns what a letter that NFD leaves whole is written as, or "".
func spelt(r rune) string {
	switch r {
	case 'ı':
		return "i"
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	case 'ς':
		return "σ"
	}
	return ""
}

// entity returns the character that a scraped page left as an HTML entity at
// the start of s, and how many bytes it takes there; 0 if there is none.
func entity(s string) (c byte, width int) {
	if len(s) < 5 || s[0] != '&' {
		return 0, 0
	}
	for _, e := range [...]struct {
		raw string
		c   byte
	}{
		{"&amp;", '&'}, {"&rsquo;", '\''}, {"&lsquo;", '\''}, {"&apos;", '\''},
		{"&#39;", '\''}, {"&#8217;", '\''}, {"&#x27;", '\''},
	} {
		if strings.HasPrefix(s, e.raw) {
			return e.c, len(e.raw)
		}
	}
	return 0, 0
}

// isStripped reports whether r is a diacritic that a norm leaves out: the
// marks that go with any script, and the points of Hebrew. Vowel signs of
// Indic scripts are letters in all but name and stay.
func isStripped(r rune) bool {
	return unicode.Is(unicode.Mn, r) && (unicode.Is(unicode.Inherited, r) || unicode.Is(unicode.Hebrew, r))
}

// isJoiner reports whether r is invisible and joins what stands around it.
func isJoiner(r rune) bool {
	switch r {
	case '\u00ad', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}

// isApostrophe reports whether r is used as an apostrophe or single quote.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '‘', '’', '‛', 'ʼ', '＇', '´', '`', '′':
		return true
	}
	return false
}

// isQuote reports whether r is a quotation mark.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‚', '＂', '″':
		return true
	}
	return isApostrophe(r)
}

func isASCIIDigit(c byte) bool { return '0' <= c && c <= '9' }

// between reports whether the bytes around s[i] both meet ok.
func between(s string, i int, ok func(byte) bool) bool {
	return i > 0 && i+1 < len(s) && ok(s[i-1]) && ok(s[i+1])
}
