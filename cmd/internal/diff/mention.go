package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"wiretag/gazetteer"
	"wiretag/models"
)

// A spot is a mention or an undecided span of one record.
type spot struct {
	place models.Place
	id    string // "" where it is undecided
	name  string
	typ   string
	form  string
	via   models.Via
	doubt string // the candidates of an undecided span
	quote string
}

// spots returns what a record has at places, in the order of the article.
func spots(rec *models.Record) []spot {
	var out []spot
	for i := range rec.Entities {
		e := &rec.Entities[i]
		for k := range e.Mentions {
			m := &e.Mentions[k]
			out = append(out, spot{m.Place, e.ID, e.Name, cmp.Or(m.Type, e.Type), m.Alias, m.Via, "", m.Quote})
		}
	}
	for i := range rec.Undecided {
		u := &rec.Undecided[i]
		var names []string
		for _, k := range u.Candidates {
			names = append(names, cmp.Or(k.ID, k.Name))
		}
		out = append(out, spot{place: u.Place, form: u.Quote, via: u.Via, doubt: strings.Join(names, ", "), quote: u.Quote})
	}
	slices.SortFunc(out, func(a, b spot) int { return byPlace(a.place, b.place) })
	return out
}

func byPlace(a, b models.Place) int {
	return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}

func overlap(a, b models.Place) bool {
	return a.Field == b.Field && a.Start < b.End && b.Start < a.End
}

// mentions compares the mentions of the two records.
func (c *comparison) mentions() {
	olds, news := spots(c.old), spots(c.new)
	first := len(c.out)
	var gone, come []*spot
	for i, k := 0, 0; i < len(olds) || k < len(news); {
		switch {
		case k == len(news) || i < len(olds) && byPlace(olds[i].place, news[k].place) < 0:
			gone = append(gone, &olds[i])
			i++
		case i == len(olds) || byPlace(olds[i].place, news[k].place) > 0:
			come = append(come, &news[k])
			k++
		default:
			c.same(&olds[i], &news[k])
			i++
			k++
		}
	}
	c.moved(gone, come)
	slices.SortStableFunc(c.out[first:], func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Start, b.Start))
	})
	c.countRunes(c.out[first:])
}

// moved pairs what is gone with what came where they overlap and are the same
// entity, which goes by other words now; the others are lost and gained. Both
// are in the order of the article.
func (c *comparison) moved(gone, come []*spot) {
	k := 0
	for _, o := range gone {
		for k < len(come) && before(come[k].place, o.place) {
			c.gain(come[k])
			k++
		}
		if k < len(come) && overlap(o.place, come[k].place) && c.isSame(o, come[k]) {
			c.add(o, Changed, "“"+o.place.Quote(c.doc)+"”", "“"+come[k].place.Quote(c.doc)+"”", "other words are its name now: "+come[k].how())
			k++
			continue
		}
		c.lose(o)
	}
	for _, n := range come[k:] {
		c.gain(n)
	}
}

// before reports whether a place ends before another begins.
func before(a, b models.Place) bool {
	return a.Field < b.Field || a.Field == b.Field && a.End <= b.Start
}

// countRunes makes code points of the bytes of changes, which are in order.
func (c *comparison) countRunes(changes []Change) {
	field, at, runes := models.Title, 0, 0
	for i := range changes {
		ch := &changes[i]
		text := ch.Field.Of(c.doc)
		if i == 0 || ch.Field != field {
			field, at, runes = ch.Field, 0, 0
		}
		runes += utf8.RuneCountInString(text[at:ch.Start])
		at = ch.Start
		ch.Start, ch.End = runes, runes+utf8.RuneCountInString(text[ch.Start:ch.End])
	}
}

// isSame reports whether a spot of OLD and one of NEW are the same entity.
func (c *comparison) isSame(o, n *spot) bool {
	return o.id != "" && c.entities.idNow(o.id) == n.id
}

// same compares two spots at one place.
func (c *comparison) same(o, n *spot) {
	switch {
	case o.id == "" && n.id == "":
		if o.doubt != n.doubt {
			c.add(o, Changed, o.whose(), n.whose(), "the candidates are others")
		}
	case o.id == "":
		c.add(n, Changed, o.whose(), n.whose(), "decided now: "+n.how())
	case n.id == "":
		c.add(o, Changed, o.whose(), n.whose(), "several could own it now, and nothing decides")
	case !c.isSame(o, n):
		c.add(o, Changed, o.whose(), n.whose(), c.whyNot(&c.Differ.new, o))
	case o.typ != n.typ:
		c.add(o, Changed, "type "+o.typ, "type "+n.typ, "its type is another")
	case o.via != n.via:
		c.add(o, Changed, "via "+o.via.String(), "via "+n.via.String(), n.how())
	}
}

// lose adds a spot that NEW does not have.
func (c *comparison) lose(o *spot) { c.add(o, Lost, "", "", c.whyNot(&c.Differ.new, o)) }

