package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"wiretag/models"
)

// maxPath is far longer than any system's paths.
const maxPath = 64 << 10

// list reads what the list of files names. A path that does not exist is a
// Problem, not an error: the list may be older than the files.
func (c *Corpus) list(yield yieldFunc) bool {
	in := c.opts.Stdin
	if c.opts.List != Stdin {
		f, err := os.Open(c.opts.List)
		if err != nil {
			return yield(models.Document{}, problem(c.opts.List, ClassOpen, err))
		}
		defer f.Close() // only read
		in = f
	}
	lines := bufio.NewReader(in)
	if head, _ := firstLine(lines); bytes.HasPrefix(head, utf8BOM) {
		_, _ = lines.Discard(len(utf8BOM)) // it was just peeked at
	}
	end, p := c.listEnd(lines)
	if p != nil {
		return yield(models.Document{}, p)
	}
	for n := 1; ; n++ {
		path, err := listed(lines, end)
		if strings.TrimSpace(path) != "" && !c.listedPath(path, yield) {
			return false
		}
		switch {
		case errors.Is(err, io.EOF):
			return true
		case err != nil:
			p := problem(c.opts.List, ClassRead, err)
			p.Line = n
			return yield(models.Document{}, p)
		}
	}
}

// listEnd is what ends a path: NUL if one comes within the first path that
// any system would take, else the end of the line.
func (c *Corpus) listEnd(lines *bufio.Reader) (byte, *Problem) {
	head, _ := firstLine(lines)
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		return 0, checkText(c.opts.List, head)
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return 0, nil
	}
	return '\n', nil
}

// listed reads one path.
func listed(lines *bufio.Reader, end byte) (string, error) {
	var path []byte
	for {
		part, err := lines.ReadSlice(end)
		path = append(path, part...)
		switch {
		case len(path) > maxPath:
			return "", errors.New("a path of more than 64 kB; is this a list of files?")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		}
		path = bytes.TrimSuffix(path, []byte{end})
		if end == '\n' {
			path = bytes.TrimSuffix(path, []byte("\r"))
		}
		return string(path), err
	}
}

func (c *Corpus) listedPath(path string, yield yieldFunc) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return yield(models.Document{}, problem(shown(filepath.ToSlash(path)), ClassOpen, err))
	case info.IsDir():
		return c.walk(path, "", yield)
	}
	return c.file(path, yield)
}
