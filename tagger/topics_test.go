package tagger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/models"
	"wiretag/tagger"
)

// topicRows is the table of how topics are given, a row for every part of the
// rule language. lead stands before each text, so that the words under test
// are in the body and count once.
var topicRows = []struct {
	name, title, text string
	date              models.Date
	want              string // id score, by score
}{
	{name: "a bare term is a strong clue", text: "The porcelains broke.", want: "three-lines 0.6"},
	{name: "in the title it counts more", title: "Porcelains broke", text: "They did.", want: "three-lines 0.747"},
	{name: "together in a sentence", text: "They stole the source code.", want: "crime 0.6 child, theft 0.6"},
	{name: "not in two sentences", text: "They stole. The source code stayed.", want: ""},
	{name: "lists hold lists", text: "They stole a blueprint.", want: "crime 0.6 child, theft 0.6"},
	{name: "stronger clues take the words", text: "It was theft of trade secrets.", want: "crime 0.9 child, theft 0.9"},
	{name: "against takes its share", text: "They stole the source code in the novel, a film.", want: ""},
	{name: "distinct counts forms of a term once", text: "They stole the source code in novels and a novel.", want: "crime 0.6 child, theft 0.6"},
	{name: "ignored phrases are blanked out", text: "The stolen base of the source code.", want: ""},
	{name: "a filter stops every topic", text: "The crossword clue was porcelain.", want: ""},
	{name: "together in a paragraph", text: "An apricot fell. A bramble stood.", want: "paragraph 0.6"},
	{name: "not in two paragraphs", text: "An apricot fell here.\n\nA bramble stood.", want: ""},
	{name: "together in the article", text: "A cello stood.\n\nA drum fell.", want: "article 0.6"},
	{name: "within words", text: "The eagle and, the falcon flew.", want: "near 0.6, other 0.6"},
	{name: "not within words", text: "The eagle and then the falcon flew.", want: ""},
	{name: "require met by a group", text: "A gavel fell at Zoom.", want: "needs-firm 0.6"},
	{name: "require not met", text: "A gavel fell at Huawei.", want: ""},
	{name: "at least", text: "A hammer, two hammers, hammered.", want: "many 0.667"},
	{name: "not at least", text: "A hammer, two hammers.", want: ""},
	{name: "distinct", text: "An iris and a juniper.", want: "different 0.635"},
	{name: "not distinct", text: "An iris and an iris.", want: ""},
	{name: "in the title", title: "A kettle boils", text: "It does.", want: "titled 0.747"},
	{name: "not in the title", text: "A kettle boils.", want: ""},
	{name: "in: lead is not the body", text: "A lantern burns.", want: ""},
	{name: "in: lead is the title, too", title: "A lantern burns", text: "It does.", want: "leading 0.747"},
	{name: "unless in the sentence", text: "The gold cup of the horse.", want: ""},
	{name: "unless in another sentence", text: "The gold cup. The horse.", want: "unless 0.6"},
	{name: "a capital is taken as written", text: "On the Entity List, on an entity list, on Entity Lists.", want: "capital 0.6"},
	{name: "exact", text: "A Mango.", want: "exact 0.6"},
	{name: "exact is exact", text: "A mango, two MANGO, Mangoes.", want: ""},
	{name: "lower: inflects", text: "It marked them.", want: "lower 0.6"},
	{name: "lower: never a capital inside a sentence", text: "They met Mark.", want: ""},
	{name: "months only in lower case", text: "They spoke in March.", want: ""},
	{name: "months in lower case", text: "They march.", want: "month 0.6"},
	{name: "an irregular form with a capital", text: "Then the Fed met.", want: ""},
	{name: "an irregular form where the capital is silent", text: "Fed well, they met.", want: "verbal 0.6"},
	{name: "a dated group holds", text: "They met Ivo Park.", date: "2020-05-01", want: "minister 0.6"},
	{name: "a dated group does not hold", text: "They met Ivo Park.", date: "2022-05-01", want: ""},
	{name: "threshold", text: "There was nectar.", want: ""},
	{name: "threshold reached in the title", title: "There was nectar", text: "It was.", want: "high 0.747"},
	{name: "draft topics are not given", text: "An orchid.", want: ""},
	{name: "a number for a weight", text: "A pebble.", want: "number 0.55"},
	{name: "two medium clues", text: "Quartz and ravens.", want: "two-medium 0.577"},
	{name: "one medium clue", text: "Quartz and quartz.", want: ""},
}

// lead is what the front of every article of the table says.
const lead = "Nothing of any note was said there on that day. Nobody had been asked to say anything either. "

func topicsOf(rec *models.Record) string {
	var out []string
	for _, t := range rec.Topics {
		s := fmt.Sprint(t.ID, " ", t.Score)
		if t.Child != "" {
			s += " child"
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestTopics(t *testing.T) {
	tg := open(t, readPack(t, "topics.yaml"), nil)
	for _, tt := range topicRows {
		t.Run(tt.name, func(t *testing.T) {
			rec := tg.Tag(models.Document{Title: tt.title, Text: lead + tt.text, Date: tt.date})
			checkQuotes(t, &rec)
			if diff := cmp.Diff(tt.want, topicsOf(&rec)); diff != "" {
				t.Errorf("topics of %q (-want +got):\n%s%s", tt.text, diff, show(&rec))
			}
		})
	}
}

func TestDraft(t *testing.T) {
	tg := open(t, readPack(t, "topics.yaml"), &tagger.Options{Draft: true})
	rec := tg.Tag(models.Document{Text: lead + "An orchid."})
	if got := topicsOf(&rec); got != "draft 0.6" {
		t.Errorf("topics %q, want the draft", got)
	}
}

// TestTopicEvidence holds what a topic shows: the sum, its words, its clues.
func TestTopicEvidence(t *testing.T) {
	tg := open(t, readPack(t, "topics.yaml"), nil)
	rec := tg.Tag(models.Document{Text: lead + "They stole Zoom’s source code in a novel."})
	if len(rec.Topics) != 2 {
		t.Fatalf("topics %s", topicsOf(&rec))
	}
	want := models.Topic{
		ID: "theft", Label: "theft", Score: .66, Threshold: .5, For: .66,
		Why: "someone takes secrets (stole, source code) +0.60 · a firm (Zoom) +0.06",
		Clues: []models.Clue{
			{Name: "someone takes secrets", Weight: "strong", Mentions: 1, Adds: .6, Spans: []models.Evidence{
				{Quote: "stole", By: "steal"}, {Quote: "source code", By: "list:secrets"},
			}},
			{Name: "a firm", Weight: "weak", Mentions: 1, Adds: .06, Spans: []models.Evidence{{Quote: "Zoom", By: "type:ORG"}}},
		},
	}
	got := rec.Topics[1]
	for i := range got.Clues {
		for k := range got.Clues[i].Spans {
			got.Clues[i].Spans[k].Place = models.Place{}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("topic (-want +got):\n%s", diff)
	}
}
