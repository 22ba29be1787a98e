package corpus

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"wiretag/models"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A source is one input on the way from its bytes to its format.
type source struct {
	path   string // as in records
	inside string // what the format goes by: path without the endings of packing; "" is path
	r      io.Reader
	size   int64       // a hint, 0 if unknown
	file   io.ReaderAt // of size bytes, if r is one
	depth  int         // how often it was unpacked
	member bool        // of an archive
}

func (s *source) name() string {
	if s.inside != "" {
		return s.inside
	}
	return s.path
}

const (
	// maxDepth is how often an input may be packed, an archive counting once:
	// a member of archive.tar.gz is packed twice, and may be once more.
	maxDepth = 5
	// looseBytes may be unpacked whatever the ratio.
	looseBytes = 10 << 20
	// zstdMemory is what a frame may ask for; zstd itself asks for 128 MiB at
	// most unless told otherwise.
	zstdMemory = 128 << 20
	// readSize is how much is read at a time.
	readSize = 64 << 10
)

// reader returns the buffer of a depth, on r.
func (c *Corpus) reader(depth int, r io.Reader) *bufio.Reader {
	for len(c.in) <= depth {
		c.in = append(c.in, bufio.NewReaderSize(nil, readSize))
	}
	in := c.in[depth]
	in.Reset(r)
	return in
}

// input makes the articles of a source, however it is packed. What it is
// packed in shows in its first bytes, whatever its name says.
func (c *Corpus) input(s source, yield yieldFunc) bool {
	in := c.reader(s.depth, s.r)
	head, err := firstLine(in)
	if err != nil {
		return yield(models.Document{}, problem(s.path, classOf(err), err))
	}
	if open := unpacker(head); open != nil {
		return c.unpack(s, in, open, yield)
	}
	if len(head) == 0 && unpackedName(s.name()) != s.name() {
		return yield(models.Document{}, problem(s.path, ClassArchive, errors.New("is empty; packed data are not")))
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return c.zip(s, in, yield)
	case isTar(s.name(), head, in):
		return c.tar(s, in, yield)
	}
	return c.plain(s, in, yield)
}

// An unpacker makes what was packed of what is; close may be nil.
type unpackFunc = func(io.Reader) (r io.Reader, close func(), err error)

// unpacker returns what unpacks data that begin with head, or nil.
func unpacker(head []byte) unpackFunc {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return func(r io.Reader) (io.Reader, func(), error) {
			gz, err := gzip.NewReader(r)
			return gz, nil, err
		}
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return func(r io.Reader) (io.Reader, func(), error) {
			z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdMemory))
			if err != nil {
				return nil, nil, err
			}
			return z, z.Close, nil
		}
	case len(head) > 3 && bytes.HasPrefix(head, []byte("BZh")) && '1' <= head[3] && head[3] <= '9':
		return func(r io.Reader) (io.Reader, func(), error) { return bzip2.NewReader(r), nil, nil }
	}
	return nil
}

// unpack reads what a source holds packed.
func (c *Corpus) unpack(s source, in *bufio.Reader, open unpackFunc, yield yieldFunc) bool {
	if s.depth == maxDepth {
		return yield(models.Document{}, problem(s.path, ClassArchive, fmt.Errorf("is packed more than %d times", maxDepth)))
	}
	packed := &tally{r: in}
	r, closeIt, err := open(packed)
	if err != nil {
		err = packed.blame(err)
		return yield(models.Document{}, problem(s.path, classOf(err), err))
	}
	if closeIt != nil {
		defer closeIt()
	}
	return c.input(source{
		path: s.path, inside: unpackedName(s.name()), depth: s.depth + 1, member: s.member,
		r: &unpacking{r: r, packed: packed, max: c.opts.MaxRatio},
	}, yield)
}

// unpackedName takes the ending of packing off a name.
func unpackedName(name string) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	switch strings.ToLower(ext) {
	case ".gz", ".zst", ".bz2":
		return stem
	case ".tgz", ".tzst", ".tbz2", ".tbz":
		return stem + ".tar"
	}
	return name
}

// A tally counts what is read of packed data and remembers how that failed.
type tally struct {
	r   io.Reader
	n   int64
	err error
}

func (t *tally) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	t.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		t.err = err
	}
	return n, err
}

// blame returns the fault of the packed data behind err: that they could not
// be read, or that they are damaged.
func (t *tally) blame(err error) error {
	if t.err != nil {
		return t.err
	}
	return damaged(err)
}

// unpacking gives unpacked bytes and stops where they become too many.
type unpacking struct {
	r      io.Reader
	packed *tally
	n      int64
	max    int
}

func (u *unpacking) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	u.n += int64(n)
	switch {
	case u.n > looseBytes && u.n/int64(u.max) > u.packed.n:
		return 0, limitError(fmt.Sprintf("unpacks to more than %d times its size; if that is right, --max-ratio allows more", u.max))
	case err != nil && !errors.Is(err, io.EOF):
		err = u.packed.blame(err)
	}
	return n, err
}

// damaged is an error of what is packed.
func damaged(err error) error {
	if _, ok := errors.AsType[limitError](err); ok {
		return err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the packed data are cut off")
	}
	return &damagedError{err}
}

type damagedError struct{ err error }

func (e *damagedError) Error() string { return e.err.Error() }

func (e *damagedError) Unwrap() error { return e.err }

// A limitError is an input that is larger than a limit.
type limitError string

func (e limitError) Error() string { return string(e) }

// classOf returns the class of an error of reading.
func classOf(err error) Class {
	if _, ok := errors.AsType[*damagedError](err); ok {
		return ClassArchive
	}
	if _, ok := errors.AsType[limitError](err); ok {
		return ClassLimit
	}
	if _, ok := errors.AsType[encodingError](err); ok {
		return ClassEncoding
	}
	return ClassRead
}
