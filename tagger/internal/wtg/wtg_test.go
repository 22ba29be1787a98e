package wtg

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type point struct{ x, y uint32 }

// TestRoundTrip: what a Writer was given a File gives back, wherever in memory
// it lies.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.Uint32()).Draw(t, "words")
		flat := rapid.SliceOf(rapid.Uint32()).Draw(t, "rows")
		texts := rapid.SliceOf(rapid.String()).Draw(t, "texts")
		blob := rapid.SliceOf(rapid.Byte()).Draw(t, "blob")
		var points []point
		for i := 1; i < len(flat); i += 2 {
			points = append(points, point{flat[i-1], flat[i]})
		}
		w := NewWriter()
		Add(w, "words", words)
		Add(w, "points", points)
		w.Bytes("blob", slices.Clone(blob))
		refs := w.Refs(texts...)
		sealed, err := w.Seal(7)
		if err != nil {
			t.Fatal(err)
		}
		data := sealed.Data()
		var written bytes.Buffer
		if n, err := sealed.WriteTo(&written); err != nil || n != int64(len(data)) || !bytes.Equal(written.Bytes(), data) {
			t.Fatalf("%d bytes and the error %v are written, other than the %d in memory", n, err, len(data))
		}
		shift := rapid.IntRange(0, 7).Draw(t, "shift")
		moved := append(make([]byte, shift, shift+len(data)), data...)[shift:]
		f, err := Parse(moved, 7)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, ref := range refs {
			got = append(got, f.Text().At(ref))
		}
		back := f.Bytes("blob")
		if !slices.Equal(words, Rows[uint32](f, "words")) || !slices.Equal(points, Rows[point](f, "points")) ||
			!slices.Equal(texts, got) || !bytes.Equal(blob, back[:len(blob)]) || len(back)-len(blob) > 3 || f.Err() != nil {
			t.Fatalf("got back words %v, points %v, texts %q, blob %v, error %v", Rows[uint32](f, "words"), Rows[point](f, "points"), got, back, f.Err())
		}
	})
}

// TestSwap: numbers are written with their low byte first and read so, on a
// machine that has them the other way round in memory, too.
func TestSwap(t *testing.T) {
	const swap = true
	inMemory := []point{{0x01020304, 5}}
	file := bytesOf(inMemory, swap)
	if want := []byte{4, 3, 2, 1, 5, 0, 0, 0}; !bytes.Equal(file, want) {
		t.Errorf("written as %v, want %v", file, want)
	}
	if got := rows[point](file, swap); !slices.Equal(got, inMemory) {
		t.Errorf("read back as %v, want %v", got, inMemory)
	}
	if got := rows[point](file, bigEndian()); !slices.Equal(got, inMemory) {
		t.Errorf("read where they lie as %v, want %v", got, inMemory)
	}
}

func TestStringsAt(t *testing.T) {
	long := strings.Repeat("x", 300)
	p := newPool()
	abc, big := p.ref("abc"), p.ref(long)
	for _, tt := range []struct {
		name string
		blob []byte
		ref  uint32
		want string
	}{
		{"the empty string", p.blob, 0, ""},
		{"a short one", p.blob, abc, "abc"},
		{"a long one", p.blob, big, long},
		{"behind the end", p.blob, uint32(len(p.blob)), ""},
		{"far behind the end", p.blob, math.MaxUint32, ""},
		{"of no strings at all", nil, 0, ""},
		{"cut off", []byte{0, 5, 'a'}, 1, ""},
		{"its length cut off", []byte{0, 0x80}, 1, ""},
		{"longer than memory", []byte{0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, 1, ""},
		{"a length of too many bytes", bytes.Repeat([]byte{0xff}, 20), 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := (Strings{tt.blob}).At(tt.ref); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if again := p.ref("abc"); again != abc {
		t.Errorf("a string is kept twice: at %d and %d", abc, again)
	}
}

// TestRequire: what a section may not hold is an error that names it.
func TestRequire(t *testing.T) {
	for _, tt := range []struct {
		name  string
		check func(*File)
		want  string // "" for none
	}{
		{"nothing", func(*File) {}, ""},
		{"a section that is not there", func(f *File) { Rows[uint32](f, "nosuch") }, "nosuch"},
		{"rows of another size", func(f *File) { Rows[point](f, "three") }, "three"},
		{"below", func(f *File) { f.Below("three", []uint32{1, 2}, 3) }, ""},
		{"not below", func(f *File) { f.Below("three", []uint32{1, 3}, 3) }, "three"},
		{"nothing is below nothing", func(f *File) { f.Below("three", nil, 0) }, ""},
		{"offsets", func(f *File) { f.Offsets("three", []uint32{0, 2, 2, 5}, 3, 0, 5) }, ""},
		{"offsets of nothing", func(f *File) { f.Offsets("three", []uint32{0}, 0, 0, 0) }, ""},
		{"no offsets", func(f *File) { f.Offsets("three", nil, 0, 0, 0) }, "three"},
		{"falling offsets", func(f *File) { f.Offsets("three", []uint32{0, 3, 2, 5}, 3, 0, 5) }, "three"},
		{"another end", func(f *File) { f.Offsets("three", []uint32{0, 2, 2, 5}, 3, 0, 6) }, "three"},
		{"another start", func(f *File) { f.Offsets("three", []uint32{1, 2, 2, 5}, 3, 0, 5) }, "three"},
		{"too few", func(f *File) { f.Offsets("three", []uint32{0, 5}, 3, 0, 5) }, "three"},
		{"the first counts", func(f *File) { f.Require(false, "one"); f.Require(false, "two") }, "one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := NewWriter()
			Add(w, "three", []uint32{1, 2, 3})
			sealed, err := w.Seal(1)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Parse(sealed.Data(), 1)
			if err != nil {
				t.Fatal(err)
			}
			tt.check(f)
			switch {
			case tt.want == "" && f.Err() != nil:
				t.Errorf("got %v, want no error", f.Err())
			case tt.want != "" && (f.Err() == nil || !strings.Contains(f.Err().Error(), "section "+tt.want+" ")):
				t.Errorf("got %v, want an error of the section %s", f.Err(), tt.want)
			}
		})
	}
}

// TestReadFile: files are read, folders and what is not there are errors.
func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"full": "some bytes", "empty": ""} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%s: got %q and the error %v, want %q", name, got, err, content)
		}
	}
	for name, path := range map[string]string{"folder": dir, "nothing": filepath.Join(dir, "nosuch")} {
		if _, err := ReadFile(path); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
