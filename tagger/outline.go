package tagger

import (
	"wiretag/models"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
)

// An Outline is an article as the engine reads it: its words, its sentences,
// and where the gazetteer knows a name. It is plain values and shares no
// memory with the Tagger.
type Outline struct {
	Words     []Word
	Sentences []Range // in order; every word is in one
}

// A Range is words [First,Last) of an Outline.
type Range struct{ First, Last int }

// A Word is a stretch of letters, digits and marks, or one rune of anything
// else, at its place in the article.
type Word struct {
	models.Place
	Traits Traits
}

// Is reports whether a word has one of the traits.
func (w *Word) Is(t Traits) bool { return w.Traits&t != 0 }

// Traits say what a word is and how it stands in the article.
type Traits uint32

// The traits. Those from IsHonorific on are facts of the house's word lists,
// which hold wherever the word stands.
const (
	IsName     Traits = 1 << iota // letters, digits and marks; no punctuation
	IsCapital                     // begins with a capital, or has one inside: eBay
	IsUpper                       // every letter is a capital
	IsNumber                      // has a digit and no letter
	IsDotted                      // initials with their stops: U.S.
	IsJoined                      // touches the word before it
	IsHyphen                      // a hyphen or en dash with a name on both sides
	IsClitic                      // 's, n't and their like
	IsUnread                      // inside an address or path: no name is found in it
	IsSilent                      // has a capital that it would have whatever it were
	IsHeadline                    // stands in a line of titles or capitals
	IsFront                       // stands before the article: a date, a byline
	IsDateline                    // stands in the dateline
	IsKnown                       // stands in a mention, an undecided span or a mask
	IsKnownGPE                    // stands in a mention of a GPE
	IsTitle                       // in an honorific or job title, perhaps of several words

	IsHonorific
	IsMonth // or a weekday
	IsParticle
	IsCommon // an everyday word when it stands in lower case
	IsFirstName
	IsFamilyName
	IsLegalSuffix
	IsClosing  // Group, Holdings: what the press leaves off a company's name
	IsNameHead // University, Gulf: begins a name that goes on with of and a place
	IsNameSuffix
	IsHyphenSuffix
	IsHyphenPrefix
	IsAbbreviation // a full stop behind it does not end a sentence
)

// Outline fills o, whose slices are used again, with an article. It is safe
// for concurrent use, each goroutine with an Outline of its own, and takes time
// linear in the text.
func (t *Tagger) Outline(o *Outline, doc *models.Document) {
	s := t.borrow()
	decided, _, _ := t.decide(doc, s)
	o.Words, o.Sentences = o.Words[:0], o.Sentences[:0]
	for i := range s.text.Paras {
		p := &s.text.Paras[i]
		for _, sent := range s.text.Sentences(i) {
			o.Sentences = append(o.Sentences, Range(sent))
		}
		for w := p.First; w < p.Last; w++ {
			o.Words = append(o.Words, t.outlineWord(s, p, w))
		}
	}
	for i := range decided.Mentions {
		m := &decided.Mentions[i]
		known := IsKnown
		if t.names.IsType(m.Type, "GPE") {
			known |= IsKnownGPE
		}
		o.mark(m.First, m.Last, known)
	}
	for _, c := range decided.Covered {
		o.mark(c.First, c.Last, IsKnown)
	}
	t.giveBack(s)
}

func (o *Outline) mark(first, last int, traits Traits) {
	for i := first; i < last; i++ {
		o.Words[i].Traits |= traits
	}
}

// outlineWord tells what the engine knows of a word.
func (t *Tagger) outlineWord(s *scratch, p *segment.Para, at int) Word {
	w := &s.text.Words[at]
	out := Word{models.Place{Field: p.Field, Span: models.Span{Start: int(w.Start), End: int(w.End)}}, 0}
	for _, f := range [...]struct {
		flag  segment.Flags
		trait Traits
	}{
		{segment.Name, IsName}, {segment.FirstUpper | segment.Mixed, IsCapital}, {segment.Upper, IsUpper},
		{segment.Number, IsNumber}, {segment.Dotted, IsDotted}, {segment.Hyphen, IsHyphen},
		{segment.Clitic, IsClitic}, {segment.NoMatch | segment.Domain, IsUnread},
	} {
		if w.Any(f.flag) {
			out.Traits |= f.trait
		}
	}
	if w.Joined() {
		out.Traits |= IsJoined
	}
	switch {
	case p.Zone == models.Front:
		out.Traits |= IsFront
	case at >= s.text.Dateline().First && at < s.text.Dateline().Last:
		out.Traits |= IsDateline
	}
	if out.Is(IsCapital) {
		out.Traits |= capitalTraits(s.decider, at)
	}
	return Word{out.Place, out.Traits | t.classTraits(w.ID)}
}

// capitalTraits says what the place of a capitalised word means for it.
func capitalTraits(d *resolve.Decider, at int) Traits {
	var out Traits
	switch {
	case d.InHeadline(at):
		out = IsHeadline | IsSilent
	case d.CapitalSilent(at):
		out = IsSilent
	}
	if d.InTitle(at) {
		out |= IsTitle
	}
	return out
}

// classTraits says what the word lists know of a word.
func (t *Tagger) classTraits(id uint32) Traits {
	class := t.vocab.Class(id)
	if class == 0 {
		return 0
	}
	var out Traits
	for _, c := range [...]struct {
		class segment.Class
		trait Traits
	}{
		{segment.Honorific, IsHonorific}, {segment.Month | segment.Weekday, IsMonth}, {segment.Particle, IsParticle},
		{segment.Common, IsCommon}, {segment.FirstName, IsFirstName}, {segment.FamilyName, IsFamilyName},
		{segment.LegalSuffix, IsLegalSuffix}, {segment.Closing, IsClosing}, {segment.NameHead, IsNameHead}, {segment.NameSuffix, IsNameSuffix},
		{segment.HyphenSuffix, IsHyphenSuffix}, {segment.HyphenPrefix, IsHyphenPrefix},
		{segment.Abbreviation, IsAbbreviation},
	} {
		if class&c.class != 0 {
			out |= c.trait
		}
	}
	return out
}

// AppendNorm appends the form in which two ways of writing a word are the
// same: case folded, marks and the stops of initials dropped.
func AppendNorm(dst []byte, word string) []byte { return segment.AppendNorm(dst, word) }

// Abbreviates reports whether the letters of an acronym stand in a long form
// in their order, the first at its very start (Schwartz and Hearst, 2003).
func Abbreviates(acronym, long string) bool { return resolve.Abbreviates(acronym, long) }

// A Recognized is a name as prose's own entity extraction sees it.
type Recognized struct {
	Text string // its words, with single blanks
	Type string // PERSON, GPE or ORG
}

// NewRecognizer returns prose's entity extraction, whose model is loaded once
// (a quarter of a second, 40 MB). It is made for a few sentences and not for
// articles: 60 µs a word. It is wrong about every second name of an
// organisation. A sentence of more than 500 bytes, or on which prose fails, has
// no names. It is safe for concurrent use.
func NewRecognizer() func(sentence string) []Recognized {
	r := segment.NewRecognizer()
	return func(sentence string) []Recognized {
		var out []Recognized
		for _, n := range r.Names(sentence) {
			out = append(out, Recognized(n))
		}
		return out
	}
}
