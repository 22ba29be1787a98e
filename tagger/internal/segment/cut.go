package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A cutter cuts runs (maximal stretches without white space) into words. Its
// buffers are reused; it belongs to one goroutine.
//
// A run is first cut into atoms: at every change between letters, digits,
// marks and anything else, and wherever prose cut it. Then atoms are joined
// again where a name or a number holds punctuation inside: initials (U.S.),
// numbers (1.5) and apostrophes (O'Sullivan, but not Zoom's).
type cutter struct {
	vocab  *Vocab
	pieces []piece
	atoms  []atom
	norm   []byte
}

// An atom is a part of a run that no rule but that of n't cuts further.
type atom struct {
	start, end int
	kind       atomKind
}

type atomKind uint8

const (
	letters    atomKind = iota // letters, digits, marks
	apostrophe                 // one apostrophe or single quote
	point                      // a full stop or a comma
	joiner                     // invisible, joins what it stands between
	blank                      // invisible, parts what it stands between
	other                      // one rune
)

// cut appends the words of run to dst. Their places are relative to the run,
// and they tile it.
func (c *cutter) cut(dst []Word, run string) []Word {
	if isPlain(run) {
		dst = append(dst, Word{End: uint32(len(run)), Flags: Name})
		c.describe(&dst[len(dst)-1], run)
		return dst
	}
	c.pieces = c.pieces[:0]
	if mayPart(run) {
		c.pieces = cutByProse(c.pieces, run)
	}
	c.split(run)
	first := len(dst)
	for i := 0; i < len(c.atoms); {
		w, n := c.word(run, i)
		dst = append(dst, w)
		i += n
	}
	words := dst[first:]
	for i := range words {
		c.describe(&words[i], run)
	}
	markNeighbours(words, run)
	markAddresses(words, run)
	return dst
}

