package encode_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// checkWhole reads back the formats that count in title and text as one, and
// holds that their spans quote it and are those of the record. Undecided spans
// have no label.
func checkWhole(t rapid.TB, rec *models.Record) {
	t.Helper()
	opts := encode.Options{Offsets: encode.Byte} // heeded by neither
	all := moved(rec, spansOf(t, write(t, "jsonl", encode.Options{}, rec)))
	text, spans := labelled(t, write(t, "spacy", opts, rec))
	decided := slices.DeleteFunc(slices.Clone(all), func(s seen) bool { return s.Entity == "" })
	if diff := cmp.Diff(spans, decided, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("spacy (-got +want):\n%s", diff)
	}
	spans = nil
	for _, a := range annotated(t, write(t, "w3c", opts, rec)) {
		spans = append(spans, a.seen)
		if got, want := a.around, around(text, a.Start, a.End); got != want {
			t.Fatalf("w3c: got %q around the quote, want %q", got, want)
		}
	}
	if diff := cmp.Diff(spans, all); diff != "" {
		t.Fatalf("w3c (-got +want):\n%s", diff)
	}
}

// moved counts spans in the title, a blank line and the text as one.
func moved(rec *models.Record, spans []seen) []seen {
	shift := 0
	if rec.Title != "" && rec.Text != "" {
		shift = len([]rune(rec.Title + "\n\n"))
	}
	for i := range spans {
		if spans[i].Field == "text" {
			spans[i].Start += shift
			spans[i].End += shift
		}
		spans[i].Field = ""
	}
	return spans
}

// labelled reads a line for spaCy, and holds that its labels are its spans.
func labelled(t rapid.TB, out string) (text []rune, spans []seen) {
	t.Helper()
	var line struct {
		Text  string
		Spans []struct {
			Start, End  int
			Text, Label string
			ID          string `json:"span_id"`
		}
		Label [][]any
	}
	if err := json.Unmarshal([]byte(out), &line); err != nil {
		t.Fatal(err)
	}
	text = []rune(line.Text)
	var labels [][]any
	for _, s := range line.Spans {
		spans = append(spans, seen{"", s.Start, s.End, s.Text, s.ID})
		labels = append(labels, []any{float64(s.Start), float64(s.End), s.Label})
		if got := string(text[s.Start:s.End]); got != s.Text {
			t.Fatalf("spacy: %q stands where %q is told", got, s.Text)
		}
	}
	if diff := cmp.Diff(line.Label, labels, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("label (-got +want):\n%s", diff)
	}
	return text, spans
}

// An annotation is what the tests read back of a Web Annotation of a span.
type annotation struct {
	seen
	around [2]string
}

func annotated(t rapid.TB, out string) []annotation {
	t.Helper()
	var all []annotation
	for line := range strings.Lines(out) {
		var a struct {
			Motivation string
			Body       json.RawMessage
			Target     json.RawMessage
		}
		var bodies []struct{ Purpose, Value string }
		var target struct {
			Selector []struct {
				Exact, Prefix, Suffix string
				Start, End            int
			}
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if a.Motivation == "classifying" {
			continue // a topic
		}
		if err := json.Unmarshal(a.Target, &target); err != nil {
			t.Fatal(err)
		}
		entity := ""
		if a.Motivation == "identifying" {
			if err := json.Unmarshal(a.Body, &bodies); err != nil {
				t.Fatal(err)
			}
			entity = bodies[0].Value
		}
		quote, position := target.Selector[0], target.Selector[1]
		all = append(all, annotation{seen{"", position.Start, position.End, quote.Exact, entity}, [2]string{quote.Prefix, quote.Suffix}})
	}
	return all
}

func around(text []rune, start, end int) [2]string {
	return [2]string{string(text[max(0, start-32):start]), string(text[end:min(len(text), end+32)])}
}

func TestAnnotationIDs(t *testing.T) {
	first := write(t, "w3c", encode.Options{}, full(t))
	if again := write(t, "w3c", encode.Options{}, full(t)); again != first {
		t.Errorf("the same record is written in another way: %s", again)
	}
	other := full(t)
	other.ID = "feed.jsonl#3"
	ids := map[string]int{}
	dec := json.NewDecoder(strings.NewReader(first + write(t, "w3c", encode.Options{}, other)))
	for dec.More() {
		var a struct{ ID string }
		if err := dec.Decode(&a); err != nil {
			t.Fatal(err)
		}
		ids[a.ID]++
	}
	if got, want := len(ids), 2*(4+2); got != want {
		t.Errorf("got %d ids of two articles with four spans and two topics, want %d", got, want)
	}
}

func TestAnnotationSource(t *testing.T) {
	tests := []struct{ name, id, path, want string }{
		{name: "path", id: "in/a b.txt", path: "in/a b.txt", want: "in/a%20b.txt"},
		{name: "nth of a file", id: "in/f.jsonl#2", path: "in/f.jsonl", want: "in/f.jsonl#2"},
		{name: "hash in a path", id: "a#b.txt", path: "a#b.txt", want: "a%23b.txt"},
		{name: "id field", id: "a1?", path: "f.jsonl", want: "a1%3F"},
		{name: "colon", id: "reuters:1", path: "f.jsonl", want: "./reuters:1"},
		{name: "address", id: "https://news.example/a?b=c", path: "f.jsonl", want: "https://news.example/a?b=c"},
		{name: "urn", id: "urn:newsml:x:1", path: "f.jsonl", want: "urn:newsml:x:1"},
		{name: "script", id: "javascript:alert(1)", path: "f.jsonl", want: "./javascript:alert%281%29"},
		{name: "address with a blank", id: "https://news.example/a b", path: "f.jsonl", want: "./https://news.example/a%20b"},
		{name: "standard input", id: "-", path: "-", want: "-"},
		{name: "no UTF-8", id: "\xff.txt", path: "\xff.txt", want: "%EF%BF%BD.txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := bare(tt.id, "", "x")
			rec.Source.Path = tt.path
			rec.Topics = []models.Topic{{ID: "t", Label: "t"}}
			var got struct{ Target string }
			if err := json.Unmarshal([]byte(write(t, "w3c", encode.Options{}, rec)), &got); err != nil {
				t.Fatal(err)
			}
			if got.Target != tt.want {
				t.Errorf("got %q, want %q", got.Target, tt.want)
			}
		})
	}
}
