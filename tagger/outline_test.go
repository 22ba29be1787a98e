package tagger_test

import (
	"strings"
	"testing"

	"wiretag/models"
	"wiretag/tagger"

	"github.com/google/go-cmp/cmp"
)

// TestOutline holds what an outline tells of the words of an article.
func TestOutline(t *testing.T) {
	tg := open(t, "version: 1\nentities:\n  - {name: Ruritania, type: GPE}\nmasks: [Orlin Day]\n", nil)
	doc := models.Document{Title: "Zembla Falls At Last", Text: "Yesterday Mr. Vexler left Ruritania. On Orlin Day he slept."}
	var o tagger.Outline
	tg.Outline(&o, &doc)
	having := func(trait tagger.Traits) string {
		var out []string
		for i := range o.Words {
			if o.Words[i].Is(trait) {
				out = append(out, o.Words[i].Quote(&doc))
			}
		}
		return strings.Join(out, " ")
	}
	for _, tt := range []struct {
		name  string
		trait tagger.Traits
		want  string
	}{
		{"headline", tagger.IsHeadline, "Zembla Falls At Last"},
		{"silent", tagger.IsSilent, "Zembla Falls At Last Yesterday On"},
		{"known", tagger.IsKnown, "Ruritania Orlin Day"},
		{"known place", tagger.IsKnownGPE, "Ruritania"},
		{"title", tagger.IsTitle, "Mr"},
		{"joined", tagger.IsJoined, ". . ."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, having(tt.trait)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if diff := cmp.Diff([]tagger.Range{{0, 4}, {4, 11}, {11, 17}}, o.Sentences); diff != "" {
		t.Error(diff)
	}
}

// TestRecognizer holds that prose's extraction answers, also at the end of a
// sentence, and that what prose must not be asked is no name.
func TestRecognizer(t *testing.T) {
	recognize := tagger.NewRecognizer()
	for _, tt := range []struct {
		name, sentence string
		want           []tagger.Recognized
	}{
		{"at the end", "He lives in Paris", []tagger.Recognized{{Text: "Paris", Type: "GPE"}}},
		{"what makes prose panic", "\u212a's Paris was here", nil},
		{"what makes prose slow", strings.Repeat(")", 600), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, recognize(tt.sentence)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
