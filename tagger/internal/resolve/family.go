package resolve

import (
	"cmp"
	"slices"
	"strings"

	"wiretag/models"
	"wiretag/tagger/internal/segment"
)

// A bearer is a person whose full name stands in the article.
type bearer struct {
	entity int32        // -1: the gazetteer knows nobody of that name
	name   string       // as the article writes it
	gender string       // "m", "f" or "" for unknown
	first  int          // where the full name stands first
	fulls  []*candidate // the full names of a known bearer, in order
}

// A bareName is one place of a family name, outside every strong mention.
type bareName struct {
	first, last int
	family      int          // see familyOf
	owners      []*candidate // the family forms that stand there
	titled      bool         // behind an honorific or job title
	gender      string       // of the honorific: "m", "f" or ""
	bare        bool         // not a part of somebody's full name
}

// findFamilies decides the bare family names: each belongs to a bearer.
func (r *run) findFamilies() []find {
	if r.collectBareNames(); len(r.bare) == 0 {
		return nil
	}
	r.indexStrong()
	r.groupFamilies()
	var out []find
	for i := 0; i < len(r.bare); {
		j := i + 1
		for j < len(r.bare) && r.bare[j].family == r.bare[i].family {
			j++
		}
		out = append(out, r.decideFamily(r.bare[i:j])...)
		i = j
	}
	return out
}

// groupFamilies orders r.bare by family; within one, they stay in order.
func (r *run) groupFamilies() {
	r.nextOf = slices.Grow(r.nextOf[:0], len(r.families)+1)[:len(r.families)+1]
	clear(r.nextOf)
	for i := range r.bare {
		r.nextOf[r.bare[i].family+1]++
	}
	for family := range len(r.families) {
		r.nextOf[family+1] += r.nextOf[family]
	}
	r.grouped = slices.Grow(r.grouped[:0], len(r.bare))[:len(r.bare)]
	for i := range r.bare {
		at := &r.nextOf[r.bare[i].family]
		r.grouped[*at] = r.bare[i]
		*at++
	}
	r.bare, r.grouped = r.grouped, r.bare
}

// familyOf numbers the family names of the article as they come. Two that
// differ in case are one.
func (r *run) familyOf(alias string) int {
	n, ok := r.families[alias]
	if ok {
		return n
	}
	folded := fold(alias)
	if n, ok = r.families[folded]; !ok {
		n = len(r.families)
		r.families[folded] = n
	}
	r.families[alias] = n
	return n
}

// collectBareNames fills r.bare with the places of family names and what
// stands before them.
func (r *run) collectBareNames() {
	r.bare, r.owners = r.bare[:0], r.owners[:0]
	clear(r.families)
	for i := range r.cands {
		c := &r.cands[i]
		f := &r.names.forms[c.form]
		if c.stop != Alive || f.via() != models.ViaFamily {
			continue
		}
		if !r.isFree(c.first, c.last) {
			c.stop = ByFreeText
			continue
		}
		r.owners = append(r.owners, c)
		if k := len(r.bare) - 1; k >= 0 && r.bare[k].first == c.first && r.bare[k].last == c.last {
			n := &r.bare[k]
			n.owners = r.owners[len(r.owners)-1-len(n.owners):]
			continue
		}
		n := bareName{
			first: c.first, last: c.last, family: r.familyOf(r.names.alias(f)), owners: r.owners[len(r.owners)-1:],
		}
		n.titled, n.gender = r.titleBefore(c.first)
		r.bare = append(r.bare, n)
	}
}

// titleBefore reports whether an honorific or job title stands before a word,
// and the gender that an honorific tells.
func (r *run) titleBefore(first int) (titled bool, gender string) {
	word, hyphen := r.before(first)
	if word < 0 || hyphen || r.marks[word]&markTitle == 0 || !r.text.Words[word].Has(segment.FirstUpper) {
		return false, ""
	}
	return true, r.genderOf(word)
}

// genderOf returns the gender that an honorific or given name tells.
func (r *run) genderOf(word int) string {
	switch class := r.class(word); {
	case class&segment.Male != 0:
		return "m"
	case class&segment.Female != 0:
		return "f"
	}
	return ""
}

