package eval

import (
	"path/filepath"
	"strconv"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// brat reads an article of the annotation tool brat: NAME.txt and NAME.ann.
// A mention in pieces is
// one if only white space lies between them, as brat writes one that goes over
// the end of a line; else it is left out, and the notes say so. A normalisation
// (N) gives a mention its id.
func (r *reader) brat(path string) error {
	base := strings.TrimSuffix(path, filepath.Ext(path))
	text, err := r.file(base + ".txt")
	if err != nil {
		return err
	}
	ann, err := r.file(base + ".ann")
	if err != nil {
		return err
	}
	b := &bratGold{r: r, text: string(text), byID: map[string]int{}}
	b.art = &Article{at: place{base + ".txt", 1}, HasMentions: true}
	b.art.Doc.ID, b.art.Doc.Text = filepath.ToSlash(filepath.Base(base)), b.text
	if err := validText(b.art.at, b.text); err != nil {
		r.fail(err)
		return nil
	}
	b.ruler = newRuler(b.text, encode.CodePoint)
	n := 0
	for line := range strings.Lines(string(ann)) {
		n++
		b.line(place{base + ".ann", n}, strings.TrimRight(line, "\r\n"))
	}
	r.add(b.art)
	return nil
}

type bratGold struct {
	r     *reader
	text  string
	ruler *ruler
	art   *Article
	byID  map[string]int // T1 → index of pending
}

// line reads a line of annotation. Relations, events, attributes and notes say
// nothing of where a mention is.
func (b *bratGold) line(at place, line string) {
	columns := strings.Split(line, "\t")
	switch {
	case strings.HasPrefix(line, "T"):
		b.textBound(at, columns)
	case strings.HasPrefix(line, "N") && len(columns) > 1:
		if words := strings.Fields(columns[1]); len(words) == 3 {
			if i, ok := b.byID[words[1]]; ok && b.art.pending[i].id == "" {
				b.art.pending[i].id = words[2]
			}
		}
	}
}

// textBound reads "T1<tab>TYPE 0 5;6 9<tab>text".
func (b *bratGold) textBound(at place, columns []string) {
	if len(columns) < 3 {
		b.r.fail(at.errorf("a mention is three columns with tabs between them: T1, TYPE START END, TEXT"))
		return
	}
	typ, spans, _ := strings.Cut(columns[1], " ")
	start, end, pieces, ok := bratSpans(spans)
	if !ok || typ == "" {
		b.r.fail(at.errorf("%q is no type with a span; write TYPE START END", columns[1]))
		return
	}
	if pieces != nil && !b.contiguous(pieces) {
		b.r.note("left out: %s:%d: “%s” is in pieces with other words between them", at.file, at.line, columns[2])
		return
	}
	p := pending{field: models.Text, start: start, end: end, typ: typ, at: at}
	if s, ok1 := b.ruler.at(start); ok1 {
		if e, ok2 := b.ruler.at(end); ok2 && s < e && encode.OneLine(b.text[s:e]) != encode.OneLine(columns[2]) {
			p.quote, p.hasQuote = columns[2], true // let it be told as any other that is not there
		}
	}
	b.byID[columns[0]] = len(b.art.pending)
	b.art.pending = append(b.art.pending, p)
}

// bratSpans reads "0 5" or "0 5;6 9", for which pieces are all but its ends.
func bratSpans(s string) (start, end int, gaps [][2]int, ok bool) {
	for i, part := range strings.Split(s, ";") {
		a, b, _ := strings.Cut(part, " ")
		from, err1 := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || from < 0 {
			return 0, 0, nil, false
		}
		if i == 0 {
			start = from
		} else {
			gaps = append(gaps, [2]int{end, from})
		}
		end = to
	}
	return start, end, gaps, true
}

// contiguous says whether only white space lies in gaps.
func (b *bratGold) contiguous(gaps [][2]int) bool {
	for _, g := range gaps {
		from, ok1 := b.ruler.at(g[0])
		to, ok2 := b.ruler.at(g[1])
		if !ok1 || !ok2 || from > to || strings.TrimSpace(b.text[from:to]) != "" {
			return false
		}
	}
	return true
}
