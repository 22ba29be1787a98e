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
	"sync/atomic"

	"wiretag/models"

	"golang.org/x/text/encoding"
)

// The largest inputs that are read unless Options say otherwise. A longer one
// is a Problem.
const (
	MaxText  = 64 << 20 // bytes of one article that is a whole file
	MaxLine  = 16 << 20 // bytes of one line, record or element
	MaxRatio = 100      // bytes unpacked for each byte that is packed
)

// Stdin is the operand that names standard input.
const Stdin = "-"

// Options say how to read. The zero value reads files and no standard input.
type Options struct {
	Format  Format
	Fields  Fields        // where the parts of an article stand in a record
	Date    models.Date   // for articles that carry none
	Stdin   io.Reader     // what "-" reads
	Outputs []os.FileInfo // files being written, which must not be read back

	// Include and Exclude choose the files of folders and archives by globs as
	// bash and git know them ("**/2024-*.txt"). A glob without a slash is held
	// against the name, another against the path below the operand. Include
	// takes the place of the rule that only known extensions are read.
	Include, Exclude []string
	// List is a file with the paths to read after the operands, one a line or
	// each ended by NUL; "-" is standard input, "" no list.
	List string
	// Encoding is the name of the characters' encoding, as the web knows it
	// (windows-1252, gb18030, utf-16le). "" is UTF-8; for HTML, what the page
	// says.
	Encoding string
	// The limits; 0 is the constant of the same name.
	MaxText, MaxLine int64
	MaxRatio         int
}

// A Corpus is the articles of the paths that a user named.
type Corpus struct {
	opts     Options
	decoding encoding.Encoding // nil for UTF-8
	operands []operand
	seen     map[identity]bool // files read; those with one name only if several operands can yield them
	several  bool
	passed   atomic.Int64
	done     atomic.Int64 // bytes of operands read
	total    int64
	in       []*bufio.Reader // by depth: on an input, and on what is packed in it
	buf      []byte          // the bytes of the file or line in hand
	undated  undated         // of the input in hand
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
	c := &Corpus{opts: opts, seen: make(map[identity]bool)}
	errs := c.configure()
	for _, path := range operands {
		if path == Stdin {
			c.operands = append(c.operands, operand{path: path})
			c.total = -1
			if opts.List == Stdin {
				errs = append(errs, errors.New("standard input is named both as an article and as the list of files"))
			}
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			errs = append(errs, problem(path, ClassOpen, err))
			continue
		case c.isOutput(info):
			errs = append(errs, fmt.Errorf("%s is the output file, and cannot be read at the same time", path))
		case info.IsDir():
			c.total = -1
		case c.total >= 0:
			c.total += info.Size()
		}
		c.operands = append(c.operands, operand{path, info})
	}
	c.several = len(operands) > 1 || opts.List != ""
	return c, errors.Join(errs...)
}

// configure fills in defaults and looks at the options.
func (c *Corpus) configure() (errs []error) {
	o := &c.opts
	if o.MaxText <= 0 {
		o.MaxText = MaxText
	}
	if o.MaxLine <= 0 {
		o.MaxLine = MaxLine
	}
	if o.MaxRatio <= 0 {
		o.MaxRatio = MaxRatio
	}
	var err error
	if c.decoding, err = findEncoding(o.Encoding); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, checkGlobs(o.Include, o.Exclude)...)
	if o.List != "" {
		c.total = -1
		if _, err := os.Stat(o.List); err != nil && o.List != Stdin {
			errs = append(errs, problem(o.List, ClassOpen, err))
		}
	}
	return errs
}

func (c *Corpus) isOutput(info fs.FileInfo) bool {
	for _, out := range c.opts.Outputs {
		if os.SameFile(out, info) {
			return true
		}
	}
	return false
}

// Passed returns how many files of folders and archives were passed over: no
// regular file, a name that ends in none of the known extensions, or one that
// the globs leave out. It may be called at any time.
func (c *Corpus) Passed() int { return int(c.passed.Load()) }

// Progress returns how many bytes of the operands were read, before they are
// unpacked, and of how many; total is -1 if that is unknown. It may be called
// at any time.
func (c *Corpus) Progress() (done, total int64) { return c.done.Load(), c.total }

// sized reads a file as large as it was when it was opened: not what is added
// meanwhile, and not less in silence.
type sized struct {
	r    io.Reader
	left int64
}

var errShrunk = errors.New("the file became shorter while it was read")

func (s *sized) Read(b []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	n, err := s.r.Read(b[:min(int64(len(b)), s.left)])
	s.left -= int64(n)
	if errors.Is(err, io.EOF) && s.left > 0 {
		err = errShrunk
	}
	return n, err
}

// counted counts what is read of an operand.
type counted struct {
	r    io.Reader
	done *atomic.Int64
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.done.Add(int64(n))
	return n, err
}

// Articles yields the articles in the order of the operands, those of a folder
// sorted by name, those of an archive as they lie in it. An error is always a
// *Problem, and then there is no article. A Document's strings are its own.
func (c *Corpus) Articles() iter.Seq2[models.Document, error] {
	return func(yield func(models.Document, error) bool) {
		for _, op := range c.operands {
			if !c.operand(op, yield) {
				return
			}
		}
		if c.opts.List != "" {
			c.list(yield)
		}
	}
}

// yieldFunc takes an article or a Problem; false asks the reader to stop. The
// readers pass that answer on.
type yieldFunc = func(models.Document, error) bool

func (c *Corpus) operand(op operand, yield yieldFunc) bool {
	switch {
	case op.path == Stdin:
		if !c.first(identity{path: Stdin}) {
			return yield(models.Document{}, readTwice(Stdin))
		}
		return c.input(source{path: Stdin, r: counted{c.opts.Stdin, &c.done}}, yield)
	case op.info.IsDir():
		return c.walk(op.path, "", yield)
	}
	return c.file(op.path, yield)
}

// first says whether a file is met for the first time.
func (c *Corpus) first(id identity) bool {
	if c.seen[id] {
		return false
	}
	c.seen[id] = true
	return true
}

// file reads one file, unless it was read before or is being written.
func (c *Corpus) file(path string, yield yieldFunc) bool {
	name := shown(filepath.ToSlash(path))
	f, err := os.Open(path)
	if err != nil {
		return yield(models.Document{}, problem(name, ClassOpen, err))
	}
	defer f.Close() // only read: nothing to lose
	info, err := f.Stat()
	switch {
	case err != nil:
		return yield(models.Document{}, problem(name, ClassOpen, err))
	case info.IsDir(): // it was a file when it was listed
		return yield(models.Document{}, problem(name, ClassOpen, errors.New("is a folder")))
	case c.isOutput(info):
		return yield(models.Document{}, note(name, "is being written by this run; not read"))
	}
	if c.several || hasLinks(info) {
		if !c.first(identify(path, info)) {
			return yield(models.Document{}, readTwice(name))
		}
	}
	s := source{path: name, r: counted{f, &c.done}, size: info.Size()}
	if info.Mode().IsRegular() && s.size > 0 { // those of /proc have no size
		s.r, s.file = &sized{s.r, s.size}, f
	}
	return c.input(s, yield)
}
