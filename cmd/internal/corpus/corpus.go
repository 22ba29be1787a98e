package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"wiretag/models"
)

// The largest inputs that are read. A longer one is a Problem.
const (
	MaxText = 64 << 20 // bytes of a plain text file
	MaxLine = 16 << 20 // bytes of a line of JSON
)

// Stdin is the operand that names standard input.
const Stdin = "-"

// Options say how to read. The zero value reads files and no standard input.
type Options struct {
	Format  Format
	Date    models.Date   // for articles that carry none
	Stdin   io.Reader     // what "-" reads
	Outputs []os.FileInfo // files being written, which must not be read back
}

// A Corpus is the articles of the paths that a user named.
type Corpus struct {
	opts     Options
	operands []operand
	seen     map[string]bool // real paths read; nil while only one operand can yield them
	passed   atomic.Int64
	in       *bufio.Reader // on the input in hand
	buf      []byte        // the bytes of the file or line in hand
}

// An operand is one path of the command line.
type operand struct {
	path string
	info fs.FileInfo // nil for standard input
}

// Open looks at the operands without reading them. An operand that does not
// exist, or that is about to be overwritten, is an error: it is better said
// before an hour of tagging than after. Symbolic links are followed.
func Open(operands []string, opts Options) (*Corpus, error) {
	c := &Corpus{opts: opts, in: bufio.NewReaderSize(nil, sniffed)}
	var errs []error
	for _, path := range operands {
		if path == Stdin {
			c.operands = append(c.operands, operand{path: path})
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			errs = append(errs, problem(path, ClassOpen, err))
		case c.isOutput(info):
			errs = append(errs, fmt.Errorf("%s is the output file, and cannot be read at the same time", path))
		}
		c.operands = append(c.operands, operand{path, info})
	}
	if len(operands) > 1 {
		c.seen = make(map[string]bool)
	}
	return c, errors.Join(errs...)
}

func (c *Corpus) isOutput(info fs.FileInfo) bool {
	for _, out := range c.opts.Outputs {
		if os.SameFile(out, info) {
			return true
		}
	}
	return false
}

// Passed returns how many files of folders were passed over: no regular file,
// or a name that ends in none of the known extensions. It may be called at any
// time.
func (c *Corpus) Passed() int { return int(c.passed.Load()) }

// Articles yields the articles in the order of the operands, those of a folder
// sorted by name. An error is always a *Problem, and then there is no article.
// A Document's strings are its own.
func (c *Corpus) Articles() iter.Seq2[models.Document, error] {
	return func(yield func(models.Document, error) bool) {
		for _, op := range c.operands {
			if !c.operand(op, yield) {
				return
			}
		}
	}
}

// yieldFunc takes an article or a Problem; false asks the reader to stop. The
// readers pass that answer on.
type yieldFunc = func(models.Document, error) bool

func (c *Corpus) operand(op operand, yield yieldFunc) bool {
	switch {
	case op.path == Stdin:
		if !c.first(Stdin) {
			return yield(models.Document{}, readTwice(Stdin))
		}
		return c.read(Stdin, c.opts.Stdin, 0, yield)
	case op.info.IsDir():
		return c.walk(op.path, realPath(op.path), yield)
	}
	return c.file(op.path, realPath(op.path), yield)
}

// first says whether the real path is met for the first time.
func (c *Corpus) first(real string) bool {
	if c.seen == nil {
		return true
	}
	if c.seen[real] {
		return false
	}
	c.seen[real] = true
	return true
}

// realPath returns one name for a file, however the user wrote it.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return path
}

// walk reads the files of a folder and of those below it. Hidden names,
// symbolic links and what is not a regular file are passed over, so that a
// loop of links or a pipe cannot hold up the run.
func (c *Corpus) walk(dir, real string, yield yieldFunc) bool {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil && !yield(models.Document{}, problem(filepath.ToSlash(dir), ClassOpen, err)) {
		return false
	}
	for _, e := range entries {
		name := e.Name()
		path := filepath.Join(dir, name)
		goOn := true
		switch {
		case strings.HasPrefix(name, "."):
		case e.IsDir():
			goOn = c.walk(path, filepath.Join(real, name), yield)
		case !e.Type().IsRegular() || !knownExtension(name):
			c.passed.Add(1)
		default:
			goOn = c.file(path, filepath.Join(real, name), yield)
		}
		if !goOn {
			return false
		}
	}
	return true
}

// file reads one file, unless it was read before or is being written.
func (c *Corpus) file(path, real string, yield yieldFunc) bool {
	slashed := filepath.ToSlash(path)
	if !c.first(real) {
		return yield(models.Document{}, readTwice(slashed))
	}
	f, err := os.Open(path)
	if err != nil {
		return yield(models.Document{}, problem(slashed, ClassOpen, err))
	}
	defer f.Close() // only read: nothing to lose
	info, err := f.Stat()
	if err != nil {
		return yield(models.Document{}, problem(slashed, ClassOpen, err))
	}
	if c.isOutput(info) {
		return yield(models.Document{}, note(slashed, "is being written by this run; not read"))
	}
	return c.read(slashed, f, info.Size(), yield)
}

// Progress returns how many bytes of the operands were read, before they are
// unpacked, and of how many; total is -1 if that is unknown. It may be called
// at any time.
func (c *Corpus) Progress() (done, total int64) { return 0, -1 }
