package tagger_test

import (
	"testing"

	"wiretag/gazetteer"
	"wiretag/tagger"
)

// BenchmarkNew compiles the default pack.
func BenchmarkNew(b *testing.B) {
	g, _, err := gazetteer.Load()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := tagger.New(g, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, _, err := gazetteer.Load(); err != nil {
			b.Fatal(err)
		}
	}
}
