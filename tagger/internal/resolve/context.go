package resolve

import (
	"slices"

	"wiretag/models"
	"wiretag/tagger/internal/segment"
)

// before returns the word that a blank, a hyphen or the stop of an abbreviation
// joins to word first; -1 if there is none.
func (r *run) before(first int) (word int, hyphen bool) {
	words := r.text.Words
	if first == 0 || words[first].Has(segment.First) {
		return -1, false
	}
	w := first - 1
	for w > 0 && words[w].Has(segment.Filler) && !words[w].Has(segment.First) {
		w--
	}
	if words[w].Has(segment.Hyphen) {
		return w - 1, true
	}
	if r.isAbbreviationStop(w) {
		w--
	}
	if !words[w].Has(segment.Name) {
		return -1, false
	}
	return w, false
}

// after returns the word that a blank or a hyphen joins behind word last-1.
func (r *run) after(last int) (word int, hyphen bool) {
	words := r.text.Words
	for last < len(words) && words[last].Has(segment.Filler) {
		last++
	}
	if last >= len(words) || words[last].Has(segment.First) {
		return -1, false
	}
	if words[last].Has(segment.Hyphen) {
		return last + 1, true
	}
	if !words[last].Has(segment.Name) {
		return -1, false
	}
	return last, false
}

// inLongerName reports whether a name is a part of a longer one that nobody
// listed: Texas Instruments, Ivanka Trump, Jin Liqun, and of several words San
// Francisco Bay Area. People, places and peoples stand in the names of others;
// a name of several words is not lengthened by what stands before it. A place is
// a part, too, that ends a name begun by a listed word: University of Texas.
//
// Names of other types (Zoom, as in Zoom Report) are no parts, but for an
// everyday word behind a capitalised one (the League in Defamation Action
// League), an ORG behind a first name (Betty Uber), and what stands before a word
// that makes a name of something else (Ford Foundation). The name of a case in
// court holds those of its parties, and Mr. Houston is no city.
//
// With inside: true a name counts all the same, but in the name of a case, and
// a place in that of a body. [corpora: 28 of 30 such US are parts]
func (r *run) inLongerName(c *candidate, f *form) bool {
	if r.isParty(c.first, c.last) {
		return true
	}
	part := f.is(formPart)
	if f.is(formInside) {
		return part && r.beginsBody(c.last)
	}
	if part && c.inner || r.isPersons(c, f) {
		return true
	}
	if c.last-c.first == 1 {
		prev, hyphen := r.before(c.first)
		named := part || f.is(formCommon) || f.is(formOrg) && prev >= 0 && !hyphen && r.class(prev)&segment.FirstName != 0
		if named && prev >= 0 && r.lengthens(prev, hyphen) && !r.beginsSpeech(prev, c.last) {
			return true
		}
	}
	if part && r.behindNameHead(c.first) {
		return true
	}
	next, hyphen := r.after(c.last)
	switch {
	case next < 0, !part && (hyphen || r.class(next)&segment.NameTail == 0):
		return false
	case part && !hyphen && r.beginsPerson(next) && (f.via() == models.ViaDemonym && r.class(c.first)&segment.FirstName == 0 || r.behindOffice(c.first)):
		return false
	}
	return r.lengthens(next, hyphen)
}

// isPersons reports whether the word before a name of one word makes it a
// person's, who may have no entry: a form of address, or before a place that
// is a family name, too, an office: Mr. Houston, President Cleveland. [corpora:
// all of 29] The King of Burger King is none.
func (r *run) isPersons(c *candidate, f *form) bool {
	if c.last-c.first > 1 {
		return false
	}
	prev, hyphen := r.before(c.first)
	if prev < 0 || hyphen || !r.text.Words[prev].Has(segment.Capital) || r.marks[prev]&markStrong != 0 {
		return false
	}
	office := r.marks[prev]&markTitle != 0 && r.class(c.first)&segment.FamilyName != 0 && f.is(formPart) && f.via() != models.ViaDemonym
	return (office || r.class(prev)&segment.Honorific != 0) && !r.names.IsType(r.names.typ(f), "PERSON")
}

// beginsBody reports whether the capitalised words behind a name that counts
// inside longer ones hold one that only bodies and prizes have: the US Chess
// Federation is one name, the US Agriculture Secretary is not.
func (r *run) beginsBody(last int) bool {
	for range mostBody {
		next, hyphen := r.after(last)
		if next < 0 || hyphen || !r.lengthens(next, false) {
			return false
		}
		if r.class(next)&(segment.NameHead|segment.NameTail) != 0 {
			return true
		}
		last = next + 1
	}
	return false
}

