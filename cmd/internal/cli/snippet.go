package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"wiretag/gazetteer"

	"golang.org/x/text/width"
)

// A painter colours what a terminal shows. One that is off changes nothing.
type painter struct{ on bool }

// The colours, by the codes of terminals.
const (
	bold   = "1"
	red    = "31"
	yellow = "33"
	green  = "32"
)

func (p painter) paint(code, s string) string {
	if !p.on {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// finding is one finding as a line, without its end.
func (p painter) finding(d gazetteer.Diagnostic) string {
	colour := yellow
	if d.Severity == gazetteer.Error {
		colour = red
	}
	return fmt.Sprintf("%s %s %s", p.paint(bold, visible(d.Pos.String()+":")), visible(d.Message), p.paint(colour, "["+d.Check+"]"))
}

// isScreen says whether a person sees what is written.
func isScreen(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isTerminal(f)
}

// excerpts finds the lines that findings are about. It keeps the last one, since
// findings are sorted and one line may be a megabyte with thousands of them.
type excerpts struct {
	texts map[string][]byte // by file
	file  string
	lines []string // of file
	line  int      // the last one, from 1
	runes []rune   // of line
}

// at returns the characters of the line at a place, if there is one.
func (e *excerpts) at(pos gazetteer.Pos) ([]rune, bool) {
	if e.lines == nil || pos.File != e.file {
		e.file, e.lines, e.line = pos.File, textLines(e.texts[pos.File]), 0
	}
	if pos.Line > len(e.lines) {
		return nil, false
	}
	if pos.Line != e.line {
		e.line, e.runes = pos.Line, []rune(e.lines[pos.Line-1])
	}
	return e.runes, true
}

// textLines cuts a file where positions count a new line, which is also at a
// carriage return by itself; they do not count the mark at its beginning.
func textLines(text []byte) []string {
	s := strings.TrimPrefix(string(text), "\ufeff")
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
}

// The characters of a line that are shown, and those that stay to the left of a
// place further on.
const (
	snippetWidth = 140
	snippetLeft  = 60
)

// snippet shows a line of a file, and under it a caret at the col-th character
// with a line under the value that begins there.
func snippet(line []rune, col int, p painter) string {
	at := min(max(col-1, 0), len(line))
	first, last := window(len(line), at)
	end := at + valueLen(line[at:last])
	var text, before, under strings.Builder
	if first > 0 {
		text.WriteString("…")
		before.WriteByte(' ')
	}
	for i := first; i < last; i++ {
		shown := cell(line[i])
		text.WriteString(shown)
		switch {
		case i < at:
			before.WriteString(strings.Repeat(" ", columns(shown)))
		case i < end:
			under.WriteString(strings.Repeat("~", columns(shown)))
		}
	}
	if last < len(line) {
		text.WriteString("…")
	}
	const indent = "    "
	mark := "^" + strings.TrimPrefix(under.String(), "~")
	return indent + text.String() + "\n" + indent + before.String() + p.paint(green, mark) + "\n"
}

// cell is what a terminal is given for a character. How far it moves at a tab
// hangs on where the line began, so a tab is written as blanks.
func cell(r rune) string {
	if r == '\t' {
		return "    "
	}
	return visible(string(r))
}

// window returns which of n characters are shown of a line.
func window(n, at int) (first, last int) {
	if n <= snippetWidth {
		return 0, n
	}
	first = max(min(at-snippetLeft, n-snippetWidth), 0)
	return first, first + snippetWidth
}

// valueLen returns how many characters the value takes that begins a text: to
// the closing quote, or to what ends a plain value of YAML.
func valueLen(text []rune) int {
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'') {
		return quotedLen(text)
	}
	end := 0 // behind the last character that is no blank
	for i, r := range text {
		next := ' '
		if i+1 < len(text) {
			next = text[i+1]
		}
		blank := unicode.IsSpace(r)
		if i > 0 && (strings.ContainsRune(",[]{}", r) || r == ':' && unicode.IsSpace(next) || blank && next == '#') {
			break
		}
		if !blank {
			end = i + 1
		}
	}
	return end
}

// quotedLen returns how many characters the quotes take that begin a text, with
// what is between them. A quote within is doubled, or in "…" behind a \.
func quotedLen(text []rune) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(text)
}

// columns returns how many columns of a terminal a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case r >= 0x1160 && r <= 0x11ff: // Hangul vowels and finals, drawn into the consonant before
		case width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