// decideFamily decides all places of one family name.
func (r *run) decideFamily(names []bareName) []find {
	bearers := r.knownBearers(names[0].owners)
	for i := range names {
		names[i].bare = true
		if other, longer := r.longerPerson(&names[i]); longer {
			names[i].bare = false
			r.stopAll(&names[i], ByLongerName)
			if other.name != "" && !slices.ContainsFunc(bearers, func(b bearer) bool { return fold(b.name) == fold(other.name) }) {
				bearers = append(bearers, other)
			}
		}
	}
	slices.SortStableFunc(bearers, func(a, b bearer) int { return cmp.Compare(a.first, b.first) })
	r.noteBearers(bearers, names)
	holder := r.holder(bearers, names)
	var out []find
	for i := range names {
		if n := &names[i]; n.bare {
			if f, stop := r.decideBare(n, bearers, holder); stop == Alive {
				out = append(out, f)
			} else {
				r.stopAll(n, stop)
			}
		}
	}
	return out
}

// noteBearers notes whose family name stands at each place, so that a weak
// alias which is the bare family name (Trump) does not take what may be
// another's (Ivanka Trump).
func (r *run) noteBearers(bearers []bearer, names []bareName) {
	if len(bearers) == 0 {
		return
	}
	owner := bearers[0].entity
	if len(bearers) > 1 {
		owner = -1
	}
	for _, n := range names {
		r.borne[n.first] = owner
	}
}

func (r *run) stopAll(n *bareName, s Stop) {
	for _, c := range n.owners {
		c.stop = s
	}
}

// knownBearers returns the entities of a family name that the article names in
// full.
func (r *run) knownBearers(owners []*candidate) []bearer {
	var out []bearer
	for _, o := range owners {
		entity := r.names.forms[o.form].entity
		b := bearer{entity: entity, gender: r.names.gender(entity)}
		for _, c := range r.strongOf(entity) {
			if r.names.forms[c.form].is(formLong) {
				b.fulls = append(b.fulls, c)
			}
		}
		if len(b.fulls) > 0 {
			b.first = b.fulls[0].first
			b.name = r.quote(b.first, b.fulls[0].last)
			out = append(out, b)
		}
	}
	return out
}

// holder returns the bearer who keeps the bare name for the whole article: the
// only one, or the one who was called by it before any other was named in
// full. [5 articles, 65 bare names: 1 wrong; the nearest name was wrong 18
// times.] -1: nobody.
func (r *run) holder(bearers []bearer, names []bareName) int {
	switch len(bearers) {
	case 0:
		return -1
	case 1:
		return 0
	}
	for _, n := range names {
		if n.bare && n.first > bearers[0].first && n.first < bearers[1].first {
			return 0
		}
	}
	return -1
}

// decideBare decides one bare family name.
func (r *run) decideBare(n *bareName, bearers []bearer, holder int) (find, Stop) {
	if !n.titled && r.needsTitle(n) {
		return find{}, BySilence
	}
	fit := bearers
	if n.gender != "" {
		fit = nil
		for i, b := range bearers {
			if b.gender != opposite(n.gender) {
				fit = append(fit, b)
			} else if i == holder {
				holder = -1
			}
		}
	}
	switch {
	case len(bearers) == 0:
		return find{}, ByNoBearer
	case len(fit) == 0:
		return find{}, ByBearer
	case len(fit) == 1:
		return r.bearerFind(n, fit[0], len(bearers))
	case holder >= 0:
		return r.bearerFind(n, bearers[holder], len(bearers))
	}
	f := find{first: n.first, last: n.last, via: models.ViaFamily, alias: r.names.alias(&r.names.forms[n.owners[0].form])}
	for _, b := range fit {
		if b.entity >= 0 {
			f.doubt = append(f.doubt, models.Candidate{ID: r.names.ID(b.entity)})
		} else {
			f.doubt = append(f.doubt, models.Candidate{Name: b.name})
		}
	}
	sortCandidates(f.doubt)
	return f, Alive
}

