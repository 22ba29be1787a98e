package segment

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"wiretag/models"
)

// A Text is an article as words. It is filled by a Reader and reused for the
// next article; everything in it is valid until then.
type Text struct {
	Doc   *models.Document
	Words []Word // the title's, then the text's
	Paras []Para
	Date  models.Date // of a front paragraph that is only a date, or ""

	title    int    // the words of the title
	para     int    // the last answer of ParaAt
	body     int    // the first paragraph after title and front
	dateline Sent   // the words of the dateline; empty if there is none
	lead     []Sent // the lead's sentences, once leadOK says so
	leadOK   bool
	sents    []Sent
	split    *splitter
	vocab    *Vocab
	buf      []byte
	marks    []int
}

// A Para is a paragraph. The title is one of its own.
type Para struct {
	Field       models.Field
	First, Last int         // words [First,Last); never empty
	Zone        models.Zone // Headline, Front or Body; see Text.ZoneAt for the rest

	sents [2]int // its sentences, in Text.sents, once split says so
	split bool
	ascii isRead
}

// isRead says whether a paragraph is ASCII, once that was looked at.
type isRead uint8

const (
	unread isRead = iota
	notASCII
	allASCII
)

// Source returns the field that a paragraph was read from.
func (t *Text) Source(p *Para) string { return p.Field.Of(t.Doc) }

// Dateline returns the words of the dateline; it is empty if there is none.
func (t *Text) Dateline() Sent { return t.dateline }

// FieldAt returns the field that holds a word.
func (t *Text) FieldAt(word int) models.Field {
	if word < t.title {
		return models.Title
	}
	return models.Text
}

// Quote returns the text of the words [first,last) of one field.
func (t *Text) Quote(first, last int) string {
	return t.FieldAt(first).Of(t.Doc)[t.Words[first].Start:t.Words[last-1].End]
}

// ParaAt returns the index of the paragraph that holds a word. Words are asked
// about in order, so the last answer is tried first.
func (t *Text) ParaAt(word int) int {
	if p := &t.Paras[t.para]; p.First <= word && word < p.Last {
		return t.para
	}
	lo, hi := 0, len(t.Paras)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; t.Paras[mid].First <= word {
			lo = mid
		} else {
			hi = mid
		}
	}
	t.para = lo
	return lo
}

// Options are what Readers share.
type Options struct {
	Vocab *Vocab // required
	Punkt *Punkt // required
	Memo  *Memo  // what Readers remember together; nil: nothing
}

// A Reader cuts articles into words. It belongs to one goroutine.
type Reader struct {
	opts  Options
	cut   cutter
	split splitter
	marks [256]Word // of stemMarks
}

// NewReader returns a Reader.
func NewReader(opts Options) *Reader {
	if opts.Memo == nil {
		opts.Memo = NewMemo(0)
	}
	r := &Reader{opts: opts, cut: cutter{vocab: opts.Vocab}, split: splitter{punkt: opts.Punkt}}
	for i := range len(stemMarks) {
		r.marks[stemMarks[i]] = r.cut.cut(nil, stemMarks[i:i+1])[0]
	}
	return r
}

// Read fills t with an article. It never fails, and takes time linear in the
// article whatever it holds.
func (r *Reader) Read(t *Text, doc *models.Document) {
	*t = Text{
		Doc: doc, Words: t.Words[:0], Paras: t.Paras[:0],
		sents: t.sents[:0], lead: t.lead[:0], buf: t.buf[:0], marks: t.marks[:0],
		split: &r.split, vocab: r.opts.Vocab,
	}
	r.field(t, models.Title, doc.Title)
	if len(t.Paras) > 0 { // the title is one paragraph, whatever it holds
		t.Paras = append(t.Paras[:0], Para{Field: models.Title, Last: len(t.Words), Zone: models.Headline})
		for i := range t.Words[1:] {
			if w := &t.Words[1+i]; w.Has(First) { // a line begins here, not a paragraph
				w.Flags = w.Flags&^First | Space | Break
			}
		}
	}
	t.title = len(t.Words)
	r.field(t, models.Text, doc.Text)
	t.findZones()
}

