//go:build !unix

package corpus

import (
	"io/fs"
	"path/filepath"
)

// An identity tells files apart, however a user wrote their paths.
type identity struct{ path string }

func identify(path string, _ fs.FileInfo) identity {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return identity{path: path}
}

// hasLinks says whether a file may have another name. That cannot be seen
// here.
func hasLinks(fs.FileInfo) bool { return false }
