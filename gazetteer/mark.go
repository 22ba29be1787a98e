package gazetteer

import (
	"regexp"
	"strings"

	"wiretag/models"
)

// A mark is what stands between < and > in an example, from its first to its
// last letter: blanks inside the brackets make them signs of the text, as in
// "3 < 4 and 5 > 4". A mark holds no other bracket, so of two that are nested
// the inner one is it.
var mark = regexp.MustCompile(`<([^<>\s\pZ](?:[^<>]*[^<>\s\pZ])?)>`)

// strayMark is a bracket at a word that is not a mark.
var strayMark = regexp.MustCompile(`<[\pL\pN]|[\pL\pN]>`)

// Unmark takes the marks out of an example. It returns the text to be tagged
// and what was marked, in order, as byte spans of that text. Brackets that are
// no marks stay in the text.
func Unmark(example string) (text string, marks []models.Span) {
	var b strings.Builder
	done := 0
	for _, m := range mark.FindAllStringSubmatchIndex(example, -1) {
		b.WriteString(example[done:m[0]])
		start := b.Len()
		b.WriteString(example[m[2]:m[3]])
		marks = append(marks, models.Span{Start: start, End: b.Len()})
		done = m[1]
	}
	b.WriteString(example[done:])
	return b.String(), marks
}

// hasStrayMark reports a bracket in an example that seems to be half a mark.
func hasStrayMark(example string) bool {
	return strayMark.MatchString(mark.ReplaceAllLiteralString(example, "x"))
}
