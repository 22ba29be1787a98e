package run

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// An Output is the file that records go to. What is written stands in a
// temporary file beside the target until Commit puts it in the target's place
// as a whole. Devices and pipes are written in place.
type Output struct {
	path   string // as the user wrote it, for messages
	file   *os.File
	target string // what to replace; "" if file is written in place
}

// CreateOutput opens the output at path. A symbolic link is followed. An error
// is an *OutputError and leaves everything as it was.
func CreateOutput(path string) (*Output, error) {
	out := &Output{path: path}
	if err := out.open(); err != nil {
		return nil, &OutputError{out.named(err)}
	}
	return out, nil
}

// named puts the path that the user wrote in the place of those in err, which
// may be the temporary file's.
func (o *Output) named(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	} else if le, ok := errors.AsType[*os.LinkError](err); ok {
		err = le.Err
	}
	return fmt.Errorf("%s: %w", o.path, err)
}

func (o *Output) open() error {
	target := o.path
	if real, err := filepath.EvalSymlinks(target); err == nil {
		target = real
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		o.target = target
		o.file, err = createBeside(target)
		return err
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a folder")
	}
	old, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil { // a file that may not be written may not be replaced either
		return err
	}
	if !info.Mode().IsRegular() {
		o.file = old
		return nil
	}
	old.Close()
	o.target = target
	if o.file, err = createBeside(target); err != nil {
		return err
	}
	if err := o.file.Chmod(info.Mode().Perm()); err != nil {
		o.Abort()
		return err
	}
	return nil
}

// createBeside makes a hidden file in target's folder. os.CreateTemp would
// make it unreadable for others, whatever the umask.
func createBeside(target string) (*os.File, error) {
	dir, name := filepath.Split(target)
	for {
		temp := filepath.Join(dir, "."+name+".tmp-"+strconv.FormatUint(rand.Uint64(), 36))
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// Write writes to the output, which is not yet the target.
func (o *Output) Write(b []byte) (int, error) {
	n, err := o.file.Write(b)
	if err != nil {
		err = o.named(err)
	}
	return n, err
}

// Commit makes what was written durable and puts it in the target's place. An
// error is an *OutputError; the target is then as it was.
func (o *Output) Commit() error {
	var err error
	if o.target != "" {
		err = o.file.Sync()
	}
	if cerr := o.file.Close(); err == nil {
		err = cerr
	}
	if err == nil && o.target != "" {
		err = os.Rename(o.file.Name(), o.target)
	}
	switch {
	case err != nil:
		o.Abort()
		return &OutputError{o.named(err)}
	case o.target != "":
		syncFolder(filepath.Dir(o.target))
	}
	return nil
}

// syncFolder makes a rename durable where the system can. The file itself is
// whole either way.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}

// Abort drops what was written. The target is as it was. Its own errors have
// nobody left to tell.
func (o *Output) Abort() {
	o.file.Close()
	if o.target != "" {
		os.Remove(o.file.Name())
	}
}
