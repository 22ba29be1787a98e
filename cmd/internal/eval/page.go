package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
)

// A page is a report as the formats for people show it: sections of lines,
// tables and items, in order.
type page struct {
	title    string
	lines    []string
	sections []section
}

type section struct {
	title  string
	lines  []string
	tables []table
	items  []item
	more   int // items that are left out
}

// A table has its labels in the first column and numbers in the others.
type table struct {
	heads []string
	rows  [][]string
}

// An item is one finding with its samples.
type item struct {
	head    string
	samples []Sample
}

func (s *section) empty() bool {
	return len(s.lines) == 0 && len(s.tables) == 0 && len(s.items) == 0
}

// pageOf lays a report out. A list has at most limit items; 0 is all.
func (r *Report) pageOf(limit int) *page {
	p := &page{title: "wiretag eval", lines: r.about()}
	add := func(s section) {
		if !s.empty() {
			p.sections = append(p.sections, s)
		}
	}
	if r.Moved != nil {
		for _, s := range r.Moved.sections(limit) {
			add(s)
		}
	}
	if r.Mentions != nil {
		for _, s := range r.Mentions.sections(limit) {
			add(s)
		}
	}
	if r.Topics != nil {
		for _, s := range r.Topics.sections(limit) {
			add(s)
		}
	}
	return p
}

// about are the lines that say what was measured.
func (r *Report) about() []string {
	lines := []string{
		fmt.Sprintf("%s of %s", encode.Count(r.Articles, "article"), strings.Join(r.Gold, ", ")),
		fmt.Sprintf("gazetteer: %s %s", r.Gazetteer.Name, r.Gazetteer.Hash),
	}
	if r.Resamples > 0 {
		lines = append(lines, fmt.Sprintf("in brackets the middle 95 %% of %d draws of the articles", r.Resamples))
	}
	if r.Mapping != "" {
		lines = append(lines, "map: "+r.Mapping+map[bool]string{true: ", for gold's types are PER, LOC, ORG, MISC (--map none leaves them)"}[r.MappedByGold])
	}
	if len(r.Types) > 0 {
		lines = append(lines, "types: "+strings.Join(r.Types, ", "))
	}
	return append(lines, r.Notes...)
}

func (m *Mentions) sections(limit int) []section {
	sum := scoreTable("mentions", nil)
	for _, way := range []struct {
		name string
		s    *Scores
	}{{"exact", &m.Exact}, {"overlap", &m.Overlap}, {"exact, any type", &m.Untyped}} {
		sum.rows = append(sum.rows, scoreRow(way.name, &way.s.Micro), scoreRow(way.name+", macro", &way.s.Macro))
	}
	scores := section{title: "Mentions", tables: []table{sum, scoreTable("exact, by type", m.Exact.Rows), scoreTable("overlap, by type", m.Overlap.Rows)}}
	if l := m.Linking; l != nil {
		scores.lines = append(scores.lines, fmt.Sprintf("linking: of %s with an id in gold %d are of the entity, %.3f", encode.Count(l.Mentions, "right mention"), l.Right, l.Accuracy))
	}
	errors := section{title: "Kinds of error"}
	if len(m.Errors) > 0 {
		t := table{heads: []string{"", "wrong", "missed"}}
		for _, e := range m.Errors {
			t.rows = append(t.rows, []string{string(e.Kind), fmt.Sprint(e.Wrong), fmt.Sprint(e.Missed)})
		}
		errors.tables = append(errors.tables, t)
	}
	return []section{
		scores, errors, culpritSection("Wrong, by alias", m.Aliases, limit), missedSection("Missed, by text", m.Missed, limit),
	}
}

func (t *Topics) sections(limit int) []section {
	sum := scoreTable("topics", nil)
	for _, way := range []struct {
		name string
		s    *Scores
	}{{"with ancestors", &t.Closed}, {"leaves only", &t.Leaves}} {
		sum.rows = append(sum.rows, scoreRow(way.name, &way.s.Micro), scoreRow(way.name+", macro", &way.s.Macro))
	}
	return []section{
		{title: "Topics", tables: []table{sum, scoreTable("with ancestors", t.Closed.Rows), scoreTable("leaves only", t.Leaves.Rows)}},
		culpritSection("Wrong topics, by clue", t.Clues, limit), missedSection("Missed topics", t.Missed, limit), t.sweepSection(),
	}
}

func (t *Topics) sweepSection() section {
	all := table{heads: []string{"threshold of all", "right", "wrong", "missed", "precision", "recall", "F1"}}
	for _, row := range t.Sweep {
		all.rows = append(all.rows, []string{
			fmt.Sprintf("%.2f", row.Threshold), fmt.Sprint(row.Right), fmt.Sprint(row.Wrong), fmt.Sprint(row.Missed),
			decimals(row.P), decimals(row.R), decimals(row.F1),
		})
	}
	best := table{heads: []string{"one alone, to gain by it", "F1 now", "F1 best", "threshold"}}
	for _, row := range t.Best {
		if row.Now == nil || *row.Best > *row.Now {
			best.rows = append(best.rows, []string{row.Topic, decimals(row.Now), decimals(row.Best), fmt.Sprintf("%.2f", row.At)})
		}
	}
	s := section{title: "Thresholds", tables: []table{all}}
	if len(best.rows) > 0 {
		s.tables = append(s.tables, best)
	}
	return s
}

