package encode

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
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

// id is the entity's, "" if it is undecided.
func (s *spot) id() string {
	if s.entity == nil {
		return ""
	}
	return s.entity.ID
}

// spots appends all spots of a record in the order of the article: title before
// text, start, longer first, id.
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
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.id(), b.id()))
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

// before returns the end of s as one line of whole words, which may end in a
// blank: it parts the context from the quote.
func before(s string) string {
	context := lastOf(s, context)
	if cut := len(s) - len(context); cut > 0 && !spaceAt(s[:cut], utf8.DecodeLastRuneInString) {
		if i := strings.IndexFunc(context, unicode.IsSpace); i >= 0 {
			context = context[i:]
		}
	}
	line := OneLine(context)
	if line != "" && spaceAt(context, utf8.DecodeLastRuneInString) {
		line += " "
	}
	return line
}

// after returns the beginning of s as one line of whole words, which may begin
// with a blank.
func after(s string) string {
	context := firstOf(s, context)
	if rest := s[len(context):]; rest != "" && !spaceAt(rest, utf8.DecodeRuneInString) {
		if i := strings.LastIndexFunc(context, unicode.IsSpace); i >= 0 {
			context = context[:i]
		}
	}
	line := OneLine(context)
	if line != "" && spaceAt(context, utf8.DecodeRuneInString) {
		line = " " + line
	}
	return line
}

// spaceAt says whether s has white space at the end that decode reads.
func spaceAt(s string, decode func(string) (rune, int)) bool {
	r, _ := decode(s)
	return unicode.IsSpace(r)
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
