package gazetteer

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DidYouMean returns "; did you mean X?" for the candidate nearest to word, or
// "" if none is near.
func DidYouMean(word string, candidates iter.Seq[string]) string { return didYouMean(word, candidates) }

// didYouMean returns "; did you mean X?" for the candidate nearest to word, at
// most two edits away, the first of equals; "" without one.
func didYouMean(word string, candidates iter.Seq[string]) string {
	const far = 3
	best, at := "", far
	folded := strings.ToLower(word)
	for c := range candidates {
		if d := utf8.RuneCountInString(c) - utf8.RuneCountInString(word); d < 1-far || d > far-1 {
			continue
		}
		if d := distance(folded, strings.ToLower(c)); d < at && d < len(c) {
			best, at = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that lead from a to b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}

// quote shows a value of the file in a message: in quotes, what cannot be
// printed escaped, and no longer than a line.
func quote(s string) string { return fmt.Sprintf("%q", shortened(s)) }

// shortened returns a text, or the beginning of a long one with dots.
func shortened(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// onLine returns a text as it may be written, shortened, on one line.
func onLine(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, shortened(s))
}
