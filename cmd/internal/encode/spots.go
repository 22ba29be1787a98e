package encode

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wiretag/models"
)

// A spot is one mention, or one undecided span, of a record.
type spot struct {
	models.Place
	quote     string
	entity    *models.Found   // nil if undecided
	mention   *models.Mention // nil if undecided
	undecided *models.Undecided
}

// label is the type of the spot's entity as this mention has it.
func (s *spot) label() string { return cmp.Or(s.mention.Type, s.entity.Type) }

// spots appends all spots of a record in the order of the article; of two that
// begin at one place the longer is first.
func spots(dst []spot, rec *models.Record) []spot {
	for i := range rec.Entities {
		e := &rec.Entities[i]
		for j := range e.Mentions {
			m := &e.Mentions[j]
			dst = append(dst, spot{Place: m.Place, quote: m.Quote, entity: e, mention: m})
		}
	}
	for i := range rec.Undecided {
		u := &rec.Undecided[i]
		dst = append(dst, spot{Place: u.Place, quote: u.Quote, undecided: u})
	}
	slices.SortStableFunc(dst, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return dst
}

// flat appends the mentions that formats take which know no span inside
// another and no doubt: decided ones, nested ones left out.
func flat(dst []spot, rec *models.Record) []spot {
	dst = spots(dst, rec)
	return slices.DeleteFunc(dst, func(s spot) bool { return s.mention == nil || s.mention.Nested })
}

// field returns the text that a place of the record is in.
func field(rec *models.Record, f models.Field) string {
	if f == models.Title {
		return rec.Title
	}
	return rec.Text
}

// context is how many code points of the text around a mention are shown.
const context = 40

// before returns the end of s as one line, cut at a blank.
func before(s string) string {
	start := len(s)
	for n := 0; n < context && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:start])
		start -= size
	}
	if start > 0 {
		if i := strings.IndexAny(s[start:], " \n\t"); i >= 0 {
			start += i + 1
		}
	}
	return edged(s[start:])
}

// after returns the beginning of s as one line, cut at a blank.
func after(s string) string {
	end := 0
	for n := 0; n < context && end < len(s); n++ {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	if end < len(s) {
		if i := strings.LastIndexAny(s[:end], " \n\t"); i >= 0 {
			end = i
		}
	}
	return edged(s[:end])
}

// edged is OneLine that keeps a blank at each end: it parts the context from
// the quote.
func edged(s string) string {
	line := OneLine(s)
	if line == "" {
		return ""
	}
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(" \n\t\r", first) {
		line = " " + line
	}
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(" \n\t\r", last) {
		line += " "
	}
	return line
}

// A joined text is title and text as one, as formats take it that know one
// text only: the title, a blank line, the text. Its positions are code points.
type joined struct {
	text  string
	shift int // code points before the text
	ruler ruler
}

func (j *joined) join(rec *models.Record) {
	j.ruler.unit = CodePoint
	j.ruler.measure(rec)
	j.text, j.shift = rec.Text, 0
	if rec.Title != "" {
		j.text = rec.Title + "\n\n" + rec.Text
		j.shift = utf8.RuneCountInString(rec.Title) + 2
	}
	j.text = valid(j.text)
}

// span returns where a place is in the joined text.
func (j *joined) span(p models.Place) (start, end int) {
	start, end = j.ruler.at(p.Field, p.Start), j.ruler.at(p.Field, p.End)
	if p.Field == models.Text {
		return start + j.shift, end + j.shift
	}
	return start, end
}

// valid writes every byte that is no UTF-8 as one U+FFFD, as rulers count it.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
