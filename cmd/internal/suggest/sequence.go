package suggest

import (
	"slices"
	"strings"
	"unicode"

	"wiretag/models"
	"wiretag/tagger"
)

// sequence makes a candidate of the capitalised words [first,last) of a
// sentence, once what is no part of a name is off: titles, days, The, what the
// gazetteer knows.
func (r *Reader) sequence(first, last int, s tagger.Range) {
	first, last = r.offDays(first, last)
	first, last = r.offKnown(first, last)
	var c cues
	first, last = r.offTitles(first, last, &c)
	if first < last && r.norm(first) == "the" {
		first++
	}
	first = r.offStrangers(first, last)
	if first >= last || !r.isName(first, last) {
		return
	}
	r.count(first, last, s, &c)
}

// offDays takes months and weekdays off both ends.
func (r *Reader) offDays(first, last int) (int, int) {
	off := tagger.IsMonth | tagger.IsNumber | tagger.IsHyphen
	for first < last && r.is(first, off) {
		first++
	}
	for first < last && r.is(last-1, off) && !(r.is(last-1, tagger.IsNumber) && last-2 >= first && r.is(last-2, tagger.IsHyphen)) {
		last--
	}
	return first, last
}

// offKnown leaves of a sequence what the gazetteer does not know. A part behind
// a known name is one of its own only if a title or a given name begins it;
// with a head word (Zoom Foundation, Bank of China) the whole is a longer name
// that the gazetteer lacks. Anything else is a fragment.
func (r *Reader) offKnown(first, last int) (int, int) {
	known := func(i int) bool { return r.is(i, tagger.IsKnown) }
	from := last
	for from > first && !known(from-1) {
		from--
	}
	switch {
	case from == first:
		return first, last
	case from == last: // a known name ends it
		if at := r.linkAt(first, last); at < last && at > first && !known(at-1) && r.isOffice(first, at) {
			return first, last
		}
		return last, last
	case r.is(from, tagger.IsHyphen):
		return last, last
	case r.is(from, tagger.IsTitle), r.is(from, tagger.IsFirstName) && last-from > 1:
		return from, last
	case r.headType(from, last) != "" && !r.is(from, tagger.IsParticle) && !slices.ContainsFunc(r.o.Words[first:from], func(w tagger.Word) bool { return w.Is(tagger.IsTitle) }):
		return first, last
	}
	return last, last
}

// offTitles takes off everything up to the last honorific or job title before
// what may be a person, and notes it. A sequence that ends in a title names
// nobody.
func (r *Reader) offTitles(first, last int, c *cues) (int, int) {
	if first < last && r.isTitle(last-1) && !r.is(last-1, tagger.IsFamilyName) {
		return last, last
	}
	for i := last - 2; i >= first; i-- {
		if !r.isTitle(i) {
			continue
		}
		rest := i + 1
		for rest < last && !r.begins(rest) {
			rest++ // the stop of Mr.
		}
		if rest == last || r.headType(rest, last) != "" || r.hasLink(rest, last) || r.is(last-1, tagger.IsClosing|tagger.IsLegalSuffix) {
			return first, last
		}
		if r.is(i, tagger.IsHonorific) {
			c[cueHonorific]++
		} else {
			c[cueTitle]++
		}
		return rest, last
	}
	return first, last
}

// isTitle reports whether a word is in an honorific or job title. MS is none,
// and Don is more often a given name.
func (r *Reader) isTitle(i int) bool {
	if r.is(i, tagger.IsHonorific) && (r.is(i, tagger.IsUpper) || r.is(i, tagger.IsFirstName) && !r.is(i, tagger.IsCommon)) {
		return false
	}
	return r.is(i, tagger.IsTitle)
}

// offStrangers takes off a first word that has no part in the name of the
// person behind it: Russian in Russian Dmitry Ivanov.
func (r *Reader) offStrangers(first, last int) int {
	if last-first >= 3 && r.is(first+1, tagger.IsFirstName) && !r.is(first, tagger.IsFirstName|tagger.IsDotted) &&
		r.headType(first, last) == "" && peopleEnding(r.norm(first)) {
		return first + 1
	}
	return first
}

// isName reports whether words can be a name at all.
func (r *Reader) isName(first, last int) bool {
	words, letters := 0, 0
	for i := first; i < last; i++ {
		if r.is(i, tagger.IsName) {
			words++
			letters = max(letters, len(r.norm(i)))
		}
	}
	if words == 1 && r.is(first, tagger.IsLegalSuffix|tagger.IsClosing|tagger.IsHyphenPrefix|tagger.IsNameSuffix) {
		return false
	}
	if words == 1 && (r.is(first, tagger.IsCommon) && kindOf(r.norm(first)) != "" || isClock(r.norm(first))) {
		return false // the Ministry, the Court
	}
	return letters > 1 && words <= maxWords && isPlain(r.quote(first, last))
}

