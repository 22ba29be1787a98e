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

// The columns that a line of a file may take, and those that stay to the left
// of a place further on.
const (
	snippetWidth = 140
	snippetLeft  = 60
)

// snippet shows a line of a file, and under it a caret at the col-th character
// with a line under the value that begins there.
func snippet(line string, col int, p painter) string {
	runes := []rune(strings.TrimRight(line, "\r\n"))
	at := min(max(col-1, 0), len(runes))
	end := at + valueLen(runes[at:])
	first, last := window(runes, at)
	end = min(end, last)
	var text, mark strings.Builder
	if first > 0 {
		text.WriteString("…")
		mark.WriteString(" ")
	}
	for i, r := range runes[first:last] {
		shown := visible(string(r))
		text.WriteString(shown)
		switch {
		case first+i < at && r == '\t':
			mark.WriteByte('\t') // as wide as the one above it
		case first+i < at:
			mark.WriteString(strings.Repeat(" ", columns(shown)))
		case first+i == at:
			mark.WriteString("^" + strings.Repeat("~", max(columns(shown)-1, 0)))
		case first+i < end:
			mark.WriteString(strings.Repeat("~", columns(shown)))
		}
	}
	if at == last {
		mark.WriteString("^")
	}
	if last < len(runes) {
		text.WriteString("…")
	}
	const indent = "    "
	return indent + text.String() + "\n" + indent + p.expand(mark.String()) + "\n"
}

// expand paints the caret and its line, not the blanks before them.
func (p painter) expand(mark string) string {
	caret := strings.IndexByte(mark, '^')
	return mark[:caret] + p.paint(green, mark[caret:])
}

// window returns the runes of a line that are shown.
func window(runes []rune, at int) (first, last int) {
	if len(runes) <= snippetWidth {
		return 0, len(runes)
	}
	first = max(min(at-snippetLeft, len(runes)-snippetWidth), 0)
	return first, first + snippetWidth
}

// valueLen returns how many runes the value takes that begins a text: to the
// closing quote, or to what ends a plain value of YAML.
func valueLen(runes []rune) int {
	if len(runes) == 0 {
		return 0
	}
	if q := runes[0]; q == '"' || q == '\'' {
		for i := 1; i < len(runes); i++ {
			if runes[i] == q {
				return i + 1
			}
		}
		return len(runes)
	}
	for i, r := range runes {
		next := ' '
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		if i > 0 && (strings.ContainsRune(",[]{}", r) || r == ':' && unicode.IsSpace(next) || unicode.IsSpace(r) && next == '#') {
			return i
		}
	}
	return len(strings.TrimRight(string(runes), " \t")) - len(string(runes)) + len(runes)
}

// columns returns how many columns of a terminal a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide || width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
