package gazetteer

import (
	"fmt"
	"slices"
	"strings"
)

// value reads what stands behind a key or a dash.
func (s *scan) value() bool {
	top := s.top()
	top.empty = false
	for s.peek(0) == '&' || s.peek(0) == '!' {
		if c := s.peek(0); c == '&' && !isName(s.peek(1)) {
			return s.begins(c)
		}
		for !isBlank(s.peek(0)) {
			s.at++
		}
		s.skip(" \t")
	}
	start, c := s.at, s.peek(0)
	switch {
	case s.ends():
		top.empty = true
		return s.newLine()
	case c == '"' || c == '\'':
		return s.quoted() && s.rest(start)
	case c == '[' || c == '{':
		return s.brackets() && s.rest(start)
	case c == '|' || c == '>':
		return s.paragraph()
	case strings.IndexByte("*@`%,]}", c) >= 0:
		return s.begins(c)
	case c == '-' && isBlank(s.peek(1)):
		return s.fail(s.at, "a list cannot begin behind its key: put the dash on the next line, or in quotes if it is text")
	case (c == '?' || c == ':') && isBlank(s.peek(1)):
		return s.begins(c)
	}
	return s.bare()
}

// isName tells the characters of which the name of an anchor consists.
func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

const mustQuote = "text that begins with %c has to stand in quotes: write %s"

// begins reports text that begins with a character that means something.
func (s *scan) begins(c byte) bool {
	rest := strings.TrimRight(s.src[s.at:s.lineEnd()], " \t")
	return s.fail(s.at, mustQuote, c, inQuotes(rest))
}

// lineEnd returns where the line ends.
func (s *scan) lineEnd() int { return s.at + len(restOfLine(s.src[s.at:])) }

// restOfLine returns a text up to the end of its first line.
func restOfLine(text string) string {
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		return text[:i]
	}
	return text
}

// inQuotes writes a short text as YAML takes it, a long one with dots.
func inQuotes(text string) string {
	text = onLine(text)
	if strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return `"` + text + `"`
}

// bare reads text without quotes up to the end of its line.
func (s *scan) bare() bool {
	start := s.at
	end, colon := bareEnd(s.src, s.at)
	if colon {
		if glued := glue(s.src[start:end]); glued != "" {
			return s.fail(start+len(glued), "a blank is missing behind %s", glued)
		}
		return s.colon(start, end)
	}
	s.at = end
	s.top().text = start
	if s.peek(0) == '#' {
		s.comment()
	}
	return s.newLine()
}

// rest reads the end of a line on which a value that began at start has ended.
func (s *scan) rest(start int) bool {
	s.skip(" \t")
	if s.ends() {
		return s.newLine()
	}
	if s.peek(0) == ':' && isBlank(s.peek(1)) {
		return s.colon(start, s.at)
	}
	rest := quote(strings.TrimRight(s.src[s.at:s.lineEnd()], " \t"))
	switch c := s.src[start]; {
	case s.peek(0) == ',':
		return s.fail(s.at, "a comma cannot stand here: write several texts in brackets, as in [a, b], and every key on a line of its own")
	case c == '\'':
		return s.fail(s.at, "the quote ' before %s ends the text: write a quote within the text twice (''), or put the whole in double quotes", rest)
	case c == '"':
		return s.fail(s.at, `the quote " before %s ends the text: write a quote within the text as \", or put the whole in single quotes`, rest)
	}
	return s.fail(s.at, "%s stands behind the closing bracket: put the whole in quotes if it is text, or delete what is too much", rest)
}

// quoted reads text in quotes.
func (s *scan) quoted() bool {
	open, line := s.at, s.number
	q := s.src[open]
	for s.at++; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case isBreak(c):
			s.newLine()
			if s.mark() {
				return s.unclosed(open)
			}
			s.at--
		case c == '\\' && q == '"':
			if !s.escape() {
				return false
			}
		case c != q:
		case q == '\'' && s.peek(1) == q:
			s.at++
		default:
			s.at++
			return s.number == line || s.closes(open)
		}
	}
	return s.unclosed(open)
}

// closes tells whether quotes over several lines can end here. Text behind them
// says that the quote which ended them was meant to open others.
func (s *scan) closes(open int) bool {
	c := s.peek(0)
	if isBlank(c) || strings.IndexByte(",]}:#", c) >= 0 {
		return true
	}
	return s.unclosed(open)
}

