package cli

import (
	"strings"
	"testing"

	"wiretag/gazetteer"

	"github.com/google/go-cmp/cmp"
)

func TestSnippet(t *testing.T) {
	long := strings.Repeat("x", 100)
	tests := []struct {
		name string
		line string
		col  int
		text string // that is shown
		mark string // under it
	}{
		{name: "a plain value", line: "name: Zoom, type: ORG", col: 7, text: "name: Zoom, type: ORG", mark: "      ^~~~"},
		{name: "with blanks in it", line: "name: Zoom Video  # ours", col: 7, text: "name: Zoom Video  # ours", mark: "      ^~~~~~~~~~"},
		{name: "one character", line: "a: b", col: 4, text: "a: b", mark: "   ^"},
		{name: "a single quote doubled", line: "a: 'it''s it', b: 1", col: 4, text: "a: 'it''s it', b: 1", mark: "   ^~~~~~~~~~"},
		{name: "a quote escaped", line: `a: "x \"y\" z", b`, col: 4, text: `a: "x \"y\" z", b`, mark: "   ^~~~~~~~~~~"},
		{name: "a backslash in single quotes", line: `a: 'x\', b: 'y'`, col: 4, text: `a: 'x\', b: 'y'`, mark: "   ^~~~"},
		{name: "a quote that is never closed", line: `a: "x y`, col: 4, text: `a: "x y`, mark: "   ^~~~"},
		{name: "wide before it", line: "株式: x", col: 5, text: "株式: x", mark: "      ^"},
		{name: "wide in it", line: "a: 株式", col: 4, text: "a: 株式", mark: "   ^~~~"},
		{name: "combining before it", line: "Socie\u0301: x", col: 9, text: "Socie\u0301: x", mark: "       ^"},
		{name: "Hangul taken apart", line: "\u1112\u1161\u11ab: x", col: 6, text: "\u1112\u1161\u11ab: x", mark: "    ^"},
		{name: "a tab before it", line: "a:\tb", col: 4, text: "a:    b", mark: "      ^"},
		{name: "a tab in it", line: "a: \"b\tc\"", col: 4, text: "a: \"b    c\"", mark: "   ^~~~~~~~"},
		{name: "an escape sequence is shown", line: "\x1b[31m: b", col: 8, text: `\x1b[31m: b`, mark: "          ^"},
		{name: "the direction of writing is shown", line: "\u202e: b", col: 4, text: `\u202e: b`, mark: "        ^"},
		{name: "the end of the line", line: "a:", col: 3, text: "a:", mark: "  ^"},
		{name: "far behind it", line: "a:", col: 30, text: "a:", mark: "  ^"},
		{name: "an empty line", line: "", col: 1, text: "", mark: "^"},
		{
			name: "a long line", line: long + " y: " + long, col: 102,
			text: "…" + strings.Repeat("x", 59) + " y: " + strings.Repeat("x", 77) + "…", mark: " " + strings.Repeat(" ", 60) + "^",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := snippet([]rune(tt.line), tt.col, painter{})
			if diff := cmp.Diff(got, "    "+tt.text+"\n    "+tt.mark+"\n"); diff != "" {
				t.Errorf("snippet (-got +want):\n%s", diff)
			}
		})
	}
}

func TestExcerpts(t *testing.T) {
	source := excerpts{texts: map[string][]byte{
		"mark.yaml":   []byte("\ufeffone\r\ntwo\r\n"),
		"return.yaml": []byte("one\rtwo\n\rfour"),
		"empty.yaml":  nil,
	}}
	tests := []struct {
		name string
		pos  gazetteer.Pos
		want string
		none bool
	}{
		{name: "the mark at the beginning is not counted", pos: gazetteer.Pos{File: "mark.yaml", Line: 1}, want: "one"},
		{name: "both characters of a new line", pos: gazetteer.Pos{File: "mark.yaml", Line: 2}, want: "two"},
		{name: "the same again", pos: gazetteer.Pos{File: "mark.yaml", Line: 2}, want: "two"},
		{name: "the same line of another file", pos: gazetteer.Pos{File: "return.yaml", Line: 2}, want: "two"},
		{name: "a carriage return by itself", pos: gazetteer.Pos{File: "return.yaml", Line: 4}, want: "four"},
		{name: "no such line", pos: gazetteer.Pos{File: "return.yaml", Line: 5}, none: true},
		{name: "an empty file", pos: gazetteer.Pos{File: "empty.yaml", Line: 1}, want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := source.at(tt.pos)
			if string(got) != tt.want || ok == tt.none {
				t.Errorf("got %q, %t; want %q, %t", string(got), ok, tt.want, !tt.none)
			}
		})
	}
}
