package gazetteer

import (
	"fmt"
	"slices"
	"strings"
)

// A fault is the first place at which a text is not YAML, and what to do.
type fault struct {
	at      int // byte
	check   checkID
	message string
}

// A scan goes once through a text that the YAML reader has refused, to find
// where and why: the reader names the line where something began that it could
// not end, which may be a page above, and no column. The scan knows of YAML
// what people write by hand. It reads lines, keeps the blocks that are open,
// and stops at the first thing that cannot stand where it stands.
//
// It reads every byte a fixed number of times, whatever the text is.
type scan struct {
	src    string
	at     int     // the byte to read next
	line   int     // where the line of at begins
	number int     // of that line, from 1
	blocks []block // the open ones, outermost first; the first holds the document
	closed []block // those that the line closed, innermost first
	over   bool    // three dots have ended the document
	found  *fault
}

// A block is a list with dashes, or an entry of key: value lines.
type block struct {
	col    int // bytes before it on its lines
	number int // of its last line
	list   bool
	empty  bool   // the last key or dash still has no value
	text   int    // where its last value begins, if that is bare text that the next line may continue; else -1
	ended  bool   // a comment ended that text
	key    string // the last key
}

// findFault returns nil if it finds nothing wrong that it understands.
func findFault(src string) *fault {
	s := &scan{src: src, number: 1}
	s.document()
	for s.at < len(src) && s.readLine() {
	}
	return s.found
}

func (s *scan) document() { s.blocks = append(s.blocks[:0], block{col: -1, empty: true, text: -1}) }

func (s *scan) top() *block { return &s.blocks[len(s.blocks)-1] }

// fail notes a fault and returns false, which stops the scan.
func (s *scan) fail(at int, format string, args ...any) bool {
	s.found = &fault{at, yamlSyntax, fmt.Sprintf(format, args...)}
	return false
}

// peek returns the i-th byte from here, '\n' at the end of the text.
func (s *scan) peek(i int) byte {
	if s.at+i < len(s.src) {
		return s.src[s.at+i]
	}
	return '\n'
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

func isBlank(c byte) bool { return c == ' ' || c == '\t' || isBreak(c) }

// skip goes on behind the bytes of set.
func (s *scan) skip(set string) {
	for s.at < len(s.src) && strings.IndexByte(set, s.src[s.at]) >= 0 {
		s.at++
	}
}

// ends tells whether nothing but a comment is left on the line.
func (s *scan) ends() bool { return isBreak(s.peek(0)) || s.peek(0) == '#' }

// newLine goes to the next line from anywhere in this one.
func (s *scan) newLine() bool {
	for s.at < len(s.src) && !isBreak(s.src[s.at]) {
		s.at++
	}
	if s.peek(0) == '\r' && s.peek(1) == '\n' {
		s.at++
	}
	s.at = min(s.at+1, len(s.src))
	s.line = s.at
	s.number++
	return true
}

const tabIndents = "a tab stands where the line is indented: YAML takes only blanks there; put blanks in its place"

// readLine reads a line that does not begin within quotes or brackets.
func (s *scan) readLine() bool {
	s.skip(" ")
	continues := s.top().text >= 0 && s.at-s.line > s.top().col
	if s.peek(0) == '\t' && !continues {
		return s.fail(s.at, tabIndents)
	}
	s.skip(" \t")
	col := s.at - s.line
	switch {
	case s.ends():
		if s.peek(0) == '#' && continues {
			s.comment()
		}
		return s.newLine()
	case col == 0 && s.peek(0) == '%' && len(s.blocks) == 1:
		if strings.HasPrefix(s.src[s.at:], "%YAML ") || strings.HasPrefix(s.src[s.at:], "%TAG ") {
			return s.newLine()
		}
	case col == 0 && s.mark():
		s.document()
		s.over = s.peek(0) == '.'
		s.at += len("---")
		s.skip(" \t")
		return s.value()
	case continues:
		return s.more()
	case s.over:
		return s.fail(s.at, "three dots alone on a line end the file, and this stands behind them: delete the dots")
	}
	s.closed = s.closed[:0]
	for s.top().col > col {
		s.closed = append(s.closed, *s.top())
		s.blocks = s.blocks[:len(s.blocks)-1]
	}
	return s.content(col)
}

// mark tells whether a --- or ... begins here.
func (s *scan) mark() bool {
	rest := s.src[s.at:]
	return (strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "...")) && isBlank(s.peek(3))
}

