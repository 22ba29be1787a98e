package corpus

import (
	"bufio"
	"bytes"
	"fmt"
	"unicode/utf8"
)

// A tracker stands between an input and a parser that reads ahead. It keeps
// what the parser has not finished with, so that the place and the bytes of a
// record can be told, and stops a record that grows beyond a limit.
type tracker struct {
	in   *bufio.Reader
	max  int64
	kept []byte // bytes from at on
	at   int64  // of what the parser reads
	base int64  // of the input, where that begins
	line int    // of at, from 1
	col  int    // of at in code points, from 1
}

// newTracker tracks in, without a byte order mark.
func newTracker(in *bufio.Reader, max int64) *tracker {
	t := &tracker{in: in, max: max, line: 1, col: 1}
	if head, _ := in.Peek(len(utf8BOM)); bytes.Equal(head, utf8BOM) {
		n, _ := in.Discard(len(utf8BOM)) // it was just peeked at
		t.base = int64(n)
	}
	return t
}

// Read reads for the parser.
func (t *tracker) Read(b []byte) (int, error) {
	if int64(len(t.kept)) > t.max+readSize {
		return 0, t.tooLong()
	}
	n, err := t.in.Read(b[:min(len(b), readSize)])
	t.kept = append(t.kept, b[:n]...)
	return n, err
}

func (t *tracker) tooLong() error {
	return limitError(fmt.Sprintf("it is longer than the limit of %s; --max-line raises it", sizeName(t.max)))
}

// advance forgets what lies before byte to.
func (t *tracker) advance(to int64) {
	n := max(min(to-t.at, int64(len(t.kept))), 0)
	t.line, t.col = placeBehind(t.line, t.col, t.kept[:n])
	t.kept, t.at = t.kept[n:], t.at+n
}

// placeBehind returns the line and column behind b, which begins at the ones
// given.
func placeBehind(line, col int, b []byte) (int, int) {
	if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
		line += bytes.Count(b, []byte("\n"))
		b, col = b[i+1:], 1
	}
	return line, col + utf8.RuneCount(b)
}

// problem makes the Problem of a byte of a record, which begins where the
// tracker is.
func (t *tracker) problem(path string, record []byte, offset int, class Class, err error) *Problem {
	offset = min(max(offset, 0), len(record))
	line, col := placeBehind(t.line, t.col, record[:offset])
	return &Problem{
		Path: path, Line: line, Column: col, Byte: t.base + t.at + int64(offset),
		Class: class, Raw: bytes.Clone(record[:min(len(record), MaxRaw)]), Err: err,
	}
}