// Cut returns the words of a phrase, in t and valid as long as it.
func (r *Reader) Cut(t *Text, phrase string) []Word {
	*t = Text{Words: t.Words[:0], Paras: t.Paras[:0]}
	r.field(t, models.Text, phrase)
	return t.Words
}

// field appends the words and paragraphs of one field.
func (r *Reader) field(t *Text, field models.Field, s string) {
	firstPara, firstWord := len(t.Paras), len(t.Words)
	breaks := lineBreaks{}
	for i := 0; i < len(s); {
		start := i
		var g gap
		if i > 0 && s[i] == ' ' && i+1 < len(s) && s[i+1] > ' ' && s[i+1] < utf8.RuneSelf {
			i, g.indent = i+1, 1 // nearly always
		} else {
			i, g = blanks(s, i)
		}
		if i == len(s) {
			break
		}
		flags := g.flags(start, i)
		if len(t.Words) == firstWord {
			flags = First
		} else {
			breaks.count(g, s[:start])
		}
		if flags&First != 0 {
			t.closePara(field)
			t.Paras = append(t.Paras, Para{Field: field, First: len(t.Words), Zone: models.Body})
		}
		end, k := nextRun(s, i)
		r.run(t, s, i, end, k, flags)
		i = end
	}
	t.closePara(field)
	if breaks.everyLineEnds() {
		t.partAtBreaks(field, firstPara, firstWord)
	}
}

// closePara ends the open paragraph of a field, if there is one.
func (t *Text) closePara(field models.Field) {
	if k := len(t.Paras) - 1; k >= 0 && t.Paras[k].Field == field {
		t.Paras[k].Last = len(t.Words)
	}
}

// partAtBreaks makes every line of a field a paragraph.
func (t *Text) partAtBreaks(field models.Field, firstPara, firstWord int) {
	t.Paras = t.Paras[:firstPara]
	for i := firstWord; i < len(t.Words); i++ {
		if w := &t.Words[i]; w.Any(First | Break) {
			w.Flags = w.Flags&^(Break|Space) | First
			if k := len(t.Paras); k > firstPara {
				t.Paras[k-1].Last = i
			}
			t.Paras = append(t.Paras, Para{Field: field, First: i, Zone: models.Body})
		}
	}
	t.Paras[len(t.Paras)-1].Last = len(t.Words)
}

// run appends the words of one run, s[start:end].
func (r *Reader) run(t *Text, s string, start, end int, k key, flags Flags) {
	mark := &r.marks[s[end-1]]
	if mark.Flags == 0 || !isStem(s[start:end-1]) {
		r.remembered(t, s[start:end], start, k, flags)
		return
	}
	end-- // "word," is not remembered beside "word"
	if k.size > 0 {
		k = k.cut(end - start)
	} else {
		k = keyOf(s, start, end-start)
	}
	r.remembered(t, s[start:end], start, k, flags)
	t.Words = append(t.Words, Word{uint32(end), uint32(end + 1), mark.ID, mark.Flags})
}

// remembered appends the words of a run that begins at start, by heart if it
// can.
func (r *Reader) remembered(t *Text, run string, start int, k key, flags Flags) {
	slot, state := r.opts.Memo.find(k)
	if state != 0 && state>>8 == 0 {
		t.Words = append(t.Words, Word{uint32(start), uint32(start + len(run)), slot.first, slot.flags | flags})
		return
	}
	first := len(t.Words)
	t.Words = append(t.Words, r.opts.Memo.several(slot, state, run)...)
	if len(t.Words) == first {
		t.Words = r.cut.cut(t.Words, run)
		if len(run) <= maxRun {
			r.opts.Memo.put(run, k, t.Words[first:])
		}
	}
	for i := first; i < len(t.Words); i++ {
		t.Words[i].Start += uint32(start)
		t.Words[i].End += uint32(start)
	}
	t.Words[first].Flags |= flags
}

