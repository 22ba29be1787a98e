package lexicon

import (
	"slices"
	"testing"

	"wiretag/tagger/internal/segment"

	"pgregory.net/rapid"
)

// TestMeanings: a phrase has the meanings it was given, each once, in the order
// of their numbers, none, one or many.
func TestMeanings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := segment.NewVocab()
		b := NewBuilder(v)
		want := map[uint32][]Meaning{}
		uses := []Use{ForForm, ForMask, ForGuard, ForTitle, ForTopic, ForFamily, ForFamilyFirst}
		for range rapid.IntRange(0, 30).Draw(t, "added") {
			words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 3).Draw(t, "words")
			var elems []Elem
			for _, w := range words {
				elems = append(elems, Elem{ID: v.Intern(w)})
			}
			p := b.Add(elems)
			if want[p] = want[p][:len(want[p]):len(want[p])]; rapid.Bool().Draw(t, "means") {
				m := Mean(rapid.SampledFrom(uses).Draw(t, "use"), rapid.Int32Range(0, MostRefs-1).Draw(t, "ref"))
				b.Mean(p, m)
				want[p] = append(want[p], m)
			}
		}
		l := reopened(b.Build(), v)
		_, number := b.Phrases()
		for p, ms := range want {
			slices.Sort(ms)
			if got := l.Meanings(number[p]); !slices.Equal(slices.Compact(ms), got) {
				t.Fatalf("phrase %d means %v, want %v", p, got, ms)
			}
		}
	})
}