// decimals writes a measure; a dash where nothing can be said.
func decimals(x *float64) string {
	if x == nil {
		return "–"
	}
	return fmt.Sprintf("%.3f", *x)
}

func scoreTable(name string, rows []Row) table {
	t := table{heads: []string{name, "right", "wrong", "missed", "precision", "recall", "F1"}}
	for i := range rows {
		t.rows = append(t.rows, scoreRow(rows[i].Label, &rows[i]))
	}
	return t
}

func scoreRow(name string, r *Row) []string {
	return []string{name, fmt.Sprint(r.Right), fmt.Sprint(r.Wrong), fmt.Sprint(r.Missed), r.P.String(), r.R.String(), r.F1.String()}
}

// String writes a measure with its interval.
func (s *Stat) String() string {
	switch {
	case s == nil:
		return "–"
	case s.Interval == nil:
		return fmt.Sprintf("%.3f", s.Value)
	}
	return fmt.Sprintf("%.3f [%s–%s]", s.Value, short(s.Interval[0]), short(s.Interval[1]))
}

// short writes two decimals, without what says nothing: .85, 0, 1.
func short(x float64) string {
	switch s := fmt.Sprintf("%.2f", x); s {
	case "0.00":
		return "0"
	case "1.00":
		return "1"
	default:
		return strings.TrimPrefix(s, "0")
	}
}

// first says how many of n items are shown.
func first(n, limit int) int {
	if limit == 0 {
		return n
	}
	return min(n, limit)
}

func culpritSection(title string, all []Culprit, limit int) section {
	s := section{title: title}
	n := first(len(all), limit)
	for i := range all[:n] {
		c := &all[i]
		s.items = append(s.items, item{fmt.Sprintf("“%s” (%s): %s, %d wrong", c.Form, c.ID, encode.Count(c.Hits, "hit"), c.Wrong), c.Samples})
	}
	s.more = len(all) - n
	return s
}

func missedSection(title string, all []MissedText, limit int) section {
	s := section{title: title}
	n := first(len(all), limit)
	for i := range all[:n] {
		m := &all[i]
		head := fmt.Sprintf("“%s”", m.Text)
		if len(m.Labels) > 0 {
			head += " " + strings.Join(m.Labels, ", ")
		}
		head += fmt.Sprintf(": %d missed", m.Count)
		var kinds []string
		for _, k := range slices.Sorted(maps.Keys(m.Kinds)) {
			kinds = append(kinds, fmt.Sprintf("%s %d", k, m.Kinds[k]))
		}
		if len(kinds) > 0 {
			head += " (" + strings.Join(kinds, "; ") + ")"
		}
		s.items = append(s.items, item{head, m.Samples})
	}
	s.more = len(all) - n
	return s
}

func (m *Moved) sections(limit int) []section {
	s := section{title: "Moved since the baseline", lines: slices.Clone(m.Notes)}
	for _, part := range []struct {
		name string
		rows []MovedRow
	}{{"mentions, exact", m.Mentions}, {"topics, with ancestors", m.Topics}} {
		if t := movedTable(part.name, part.rows); len(t.rows) > 0 {
			s.tables = append(s.tables, t)
		}
	}
	out := []section{s, movedSection("Aliases that are wrong more or less often", m.Aliases, limit), movedSection("Clues that are wrong more or less often", m.Clues, limit)}
	if out[0].empty() && out[1].empty() && out[2].empty() {
		out[0].lines = []string{"nothing"}
	}
	return out
}

func movedTable(name string, rows []MovedRow) table {
	t := table{heads: []string{name, "right", "wrong", "missed", "precision", "recall", "F1"}}
	for i := range rows {
		old, now := rows[i].Old, rows[i].New
		if old == nil {
			old = &Row{}
		}
		if now == nil {
			now = &Row{}
		}
		step := func(a, b int) string {
			if a == b {
				return "0"
			}
			return fmt.Sprintf("%+d", b-a)
		}
		t.rows = append(t.rows, []string{
			rows[i].Label, step(old.Right, now.Right), step(old.Wrong, now.Wrong), step(old.Missed, now.Missed),
			arrow(old.P, now.P), arrow(old.R, now.R), arrow(old.F1, now.F1),
		})
	}
	return t
}

func arrow(old, now *Stat) string {
	value := func(s *Stat) string {
		if s == nil {
			return "–"
		}
		return fmt.Sprintf("%.3f", s.Value)
	}
	if a, b := value(old), value(now); a != b {
		return a + " → " + b
	}
	return value(now)
}

func movedSection(title string, all []MovedForm, limit int) section {
	s := section{title: title}
	n := first(len(all), limit)
	for _, f := range all[:n] {
		what := fmt.Sprintf("%d → %d wrong", f.Old, f.New)
		switch {
		case f.Old == 0:
			what = fmt.Sprintf("new, %d wrong", f.New)
		case f.New == 0:
			what = fmt.Sprintf("gone, was %d wrong", f.Old)
		}
		s.items = append(s.items, item{head: fmt.Sprintf("“%s” (%s): %s", f.Form, f.ID, what)})
	}
	s.more = len(all) - n
	return s
}

// width is the length of a cell.
func width(s string) int { return utf8.RuneCountInString(s) }

// shorten cuts a label that is too long for its column.
func shorten(s string, most int) string {
	if width(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}
