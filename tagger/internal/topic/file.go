package topic

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"wiretag/gazetteer"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/wtg"
)

// Rules are few beside names, and all of them are read when a file is opened:
// they lie in one section as a stream of numbers, in the order of save.
const rulesName = "topics"

// save writes the rules into a file.
func (r *Rules) save(w *wtg.Writer) {
	s := &saver{Writer: w}
	s.count(r.atoms)
	for i := range r.terms {
		t := &r.terms[i]
		s.text(t.text)
		s.flags(t.lower, t.months, t.strict)
		s.list(len(t.lemmas), func(i int) { s.put(t.lemmas[i]) })
	}
	saveAtoms(s, r.byEntity, func(e int32) uint32 { return uint32(e) })
	saveAtoms(s, r.byType, w.Ref)
	saveAtoms(s, r.byGroup, func(g uint32) uint32 { return g })
	saveAtoms(s, r.byTopic, func(t int32) uint32 { return uint32(t) })
	s.list(len(r.topics), func(i int) { s.rule(&r.topics[i]) })
	s.list(len(r.order), func(i int) { s.put(uint32(r.order[i])) })
	wtg.Add(w, rulesName, s.words)
}

// A saver appends to the stream.
type saver struct {
	*wtg.Writer
	words []uint32
}

func (s *saver) put(words ...uint32) { s.words = append(s.words, words...) }

func (s *saver) count(n int) { s.put(uint32(n)) }

func (s *saver) text(t string) { s.put(s.Ref(t)) }

func (s *saver) number(x float64) { s.put(wtg.FloatWords(x)) }

func (s *saver) flags(all ...bool) {
	word := uint32(0)
	for i, f := range all {
		if f {
			word |= 1 << i
		}
	}
	s.put(word)
}

func (s *saver) list(n int, item func(int)) {
	s.count(n)
	for i := range n {
		item(i)
	}
}

// saveAtoms writes which atom a key has, in the order of the atoms.
func saveAtoms[K comparable](s *saver, atoms map[K]int32, word func(K) uint32) {
	keys := slices.SortedFunc(maps.Keys(atoms), func(a, b K) int { return cmp.Compare(atoms[a], atoms[b]) })
	s.list(len(keys), func(i int) { s.put(word(keys[i]), uint32(atoms[keys[i]])) })
}

func (s *saver) rule(r *rule) {
	s.text(r.id)
	s.text(r.label)
	s.text(r.status)
	s.put(uint32(r.parent + 1))
	s.number(r.threshold)
	for _, cs := range [][]condition{r.require, r.exclude, r.clues, r.against} {
		s.list(len(cs), func(i int) { s.condition(&cs[i]) })
	}
	s.list(len(r.ignore), func(i int) { s.put(uint32(r.ignore[i])) })
}

func (s *saver) condition(c *condition) {
	s.text(c.name)
	s.text(c.word)
	s.number(c.w)
	s.number(c.most)
	s.flags(c.all)
	s.text(string(c.together))
	for _, n := range []int{c.distance, c.atLeast, c.distinct} {
		s.count(min(n, math.MaxInt32))
	}
	s.text(string(c.in))
	s.list(len(c.items), func(i int) {
		s.text(string(c.items[i].in))
		s.choices(c.items[i].choices)
	})
	s.choices(c.unless)
}

func (s *saver) choices(cs []choice) {
	s.list(len(cs), func(i int) {
		s.put(uint32(cs[i].atom))
		s.text(cs[i].by)
	})
}

// Open returns the rules of a file. What is wrong with them is an error of the
// file. Draft topics are given only with draft.
func Open(f *wtg.File, n *resolve.Names, draft bool) *Rules {
	o := &opener{File: f, strings: f.Text(), words: wtg.Rows[uint32](f, rulesName)}
	o.rules.atoms = o.length()
	o.atoms = o.rules.atoms
	r := &o.rules
	for range r.atoms {
		t := term{text: o.text()}
		flags := o.next()
		t.lower, t.months, t.strict = flags&1 != 0, flags&2 != 0, flags&4 != 0
		t.lemmas = listOf(o, func() uint32 { return o.next() })
		r.terms = append(r.terms, t)
	}
	r.byEntity = openAtoms(o, func() int32 { return o.below(n.Len()) })
	r.byType = openAtoms(o, o.text)
	r.byGroup = openAtoms(o, o.next)
	r.byTopic = openAtoms(o, func() int32 { return int32(o.next() & (lexicon.MostRefs - 1)) })
	r.topics = listOf(o, func() rule { return o.rule(draft) })
	r.order = listOf(o, func() int32 { return o.below(len(r.topics)) })
	f.Require(len(o.words) == 0 && len(r.order) == len(r.topics), rulesName)
	o.ancestors()
	if f.Err() == nil {
		r.index()
	}
	return r
}