func (s *scan) unclosed(open int) bool {
	q := s.src[open]
	if q == '\'' {
		return s.fail(open, `the quote ' that opens here is never closed: close it behind the text, or put text that begins with it in double quotes: "'…"`)
	}
	return s.fail(open, `the quote " that opens here is never closed: close it behind the text, or put text that begins with it in single quotes: '"…'`)
}

// escape reads a backslash and what it stands for, but for the last byte.
func (s *scan) escape() bool {
	digits := 0
	switch c := s.peek(1); {
	case c == 'x':
		digits = 2
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case isBreak(c):
		return true
	case strings.IndexByte("0abt\tnvfre \"'\\N_LP", c) < 0:
		return s.backslash()
	}
	for i := range digits {
		if strings.IndexByte("0123456789abcdefABCDEF", s.peek(2+i)) < 0 {
			return s.backslash()
		}
	}
	s.at += 1 + digits
	return true
}

func (s *scan) backslash() bool {
	return s.fail(s.at, `the backslash means nothing here: write it twice (\\), or put the text in single quotes`)
}

// paragraph reads text of several lines under a | or >.
func (s *scan) paragraph() bool {
	start := s.at
	s.at++
	s.skip("+-123456789")
	if c := s.peek(0); !isBlank(c) {
		s.at = start
		return s.begins(s.src[start])
	}
	s.skip(" \t")
	if !s.ends() {
		s.at = start
		return s.begins(s.src[start])
	}
	s.newLine()
	for indent := -1; s.at < len(s.src); s.newLine() {
		s.skip(" ")
		col := s.at - s.line
		switch {
		case isBreak(s.peek(0)):
		case col <= s.top().col || col < indent:
			s.at = s.line
			return s.peek(0) != '\t' || s.fail(s.at, tabIndents)
		case indent < 0:
			indent = col
		}
	}
	return true
}

// A bracket is a [ or { that is open, with the item in it that is being read.
type bracket struct {
	at    int
	item  itemKind
	line  int  // on which the item begins
	colon bool // the item has had its colon
}

// itemKind says what an item of a bracket consists of so far.
type itemKind uint8

const (
	noItem    itemKind = iota
	bareItem           // text without quotes, which may go on
	wholeItem          // something in quotes or brackets, or text that a comment ended
)

// A flow is a list or entry in brackets, from the first of them to the last.
type flow struct {
	*scan
	open    []bracket
	suspect int // the bracket that was open when a line began like one outside, or -1
	cut     int // a comment on the line of the last bracket that holds a closing one, or -1
}

const neverClosed = "the %c that opens here is never closed: write %c behind its last item"

// brackets reads a list or entry in brackets.
func (s *scan) brackets() bool {
	f := &flow{scan: s, suspect: -1, cut: -1}
	for s.at < len(s.src) {
		if !f.token() {
			f.blame()
			return false
		}
		if len(f.open) == 0 {
			return true
		}
	}
	last := f.open[len(f.open)-1]
	s.fail(last.at, neverClosed, s.src[last.at], closing(s.src[last.at]))
	f.blame()
	return false
}

func closing(open byte) byte {
	if open == '[' {
		return ']'
	}
	return '}'
}

// blame finds the bracket at fault where a line in the brackets began like one
// that belongs outside: it should have been closed above it.
func (f *flow) blame() {
	switch {
	case f.found == nil || f.found.check != yamlSyntax:
	case f.cut >= 0:
		f.fail(f.cut, "this # begins a comment, so that the closing bracket behind it is not read: put the text with the # in quotes")
	case f.suspect >= 0:
		open := f.src[f.suspect]
		f.fail(f.suspect, neverClosed, open, closing(open))
	}
}

// token reads the next mark or text of the brackets.
func (f *flow) token() bool {
	c := f.peek(0)
	switch {
	case c == ' ' || c == '\t':
		f.at++
	case isBreak(c):
		f.newLine()
		return f.begin()
	case c == '#':
		return f.remark()
	case c == '[' || c == '{':
		return f.push()
	case c == ']' || c == '}':
		return f.pop()
	case c == ',':
		last := f.last()
		if last.item == noItem && !last.colon {
			return f.fail(f.at, "an item is missing before this comma: delete the comma, or put it in quotes if it is text")
		}
		last.item, last.colon = noItem, false
		f.at++
	case c == ':' && (f.last().item == wholeItem || isBlank(f.peek(1))):
		return f.pair()
	default:
		return f.item(c)
	}
	return true
}

func (f *flow) last() *bracket { return &f.open[len(f.open)-1] }

