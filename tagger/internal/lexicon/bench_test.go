package lexicon

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkAppend looks for dictionaries of growing size in one text: the cost
// must not grow with the dictionary beyond cache effects.
func BenchmarkAppend(b *testing.B) {
	const names, times = 40, 50
	var text strings.Builder
	for i := range times {
		for k := range names {
			fmt.Fprintf(&text, "the officials met Given%d Family%d near the old town hall. ", k, i%7*names+k)
		}
	}
	for _, size := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var phrases []string
			for i := range size {
				phrases = append(phrases, fmt.Sprintf("Given%d Family%d", i%names, i))
			}
			d := newDictionary(phrases)
			read := d.read(text.String())
			want := len(Naive(read, d.vocab, newDictionary(phrases[:100]).builder))
			if size > 7*names {
				want = names * times
			}
			var found []Match
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if found = d.lex.Append(found[:0], read); len(found) != want {
					b.Fatalf("%d matches, want %d", len(found), want)
				}
			}
		})
	}
}
