package tagger_test

import (
	"os"
	"path/filepath"
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
