package segment

import (
	"os"
	"path/filepath"
	"testing"

	"wiretag/models"
)

// benchArticles reads the project's articles.
func benchArticles(b *testing.B) (docs []models.Document, size int64) {
	b.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "testdata", "articles", "*.txt"))
	if err != nil || len(paths) == 0 {
		b.Fatal("no articles: ", err)
	}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, models.Document{Text: string(text)})
		size += int64(len(text))
	}
	return docs, size
}

// benchWords is how many words the articles hold; a change here is a change of
// what is measured.
const benchWords = 7531

func BenchmarkRead(b *testing.B) {
	docs, size := benchArticles(b)
	for _, bm := range []struct {
		name string
		runs int
	}{{"remembered", 1 << 18}, {"cut each time", 0}} {
		b.Run(bm.name, func(b *testing.B) {
			r := NewReader(Options{Vocab: testVocab(), Punkt: NewPunkt(), Memo: NewMemo(bm.runs)})
			var text Text
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				words := 0
				for i := range docs {
					r.Read(&text, &docs[i])
					words += len(text.Words)
				}
				if words != benchWords {
					b.Fatalf("%d words, want %d", words, benchWords)
				}
			}
		})
	}
}

func BenchmarkSentences(b *testing.B) {
	docs, size := benchArticles(b)
	r := NewReader(Options{Vocab: testVocab(), Punkt: NewPunkt(), Memo: NewMemo(1 << 18)})
	var text Text
	b.SetBytes(size)
	for b.Loop() {
		for i := range docs {
			r.Read(&text, &docs[i])
			for p := range text.Paras {
				text.Sentences(p)
			}
		}
	}
}