// comment notes that bare text ended at a comment, which nothing may follow.
func (s *scan) comment() { s.top().text, s.top().ended = -1, true }

// content reads a line from its first dash or key.
func (s *scan) content(col int) bool {
	dashes := false
	for s.peek(0) == '-' && isBlank(s.peek(1)) {
		if !s.enter(col, true) {
			return false
		}
		dashes = true
		s.at++
		s.skip(" ")
		if s.peek(0) == '\t' {
			return s.fail(s.at, "a tab stands behind the dash: put a blank in its place")
		}
		if s.ends() {
			s.top().empty = true
			return s.newLine()
		}
		s.top().empty = true
		col = s.at - s.line
	}
	switch c := s.peek(0); {
	case c == '*', (c == '?' || c == ':') && isBlank(s.peek(1)): // which may begin a key that nobody writes
		return s.begins(c)
	}
	colon := s.key()
	if colon < 0 {
		if !dashes && (!s.top().empty || s.top().col >= col) {
			return s.stray(col)
		}
		return s.value()
	}
	if !s.enter(col, false) {
		return false
	}
	s.top().key = strings.TrimSpace(s.src[s.at:colon])
	s.at = colon + 1
	s.skip(" \t")
	return s.value()
}

// key returns where the colon of a key stands that begins here, or -1.
func (s *scan) key() int {
	i := s.at
	switch c := s.peek(0); {
	case c == '"' || c == '\'':
		for i++; i < len(s.src) && s.src[i] != c && !isBreak(s.src[i]); i++ {
			if c == '"' && s.src[i] == '\\' {
				i++
			}
		}
		for i++; i < len(s.src) && (s.src[i] == ' ' || s.src[i] == '\t'); i++ {
		}
		if i < len(s.src) && s.src[i] == ':' {
			return i
		}
		return -1
	case strings.IndexByte("[]{},@`%|>#", c) >= 0:
		return -1
	}
	if end, colon := bareEnd(s.src, i); colon {
		return end
	}
	return -1
}

// bareEnd returns where bare text that begins at i ends on its line: at a colon
// with a blank behind it, at a comment, or at the end of the line.
func bareEnd(src string, i int) (end int, colon bool) {
	for ; i < len(src) && !isBreak(src[i]); i++ {
		switch src[i] {
		case ':':
			if i+1 == len(src) || isBlank(src[i+1]) {
				return i, true
			}
		case '#':
			if i > 0 && isBlank(src[i-1]) {
				return i, false
			}
		}
	}
	return i, false
}

// enter finds the block that a dash or key in this column belongs to, or opens
// one.
func (s *scan) enter(col int, list bool) bool {
	top := s.top()
	if top.col == col && top.list && !list && len(s.blocks) > 1 {
		// A list may stand in the column of its key, which then goes on.
		if below := &s.blocks[len(s.blocks)-2]; below.col == col && !below.list {
			s.blocks = s.blocks[:len(s.blocks)-1]
			top = below
		}
	}
	switch {
	case top.col == col && top.list == list:
		top.number, top.text, top.ended, top.empty = s.number, -1, false, false
		return true
	case top.empty && (top.col < col || top.col == col && list):
		top.empty = false
		if len(s.blocks)-1 > deepest {
			s.found = &fault{s.at, yamlDepth, tooDeep}
			return false
		}
		s.blocks = append(s.blocks, block{col: col, number: s.number, list: list, text: -1})
		return true
	}
	return s.misplaced(col, list)
}

