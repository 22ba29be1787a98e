package corpus

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"wiretag/models"

	"github.com/bmatcuk/doublestar/v4"
)

// walk reads the files of a folder and of those below it; below is the path
// from the operand, with slashes. Hidden names, symbolic links and what is not
// a regular file are passed over, so that a loop of links or a pipe cannot
// hold up the run.
func (c *Corpus) walk(dir, below string, yield yieldFunc) bool {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil && !yield(models.Document{}, problem(shown(filepath.ToSlash(dir)), ClassOpen, err)) {
		return false
	}
	for _, e := range entries {
		name := e.Name()
		here := path.Join(below, name)
		goOn := true
		switch {
		case hidden(name):
		case e.IsDir():
			if !matches(c.opts.Exclude, here) {
				goOn = c.walk(filepath.Join(dir, name), here, yield)
			}
		case !e.Type().IsRegular() || !c.wanted(here):
			c.passed.Add(1)
		default:
			goOn = c.file(filepath.Join(dir, name), yield)
		}
		if !goOn {
			return false
		}
	}
	return true
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// wanted says whether a file of a folder or archive is to be read. below is its
// path in there.
func (c *Corpus) wanted(below string) bool {
	for at := below; at != "." && at != "/"; at = path.Dir(at) { // a folder is left out with all in it
		if matches(c.opts.Exclude, at) {
			return false
		}
	}
	switch {
	case len(c.opts.Include) > 0 && !isArchive(below): // of an archive, the members are chosen
		return matches(c.opts.Include, below)
	}
	return knownName(below)
}

// checkGlobs refuses what is no glob.
func checkGlobs(lists ...[]string) (errs []error) {
	for _, globs := range lists {
		for _, g := range globs {
			if !doublestar.ValidatePattern(g) {
				errs = append(errs, fmt.Errorf("%q is no glob: a bracket or brace is not closed, or it ends in a backslash", g))
			}
		}
	}
	return errs
}

// matches says whether some glob matches a path: its last element, if the glob
// has no slash.
func matches(globs []string, below string) bool {
	for _, g := range globs {
		g = strings.Trim(strings.TrimPrefix(g, "./"), "/")
		at := below
		if !strings.Contains(g, "/") {
			at = path.Base(below)
		}
		if doublestar.MatchUnvalidated(g, at) {
			return true
		}
	}
	return false
}

// shown is a path as it stands in records and messages. Bytes that are no
// UTF-8 are written \xNN, and a backslash as two, so that no two paths look the
// same.
func shown(path string) string {
	if utf8.ValidString(path) && !strings.ContainsRune(path, '\\') {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); {
		r, n := utf8.DecodeRuneInString(path[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, path[i])
		case r == '\\':
			b.WriteString(`\\`)
		default:
			b.WriteString(path[i : i+n])
		}
		i += n
	}
	return b.String()
}
