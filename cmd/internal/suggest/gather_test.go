package suggest

import (
	"fmt"
	"strings"
	"testing"

	"wiretag/models"

	"github.com/google/go-cmp/cmp"
)

// TestRoom holds that a Gatherer with too little room drops the names of fewest
// articles, and keeps the frequent ones with their counts.
func TestRoom(t *testing.T) {
	g := NewGatherer()
	g.room = 10
	for i := range 200 {
		doc := models.Document{Text: "x"}
		g.Add(&Findings{names: []name{
			{key: "often", forms: []form{{"Often", 1}}, words: 1, count: 1},
			{key: fmt.Sprint("seldom", i), forms: []form{{"Seldom", 1}}, words: 1, count: 1},
		}}, &doc)
		if len(g.held) > g.room {
			t.Fatalf("got %d held, want at most %d", len(g.held), g.room)
		}
	}
	if diff := cmp.Diff(200, g.held["often"].count); diff != "" {
		t.Error(diff)
	}
}

// TestLabels holds which lines are labels and what is said of the others.
func TestLabels(t *testing.T) {
	tests := []struct{ name, text, wantErr string }{
		{"topics", `{"id":"a","topics":["x"]}`, ""},
		{"labels and a number for an id", "{\"id\":7,\"labels\":[]}\r\n\n", ""},
		{"no object", `[1]`, `gold.jsonl:1: not a label: write {"id": "a", "topics": ["protest"]}, one a line`},
		{"no id", "\n" + `{"topics":[]}`, `gold.jsonl:2: a label without "id", which names the article`},
		{"no topics", `{"id":"a"}`, `gold.jsonl:1: a label without "topics": write [] for an article without any`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readLabels("gold.jsonl", strings.NewReader(tt.text))
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.wantErr, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
