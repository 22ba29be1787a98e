package encode

import (
	"cmp"
	"slices"
	"strconv"

	"wiretag/models"
)

// A mark is a span of a field that is shown as an element: a mention, or a span
// that is undecided.
type mark struct {
	models.Span
	entity int // of the mention, or -1
	index  int // of the mention in its entity, or of the undecided span
}

// A trail is a span that met a clue.
type trail struct {
	models.Place
	topic, clue int
	counter     bool
	place       int // the number of its place, to link to
}

// same says whether two trails lead to one clue.
func (t *trail) same(o *trail) bool {
	return t.topic == o.topic && t.clue == o.clue && t.counter == o.counter
}

// marks holds what is to be shown in the two fields of one article, sorted, and
// the state of writing one of them.
//
// Marks may overlap in any way and elements may not, so a mark that reaches
// over the end of an outer one is closed with it and opened again behind it.
// Links to clues cannot stand in each other at all: they are innermost and
// never longer than from one border of any span to the next. Both keep the
// characters of the field as they are.
type marks struct {
	fields [2][]mark
	trails [2][]trail
	open   []mark  // outermost first
	lit    []trail // the clues that the text at hand meets
	fresh  bool    // a trail began or ended here
}

// maxOpen bounds how deep marks stand in each other; parsers and browsers give
// up at 512. A mark beyond it is written empty, where it begins.
const maxOpen = 32

// gather collects the spans of rec.
func (m *marks) gather(rec *models.Record) {
	for f := range m.fields {
		m.fields[f], m.trails[f] = m.fields[f][:0], m.trails[f][:0]
	}
	for i := range rec.Entities {
		for j := range rec.Entities[i].Mentions {
			p := rec.Entities[i].Mentions[j].Place
			m.fields[p.Field] = append(m.fields[p.Field], mark{p.Span, i, j})
		}
	}
	for i := range rec.Undecided {
		p := rec.Undecided[i].Place
		m.fields[p.Field] = append(m.fields[p.Field], mark{p.Span, -1, i})
	}
	for i := range rec.Topics {
		m.follow(i, rec.Topics[i].Clues, false)
		m.follow(i, rec.Topics[i].Counter, true)
	}
	m.sort()
}

func (m *marks) follow(topic int, clues []models.Clue, counter bool) {
	for i := range clues {
		for j := range clues[i].Spans {
			p := clues[i].Spans[j].Place
			m.trails[p.Field] = append(m.trails[p.Field], trail{Place: p, topic: topic, clue: i, counter: counter})
		}
	}
}

// sort brings the spans into the order of the text, longer ones first, and
// numbers the places where trails begin.
func (m *marks) sort() {
	place := -1
	for f := range m.fields {
		slices.SortStableFunc(m.fields[f], func(a, b mark) int { return bySpan(a.Span, b.Span) })
		slices.SortStableFunc(m.trails[f], func(a, b trail) int { return bySpan(a.Span, b.Span) })
		last := -1
		for i := range m.trails[f] {
			t := &m.trails[f][i]
			if t.Start != last {
				place++
			}
			t.place, last = place, t.Start
		}
	}
}

func bySpan(a, b models.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}

// placeOf returns the number of the place where p begins, which is the place of
// a trail.
func (m *marks) placeOf(p models.Place) int {
	trails := m.trails[p.Field]
	i, _ := slices.BinarySearchFunc(trails, p.Start, func(t trail, start int) int { return cmp.Compare(t.Start, start) })
	return trails[i].place
}

// field appends a field with its marks.
func (r *report) field(b []byte, rec *models.Record, f models.Field, text string) []byte {
	m := &r.marks
	m.open, m.lit, m.fresh = m.open[:0], m.lit[:0], false
	todo, trails := m.fields[f], m.trails[f]
	for at := 0; ; {
		b = r.closeMarks(b, rec, at)
		b, todo = r.openMarks(b, rec, todo, at)
		trails = m.light(trails, at)
		if at == len(text) {
			return b
		}
		next := m.border(len(text), todo, trails)
		b = r.piece(b, rec, text[at:next])
		at = next
	}
}

// border returns where the next span begins or ends.
func (m *marks) border(end int, todo []mark, trails []trail) int {
	if len(todo) > 0 {
		end = min(end, todo[0].Start)
	}
	if len(trails) > 0 {
		end = min(end, trails[0].Start)
	}
	for i := range m.open {
		end = min(end, m.open[i].End)
	}
	for i := range m.lit {
		end = min(end, m.lit[i].End)
	}
	return end
}

// closeMarks closes the marks that end here, and for a while those in them.
func (r *report) closeMarks(b []byte, rec *models.Record, at int) []byte {
	m := &r.marks
	first := slices.IndexFunc(m.open, func(k mark) bool { return k.End <= at })
	if first < 0 {
		return b
	}
	for range m.open[first:] {
		b = append(b, "</mark>"...)
	}
	m.open = slices.DeleteFunc(m.open, func(k mark) bool { return k.End <= at })
	for _, k := range m.open[first:] {
		b = append(b, `<mark class="`...)
		b = append(append(b, classOf(rec, k)...), ` c">`...)
	}
	return b
}