// mostBody is how many words of a body's name are looked at.
const mostBody = 5

// isParty reports whether “v.” and a capital stand beside a name: Kelly v. Zoom.
// Without its stop, v is between the sides of a match.
func (r *run) isParty(first, last int) bool {
	words := r.text.Words
	return last+2 < len(words) && r.wordIs(last, "v") && r.joinedStop(last+1) && words[last+2].Has(segment.FirstUpper) ||
		first > 2 && r.joinedStop(first-1) && r.wordIs(first-2, "v") && words[first-3].Has(segment.FirstUpper)
}

// behindOffice reports whether a title and “of” stand before a word: the
// President of Kenya.
func (r *run) behindOffice(first int) bool {
	word, hyphen := r.before(first)
	if word < 0 || hyphen || !r.wordIs(word, "of") {
		return false
	}
	title, hyphen := r.before(word)
	return title >= 0 && !hyphen && r.marks[title]&markTitle != 0
}

// beginsPerson reports whether a word is a first name that a family name
// follows: the Kenyan Eliud Kipchoge is a Kenyan, and so is the President of
// Kenya William Ruto.
func (r *run) beginsPerson(word int) bool {
	if r.class(word)&(segment.FirstName|segment.Common) != segment.FirstName {
		return false
	}
	next, hyphen := r.after(word + 1)
	return next >= 0 && !hyphen && r.text.Words[next].Has(segment.FirstUpper) && r.class(next)&(segment.NameTail|segment.Common) == 0
}

// behindNameHead reports whether a word ends a name that a listed word begins,
// as the University of Texas or the Church of the Netherlands, or any word where
// the name is of another language: Banco de Chile. Only a university keeps its
// name without a capital. [wikigold: 9 of 84 wrong mentions]
func (r *run) behindNameHead(first int) bool {
	word, hyphen := r.before(first)
	if word >= 0 && !hyphen && r.wordIs(word, "the") {
		word, hyphen = r.before(word)
	}
	if word < 0 || hyphen {
		return false
	}
	foreign := r.text.Words[word].Has(segment.Lower) && r.class(word)&segment.NameLink != 0
	if !foreign && !r.wordIs(word, "of") {
		return false
	}
	head, hyphen := r.before(word)
	switch {
	case head < 0 || hyphen:
		return false
	case !r.text.Words[head].Has(segment.FirstUpper):
		return r.wordIs(head, "university")
	}
	return foreign || r.class(head)&segment.NameHead != 0
}

// lengthens reports whether a neighbour of a name is a capitalised word that
// has no other reason for its capital and is no part of a name by itself.
func (r *run) lengthens(word int, hyphen bool) bool {
	w := &r.text.Words[word]
	if !w.Has(segment.Name|segment.FirstUpper) || r.marks[word]&markTitle != 0 {
		return false
	}
	class := r.class(word)
	if class&(segment.Month|segment.Weekday|segment.Honorific) != 0 ||
		hyphen && class&(segment.HyphenSuffix|segment.HyphenPrefix) != 0 {
		return false
	}
	return r.marks[word]&markStrong == 0 && !r.isTheBehindColon(word) && !r.capitalMeansNothing(word)
}

// isTheBehindColon reports whether a word is the The of “Background: The Danes”.
// Elsewhere inside a sentence it is a part of the name: The Atlantic.
func (r *run) isTheBehindColon(word int) bool {
	return r.wordIs(word, "The") && word > 0 && !r.text.Words[word].Has(segment.First) && r.wordIs(word-1, ":")
}

// theIsSilent reports whether the The of a name would stand there anyway.
func (r *run) theIsSilent(word int) bool { return r.CapitalSilent(word) || r.isTheBehindColon(word) }

// capitalMeansNothing reports whether a word would have its capital whatever
// it were: the first of its sentence, or in a line of titles or capitals.
func (r *run) capitalMeansNothing(word int) bool {
	return r.firstOfSentence(word) || r.line(word) != plainLine
}

// beginsSpeech reports whether a word is the first of a quotation that goes on
// behind a name that ends at last: the capital of “For Mexico it is” says
// nothing, that of “Greater Serbia” does.
func (r *run) beginsSpeech(word, last int) bool {
	if !r.opensQuote(word) {
		return false
	}
	behind := r.text.Words[last:min(last+2, len(r.text.Words))]
	return !slices.ContainsFunc(behind, func(w segment.Word) bool { return w.Has(segment.Quote) })
}

