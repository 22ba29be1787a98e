package eval

import (
	"math"
	"slices"
	"testing"

	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sp is a span of the text.
func sp(start, end int, label string) span {
	return span{models.Place{Field: models.Text, Span: models.Span{Start: start, End: end}}, label}
}

func TestMatch(t *testing.T) {
	title := span{models.Place{Field: models.Title, Span: models.Span{Start: 0, End: 5}}, "ORG"}
	for _, tt := range []struct {
		name                    string
		gold, out               []span
		exact, overlap, untyped Tally
	}{
		{
			name: "the same", gold: []span{sp(0, 5, "ORG")}, out: []span{sp(0, 5, "ORG")},
			exact: Tally{"ORG": {1, 0, 0}}, overlap: Tally{"ORG": {1, 0, 0}}, untyped: Tally{"ORG": {1, 0, 0}},
		},
		{
			name: "another type", gold: []span{sp(0, 5, "ORG")}, out: []span{sp(0, 5, "GPE")},
			exact: Tally{"ORG": {0, 0, 1}, "GPE": {0, 1, 0}}, overlap: Tally{"ORG": {0, 0, 1}, "GPE": {0, 1, 0}},
			untyped: Tally{"ORG": {1, 0, 0}},
		},
		{
			name: "another boundary", gold: []span{sp(0, 10, "ORG")}, out: []span{sp(4, 10, "ORG")},
			exact: Tally{"ORG": {0, 1, 1}}, overlap: Tally{"ORG": {1, 0, 0}}, untyped: Tally{"ORG": {0, 1, 1}},
		},
		{
			name: "neighbours share no character", gold: []span{sp(0, 4, "ORG")}, out: []span{sp(4, 8, "ORG")},
			exact: Tally{"ORG": {0, 1, 1}}, overlap: Tally{"ORG": {0, 1, 1}}, untyped: Tally{"ORG": {0, 1, 1}},
		},
		{
			name: "one for one: the larger overlap wins", gold: []span{sp(0, 10, "ORG")}, out: []span{sp(0, 3, "ORG"), sp(4, 10, "ORG")},
			exact: Tally{"ORG": {0, 2, 1}}, overlap: Tally{"ORG": {1, 1, 0}}, untyped: Tally{"ORG": {0, 2, 1}},
		},
		{
			name: "a long span takes only one of two", gold: []span{sp(0, 4, "ORG"), sp(5, 12, "ORG")}, out: []span{sp(0, 12, "ORG")},
			exact: Tally{"ORG": {0, 1, 2}}, overlap: Tally{"ORG": {1, 0, 1}}, untyped: Tally{"ORG": {0, 1, 2}},
		},
		{
			name: "other fields never meet", gold: []span{title}, out: []span{sp(0, 5, "ORG")},
			exact: Tally{"ORG": {0, 1, 1}}, overlap: Tally{"ORG": {0, 1, 1}}, untyped: Tally{"ORG": {0, 1, 1}},
		},
		{
			name: "one place with two labels", gold: []span{sp(0, 5, "GPE"), sp(0, 5, "ORG")}, out: []span{sp(0, 5, "ORG")},
			exact: Tally{"GPE": {0, 0, 1}, "ORG": {1, 0, 0}}, overlap: Tally{"GPE": {0, 0, 1}, "ORG": {1, 0, 0}},
			untyped: Tally{"GPE": {1, 0, 0}, "ORG": {0, 0, 1}},
		},
		{name: "nothing", exact: Tally{}, overlap: Tally{}, untyped: Tally{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := []Tally{
				tally(tt.gold, tt.out, exact(tt.gold, tt.out, true)), tally(tt.gold, tt.out, overlapping(tt.gold, tt.out, true)),
				tally(tt.gold, tt.out, exact(tt.gold, tt.out, false)),
			}
			if diff := cmp.Diff([]Tally{tt.exact, tt.overlap, tt.untyped}, got); diff != "" {
				t.Errorf("exact, overlap, untyped (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCounterpart(t *testing.T) {
	for _, tt := range []struct {
		name   string
		others []span
		n      int
		kind   Error
	}{
		{"nothing there", []span{sp(20, 30, "ORG")}, -1, Spurious},
		{"the same place", []span{sp(9, 15, "ORG"), sp(10, 20, "GPE")}, 1, WrongType},
		{"another boundary before both", []span{sp(5, 12, "GPE"), sp(15, 25, "ORG")}, 1, WrongBoundary},
		{"both", []span{sp(5, 12, "GPE"), sp(15, 25, "LAW")}, 0, WrongBoth},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sp(10, 20, "ORG")
			if n, kind := counterpart(&s, tt.others); n != tt.n || kind != tt.kind {
				t.Errorf("got %d %q, want %d %q", n, kind, tt.n, tt.kind)
			}
		})
	}
}

func TestTallySets(t *testing.T) {
	got := tallySets([]string{"a", "b"}, []string{"b", "c"})
	if diff := cmp.Diff(Tally{"a": {0, 0, 1}, "b": {1, 0, 0}, "c": {0, 1, 0}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// drawSpans draws spans of one text, which may overlap, each once.
func drawSpans(t *rapid.T, name string) []span {
	one := rapid.Custom(func(t *rapid.T) span {
		start := rapid.IntRange(0, 20).Draw(t, "start")
		s := sp(start, start+rapid.IntRange(1, 8).Draw(t, "length"), rapid.SampledFrom([]string{"PER", "ORG"}).Draw(t, "label"))
		s.Field = rapid.SampledFrom([]models.Field{models.Title, models.Text}).Draw(t, "field")
		return s
	})
	spans := rapid.SliceOfNDistinct(one, 0, 8, func(s span) span { return s }).Draw(t, name)
	slices.SortFunc(spans, func(a, b span) int { return comparePlaces(a.Place, b.Place) })
	return spans
}

// swapped exchanges what is wrong and what is missed.
func swapped(c Counts) Counts { return Counts{c.Right, c.Missed, c.Wrong} }

// total sums a tally.
func (t Tally) total() (sum Counts) {
	for _, c := range t {
		sum.add(c)
	}
	return sum
}

// TestProperties holds what is so of any two sides: measures lie in [0,1], the
// sides swapped swap precision and recall, every span is counted once, what is
// right exactly is right by overlap, and a side against itself is all right.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, out := drawSpans(t, "gold"), drawSpans(t, "out")
		ways := map[string]func(a, b []span) Tally{
			"exact":   func(a, b []span) Tally { return tally(a, b, exact(a, b, true)) },
			"overlap": func(a, b []span) Tally { return tally(a, b, overlapping(a, b, true)) },
			"untyped": func(a, b []span) Tally { return tally(a, b, exact(a, b, false)) },
		}
		for name, way := range ways {
			ab, ba := way(gold, out).total(), way(out, gold).total()
			if ab != swapped(ba) {
				t.Fatalf("%s: %v, and with the sides swapped %v", name, ab, ba)
			}
			if ab.Right+ab.Missed != len(gold) || ab.Right+ab.Wrong != len(out) {
				t.Fatalf("%s: %v of %d in gold and %d in the output", name, ab, len(gold), len(out))
			}
			for _, m := range ab.measures() {
				if !math.IsNaN(m) && (m < 0 || m > 1) {
					t.Fatalf("%s: a measure is %v", name, m)
				}
			}
			if self := way(gold, gold).total(); self.Wrong+self.Missed != 0 {
				t.Fatalf("%s: gold against itself is %v", name, self)
			}
		}
		if e, o := ways["exact"](gold, out).total(), ways["overlap"](gold, out).total(); e.Right > o.Right {
			t.Fatalf("exact has %v, overlap only %v", e, o)
		}
		s := score([]Tally{ways["exact"](gold, out)}, resampling{20, 1})
		p := score([]Tally{ways["exact"](out, gold)}, resampling{20, 1})
		if diff := cmp.Diff([]*Stat{s.Micro.P, s.Macro.P, s.Micro.F1}, []*Stat{p.Micro.R, p.Macro.R, p.Micro.F1}); diff != "" {
			t.Fatalf("precision and the recall of the sides swapped:\n%s", diff)
		}
	})
}