// isPlain reports whether a run is only ASCII letters, which neither prose nor
// we cut.
func isPlain(run string) bool {
	for i := range len(run) {
		if c := run[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// split fills c.atoms.
func (c *cutter) split(run string) {
	c.atoms = c.atoms[:0]
	next := 0 // the first piece that does not begin before i
	for i := 0; i < len(run); {
		for next < len(c.pieces) && int(c.pieces[next].start) < i {
			next++
		}
		cutHere := next < len(c.pieces) && int(c.pieces[next].start) == i
		a := nextAtom(run, i)
		i = a.end
		if !c.extend(a, cutHere) {
			c.atoms = append(c.atoms, a)
		}
	}
}

// extend makes a part of the last atom, where the two are one: letters, or
// letters that only invisible joiners part (Zo\u00adom is a word).
func (c *cutter) extend(a atom, cutHere bool) bool {
	k := len(c.atoms) - 1
	if k < 0 || a.kind != letters && a.kind != joiner {
		return false
	}
	last := &c.atoms[k]
	switch {
	case last.kind == a.kind && !(cutHere && a.kind == letters):
		last.end = a.end
		return true
	case a.kind == letters && last.kind == joiner && k > 0 && c.atoms[k-1].kind == letters && !cutHere:
		c.atoms[k-1].end = a.end
		c.atoms = c.atoms[:k]
		return true
	}
	return false
}

// nextAtom reads one rune (or HTML entity) of run as an atom.
func nextAtom(run string, i int) atom {
	r, n := utf8.DecodeRuneInString(run[i:])
	switch {
	case r == '&':
		e, width := entity(run[i:])
		if e == '\'' {
			return atom{i, i + width, apostrophe}
		}
		return atom{i, i + max(width, 1), other}
	case isApostrophe(r): // before letters: U+02BC is a letter to Unicode
		return atom{i, i + n, apostrophe}
	case unicode.IsLetter(r), unicode.IsDigit(r),
		unicode.IsMark(r) && i > 0 && marksLetter(run[:i]):
		return atom{i, i + n, letters}
	case r == '.' || r == ',':
		return atom{i, i + n, point}
	case r == '\u200b':
		return atom{i, i + n, blank}
	case isJoiner(r):
		return atom{i, i + n, joiner}
	}
	return atom{i, i + n, other}
}

// marksLetter reports whether a mark that follows before belongs to a letter.
func marksLetter(before string) bool {
	for steps := 0; len(before) > 0 && steps < 64; steps++ {
		r, n := utf8.DecodeLastRuneInString(before)
		if !unicode.IsMark(r) {
			return unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		before = before[:len(before)-n]
	}
	return false
}

// word makes a word of the atoms from i and says how many it took: none where
// it took a part of atom i and left the rest.
func (c *cutter) word(run string, i int) (Word, int) {
	a, n, f := c.atoms[i], 1, Other
	switch a.kind {
	case joiner, blank:
		f = Filler
	case apostrophe:
		if c.isClitic(run, i) {
			f, n = Clitic, 2
		}
	case letters:
		if c.isNegation(run, i) {
			if a.end-a.start > 1 {
				c.atoms[i].start = a.end - 1
				return Word{Start: uint32(a.start), End: uint32(a.end - 1), Flags: Name}, 0
			}
			f, n = Clitic, 3
		} else if n = c.initials(run, i); n > 0 {
			f = Name | Dotted
		} else {
			f, n = Name, c.name(run, i)
		}
	}
	return Word{Start: uint32(a.start), End: uint32(c.atoms[i+n-1].end), Flags: f}, n
}

// isClitic reports whether atom i, an apostrophe, begins one: 's, 'll. A 's that
// stands alone is one, too: that is how tokenized text has it.
func (c *cutter) isClitic(run string, i int) bool {
	if i+1 >= len(c.atoms) || c.atoms[i+1].kind != letters {
		return false
	}
	if i == 0 {
		return len(c.atoms) == 2 && c.text(run, 1) == "s"
	}
	if c.atoms[i-1].kind != letters {
		return false
	}
	switch strings.ToLower(c.text(run, i+1)) {
	case "s", "d", "m", "t", "ll", "re", "ve":
		return true
	}
	return false
}

// isNegation reports whether atom i ends in the n of n't.
func (c *cutter) isNegation(run string, i int) bool {
	if last := run[c.atoms[i].end-1]; last != 'n' && last != 'N' {
		return false
	}
	return i+2 < len(c.atoms) && c.atoms[i+1].kind == apostrophe && c.atoms[i+2].kind == letters &&
		strings.EqualFold(c.text(run, i+2), "t")
}

// initials returns how many atoms from i are initials with their stops: U.S.,
// U.S, J.P. (before Morgan), W. Zero if they are none. One letter needs to be
// a capital and must not stand before an ellipsis.
func (c *cutter) initials(run string, i int) int {
	n, count := 0, 0
	for c.isInitial(run, i+n) {
		count++
		if !c.isPoint(run, i+n+1, '.') {
			n++
			break
		}
		n += 2
	}
	switch {
	case count >= 2:
		return n
	case count == 1 && n == 2 && !c.isPoint(run, i+2, '.'):
		if r, _ := utf8.DecodeRuneInString(c.text(run, i)); unicode.IsUpper(r) {
			return n
		}
	}
	return 0
}

// isInitial reports whether atom i is one letter.
func (c *cutter) isInitial(run string, i int) bool {
	if i >= len(c.atoms) || c.atoms[i].kind != letters {
		return false
	}
	text := c.text(run, i)
	r, n := utf8.DecodeRuneInString(text)
	for n < len(text) {
		m, size := utf8.DecodeRuneInString(text[n:])
		if !unicode.IsMark(m) && !isJoiner(m) {
			return false
		}
		n += size
	}
	return unicode.IsLetter(r)
}

// name returns how many atoms from i are one name or number: 1.5, O'Sullivan.
func (c *cutter) name(run string, i int) int {
	n := 1
	for i+n+1 < len(c.atoms) && c.atoms[i+n+1].kind == letters {
		mid, end := c.atoms[i+n], c.atoms[i+n].start
		switch {
		case mid.kind == point && isASCIIDigit(run[end-1]) && isASCIIDigit(run[mid.end]):
		case mid.kind == apostrophe && !c.isClitic(run, i+n) && !c.isNegation(run, i+n+1) &&
			endsInLetter(run[:end]) && beginsWithLetter(run[mid.end:]):
		default:
			return n
		}
		n += 2
	}
	return n
}

func (c *cutter) text(run string, i int) string { return run[c.atoms[i].start:c.atoms[i].end] }

func (c *cutter) isPoint(run string, i int, p byte) bool {
	return i < len(c.atoms) && c.atoms[i].kind == point && run[c.atoms[i].start] == p
}

func beginsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func endsInLetter(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsMark(r)
}

// describe sets the flags of a word that follow from its own text, and its
// number.
func (c *cutter) describe(w *Word, run string) {
	text := run[w.Start:w.End]
	k := keyOf(text, 0, len(text))
	switch {
	case w.Has(Filler):
		return
	case w.Has(Name) && k.isLetters(): // four in five
		w.Flags |= k.shape()
		w.ID = c.vocab.lookupKey(k.lower())
	default:
		if w.Has(Name) {
			w.Flags |= shape(text)
		}
		if w.Has(Other) {
			w.Flags |= punctuation(text)
		}
		c.norm = AppendNorm(c.norm[:0], text)
		w.ID = c.vocab.Lookup(c.norm)
	}
	class := c.vocab.Class(w.ID)
	if class&StartsLower != 0 || class&StartsPhrase != 0 && !w.Has(Lower) {
		w.Flags |= Starts
	}
	if class&HasLemmas != 0 {
		w.Flags |= Inflected
	}
}

// shape returns the flags that say how a word is written.
func shape(text string) Flags {
	var f Flags
	total, upper := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			if total == 0 {
				f |= FirstUpper
			}
			upper++
			total++
		case unicode.IsLetter(r):
			total++
		case unicode.IsDigit(r):
			f |= Number
		}
	}
	if total == 0 {
		return f
	}
	f &^= Number
	switch {
	case upper == 0:
		return f | Lower
	case upper == total && total == 1:
		return f | Upper | Capital
	case upper == total:
		return f | Upper
	case upper == 1 && f&FirstUpper != 0:
		return f | Capital
	}
	return f | Mixed
}

// punctuation returns the flags of one rune that is no letter.
func punctuation(text string) Flags {
	r, _ := utf8.DecodeRuneInString(text)
	switch r {
	case '.', '!', '?', '…', '。', '！', '？':
		return Stop
	case '(', '[', '{', ')', ']', '}':
		return Quote
	case '“', '‘', '«', '„', '‟', '‛', '‹', '‚':
		return Quote | Opens
	}
	if isQuote(r) || strings.HasPrefix(text, "&") && len(text) > 1 && text != "&amp;" {
		return Quote
	}
	return 0
}

// markNeighbours sets the flags of a run's words that follow from the words
// around them.
func markNeighbours(words []Word, run string) {
	for i := range words {
		w := &words[i]
		if !w.Has(Other) {
			continue
		}
		before := i > 0 && words[i-1].Any(Name|Clitic)
		after := i+1 < len(words) && words[i+1].Has(Name)
		switch text := run[w.Start:w.End]; {
		case before && after && isHyphen(text):
			w.Flags |= Hyphen
		case text == "$" && before: // a currency: US$1.5bn
			words[i-1].Flags |= NoMatch
		case text == "_" && before && after: // an identifier: some_name; but not _emphasis_
			words[i-1].Flags |= NoMatch
			words[i+1].Flags |= NoMatch
		case w.Has(Quote) && after && (i == 0 || words[i-1].Has(Other) && !words[i-1].Has(Stop)) &&
			!strings.ContainsAny(text, "()[]{}"):
			w.Flags |= Opens
		}
	}
}

// isHyphen reports whether text is a hyphen or an en dash.
func isHyphen(text string) bool {
	switch text {
	case "-", "\u2010", "\u2011", "–":
		return true
	}
	return false
}