// quote returns words on one line. The stop of a last abbreviation is a part.
func (r *Reader) quote(first, last int) string {
	w := &r.o.Words[first]
	place := models.Place{Field: w.Field, Span: models.Span{Start: w.Start, End: r.o.Words[last-1].End}}
	return strings.Join(strings.Fields(place.Quote(r.doc)), " ")
}

// key returns the form in which two ways to write a name are one: norms without
// a legal suffix. A short acronym stays in capitals, so that WHO is not Who.
func (r *Reader) key(first, last int) string {
	end := last
	for end > first+1 && (r.isLegal(end-1) || !r.is(end-1, tagger.IsName)) {
		end--
	}
	if end == first+1 && r.is(first, tagger.IsUpper) && r.o.Words[first].End-r.o.Words[first].Start <= 6 {
		return strings.ToUpper(r.norm(first))
	}
	var b strings.Builder
	for i := first; i < end; i++ {
		if r.is(i, tagger.IsName) || r.text(i) == "&" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(r.norm(i))
		}
	}
	return b.String()
}

// isLegal reports whether a word is a legal form by itself: not the De of
// S de RL.
func (r *Reader) isLegal(i int) bool {
	return r.is(i, tagger.IsLegalSuffix) && !r.is(i, tagger.IsParticle|tagger.IsDotted)
}

// count adds one place of a name. Where the capital of its first word says
// nothing and the word is no given name (But Julien Jin, Bank of Georgia), what
// follows is counted, until the whole is seen where its capital speaks.
func (r *Reader) count(first, last int, s tagger.Range, c *cues) {
	silent := c[cueHonorific]+c[cueTitle] == 0 && r.isSilent(first, s)
	several := last-first > 1
	if !silent || several && r.is(first, tagger.IsFirstName) && !r.is(first, tagger.IsCommon) {
		r.see(r.named(first, last), first, last, s, c)
		return
	}
	rest := first + 1
	for rest < last && !r.begins(rest) {
		rest++
	}
	n := r.named(first, last)
	if rest == last {
		n.silent++
		return
	}
	n.maybe++
	key := r.key(first, last)
	if !r.isName(rest, last) {
		return
	}
	restKey := r.key(rest, last)
	r.see(r.named(rest, last), rest, last, s, c)
	r.out.names[r.byKey[key]].rest = restKey
}

// isSilent reports whether the capital of a word says nothing: also behind
// whatever is neither a word nor a comma, since interviews, lists and cuts
// ([...], a colon) begin sentences inside sentences.
func (r *Reader) isSilent(i int, s tagger.Range) bool {
	if r.is(i, tagger.IsSilent) {
		return true
	}
	if i == s.First || r.is(i, tagger.IsUpper) && r.isAcronym(i) {
		return false
	}
	return !r.is(i-1, tagger.IsName|tagger.IsClitic|tagger.IsHyphen) && r.text(i-1) != "," && r.text(i-1) != "("
}

// named returns the entry of a name, new if it has none.
func (r *Reader) named(first, last int) *name {
	key := r.key(first, last)
	if i, ok := r.byKey[key]; ok {
		return &r.out.names[i]
	}
	n := name{key: key, capitals: true, fact: r.factOf(first, last)}
	for i := first; i < last; i++ {
		if r.is(i, tagger.IsName) {
			n.words++
			n.capitals = n.capitals && r.is(i, tagger.IsUpper)
			n.common = n.common || r.is(i, tagger.IsCommon)
			n.shouts = n.shouts || r.is(i, tagger.IsCapital) && hasCapitals(r.text(i))
		}
	}
	end := last
	for end > first+1 && r.is(end-1, tagger.IsClosing|tagger.IsLegalSuffix) {
		end--
	}
	if end < last {
		n.short = r.key(first, end)
	}
	r.byKey[key] = len(r.out.names)
	r.out.names = append(r.out.names, n)
	return &r.out.names[len(r.out.names)-1]
}

// hasCapitals reports whether a word is written as no person's name is: two
// capitals side by side, or a small letter first. CentOS, iPad.
func hasCapitals(word string) bool {
	before := false
	for i, c := range word {
		if i == 0 && unicode.IsLower(c) || before && unicode.IsUpper(c) {
			return true
		}
		before = unicode.IsUpper(c)
	}
	return false
}

