package segment

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"wiretag/models"
)

// TestMemoIsShared: Readers of one memo, each in its own goroutine, cut as one
// that remembers nothing, while the memo grows, fills up and stays full.
func TestMemoIsShared(t *testing.T) {
	const readers, articles = 8, 20
	for _, most := range []int{0, 100, 50_000} {
		t.Run(fmt.Sprint(most), func(t *testing.T) {
			opts := Options{Vocab: testVocab(), Punkt: NewPunkt()}
			shared := opts
			shared.Memo = NewMemo(most)
			var wg sync.WaitGroup
			for n := range readers {
				wg.Go(func() {
					r, plain := NewReader(shared), NewReader(opts)
					var got, want Text
					for i := range articles {
						doc := models.Document{Text: runsOf(rand.New(rand.NewPCG(uint64(i%3), uint64(n%2))), 2000)}
						r.Read(&got, &doc)
						plain.Read(&want, &doc)
						if !slices.Equal(got.Words, want.Words) {
							t.Errorf("reader %d, article %d: not cut as without the memo", n, i)
						}
					}
				})
			}
			wg.Wait()
			if shared.Memo.used > most {
				t.Errorf("the memo holds %d runs, want at most %d", shared.Memo.used, most)
			}
		})
	}
}

// runsOf makes up n runs: words, words with marks, several words, long ones.
func runsOf(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		word := fmt.Sprintf("w%x", r.IntN(5000))
		switch r.IntN(5) {
		case 0:
			word += ","
		case 1:
			word = "(" + word + "-" + word + ")."
		case 2:
			word += "-of-a-rather-long-kind"
		}
		b.WriteString(word + " ")
	}
	return b.String()
}

// TestMemoKeepsRoom: a run whose words do not fit into what is left of a chunk
// goes into the next, and one that fits nowhere is cut anew each time.
func TestMemoKeepsRoom(t *testing.T) {
	m := NewMemo(1 << 20)
	words := make([]Word, 48)
	for i := 0; ; i++ {
		at, ok := m.keep(words)
		if !ok {
			if left := mostWords - m.words; left >= chunkWords {
				t.Errorf("%d words would still fit", left)
			}
			break
		}
		if at/chunkWords != (at+47)/chunkWords {
			t.Fatalf("run %d lies at %d, in two chunks", i, at)
		}
	}
}