// isSilent reports whether the capitals of a candidate say nothing: every word
// that has one would have it anyway. A word in capitals (US) says something
// unless its whole line is in capitals: at the start of a sentence "us" would
// be written Us. Stops (U.S.) and possessives (Apple’s) always speak.
func (r *run) isSilent(c *candidate) bool {
	words := r.text.Words
	if c.last < len(words) && words[c.last].Has(segment.Clitic) || r.namesOffice(c.last) {
		return false
	}
	for i := c.first; i < c.last; i++ {
		w := &words[i]
		if !w.Has(segment.Name | segment.FirstUpper) {
			continue
		}
		line := r.line(i)
		shouts := w.Any(segment.Upper|segment.Mixed) && w.End-w.Start > 1
		switch {
		case w.Has(segment.Dotted):
			return false
		case line == capitalLine:
		case shouts:
			return false
		case line == titleLine, r.firstOfSentence(i), r.opensQuote(i):
		default:
			return false
		}
	}
	return true
}

// namesOffice reports whether a title and a name go on behind a name: the Apple
// of “Apple CEO Tim Cook” is no fruit.
func (r *run) namesOffice(last int) bool {
	word, hyphen := r.after(last)
	if word < 0 || hyphen || r.marks[word]&markTitle == 0 || !r.text.Words[word].Has(segment.FirstUpper) {
		return false
	}
	for word >= 0 && !hyphen && r.marks[word]&markTitle != 0 {
		word, hyphen = r.after(word + 1)
	}
	return word >= 0 && !hyphen && r.text.Words[word].Has(segment.FirstUpper)
}

// firstOfSentence reports whether a word is the first of its sentence that is
// no punctuation. A dateline is not part of the sentence.
func (r *run) firstOfSentence(word int) bool {
	prev := word - 1
	for !r.text.Words[prev+1].Has(segment.First) && !r.text.Words[prev].Any(segment.Name|segment.Clitic) {
		prev--
	}
	if r.text.Words[prev+1].Has(segment.First) {
		return true
	}
	if end := r.text.Dateline().Last; prev < end && end <= word {
		return true
	}
	return r.text.Parts(prev, word)
}

// opensQuote reports whether a word is the first of a quotation.
func (r *run) opensQuote(word int) bool {
	w := &r.text.Words[word]
	return word > 0 && w.Joined() && r.text.Words[word-1].Has(segment.Opens)
}

// CapitalSilent reports whether a word of the article last decided would have
// a capital whatever it were.
func (r *run) CapitalSilent(word int) bool {
	return r.capitalMeansNothing(word) || r.opensQuote(word)
}

// InHeadline reports whether a word of the article last decided stands in a
// line of titles or capitals.
func (d *Decider) InHeadline(word int) bool { return d.line(word) != plainLine }

// InTitle reports whether a word of the article last decided stands in an
// honorific or job title.
func (d *Decider) InTitle(word int) bool { return d.marks[word]&markTitle != 0 }

type lineKind uint8

const (
	plainLine lineKind = iota
	titleLine
	capitalLine
)

// A title line has so many words of so many letters, such a part capitalised,
// and does not end in a full stop: a sentence may be full of names, too.
const (
	titleWords   = 3
	titleLetters = 4
	titlePart    = .8
)

// line returns how the line of a word is written. The answer is kept with
// every word of it: they are asked about again and again.
func (r *run) line(word int) lineKind {
	if known := r.marks[word] / markLine; known > 0 {
		return lineKind(known - 1)
	}
	words := r.text.Words
	first, last := word, word+1
	for first > 0 && !words[first].Any(segment.First|segment.Break) {
		first--
	}
	for last < len(words) && !words[last].Any(segment.First|segment.Break) {
		last++
	}
	kind := kindOfLine(words[first:last])
	for i := first; i < last; i++ {
		r.marks[i] |= (1 + uint8(kind)) * markLine
	}
	return kind
}

// kindOfLine reads no further than it must: most lines end in a full stop and
// begin with a word that is not in capitals.
func kindOfLine(words []segment.Word) lineKind {
	stops := words[len(words)-1].Has(segment.Stop)
	cased, upper, long, capital := 0, 0, 0, 0
	for i := range words {
		w := &words[i]
		if !w.Has(segment.Name) || !w.Any(segment.Lower|segment.Capital|segment.Upper|segment.Mixed) {
			continue
		}
		cased++
		if w.Has(segment.Upper) {
			upper++
		} else if stops {
			return plainLine
		}
		if w.End-w.Start >= titleLetters {
			long++
			if w.Has(segment.FirstUpper) {
				capital++
			}
		}
	}
	switch {
	case cased >= 2 && upper == cased:
		return capitalLine
	case long >= titleWords && float64(capital) >= titlePart*float64(long) && !stops:
		return titleLine
	}
	return plainLine
}
