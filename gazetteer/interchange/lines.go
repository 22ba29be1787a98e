package interchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// longestLine is the longest line of a file that is read line by line.
const longestLine = 64 << 20

// lines walks the lines of a source, without a byte order mark and line ends.
// Blank ones are passed over.
func (im *importer) lines(src Source, each func(line []byte)) error {
	s := bufio.NewScanner(src.Reader)
	s.Buffer(make([]byte, 0, 64<<10), longestLine)
	im.line = 0
	for s.Scan() {
		im.line++
		line := s.Bytes()
		if im.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimRight(line, "\r"); len(bytes.TrimSpace(line)) > 0 {
			each(line)
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		im.line++
		return im.errorf("the line has more than %d MiB", longestLine>>20)
	}
	if s.Err() != nil {
		return fmt.Errorf("%s: %w", im.name, s.Err())
	}
	return nil
}

// object reads a line as an object of JSON. A line that is none is reported.
func (im *importer) object(line []byte, into any) bool {
	if !utf8.Valid(line) { // the reader of JSON would write something else in silence
		im.leave(string(line), "not UTF-8")
		return false
	}
	err := json.Unmarshal(line, into)
	if err == nil {
		return true
	}
	if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		im.leave(string(line), "%s is a %s, and another kind of value is wanted", te.Field, te.Value)
	} else if se, ok := errors.AsType[*json.SyntaxError](err); ok {
		im.leave(string(line), "not JSON, from byte %d on", se.Offset)
	} else {
		im.leave(string(line), "not JSON: %v", err)
	}
	return false
}
