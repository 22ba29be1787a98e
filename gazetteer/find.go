package gazetteer

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Find returns the packs of a folder by path, sorted: the folder itself if a
// YAML file of a gazetteer lies directly in it, else those of its subfolders
// that are packs by the same rule. A file is one of a gazetteer if a line of it
// begins with version: or entities: or topics:, so that the YAML of other
// programs in a folder is left alone. Names that begin with a dot do not count.
// What cannot be read is no pack.
func Find(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var below []string
	for _, d := range entries {
		at := filepath.Join(dir, d.Name())
		switch {
		case strings.HasPrefix(d.Name(), "."):
		case d.IsDir():
			below = append(below, at)
		case isGazetteerFile(os.DirFS(dir), d.Name()):
			return []string{dir}
		}
	}
	var out []string
	for _, at := range below {
		if inside, err := os.ReadDir(at); err == nil && holdsGazetteer(at, inside) {
			out = append(out, at)
		}
	}
	return out
}

func holdsGazetteer(dir string, entries []fs.DirEntry) bool {
	for _, d := range entries {
		if !d.IsDir() && isGazetteerFile(os.DirFS(dir), d.Name()) {
			return true
		}
	}
	return false
}

// isGazetteerFile looks at the first columns of a file's lines: lint is for
// files that the YAML reader cannot read, too.
func isGazetteerFile(fsys fs.FS, name string) bool {
	if !IsPackFile(name) {
		return false
	}
	src, err := readFile(fsys, name)
	if err != nil {
		return false
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	for line := range bytes.Lines(src) {
		for _, key := range []string{"version:", "entities:", "topics:"} {
			if bytes.HasPrefix(line, []byte(key)) {
				return true
			}
		}
	}
	return false
}

// IsPackFile says whether a file of this name, without its folder, counts as
// part of the pack that its folder is.
func IsPackFile(name string) bool {
	return isYAML(name) && !isTest(name) && !strings.HasPrefix(name, ".")
}
