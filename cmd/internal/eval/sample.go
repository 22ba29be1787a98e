package eval

import (
	"strings"
	"unicode/utf8"

	"wiretag/models"
)

// contextBytes is how much of the text is shown on either side of a quote.
const contextBytes = 32

// sampleAt shows a place with the words around it, whole and on one line.
func sampleAt(doc *models.Document, at models.Place) Sample {
	field := at.Field.Of(doc)
	before, after := field[:at.Start], field[at.End:]
	start := utf8.RuneCountInString(before)
	if cut := len(before) - contextBytes; cut > 0 {
		_, before, _ = strings.Cut(strings.ToValidUTF8(before[cut:], ""), " ")
		before = "… " + before
	}
	if len(after) > contextBytes {
		after = strings.ToValidUTF8(after[:contextBytes], "")
		if i := strings.LastIndexByte(after, ' '); i >= 0 {
			after = after[:i]
		}
		after += " …"
	}
	return Sample{
		Article: doc.ID, Field: at.Field.String(), Start: start, End: start + utf8.RuneCountInString(at.Quote(doc)),
		Before: edge(before), Quote: oneLine(at.Quote(doc)), After: edge(after),
	}
}

// oneLine makes every run of white space one blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// edge is oneLine that keeps a blank at either end.
func edge(s string) string {
	line := oneLine(s)
	switch {
	case s == "":
		return ""
	case line == "":
		return " "
	}
	if strings.TrimLeft(s, " \t\r\n") != s {
		line = " " + line
	}
	if strings.TrimRight(s, " \t\r\n") != s {
		line += " "
	}
	return line
}
