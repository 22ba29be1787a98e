package eval

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestScore holds scores that were worked out by hand. PER: 3 right, 1 wrong, 0
// missed; ORG: 1 right, 1 wrong, 3 missed; LOC: gold alone has it.
func TestScore(t *testing.T) {
	articles := []Tally{
		{"PER": {2, 1, 0}, "ORG": {1, 0, 1}},
		{"PER": {1, 0, 0}, "ORG": {0, 1, 2}, "LOC": {0, 0, 1}},
	}
	s := score(articles, resampling{})
	value := func(x float64) *Stat { return &Stat{Value: x} }
	want := Scores{
		Micro: Row{"micro", Counts{4, 2, 4}, value(.6667), value(.5), value(.5714)},
		Macro: Row{"macro", Counts{4, 2, 4}, value(.4167), value(.4167), value(.3968)},
		Rows: []Row{
			{"LOC", Counts{0, 0, 1}, nil, value(0), value(0)},
			{"ORG", Counts{1, 1, 3}, value(.5), value(.25), value(.3333)},
			{"PER", Counts{3, 1, 0}, value(.75), value(1), value(.8571)},
		},
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestScoreOfNothing(t *testing.T) {
	s := score([]Tally{{}}, resampling{10, 1})
	if s.Micro.P != nil || s.Macro.F1 != nil || len(s.Rows) != 0 {
		t.Errorf("got %+v, want no number", s)
	}
}

// TestBootstrap holds that the draws are the same each time, move with the
// seed, enclose the value, and are wide for few articles and narrow for many.
func TestBootstrap(t *testing.T) {
	few := []Tally{{"A": {9, 1, 0}}, {"A": {1, 9, 0}}, {"A": {8, 2, 0}}, {"A": {5, 5, 0}}}
	many := slices.Repeat(few, 100)
	a, b := score(few, resampling{1000, 1}), score(few, resampling{1000, 1})
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	if other := score(few, resampling{20, 2}); cmp.Equal(score(few, resampling{20, 1}), other) {
		t.Error("the seed does not matter")
	}
	p := a.Micro.P
	if p.Value != .575 || p.Interval[0] >= p.Value || p.Interval[1] <= p.Value {
		t.Errorf("precision is %v %v, want .575 inside its interval", p.Value, *p.Interval)
	}
	q := score(many, resampling{200, 1}).Micro.P
	if wide, narrow := p.Interval[1]-p.Interval[0], q.Interval[1]-q.Interval[0]; narrow > wide/4 {
		t.Errorf("intervals of 4 and of 400 articles: %.3f and %.3f", wide, narrow)
	}
	same := score(slices.Repeat([]Tally{{"A": {1, 1, 0}}}, 5), resampling{100, 1})
	if diff := cmp.Diff(&[2]float64{.5, .5}, same.Micro.P.Interval); diff != "" {
		t.Errorf("articles that are all alike have an interval:\n%s", diff)
	}
}

func TestMapping(t *testing.T) {
	m, err := ParseMapping("PERSON=PER, GPE+LOC+FAC=LOC,DATE=")
	if err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]string{"PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "LOC": "LOC", "DATE": "", "ORG": "ORG"} {
		if got := m.of(from); got != want {
			t.Errorf("%s becomes %q, want %q", from, got, want)
		}
	}
	again, err := ParseMapping(m.String())
	if err != nil || !cmp.Equal(m, again) {
		t.Errorf("%s is read as %v, %v", m, again, err)
	}
	for text, want := range map[string]string{
		"PERSON":      `"PERSON" has no =; write LABEL=LABEL, A+B=C, or LABEL= to leave it out`,
		"=PER":        `"=PER" names no label before the =`,
		"GPE=A,GPE=B": `GPE is mapped twice, to "A" and to "B"`,
	} {
		if _, err := ParseMapping(text); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
