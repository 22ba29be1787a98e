package gazetteer

import (
	"strings"
	"unicode"

	"wiretag/models"
)

// written reports what an entity's own lines show to be a mistake of writing.
// People is true of the types whose names are those of people.
func (c *checker) written(e *Entity, people bool) {
	forms := 0
	for f := range e.Forms() {
		forms++
		c.listCapitals(f)
		if people {
			c.familyFirst(f)
		}
	}
	if forms == 0 {
		c.add(e.Pos, noForm, "%s has no name that is looked for: give it an alias, or leave match: false away", quote(e.ID.Value))
	}
	if people {
		c.givenFamily(e)
	} else {
		c.personKeys(e)
	}
	c.onlyWeak(e)
	c.periods(e)
}

// listCapitals reports a name in the capitals of an official list, which the
// press does not write: two words of four capitals or more, and no word with
// another letter.
func (c *checker) listCapitals(a NameForm) {
	long := 0
	for word := range strings.FieldsSeq(a.Text.Value) {
		letters := 0
		for _, r := range word {
			switch {
			case unicode.IsLower(r):
				return
			case unicode.IsUpper(r):
				letters++
			}
		}
		if letters >= 4 {
			long++
		}
	}
	if long >= 2 && a.Guard.Value().Case != CaseFold {
		c.add(a.Text.Pos, listCapitals, "%s is in the capitals of a list, and would be found only in text that is in capitals, too: write %s",
			quote(a.Text.Value), quote(Capitalised(a.Text.Value)))
	}
}

// Capitalised lowers all but the first letter of every word.
func Capitalised(s string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		lower := inside
		inside = unicode.IsLetter(r) || unicode.Is(unicode.M, r)
		if lower {
			return unicode.ToLower(r)
		}
		return r
	}, s)
}

// familyFirst reports Jin, Julien: lists put the family name first, the press
// does not. What follows the comma of King, Jr. is listed.
func (c *checker) familyFirst(a NameForm) {
	family, given, ok := strings.Cut(a.Text.Value, ",")
	given = strings.TrimSpace(given)
	if !ok || given == "" || family == "" || strings.Contains(given, ",") {
		return
	}
	if family == strings.ToUpper(family) {
		family = Capitalised(family)
	}
	first, _, _ := strings.Cut(given, " ")
	if c.inList("name-suffixes", fold(strings.Trim(first, "."))) {
		return
	}
	c.add(a.Text.Pos, familyOrder, "%s has the family name first, as lists do: write %s, and family: %s if that is not the last word",
		quote(a.Text.Value), quote(given+" "+family), family)
}

// givenFamily reports a family name that is not in the person's name, and a
// name whose first word is a family name of China or Korea while its last is
// none: without family: the wrong half would stand for the whole.
func (c *checker) givenFamily(e *Entity) {
	name := e.Name.Text.Value
	if family := e.Family.Value; family != "" {
		for a := range e.Forms() {
			if containsWords(fold(a.Text.Value), fold(family)) {
				return
			}
		}
		c.add(e.Family.Pos, familyOrder, "family is %s, which is in no name of %s: it has to stand there as in the name",
			quote(family), quote(e.ID.Value))
		return
	}
	words := strings.Fields(name)
	if e.NoFamily || e.Name.NoMatch || len(words) < 2 || len(words) > 3 || strings.Contains(name, ",") {
		return
	}
	first, last := fold(words[0]), fold(words[len(words)-1])
	if c.inList("family-names-first", first) && !c.inList("first-names", first) &&
		!c.inList("family-names-first", last) && !c.inList("family-names", last) {
		c.add(e.Name.Text.Pos, familyOrder, "the family name of %s looks to be %s, and its last word would be taken: say family: %s, or family: %s if that is right",
			quote(name), words[0], words[0], words[len(words)-1])
	}
}

// containsWords tells whether words stand in text as whole words. Both are
// folded.
func containsWords(text, words string) bool {
	return strings.Contains(" "+text+" ", " "+words+" ")
}

// personKeys reports keys that say nothing of what is not a person.
func (c *checker) personKeys(e *Entity) {
	const message = "%s says nothing of an entity of type %s: it is for people; delete it, or mend the type"
	if e.Family.Value != "" {
		c.add(e.Family.Pos, idleKey, message, "family", e.Type.Value)
	}
	if e.Gender.Value != "" {
		c.add(e.Gender.Pos, idleKey, message, "gender", e.Type.Value)
	}
}

// onlyWeak reports an entity none of whose forms can ever count: each waits
// for a strong one, and there is none.
func (c *checker) onlyWeak(e *Entity) {
	if len(e.Demonyms) > 0 {
		return
	}
	var first *Alias
	for f := range e.Forms() {
		if f.Via == models.ViaAlias || f.Guard.Needs != nil {
			return
		}
		if first == nil {
			first = f.Alias
		}
	}
	if first != nil {
		c.add(first.Text.Pos, onlyWeakForms, "%s has weak names only, which count beside a strong one: none of them can ever count; give one needs:, or make it an alias",
			quote(e.ID.Value))
	}
}

// A period is a stretch of days with the place that tells of it.
type period struct {
	from, until models.Date
	pos         Pos
}

// overlaps tells whether two periods have a day in common.
func (p period) overlaps(q period) bool {
	return (p.until == "" || q.from < p.until) && (q.until == "" || p.from < q.until)
}

// periods reports a group, or one text of an alias, that is given twice for
// the same days.
func (c *checker) periods(e *Entity) {
	groups := map[string][]period{}
	for _, g := range e.Groups {
		c.period(groups, "the group "+quote(g.ID.Value), g.ID.Value, period{g.From, g.Until, g.ID.Pos})
	}
	aliases := map[string][]period{}
	for f := range e.Forms() {
		if f.Guard.From != "" || f.Guard.Until != "" {
			c.period(aliases, "the alias "+quote(f.Text.Value), f.Text.Value, period{f.Guard.From, f.Guard.Until, f.Text.Pos})
		}
	}
}

func (c *checker) period(seen map[string][]period, what, key string, p period) {
	for _, q := range seen[key] {
		if p.overlaps(q) {
			c.add(p.pos, overlappingDates, "%s holds for the same days as at %s: end one period where the other begins", what, q.pos)
			break
		}
	}
	seen[key] = append(seen[key], p)
}
