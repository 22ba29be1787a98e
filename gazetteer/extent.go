package gazetteer

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The YAML reader says where a node begins and not where it ends. Here is found
// out where, as far as gazetteers go; what it gets wrong, editor.done refuses.

// lineStarts returns where the lines of src begin. The YAML reader ends a line
// at each of \r\n, \n, \r, U+0085, U+2028 and U+2029, and does not count a mark
// of byte order.
func lineStarts(src []byte) []int {
	bom := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	starts := []int{bom}
	for i := bom; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		i += size
		switch {
		case r == '\r' && i < len(src) && src[i] == '\n':
		case r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			starts = append(starts, i)
		}
	}
	return starts
}

// offset returns where n begins.
func (ed *editor) offset(n *yaml.Node) int {
	i := ed.lines[min(max(n.Line, 1), len(ed.lines))-1]
	for range n.Column - 1 {
		if i == len(ed.src) {
			break
		}
		_, size := utf8.DecodeRune(ed.src[i:])
		i += size
	}
	return i
}

// end returns where n ends.
func (ed *editor) end(n *yaml.Node) int {
	begin := ed.offset(n)
	if n.Kind == yaml.ScalarNode {
		return ed.scalarEnd(n, begin)
	}
	end := begin
	if k := len(n.Content); k > 0 {
		end = ed.end(n.Content[k-1])
	}
	if begin < len(ed.src) && n.Style&yaml.FlowStyle != 0 && (ed.src[begin] == '[' || ed.src[begin] == '{') {
		return ed.bracket(max(end, begin+1))
	}
	return end
}

// bracket returns where the next closing bracket ends, past comments.
func (ed *editor) bracket(i int) int {
	for ; i < len(ed.src); i++ {
		switch ed.src[i] {
		case ']', '}':
			return i + 1
		case '#':
			i = ed.nextLine(i) - 1
		}
	}
	return i
}

func (ed *editor) scalarEnd(n *yaml.Node, i int) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i++; i < len(ed.src) && ed.src[i] != '"'; i++ {
			if ed.src[i] == '\\' {
				i++
			}
		}
		return min(i+1, len(ed.src))
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i++; i < len(ed.src); i++ {
			if ed.src[i] != '\'' {
				continue
			}
			if i++; i == len(ed.src) || ed.src[i] != '\'' {
				break
			}
		}
		return i
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return ed.blockEnd(i)
	}
	// A plain text may go on in the next line: there are only blanks between
	// its words.
	for _, word := range strings.Fields(n.Value) {
		i += len(ed.src[i:]) - len(bytes.TrimLeftFunc(ed.src[i:], unicode.IsSpace))
		i = min(i+len(word), len(ed.src))
	}
	return i
}

// blockEnd returns where a text behind | or > ends, without its last break.
func (ed *editor) blockEnd(i int) int {
	next := ed.nextLine(i)
	keep := bytes.IndexByte(ed.src[i:next], '+') == 1
	end, indent := next, -1
	for at := next; at < len(ed.src); at = ed.nextLine(at) {
		here := ed.nextLine(at)
		line := string(ed.src[at:here])
		blanks := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case ed.isBlank(at):
			if keep {
				end = here
			}
			continue
		case indent < 0:
			indent = blanks
		case blanks < indent:
			return ed.beforeBreak(end)
		}
		end = here
	}
	return ed.beforeBreak(end)
}

// beforeBreak steps back over the break that ends before i.
func (ed *editor) beforeBreak(i int) int {
	if i > 0 && ed.src[i-1] == '\n' {
		i--
	}
	if i > 0 && ed.src[i-1] == '\r' {
		i--
	}
	return i
}

// lineStart returns where the line of i begins.
func (ed *editor) lineStart(i int) int {
	k, found := slices.BinarySearch(ed.lines, i)
	if found {
		return i
	}
	return ed.lines[max(k, 1)-1]
}

// nextLine returns where the line after that of i begins.
func (ed *editor) nextLine(i int) int {
	k, _ := slices.BinarySearch(ed.lines, i+1)
	if k == len(ed.lines) {
		return len(ed.src)
	}
	return ed.lines[k]
}

// isBlank says whether a line begins at i that holds nothing.
func (ed *editor) isBlank(i int) bool {
	return i < len(ed.src) && len(bytes.TrimSpace(ed.src[i:ed.nextLine(i)])) == 0
}

// below returns where the line behind n begins. Comments right below it that
// are indented by more than column blanks are about it.
func (ed *editor) below(n *yaml.Node, column int) int {
	i := ed.nextLine(ed.end(n))
	for i < len(ed.src) {
		line := string(ed.src[i:ed.nextLine(i)])
		text := strings.TrimLeft(line, " ")
		if !strings.HasPrefix(text, "#") || len(line)-len(text) <= column {
			break
		}
		i = ed.nextLine(i)
	}
	return i
}

// keyOf returns the key of a value of m.
func (ed *editor) keyOf(m, value *yaml.Node) *yaml.Node {
	return m.Content[slices.Index(m.Content, value)-1]
}

// colon returns where the colon behind a key is.
func (ed *editor) colon(key *yaml.Node) int {
	end := ed.end(key)
	return end + max(bytes.IndexByte(ed.src[end:], ':'), 0)
}
