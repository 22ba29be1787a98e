package eval

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
)

// Moved is what is otherwise than in an old report.
type Moved struct {
	Gazetteer Pack        `json:"gazetteer"` // of the old report
	Articles  int         `json:"articles"`
	Notes     []string    `json:"notes"` // why the two may not be comparable
	Mentions  []MovedRow  `json:"mentions"`
	Topics    []MovedRow  `json:"topics"`
	Aliases   []MovedForm `json:"aliases"`
	Clues     []MovedForm `json:"clues"`
}

// A MovedRow is a row whose counts moved: of mentions under exact, of topics
// under closed.
type MovedRow struct {
	Label string `json:"label"`
	Old   *Row   `json:"old,omitempty"` // nil: there was none
	New   *Row   `json:"new,omitempty"`
}

// A MovedForm is an alias or clue that is wrong more or less often.
type MovedForm struct {
	ID   string `json:"id"`
	Form string `json:"form"`
	Old  int    `json:"old_wrong"`
	New  int    `json:"new_wrong"`
}

// ReadReport reads the JSON form of a report. name is what errors call it.
func ReadReport(name string, data []byte) (*Report, error) {
	var r Report
	if err := json.Unmarshal(data, &r); err != nil || !bytes.Contains(data, []byte(`"bootstrap"`)) {
		return nil, fmt.Errorf("%s: this is no report of wiretag eval --format json", name)
	}
	return &r, nil
}

// Compare fills in what moved since an old report.
func (r *Report) Compare(old *Report) {
	m := &Moved{Gazetteer: old.Gazetteer, Articles: old.Articles, Notes: []string{}}
	note := func(what string, was, is any) {
		if fmt.Sprint(was) != fmt.Sprint(is) {
			m.Notes = append(m.Notes, fmt.Sprintf("the baseline has %s %v, this report %v", what, orNone(was), orNone(is)))
		}
	}
	note("articles", old.Articles, r.Articles)
	note("map", old.Mapping, r.Mapping)
	note("types", strings.Join(old.Types, ","), strings.Join(r.Types, ","))
	was, is := orEmpty(old.Mentions), orEmpty(r.Mentions)
	m.Mentions = movedRows(was.Exact, is.Exact)
	m.Aliases = movedForms(was.Aliases, is.Aliases)
	wasTopics, isTopics := orEmpty(old.Topics), orEmpty(r.Topics)
	m.Topics = movedRows(wasTopics.Closed, isTopics.Closed)
	m.Clues = movedForms(wasTopics.Clues, isTopics.Clues)
	r.Moved = m
}

// orEmpty is what p points to, or nothing where the gold had none of it.
func orEmpty[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func orNone(v any) any {
	if v == "" {
		return "none"
	}
	return v
}

// all are the rows of scores, the sum first.
func (s *Scores) all() []Row {
	if s.Micro.Label == "" {
		return nil
	}
	return append([]Row{s.Micro, s.Macro}, s.Rows...)
}

func movedRows(old, now Scores) []MovedRow {
	out := []MovedRow{}
	before := old.all()
	rows := now.all()
	for i := range rows {
		n := &rows[i]
		k := slices.IndexFunc(before, func(o Row) bool { return o.Label == n.Label })
		switch {
		case k < 0:
			out = append(out, MovedRow{n.Label, nil, n})
		case before[k].Counts != n.Counts:
			out = append(out, MovedRow{n.Label, &before[k], n})
		}
	}
	for i := range before {
		if !slices.ContainsFunc(rows, func(n Row) bool { return n.Label == before[i].Label }) {
			out = append(out, MovedRow{before[i].Label, &before[i], nil})
		}
	}
	return out
}

// movedForms are the forms that are wrong more or less often: worse ones first,
// each by how much.
func movedForms(old, now []Culprit) []MovedForm {
	type key struct{ id, form string }
	at := map[key]int{}
	out := []MovedForm{}
	for i := range old {
		at[key{old[i].ID, old[i].Form}] = len(out)
		out = append(out, MovedForm{old[i].ID, old[i].Form, old[i].Wrong, 0})
	}
	for i := range now {
		c := &now[i]
		if k, ok := at[key{c.ID, c.Form}]; ok {
			out[k].New = c.Wrong
		} else {
			out = append(out, MovedForm{c.ID, c.Form, 0, c.Wrong})
		}
	}
	out = slices.DeleteFunc(out, func(f MovedForm) bool { return f.Old == f.New })
	slices.SortFunc(out, func(a, b MovedForm) int {
		return cmp.Or(cmp.Compare(b.New-b.Old, a.New-a.Old), strings.Compare(a.ID, b.ID), strings.Compare(a.Form, b.Form))
	})
	return out
}
