package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/pprof/profile"
)

// TestProfile: a profile is of wiretag, and names no path of the machine.
func TestProfile(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds wiretag")
	}
	path := filepath.Join(t.TempDir(), "default.pgo")
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{
		"--data", "", "--sizes", "300", "--generate", "2M", "--runs", "1", "--profile", path,
	}, &stdout, &stderr)
	if code != 0 {
		t.Fatalf("exit code %d:\n%s", code, &stderr)
	}
	holdProfile(t, path)
}

// TestProfileInUse holds the one that wiretag is compiled with.
func TestProfileInUse(t *testing.T) {
	holdProfile(t, filepath.Join("..", "..", "wiretag", "default.pgo"))
}

func holdProfile(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := profile.ParseData(data)
	if err != nil {
		t.Fatal(err)
	}
	own := 0
	for _, f := range p.Function {
		if strings.HasPrefix(f.Name, "wiretag/tagger") {
			own++
		}
		if f.Filename != "" || f.StartLine == 0 && strings.HasPrefix(f.Name, "wiretag/") {
			t.Errorf("%s is in %q, from line %d, want no path, and a line", f.Name, f.Filename, f.StartLine)
		}
	}
	if own == 0 {
		t.Error("no function of the tagger is in it")
	}
	for _, m := range p.Mapping {
		if m.File != "" {
			t.Errorf("a mapping names %q", m.File)
		}
	}
}
