package corpus

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"wiretag/models"
)

// readText makes one article of a whole input, byte for byte.
func (c *Corpus) readText(s source, in *bufio.Reader, yield yieldFunc) bool {
	if p := c.whole(&s, in); p != nil {
		return yield(models.Document{}, p)
	}
	doc := c.document(s.path, Text, c.buf)
	doc.Text, doc.Derived = string(c.buf), c.decoding != nil
	c.setDate(&doc, "")
	return yield(doc, nil)
}

// document makes the article of a whole input but for its title and text.
func (c *Corpus) document(path string, f Format, raw []byte) models.Document {
	return models.Document{
		ID: path, Derived: true,
		Source: models.Source{Path: path, Format: string(f), SHA256: digest(raw)},
	}
}

// whole reads all of an input, which must be text, into c.buf.
func (c *Corpus) whole(s *source, in io.Reader) *Problem {
	if err := c.fill(in, s.size); err != nil {
		return problem(s.path, classOf(err), err)
	}
	if p := checkText(s.path, c.buf[:min(len(c.buf), sniffed)]); p != nil {
		return p
	}
	at, err := c.checkCharacters(c.buf, 0)
	if err == nil {
		return nil
	}
	p := problem(s.path, ClassEncoding, err)
	p.Byte = int64(at)
	return p
}

// fill reads all of in into c.buf, which is used again for the next input.
func (c *Corpus) fill(in io.Reader, size int64) error {
	if size > c.opts.MaxText {
		return c.tooLarge(size)
	}
	b := slices.Grow(c.buf[:0], int(size)+1) // one more, to see the end
	defer func() { c.buf = b }()
	for {
		n, err := in.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > c.opts.MaxText:
			return c.tooLarge(int64(len(b)))
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(b) == cap(b):
			b = slices.Grow(b, len(b))
		}
	}
}

func (c *Corpus) tooLarge(size int64) error {
	return limitError(fmt.Sprintf("larger than the limit of %s for one text (at least %d bytes); split it, give it as JSON lines, or raise --max-text", sizeName(c.opts.MaxText), size))
}

// sizeName writes a size in the largest unit that it is a multiple of.
func sizeName(n int64) string {
	for _, u := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= u.size && n%u.size == 0 {
			return fmt.Sprintf("%d %s", n/u.size, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}

// invalidUTF8 returns where b first fails to be UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
