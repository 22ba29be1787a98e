package suggest

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"wiretag/tagger"
)

// Options say which candidates are suggested. Zero values are no bound.
type Options struct {
	MinCount    int
	MinArticles int
	Limit       int
	// Recognize is prose's entity extraction, one more cue; nil is none.
	Recognize func(line string) []tagger.Recognized
}

// A Suggestion is an entity that the gazetteer lacks.
type Suggestion struct {
	Name     string
	Type     string
	Why      string   // the cues of the type; "" where it is a guess
	Aliases  []string // other names, which the engine would not find by Name
	Seen     []string // other ways to write it, which it finds by Name
	Count    int      // at least; places where a silent capital stands, too
	Articles int
	Lines    []string // at most two samples, each one printable line
}

// rank is what suggestions are sorted by: the geometric mean of the articles
// that have the name and of its places. A name in ten articles once each comes
// before one that a single article has ninety times, and behind one that two
// articles have sixty times.
func (s *Suggestion) rank() float64 {
	return math.Sqrt(float64(s.Count) * float64(s.Articles))
}

// An everyday word is a name if it has so many places, and so many times as
// many as in lower case.
const (
	seldomName  = 5
	seldomLower = 10
)

// chance is a sum of weights that a single "in" has, which a fact beats.
const chance = 2

// spare is how many times the limit are suggested, because Write leaves some
// out.
const spare = 2

// Suggestions returns the best suggestions, best first, twice as many as the
// limit, and how many there would be without one. It takes the Gatherer's candidates apart and is
// called once.
func (g *Gatherer) Suggestions(opts Options) (best []Suggestion, all int) {
	g.settle()
	g.joinAcronyms()
	g.joinShorts()
	g.joinFamilies()
	var out []Suggestion
	for _, key := range g.keys() {
		c := g.held[key]
		if c.count >= opts.MinCount && c.articles >= opts.MinArticles && !c.isEveryday() {
			out = append(out, Suggestion{Name: key, Count: c.count, Articles: c.articles, Lines: c.lines})
		}
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(b.Articles, a.Articles), strings.Compare(a.Name, b.Name))
	})
	all = len(out)
	if opts.Limit > 0 && all > spare*opts.Limit {
		out = out[:spare*opts.Limit]
	}
	for i := range out {
		g.held[out[i].Name].describe(&out[i], &opts)
	}
	return out, all
}

// isEveryday reports whether a candidate is an everyday word and hardly a name:
// it has few places, or the same articles have it in lower case, too.
func (c *candidate) isEveryday() bool {
	return c.words == 1 && c.common && (c.count < seldomName || c.lower*seldomLower > c.count)
}

// keys returns the candidates that are held, in order.
func (g *Gatherer) keys() []string { return slices.Sorted(maps.Keys(g.held)) }

// settle counts silent capitals for the names that are also seen where the
// capital speaks, and forgets the others.
func (g *Gatherer) settle() {
	for _, key := range g.keys() {
		c := g.held[key]
		if c.count == 0 {
			delete(g.held, key)
			continue
		}
		if rest := g.held[c.rest]; rest != nil && c.maybe > 0 {
			rest.count = max(0, rest.count-c.maybe)
			rest.articles = min(rest.articles, rest.count)
		}
		c.count += c.silent + c.maybe
		c.articles += c.hushed
	}
	maps.DeleteFunc(g.held, func(_ string, c *candidate) bool { return c.count == 0 })
}

// join makes b a part of a, which keeps its key.
func (g *Gatherer) join(a, b *candidate) {
	a.count += b.count
	a.articles = max(a.articles, b.articles)
	a.joined = append(a.joined, b.name())
	a.cues.add(&b.cues)
	if len(a.lines) == 1 && len(b.lines) > 0 && b.lines[0] != a.lines[0] {
		a.lines = append(a.lines, b.lines[0])
	}
	delete(g.held, b.key)
}

// joinAcronyms gives an acronym to the long form that declares it most often.
func (g *Gatherer) joinAcronyms() {
	owner := map[string]*candidate{}
	best := map[string]int{}
	for _, key := range g.keys() {
		for _, a := range g.held[key].acronyms {
			if a.count > best[a.text] {
				best[a.text], owner[a.text] = a.count, g.held[key]
			}
		}
	}
	for _, key := range g.keys() {
		c := g.held[key]
		c.acronyms = slices.DeleteFunc(c.acronyms, func(a form) bool { return owner[a.text] != c })
	}
	for _, text := range slices.Sorted(maps.Keys(owner)) {
		for _, key := range []string{text, strings.ToLower(text)} {
			if c := g.held[key]; c != nil && c != owner[text] && c.words == 1 {
				g.join(owner[text], c)
			}
		}
	}
}

