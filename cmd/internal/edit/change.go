package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"wiretag/gazetteer"
	"wiretag/tagger"
)

// A Change is what a file becomes.
type Change struct {
	File  string // as positions show it
	Line  int    // of what was added
	Done  string // what was added, for a message
	Found gazetteer.Diagnostics
	New   bool // the file is not there yet
	// Before and After are the file's texts. Without After nothing changes.
	Before, After []byte
}

// change completes a planned edit with the findings that it brings.
func (p *Pack) change(f *file, ed *gazetteer.Edit, err error, done string) (*Change, error) {
	if err != nil {
		return nil, err
	}
	c := &Change{File: f.name, Line: ed.Line, Done: done, New: f == p.fresh, Before: f.text, After: ed.Text}
	if c.New {
		c.Before = nil
	}
	g, found, err := gazetteer.LoadOverlay(map[string][]byte{f.name: ed.Text}, p.path)
	if err != nil {
		return nil, err
	}
	after := append(found, tagger.Check(g)...).Sort()
	before := append(p.found, tagger.Check(p.g)...)
	c.Found = fresh(before, after, f.name, ed)
	return c, nil
}

// place is a place in a message. An edit moves what stands below it.
var place = regexp.MustCompile(`:\d+(:\d+)?`)

// fresh returns the findings of after that before has not. Those outside the
// new lines are the first to be taken for old ones.
func fresh(before, after gazetteer.Diagnostics, file string, ed *gazetteer.Edit) gazetteer.Diagnostics {
	key := func(d gazetteer.Diagnostic) string {
		return d.Pos.File + "\x00" + d.Check + "\x00" + place.ReplaceAllString(d.Message, "")
	}
	inside := func(d gazetteer.Diagnostic) bool {
		return d.Pos.File == file && d.Pos.Line >= ed.Line && d.Pos.Line < ed.Line+ed.Lines
	}
	known := map[string]int{}
	for _, d := range before {
		known[key(d)]++
	}
	var out gazetteer.Diagnostics
	for _, within := range []bool{false, true} {
		for _, d := range after {
			if inside(d) != within {
				continue
			}
			if known[key(d)]--; known[key(d)] < 0 {
				out = append(out, d)
			}
		}
	}
	return out.Sort()
}

// Diff returns the change as a unified diff that patch -p1 and git apply take.
func (c *Change) Diff() string {
	name := strings.TrimPrefix(c.File, "/")
	if strings.Contains(name, " ") {
		name += "\t" // where it ends, for patch
	}
	before, after := "a/"+name, "b/"+name
	if c.New {
		before = "/dev/null"
	}
	// The first line names the files once more, and not as git has it.
	_, text, _ := bytes.Cut(diff.Diff(before, c.Before, after, c.After), []byte("\n"))
	return string(text)
}

// Unchanged returns an error if the file is not as it was when it was read.
func (c *Change) Unchanged() error {
	now, err := os.ReadFile(filepath.FromSlash(c.File))
	switch {
	case c.New && errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil && !c.New:
		return err
	case c.New || !bytes.Equal(now, c.Before):
		return fmt.Errorf("%s was changed by somebody else in the meantime: nothing was written; try again", c.File)
	}
	return nil
}
