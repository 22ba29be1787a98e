package lexicon

import "wiretag/tagger/internal/segment"

// A Token is one word of a phrase as the gazetteer writes it.
type Token struct {
	Text  string
	ID    uint32
	Flags segment.Flags
}

// A Phraser cuts the phrases of a gazetteer into tokens, by the same rules as
// the words of an article, and puts their norms into the vocabulary.
type Phraser struct {
	vocab  *segment.Vocab
	reader *segment.Reader
	text   segment.Text
	norm   []byte
}

// NewPhraser returns a Phraser for a vocabulary. The abbreviations must have
// been marked before its first phrase.
func NewPhraser(v *segment.Vocab) *Phraser {
	return &Phraser{vocab: v, reader: segment.NewReader(segment.Options{Vocab: v, Punkt: segment.NewPunkt()})}
}

// Tokens returns the tokens of a phrase without what glue may stand for: the
// hyphen of Coca-Cola and the stop of St. Petersburg. It returns none for a
// phrase without a letter or digit, which could never be found.
func (p *Phraser) Tokens(phrase string) []Token {
	words := p.reader.Cut(&p.text, phrase)
	var out []Token
	named := false
	for i := range words {
		w := &words[i]
		if w.Any(segment.Filler | segment.Hyphen) {
			continue
		}
		text := phrase[w.Start:w.End]
		if text == "." && len(out) > 0 && w.Joined() &&
			p.vocab.Class(out[len(out)-1].ID)&segment.Abbreviation != 0 {
			continue
		}
		p.norm = segment.AppendNorm(p.norm[:0], text)
		id := p.vocab.Intern(string(p.norm))
		out = append(out, Token{text, id, w.Flags})
		named = named || w.Has(segment.Name)
	}
	if !named {
		return nil
	}
	return out
}

// Auto returns the elements of a phrase under case policy auto: lower case
// matches any case, Capitalised matches Capitalised or ALL CAPS, capitals and
// mixed forms match as typed, in capitals, or as typed with a capital first
// letter; particles match any case beside other words.
func (p *Phraser) Auto(tokens []Token) []Elem {
	elems := make([]Elem, len(tokens))
	for i, t := range tokens {
		rule := p.auto(t)
		if len(tokens) > 1 && p.vocab.Class(t.ID)&segment.Particle != 0 {
			rule = Rule{}
		}
		elems[i] = Elem{t.ID, rule}
	}
	return elems
}

func (p *Phraser) auto(t Token) Rule {
	w := segment.Word{Flags: t.Flags}
	caps := Capitals(t.Text)
	switch {
	case !w.Has(segment.Name) || caps == 0:
		return Rule{Kind: AnyCase}
	case w.Has(segment.Capital):
		return Rule{Kind: Capitalised}
	case w.Has(segment.Upper) && caps >= 0b1111 &&
		p.vocab.Class(t.ID)&(segment.Common|segment.FirstName|segment.FamilyName) == 0:
		return Rule{Kind: Acronym, Capitals: caps} // NATO, also Nato
	}
	return Rule{Kind: Typed, Capitals: caps}
}

// As returns the elements of a phrase whose words are all under one kind of
// rule, AnyCase or Exact.
func As(kind Kind, tokens []Token) []Elem {
	elems := make([]Elem, len(tokens))
	for i, t := range tokens {
		elems[i] = Elem{t.ID, Rule{Kind: kind}}
		if kind == Exact {
			elems[i].Rule.Capitals = Capitals(t.Text)
		}
	}
	return elems
}

// Term returns the elements of a term of a rule: without a capital its words
// match every inflected form in any case (words of three letters or fewer only
// where they stand alone); with a capital, or where exact is set, as written.
func Term(p *Phraser, in *Inflector, tokens []Token, exact bool) []Elem {
	if exact {
		return As(Exact, tokens)
	}
	for _, t := range tokens {
		if Capitals(t.Text) != 0 {
			return p.Auto(tokens)
		}
	}
	elems := As(AnyCase, tokens)
	for i, t := range tokens {
		if inflects(tokens, i) {
			elems[i].ID = in.Lemma(t.Text)
		}
	}
	return elems
}