// openMarks opens the marks that begin here and returns the others.
func (r *report) openMarks(b []byte, rec *models.Record, todo []mark, at int) ([]byte, []mark) {
	m := &r.marks
	for len(todo) > 0 && todo[0].Start <= at {
		k := todo[0]
		todo = todo[1:]
		b = r.mark(b, rec, k)
		if k.End <= at || len(m.open) == maxOpen {
			b = append(b, "</mark>"...)
			continue
		}
		m.open = append(m.open, k)
	}
	return b, todo
}

// light keeps the trails that reach over this place, adds those that begin
// here, and returns the others.
func (m *marks) light(trails []trail, at int) []trail {
	before := len(m.lit)
	m.lit = slices.DeleteFunc(m.lit, func(t trail) bool { return t.End <= at })
	m.fresh = len(m.lit) != before
	for len(trails) > 0 && trails[0].Start <= at {
		m.lit = append(m.lit, trails[0])
		trails = trails[1:]
		m.fresh = true
	}
	return trails
}

// piece appends text between two borders.
func (r *report) piece(b []byte, rec *models.Record, text string) []byte {
	lit := r.marks.lit
	if len(lit) == 0 {
		return appendText(b, text)
	}
	inner := &lit[len(lit)-1]
	b = append(b, `<a class="e" href="#`...)
	b = append(r.clueID(b, inner.topic, inner.clue, inner.counter), '"')
	if r.marks.fresh {
		if inner.place > r.lastPlace {
			b = append(r.id(append(b, ` id="`...), 'p', inner.place), '"')
			r.lastPlace = inner.place
		}
		b = append(appendTrails(append(b, ` title="`...), rec, lit), '"')
	} else {
		b = append(b, ` tabindex="-1"`...) // a part of the link before
	}
	return append(appendText(append(b, '>'), text), "</a>"...)
}

// maxTold is how many clues a tooltip names.
const maxTold = 6

// appendTrails appends what the text at hand is evidence of, for an attribute.
func appendTrails(b []byte, rec *models.Record, lit []trail) []byte {
	for i := range lit {
		if i > 0 && lit[i].same(&lit[i-1]) {
			continue // two spans of one clue
		}
		if i == maxTold {
			return strconv.AppendInt(append(b, "; clues besides: "...), int64(len(lit)-i), 10)
		}
		if i > 0 {
			b = append(b, "; "...)
		}
		topic := &rec.Topics[lit[i].topic]
		clues, against := topic.Clues, "clue for "
		if lit[i].counter {
			clues, against = topic.Counter, "clue against "
		}
		b = appendAttr(append(b, against...), topic.Label)
		b = appendAttr(append(b, ": "...), clues[lit[i].clue].Name)
	}
	return b
}

// mark opens the element of a mention or an undecided span.
func (r *report) mark(b []byte, rec *models.Record, k mark) []byte {
	b = append(b, `<mark class="`...)
	b = append(append(b, classOf(rec, k)...), '"')
	if k.entity < 0 {
		b = append(b, ` data-t="?" title="`...)
		return append(appendDoubt(b, &rec.Undecided[k.index]), `">`...)
	}
	e := &rec.Entities[k.entity]
	m := &e.Mentions[k.index]
	if k.index == 0 {
		b = append(r.id(append(b, ` id="`...), 'm', k.entity), '"')
	}
	b = append(appendAttr(append(b, ` data-t="`...), cmp.Or(m.Type, e.Type)), '"')
	b = append(b, ` title="`...)
	return append(appendMention(b, e, m), `">`...)
}

// classOf returns the class of a mark. Names in the front and the dateline are
// paler: topics and relevance do not see them.
func classOf(rec *models.Record, k mark) string {
	if k.entity < 0 {
		return "u"
	}
	e := &rec.Entities[k.entity]
	m := &e.Mentions[k.index]
	pale := m.Zone == models.Front || m.Zone == models.Dateline
	switch cmp.Or(m.Type, e.Type) {
	case "PERSON":
		return either(pale, "m per pale", "m per")
	case "ORG":
		return either(pale, "m org pale", "m org")
	case "GPE", "LOC", "FAC":
		return either(pale, "m loc pale", "m loc")
	case "NORP", "LANGUAGE":
		return either(pale, "m nrp pale", "m nrp")
	}
	return either(pale, "m oth pale", "m oth")
}

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// appendMention appends what is known of a mention, for an attribute.
func appendMention(b []byte, e *models.Found, m *models.Mention) []byte {
	b = appendAttr(b, e.Name)
	b = appendAttr(append(b, " · "...), cmp.Or(m.Type, e.Type))
	b = append(append(b, " · "...), m.Via.String()...)
	b = append(appendAttr(append(b, " “"...), m.Alias), "”"...)
	b = appendFixed(append(b, " · confidence "...), m.Confidence, 2)
	b = append(append(b, " · "...), m.Zone.String()...)
	if m.Decided != "" {
		b = appendAttr(append(b, " · decided by "...), m.Decided)
	}
	if m.Nested {
		b = append(b, " · inside a longer name"...)
	}
	return b
}

// appendDoubt appends whose an undecided span may be, for an attribute.
func appendDoubt(b []byte, u *models.Undecided) []byte {
	b = append(append(b, "undecided · "...), u.Via.String()...)
	for i, c := range u.Candidates {
		b = append(b, either(i == 0, " · ", " or ")...)
		b = appendAttr(b, cmp.Or(c.Name, c.ID))
	}
	return b
}

// appendFixed appends f with the given number of decimals.
func appendFixed(b []byte, f float64, decimals int) []byte {
	return strconv.AppendFloat(b, f, 'f', decimals, 64)
}
