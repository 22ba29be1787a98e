package gazetteer

import (
	"fmt"
	"strings"
	"unicode"
)

// QuoteYAML writes a text as a value of YAML that reads back as the same text:
// as it is where that is safe, else between double quotes. flow says that it
// stands in [a, b] or {key: a}. The text is UTF-8. Words like yes, NO, 1989 and
// 2001-12-14 stay as they are: a gazetteer reads them as text.
func QuoteYAML(s string, flow bool) string {
	if isPlain(s, flow) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == ' ' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isPlain tells the texts that need no quotes. It is stricter than YAML: a text
// begins with a letter, a digit or a bracket, and what may mean something to
// any reader of YAML is quoted.
func isPlain(s string, flow bool) bool {
	switch strings.ToLower(s) {
	case "", "null":
		return false
	}
	before := rune(' ')
	for i, r := range s {
		switch {
		case i == 0 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '(':
			return false
		case r == ' ' && before == ' ', r == '#' && before == ' ':
			return false
		case r == ' ' && before == ':', flow && before == ':' && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return false
		case flow && strings.ContainsRune(",[]{}?", r):
			return false
		case r != ' ' && !unicode.IsPrint(r):
			return false
		}
		before = r
	}
	return before != ' ' && before != ':'
}
