package eval

import (
	"fmt"
	"strings"
)

// Markdown is the report as a comment on a change: tables, and every list
// behind a fold. Nothing of an article is live in it.
func (r *Report) Markdown(limit int) string {
	var b strings.Builder
	p := r.pageOf(limit)
	fmt.Fprintf(&b, "**%s**\n\n", p.title)
	for _, line := range p.lines {
		fmt.Fprintf(&b, "- %s\n", plain(line))
	}
	for i := range p.sections {
		s := &p.sections[i]
		fmt.Fprintf(&b, "\n### %s\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&b, "\n%s\n", plain(line))
		}
		for k := range s.tables {
			s.tables[k].markdown(&b)
		}
		if len(s.items) > 0 {
			s.fold(&b)
		}
	}
	return b.String()
}

func (t *table) markdown(b *strings.Builder) {
	b.WriteByte('\n')
	for _, head := range t.heads {
		fmt.Fprintf(b, "| %s ", plain(head))
	}
	b.WriteString("|\n|---" + strings.Repeat("|--:", len(t.heads)-1) + "|\n")
	for _, row := range t.rows {
		for _, cell := range row {
			fmt.Fprintf(b, "| %s ", plain(cell))
		}
		b.WriteString("|\n")
	}
}

func (s *section) fold(b *strings.Builder) {
	fmt.Fprintf(b, "\n<details><summary>%d</summary>\n\n", len(s.items)+s.more)
	for i := range s.items {
		it := &s.items[i]
		fmt.Fprintf(b, "- %s\n", plain(it.head))
		for k := range it.samples {
			sm := &it.samples[k]
			fmt.Fprintf(b, "  - %s", plain(sm.Article))
			if sm.Quote != "" {
				fmt.Fprintf(b, ": %s**%s**%s", plain(sm.Before), plain(sm.Quote), plain(sm.After))
			}
			if sm.Note != "" {
				fmt.Fprintf(b, " (%s)", plain(sm.Note))
			}
			b.WriteByte('\n')
		}
	}
	if s.more > 0 {
		fmt.Fprintf(b, "- … and %d more\n", s.more)
	}
	b.WriteString("\n</details>\n")
}

// plain makes a text safe in a page of Markdown: nothing in it is a mark, and
// it names nobody.
func plain(s string) string {
	var b strings.Builder
	for _, r := range edge(s) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case strings.ContainsRune("\\`*_{}[]#|~!", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '@':
			b.WriteString("@<!-- -->")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
