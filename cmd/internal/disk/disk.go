// Package disk is the file system as far as a run writes to it. Everything that
// must survive a fault goes through a Disk, so that package faulty can fail any
// call of it.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/gofrs/flock"
)

// A Disk makes, replaces and removes files. Its errors are those of package os.
type Disk interface {
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Rename(from, to string) error
	Remove(name string) error
	// SyncFolder makes what was made, renamed or removed in a folder durable,
	// where the file system can do that.
	SyncFolder(name string) error
	// Lock locks an existing file against other processes and other calls of
	// Lock, until unlock is called or the process ends. It fails with
	// ErrLocked if another has it, and with errors.ErrUnsupported where the
	// file system knows no locks.
	Lock(name string) (unlock func(), err error)
}

// A File is an open file of a Disk.
type File interface {
	io.Reader
	io.Writer
	io.Seeker
	io.Closer
	Name() string
	Stat() (fs.FileInfo, error)
	Chmod(mode fs.FileMode) error
	Sync() error
	Truncate(size int64) error
}

// ErrLocked says that another process has a file.
var ErrLocked = errors.New("another run is writing it")

// OS is the Disk of the operating system.
type OS struct{}

// OpenFile is os.OpenFile.
func (OS) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // not a File that holds a nil *os.File
	}
	return f, nil
}

// Stat is os.Stat.
func (OS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// ReadDir is os.ReadDir.
func (OS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Rename is os.Rename.
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// Remove is os.Remove.
func (OS) Remove(name string) error { return os.Remove(name) }

// SyncFolder opens the folder and syncs it. Systems that cannot do that say so
// in several ways, none of which is a fault.
func (OS) SyncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) { // may be written but not read
			return nil
		}
		return err
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}

// Lock locks with flock(2) or its like.
func (OS) Lock(name string) (unlock func(), err error) {
	l := flock.New(name, flock.SetFlag(os.O_RDWR))
	ok, err := l.TryLock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, errors.Join(errors.ErrUnsupported, err)
	case !ok:
		return nil, ErrLocked
	}
	if !stillThere(l, name) { // renamed or removed by the one that had it
		l.Close()
		return nil, fs.ErrNotExist
	}
	return func() { l.Close() }, nil
}

// stillThere says whether the locked file is the one that name stands for.
func stillThere(l *flock.Flock, name string) bool {
	locked, err := l.Stat()
	if err != nil {
		return false
	}
	now, err := os.Stat(name)
	return err == nil && os.SameFile(locked, now)
}