// see counts a name where its capital speaks, with its cues.
func (r *Reader) see(n *name, first, last int, s tagger.Range, c *cues) {
	n.count++
	n.forms = addForm(n.forms, r.quote(first, last), 1)
	n.cues.add(c)
	r.look(first, last, s, &n.cues)
	if len(n.spots) < 2 {
		words := r.o.Words
		n.spots = append(n.spots, spot{words[first].Field,
			models.Span{Start: words[s.First].Start, End: words[s.Last-1].End}, words[first].Start})
	}
	if n.family == "" && n.cues.mayBePerson() && n.words > 1 && r.headType(first, last) == "" {
		n.family, n.first = r.familyOf(first, last), r.norm(first)
	}
	if n.acronym == "" {
		n.acronym = r.declared(first, last, s)
		if n.acronym != "" {
			n.cues[cueDeclared]++
		}
	}
}

// mayBePerson reports whether nothing says that a name is another thing.
func (c *cues) mayBePerson() bool {
	typ, _ := c.judge(0)
	return typ == "" || typ == person
}

// familyOf is the last word of a name with the particles before it, without
// Jr.; "" for an everyday word.
func (r *Reader) familyOf(first, last int) string {
	for last > first+1 && (r.is(last-1, tagger.IsNameSuffix) || !r.is(last-1, tagger.IsName)) {
		last--
	}
	if r.is(last-1, tagger.IsCommon|tagger.IsNumber) || r.is(first, tagger.IsParticle) {
		return ""
	}
	from := last - 1
	for from > first+1 && r.is(from-1, tagger.IsParticle) {
		from--
	}
	return r.key(from, last)
}

// headType returns the type that the head word of a name tells: the last word,
// or the one before of, for or on.
func (r *Reader) headType(first, last int) string {
	if first >= last {
		return ""
	}
	if t := kindFirst(r.norm(first)); t != "" && last-first > 1 {
		return t
	}
	end := last
	if at := r.linkAt(first, last); at > first {
		end = at
	}
	for end > first+1 && r.is(end-1, tagger.IsLegalSuffix|tagger.IsNumber|tagger.IsHyphen|tagger.IsNameSuffix) {
		end--
	}
	if !r.is(end-1, tagger.IsCapital) {
		return ""
	}
	return kindOf(r.norm(end - 1))
}

// declared returns the acronym that stands in brackets beside a long form, or
// "". It may fit without the first words: US Department of Justice (DoJ).
func (r *Reader) declared(first, last int, s tagger.Range) string {
	at := 0
	switch {
	case last-first < 2:
		return ""
	case last+2 < s.Last && r.text(last) == "(" && r.text(last+2) == ")":
		at = last + 1
	case first-2 >= s.First && last < s.Last && r.text(first-1) == "(" && r.text(last) == ")":
		at = first - 2
	default:
		return ""
	}
	for i := first; i < last-1 && r.isAcronym(at); i++ {
		if r.is(i, tagger.IsCapital) && tagger.Abbreviates(r.text(at), r.quote(i, last)) {
			return r.text(at)
		}
	}
	return ""
}

// isAcronym reports whether a word is two to ten letters with at least two
// capitals.
func (r *Reader) isAcronym(i int) bool {
	text := r.text(i)
	capitals := strings.IndexFunc(text[min(1, len(text)):], func(c rune) bool { return 'A' <= c && c <= 'Z' }) >= 0
	return r.is(i, tagger.IsCapital) && !r.is(i, tagger.IsUnread) && capitals && len(text) <= 10
}

// look notes the cues at one place of a name.
func (r *Reader) look(first, last int, s tagger.Range, c *cues) {
	r.lookInside(first, last, c)
	r.lookBefore(first, last, s, c)
	r.lookBehind(first, last, s, c)
}

func (r *Reader) lookInside(first, last int, c *cues) {
	head := r.headType(first, last)
	switch {
	case last-first > 1 && (r.isLegal(last-1) || r.is(last-1, tagger.IsClosing)):
		c[cueSuffix]++
	case head != "":
		if k, ok := headCue(head); ok {
			c[k]++
		}
	case last-first > 1 && r.is(first, tagger.IsFirstName|tagger.IsDotted) && !r.hasLink(first, last):
		c[cueGiven]++
	}
}

