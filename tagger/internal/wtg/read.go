package wtg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
)

// A File is a compiled gazetteer in memory. What it gives shares its memory.
type File struct {
	data     []byte
	sections map[string][]byte
	swap     bool // numbers lie in memory otherwise than in the file
	err      error
}

// again is what to do about every file that cannot be used.
const again = "compile it again with 'wiretag compile'"

// IsCompiled reports whether a file that begins with head is, or was meant to
// be, a compiled gazetteer.
func IsCompiled(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }

// Parse reads a file, which must not change as long as anything of it is in
// use. meaning is the version of the content that the caller understands.
func Parse(data []byte, meaning uint32) (*File, error) {
	f := &File{data: data, swap: bigEndian()}
	if err := f.head(meaning); err != nil {
		return nil, err
	}
	if !isAligned(data) { // of memory that is not ours: as embedded
		aligned := make([]byte, len(data)+wordSize)
		for !isAligned(aligned) {
			aligned = aligned[1:]
		}
		f.data = aligned[:copy(aligned, data)]
	}
	if err := f.table(); err != nil {
		return nil, err
	}
	return f, nil
}

// head checks all of the header that says what the file is.
func (f *File) head(meaning uint32) error {
	if len(f.data) < headSize || !IsCompiled(f.data) {
		if len(f.data) > 0 && len(f.data) < headSize && bytes.HasPrefix(f.data, []byte(magic)[:min(len(f.data), len(magic))]) {
			return fmt.Errorf("it is cut off: %d bytes are no whole header; %s", len(f.data), again)
		}
		return errors.New("it is no compiled gazetteer; a .wtg is what 'wiretag compile' writes")
	}
	number := func(at int) uint32 { return binary.LittleEndian.Uint32(f.data[at:]) }
	size := binary.LittleEndian.Uint64(f.data[16:])
	switch {
	case number(8) != format || number(12) != meaning:
		return fmt.Errorf("it was compiled by another version of wiretag (format %d.%d, this one reads %d.%d); %s",
			number(8), number(12), format, meaning, again)
	case size > uint64(len(f.data)):
		return fmt.Errorf("it is cut off: %d of %d bytes are there; %s", len(f.data), size, again)
	case size < uint64(len(f.data)):
		return fmt.Errorf("it is %d bytes long and should be %d; %s", len(f.data), size, again)
	}
	end := headSize + entrySize*uint64(number(24))
	if end > size || headSum(f.data[:end]) != number(headSize-wordSize) {
		return fmt.Errorf("its header is damaged; %s", again)
	}
	return nil
}

// table finds the sections and compares their checksums.
func (f *File) table() error {
	n := int(binary.LittleEndian.Uint32(f.data[24:]))
	f.sections = make(map[string][]byte, n)
	next := uint64(headSize + entrySize*n)
	sums := make(map[string]uint32, n)
	for i := range n {
		e := f.data[headSize+entrySize*i:]
		name := string(bytes.TrimRight(e[:nameSize], "\x00"))
		at, size := binary.LittleEndian.Uint64(e[8:]), binary.LittleEndian.Uint64(e[16:])
		if at != next || size > uint64(len(f.data))-at || size%wordSize != 0 || f.sections[name] != nil {
			return fmt.Errorf("its table is damaged; %s", again)
		}
		next = at + size
		f.sections[name] = f.data[at:next:next]
		sums[name] = binary.LittleEndian.Uint32(e[24:])
	}
	if next != uint64(len(f.data)) {
		return fmt.Errorf("its table is damaged; %s", again)
	}
	return f.compare(sums)
}

// compare holds the sections against their checksums, on all processors: this
// is most of what opening a large file takes.
func (f *File) compare(sums map[string]uint32) error {
	var mu sync.Mutex
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	damaged := ""
	for name, data := range f.sections {
		group.Go(func() {
			free <- struct{}{}
			sum := checksum(data)
			<-free
			if sum != sums[name] {
				mu.Lock()
				damaged = max(damaged, name)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if damaged != "" {
		return fmt.Errorf("its section %s is damaged; %s", damaged, again)
	}
	return nil
}

// Err returns the first error of what was read and required since Parse. Until
// then everything that File gave is safe to hold, but not to index.
func (f *File) Err() error { return f.err }

// Require notes an error unless ok: the content of a section cannot be.
func (f *File) Require(ok bool, section string) {
	if !ok && f.err == nil {
		f.err = fmt.Errorf("its section %s holds what no compiled gazetteer can; %s", section, again)
	}
}

// Bytes returns a section of bytes.
func (f *File) Bytes(name string) []byte {
	data, ok := f.sections[name]
	f.Require(ok, name)
	return data
}

// Rows returns a section of rows.
func Rows[T Row](f *File, name string) []T {
	data := f.Bytes(name)
	whole := len(data)%rowSize[T]() == 0 && len(data)/wordSize < math.MaxInt32
	f.Require(whole, name)
	if !whole {
		return nil
	}
	return rows[T](data, f.swap)
}

// Text returns the strings that rows refer to.
func (f *File) Text() Strings { return Strings{f.Bytes(stringsName)} }

// Below requires that every number of a section is smaller than limit.
func (f *File) Below(name string, all []uint32, limit int) {
	most := uint32(0)
	for _, x := range all {
		most = max(most, x)
	}
	f.Require(len(all) == 0 || int64(most) < int64(limit), name)
}

// Offsets requires that a section holds n+1 numbers that never fall, from first
// to last: where each of n parts of something begins, and where the last ends.
func (f *File) Offsets(name string, all []uint32, n, first, last int) {
	ok := len(all) == n+1 && int64(all[0]) == int64(first) && int64(all[n]) == int64(last)
	if ok {
		before := uint32(0)
		for _, x := range all {
			ok = ok && before <= x
			before = x
		}
	}
	f.Require(ok, name)
}
