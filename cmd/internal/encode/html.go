package encode

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"strings"

	"wiretag/models"
)

// htmlStyle is the style sheet of a report, which stands in it as it is.
//
//go:embed html.css
var htmlStyle string

// reportTitle is the title of a report whose user gave none.
const reportTitle = "Names and topics"

// A report writes records as one HTML page that needs nothing but itself: no
// script, no request. What the page is made with is in the first record, and
// what it holds in all is known after the last, so that all of it but the head
// is written in order, by Next. A style sheet puts the index, which comes last,
// beside the articles.
//
// A report keeps of a record only what its index counts.
type report struct {
	articles  int // so far; the number of the article at hand
	marks     marks
	lastPlace int // the last place in the article that has its anchor
	index     index
}

func newHTML(opts Options) Encoder {
	r := &report{index: newIndex()}
	return Encoder{Head: AppendHead(nil, cmp.Or(opts.Title, reportTitle), htmlStyle), Next: r.next, Foot: r.foot}
}

// AppendHead appends what stands at the head of a page, as far as its heading,
// in a header that is left open. The policy forbids the page everything but its
// own style sheet, should a text ever get through as markup.
func AppendHead(b []byte, title, style string) []byte {
	sum := sha256.Sum256([]byte(style))
	b = append(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"...)
	b = append(b, `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-`...)
	b = base64.StdEncoding.AppendEncode(b, sum[:])
	b = append(b, `'; base-uri 'none'; form-action 'none'">`+"\n"...)
	b = append(b, `<meta name="viewport" content="width=device-width, initial-scale=1">`+"\n"...)
	b = append(b, `<meta name="referrer" content="no-referrer">`+"\n"...)
	b = append(b, `<meta name="color-scheme" content="light dark">`+"\n<title>"...)
	b = append(appendAttr(b, title), "</title>\n<style>"...)
	b = append(append(b, style...), "</style>\n</head>\n<body>\n"...)
	b = append(b, "<header class=\"page\">\n<h1>"...)
	return append(AppendIsolated(b, title), "</h1>\n"...)
}

// appendMade appends what the report was made with, and what its signs mean.
func appendMade(b []byte, rec *models.Record) []byte {
	b = appendText(append(b, `<p class="meta"><span>`...), rec.Tool)
	b = append(b, "</span> <span>gazetteer "...)
	if rec.Gazetteer.Name != "" {
		b = append(AppendIsolated(b, rec.Gazetteer.Name), ' ')
	}
	b = appendText(append(b, "<code>"...), shortHash(rec.Gazetteer.Hash))
	b = append(b, "</code></span> <span><a href=\"#index\">Index</a></span></p>\n"...)
	return append(b, legend...)
}

// legend says what the marks are. Its samples are no marks of an article.
const legend = `<p class="legend"><span class="m per" data-t="PERSON">person</span> <span class="m org" data-t="ORG">organisation</span> ` +
	`<span class="m loc" data-t="GPE">place</span> <span class="m nrp" data-t="NORP">people</span> <span class="m oth" data-t="EVENT">other</span> ` +
	`<span class="u" data-t="?">undecided</span> <span class="e">evidence of a topic</span></p>` + "\n"

// shortHash returns enough of a hash to compare it by eye.
func shortHash(hash string) string {
	_, digits, found := strings.Cut(hash, ":")
	if !found {
		digits = hash
	}
	return digits[:min(12, len(digits))]
}

// next appends one article.
func (r *report) next(b []byte, rec *models.Record) []byte {
	r.articles++
	if r.articles == 1 {
		b = append(appendMade(b, rec), "</header>\n<main>\n"...)
	}
	r.index.add(rec, r.articles)
	return r.article(b, rec)
}

// foot appends the index and the end of the page.
func (r *report) foot(b []byte) []byte {
	if r.articles == 0 {
		b = append(b, "</header>\n<main>\n<p class=\"none\">There was no article.</p>\n"...)
	}
	b = append(b, "</main>\n"...)
	b = r.index.append(b)
	return append(b, "</body>\n</html>\n"...)
}
