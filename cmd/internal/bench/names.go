package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
)

// seed is the one of every number drawn here, so that each run has the same
// names and texts.
const seed = 20261122

// longestName is the most bytes of a name that is taken from a list.
const longestName = 120

// mostAliases is how many aliases of a real entity are taken.
const mostAliases = 6

// An entity of the dictionary. Its name counts as an alias.
type entity struct {
	ID, Type string
	Names    []string
}

// The kinds of names, and how many in a hundred are of each.
const (
	people = iota
	places
	firms
	kinds

	percentPeople = 45
	percentPlaces = 25
)

// A generator makes an endless row of entities: real ones in an order drawn
// by lot, then made-up ones of their parts. No two names are the same, be it
// in other case.
type generator struct {
	rng  *rand.Rand
	real [kinds][]entity // taken from the end
	part parts
	seen map[string]bool // names in lower case, and ids behind "#"
}

// newGenerator uses up src.
func newGenerator(src *sources) *generator {
	g := &generator{rng: rand.New(rand.NewPCG(seed, 1)), real: src.entities, part: src.parts, seen: map[string]bool{}}
	g.part.fill(g.rng)
	for _, list := range g.real {
		g.rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return g
}

// take returns entities that have n names together.
func (g *generator) take(n int) []entity {
	var out []entity
	for n > 0 {
		e := g.next()
		e.Names = e.Names[:min(n, len(e.Names))]
		n -= len(e.Names)
		out = append(out, e)
	}
	return out
}

// prefix returns the first entities, which have n names together; so a small
// dictionary lies in every larger one.
func prefix(entities []entity, n int) []entity {
	for i, e := range entities {
		if n <= len(e.Names) {
			out := append([]entity(nil), entities[:i+1]...)
			out[i].Names = e.Names[:n]
			return out
		}
		n -= len(e.Names)
	}
	return entities
}

// next draws until an entity has a name that was not there yet.
func (g *generator) next() entity {
	for {
		kind := firms
		if r := g.rng.IntN(100); r < percentPeople {
			kind = people
		} else if r < percentPeople+percentPlaces {
			kind = places
		}
		e := g.draw(kind)
		names := e.Names
		e.Names = nil
		for _, name := range names[:min(len(names), mostAliases+1)] {
			if name = strings.Join(strings.Fields(name), " "); usable(name) && g.isNew(strings.ToLower(name)) {
				e.Names = append(e.Names, name)
			}
		}
		if len(e.Names) > 0 {
			e.ID = g.id(e.Names[0])
			return e
		}
	}
}

func (g *generator) isNew(key string) bool {
	if g.seen[key] {
		return false
	}
	g.seen[key] = true
	return true
}

// id is the slug of a name, with a number if another entity has it.
func (g *generator) id(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slug := strings.Join(words, "-")
	for id, n := slug, 2; ; n++ {
		if g.isNew("#" + id) {
			return id
		}
		id = slug + "-" + strconv.Itoa(n)
	}
}

// usable reports whether a name can stand in a line of a file and has three
// letters: shorter ones are found in words by the matchers of bytes, and say
// nothing of speed.
func usable(name string) bool {
	letters := 0
	for _, r := range name {
		if unicode.Is(unicode.C, r) || r == unicode.ReplacementChar || unicode.Is(unicode.Z, r) && r != ' ' {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3 && len(name) <= longestName
}

// draw returns an entity of a kind, made up if no real one is left.
func (g *generator) draw(kind int) entity {
	if list := g.real[kind]; len(list) > 0 {
		g.real[kind] = list[:len(list)-1]
		return list[len(list)-1]
	}
	switch kind {
	case people:
		return entity{Type: "PERSON", Names: []string{g.person()}}
	case places:
		return entity{Type: "GPE", Names: []string{g.place()}}
	}
	return entity{Type: "ORG", Names: []string{g.firm()}}
}

func (g *generator) person() string {
	first, last := pick(g.rng, g.part.first), pick(g.rng, g.part.last)
	if g.rng.IntN(5) == 0 {
		return first + " " + string(rune('A'+g.rng.IntN(26))) + ". " + last
	}
	return first + " " + last
}

func (g *generator) place() string {
	name := pick(g.rng, g.part.places)
	if g.rng.IntN(4) == 0 {
		return pick(g.rng, []string{"New", "North", "South", "East", "West", "Upper", "Port", "Lake", "Mount", "Fort"}) + " " + name
	}
	return pick(g.rng, g.part.last) + " " + pick(g.rng, []string{"Springs", "Heights", "Falls", "Valley", "Hills", "Creek", "Harbor", "Junction", "Ridge", "County"})
}

func (g *generator) firm() string {
	kind := pick(g.rng, []string{
		"Bank", "Holdings", "Industries", "University", "Institute", "Council", "Energy", "Media Group",
		"Partners LLC", "Steel Works", "Inc.", "Corp.", "Ltd", "Foundation", "Hospital", "Airlines",
	})
	switch g.rng.IntN(3) {
	case 0:
		return pick(g.rng, g.part.last) + " & " + pick(g.rng, g.part.last) + " " + kind
	case 1:
		return pick(g.rng, g.part.places) + " " + pick(g.rng, g.part.last) + " " + kind
	}
	return pick(g.rng, g.part.last) + " " + pick(g.rng, g.part.last) + " " + kind
}

func pick(rng *rand.Rand, list []string) string { return list[rng.IntN(len(list))] }

// parts are the words of which names are made.
type parts struct{ first, last, places []string }

// fill makes up the lists that are empty.
func (p *parts) fill(rng *rand.Rand) {
	for _, f := range []struct {
		list *[]string
		n    int
	}{{&p.first, 800}, {&p.last, 20_000}, {&p.places, 8_000}} {
		if len(*f.list) > 0 {
			continue
		}
		for range f.n {
			*f.list = append(*f.list, madeWord(rng, true))
		}
	}
}

// madeWord is two to four syllables, nearly an English word.
func madeWord(rng *rand.Rand, capital bool) string {
	onsets := []string{"b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w"}
	vowels := []string{"a", "e", "i", "o", "u", "ai", "ea", "oo"}
	codas := []string{"", "", "n", "r", "l", "s", "m", "ck", "nd"}
	var b strings.Builder
	for range 2 + rng.IntN(3) {
		b.WriteString(pick(rng, onsets))
		b.WriteString(pick(rng, vowels))
		b.WriteString(pick(rng, codas))
	}
	word := b.String()
	if capital {
		return strings.ToUpper(word[:1]) + word[1:]
	}
	return word
}
