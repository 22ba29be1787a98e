package interchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
	err := json.Unmarshal(line, into)
	if err == nil {
		return true
	}
	im.entries++
	if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		im.drop(te.Field, "a %s where another kind of value is wanted; the line is left out", te.Value)
		return false
	}
	if se, ok := errors.AsType[*json.SyntaxError](err); ok {
		im.drop("", "not JSON, from byte %d on; the line is left out", se.Offset)
		return false
	}
	im.drop("", "not JSON: %v; the line is left out", err)
	return false
}
