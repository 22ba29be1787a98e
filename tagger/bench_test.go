package tagger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wiretag/gazetteer"
	"wiretag/gazetteer/pack"
	"wiretag/models"
	"wiretag/tagger"
)

// BenchmarkTag makes full records of the project's articles with the default
// pack: guards, topics, relevance.
func BenchmarkTag(b *testing.B) {
	_, tg := defaultPack(b)
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "articles", "*.txt"))
	if err != nil || len(paths) == 0 {
		b.Fatal("no articles: ", err)
	}
	var docs []models.Document
	var size int64
	want := 0
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, models.Document{Text: string(text)})
		size += int64(len(text))
		rec := tg.Tag(docs[len(docs)-1])
		want += mentions(&rec)
	}
	if want < 400 {
		b.Fatalf("%d mentions in the articles, want at least 400", want)
	}
	var rec models.Record
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		got := 0
		for i := range docs {
			tg.TagInto(&rec, docs[i])
			got += mentions(&rec)
		}
		if got != want {
			b.Fatalf("%d mentions, want %d", got, want)
		}
	}
}

// BenchmarkHostile tags what costs prose the square of the length (10 s for 32
// kB of closing brackets), and names, titles and declarations over and over, in
// two lengths: the speeds of one input have to be alike.
func BenchmarkHostile(b *testing.B) {
	_, tg := defaultPack(b)
	for _, unit := range hostile {
		for _, size := range [...]int{1 << 15, 1 << 20} {
			b.Run(fmt.Sprintf("%q/%dkB", unit, size>>10), func(b *testing.B) {
				doc := models.Document{Text: strings.Repeat(unit, size/len(unit))}
				var rec models.Record
				b.SetBytes(int64(len(doc.Text)))
				for b.Loop() {
					if tg.TagInto(&rec, doc); rec.Text != doc.Text {
						b.Fatal("no record")
					}
				}
			})
		}
	}
}

// TestAllocations holds that words cost no memory of their own: the same
// article forty times over takes hardly more allocations than once. What is left
// are antecedents, evidence and candidates of undecided spans.
func TestAllocations(t *testing.T) {
	_, tg := defaultPack(t)
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "articles", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no articles: ", err)
	}
	text, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	allocations := func(copies int) float64 {
		var rec models.Record
		doc := models.Document{Text: strings.Repeat(string(text)+"\n\n", copies)}
		return testing.AllocsPerRun(5, func() { tg.TagInto(&rec, doc) })
	}
	once, often := allocations(1), allocations(40)
	words := float64(39 * len(strings.Fields(string(text))))
	if perWord := (often - once) / words; perWord > 0.1 {
		t.Errorf("%.3f allocations a word: %.0f for one copy, %.0f for forty", perWord, once, often)
	}
	t.Logf("%.0f allocations for one copy, %.0f for forty of %s", once, often, filepath.Base(paths[0]))
}

func mentions(rec *models.Record) int {
	n := 0
	for _, e := range rec.Entities {
		n += e.Count
	}
	return n
}

// BenchmarkOpenBytes opens the default pack as it is compiled into the program:
// what every start costs.
func BenchmarkOpenBytes(b *testing.B) {
	b.SetBytes(int64(len(pack.Compiled())))
	for b.Loop() {
		t, err := tagger.OpenBytes(pack.Compiled(), nil)
		if err != nil {
			b.Fatal(err)
		}
		if got := t.Gazetteer().Name; got != "world" {
			b.Fatalf("the gazetteer is %q, want world", got)
		}
	}
}

// BenchmarkNew loads and compiles the default pack.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		g, _, err := gazetteer.Load()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tagger.New(g, nil); err != nil {
			b.Fatal(err)
		}
	}
}
