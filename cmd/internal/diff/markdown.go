package diff

import (
	"fmt"
	"strings"
)

// Markdown is the report as a comment on a change: a line of summary, a table
// of the entries, and the samples of each behind a fold.
func (r *Report) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**wiretag diff**: %s\n", cell(r.Summary()))
	if len(r.PerEntry) == 0 {
		return b.String()
	}
	b.WriteString("\n| entry | gained | lost | changed | articles |\n|---|--:|--:|--:|--:|\n")
	for _, e := range r.PerEntry {
		fmt.Fprintf(&b, "| %s %s | %d | %d | %d | %d |\n",
			code(e.title()), cell(e.Name), e.Tally.Gained, e.Tally.Lost, e.Tally.Changed+e.Tally.Shifted, e.Articles)
	}
	for _, e := range r.PerEntry {
		if len(e.Samples) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n<details><summary>%s: %s</summary>\n\n", html(e.title()), e.Tally.words())
		b.WriteString("| | article | text | why |\n|---|---|---|---|\n")
		for i := range e.Samples {
			c := &e.Samples[i]
			what := cell(c.Before) + "**" + cell(c.Quote) + "**" + cell(c.After)
			switch {
			case c.Topic:
				what = cell(c.scores())
			case c.Kind == Changed:
				what += "<br>" + cell(c.Was) + " → " + cell(c.Is)
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Kind.sign(), code(c.Article), what, cell(c.Reason))
		}
		if more := e.more(); more > 0 {
			fmt.Fprintf(&b, "\n… and %d more\n", more)
		}
		b.WriteString("\n</details>\n")
	}
	return b.String()
}

// cell makes a text safe in a cell of a table: nothing in it is Markdown.
func cell(s string) string {
	var b strings.Builder
	for _, r := range html(oneLine(s)) {
		if strings.ContainsRune("\\`*_{}[]#|~!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		if r == '@' {
			b.WriteString("<!-- -->") // the text names nobody on the page
		}
	}
	return b.String()
}

// html escapes what Markdown would read as HTML.
func html(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// code shows an id as it is written: between more backticks than it holds.
func code(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	pad := ""
	if len(fence) > 1 {
		pad = " "
	}
	return fence + pad + strings.ReplaceAll(oneLine(s), "|", "\\|") + pad + fence
}
