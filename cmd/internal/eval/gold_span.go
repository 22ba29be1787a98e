package eval

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// A pending mention is one as it was read: start and end are in the unit of the
// file.
type pending struct {
	field      models.Field
	start, end int
	typ, id    string
	quote      string // what should stand there, if hasQuote
	hasQuote   bool
	at         place
}

// resolve makes mentions of what was read, now that the text is there.
func (r *reader) resolve(a *Article) {
	if a.lacksText() {
		return // told already
	}
	rulers := [2]*ruler{}
	for i := range a.pending {
		p := &a.pending[i]
		if rulers[p.field] == nil {
			rulers[p.field] = newRuler(p.field.Of(&a.Doc), a.unit)
		}
		m, err := r.mention(a, p, rulers[p.field])
		if err != nil {
			r.fail(p.at.errorf("article %q: %w", a.Doc.ID, err))
			continue
		}
		if slices.ContainsFunc(a.Mentions, func(o Mention) bool { return o.Place == m.Place && o.Type == m.Type }) {
			r.twice++
			continue
		}
		a.Mentions = append(a.Mentions, m)
	}
	a.pending = nil
	slices.SortStableFunc(a.Mentions, func(x, y Mention) int { return comparePlaces(x.Place, y.Place) })
}

// mention checks a span against its text.
func (r *reader) mention(a *Article, p *pending, ru *ruler) (Mention, error) {
	start, ok1 := ru.at(p.start)
	end, ok2 := ru.at(p.end)
	where := fmt.Sprintf("[%d,%d) of the %s", p.start, p.end, p.field)
	switch {
	case p.start < 0 || p.end > ru.length():
		return Mention{}, fmt.Errorf("the span %s is out of it: it has %s", where, encode.Count(ru.length(), ru.unitName()))
	case p.start >= p.end:
		return Mention{}, fmt.Errorf("the span %s is empty: its end must lie behind its start", where)
	case !ok1 || !ok2:
		return Mention{}, fmt.Errorf("the span %s cuts a character; is --offsets right?", where)
	}
	m := Mention{models.Place{Field: p.field, Span: models.Span{Start: start, End: end}}, p.typ, p.id}
	if got := m.Quote(&a.Doc); p.hasQuote && got != p.quote {
		return Mention{}, fmt.Errorf("at %s stands %q, not %q; is --offsets right?", where, got, p.quote)
	}
	if m.Type == "" {
		m.Type = r.opts.Type
	}
	if m.Type == "" {
		return Mention{}, fmt.Errorf("the mention %s has no type; --gold-type TYPE gives one to all that have none", where)
	}
	return m, nil
}

// A ruler finds bytes by positions of another unit.
type ruler struct {
	unit  encode.Offsets
	bytes []int // by position; -1 inside a character
}

func newRuler(text string, unit encode.Offsets) *ruler {
	r := &ruler{unit, make([]int, 0, len(text)+1)}
	for i, c := range text {
		r.bytes = append(r.bytes, i)
		inside := 0
		switch {
		case unit == encode.Byte:
			inside = max(utf8.RuneLen(c), 1) - 1
		case unit == encode.UTF16 && c >= 0x10000:
			inside = 1
		}
		for range inside {
			r.bytes = append(r.bytes, -1)
		}
	}
	r.bytes = append(r.bytes, len(text))
	return r
}

// length is that of the text.
func (r *ruler) length() int { return len(r.bytes) - 1 }

// at returns the byte at a position, if a character begins there.
func (r *ruler) at(p int) (int, bool) {
	if p < 0 || p >= len(r.bytes) || r.bytes[p] < 0 {
		return 0, false
	}
	return r.bytes[p], true
}

func (r *ruler) unitName() string {
	return map[encode.Offsets]string{encode.CodePoint: "character", encode.Byte: "byte", encode.UTF16: "UTF-16 unit"}[r.unit]
}

// comparePlaces sorts by field, start, end.
func comparePlaces(a, b models.Place) int {
	for _, d := range []int{int(a.Field) - int(b.Field), a.Start - b.Start, a.End - b.End} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// validText refuses what is no UTF-8: positions in it would mean nothing.
func validText(at place, s string) error {
	if !utf8.ValidString(s) {
		return at.errorf("the text is not UTF-8")
	}
	return nil
}