// isStem reports whether a run is one word whatever stands behind it: ASCII
// letters and digits, and no initial.
func isStem(run string) bool {
	for i := range len(run) {
		if c := run[i]; (c|0x20 < 'a' || c|0x20 > 'z') && !isASCIIDigit(c) {
			return false
		}
	}
	return len(run) > 1
}

// stemMarks are what may stand behind a stem and is then a word of its own.
// Each is cut here as it is behind a stem (TestStem).
const stemMarks = `,.;:!?)"%`

// nextRun returns where the run that begins at s[i] ends, and its key. Nearly
// every run is found with its key in one look at 16 bytes.
func nextRun(s string, i int) (end int, k key) {
	if i+longKey < len(s) {
		k = key{load8(s, i), load8(s, i+8), longKey}
		n := bits.TrailingZeros64(odd(k.lo)) / 8
		n += n / 8 * (bits.TrailingZeros64(odd(k.hi)) / 8)
		if c := s[i+n]; n < longKey && (c == ' ' || '\t' <= c && c <= '\r') {
			return i + n, k.cut(n)
		}
	}
	end = runEnd(s, i)
	return end, keyOf(s, i, end-i)
}

// runEnd returns where the run that begins at s[i] ends.
func runEnd(s string, i int) int {
	for i+8 <= len(s) {
		x := odd(load8(s, i))
		if x == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(x) / 8
		next, ends := afterOdd(s, i)
		if ends {
			return i
		}
		i = next
	}
	for i < len(s) {
		next, ends := afterOdd(s, i)
		if ends {
			return i
		}
		i = next
	}
	return i
}

// afterOdd says whether white space begins at s[i], and where the next
// character begins.
func afterOdd(s string, i int) (next int, space bool) {
	if c := s[i]; c < utf8.RuneSelf {
		return i + 1, c == ' ' || '\t' <= c && c <= '\r'
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return i + n, unicode.IsSpace(r)
}

// A gap is what stands between two runs.
type gap struct {
	breaks int  // line breaks
	hard   bool // a paragraph separator or form feed
	indent int  // blanks after the last line break; a tab counts two
}

// blanks reads the white space from s[i].
func blanks(s string, i int) (int, gap) {
	var g gap
	for i < len(s) {
		if s[i] == ' ' { // nearly always one of them
			g.indent++
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				n = 2
			}
			fallthrough
		case '\n', '\u0085', '\u2028':
			g.breaks++
			g.indent = 0
		case '\f', '\u2029':
			g.hard = true
		case '\t':
			g.indent += 2
		default:
			if !unicode.IsSpace(r) {
				return i, g
			}
			g.indent++
		}
		i += n
	}
	return i, g
}

// flags returns how the word after the gap stands.
func (g gap) flags(start, end int) Flags {
	switch {
	case g.hard || g.breaks >= 2 || g.breaks == 1 && g.indent >= 2:
		return First
	case g.breaks == 1:
		return Space | Break
	case end > start:
		return Space
	}
	return 0
}

// lineBreaks counts, for a text without a blank line, how many line breaks
// follow the end of a sentence.
type lineBreaks struct{ all, afterStop, blank int }

func (b *lineBreaks) count(g gap, before string) {
	switch {
	case g.breaks >= 2:
		b.blank++
	case g.breaks == 1:
		b.all++
		if endsSentence(before) {
			b.afterStop++
		}
	}
}

// everyLineEnds reports whether the lines are paragraphs: no blank line, and
// more than half of the line breaks follow a stop. [4,981 of 5,000 texts of a
// corpus without blank lines]
func (b *lineBreaks) everyLineEnds() bool { return b.blank == 0 && 2*b.afterStop > b.all }

// endsSentence reports whether s ends in . ! or ?, apart from closing quotes
// and brackets.
func endsSentence(s string) bool {
	for {
		r, n := utf8.DecodeLastRuneInString(s)
		switch {
		case r == '.' || r == '!' || r == '?':
			return true
		case n > 0 && (isQuote(r) || r == ')' || r == ']'):
			s = s[:len(s)-n]
		default:
			return false
		}
	}
}