// needsTitle reports whether a family name counts only behind an honorific or
// job title: an everyday word or a month.
func (r *run) needsTitle(n *bareName) bool {
	return r.names.forms[n.owners[0].form].is(formCommon) || r.class(n.first)&segment.Month != 0
}

func opposite(gender string) string {
	if gender == "m" {
		return "f"
	}
	return "m"
}

// bearerFind gives a bare name to a bearer.
func (r *run) bearerFind(n *bareName, b bearer, bearers int) (find, Stop) {
	if b.entity < 0 {
		return find{}, ByBearer
	}
	if !r.mayStandBefore(n.first, b.first) {
		return find{}, ByOrder
	}
	sure := sureFamily
	switch {
	case bearers > 1:
		sure = sureManyBearers
	case n.titled:
		sure = sureTitled
	}
	var owner *candidate
	for _, c := range n.owners {
		if r.entityOf(c) == b.entity {
			owner = c
		} else {
			c.stop = ByBearer
		}
	}
	return find{
		first: n.first, last: n.last, entity: b.entity, alias: r.names.alias(&r.names.forms[owner.form]),
		via: models.ViaFamily, confidence: sure, antecedent: b.fullBefore(n.first), losers: n.owners,
	}, Alive
}

// fullBefore returns the nearest full name of a bearer before a word, else the
// first after.
func (b *bearer) fullBefore(word int) *candidate {
	i, _ := slices.BinarySearchFunc(b.fulls, word, func(c *candidate, w int) int { return c.first - w })
	return b.fulls[max(i-1, 0)]
}

// longerPerson reports whether a family name stands in a longer capitalised
// name, and whose that is if it is a person's: Rachel Ruto, Jin Liqun; not
// Trump Tower, which is nobody.
func (r *run) longerPerson(n *bareName) (b bearer, longer bool) {
	b = bearer{entity: -1, first: n.first}
	if prev, hyphen := r.before(n.first); prev >= 0 && !hyphen {
		if r.isGiven(prev) || r.lengthens(prev, false) {
			start := r.nameStart(prev)
			b.name, b.gender = r.fullName(start, n.last), r.genderOf(start)
			return b, true
		}
	}
	next, hyphen := r.after(n.last)
	if next < 0 || !r.lengthens(next, hyphen) {
		return bearer{}, false
	}
	if !hyphen && r.familyFirst(n) && r.class(next)&segment.Common == 0 {
		b.name = r.fullName(n.first, next+1)
	}
	return b, true
}

// fullName returns the name that words [first,last) are, on one line.
func (r *run) fullName(first, last int) string {
	return strings.Join(strings.Fields(r.quote(first, last)), " ")
}

// isGiven reports whether a word before a family name is a given name even
// where its capital says nothing, as at the start of a sentence: a listed one,
// or, in a line that is not in capitals, no word that anybody knows.
func (r *run) isGiven(word int) bool {
	if !r.text.Words[word].Has(segment.FirstUpper) || r.marks[word]&(markTitle|markTaken|markStrong) != 0 {
		return false
	}
	const known = segment.Common | segment.Month | segment.Weekday | segment.Place | segment.Honorific
	class := r.class(word)
	return class&segment.FirstName != 0 || class&known == 0 && r.line(word) == plainLine
}

// nameStart returns the first word of the given names that end at a word.
func (r *run) nameStart(word int) int {
	for {
		prev, hyphen := r.before(word)
		if prev < 0 || hyphen || r.marks[prev]&(markTitle|markTaken) != 0 {
			return word
		}
		w := &r.text.Words[prev]
		if !w.Has(segment.Dotted|segment.Upper) && r.class(prev)&segment.FirstName == 0 {
			return word
		}
		word = prev
	}
}

// familyFirst reports whether an owner of the name writes the family name
// first: Xi Jinping.
func (r *run) familyFirst(n *bareName) bool {
	return slices.ContainsFunc(n.owners, func(c *candidate) bool { return r.names.forms[c.form].is(formFirst) })
}
