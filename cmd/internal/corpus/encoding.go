package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// findEncoding returns the encoding of a name; nil is UTF-8.
func findEncoding(name string) (encoding.Encoding, error) {
	switch strings.ToLower(name) {
	case "", "utf-8", "utf8":
		return nil, nil
	case "utf-16", "utf16":
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), nil
	case "utf-16le", "utf16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case "utf-16be", "utf16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	case "utf-32", "utf32":
		return utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM), nil
	case "utf-32le", "utf32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), nil
	case "utf-32be", "utf32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), nil
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, fmt.Errorf("encoding %q is not known; known are the names of the web: windows-1252, iso-8859-15, koi8-r, gb18030, big5, shift_jis, euc-kr, utf-16le, utf-32be, …", name)
	}
	return e, nil
}

// An encodingError says that bytes do not mean what they should.
type encodingError string

func (e encodingError) Error() string { return string(e) }

// decoded gives UTF-8 of another encoding.
func (c *Corpus) decoded(r io.Reader) io.Reader {
	return decodingReader{transform.NewReader(r, c.decoding.NewDecoder())}
}

type decodingReader struct{ r io.Reader }

func (d decodingReader) Read(b []byte) (int, error) {
	n, err := d.r.Read(b)
	if errors.Is(err, unicode.ErrMissingBOM) {
		err = encodingError("has no byte order mark; say utf-16le, utf-16be, utf-32le or utf-32be")
	}
	return n, err
}

// checkCharacters refuses bytes that are no UTF-8 and, after decoding from
// another encoding, what took the place of bytes that mean nothing there. at is
// where in b it stands; b begins at byte base of the input.
func (c *Corpus) checkCharacters(b []byte, base int64) (at int, err error) {
	if at = invalidUTF8(b); at >= 0 {
		return at, fmt.Errorf("not UTF-8: invalid byte 0x%02X at byte %d; convert it, or name its --encoding", b[at], base+int64(at))
	}
	if c.decoding == nil {
		return 0, nil
	}
	if at = bytes.Index(b, []byte("\uFFFD")); at < 0 {
		return 0, nil
	}
	return at, fmt.Errorf("not %s: bytes that mean nothing there before character %d", c.opts.Encoding, 1+utf8.RuneCount(b[:at]))
}
