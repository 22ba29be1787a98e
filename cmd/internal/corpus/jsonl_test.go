package corpus_test

import (
	"fmt"
	"strings"
	"testing"

	"wiretag/cmd/internal/corpus"
)

func TestB6Lines(t *testing.T) {
	bad := func(problem string) item { return item{Problem: "-:" + problem} }
	end := item{ID: "end", Text: "x", Derived: true}
	tests := []struct {
		name string
		line string
		want []item // before the article of the line that follows
	}{
		{name: "all fields", line: `{"id":"i","title":"T","text":"x","date":"2020-02-29","tags":["a",{"b":1}]}`,
			want: []item{{ID: "i", Title: "T", Text: "x", Date: "2020-02-29", From: "field", Derived: true}}},
		{name: "every short escape", line: `{"text":"a\"\\\/\b\f\n\r\tz"}`, want: []item{{ID: "-#1", Text: "a\"\\/\b\f\n\r\tz", Derived: true}}},
		{name: "an escape at the end", line: `{"text":"\u00e9\\"}`, want: []item{{ID: "-#1", Text: "é\\", Derived: true}}},
		{name: "id is a number", line: `{"text":"x","id":12.50}`, want: []item{{ID: "12.50", Text: "x", Derived: true}}},
		{name: "id is empty", line: `{"text":"x","id":""}`, want: []item{{ID: "-#1", Text: "x", Derived: true}}},
		{name: "escapes are decoded", line: `{"text":"\ud83c\udfe6\n\u0000é"}`, want: []item{{ID: "-#1", Text: "🏦\n\x00é", Derived: true}}},
		{name: "byte order mark", line: bom + `{"text":"x"}`, want: []item{{ID: "-#1", Text: "x", Derived: true}}},
		{name: "fault behind a byte order mark", line: bom + `{"é":1,"text":2}`, want: []item{bad(`1:15: "text" is a number; it must be a string or a list of strings (byte 18)`)}},
		{name: "blank line", line: " \t", want: nil},
		{name: "CRLF", line: "{\"text\":\"x\"}\r", want: []item{{ID: "-#1", Text: "x", Derived: true}}},
		{name: "no text", line: `{"title":"T"}`, want: []item{bad(`1:14: the object has no field "text"; it has "title"; --text-field names another (byte 13)`)}},
		{name: "text is null", line: `{"text":null}`, want: []item{bad(`1:9: "text" is null; it must be a string or a list of strings (byte 8)`)}},
		{name: "text is a list", line: `{"text":["x","y\n"]}`, want: []item{{ID: "-#1", Text: "x\n\ny\n", Derived: true}}},
		{name: "text is an empty list", line: `{"text":[]}`, want: []item{{ID: "-#1", Derived: true}}},
		{name: "text is a list of more than strings", line: `{"text":["é",1]}`, want: []item{bad(`1:14: in "text" stands a number; it must be a string or a list of strings (byte 14)`)}},
		{name: "id is true", line: `{"id":true,"text":"x"}`, want: []item{bad(`1:7: "id" is true or false; it must be a string (byte 6)`)}},
		{name: "no object", line: `["x"]`, want: []item{bad(`1:1: an article is a list; it must be an object: {"text": …} (byte 0)`)}},
		{name: "two objects", line: `{"text":"x"} {}`, want: []item{bad(`1:13: more follows the object; write one object a line (byte 12)`)}},
		{name: "duplicate key", line: `{"text":"x","text":"y"}`, want: []item{bad(`1:13: duplicate object member name (byte 12)`)}},
		{name: "cut off", line: `{"text":"x`, want: []item{bad(`1:11: the line ends inside the object (byte 10)`)}},
		{name: "NaN", line: `{"n":NaN,"text":"x"}`, want: []item{bad(`1:6: invalid character 'N' at start of value (byte 5)`)}},
		{name: "lone surrogate", line: `{"text":"\ud800"}`, want: []item{bad("1:10: invalid surrogate pair `\\ud800\"}` in string (byte 9)")}},
		{name: "invalid UTF-8", line: "{\"text\":\"a\xff\"}", want: []item{bad("1:11: invalid UTF-8 (byte 10)")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stdin := strings.NewReader(tt.line + "\n" + `{"id":"end","text":"x"}`)
			got := read(t, corpus.Options{Format: corpus.JSONL, Stdin: stdin}, "-")
			same(t, got, append(tt.want, end))
		})
	}
}