// begin looks at the beginning of a line for what belongs outside the brackets.
func (f *flow) begin() bool {
	if f.mark() {
		return f.fail(f.last().at, neverClosed, f.src[f.last().at], closing(f.src[f.last().at]))
	}
	f.skip(" ")
	if f.suspect >= 0 || f.at-f.line > f.top().col || f.ends() {
		return true
	}
	end, colon := bareEnd(f.src, f.at)
	if f.peek(0) == '-' && isBlank(f.peek(1)) || colon && !strings.ContainsAny(f.src[f.at:end], " ,[]{}\"'") {
		f.suspect = f.last().at
	}
	return true
}

// remark reads a comment.
func (f *flow) remark() bool {
	end := f.lineEnd()
	if f.cut < 0 && strings.ContainsRune(f.src[f.at:end], rune(closing(f.src[f.last().at]))) {
		f.cut = f.at
	}
	if last := f.last(); last.item == bareItem {
		last.item = wholeItem
	}
	f.at = end
	return true
}

func (f *flow) push() bool {
	if len(f.open) > 0 && f.last().item != noItem {
		return f.fail(f.at, "text with a bracket in it has to stand in quotes, and between two items belongs a comma")
	}
	if len(f.blocks)-1+len(f.open) > deepest {
		f.found = &fault{f.at, yamlDepth, tooDeep}
		return false
	}
	f.open = append(f.open, bracket{at: f.at})
	f.at++
	return true
}

func (f *flow) pop() bool {
	last := f.last()
	open, c := f.src[last.at], f.src[f.at]
	if c != closing(open) {
		if slices.ContainsFunc(f.open, func(b bracket) bool { return closing(f.src[b.at]) == c }) {
			return f.fail(last.at, neverClosed, open, closing(open))
		}
		return f.fail(f.at, "this %c closes nothing, for the bracket that is open is a %c: write %c, or put the text in quotes", c, open, closing(open))
	}
	f.open = f.open[:len(f.open)-1]
	if len(f.open) > 0 {
		f.last().item = wholeItem
	}
	f.at++
	return true
}

// pair reads the colon between a key and its value.
func (f *flow) pair() bool {
	last := f.last()
	if last.colon || last.item == noItem {
		return f.fail(f.at, `a comma is missing before this key, or text with a colon and a blank in it has to stand in quotes: "…: …"`)
	}
	if last.line != f.number {
		return f.fail(f.at, "a key and its colon have to stand on one line")
	}
	last.colon, last.item = true, noItem
	f.at++
	return true
}

// item reads text, in quotes or bare.
func (f *flow) item(c byte) bool {
	last := f.last()
	start := f.at
	if last.item == noItem {
		last.line = f.number
	}
	switch {
	case last.item == wholeItem:
		return f.fail(f.at, "a comma is missing before this; or, if it belongs to the text before it, put the whole in quotes, and write a quote within it twice ('')")
	case last.item == bareItem: // goes on, on a new line
	case c == '"' || c == '\'':
		last.item = wholeItem
		return f.quoted()
	case c == '?' && last.item == noItem && !last.colon: // begins a key, which nobody writes
		f.at++
		return true
	case c == '!' || c == '&' && isName(f.peek(1)):
		for !isBlank(f.peek(0)) && strings.IndexByte(",[]{}", f.peek(0)) < 0 {
			f.at++
		}
		f.skip(" \t")
		if strings.IndexByte("\"'[{", f.peek(0)) < 0 {
			last.item = bareItem
		}
		return true
	case c == '-' && isBlank(f.peek(1)):
		return f.fail(f.at, "a dash begins an item of a list outside brackets only: delete it, or put it in quotes if it is text")
	case strings.IndexByte("&*@`%|>:?", c) >= 0:
		end := f.lineEnd()
		if i := strings.IndexAny(f.src[f.at:end], ",]}"); i >= 0 {
			end = f.at + i
		}
		return f.fail(f.at, mustQuote, c, inQuotes(f.src[f.at:end]))
	}
	last.item = bareItem
	for f.at < len(f.src) && strings.IndexByte(",[]{}?\r\n", f.src[f.at]) < 0 {
		if f.src[f.at] == ':' && isBlank(f.peek(1)) || f.src[f.at] == '#' && f.at > start && isBlank(f.src[f.at-1]) {
			return true
		}
		f.at++
	}
	if f.peek(0) == '?' {
		return f.fail(f.at, "text with a question mark has to stand in quotes where it is an item in brackets: write %s", inQuotes(f.src[start:f.at+1]))
	}
	return true
}

// tooDeep says what is wrong with a text of brackets only.
var tooDeep = fmt.Sprintf("lists and entries are nested more than %d deep here: a gazetteer needs no more than ten; a bracket or dash too many?", deepest)
