package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/models"
)

func TestOracle(t *testing.T) {
	o := newOracle([]entity{{Names: []string{
		"Bank", "Bank of Ohio", "Ohio", "The Hague", "Coca Cola", "Sao Tome", "Lodz", "AT&T", "Don", "Do", "O'Brien", "Brien",
	}}})
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"all of those inside each other", "the Bank of Ohio", []string{"Bank", "Bank of Ohio", "Ohio"}},
		{"exact case", "a bank, a BANK", nil},
		{"whole words", "Bankers Banks Ohio5", nil},
		{"the article is a part of a name, as case: exact has it", "The Hague, Hague", []string{"The Hague"}},
		{"one line break", "Bank\nof Ohio", []string{"Bank", "Bank\nof Ohio", "Ohio"}},
		{"not a blank line", "Bank\n\nof Ohio", []string{"Bank", "Ohio"}},
		{"not a full stop", "Bank of. Ohio", []string{"Bank", "Ohio"}},
		{"a hyphen", "Coca-Cola Coca–Cola Coca - Cola", []string{"Coca-Cola", "Coca–Cola"}},
		{"without marks", "São Tomé, Łódź", []string{"São Tomé", "Łódź"}},
		{"possessive", "Ohio's Ohio’s", []string{"Ohio", "Ohio"}},
		{"possessive by a letter", "Ohioʼs", []string{"Ohio"}},
		{"contracted", "Don't Don’t Don", []string{"Do", "Do", "Don"}},
		{"an apostrophe of the name", "O'Brien", nil},
		{"an apostrophe of any kind", "Ohio‘an Ohio’an Ohioʼan Ohioʻan", nil},
		{"an apostrophe at a border", "‘Ohio’ 'Ohio' Ohio'5", []string{"Ohio", "Ohio", "Ohio"}},
		{"not UTF-8", "\xffOhio\xff", []string{"Ohio"}},
		{"no plain name", "AT&T", nil},
		{"no text", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range o.find(models.Text, tt.text) {
				got = append(got, tt.text[p.Start:p.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestIsAddress(t *testing.T) {
	o := newOracle(nil)
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"see https://x.org/Ohio now", true},
		{"mail Ohio@x.org", true},
		{"at Ohio.com there", true},
		{"in (Ohio) there", false},
		{"in Ohio. There", false},
		{"/etc/Ohio", true},
		{"Ohio", false},
	} {
		at := models.Span{}
		for at.Start = 0; tt.text[at.Start:at.Start+4] != "Ohio"; at.Start++ {
		}
		at.End = at.Start + 4
		if got := o.isAddress(tt.text, at); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
}

// TestAccount gives the tally engines that are right and engines that are not.
func TestAccount(t *testing.T) {
	o := newOracle([]entity{{Names: []string{"Bank of Ohio", "Ohio", "Bank", "Sao Tome", "AT&T"}}})
	place := func(start, end int) models.Place {
		return models.Place{Field: models.Text, Span: models.Span{Start: start, End: end}}
	}
	mention := func(start, end int, quote, alias string, via models.Via) models.Mention {
		return models.Mention{Place: place(start, end), Quote: quote, Alias: alias, Via: via}
	}
	tests := []struct {
		name, text string
		mentions   []models.Mention
		stopped    []models.Stopped
		undecided  []models.Undecided
		want       tally
	}{
		{
			name: "agreed, with a name inside", text: "the Bank of Ohio",
			mentions: []models.Mention{mention(4, 16, "Bank of Ohio", "Bank of Ohio", models.ViaAlias)},
			want:     tally{Mentions: 1, Finds: 3, Agreed: 1, Stopped: map[string]int{"in a mention": 2}},
		},
		{
			name: "the engine misses one", text: "in Ohio",
			want: tally{Finds: 1, Unexplained: []string{"a: text 3-7: the oracle has Ohio"}},
		},
		{
			name: "the engine says why not", text: "in Ohio",
			stopped: []models.Stopped{{Place: place(3, 7), Step: "silent capital"}},
			want:    tally{Finds: 1, Stopped: map[string]int{"silent capital": 1}},
		},
		{
			name: "the engine cannot decide", text: "in Ohio",
			undecided: []models.Undecided{{Place: place(3, 7)}},
			want:      tally{Finds: 1, Stopped: map[string]int{"undecided": 1}},
		},
		{
			name: "the engine finds another word", text: "in Iowa",
			mentions: []models.Mention{mention(3, 7, "Iowa", "Ohio", models.ViaAlias)},
			want:     tally{Mentions: 1, Unexplained: []string{"a: text 3-7: the engine has Ohio"}},
		},
		{
			name: "the engine finds half a word", text: "in Ohioans",
			mentions: []models.Mention{mention(3, 7, "Ohio", "Ohio", models.ViaAlias)},
			want:     tally{Mentions: 1, Unexplained: []string{"a: text 3-7: the engine has Ohio"}},
		},
		{
			name: "what the oracle does not look for", text: "AT&T, S.T.",
			mentions: []models.Mention{mention(0, 4, "AT&T", "AT&T", models.ViaAlias), mention(6, 10, "S.T.", "Sao Tome", models.ViaAcronym)},
			want:     tally{Mentions: 2, Beyond: map[string]int{"acronym": 1, "name with other signs": 1}},
		},
		{
			name: "across a line and in an address", text: "Bank\nof Ohio x.org/Ohio",
			mentions: []models.Mention{mention(0, 4, "Bank", "Bank", models.ViaAlias), mention(8, 12, "Ohio", "Ohio", models.ViaAlias)},
			want:     tally{Mentions: 2, Finds: 4, Agreed: 2, Stopped: map[string]int{"in a mention": 1, "address": 1}},
		},
		{
			name: "in an identifier", text: "my_Ohio Ohio$5",
			want: tally{Finds: 2, Stopped: map[string]int{"identifier": 2}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			why := &models.Explanation{Stopped: tt.stopped}
			why.Record.Undecided = tt.undecided
			if len(tt.mentions) > 0 {
				why.Record.Entities = []models.Found{{Mentions: tt.mentions}}
			}
			got := newTally()
			got.account(o, &article{ID: "a", Text: tt.text}, why)
			want := newTally()
			want.Articles, want.Bytes = 1, len(tt.text)
			want.Mentions, want.Finds, want.Agreed, want.Unexplained = tt.want.Mentions, tt.want.Finds, tt.want.Agreed, tt.want.Unexplained
			if tt.want.Beyond != nil {
				want.Beyond = tt.want.Beyond
			}
			if tt.want.Stopped != nil {
				want.Stopped = tt.want.Stopped
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzOracle holds that words and finds lie in the text, in order.
func FuzzOracle(f *testing.F) {
	o := newOracle([]entity{{Names: []string{"Ohio", "Bank of Ohio", "Do"}}})
	for _, text := range []string{"the Bank of Ohio’s", "Don't 'n't' N'T's", "\xff’\xffOhio", "a\u0301'b", "Ohio-Ohio\n\nOhio"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, w := range wordsOf(text) {
			if w.Start < end || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %d-%d after %d in %d bytes", w.Start, w.End, end, len(text))
			}
			end = w.End
		}
		for _, p := range o.find(models.Text, text) {
			switch letters(text[p.Start:p.End]) {
			case "ohio", "bankofohio", "do":
			default:
				t.Fatalf("%q is no name", text[p.Start:p.End])
			}
		}
	})
}
