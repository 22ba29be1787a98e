package topic

import (
	"fmt"
	"math"
	"testing"
)

// TestReadingTable is the reading table of DESIGN §6: one body mention each.
func TestReadingTable(t *testing.T) {
	type clue struct {
		weight   string
		m        float64
		mentions int
	}
	body := func(weight string) clue { return clue{weight, mBody, 1} }
	for _, tt := range []struct {
		name    string
		clues   []clue
		against []clue
		want    float64
		held    bool
	}{
		{name: "one strong", clues: []clue{body("strong")}, want: .60},
		{name: "two medium", clues: []clue{body("medium"), body("medium")}, want: .58},
		{name: "medium and weak", clues: []clue{body("medium"), body("weak")}, want: .45},
		{name: "strong and medium", clues: []clue{body("strong"), body("medium")}, want: .74},
		{name: "two strong", clues: []clue{body("strong"), body("strong")}, want: .84},
		{name: "one certain", clues: []clue{body("certain")}, want: .90},
		{name: "certain against strong", clues: []clue{body("certain")}, against: []clue{body("strong")}, want: .36},
		{name: "medium in the title, many times", clues: []clue{{"medium", mTitle + mMost, 9}}, want: .45, held: true},
		{name: "four weak", clues: []clue{body("weak"), body("weak"), body("weak"), body("weak")}, want: .45, held: true},
		{name: "no mention in number makes proof", clues: []clue{{"certain", 100, 100}}, want: .95},
		{name: "a doubtful strong mention does not lift the hold", clues: []clue{{"strong", .5, 1}, body("medium")}, want: .45, held: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sum := func(cs []clue) []tallied {
				var out []tallied
				for _, c := range cs {
					w, most := weightOf(c.weight, 0)
					out = append(out, tallied{strength: strength(w, most, c.m), w: w, m: c.m})
				}
				return out
			}
			clues, against := sum(tt.clues), sum(tt.against)
			score, held := scoreOf(clues, total(against))
			if got := math.Round(score*100) / 100; got != tt.want || held != tt.held {
				t.Errorf("score %.2f held %v, want %.2f held %v", got, held, tt.want, tt.held)
			}
		})
	}
}

func TestWeightOf(t *testing.T) {
	for _, tt := range []struct {
		word    string
		number  float64
		w, most float64
	}{
		{"certain", 0, .90, .95}, {"strong", 0, .60, .80}, {"medium", 0, .35, .49}, {"weak", 0, .15, .25},
		{"", 0, .60, .80}, {"", .75, .75, .95}, {"", .74, .74, .80}, {"", .5, .5, .80}, {"", .3, .3, .49}, {"", .1, .1, .25},
	} {
		t.Run(fmt.Sprint(tt.word, tt.number), func(t *testing.T) {
			if w, most := weightOf(tt.word, tt.number); w != tt.w || most != tt.most {
				t.Errorf("weightOf = %v, cap %v; want %v, cap %v", w, most, tt.w, tt.most)
			}
		})
	}
}
