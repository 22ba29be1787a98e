//go:build unix

package corpus

import (
	"io/fs"
	"syscall"
)

// An identity tells files apart, whatever their names: by device and inode,
// or, for what is no file, by path.
type identity struct {
	device, inode uint64
	path          string
}

func identify(path string, info fs.FileInfo) identity {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return identity{device: uint64(s.Dev), inode: s.Ino}
	}
	return identity{path: path}
}

// hasLinks says whether a file may have another name.
func hasLinks(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && s.Nlink > 1
}