func TestB6NestedDeeply(t *testing.T) {
	stdin := strings.NewReader(`{"x":` + strings.Repeat("[", 20_000) + "\n" + `{"text":"x"}`)
	got := read(t, corpus.Options{Stdin: stdin}, "-")
	if len(got) != 2 || !strings.Contains(got[0].Problem, "depth") || got[1].ID != "-#2" {
		t.Errorf("got %+v, want a problem of depth and the next line", got)
	}
}

func TestB6LineLimit(t *testing.T) {
	line := func(size int) string {
		const frame = len(`{"text":""}`)
		return `{"text":"` + strings.Repeat("a", size-frame) + `"}`
	}
	tests := []struct {
		name string
		size int
		end  string
		want bool
	}{
		{name: "at the limit", size: corpus.MaxLine, end: "\n", want: true},
		{name: "at the limit with CRLF", size: corpus.MaxLine, end: "\r\n", want: true},
		{name: "one over", size: corpus.MaxLine + 1, end: "\n"},
		{name: "far over", size: corpus.MaxLine + 100_000, end: "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stdin := strings.NewReader(line(tt.size) + tt.end + `{"text":"x"}`)
			got := read(t, corpus.Options{Stdin: stdin}, "-")
			if len(got) != 2 || got[1] != (item{ID: "-#2", Text: "x", Derived: true}) {
				t.Fatalf("got %d items, want the next line read as -#2", len(got))
			}
			problem := "-:1:1: the line is longer than the limit of 16 MiB; --max-line raises it (byte 0)"
			if tt.want {
				problem = ""
			}
			if got[0].Problem != problem {
				t.Errorf("got problem %q, want %q", got[0].Problem, problem)
			}
		})
	}
}

func TestB6ManyLinesAreStreamed(t *testing.T) {
	const n = 50_000
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"id\":%d,\"text\":\"x\"}\n", i)
	}
	c, err := corpus.Open([]string{"-"}, corpus.Options{Stdin: strings.NewReader(b.String())})
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for doc, err := range c.Articles() {
		if err != nil || doc.ID != fmt.Sprint(i) {
			t.Fatalf("article %d: got %q, %v", i, doc.ID, err)
		}
		i++
	}
	if i != n {
		t.Errorf("got %d articles, want %d", i, n)
	}
}

// TestFieldPaths: a path leads through objects and lists; of several keys that
// fit, the longest is taken, wherever it stands.
func TestFieldPaths(t *testing.T) {
	tests := []struct {
		name, path, object string
		want               string // "" if there is no such field
	}{
		{name: "a key", path: "a", object: `{"a":"x"}`, want: "x"},
		{name: "a key in a key", path: "a.b.c", object: `{"a":{"b":{"c":"x"}}}`, want: "x"},
		{name: "a place in a list", path: "a.1.b", object: `{"a":[{"b":"no"},{"b":"x"}]}`, want: "x"},
		{name: "a place that is not there", path: "a.2", object: `{"a":["x","y"]}`},
		{name: "a place in an object", path: "a.1", object: `{"a":{"1":"x"}}`, want: "x"},
		{name: "a key with a dot before the path", path: "a.b", object: `{"a.b":"x","a":{"b":"no"}}`, want: "x"},
		{name: "a key with a dot behind the path", path: "a.b", object: `{"a":{"b":"no"},"a.b":"x"}`, want: "x"},
		{name: "a key with a dot that leads on", path: "a.b.c", object: `{"a":{"b.c":"no"},"a.b":{"c":"x"}}`, want: "x"},
		{name: "a key with a dot further in", path: "a.b.c", object: `{"a":{"b":{"c":"no"},"b.c":"x"}}`, want: "x"},
		{name: "a key with escapes", path: "ä.b", object: `{"\u00e4":{"\u0062":"x"}}`, want: "x"},
		{name: "a value that holds nothing", path: "a.b", object: `{"a":"x"}`},
		{name: "another key that begins so", path: "a.b", object: `{"ab":{"b":"no"},"a.bc":"no"}`},
		{name: "a path that ends in a dot", path: "a.", object: `{"a":{"":"x"}}`, want: "x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, corpus.Options{Format: corpus.JSONL, Fields: corpus.Fields{Text: tt.path}, Stdin: strings.NewReader(tt.object)}, "-")
			if tt.want == "" {
				if len(got) != 1 || !strings.Contains(got[0].Problem, fmt.Sprintf("the object has no field %q; it has ", tt.path)) {
					t.Errorf("got %+v, want no such field", got)
				}
				return
			}
			same(t, got, []item{{ID: "-#1", Text: tt.want, Derived: true}})
		})
	}
}
