package corpus_test

import (
	"bytes"
	"io"
	"os"
	"testing"

	"wiretag/cmd/internal/corpus"
)

// again gives n copies of b.
func again(b []byte, n int) io.Reader {
	all := make([]io.Reader, n)
	for i := range all {
		all[i] = bytes.NewReader(b)
	}
	return io.MultiReader(all...)
}

// BenchmarkLines reads a hundred copies of a corpus of JSON lines.
func BenchmarkLines(b *testing.B) {
	one, err := os.ReadFile("../../../../shared/data/corpora/digitalgov.jsonl")
	if err != nil {
		b.Skip("the shared corpora are not here: ", err)
	}
	tests := []struct {
		name string
		opts corpus.Options
	}{
		{name: "default"},
		{name: "paths and keep", opts: corpus.Options{Fields: corpus.Fields{Text: "text", ID: "meta.id", Keep: []string{"url", "date"}}}},
	}
	for _, tt := range tests {
		b.Run(tt.name, func(b *testing.B) {
			const copies = 100
			b.SetBytes(int64(copies * len(one)))
			b.ReportAllocs()
			for b.Loop() {
				opts := tt.opts
				opts.Format, opts.Stdin = corpus.JSONL, again(one, copies)
				c, err := corpus.Open([]string{"-"}, opts)
				if err != nil {
					b.Fatal(err)
				}
				for _, err := range c.Articles() {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
