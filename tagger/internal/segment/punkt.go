package segment

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"gopkg.in/neurosnap/sentences.v1"
	"gopkg.in/neurosnap/sentences.v1/data"
	"gopkg.in/neurosnap/sentences.v1/english"
)

// Punkt is the sentence segmenter that prose uses, with its training loaded
// once (5 ms), on first need or by Load. It is safe for concurrent use.
//
// The library makes a token, two dozen substring searches and several regular
// expressions of every word that could end a sentence. Here the same decision
// is made on the bytes: only the words that hold . ! or ? and the words after
// them are looked at. What it decides is what the library decides
// (TestPunktAgrees, FuzzPunkt); the rare cases that hang on more than the next
// word are given to it: a lone full stop, and U.S. before another word with a
// stop.
type Punkt struct {
	load func() *training
}

// A training is what the segmenter was taught, with the library as a judge.
type training struct {
	*sentences.Storage
	judge *sentences.DefaultSentenceTokenizer
}

// NewPunkt returns a segmenter that has loaded nothing yet.
func NewPunkt() *Punkt {
	return &Punkt{load: sync.OnceValue(func() *training {
		b, err := data.Asset("data/english.json")
		if err != nil { // the training is compiled in
			panic("unreachable: " + err.Error())
		}
		storage := new(sentences.Storage)
		if err := json.Unmarshal(b, storage); err != nil { // what LoadTraining does, and faster
			panic("unreachable: " + err.Error())
		}
		judge, err := english.NewSentenceTokenizer(storage) // adds abbreviations of its own
		if err != nil {
			panic("unreachable: " + err.Error())
		}
		return &training{storage, judge}
	})}
}

// Load loads the training, if it is not yet there: ahead of the first need.
func (p *Punkt) Load() { p.load() }

// A splitter finds the ends of sentences. Its buffers are reused; it belongs
// to one goroutine.
type splitter struct {
	punkt  *Punkt
	tokens []stopToken
	typ    []byte
	next   []byte
}

// A stopToken is a word of a text that holds . ! or ?, or the word after one.
type stopToken struct {
	start, end int
	stop       bool // holds one
}

// ends appends the byte offsets at which the sentences of s end. Its words are
// parted by white space, all of it ASCII.
func (p *splitter) ends(dst []int, s string) []int {
	switch {
	case s == "":
		return dst
	case partsWords(s): // the library parts words there, too
		return p.punkt.judge(dst, s)
	}
	p.tokenize(s)
	for i := range p.tokens {
		if p.tokens[i].stop && p.breaks(s, i) {
			dst = append(dst, p.tokens[i].end)
		}
	}
	if n := len(dst); n == 0 || dst[n-1] != len(s) {
		dst = append(dst, len(s))
	}
	return dst
}

// partsWords reports whether s holds a full stop, semicolon, exclamation or
// question mark of Chinese.
func partsWords(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		switch s[i] {
		case 0xe3, 0xef: // the first bytes of 。 and ；！？
			switch s[i : i+3] {
			case "。", "；", "！", "？":
				return true
			}
		}
	}
	return false
}

// judge asks the library. A panic of it (none was found in 5 million inputs)
// makes s one sentence.
func (p *Punkt) judge(dst []int, s string) (ends []int) {
	defer func() {
		if recover() != nil {
			ends = append(dst, len(s))
		}
	}()
	ends = dst
	for _, sent := range p.load().judge.Tokenize(s) {
		ends = append(ends, sent.End)
	}
	return ends
}

// tokenize finds the words that matter. As in the library, the last word is
// left out if its last character has several bytes.
func (p *splitter) tokenize(s string) {
	p.tokens = p.tokens[:0]
	last := len(s)
	if _, size := utf8.DecodeLastRuneInString(s); size > 1 {
		last = wordStart(s, last)
	}
	for i := 0; i < last; {
		at := stopIn(s[i:last])
		if at < 0 {
			return
		}
		start := wordStart(s, i+at)
		end := wordEnd(s, i+at)
		if end > last {
			return
		}
		p.tokens = append(p.tokens, stopToken{start, end, true})
		for { // the words after it, as long as they hold stops
			start = end
			for start < last && isBlank(s[start]) {
				start++
			}
			if start == last {
				return
			}
			end = wordEnd(s, start)
			stop := stopIn(s[start:end]) >= 0
			p.tokens = append(p.tokens, stopToken{start, end, stop})
			if !stop {
				break
			}
		}
		i = end
	}
}