// joinShorts joins Tesla Motors to Tesla, which is the name: the engine finds a
// short by itself, but only behind the long form.
func (g *Gatherer) joinShorts() {
	for _, key := range g.keys() {
		long := g.held[key]
		if long == nil || long.short == "" || long.short == key {
			continue
		}
		if c := g.held[long.short]; c != nil {
			c.cues[cueSuffix] += long.count
			g.join(c, long)
		}
	}
}

// joinFamilies joins a bare family name and the one person of the corpus who
// has it. That of several people is nobody's.
func (g *Gatherer) joinFamilies() {
	bearers := map[string][]*candidate{}
	for _, key := range g.keys() {
		if c := g.held[key]; c.family != "" && c.words > 1 && c.cues.mayBePerson() {
			bearers[c.family] = append(bearers[c.family], c)
		}
	}
	for _, family := range slices.Sorted(maps.Keys(bearers)) {
		c := g.held[family]
		if c == nil || c.family != "" || c.capitals || !c.cues.mayBePerson() {
			continue
		}
		delete(g.held, family)
		if full := bearers[family]; len(full) == 1 {
			full[0].count += c.count
			full[0].cues[cueHonorific] += c.cues[cueHonorific]
			full[0].cues[cueTitle] += c.cues[cueTitle]
		}
	}
}

// describe fills in name, type and aliases of a candidate.
func (c *candidate) describe(s *Suggestion, opts *Options) {
	s.Name = c.name()
	for _, f := range c.acronyms {
		if f.text != s.Name {
			s.Aliases = append(s.Aliases, f.text)
		}
	}
	c.variants(s)
	if opts.Recognize != nil {
		c.recognize(s, opts.Recognize)
	}
	s.Type, s.Why = c.typed(s.Count)
}

// typed returns the type of a candidate: what its cues tell; where they are few
// what its form tells; then what prose sees; then a guess, without a reason.
func (c *candidate) typed(places int) (typ, why string) {
	typ, why = c.cues.judge(places)
	if typ != "" && (c.fact == 0 || c.cues.weight() > chance) {
		return typ, why
	}
	if few, _ := c.cues.judge(0); c.fact == factFamily && c.words == 1 && few == gpe && c.cues.weight() > chance {
		return gpe, "" // Spain is a family name, too
	}
	if c.fact != 0 {
		f := c.fact.fact()
		return f.typ, f.about
	}
	prose := cues{}
	copy(prose[cueProsePERSON:], c.cues[cueProsePERSON:])
	if typ, why = prose.judge(0); typ != "" {
		return typ, why
	}
	return c.guess(), ""
}

// name is the form that the entity is called by: the most frequent that is not
// in capitals, without a legal suffix if it is also written so: the engine finds
// the suffix by itself. Only an everyday word keeps it, if it has it often.
func (c *candidate) name() string {
	slices.SortStableFunc(c.forms, func(a, b form) int {
		return cmp.Or(cmp.Compare(shouted(a.text), shouted(b.text)), cmp.Compare(b.count, a.count), strings.Compare(a.text, b.text))
	})
	best := c.forms[0]
	everyday := c.words == 1 && c.common
	for _, f := range c.forms[1:] {
		switch {
		case !everyday && strings.HasPrefix(best.text, f.text+" "), !everyday && strings.HasPrefix(best.text, f.text+", "),
			everyday && strings.HasPrefix(f.text, best.text+" ") && f.count*seldomLower >= best.count:
			best = f
		}
	}
	return best.text
}

// shouted is 1 for a name in capitals, for sorting.
func shouted(s string) int {
	if strings.ToUpper(s) == s {
		return 1
	}
	return 0
}

// variants sorts the other forms into those that are found by the name (in
// capitals, without a mark, with a legal suffix) and those that are not.
func (c *candidate) variants(s *Suggestion) {
	for _, f := range c.forms {
		switch {
		case f.text == s.Name:
		case strings.EqualFold(f.text, s.Name) && strings.ToUpper(f.text) != f.text:
			s.Aliases = append(s.Aliases, f.text) // ZoomInfo, Zoominfo
		default:
			s.Seen = append(s.Seen, f.text)
		}
	}
	for _, text := range c.joined {
		if text != s.Name && !slices.Contains(s.Aliases, text) {
			s.Aliases = append(s.Aliases, text)
		}
	}
}

// guess is the type of a name that no cue speaks for: several words that are no
// everyday words, or end like De La Fuente, are most often a person.
func (c *candidate) guess() string {
	if strings.Contains(c.family, " ") {
		return person
	}
	if c.words > 1 && c.words <= 4 && !c.shouts && !strings.Contains(c.key, " of ") && !strings.Contains(c.key, "&") && !c.common && c.family != "" {
		return person
	}
	return org
}

// recognize adds what prose sees in the sample lines.
func (c *candidate) recognize(s *Suggestion, recognize func(string) []tagger.Recognized) {
	for _, line := range c.lines {
		for _, n := range recognize(line) {
			if k, ok := proseCue(n.Type); ok && strings.EqualFold(n.Text, s.Name) {
				c.cues[k]++
			}
		}
	}
}
