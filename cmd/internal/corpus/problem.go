package corpus

import (
	"errors"
	"fmt"
	"io/fs"
)

// A Class is the kind of a Problem, one word of those below.
type Class string

// The classes.
const (
	ClassOpen     Class = "open"     // a file or folder cannot be opened
	ClassRead     Class = "read"     // reading failed half-way
	ClassArchive  Class = "archive"  // a compressed file or an archive is damaged
	ClassEncoding Class = "encoding" // not the characters it should be
	ClassBinary   Class = "binary"   // no text at all
	ClassFormat   Class = "format"   // text, but not of the format
	ClassSyntax   Class = "syntax"   // a line or record breaks the format's rules
	ClassField    Class = "field"    // a field is missing or of another kind
	ClassLimit    Class = "limit"    // longer than a limit
	ClassNote     Class = "note"     // nothing is lost
)

// MaxRaw is how many bytes of a rejected line or record a Problem keeps.
const MaxRaw = 64 << 10

// A Problem is an error of one input: it was skipped, and reading went on.
type Problem struct {
	Path   string // as in the records of the same input
	Line   int    // from 1; 0 if unknown
	Column int    // in code points, from 1; 0 if unknown
	Byte   int64  // of the input, decompressed, from 0; -1 if unknown
	Class  Class
	Raw    []byte // the line or record, where there is one, cut at MaxRaw
	Err    error
	// Note marks what is only worth saying: no article was lost.
	Note bool
}

// Error returns "path:line:column: what is wrong (byte n)"; without a line only
// "path: what is wrong".
func (p *Problem) Error() string {
	place := p.Path
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, p.Line)
	}
	if p.Column > 0 {
		place = fmt.Sprintf("%s:%d", place, p.Column)
	}
	if p.Line > 0 && p.Byte >= 0 {
		return fmt.Sprintf("%s: %v (byte %d)", place, p.Err, p.Byte)
	}
	return fmt.Sprintf("%s: %v", place, p.Err)
}

// Unwrap returns what is wrong.
func (p *Problem) Unwrap() error { return p.Err }

// problem makes the Problem of an input as a whole. Errors of package os name
// the path and the system call before the cause; only the cause is kept.
func problem(path string, class Class, err error) *Problem {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	}
	return &Problem{Path: path, Class: class, Byte: -1, Err: err}
}

func note(path, text string) *Problem {
	return &Problem{Path: path, Class: ClassNote, Byte: -1, Err: errors.New(text), Note: true}
}

func readTwice(path string) *Problem { return note(path, "named twice; read once") }
