package gazetteer

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// refused returns what the YAML reader has against src.
func refused(src string) error {
	for d := yaml.NewDecoder(strings.NewReader(src)); ; {
		if _, err := decode(d); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// Slips of the hand in good files: what the YAML reader then refuses is found,
// and found where it was made, and what it reads is not found fault with.
func TestFaultSlips(t *testing.T) {
	var files []string
	for _, pattern := range []string{"pack/*.yaml", "words/*.yaml", "../testdata/gazetteer/*/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	slips := []string{`"`, "'", "[", "]", "{", "}", ",", "\t", " ", "@", "`", "%", "*", " #", "?", "\n"}
	r := rand.New(rand.NewPCG(1, 2))
	tried, found, near := 0, 0, 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// A file with aliases is found fault with, and rightly so.
		if len(src) > 20_000 || refused(string(src)) != nil || strings.Contains(file, "yaml-anchor") || strings.Contains(file, "yaml-depth") {
			continue
		}
		if f := findFault(string(src)); f != nil {
			t.Errorf("%s: %s in a file that can be read", place(file, src, f.at), f.message)
		}
		for range 300 {
			at := r.IntN(len(src))
			text := string(src[:at]) + slips[r.IntN(len(slips))] + string(src[at:])
			if r.IntN(3) == 0 {
				text = string(src[:at]) + string(src[at+1:])
			}
			if !utf8.ValidString(text) || refused(text) == nil {
				continue
			}
			tried++
			f := findFault(text)
			if f == nil {
				continue
			}
			found++
			if d := strings.Count(text[:f.at], "\n") - strings.Count(text[:at], "\n"); d == 0 || d == 1 {
				near++
			}
		}
	}
	const often, mostly = 0.995, 0.98
	if tried < 1000 || float64(found) < often*float64(tried) || float64(near) < mostly*float64(tried) {
		t.Errorf("of %d slips %d were found, %d in their line or the next; want %v and %v of them", tried, found, near, often, mostly)
	}
}
