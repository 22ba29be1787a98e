package packtest

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
)

// given reports whether a topic is given, and, with a mark, by the words there.
func (k *claim) given(rec *models.Record) bool {
	t := topicOf(rec, k.ID.Value)
	if t == nil || k.at == nil {
		return t != nil
	}
	return slices.ContainsFunc(source(rec, t).Clues, func(c models.Clue) bool {
		return slices.ContainsFunc(c.Spans, func(e models.Evidence) bool { return k.fits(e.Place) })
	})
}

// topicOf returns a topic of a record, or nil.
func topicOf(rec *models.Record, id string) *models.Topic {
	i := slices.IndexFunc(rec.Topics, func(t models.Topic) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return &rec.Topics[i]
}

// source returns the topic that gave another its score: itself, or its child.
func source(rec *models.Record, t *models.Topic) *models.Topic {
	if child := topicOf(rec, t.Child); child != nil {
		return child
	}
	return t
}

// givenTopic explains a topic that should not be given: its sum.
func (r *runner) givenTopic(k *claim, ex *models.Explanation) Failure {
	t := topicOf(&ex.Record, k.ID.Value)
	what := fmt.Sprintf("%s is given: %.3f of the %.2f it takes", k.ID.Value, t.Score, t.Threshold)
	if k.at != nil {
		what = fmt.Sprintf("“%s” is evidence of %s: %.3f of the %.2f it takes",
			encode.OneLine(ex.Record.Text[k.at.Start:k.at.End]), k.ID.Value, t.Score, t.Threshold)
	}
	return Failure{what, r.because(&ex.Record, t)}
}

// because says by what a topic is given.
func (r *runner) because(rec *models.Record, t *models.Topic) []string {
	from := source(rec, t)
	why := r.sum(from)
	if from != t {
		why = append([]string{fmt.Sprintf("its child %s gives it the score", from.ID)}, why...)
	}
	return why
}

// missingTopic explains a topic that should be given: what it has, what it
// lacks, and the smallest change that would give it.
func (r *runner) missingTopic(k *claim, ex *models.Explanation) Failure {
	if t := topicOf(&ex.Record, k.ID.Value); t != nil { // but not by the words at the mark
		what := fmt.Sprintf("“%s” is no evidence of %s, which is given by other words",
			encode.OneLine(ex.Record.Text[k.at.Start:k.at.End]), k.ID.Value)
		return Failure{what, r.because(&ex.Record, t)}
	}
	i := slices.IndexFunc(ex.Topics, func(t models.Trace) bool { return t.ID == k.ID.Value })
	t := &ex.Topics[i] // it was asked for
	f := Failure{What: fmt.Sprintf("%s is not given: %.3f of the %.2f it takes", k.ID.Value, t.Score, t.Threshold)}
	if t.Stopped != "" {
		f.Why = append(f.Why, "stopped: "+t.Stopped)
	}
	f.Why = append(f.Why, r.sum(&t.Topic)...)
	var unmet []string
	for _, u := range t.Unmet {
		unmet = append(unmet, fmt.Sprintf("not met: %s (%s%s): %s", u.Name, u.Weight, r.clueAt(t.ID, u.Name), u.Reason))
	}
	f.Why = append(f.Why, lines(unmet)...)
	if t.Change != "" && t.Change != "first: "+t.Stopped {
		f.Why = append(f.Why, "smallest change: "+t.Change)
	}
	return f
}

// sum says what each clue adds, by which words.
func (r *runner) sum(t *models.Topic) []string {
	var out []string
	add := func(sign string, clues []models.Clue) {
		for i := range clues {
			c := &clues[i]
			out = append(out, fmt.Sprintf("%s%.3f %s (%s%s): %s", sign, c.Adds, c.Name, c.Weight, r.clueAt(t.ID, c.Name), quotes(c.Spans)))
		}
	}
	add("+", t.Clues)
	add("−", t.Counter)
	return out
}

// clueAt returns where the clue of a topic is written, behind a comma.
func (r *runner) clueAt(id, name string) string {
	t := r.topics[id]
	for _, clues := range [][]gazetteer.Condition{t.Clues, t.Against} {
		for i := range clues {
			if clues[i].Name.Value == name {
				return ", " + clues[i].Pos.String()
			}
		}
	}
	return ""
}

// quotes lists the different words of a clue.
func quotes(spans []models.Evidence) string {
	var out []string
	for _, e := range spans {
		if q := "“" + encode.OneLine(e.Quote) + "”"; !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return strings.Join(out, ", ")
}
