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

// splitPara appends the sentences of p. The segmenter reads ASCII as it stands,
// but for white space, and of anything else a copy in which every blank is one
// space, letters are composed and quotes are straight, so that how a text is
// encoded does not move its sentences.
func (t *Text) splitPara(p *Para) {
	src := t.Source(p)
	t.buf, t.marks = t.buf[:0], t.marks[:0]
	for i := p.First; i < p.Last; i++ {
		w := &t.Words[i]
		if i > p.First && !w.Joined() {
			t.buf = append(t.buf, ' ')
		}
		t.marks = append(t.marks, len(t.buf))
		t.buf = appendPlain(t.buf, w, src[w.Start:w.End])
	}
	n := len(t.marks)
	t.marks = t.split.ends(t.marks, string(t.buf))
	starts, ends := t.marks[:n], t.marks[n:]
	first, word := p.First, 0
	for _, end := range ends {
		for word < n && starts[word] < end {
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
	for i := range len(s) {
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
		return w.End-w.Start > 2 // U.S. may end one, W. may not
	}
	if !w.Has(Stop) || !w.Joined() || last < 2 {
		return true
	}
	return t.vocab.Class(t.Words[last-2].ID)&(Abbreviation|Honorific) == 0
}