// gain adds a spot that OLD does not have.
func (c *comparison) gain(n *spot) {
	how := n.how()
	if n.id == "" {
		how = "undecided between " + n.doubt
	}
	c.add(n, Gained, "", "", how+"; before, "+c.whyNot(&c.Differ.old, n))
}

// whose says who a spot belongs to.
func (s *spot) whose() string {
	if s.id == "" {
		return "undecided: " + s.doubt
	}
	return s.id
}

// how says by what a spot was found.
func (s *spot) how() string { return fmt.Sprintf("%s “%s”", s.via, s.form) }

func (c *comparison) add(s *spot, kind Kind, was, is, reason string) {
	field := s.place.Field.Of(c.doc)
	ch := Change{
		Kind: kind, ID: s.id, Name: s.name, Form: s.form, Article: c.doc.ID,
		Field: s.place.Field, Start: s.place.Start, End: s.place.End, Quote: oneLine(s.place.Quote(c.doc)),
		Was: was, Is: is, Reason: reason,
	}
	ch.Before, ch.After = around(field, s.place.Start, s.place.End)
	c.out = append(c.out, ch)
}

// whyNot says why a side has no mention where the other has one.
func (c *comparison) whyNot(s *side, at *spot) string {
	ex := c.explain(s)
	if at.id == "" {
		if other := ex.holder(at.place, ""); other != "" {
			return "the words belong to " + other
		}
		return "no entity is called so"
	}
	id := c.entities.idBefore(at.id)
	if s == &c.Differ.new {
		id = c.entities.idNow(at.id)
	}
	e := s.entities[id]
	if e == nil {
		return fmt.Sprintf("there is no entity %s", id)
	}
	if st := ex.stop(at.place, id, at.form); st != nil {
		return ex.because(st, at.place, id)
	}
	if (at.via == models.ViaAlias || at.via == models.ViaWeak) && !hasForm(e, at.form) {
		return fmt.Sprintf("%s has no alias “%s”", id, at.form)
	}
	if st := ex.stop(at.place, id, ""); st != nil {
		return ex.because(st, at.place, id)
	}
	if other := ex.holder(at.place, id); other != "" {
		return "the words belong to " + other
	}
	return fmt.Sprintf("no %s “%s” of %s is found there", at.via, at.form, id)
}

// longest is how many forms of one entity may lie in a longer one of it that
// begins before them.
const longest = 8

// stop returns what stopped a form of an entity at a place, or any of its forms
// if form is "".
func (w *why) stop(at models.Place, id, form string) *models.Stopped {
	stops := w.stopped[id]
	i, _ := slices.BinarySearchFunc(stops, at, func(st *models.Stopped, at models.Place) int {
		if before(st.Place, at) {
			return -1
		}
		return 1
	})
	for i = max(i-longest, 0); i < len(stops) && !before(at, stops[i].Place); i++ {
		if overlap(stops[i].Place, at) && (form == "" || stops[i].Alias == form) {
			return stops[i]
		}
	}
	return nil
}

// because is the reason of a step, with who took the words.
func (w *why) because(st *models.Stopped, at models.Place, id string) string {
	if other := w.holder(at, id); other != "" {
		return st.Reason + ": " + other
	}
	return st.Reason
}

func hasForm(e *gazetteer.Entity, text string) bool {
	for f := range e.Forms() {
		if f.Text.Value == text {
			return true
		}
	}
	return false
}

// holder tells who else has a mention at a place.
func (w *why) holder(at models.Place, id string) string {
	i, _ := slices.BinarySearchFunc(w.spots, at, func(s spot, at models.Place) int {
		if before(s.place, at) {
			return -1
		}
		return 1
	})
	for ; i < len(w.spots) && overlap(w.spots[i].place, at); i++ {
		if s := &w.spots[i]; s.id != id && s.id != "" {
			return fmt.Sprintf("%s “%s”", s.id, s.quote)
		}
	}
	return ""
}

// contextBytes is how much of the text is shown on either side of a quote.
const contextBytes = 40

// around returns the words before and behind a span, whole and on one line.
func around(field string, start, end int) (before, after string) {
	before, after = field[:start], field[end:]
	if cut := len(before) - contextBytes; cut > 0 {
		before = before[cut:]
		_, before, _ = strings.Cut(before, " ")
		before = "… " + before
	}
	if len(after) > contextBytes {
		after = after[:contextBytes]
		if i := strings.LastIndexByte(after, ' '); i >= 0 {
			after = after[:i]
		}
		after += " …"
	}
	return trimRunes(oneLine(before)), trimRunes(oneLine(after))
}

// oneLine makes every run of blanks and line breaks one blank.
func oneLine(s string) string {
	lead, trail := "", ""
	if s != strings.TrimLeft(s, " \t\r\n") {
		lead = " "
	}
	if s != strings.TrimRight(s, " \t\r\n") {
		trail = " "
	}
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return lead
	}
	return lead + s + trail
}

// trimRunes drops what a cut left of a character.
func trimRunes(s string) string { return strings.ToValidUTF8(s, "") }
