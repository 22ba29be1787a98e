package eval

import (
	"fmt"
	"strings"

	"wiretag/cmd/internal/encode"
)

// maxLabel is the width of a table's first column at most, so that a table with
// three intervals fits into 100 columns.
const maxLabel = 24

// Text is the report for people, with lists of at most limit items (0: all).
// Nothing in it is made safe for a terminal: that is the caller's.
func (r *Report) Text(limit int) string {
	var b strings.Builder
	p := r.pageOf(limit)
	for _, line := range p.lines {
		b.WriteString(line + "\n")
	}
	for i := range p.sections {
		s := &p.sections[i]
		fmt.Fprintf(&b, "\n%s\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&b, "  %s\n", line)
		}
		for k := range s.tables {
			if k > 0 || len(s.lines) > 0 {
				b.WriteByte('\n')
			}
			s.tables[k].text(&b)
		}
		for _, it := range s.items {
			it.text(&b)
		}
		if s.more > 0 {
			fmt.Fprintf(&b, "  … and %d more\n", s.more)
		}
	}
	return b.String()
}

// text writes an aligned table.
func (t *table) text(b *strings.Builder) {
	rows := append([][]string{t.heads}, t.rows...)
	widths := make([]int, len(t.heads))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], width(cell))
		}
	}
	widths[0] = min(widths[0], maxLabel)
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			cell = shorten(cell, widths[i])
			pad := strings.Repeat(" ", widths[i]-width(cell))
			if i == 0 || i > 3 { // numbers of the same length, or with intervals
				line += "  " + cell + pad
			} else {
				line += "  " + pad + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

func (it *item) text(b *strings.Builder) {
	fmt.Fprintf(b, "  %s\n", it.head)
	for i := range it.samples {
		s := &it.samples[i]
		if s.Quote == "" {
			fmt.Fprintf(b, "      %s: %s\n", s.Article, s.Note)
			continue
		}
		fmt.Fprintf(b, "      %s %s: %s[%s]%s\n", s.Article, s.Field, s.Before, s.Quote, s.After)
		if s.Note != "" {
			fmt.Fprintf(b, "          %s\n", s.Note)
		}
	}
}

// JSON is the whole report as one object.
func (r *Report) JSON() string { return encode.Indented(r) }
