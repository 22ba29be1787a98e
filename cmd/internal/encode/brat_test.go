package encode_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// unpacked returns the files of a tar archive, and their names in order.
func unpacked(t rapid.TB, b []byte) (files map[string]string, names []string) {
	t.Helper()
	files = map[string]string{}
	r := tar.NewReader(bytes.NewReader(b))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, names
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := files[h.Name]; twice {
			t.Errorf("two files %q", h.Name)
		}
		files[h.Name], names = string(content), append(names, h.Name)
	}
}

// pythonLines cuts where Python's splitlines does.
func pythonLines(s string) []string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029", r) })
}

// A bound is a text-bound annotation, from its first to its last code point.
type bound struct {
	Type       string
	Start, End int
}

// readBounds reads an .ann file as brat does, which takes no annotation whose
// text is not that of its spans.
func readBounds(t rapid.TB, text []rune, ann string) (found []bound) {
	t.Helper()
	for _, line := range pythonLines(ann) {
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			t.Fatalf("%q has %d columns", line, len(cells))
		}
		if line[0] != 'T' {
			continue
		}
		typ, where, _ := strings.Cut(cells[1], " ")
		b := bound{Type: typ, Start: -1}
		var parts []string
		for span := range strings.SplitSeq(where, ";") {
			var start int
			if _, err := fmt.Sscanf(span, "%d %d", &start, &b.End); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if b.Start < 0 {
				b.Start = start
			}
			parts = append(parts, string(text[start:b.End]))
		}
		if got := strings.Join(parts, " "); got != cells[2] {
			t.Fatalf("spans %s are %q, and the text is %q", where, got, cells[2])
		}
		found = append(found, b)
	}
	return found
}

// TestBratIsRead holds that every mention of any article is one that brat
// takes, at its place.
func TestBratIsRead(t *testing.T) {
	tg := smallTagger(t)
	rapid.Check(t, func(t *rapid.T) {
		rec := tg.Tag(models.Document{ID: "x", Title: articles().Draw(t, "title"), Text: articles().Draw(t, "text")})
		files, names := unpacked(t, written(t, "brat", []models.Record{rec}, encode.Options{}))
		var want []bound
		shift := 0
		if rec.Title != "" {
			shift = utf8.RuneCountInString(rec.Title) + 2
		}
		for m := range inOrder(&rec) {
			field, add := rec.Text, shift
			if m.Field == models.Title {
				field, add = rec.Title, 0
			}
			want = append(want, bound{m.Type, add + utf8.RuneCountInString(field[:m.Start]), add + utf8.RuneCountInString(field[:m.End])})
		}
		if diff := cmp.Diff(want, readBounds(t, []rune(files[names[1]]), files[names[2]])); diff != "" {
			t.Errorf("mentions (-record +brat):\n%s", diff)
		}
		if strings.Contains(files[names[1]], "\r\n") {
			t.Error("two characters end a line")
		}
	})
}

// TestBratNames holds that any id makes a file name, and each its own.
func TestBratNames(t *testing.T) {
	fit := regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]*\.(txt|ann)$`)
	ids := []string{
		"", "-", "-#3", "..", "../../etc/passwd", "a/b.txt", "a_b.txt", "A/B.txt", "news/\n\x1b[2J", "\xff", "con", "é", "e\u0301",
		strings.Repeat("a", 5000), strings.Repeat("a", 5001), strings.Repeat("新聞/", 80),
	}
	var recs []models.Record
	for _, id := range ids {
		recs = append(recs, models.Record{ID: id})
	}
	recs = append(recs, models.Record{ID: "twice", Source: models.Source{SHA256: "1"}}, models.Record{ID: "twice", Source: models.Source{SHA256: "2"}})
	_, names := unpacked(t, written(t, "brat", recs, encode.Options{}))
	if len(names) != 1+2*len(recs) {
		t.Errorf("%d files for %d articles", len(names), len(recs))
	}
	for _, name := range names[1:] {
		if !fit.MatchString(name) || len(name) > 100 {
			t.Errorf("file name %q", name)
		}
	}
}
