package segment

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Sent is a sentence: words [First,Last).
type Sent struct{ First, Last int }

// Sentences returns the sentences of a paragraph, in order. They hold every
// word of it. The slice is valid until the next call.
func (t *Text) Sentences(para int) []Sent {
	p := &t.Paras[para]
	if !p.split {
		first := len(t.sents)
		t.splitPara(p)
		p.sents, p.split = [2]int{first, len(t.sents)}, true
	}
	return t.sents[p.sents[0]:p.sents[1]]
}

// SentenceAt returns the sentence that holds a word.
func (t *Text) SentenceAt(word int) Sent {
	sents := t.Sentences(t.ParaAt(word))
	i, found := slices.BinarySearchFunc(sents, word, func(s Sent, w int) int { return s.First - w })
	if !found {
		i--
	}
	return sents[i]
}

// Parts reports whether a sentence ends between two words of a paragraph, the
// first of them a name: whether one begins in (first,last]. Names ask it of
// their neighbours, and it asks as little as it can. A sentence ends only
// behind a run that holds a stop; most neighbours have none between them. Where
// there is one, the segmenter is asked about this place alone, unless the
// paragraph has been split, or is not ASCII, or the place hangs on more.
func (t *Text) Parts(first, last int) bool {
	if !t.stopBetween(first, last) {
		return false
	}
	if begins, sure := t.nextSentence(t.ParaAt(first), first, last); sure {
		return begins <= last
	}
	return t.SentenceAt(last).First > first
}

// nextSentence returns the first word of (first,last] of a paragraph that begins
// a sentence, last+1 if none does, and whether that is sure: it is not where the
// paragraph has to be read as a whole, or has been.
func (t *Text) nextSentence(para, first, last int) (begins int, sure bool) {
	p := &t.Paras[para]
	if p.split || !t.plain(p) {
		return 0, false
	}
	src, base := t.Quote(p.First, p.Last), t.Words[p.First].Start
	for k := first + 1; k <= last; k++ {
		if t.Words[k].Joined() {
			continue
		}
		ends, sure := t.split.endsBefore(src, int(t.Words[k].Start-base))
		if !sure {
			return 0, false
		}
		if ends && t.mayEnd(k) {
			return k, true
		}
	}
	return last + 1, true
}

// sentenceEnd returns where the sentence ends that begins at a word of a
// paragraph.
func (t *Text) sentenceEnd(para, first int) int {
	if end, sure := t.nextSentence(para, first, t.Paras[para].Last-1); sure {
		return end
	}
	return t.SentenceAt(first).Last
}

// stopBetween reports whether a stop, or what is not ASCII, stands between two
// words or in the run of the first. A run of very many words is not read again
// for each of them.
func (t *Text) stopBetween(first, last int) bool {
	const far = 64
	run := first
	for t.Words[run].Joined() {
		if run--; first-run > far {
			return true
		}
	}
	s := t.Quote(run, last)
	return stopIn(s) >= 0 || !isASCII(s)
}

// plain reports whether a paragraph is ASCII.
func (t *Text) plain(p *Para) bool {
	if p.ascii == unread {
		p.ascii = notASCII
		if isASCII(t.Quote(p.First, p.Last)) {
			p.ascii = allASCII
		}
	}
	return p.ascii == allASCII
}

// splitPara appends the sentences of p. The segmenter reads ASCII as it stands.
// Of anything else it reads a copy in which every blank is one space, letters
// are composed and quotes are straight, so that how a text is encoded does not
// move its sentences.
func (t *Text) splitPara(p *Para) {
	words := t.Words[p.First:p.Last]
	base := words[0].Start
	src := t.Source(p)[base:words[len(words)-1].End]
	t.marks = t.marks[:0]
	if t.plain(p) {
		t.marks = t.split.ends(t.marks, src)
		t.addSents(p, t.marks, func(i int) int { return int(words[i].Start - base) })
		return
	}
	t.buf = t.buf[:0]
	for i := range words {
		w := &words[i]
		if i > 0 && !w.Joined() {
			t.buf = append(t.buf, ' ')
		}
		t.marks = append(t.marks, len(t.buf))
		t.buf = appendPlain(t.buf, w, src[w.Start-base:w.End-base])
	}
	n := len(t.marks)
	t.marks = t.split.ends(t.marks, string(t.buf))
	t.addSents(p, t.marks[n:], func(i int) int { return t.marks[i] })
}

// addSents appends the sentences that end at ends. start returns where a word
// of the paragraph begins, in the same count.
func (t *Text) addSents(p *Para, ends []int, start func(word int) int) {
	first, word := p.First, 0
	for _, end := range ends {
		for word < p.Last-p.First && start(word) < end {
			word++
		}
		if last := p.First + word; last > first && t.mayEnd(last) {
			t.sents = append(t.sents, Sent{first, last})
			first = last
		}
	}
	if first < p.Last {
		t.sents = append(t.sents, Sent{first, p.Last})
	}
}

// appendPlain appends the text of a word in one way of writing it.
func appendPlain(dst []byte, w *Word, text string) []byte {
	if isASCII(text) {
		return append(dst, text...) // no filler is ASCII
	}
	switch {
	case w.Has(Filler):
		return dst
	case w.Any(Quote|Clitic) && text[0] >= utf8.RuneSelf:
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case isApostrophe(r):
			return append(append(dst, '\''), text[n:]...)
		case isQuote(r):
			return append(append(dst, '"'), text[n:]...)
		}
	case !w.Has(Other) && !norm.NFC.IsNormalString(text):
		return norm.NFC.AppendString(dst, text)
	}
	return append(dst, text...)
}

func isASCII(s string) bool {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if load8(s, i)&high != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mayEnd reports whether a sentence may end before word last: not after an
// honorific, an initial or a listed abbreviation.
func (t *Text) mayEnd(last int) bool {
	w := &t.Words[last-1]
	if w.Has(Dotted) {
		return !w.Initial() // U.S. may end one, W. may not
	}
	if !w.Has(Stop) || !w.Joined() || last < 2 {
		return true
	}
	return t.vocab.Class(t.Words[last-2].ID)&(Abbreviation|Honorific) == 0
}
