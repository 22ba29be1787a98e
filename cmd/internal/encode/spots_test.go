package encode_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

func TestMentionContext(t *testing.T) {
	long := strings.Repeat("ä", 50)
	tests := []struct{ name, text, before, after string }{
		{name: "nothing around", text: "Zoom"},
		{name: "joined words stay joined", text: "an ex-Zoom’s man", before: "an ex-", after: "’s man"},
		{name: "white space is one blank", text: "\r\n a \t\u2028b\n\nZoom \u00a0\n c \n", before: "a b ", after: " c"},
		{name: "no half words", text: "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd Zoom eeeeeeeeee ffffffffff gggggggggg hhhhhhhhhh",
			before: "bbbbbbbbbb cccccccccc dddddddddd ", after: " eeeeeeeeee ffffffffff gggggggggg"},
		{name: "a cut between words", text: "x 23456789 123456789 123456789 123456789 Zoom 23456789 123456789 123456789 123456789 x",
			before: "23456789 123456789 123456789 123456789 ", after: " 23456789 123456789 123456789 123456789"},
		{name: "no blank to cut at", text: long + "Zoom" + long, before: long[:80], after: long[:80]},
		{name: "bytes that are no UTF-8", text: "\xff Zoom\xfe", before: "\uFFFD ", after: "\uFFFD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := bare("a", "", tt.text)
			rec.Undecided = []models.Undecided{{Place: place(t, rec, "Zoom"), Quote: "Zoom"}}
			var got struct{ Before, After string }
			if err := json.Unmarshal(written(t, "mentions", []models.Record{*rec}, encode.Options{}), &got); err != nil {
				t.Fatal(err)
			}
			if got.Before != tt.before || got.After != tt.after {
				t.Errorf("got %q and %q, want %q and %q", got.Before, got.After, tt.before, tt.after)
			}
		})
	}
}
