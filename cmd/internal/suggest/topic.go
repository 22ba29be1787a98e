package suggest

import (
	"fmt"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// FindTopic returns the topic of an id, or nil and the id that is nearest.
func FindTopic(g *gazetteer.Gazetteer, id string) (t *gazetteer.Topic, hint string) {
	for _, t := range g.Topics {
		if t.ID.Value == id {
			return t, ""
		}
	}
	return nil, gazetteer.DidYouMean(id, func(yield func(string) bool) {
		for _, t := range g.Topics {
			if !yield(t.ID.Value) {
				return
			}
		}
	})
}

// Below returns a topic and all topics under it: an article that has one of
// them has it, too.
func Below(g *gazetteer.Gazetteer, id string) map[string]bool {
	below := map[string]bool{id: true}
	for grown := true; grown; {
		grown = false
		for _, t := range g.Topics {
			if !below[t.ID.Value] && below[t.Parent.Value] {
				below[t.ID.Value], grown = true, true
			}
		}
	}
	return below
}

// HeldTerms returns what tells whether a term is found by one that the topic
// has already. It asks the engine, so that inflected forms are known: all terms
// of the topic are put into one clue of a gazetteer of its own.
func HeldTerms(g *gazetteer.Gazetteer, topic *gazetteer.Topic) (func(term string) bool, error) {
	probe := *g
	clue := gazetteer.Condition{Name: gazetteer.String{Value: "held"}}
	lists := g.ListIndex()
	for _, conditions := range [][]gazetteer.Condition{topic.Require, topic.Clues, topic.Against, topic.Exclude} {
		for i := range conditions {
			for it := range lists.Leaves(append(conditions[i].Any[:len(conditions[i].Any):len(conditions[i].Any)], conditions[i].All...)) {
				if it.Ref == nil {
					clue.Any = append(clue.Any, it)
				}
			}
		}
	}
	if len(clue.Any) == 0 {
		return func(string) bool { return false }, nil
	}
	id := gazetteer.String{Value: "probe"}
	probe.Entities, probe.Filters = nil, nil
	probe.Topics = []*gazetteer.Topic{{ID: id, Label: id, Clues: []gazetteer.Condition{clue}, Threshold: 0.5}}
	t, err := tagger.New(&probe, &tagger.Options{Workers: 1})
	if err != nil {
		return nil, err
	}
	return func(term string) bool {
		const before = "they spoke of "
		ex := t.Explain(models.Document{Text: before + term + " again."}, id.Value)
		for _, trace := range ex.Topics {
			for _, c := range trace.Clues {
				for _, s := range c.Spans {
					if s.Start == len(before) && s.End == len(before)+len(term) {
						return true
					}
				}
			}
		}
		return false
	}, nil
}

// A TermHeader is what the first lines of a list of terms say.
type TermHeader struct {
	Packs           []string
	Topic           string
	Inside, Outside int // labelled articles that have the topic, and that have it not
}

// WriteTerms returns terms as a clue of a topic, in YAML in which check finds
// nothing: a term that would be found (a plural beside its singular) and one
// that the topic has already stand behind a comment sign.
func WriteTerms(h TermHeader, terms []Term, held func(string) bool, check Check) []byte {
	why := map[string]string{}
	for _, t := range terms {
		if held(t.Text) {
			why[t.Text] = "the topic has it"
		}
	}
	for {
		src, owners := printTerms(h, terms, why)
		found := check(src)
		if len(found) == 0 || len(terms) == 0 {
			return src
		}
		for _, d := range found {
			text, ok := owners[d.Pos.Line]
			if !ok { // of no term: nothing is left to take out
				terms = nil
				continue
			}
			why[text] = d.Message
		}
	}
}

// printTerms returns the YAML, and which term stands on which line.
func printTerms(h TermHeader, terms []Term, why map[string]string) ([]byte, map[int]string) {
	p := printer{line: 1}
	owners := map[int]string{}
	p.say("# Terms that set the articles of %s apart: %s with the topic, %d without.", h.Topic, encode.Count(h.Inside, "article"), h.Outside)
	p.say("# z is the log-odds ratio over its error (Monroe, Colaresi, Quinn 2008); above 2")
	p.say("# chance is unlikely. Behind it the articles of the topic that have the term, the")
	p.say("# others that do, and its places in the topic's articles.")
	p.packs(h.Packs)
	open := false
	for _, t := range terms {
		if why[t.Text] == "" && !open {
			open = true
			p.say("topics:")
			p.say("  - id: %s", gazetteer.QuoteYAML(h.Topic, false))
			p.say("    extend: true")
			p.say("    clues:")
			p.say("      - name: suggested terms # rename it, or move the terms to the clue they belong to")
			p.say("        weight: weak")
			p.say("        any:")
		}
		text, figures := gazetteer.QuoteYAML(t.Text, false), figuresOf(t, h)
		if reason := why[t.Text]; reason != "" {
			p.say("          # %-*s # %s; left out: %s", termColumn, text, figures, oneLine(reason))
			continue
		}
		owners[p.line] = t.Text
		p.say("          - %-*s # %s", termColumn, text, figures)
	}
	return []byte(p.b.String()), owners
}

// termColumn is where the figures of most terms line up.
const termColumn = 24

func figuresOf(t Term, h TermHeader) string {
	share := 100 * float64(t.In) / float64(max(h.Inside, 1))
	return fmt.Sprintf("z %.2f: %d of %d (%.0f %%), %d of %d others, %d×", t.Z, t.In, h.Inside, share, t.Out, h.Outside, t.Places)
}