// stopIn returns where the first . ! or ? is, or -1. strings.IndexAny is slow on
// what is as short as a word.
func stopIn(s string) int {
	for i := range len(s) {
		if c := s[i]; c == '.' || c == '!' || c == '?' {
			return i
		}
	}
	return -1
}

// wordStart returns where the word begins that s[:i] ends in.
func wordStart(s string, i int) int {
	for i > 0 && !isBlank(s[i-1]) {
		i--
	}
	return i
}

// wordEnd returns where the word ends that holds s[i].
func wordEnd(s string, i int) int {
	for i < len(s) && !isBlank(s[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// breaks says whether a sentence ends with token i, which holds a stop.
func (p *splitter) breaks(s string, i int) bool {
	one := s[p.tokens[i].start:p.tokens[i].end]
	if i+1 == len(p.tokens) {
		if one == "." {
			return p.ask(s, i)
		}
		brk, _ := p.punkt.load().byItself(one)
		return brk
	}
	brk, sure := p.between(one, s[p.tokens[i+1].start:p.tokens[i+1].end], p.tokens[i+1].stop)
	if !sure {
		return p.ask(s, i)
	}
	return brk
}

// endsBefore says whether a sentence ends before the word that begins at s[at],
// which another stands before, and whether that is sure. s is ASCII.
func (p *splitter) endsBefore(s string, at int) (ends, sure bool) {
	end := at
	for isBlank(s[end-1]) {
		end--
	}
	one, two := s[wordStart(s, end):end], s[at:wordEnd(s, at)]
	if stopIn(one) < 0 {
		return false, true
	}
	return p.between(one, two, stopIn(two) >= 0)
}

// between says whether a sentence ends between a word that holds a stop and
// the next, and whether that is sure: it may hang on the words around them.
func (p *splitter) between(one, two string, twoStops bool) (brk, sure bool) {
	many := manyStops(one)
	if one == "." || many && twoStops {
		return false, false
	}
	t := p.punkt.load()
	brk, abbr := t.byItself(one)
	if strings.HasSuffix(one, ".") {
		brk = p.byNext(t, one, two, brk, abbr, twoStops)
	}
	if many && !isInitial(one) {
		p.next = appendType(p.next[:0], two)
		return t.begins(two, p.next), true
	}
	return brk, true
}

// ask gives the library the words around token i.
func (p *splitter) ask(s string, i int) bool {
	all := make([]*sentences.Token, 0, 4)
	for j := max(i-1, 0); j < min(i+3, len(p.tokens)); j++ {
		all = append(all, sentences.NewToken(s[p.tokens[j].start:p.tokens[j].end]))
	}
	judge := p.punkt.load().judge
	return judge.AnnotateTokens(all, judge.Annotations...)[min(i, 1)].SentBreak
}

// byItself is the library's first pass: what a word says without the next.
func (t *training) byItself(tok string) (brk, abbr bool) {
	if endsLikeSentence(tok) {
		return true, false
	}
	if !strings.HasSuffix(tok, ".") || strings.HasSuffix(tok, "..") {
		return false, false
	}
	// The library cuts as many bytes as there are characters but one.
	word := strings.ToLower(tok[:utf8.RuneCountInString(tok)-1])
	if t.IsAbbr(word, word[strings.LastIndexByte(word, '-')+1:]) {
		return false, true
	}
	return true, false
}

// endsLikeSentence reports whether a word ends in ! or ?, or in a stop and a
// closing quote or bracket, or holds a stop before an opening one.
func endsLikeSentence(tok string) bool {
	for _, closing := range [...]string{"", `"`, "'", ")", "’", "”"} {
		rest, ok := strings.CutSuffix(tok, closing)
		if !ok || rest == "" {
			continue
		}
		switch rest[len(rest)-1] {
		case '!', '?':
			return true
		case '.':
			if closing != "" {
				return true
			}
		}
	}
	for i := 0; i+1 < len(tok); i++ {
		switch tok[i] {
		case '.':
			if c := tok[i+1]; c == '[' || c == '(' || c == '"' || c == '\'' {
				return true
			}
		case '!', '?':
			if c := tok[i+1]; c == '[' || c == '(' {
				return true
			}
		}
	}
	return false
}

// byNext is its second pass: what the next word says of a word that ends in a
// full stop.
func (p *splitter) byNext(t *training, one, two string, brk, abbr, twoStops bool) bool {
	p.typ = withoutStop(appendType(p.typ[:0], one))
	p.next = appendType(p.next[:0], two)
	if twoStops {
		if twoBreaks, _ := t.byItself(two); twoBreaks {
			p.next = withoutStop(p.next)
		}
	}
	word := len(p.typ)
	p.typ = append(append(p.typ, ','), p.next...)
	if t.Collocations[string(p.typ)] != 0 {
		return false
	}
	initial := isInitial(one)
	if (abbr || strings.HasSuffix(one, "..")) && !initial && t.begins(two, p.next) {
		return true
	}
	if initial || string(p.typ[:word]) == numberType {
		switch t.starts(two, p.next) {
		case 0:
			return false
		case -1:
			const lower = 1<<4 | 1<<5 | 1<<6
			if initial && firstIs(two, unicode.IsUpper) && t.OrthoContext[string(p.next)]&lower == 0 {
				return false
			}
		}
	}
	return brk
}

// starts says whether a word begins a sentence by how it is written and how
// its type was seen written: 1 yes, 0 no, -1 unknown.
func (t *training) starts(tok string, typ []byte) int {
	if len(tok) == 1 && strings.Contains(";:,.!?", tok) || tok == "：" || tok == "，" {
		return 0
	}
	const (
		upper, lower        = 1<<1 | 1<<2 | 1<<3, 1<<4 | 1<<5 | 1<<6
		upperInside, lowerA = 1 << 2, 1 << 4
	)
	seen := t.OrthoContext[string(typ)]
	switch {
	case firstIs(tok, unicode.IsUpper) && seen&lower > 0 && seen&upperInside == 0:
		return 1
	case firstIs(tok, unicode.IsLower) && (seen&upper > 0 || seen&lowerA == 0):
		return 0
	}
	return -1
}

// begins says whether a word begins a sentence: by starts, or because it often
// does.
func (t *training) begins(tok string, typ []byte) bool {
	return t.starts(tok, typ) == 1 || firstIs(tok, unicode.IsUpper) && t.SentStarters[string(typ)] != 0
}

func firstIs(tok string, is func(rune) bool) bool {
	r, _ := utf8.DecodeRuneInString(tok)
	return is(r)
}

// isInitial reports whether a word is one letter and a stop.
func isInitial(tok string) bool {
	c := tok[0] | 0x20
	return len(tok) == 2 && tok[1] == '.' && 'a' <= c && c <= 'z'
}

// manyStops reports whether a word is like U.S.: ((?:[\w]\.)+[\w]*\.)
func manyStops(tok string) bool {
	for i := 1; i+1 < len(tok); i++ {
		if tok[i] != '.' || !isWordByte(tok[i-1]) {
			continue
		}
		j := i + 1
		for j < len(tok) && isWordByte(tok[j]) {
			j++
		}
		if j < len(tok) && tok[j] == '.' {
			return true
		}
	}
	return false
}

func isWordByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_'
}

const numberType = "##number##"

// appendType appends the type of a word: in lower case, without commas, a
// number at its end as one sign.
func appendType(dst []byte, tok string) []byte {
	first := len(dst)
	dst = appendLower(dst, tok)
	if at := numberAt(dst[first:]); at >= 0 {
		dst = append(dst[:first+at], numberType...)
	}
	if len(dst)-first == 1 {
		return dst
	}
	typ := dst[first:]
	if bytes.IndexByte(typ, ',') < 0 {
		return dst
	}
	n := first
	for _, c := range typ {
		if c != ',' {
			dst[n] = c
			n++
		}
	}
	return dst[:n]
}

func appendLower(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return append(dst[:len(dst)-i], strings.ToLower(s)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// numberAt returns where the number begins that a word ends in, or -1:
// -?[\.,]?\d[\d,\.-]*\.?$
func numberAt(tok []byte) int {
	at := len(tok)
	for at > 0 && (isASCIIDigit(tok[at-1]) || strings.IndexByte(",.-", tok[at-1]) >= 0) {
		at--
	}
	for ; at < len(tok); at++ {
		i := at
		if tok[i] == '-' {
			i++
		}
		if i < len(tok) && (tok[i] == '.' || tok[i] == ',') {
			i++
		}
		if i < len(tok) && isASCIIDigit(tok[i]) {
			return at
		}
	}
	return -1
}

// withoutStop takes a full stop off the end of a type.
func withoutStop(typ []byte) []byte {
	if n := len(typ); n > 1 && typ[n-1] == '.' {
		return typ[:n-1]
	}
	return typ
}