// Atoms is how many atoms there are.
func (r *Rules) Atoms() int { return r.atoms }

// An opener reads the stream. Behind its end it reads zeros, and notes that.
type opener struct {
	*wtg.File
	strings wtg.Strings
	words   []uint32
	atoms   int
	rules   Rules
}

func (o *opener) next() uint32 {
	o.Require(len(o.words) > 0, rulesName)
	if len(o.words) == 0 {
		return 0
	}
	word := o.words[0]
	o.words = o.words[1:]
	return word
}

func (o *opener) text() string { return o.strings.At(o.next()) }

// below reads a number that must be smaller than limit.
func (o *opener) below(limit int) int32 {
	word := o.next()
	if int64(word) >= int64(limit) {
		o.Require(false, rulesName)
		return 0
	}
	return int32(word)
}

// length reads how many things follow. Each of them takes a word at least, so
// that a wrong number costs no more than the file is long.
func (o *opener) length() int { return int(o.below(len(o.words))) }

// part reads a number in [0,1].
func (o *opener) part() float64 {
	low, high := o.next(), o.next()
	x := wtg.Float(low, high)
	o.Require(x >= 0 && x <= 1, rulesName)
	return x
}

// size reads a number of words or mentions.
func (o *opener) size() int { return int(int32(o.next())) }

func (o *opener) atom() int32 { return o.below(o.atoms) }

func listOf[T any](o *opener, item func() T) []T {
	n := o.length()
	out := make([]T, 0, min(n, 64))
	for range n {
		if o.Err() != nil {
			return nil
		}
		out = append(out, item())
	}
	return out
}

func openAtoms[K comparable](o *opener, key func() K) map[K]int32 {
	n := o.length()
	atoms := make(map[K]int32)
	for range n {
		k := key()
		atoms[k] = o.atom()
	}
	return atoms
}

func (o *opener) rule(draft bool) rule {
	r := rule{id: o.text(), label: o.text(), status: o.text(), parent: int32(o.next()) - 1, threshold: o.part()}
	conditions := func() []condition { return listOf(o, o.condition) }
	r.require, r.exclude, r.clues, r.against = conditions(), conditions(), conditions(), conditions()
	r.ignore = listOf(o, o.atom)
	r.skip = r.status == "retired" || r.status == "draft" && !draft
	return r
}

// mostItems is what the number of an item in a hit has room for.
const mostItems = math.MaxInt16

func (o *opener) condition() condition {
	c := condition{
		name: o.text(), word: o.text(), w: o.part(), most: o.part(), all: o.next() != 0,
		together: gazetteer.Unit(o.text()), distance: o.size(), atLeast: o.size(), distinct: o.size(),
		in: gazetteer.Zone(o.text()),
		items: listOf(o, func() item {
			it := item{in: gazetteer.Zone(o.text())}
			it.choices = listOf(o, o.choice)
			return it
		}),
		unless: listOf(o, o.choice),
	}
	o.Require(len(c.items) <= mostItems && (c.all || len(c.items) == 1), rulesName)
	return c
}

func (o *opener) choice() choice { return choice{o.atom(), o.text()} }

// ancestors requires that every topic has an end of parents.
func (o *opener) ancestors() {
	topics := o.rules.topics
	for i := range topics {
		depth := 0
		for p := topics[i].parent; p >= 0 && depth <= len(topics); depth++ {
			if int(p) >= len(topics) {
				o.Require(false, rulesName)
				return
			}
			p = topics[p].parent
		}
		o.Require(depth <= len(topics), rulesName)
	}
	for t := range o.rules.byTopic {
		o.Require(int(t) < len(topics), rulesName)
	}
}

// index fills the tables that lead from atoms to topics.
func (r *Rules) index() {
	r.types = slices.Sorted(maps.Keys(r.byType))
	r.users = make([][]int32, r.atoms)
	for i := range r.topics {
		for _, clue := range r.topics[i].clues {
			for _, it := range clue.items {
				for _, ch := range it.choices {
					if us := r.users[ch.atom]; len(us) == 0 || us[len(us)-1] != int32(i) {
						r.users[ch.atom] = append(us, int32(i))
					}
				}
			}
		}
	}
}
