package eval

import (
	_ "embed"
	"fmt"

	"wiretag/cmd/internal/encode"
)

// htmlStyle is the style sheet of a report, which stands in it as it is.
//
//go:embed html.css
var htmlStyle string

// HTML is the report as one page without scripts or requests. All that is not
// written in this file goes through the escaper of package encode.
func (r *Report) HTML(limit int) string {
	p := r.pageOf(limit)
	b := encode.AppendHead(nil, p.title, htmlStyle)
	for _, line := range p.lines {
		b = appendParagraph(b, line)
	}
	b = append(b, "</header>\n<main>\n"...)
	for i := range p.sections {
		b = p.sections[i].html(b)
	}
	return string(append(b, "</main>\n</body>\n</html>\n"...))
}

func appendParagraph(b []byte, line string) []byte {
	return append(encode.AppendIsolated(append(b, "<p>"...), line), "</p>\n"...)
}

func (s *section) html(b []byte) []byte {
	b = append(encode.AppendIsolated(append(b, "<section>\n<h2>"...), s.title), "</h2>\n"...)
	for _, line := range s.lines {
		b = appendParagraph(b, line)
	}
	for i := range s.tables {
		b = s.tables[i].html(b)
	}
	if len(s.items) > 0 {
		b = append(b, "<ol>\n"...)
		for i := range s.items {
			b = s.items[i].html(b)
		}
		b = append(b, "</ol>\n"...)
	}
	if s.more > 0 {
		b = appendParagraph(b, fmt.Sprintf("… and %d more", s.more))
	}
	return append(b, "</section>\n"...)
}

func (t *table) html(b []byte) []byte {
	b = append(b, "<div class=\"wide\"><table>\n<thead><tr>"...)
	for _, head := range t.heads {
		b = append(encode.AppendIsolated(append(b, `<th scope="col">`...), head), "</th>"...)
	}
	b = append(b, "</tr></thead>\n<tbody>\n"...)
	for _, row := range t.rows {
		b = append(encode.AppendIsolated(append(b, `<tr><th scope="row">`...), row[0]), "</th>"...)
		for _, cell := range row[1:] {
			b = append(encode.AppendIsolated(append(b, "<td>"...), cell), "</td>"...)
		}
		b = append(b, "</tr>\n"...)
	}
	return append(b, "</tbody>\n</table></div>\n"...)
}

func (it *item) html(b []byte) []byte {
	b = encode.AppendIsolated(append(b, "<li>"...), it.head)
	if len(it.samples) > 0 {
		b = append(b, "<ul>"...)
		for i := range it.samples {
			b = it.samples[i].html(b)
		}
		b = append(b, "</ul>"...)
	}
	return append(b, "</li>\n"...)
}

func (s *Sample) html(b []byte) []byte {
	b = encode.AppendIsolated(append(b, "<li>"...), s.Article)
	if s.Quote != "" {
		b = encode.AppendIsolated(append(b, ": "...), s.Before)
		b = append(encode.AppendIsolated(append(b, "<mark>"...), s.Quote), "</mark>"...)
		b = encode.AppendIsolated(b, s.After)
	}
	if s.Note != "" {
		b = encode.AppendIsolated(append(b, "<br>"...), s.Note)
	}
	return append(b, "</li>"...)
}