// factOf returns what the form of a name tells of its type, 0 if nothing.
func (r *Reader) factOf(first, last int) cue {
	single := last-first == 1
	switch {
	case single && r.isAcronym(first) && r.is(first, tagger.IsUpper):
		return factAcronym
	case single && peopleEnding(r.norm(first)):
		return factPeople
	case last-first <= 3 && !r.is(first, tagger.IsCommon) && r.is(last-1, tagger.IsFamilyName|tagger.IsFirstName) && !r.is(last-1, tagger.IsCommon):
		return factFamily
	}
	return 0
}

func (r *Reader) lookBefore(first, last int, s tagger.Range, c *cues) {
	if r.is(first, tagger.IsDateline) {
		c[cueDateline]++
		return
	}
	prev := first - 1
	if prev >= s.First && r.text(prev) == "the" {
		prev--
	}
	if prev < s.First || last-first > 3 || prev < first-1 && r.isNoun(last, s) {
		return // in the Zoom report
	}
	switch word := r.norm(prev); {
	case leadsToPlace(word):
		c[cueIn]++
	case word == "from":
		c[cueFrom]++
	}
}

// isNoun reports whether a word in lower case stands there that says something.
func (r *Reader) isNoun(i int, s tagger.Range) bool {
	return i < s.Last && r.is(i, tagger.IsName) && !r.is(i, tagger.IsCapital) && !isFunctionWord(r.norm(i))
}

func (r *Reader) lookBehind(first, last int, s tagger.Range, c *cues) {
	if last+1 >= s.Last {
		return
	}
	switch next := r.norm(last + 1); {
	case r.is(last, tagger.IsHyphen) && next == "based":
		c[cueBased]++
	case r.text(last) == "," && r.is(last+1, tagger.IsKnownGPE):
		c[cueComma]++
	case last-first > 1 && isSpeech(r.norm(last)):
		c[cueSpeech]++
	}
}

// headlines counts, in lines of titles or capitals, the names that the article
// has elsewhere.
func (r *Reader) headlines() {
	words := r.o.Words
	for i := 0; i < len(words); i++ {
		if !words[i].Is(tagger.IsHeadline) {
			continue
		}
		for last := min(len(words), i+maxWords); last > i; last-- {
			if !words[last-1].Is(tagger.IsHeadline) || words[last-1].Field != words[i].Field {
				continue
			}
			if k, ok := r.byKey[r.key(i, last)]; ok && !words[i].Is(tagger.IsKnown) {
				r.out.names[k].silent++
				i = last - 1
				break
			}
		}
	}
}

// families counts the bare family names of an article for the one person that
// it names in full, and forgets those that several have. Behind an honorific
// (Mr. Xi) the family name may be the first.
func (r *Reader) families() {
	bearers := r.bearers()
	for i := range r.out.names {
		n := &r.out.names[i]
		of := bearers[n.key]
		if len(of) == 0 && n.cues[cueHonorific] > 0 {
			of = bearers["^"+n.key]
		}
		if n.family != "" || len(of) == 0 || n.capitals {
			continue
		}
		n.gone = true
		if len(of) == 1 {
			full := &r.out.names[of[0]]
			full.take(n)
			if full.rest == n.key {
				full.maybe = 0 // counted as n already
			}
		}
	}
}

// bearers finds the people of an article by their family names, with particles
// and without, and by ^ and the first word.
func (r *Reader) bearers() map[string][]int {
	out := map[string][]int{}
	for i := range r.out.names {
		n := &r.out.names[i]
		if n.family == "" {
			continue
		}
		out[n.family] = append(out[n.family], i)
		if at := strings.LastIndexByte(n.family, ' '); at > 0 {
			out[n.family[at+1:]] = append(out[n.family[at+1:]], i)
		}
		out["^"+n.first] = append(out["^"+n.first], i)
	}
	return out
}

// take counts a bare family name for a full one.
func (n *name) take(bare *name) {
	n.count += bare.count
	n.silent += bare.silent
	n.cues[cueHonorific] += bare.cues[cueHonorific]
	n.cues[cueTitle] += bare.cues[cueTitle]
}

// everyday counts, for the names that are an everyday word, how often the
// article has that word in lower case.
func (r *Reader) everyday() {
	clear(r.lower)
	for i := range r.out.names {
		if n := &r.out.names[i]; n.words == 1 && n.common {
			r.lower[n.key] = i
		}
	}
	if len(r.lower) == 0 {
		return
	}
	for i := range r.o.Words {
		if r.is(i, tagger.IsCommon) && !r.is(i, tagger.IsCapital) {
			if k, ok := r.lower[r.text(i)]; ok {
				r.out.names[k].lower++
			}
		}
	}
}
