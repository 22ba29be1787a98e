package corpus

import (
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
func (c *Corpus) readText(name string, in io.Reader, size int64) (models.Document, error) {
	if err := c.fill(in, size); err != nil {
		class := ClassRead
		if errors.Is(err, errTooLarge) {
			class = ClassLimit
		}
		return models.Document{}, problem(name, class, err)
	}
	if p := checkText(name, c.buf[:min(len(c.buf), sniffed)]); p != nil {
		return models.Document{}, p
	}
	if at := invalidUTF8(c.buf); at >= 0 {
		p := problem(name, ClassEncoding, fmt.Errorf("not UTF-8: invalid byte 0x%02X at byte %d; convert it to UTF-8", c.buf[at], at))
		p.Byte = int64(at)
		return models.Document{}, p
	}
	doc := models.Document{
		ID:     name,
		Text:   string(c.buf),
		Source: models.Source{Path: name, Format: string(Text), SHA256: digest(c.buf)},
	}
	c.setDate(&doc, "")
	return doc, nil
}

// fill reads all of in into c.buf, which is used again for the next input.
func (c *Corpus) fill(in io.Reader, size int64) error {
	if size > MaxText {
		return tooLarge(size)
	}
	b := slices.Grow(c.buf[:0], int(size)+1) // one more, to see the end
	defer func() { c.buf = b }()
	for {
		n, err := in.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case len(b) > MaxText:
			return tooLarge(int64(len(b)))
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(b) == cap(b):
			b = slices.Grow(b, len(b))
		}
	}
}

var errTooLarge = fmt.Errorf("larger than the limit of %d MiB for one text", MaxText>>20)

func tooLarge(size int64) error {
	return fmt.Errorf("%w (at least %d bytes); split it, or give it as JSON lines", errTooLarge, size)
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
