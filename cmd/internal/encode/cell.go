package encode

import (
	"strings"
	"unicode"
)

// formulaStarts begin what a spreadsheet takes for a formula, the full-width
// forms included (OWASP, CSV injection).
const formulaStarts = "=+-@＝＋－＠"

// safeCell returns s as a spreadsheet may open it. A ' goes before what could
// begin a formula: at the start, after blanks, and after line breaks, tabs and
// semicolons, at which some programs cut a cell whatever its quotes. A tab or
// line break at the start gets one, too, because it is dropped by some. Control
// characters other than tabs and line breaks become U+FFFD, and so does every
// byte that is no UTF-8.
func safeCell(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") {
		b.WriteByte('\'')
	}
	begins := true // a formula may begin here
	for _, r := range s {
		switch {
		case begins && strings.ContainsRune(formulaStarts, r):
			b.WriteByte('\'')
			begins = false
		case r == '\n' || r == '\r' || r == '\t' || r == ';' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			begins = true
		case !unseen(r):
			begins = false
		}
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unseen says whether r leaves the paper white: a formula may still follow.
func unseen(r rune) bool { return unicode.In(r, unicode.White_Space, unicode.Cf, unicode.Cc) }

// plainCell returns s as it is. Every byte that is no UTF-8 becomes one U+FFFD,
// as the offsets count it.
func plainCell(s string) string { return string([]rune(s)) }
