package corpus

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"wiretag/models"

	"github.com/klauspost/compress/zstd"
)

// maxSpool is how large a zip may be that comes from standard input or another
// file that cannot be read from its end: it has to be kept in a temporary file.
const maxSpool = 4 << 30

const tarBlock = 512

// isTar says whether an input is a tar archive. One of the first kind shows it
// by its name only.
func isTar(name string, head []byte, in *bufio.Reader) bool {
	if bytes.IndexByte(head, 0) < 0 { // text: do not wait for more
		return false
	}
	block, _ := in.Peek(tarBlock)
	if len(block) < tarBlock {
		return false
	}
	return bytes.HasPrefix(block[257:], []byte("ustar")) || strings.EqualFold(path.Ext(name), ".tar")
}

// tar reads the members of a tar archive, as they come.
func (c *Corpus) tar(s source, in *bufio.Reader, yield yieldFunc) bool {
	if s.member {
		return c.nested(s, yield)
	}
	archive, read := tar.NewReader(in), 0
	for {
		head, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return c.empty(s, read, yield)
		case err != nil:
			return yield(models.Document{}, problem(s.path, ClassArchive, tarError(err)))
		case head.Typeflag == tar.TypeDir || hiddenBelow(head.Name):
			continue
		case head.Typeflag != tar.TypeReg || !c.wanted(below(head.Name)):
			c.passed.Add(1)
			continue
		}
		read++
		if !c.input(source{
			path: s.path + "/" + memberName(head.Name), inside: below(head.Name), r: memberReader{archive},
			size: head.Size, depth: s.depth + 1, member: true,
		}, yield) {
			return false
		}
	}
}

// memberReader tells a fault of the archive from one of its members.
type memberReader struct{ r io.Reader }

func (m memberReader) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(err)
	}
	return n, err
}

func tarError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the archive is cut off")
	}
	return fmt.Errorf("the archive is damaged: %w", err)
}

// memberName is a member's name in records: as it stands, so that no two are
// one, whatever it says. It is only shown, nothing is ever written to it.
func memberName(name string) string { return shown(strings.TrimPrefix(name, "./")) }

// below is a member's name as a path in its archive, for globs and endings.
func below(name string) string {
	return shown(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func hiddenBelow(name string) bool {
	for part := range strings.SplitSeq(below(name), "/") {
		if hidden(part) {
			return true
		}
	}
	return false
}

func (c *Corpus) nested(s source, yield yieldFunc) bool {
	c.passed.Add(1)
	return yield(models.Document{}, note(s.path, "is an archive in an archive; passed over"))
}

// empty says that nothing of an archive was read.
func (c *Corpus) empty(s source, read int, yield yieldFunc) bool {
	if read > 0 {
		return true
	}
	return yield(models.Document{}, note(s.path, "holds no file of a known extension; --include names others"))
}

// zip reads the members of a zip archive, in the order of its directory.
func (c *Corpus) zip(s source, in io.Reader, yield yieldFunc) bool {
	if s.member {
		return c.nested(s, yield)
	}
	file, size, closeIt, err := random(s, in)
	if err != nil {
		return yield(models.Document{}, problem(s.path, classOf(err), err))
	}
	defer closeIt()
	archive, err := zip.NewReader(file, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return yield(models.Document{}, problem(s.path, ClassArchive, fmt.Errorf("the archive is damaged: %w", zipError(err))))
	}
	archive.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdMemory)))
	read := 0
	for _, m := range archive.File {
		switch {
		case m.Mode().IsDir() || hiddenBelow(m.Name):
			continue
		case !m.Mode().IsRegular() || !c.wanted(below(m.Name)):
			c.passed.Add(1)
			continue
		}
		read++
		if !c.zipped(s, m, yield) {
			return false
		}
	}
	return c.empty(s, read, yield)
}

// zipped reads one member of a zip.
func (c *Corpus) zipped(s source, m *zip.File, yield yieldFunc) bool {
	name := below(m.Name)
	where := s.path + "/" + memberName(m.Name)
	const encrypted = 1
	if m.Flags&encrypted != 0 {
		return yield(models.Document{}, problem(where, ClassArchive, errors.New("is encrypted")))
	}
	r, err := m.Open()
	if err != nil {
		return yield(models.Document{}, problem(where, ClassArchive, zipError(err)))
	}
	defer r.Close() // only read; a checksum that is wrong is an error of Read
	return c.input(source{
		path: where, inside: name, depth: s.depth + 1, member: true,
		r: &unpacking{r: r, max: c.opts.MaxRatio, packed: &tally{n: int64(min(m.CompressedSize64, 1<<50))}},
	}, yield)
}

func zipError(err error) error {
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return errors.New("is packed by a method that is not known here")
	case errors.Is(err, zip.ErrFormat):
		return errors.New("it has no directory; is it cut off?")
	}
	return err
}

// random returns a source that can be read anywhere: its file, or a copy in a
// temporary file, which has no name by then and goes with closeIt.
func random(s source, in io.Reader) (file io.ReaderAt, size int64, closeIt func(), err error) {
	if s.file != nil {
		return s.file, s.size, func() {}, nil
	}
	f, err := os.CreateTemp("", "wiretag-*.zip")
	if err != nil {
		return nil, 0, nil, err
	}
	closeIt = func() {
		f.Close()
		os.Remove(f.Name()) // where a file in use keeps its name
	}
	os.Remove(f.Name())
	n, err := io.Copy(f, io.LimitReader(in, maxSpool+1))
	if err == nil && n > maxSpool {
		err = limitError(fmt.Sprintf("a zip of more than %d GiB that is no file; save it first", maxSpool>>30))
	}
	if err != nil {
		closeIt()
		return nil, 0, nil, err
	}
	return f, n, closeIt, nil
}
