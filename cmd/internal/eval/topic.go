package eval

import (
	"fmt"
	"slices"

	"wiretag/models"
)

// A ClueHit is a clue of a topic that an article was given by its own score.
type ClueHit struct {
	Topic, Clue string
	Wrong       bool
	Sample      Sample
}

// A MissedTopic is a topic of gold that was not given.
type MissedTopic struct {
	Topic string
	Score float64 // its own, under its threshold
	In    string  // the article
}

// Thresholds are the steps of the sweep.
func Thresholds() []float64 {
	var out []float64
	for n := 30; n <= 90; n += 5 {
		out = append(out, float64(n)/100)
	}
	return out
}

func (j *Judge) topics(v *Verdict, doc *models.Document, ex *models.Explanation) {
	var given []string
	for i := range ex.Record.Topics {
		given = append(given, ex.Record.Topics[i].ID)
	}
	gold := j.tree.closed(v.Article.Topics)
	given = j.tree.closed(given)
	goldLeaves := j.tree.leaves(v.Article.Topics)
	v.Closed = tallySets(gold, given)
	v.Leaves = tallySets(goldLeaves, j.tree.leaves(given))
	scores := map[string]float64{}
	for i := range ex.Topics {
		scores[ex.Topics[i].ID] = ex.Topics[i].Score
	}
	for i := range ex.Record.Topics {
		if t := &ex.Record.Topics[i]; t.Child == "" {
			scores[t.ID] = t.Score
			_, right := slices.BinarySearch(gold, t.ID)
			v.Clues = append(v.Clues, clueHits(doc, t, !right)...)
		}
	}
	for _, id := range goldLeaves {
		if _, ok := slices.BinarySearch(given, id); !ok {
			v.MissedTopics = append(v.MissedTopics, MissedTopic{id, scores[id], doc.ID})
		}
	}
	j.sweep(v, gold, scores, ex)
}

// clueHits are the clues of a topic that was given.
func clueHits(doc *models.Document, t *models.Topic, wrong bool) []ClueHit {
	var out []ClueHit
	for i := range t.Clues {
		c := &t.Clues[i]
		h := ClueHit{Topic: t.ID, Clue: c.Name, Wrong: wrong}
		if wrong && len(c.Spans) > 0 {
			h.Sample = sampleAt(doc, c.Spans[0].Place)
			h.Sample.Note = fmt.Sprintf("%s, adds %.3f to a score of %.3f", c.Weight, c.Adds, t.Score)
		}
		out = append(out, h)
	}
	return out
}

// sweep compares what would be given under other thresholds. Clues that are
// other topics keep what they are.
func (j *Judge) sweep(v *Verdict, gold []string, scores map[string]float64, ex *models.Explanation) {
	var own []string // given by their own score
	for i := range ex.Record.Topics {
		if t := &ex.Record.Topics[i]; t.Child == "" {
			own = append(own, t.ID)
		}
	}
	var byChild []string
	for _, id := range own {
		byChild = append(byChild, j.tree.above[id]...)
	}
	slices.Sort(byChild)
	byChild = slices.Compact(byChild)
	for _, at := range Thresholds() {
		var fire []string
		for id, score := range scores {
			if score >= at {
				fire = append(fire, id)
			}
		}
		v.Sweep = append(v.Sweep, tallySets(gold, j.tree.closed(fire)))
		fire = append(fire, byChild...)
		slices.Sort(fire)
		v.Own = append(v.Own, tallySets(gold, slices.Compact(fire)))
	}
}
