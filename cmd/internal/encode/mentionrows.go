package encode

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"wiretag/models"
)

// A mentionRow is one span of a record with what it was decided to be, or one
// that is undecided.
type mentionRow struct {
	found     *models.Found
	mention   *models.Mention
	undecided *models.Undecided // then the others are nil
}

func (r *mentionRow) place() models.Place {
	if r.undecided != nil {
		return r.undecided.Place
	}
	return r.mention.Place
}

func (r *mentionRow) quote() string {
	if r.undecided != nil {
		return r.undecided.Quote
	}
	return r.mention.Quote
}

// entity returns the id of the entity, "" if it is undecided.
func (r *mentionRow) entity() string {
	if r.undecided != nil {
		return ""
	}
	return r.found.ID
}

// kind returns the mention's type.
func (r *mentionRow) kind() string {
	if r.mention.Type != "" {
		return r.mention.Type
	}
	return r.found.Type
}

// appendMentionRows appends the spans of rec in the order in which they are
// read: title before text, start, longer first, id.
func appendMentionRows(rows []mentionRow, rec *models.Record) []mentionRow {
	for i := range rec.Entities {
		f := &rec.Entities[i]
		for j := range f.Mentions {
			rows = append(rows, mentionRow{found: f, mention: &f.Mentions[j]})
		}
	}
	for i := range rec.Undecided {
		rows = append(rows, mentionRow{undecided: &rec.Undecided[i]})
	}
	slices.SortStableFunc(rows, func(a, b mentionRow) int {
		p, q := a.place(), b.place()
		return cmp.Or(cmp.Compare(p.Field, q.Field), cmp.Compare(p.Start, q.Start),
			cmp.Compare(q.End, p.End), cmp.Compare(a.entity(), b.entity()))
	})
	return rows
}

// fieldOf returns the field of rec that f names.
func fieldOf(rec *models.Record, f models.Field) string {
	if f == models.Title {
		return rec.Title
	}
	return rec.Text
}

// contextLength is how many code points of context a reader gets on each side
// of a mention, less the word that would be cut.
const contextLength = 40

// before returns the words of s before the byte position at, for a reader: a
// blank for every run of white space, none at the far end.
func before(s string, at int) string {
	i := backward(s, at, contextLength)
	if i > 0 && !spaceEnds(s[:i]) {
		i = at - len(afterSpace(s[i:at]))
	}
	return oneBlank(s[i:at], true, false)
}

// after is before for the words from the byte position at.
func after(s string, at int) string {
	i := forward(s, at, contextLength)
	if i < len(s) && !spaceBegins(s[i:]) {
		i = at + len(beforeSpace(s[at:i]))
	}
	return oneBlank(s[at:i], false, true)
}

// backward returns the position n code points before at, or 0.
func backward(s string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}

// forward returns the position n code points after at, or the end.
func forward(s string, at, n int) int {
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

func spaceEnds(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

func spaceBegins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// afterSpace returns s from its first white space on, or s if it has none: a
// script without blanks is cut where the length says.
func afterSpace(s string) string {
	for i, r := range s {
		if unicode.IsSpace(r) {
			return s[i:]
		}
	}
	return s
}

// beforeSpace returns s up to its last white space, or s if it has none.
func beforeSpace(s string) string {
	end := len(s)
	for i, r := range s {
		if unicode.IsSpace(r) {
			end = i
		}
	}
	return s[:end]
}

// oneBlank writes a blank for every run of white space, and none at the ends
// that are to be trimmed.
func oneBlank(s string, trimStart, trimEnd bool) string {
	b := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case !unicode.IsSpace(r):
			b = append(b, r)
		case len(b) == 0 && trimStart:
		case len(b) == 0 || b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	if n := len(b); trimEnd && n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}
