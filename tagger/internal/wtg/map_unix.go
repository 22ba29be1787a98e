//go:build unix

package wtg

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapFile maps a regular file into memory, read-only. ok is false for what
// cannot be mapped and has to be read.
func mapFile(file *os.File, size int64) (data []byte, ok bool) {
	if size <= 0 || int64(int(size)) != size {
		return nil, false
	}
	data, err := unix.Mmap(int(file.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED|populate)
	return data, err == nil
}
