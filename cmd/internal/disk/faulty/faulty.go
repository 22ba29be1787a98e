// Package faulty is a Disk that fails when a test wants it to.
package faulty

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"wiretag/cmd/internal/disk"
)

// A Disk passes calls on to the operating system, and fails one of them.
// Calls that read count, too. It is safe for concurrent use.
type Disk struct {
	// FailAt is the number of the call that fails, from 1; 0 is none.
	FailAt int
	// Of narrows FailAt to calls that begin so: "write out".
	Of string
	// For how many calls it goes on failing from there; 0 is one.
	For int
	// Err is what it fails with.
	Err error
	// Short lets a Write that fails write half of its bytes first.
	Short bool

	mu      sync.Mutex
	counted int
	calls   []string         // what was called, in order
	open    map[string]int   // files that were not closed
	synced  map[string]int64 // how much of a file a crash cannot take
}

// Calls returns the calls so far: "write out.jsonl".
func (d *Disk) Calls() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls
}

// Open returns the names of files that are open.
func (d *Disk) Open() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var names []string
	for name, n := range d.open {
		for range n {
			names = append(names, name)
		}
	}
	return names
}

// Crash does to the files what a power cut may do: of every file written
// through d, the bytes that were not synced are gone.
func (d *Disk) Crash() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for name, size := range d.synced {
		if info, err := os.Stat(name); err == nil && info.Size() > size {
			if err := os.Truncate(name, size); err != nil {
				return err
			}
		}
	}
	return nil
}

// call counts a call and says whether it is to fail.
func (d *Disk) call(what, name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls = append(d.calls, what+" "+name)
	if !strings.HasPrefix(what+" "+name, d.Of) {
		return nil
	}
	d.counted++
	n := d.counted
	if d.FailAt == 0 || n < d.FailAt || n >= d.FailAt+max(d.For, 1) {
		return nil
	}
	return &fs.PathError{Op: what, Path: name, Err: d.Err}
}

// OpenFile opens a file whose calls count, too.
func (d *Disk) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	if err := d.call("open", name); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	d.note(name, 1)
	if flag&(os.O_WRONLY|os.O_RDWR) != 0 {
		d.keep(name, f, false)
	}
	return &file{f, d}, nil
}

func (d *Disk) note(name string, n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == nil {
		d.open = map[string]int{}
	}
	d.open[name] += n
}

// keep notes how long a file is: what is there when it is opened is durable.
func (d *Disk) keep(name string, f *os.File, synced bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.synced == nil {
		d.synced = map[string]int64{}
	}
	if _, known := d.synced[name]; !known || synced {
		d.synced[name] = info.Size()
	}
}

// Stat is os.Stat, or fails.
func (d *Disk) Stat(name string) (fs.FileInfo, error) {
	if err := d.call("stat", name); err != nil {
		return nil, err
	}
	return os.Stat(name)
}

// ReadDir is os.ReadDir, or fails.
func (d *Disk) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := d.call("readdir", name); err != nil {
		return nil, err
	}
	return os.ReadDir(name)
}

// Rename is os.Rename, or fails.
func (d *Disk) Rename(from, to string) error {
	if err := d.call("rename", to); err != nil {
		return err
	}
	d.mu.Lock()
	if n, ok := d.synced[from]; ok {
		d.synced[to] = n
		delete(d.synced, from)
	}
	d.mu.Unlock()
	return os.Rename(from, to)
}

// Remove is os.Remove, or fails.
func (d *Disk) Remove(name string) error {
	if err := d.call("remove", name); err != nil {
		return err
	}
	return os.Remove(name)
}

// SyncFolder does nothing, or fails.
func (d *Disk) SyncFolder(name string) error { return d.call("syncfolder", name) }

// Lock locks, or fails.
func (d *Disk) Lock(name string) (func(), error) {
	if err := d.call("lock", name); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return disk.OS{}.Lock(name)
}

type file struct {
	*os.File
	disk *Disk
}

func (f *file) Read(b []byte) (int, error) {
	if err := f.disk.call("read", f.Name()); err != nil {
		return 0, err
	}
	return f.File.Read(b)
}

func (f *file) Write(b []byte) (int, error) {
	if err := f.disk.call("write", f.Name()); err != nil {
		n := 0
		if f.disk.Short {
			n, _ = f.File.Write(b[:len(b)/2])
		}
		return n, err
	}
	return f.File.Write(b)
}

func (f *file) Seek(offset int64, whence int) (int64, error) {
	if err := f.disk.call("seek", f.Name()); err != nil {
		return 0, err
	}
	return f.File.Seek(offset, whence)
}

func (f *file) Stat() (fs.FileInfo, error) {
	if err := f.disk.call("fstat", f.Name()); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

func (f *file) Chmod(mode fs.FileMode) error {
	if err := f.disk.call("chmod", f.Name()); err != nil {
		return err
	}
	return f.File.Chmod(mode)
}

func (f *file) Sync() error {
	if err := f.disk.call("sync", f.Name()); err != nil {
		return err
	}
	f.disk.keep(f.Name(), f.File, true) // durable as far as Crash goes; a real sync only costs time
	return nil
}

func (f *file) Truncate(size int64) error {
	if err := f.disk.call("truncate", f.Name()); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

// Close closes the file in any case, as close(2) does.
func (f *file) Close() error {
	cerr := f.File.Close()
	if cerr != nil {
		return cerr // closed twice: nothing was called
	}
	f.disk.note(f.Name(), -1)
	return f.disk.call("close", f.Name())
}