// misplaced reports a dash or key that begins in a column where nothing can.
func (s *scan) misplaced(col int, list bool) bool {
	top := s.top()
	what := "this line"
	if !list {
		what = quote(word(s.src[s.at:]))
	}
	switch {
	case top.ended:
		return s.fail(s.at, "%s cannot follow a comment behind text: move the comment to a line of its own", what)
	case top.col == col && top.list:
		return s.fail(s.at, "a dash is missing: the other items of the list begin with one, as on line %d", top.number)
	case top.col == col:
		return s.fail(s.at, "a dash cannot stand here: %s", s.places(list))
	case col > top.col && len(s.blocks) > 1:
		return s.fail(s.at, "%s begins in column %d, under nothing that could hold it: %s", what, col+1, s.places(list))
	}
	return s.fail(s.at, "%s begins in column %d, left of what it belongs to: indent it as the lines above", what, col+1)
}

// places says in which columns the line may begin.
func (s *scan) places(list bool) string {
	// A line that is one blank short or over belongs to the nearest.
	near := slices.Clone(s.closed)
	slices.Reverse(near)
	for _, b := range slices.Backward(s.blocks[1:]) {
		near = append(near, b)
	}
	for _, b := range near {
		if b.list == list {
			return fmt.Sprintf("begin it in column %d, as line %d does", b.col+1, b.number)
		}
	}
	return "indent it as the lines above"
}

// stray reports text without a colon where a key is wanted.
func (s *scan) stray(col int) bool {
	switch c := s.peek(0); {
	case c == '"' || c == '\'' || strings.IndexByte("[]{},@`%|>&*!", c) >= 0:
		return s.fail(s.at, "here a line of the form key: value is wanted, and this is none: give it its key, or a dash if it is an item of a list")
	case s.top().ended:
		return s.fail(s.at, "this text goes on behind a comment, which ended it: move the comment to a line of its own")
	}
	end, _ := bareEnd(s.src, s.at)
	if glued := glue(s.src[s.at:end]); glued != "" {
		return s.fail(s.at+len(glued), "a blank is missing behind %s", glued)
	}
	if s.top().list && s.top().col == col {
		return s.fail(s.at, "a dash is missing: the other items of the list begin with one, as on line %d", s.top().number)
	}
	return s.fail(s.at, "%s stands where a line of the form key: value is wanted: a colon and a blank belong behind the key, a dash before an item of a list",
		quote(strings.TrimRight(s.src[s.at:end], " \t")))
}

// more reads a line that continues bare text.
func (s *scan) more() bool {
	end, colon := bareEnd(s.src, s.at)
	if !colon {
		s.at = end
		if s.peek(0) == '#' {
			s.comment()
		}
		return s.newLine()
	}
	top := s.top()
	if glued := glue(s.src[top.text:]); glued != "" {
		s.found = &fault{top.text + len(glued), yamlSyntax, "a blank is missing behind " + glued}
		return false
	}
	key := s.src[s.at:end]
	if strings.ContainsAny(key, " \t") {
		return s.colon(top.text, end)
	}
	if top.list {
		return s.fail(s.at, "%s stands under text, which holds no keys: begin the line above with a key, too, like name:, or put the text in quotes", quote(key+":"))
	}
	return s.fail(s.at, "%s begins deeper than %s, which has its value already: begin it in column %d", quote(key+":"), quote(top.key+":"), top.col+1)
}

// colon reports the colon at in a text that begins at start.
func (s *scan) colon(start, at int) bool {
	text := `"…: …"`
	if start >= s.line {
		text = inQuotes(strings.TrimRight(s.src[start:s.lineEnd()], " \t"))
	}
	return s.fail(at, "text with a colon and a blank in it has to stand in quotes: write %s", text)
}

// glue returns the key of a text like name:Zoom, with its colon; else "".
func glue(text string) string {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z' || c == '_':
		case c == ':' && i > 0 && i+1 < len(text) && !isBlank(text[i+1]) && text[i+1] != '/':
			return text[:i+1]
		default:
			return ""
		}
	}
	return ""
}

// word returns text up to its first blank.
func word(text string) string {
	for i := range len(text) {
		if isBlank(text[i]) {
			return text[:i]
		}
	}
	return text
}
