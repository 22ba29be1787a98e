package run_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"wiretag/cmd/internal/run"

	"github.com/google/go-cmp/cmp"
)

// tree lists the files below the working folder with what they hold; a link
// is listed as its target.
func tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if link, err := os.Readlink(e.Name()); err == nil {
			files[e.Name()] = "-> " + link
		} else if b, err := os.ReadFile(e.Name()); err == nil {
			files[e.Name()] = string(b)
		}
	}
	return files
}

func TestOutput(t *testing.T) {
	link := func(t *testing.T, to, name string) {
		if err := os.Symlink(to, name); err != nil {
			t.Skip(err)
		}
	}
	tests := []struct {
		name   string
		before func(t *testing.T)
		path   string
		want   map[string]string // after Commit
	}{
		{name: "new file", path: "out", want: map[string]string{"out": "new"}},
		{name: "old file", path: "out", want: map[string]string{"out": "new"},
			before: func(t *testing.T) { os.WriteFile("out", []byte("old"), 0o666) }},
		{name: "C6 link to a file", path: "link", want: map[string]string{"out": "new", "link": "-> out"},
			before: func(t *testing.T) { os.WriteFile("out", []byte("old"), 0o666); link(t, "out", "link") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if tt.before != nil {
				tt.before(t)
			}
			before := tree(t)
			for _, commit := range []bool{false, true} {
				out, err := run.CreateOutput(tt.path)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := out.Write([]byte("new")); err != nil {
					t.Fatal(err)
				}
				want := before
				if commit {
					want = tt.want
					err = out.Commit()
				} else {
					out.Abort()
				}
				if diff := cmp.Diff(tree(t), want); diff != "" || err != nil {
					t.Errorf("commit %v: %v (-got +want):\n%s", commit, err, diff)
				}
			}
		})
	}
}

func TestC6OutputKeepsTheMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(path, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	out, err := run.CreateOutput(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Commit(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := info.Mode().Perm(), os.FileMode(0o640); got != want {
		t.Errorf("got mode %v, want %v", got, want)
	}
}

func TestC2RenameFails(t *testing.T) {
	t.Chdir(t.TempDir())
	out, err := run.CreateOutput("out")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("out/in the way", 0o777); err != nil {
		t.Fatal(err)
	}
	err = out.Commit()
	if _, ok := errors.AsType[*run.OutputError](err); !ok {
		t.Errorf("got %v, want an OutputError", err)
	}
	if diff := cmp.Diff(tree(t), map[string]string{}); diff != "" {
		t.Errorf("files left (-got +want):\n%s", diff)
	}
}

func TestC6OutputRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("folder", 0o777); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, want string }{
		{name: "folder", path: "folder", want: "write output: folder: is a folder"},
		{name: "no such folder", path: "no/out", want: "write output: no/out: no such file or directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := run.CreateOutput(tt.path)
			if _, ok := errors.AsType[*run.OutputError](err); !ok || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestC6DeviceIsWrittenInPlace(t *testing.T) {
	out, err := run.CreateOutput(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Write([]byte("x")); err != nil {
		t.Error(err)
	}
	if err := out.Commit(); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the null device was replaced: %v, %v", info.Mode(), err)
	}
}
