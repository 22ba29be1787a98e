package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// A lineReader cuts an input into lines and knows where each began.
type lineReader struct {
	in    *bufio.Reader
	max   int64  // bytes of a line
	line  []byte // the line in hand, without byte order mark and line end
	n     int    // its number, from 1
	start int64  // its first byte, from 0
	next  int64  // the first byte of the line after it
}

var errLongLine = errors.New("the line is too long")

func (l *lineReader) tooLong() error {
	return fmt.Errorf("the line is longer than the limit of %s; --max-line raises it", sizeName(l.max))
}

// read returns the next line, using buf for it. After errLongLine the line has
// been passed over and the next can be read.
func (l *lineReader) read(buf []byte) ([]byte, error) {
	room := l.max + int64(len("\uFEFF\r\n"))
	l.line = buf[:0]
	l.n, l.start = l.n+1, l.next
	for {
		part, err := l.in.ReadSlice('\n')
		l.next += int64(len(part))
		if l.next-l.start <= room {
			l.line = append(l.line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || l.next == l.start):
			return l.line, err
		}
		break
	}
	l.trim()
	if l.next-l.start > room || int64(len(l.line)) > l.max {
		return l.line, errLongLine
	}
	return l.line, nil
}

// trim takes the line end off the line and the byte order mark off the first.
func (l *lineReader) trim() {
	l.line = bytes.TrimSuffix(l.line, []byte("\n"))
	l.line = bytes.TrimSuffix(l.line, []byte("\r"))
	if l.n == 1 && bytes.HasPrefix(l.line, utf8BOM) {
		l.line = l.line[len(utf8BOM):]
		l.start += int64(len(utf8BOM))
	}
}

// problem makes the Problem of a byte of the line in hand. It names the column
// in code points, as editors count, and the byte of the file.
func (l *lineReader) problem(name string, offset int, class Class, err error) *Problem {
	if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		class, err = ClassSyntax, se.Err
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("the line ends inside the object")
		}
	}
	offset = min(offset, len(l.line))
	return &Problem{
		Path: name, Line: l.n, Column: 1 + utf8.RuneCount(l.line[:offset]), Byte: l.start + int64(offset),
		Class: class, Raw: bytes.Clone(l.line[:min(len(l.line), MaxRaw)]), Err: err,
	}
}
