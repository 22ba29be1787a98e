package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGenerated holds the counted lists against their sources: generating them
// anew gives the same bytes.
func TestGenerated(t *testing.T) {
	data := filepath.Join("..", "..", "..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("no ../shared: ", err)
	}
	dir := t.TempDir()
	if err := run(data, dir); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(files) != 6 {
		t.Fatalf("%d lists were generated, want 6; %v", len(files), err)
	}
	for _, f := range files {
		got, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("..", filepath.Base(f)))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not what the generator makes of its sources", filepath.Base(f))
		}
	}
}

// TestCount holds the rule that makes a word common, on a text of our own.
func TestCount(t *testing.T) {
	c := &counter{words: map[string]*tally{}}
	c.readLine("Target the target. We target Boston. “Target it.” He met Target, in Boston.")
	for word, want := range map[string]tally{
		"target": {small: 2, capital: 1},
		"boston": {small: 0, capital: 2},
	} {
		got := c.tally(word)
		if got.small != want.small || got.capital != want.capital {
			t.Errorf("%s: %d small and %d capitalised, want %d and %d", word, got.small, got.capital, want.small, want.capital)
		}
	}
}
