package topic

import (
	"math"

	"wiretag/gazetteer"
)

// Every constant of the score stands in this file. The rules are those of
// DESIGN §6; in short: a clue found has strength 1 − (1 − w)^m, the clues
// together give 1 − Π(1 − strength), and what speaks against takes its share
// away.

// Strength of the words for a weight, and the cap on what one clue can give
// however often it is met.
const (
	wCertain, capCertain = .90, .95
	wStrong, capStrong   = .60, .80
	wMedium, capMedium   = .35, .49
	wWeak, capWeak       = .15, .25
)

// A number for a weight takes the cap of the band it lies in.
const (
	bandCertain = .75
	bandStrong  = .50
	bandMedium  = .25
)

// m counts the mentions of a clue: the best zone, and a little for each
// further one.
const (
	mTitle   = 1.5
	mLead    = 1.2
	mBody    = 1.0
	mFurther = .1
	mMost    = .5 // of further mentions together
	doubtful = .8 // a mention of less confidence scales m by it
)

// Without one clue of holdStrong or two of holdMedium, each with m >= 1, the
// score is held: context alone is no topic.
const (
	holdStrong = .50
	holdMedium = .25

	// HeldAt is the score that is held.
	HeldAt = .45
)

// Lifts reports whether the clues of a topic can lift the hold, and whether
// one of them can alone.
func Lifts(clues []gazetteer.Condition) (lifts, alone bool) {
	medium := 0
	for i := range clues {
		switch w, _ := weightOf(clues[i].Weight.Word, clues[i].Weight.Number); {
		case w >= holdStrong:
			return true, true
		case w >= holdMedium:
			medium++
		}
	}
	return medium > 1, false
}

// Threshold is what a topic needs to be given, unless it says otherwise.
const Threshold = .5

// mostSpans is how many spans a clue shows.
const mostSpans = 10

// weightOf returns w and the cap of a clue.
func weightOf(word string, number float64) (w, most float64) {
	switch word {
	case "certain":
		return wCertain, capCertain
	case "medium":
		return wMedium, capMedium
	case "weak":
		return wWeak, capWeak
	case "strong", "":
		if number == 0 {
			return wStrong, capStrong
		}
	}
	switch {
	case number >= bandCertain:
		return number, capCertain
	case number >= bandStrong:
		return number, capStrong
	case number >= bandMedium:
		return number, capMedium
	}
	return number, capWeak
}

// strength is what a clue gives that was met m times.
func strength(w, most, m float64) float64 {
	return min(1-math.Pow(1-w, m), most)
}

// round3 rounds to the three decimals of scores.
func round3(x float64) float64 { return math.Round(x*1000) / 1000 }
