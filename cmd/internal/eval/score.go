package eval

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// A Stat is a measure from 0 to 1. It is nil where nothing can be said: there
// is nothing to divide by.
type Stat struct {
	Value float64 `json:"value"`
	// Interval is the middle 95 % of what the measure is when as many articles
	// are drawn anew, with replacement; nil if none were drawn.
	Interval *[2]float64 `json:"interval,omitempty"`
}

// A Row is the counts of a label with its measures.
type Row struct {
	Label string `json:"label"`
	Counts
	P  *Stat `json:"precision"`
	R  *Stat `json:"recall"`
	F1 *Stat `json:"f1"`
}

// Scores are the rows of one way of comparing. Micro counts all spans alike;
// Macro is the mean of the labels' measures, of all labels that either side
// has, and has the sums as its counts.
type Scores struct {
	Micro Row   `json:"micro"`
	Macro Row   `json:"macro"`
	Rows  []Row `json:"rows"` // by label
}

// measures are precision, recall and F1; NaN where nothing can be said.
type measures [3]float64

func (c Counts) measures() measures {
	over := func(a, b int) float64 {
		if b == 0 {
			return math.NaN()
		}
		return float64(a) / float64(b)
	}
	return measures{over(c.Right, c.Right+c.Wrong), over(c.Right, c.Right+c.Missed), over(2*c.Right, 2*c.Right+c.Wrong+c.Missed)}
}

// resampling says how the intervals are made.
type resampling struct {
	resamples int
	seed      uint64
}

// A drawing holds the counts of articles by the number of their label, for the
// resamples to add up fast.
type drawing struct {
	labels   []string
	articles [][]labelCounts
}

type labelCounts struct {
	label int
	Counts
}

func newDrawing(articles []Tally) *drawing {
	seen := map[string]bool{}
	for _, t := range articles {
		for l := range t {
			seen[l] = true
		}
	}
	d := &drawing{labels: slices.Sorted(maps.Keys(seen))}
	number := map[string]int{}
	for i, l := range d.labels {
		number[l] = i
	}
	for _, t := range articles {
		var row []labelCounts
		for _, l := range slices.Sorted(maps.Keys(t)) {
			row = append(row, labelCounts{number[l], t[l]})
		}
		d.articles = append(d.articles, row)
	}
	return d
}

// outcome returns the measures of every label, then micro, then macro, for the
// counts of labels.
func outcome(counts []Counts, into []measures) []measures {
	into = into[:0]
	var all Counts
	var macro measures
	n := 0
	for _, c := range counts {
		m := c.measures()
		into = append(into, m)
		all.add(c)
		if c == (Counts{}) {
			continue // neither side has the label
		}
		n++
		for i := range macro {
			if !math.IsNaN(m[i]) {
				macro[i] += m[i]
			}
		}
	}
	for i := range macro {
		macro[i] /= float64(n) // 0/0 is NaN
	}
	return append(into, all.measures(), macro)
}

// score works out the scores of articles, in any order that is always the same.
func score(articles []Tally, rs resampling) Scores {
	d := newDrawing(articles)
	counts := make([]Counts, len(d.labels))
	for _, a := range d.articles {
		for _, c := range a {
			counts[c.label].add(c.Counts)
		}
	}
	values := outcome(counts, nil)
	in := d.bootstrap(len(values), rs)
	var s Scores
	var all Counts
	row := func(label string, i int, c Counts) Row {
		return Row{label, c, stat(values[i][0], in[i][0]), stat(values[i][1], in[i][1]), stat(values[i][2], in[i][2])}
	}
	s.Rows = []Row{}
	for i, l := range d.labels {
		s.Rows = append(s.Rows, row(l, i, counts[i]))
		all.add(counts[i])
	}
	s.Micro = row("micro", len(counts), all)
	s.Macro = row("macro", len(counts)+1, all)
	return s
}

func stat(value float64, interval *[2]float64) *Stat {
	if math.IsNaN(value) {
		return nil
	}
	return &Stat{round(value), interval}
}

// round keeps four decimals, more than any number of articles can bear out.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// bootstrap draws the articles anew and returns the middle 95 % of each
// measure of each row. Draws in which a measure is no number do not count for
// it; without any there is no interval.
func (d *drawing) bootstrap(rows int, rs resampling) [][3]*[2]float64 {
	rng := rand.New(rand.NewPCG(rs.seed, uint64(len(d.articles))))
	values := make([][3][]float64, rows)
	counts := make([]Counts, len(d.labels))
	var drawn []measures
	for range rs.resamples {
		clear(counts)
		for range d.articles {
			for _, c := range d.articles[rng.IntN(len(d.articles))] {
				counts[c.label].add(c.Counts)
			}
		}
		drawn = outcome(counts, drawn)
		for i := range drawn {
			for k, x := range drawn[i] {
				if !math.IsNaN(x) {
					values[i][k] = append(values[i][k], x)
				}
			}
		}
	}
	out := make([][3]*[2]float64, rows)
	for i := range values {
		for k := range values[i] {
			out[i][k] = middle(values[i][k])
		}
	}
	return out
}

// middle returns the middle 95 % of values.
func middle(values []float64) *[2]float64 {
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	rank := func(p float64) float64 { return round(values[int(math.Round(p*float64(len(values)-1)))]) }
	return &[2]float64{rank(.025), rank(.975)}
}
