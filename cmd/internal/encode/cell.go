package encode

import (
	"strings"
	"unicode"
)

// formulaStarts begin what a spreadsheet takes for a formula, the full-width
// forms included (OWASP, CSV injection).
const formulaStarts = "=+-@＝＋－＠"

// safeCell returns s as a spreadsheet may open it. A ' goes before a cell that
// begins like a formula, blanks aside, or with a tab or line break, which some
// programs drop; and before what begins like one after a line break, tab or
// semicolon inside, at which some programs cut a cell whatever its quotes.
// Control characters other than tabs and line breaks become U+FFFD, and so does
// every byte that is no UTF-8.
func safeCell(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 1)
	if strings.IndexAny(s, "\t\r\n") == 0 || strings.IndexAny(strings.TrimLeftFunc(s, unseen), formulaStarts) == 0 {
		b.WriteByte('\'')
	}
	begins := false // a formula may begin here
	for _, r := range s {
		switch {
		case begins && strings.ContainsRune(formulaStarts, r):
			b.WriteByte('\'')
			begins = false
		case strings.ContainsRune(cuts, r):
			begins = true
		case !unseen(r):
			begins = false
		}
		if unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) {
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cuts are where a program may cut a cell.
const cuts = "\n\r\t;\u0085\u2028\u2029"

// unseen says whether r leaves the paper white: a formula may still follow.
func unseen(r rune) bool { return unicode.In(r, unicode.White_Space, unicode.Cf, unicode.Cc) }
