package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"wiretag/models"
)

// sampleColumns is how many characters a sample line has at most.
const sampleColumns = 100

// sample returns the sentence of a spot as one printable line, cut at blanks to
// sampleColumns around the name. Its memory is its own.
func (s spot) sample(doc *models.Document) string {
	text := s.field.Of(doc)
	before := oneLine(text[s.sentence.Start:s.start])
	after := oneLine(text[s.start:s.sentence.End])
	if n := utf8.RuneCountInString(before) + 1 + utf8.RuneCountInString(after); n <= sampleColumns {
		return strings.TrimSpace(before + blankBetween(text, s.start) + after)
	}
	const lead = sampleColumns / 3
	before = cutFront(before, max(lead, sampleColumns-1-utf8.RuneCountInString(after)))
	blank := blankBetween(text, s.start)
	return strings.TrimSpace(before + blank + cutBack(after, sampleColumns-1-utf8.RuneCountInString(before)))
}

// blankBetween is the blank before text[at], if there is one.
func blankBetween(text string, at int) string {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	if at > 0 && unicode.IsSpace(r) {
		return " "
	}
	return ""
}

// cutFront cuts whole words off the front of a line, for dots.
func cutFront(s string, columns int) string {
	runes := []rune(s)
	if len(runes) <= columns {
		return s
	}
	tail := string(runes[len(runes)-columns+1:])
	if _, words, ok := strings.Cut(tail, " "); ok {
		tail = words
	}
	return "…" + tail
}

// cutBack cuts whole words off the end of a line, for dots.
func cutBack(s string, columns int) string {
	runes := []rune(s)
	if len(runes) <= columns {
		return s
	}
	head := string(runes[:columns-1])
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		head = head[:i]
	}
	return head + "…"
}

// oneLine returns text of an article as one line that a YAML comment and a
// terminal can hold: every blank is a space, and what cannot be printed is
// left out.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
