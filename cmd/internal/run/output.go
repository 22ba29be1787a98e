package run

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"wiretag/cmd/internal/disk"
)

// An Output is the file that records go to. What is written stands in a
// temporary file beside the target until Commit puts it in the target's place
// as a whole. Devices and pipes are written in place.
type Output struct {
	disk   disk.Disk
	path   string // as the user wrote it, for messages
	file   disk.File
	target string // what to replace; "" if file is written in place
	unlock func() // the temporary file is locked while its process lives
}

// CreateOutput opens the output at path on the operating system's disk. A
// symbolic link is followed. An error is an *OutputError and leaves everything
// as it was.
func CreateOutput(path string) (*Output, error) { return createOutput(disk.OS{}, path) }

func createOutput(d disk.Disk, path string) (*Output, error) {
	out := &Output{disk: d, path: path, unlock: func() {}}
	if err := out.open(); err != nil {
		return nil, &OutputError{named(path, err)}
	}
	return out, nil
}

// named puts the path that the user wrote in the place of those in err, which
// may be the temporary file's.
func named(path string, err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	} else if le, ok := errors.AsType[*os.LinkError](err); ok {
		err = le.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

func (o *Output) open() error {
	target, info, err := resolve(o.disk, o.path)
	if err != nil {
		return err
	}
	if info != nil && !info.Mode().IsRegular() {
		o.file, err = o.disk.OpenFile(target, os.O_WRONLY, 0)
		return err
	}
	o.target = target
	sweep(o.disk, target)
	if err := o.createBeside(); err != nil {
		return err
	}
	if info == nil {
		return nil
	}
	if err := o.file.Chmod(info.Mode().Perm()); err != nil {
		o.Abort()
		return err
	}
	return nil
}

// resolve follows the links of an output's path and looks at what is there:
// nil if nothing is. What may not be written may not be replaced either.
func resolve(d disk.Disk, path string) (target string, info fs.FileInfo, err error) {
	target = path
	if real, err := filepath.EvalSymlinks(target); err == nil {
		target = real
	} else if link, err := os.Readlink(target); err == nil { // to nothing yet
		target = link
		if !filepath.IsAbs(link) {
			target = filepath.Join(filepath.Dir(path), link)
		}
	}
	info, err = d.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return target, nil, nil
	case err != nil:
		return "", nil, err
	case info.IsDir():
		return "", nil, errors.New("is a folder")
	case !info.Mode().IsRegular():
		return target, info, nil
	}
	old, err := d.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return "", nil, err
	}
	return target, info, old.Close()
}

// beside returns the start of the names of an output's hidden files. The file
// systems in use end names at 255 bytes.
func beside(target, what string) string {
	dir, name := filepath.Split(target)
	name = name[:min(len(name), 200)]
	return filepath.Join(dir, "."+name+"."+what)
}

// createBeside makes a hidden file in the target's folder. os.CreateTemp would
// make it unreadable for others, whatever the umask.
func (o *Output) createBeside() error {
	for {
		temp := beside(o.target, "tmp-") + strconv.FormatUint(rand.Uint64(), 36)
		f, err := o.disk.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		unlock, err := o.disk.Lock(temp)
		if errors.Is(err, disk.ErrLocked) || errors.Is(err, fs.ErrNotExist) { // swept by another before it was locked
			f.Close()
			continue
		}
		o.file = f
		if err == nil {
			o.unlock = unlock
		}
		return nil
	}
}

// sweep removes the temporary files that killed runs left beside target. A
// living run holds a lock on its own. What cannot be removed is left.
func sweep(d disk.Disk, target string) {
	prefix := beside(target, "tmp-")
	entries, err := d.ReadDir(filepath.Dir(prefix))
	if err != nil {
		return
	}
	for _, e := range entries {
		temp := filepath.Join(filepath.Dir(prefix), e.Name())
		if !strings.HasPrefix(temp, prefix) || !e.Type().IsRegular() {
			continue
		}
		if unlock, err := d.Lock(temp); err == nil {
			d.Remove(temp)
			unlock()
		}
	}
}

// Write writes to the output, which is not yet the target.
func (o *Output) Write(b []byte) (int, error) {
	n, err := o.file.Write(b)
	if err != nil {
		err = named(o.path, err)
	}
	return n, err
}

// Commit makes what was written durable and puts it in the target's place. An
// error is an *OutputError; the target is then as it was, unless only the
// folder could not be made durable.
func (o *Output) Commit() error {
	defer o.unlock()
	if o.target == "" {
		if err := o.file.Close(); err != nil {
			return &OutputError{named(o.path, err)}
		}
		return nil
	}
	if err := replace(o.disk, o.file, o.target); err != nil {
		o.disk.Remove(o.file.Name())
		return &OutputError{named(o.path, err)}
	}
	if err := o.disk.SyncFolder(filepath.Dir(o.target)); err != nil {
		return &OutputError{named(o.path, err)}
	}
	return nil
}

// replace makes f durable, closes it and gives it the name target.
func replace(d disk.Disk, f disk.File, target string) error {
	err := f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = d.Rename(f.Name(), target)
	}
	return err
}

// Abort drops what was written. The target is as it was. Its own errors have
// nobody left to tell.
func (o *Output) Abort() {
	defer o.unlock()
	o.file.Close()
	if o.target != "" {
		o.disk.Remove(o.file.Name())
	}
}
