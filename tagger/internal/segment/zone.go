package segment

import (
	"unicode/utf8"

	"wiretag/models"
)

// The sizes that tell zones apart.
const (
	titleRunes   = 150 // a title has at most so many code points
	leadSents    = 2   // the lead is so many sentences
	leadWords    = 5   // of at least so many words
	frontWords   = 5   // after the title, a line of fewer words without a stop is front
	bylineWords  = 8
	datelineSpan = 14 // words before the dash, punctuation counted
)

// ZoneAt returns the zone of a word.
func (t *Text) ZoneAt(word int) models.Zone {
	p := &t.Paras[t.ParaAt(word)]
	if p.Zone != models.Body {
		return p.Zone
	}
	if t.dateline.First <= word && word < t.dateline.Last {
		return models.Dateline
	}
	for _, s := range t.Lead() {
		if s.First <= word && word < s.Last {
			return models.Lead
		}
	}
	return models.Body
}

// Lead returns the sentences of the lead: the first two of at least five words
// after title and front.
func (t *Text) Lead() []Sent {
	if t.leadOK {
		return t.lead
	}
	t.leadOK = true
	for i := t.body; i < len(t.Paras); i++ {
		for s := (Sent{Last: t.Paras[i].First}); s.Last < t.Paras[i].Last; {
			s = Sent{s.Last, t.sentenceEnd(i, s.Last)}
			if t.names(s.First, s.Last) >= leadWords {
				t.lead = append(t.lead, s)
			}
			if len(t.lead) == leadSents {
				return t.lead
			}
		}
	}
	return t.lead
}

// findZones marks title and front, and finds the dateline.
func (t *Text) findZones() {
	i, titled := 0, false
	if len(t.Paras) > 0 && t.Paras[0].Zone == models.Headline {
		i, titled = 1, true
	}
	for ; i < len(t.Paras); i++ {
		p := &t.Paras[i]
		switch {
		case t.isFront(p), titled && t.isShort(p) && i+1 < len(t.Paras):
			p.Zone = models.Front
			continue
		case !titled && i+1 < len(t.Paras) && t.isTitle(p):
			p.Zone, titled = models.Headline, true
			continue
		}
		break
	}
	t.body = i
	if i < len(t.Paras) {
		t.dateline = t.findDateline(&t.Paras[i])
	}
}

// isTitle reports whether a paragraph can be a headline: one line of at most
// 150 code points without a final full stop.
func (t *Text) isTitle(p *Para) bool {
	for i := p.First + 1; i < p.Last; i++ {
		if t.Words[i].Has(Break) {
			return false
		}
	}
	return utf8.RuneCountInString(t.Quote(p.First, p.Last)) <= titleRunes && !t.endsInStop(p, ".")
}

// endsInStop reports whether a paragraph ends in a sentence stop; only in the
// given one, unless that is "".
func (t *Text) endsInStop(p *Para, only string) bool {
	for i := p.Last - 1; i >= p.First; i-- {
		w := &t.Words[i]
		switch {
		case w.Any(Quote | Filler):
			continue
		case w.Has(Stop):
			return only == "" || t.Quote(i, i+1) == only
		}
		return false
	}
	return false
}

// isShort reports whether a paragraph is a line of the page and not of the
// article: fewer than five words and no stop.
func (t *Text) isShort(p *Para) bool {
	return t.names(p.First, p.Last) < frontWords && !t.endsInStop(p, "")
}

// isFront reports whether a paragraph is only a date, byline, agency or URL,
// and notes the date.
func (t *Text) isFront(p *Para) bool {
	if date, ok := t.date(p); ok {
		if t.Date == "" {
			t.Date = date
		}
		return true
	}
	return t.isByline(p) || t.allNames(p, func(w *Word) bool { return t.vocab.Class(w.ID)&Agency != 0 }) ||
		t.allNames(p, func(w *Word) bool { return w.Any(NoMatch | Domain) })
}

// isByline reports whether a paragraph is By and names.
func (t *Text) isByline(p *Para) bool {
	if SameNorm(t.Quote(p.First, p.First+1), "by") && t.names(p.First, p.Last) <= bylineWords &&
		t.names(p.First, p.Last) > 1 && !t.endsInStop(p, "") {
		for i := p.First + 1; i < p.Last; i++ {
			w := &t.Words[i]
			if w.Has(Name) && !w.Any(FirstUpper|Number) && !t.isLink(i) {
				return false
			}
		}
		return true
	}
	return false
}

// isLink reports whether a lower-case word may stand in a byline.
func (t *Text) isLink(i int) bool {
	if t.vocab.Class(t.Words[i].ID)&Particle != 0 {
		return true
	}
	switch t.Quote(i, i+1) {
	case "and", "in", "for", "at":
		return true
	}
	return false
}

// allNames reports whether a paragraph has words and all of them meet ok.
func (t *Text) allNames(p *Para, ok func(*Word) bool) bool {
	n := 0
	for i := p.First; i < p.Last; i++ {
		if w := &t.Words[i]; w.Has(Name) {
			if !ok(w) {
				return false
			}
			n++
		}
	}
	return n > 0
}

// names counts the words of [first,last) that are no punctuation.
func (t *Text) names(first, last int) int {
	n := 0
	for i := first; i < last; i++ {
		if t.Words[i].Has(Name) {
			n++
		}
	}
	return n
}

// findDateline returns the words of a dateline at the start of p: a place in
// capitals or a known place, perhaps a date or an agency (whatever stands in
// brackets), then a dash or colon. BEIJING (AP) — , New York, March 3: .
func (t *Text) findDateline(p *Para) Sent {
	none := Sent{p.First, p.First}
	end := min(p.Last, p.First+datelineSpan)
	i := p.First
	if !t.beginsPlace(i) {
		return none
	}
	inPlace, bracket := true, false
	for ; i < end; i++ {
		w := &t.Words[i]
		class := t.vocab.Class(w.ID)
		switch text := t.Quote(i, i+1); {
		case i > p.First && t.isDash(p, i):
			for i+1 < p.Last && t.isDash(p, i+1) {
				i++
			}
			return Sent{p.First, i + 1}
		case w.Has(Name):
			if (inPlace || bracket) && w.Has(FirstUpper) || w.Has(Number) || class&(Month|Weekday|Agency) != 0 {
				continue
			}
			return none
		case text == "," || text == "." || text == "(" || text == ")" || text == "/":
			inPlace = inPlace && (text == "," || text == ".")
			bracket = text == "(" || bracket && text != ")"
		default:
			return none
		}
	}
	return none
}

// beginsPlace reports whether a word can begin the place of a dateline.
func (t *Text) beginsPlace(i int) bool {
	w := &t.Words[i]
	return w.Has(Upper) && w.End-w.Start > 1 && !w.Has(Dotted) ||
		w.Has(FirstUpper) && t.vocab.Class(w.ID)&Place != 0
}

// isDash reports whether a word is a dash or colon that can end a dateline.
func (t *Text) isDash(p *Para, i int) bool {
	switch t.Quote(i, i+1) {
	case "—", "―", ":":
		return true
	case "-", "–":
		w := &t.Words[i]
		spaced := i+1 < p.Last && !t.Words[i+1].Joined()
		double := i+1 < p.Last && t.Quote(i+1, i+2) == "-" || t.Quote(i-1, i) == "-"
		return !w.Has(Hyphen) && (spaced && !w.Joined() || double)
	}
	return false
}
