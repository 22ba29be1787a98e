package tagger

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/topic"
)

// The checks that need the engine: what a form comes to as words, and what
// stands in its way.
const (
	neverMatches = "never-matches"
	shadowed     = "shadowed"
	commonWord   = "common-word"
	frequentName = "frequent-name"
	sameTerm     = "same-term"
	noStrongClue = "no-strong-clue"
	lowThreshold = "low-threshold"
)

// Checks returns the checks that Check runs, which are warnings all: the
// gazetteer means something, but hardly what was meant.
func Checks() []gazetteer.Check {
	return []gazetteer.Check{
		{Name: neverMatches, About: "a name, mask or term that no text can hold"},
		{Name: shadowed, About: "a name whose every occurrence goes to another entity"},
		{Name: commonWord, About: "a name that is an everyday word, with nothing that tells the two apart"},
		{Name: frequentName, About: "a name that many people bear, with nothing that tells them apart"},
		{Name: sameTerm, About: "a term that is a form of one beside it, which finds it already"},
		{Name: noStrongClue, About: "a topic that rests on clues which prove nothing"},
		{Name: lowThreshold, About: "a threshold that clues which prove nothing reach"},
	}
}

// Check returns what only the engine can see of a gazetteer, sorted by place.
// It compiles g and tags every form of every entity by itself, on all
// processors; 20,000 forms take a quarter of a second. Of a gazetteer with
// errors it sees what Load could make of it.
func Check(g *gazetteer.Gazetteer) gazetteer.Diagnostics {
	compiler := newCompiler(g)
	file, err := compiler.compile(CompileOptions{})
	if err != nil {
		return nil // an error of Load, which reports it
	}
	t, err := OpenBytes(file.Data(), &Options{Draft: true})
	if err != nil {
		return nil // likewise
	}
	c := &checker{compiler: compiler, names: t.names}
	for _, e := range g.Entities {
		c.entity(e)
	}
	for _, m := range g.Masks {
		c.words("the mask", m)
	}
	for _, t := range g.Topics {
		c.topic(t)
	}
	for _, l := range g.Lists {
		if classOfList(l.ID.Value) == 0 {
			c.items(l.Any)
		}
	}
	c.diags = append(c.diags, t.reach(g.Entities)...)
	return c.diags.Sort()
}

// A checker looks at the words that names and terms come to.
type checker struct {
	*compiler
	names *resolve.Names
	diags gazetteer.Diagnostics
}

func (c *checker) add(pos gazetteer.Pos, check, format string, args ...any) {
	c.diags = append(c.diags, warning(pos, check, format, args...))
}

func warning(pos gazetteer.Pos, check, format string, args ...any) gazetteer.Diagnostic {
	return gazetteer.Diagnostic{Pos: pos, Severity: gazetteer.Warning, Check: check, Message: fmt.Sprintf(format, args...)}
}

// entity looks at the forms and masks of an entity.
func (c *checker) entity(e *gazetteer.Entity) {
	for f := range e.Forms() {
		if unguarded(e, &f) {
			c.common(e, &f)
		}
	}
	for _, m := range e.Masks {
		c.words("the mask", m)
	}
}

// unguarded reports whether a form counts wherever it stands.
func unguarded(e *gazetteer.Entity, f *gazetteer.NameForm) bool {
	g := &f.Guard
	return f.Via == models.ViaAlias && g.Needs == nil && g.Unless == nil && g.Prior == 0 &&
		(g.Shared == nil || !*g.Shared) && len(e.Masks) == 0
}

// common reports a form that is an everyday word or the name of many people.
// Of a form with capitals only a single word is: the words of a longer one
// stand together in no other sense.
func (c *checker) common(e *gazetteer.Entity, f *gazetteer.NameForm) {
	const fix = "give it needs: or unless:, list masks:, or put it under weak:"
	tokens := c.phraser.Tokens(f.Text.Value)
	class := segment.Common | segment.FirstName | segment.Frequent
	lower, capital := true, len(tokens) == 1
	for _, t := range tokens {
		class &= c.vocab.Class(t.ID)
		word := segment.Word{Flags: t.Flags}
		lower = lower && lexicon.Capitals(t.Text) == 0
		capital = capital && word.Has(segment.Capital)
	}
	switch {
	case len(tokens) == 0:
	case lower && class&segment.Common != 0 && f.Guard.Case != gazetteer.CaseExact:
		c.add(f.Text.Pos, commonWord, "%q is written in lower case and would be found in every such phrase: write it with its capital, or say case: exact", f.Text.Value)
	case (capital || f.Guard.Case == gazetteer.CaseFold) && class&segment.Common != 0:
		c.add(f.Text.Pos, commonWord, "%q is an everyday word, too (%s): %s", f.Text.Value, strings.ToLower(f.Text.Value), fix)
	case capital && class&(segment.Frequent|segment.FirstName) != 0 && !c.yields(e):
		c.add(f.Text.Pos, frequentName, "%q is the name of many people, too: %s", f.Text.Value, fix)
	}
}

// yields reports the types whose names of one word are mentions only where
// no capitalised word stands beside them, so that Jordan Smith is no Jordan.
func (c *checker) yields(e *gazetteer.Entity) bool {
	return slices.ContainsFunc([]string{"GPE", "LOC", "PERSON"}, func(t string) bool {
		return c.names.IsType(e.Type.Value, t)
	})
}

// words reports a text that comes to no words.
func (c *checker) words(what string, s gazetteer.String) {
	if len(c.phraser.Tokens(s.Value)) == 0 {
		c.add(s.Pos, neverMatches, "%s %q has no letter or digit that could be found", what, s.Value)
	}
}

// topic looks at the terms of a topic and at what its clues are worth.
func (c *checker) topic(t *gazetteer.Topic) {
	for _, conditions := range [][]gazetteer.Condition{t.Require, t.Clues, t.Against, t.Exclude} {
		for i := range conditions {
			k := &conditions[i]
			for _, items := range [][]gazetteer.Item{k.Any, k.All, k.Unless} {
				c.items(items)
			}
		}
	}
	for _, s := range t.Ignore {
		c.words("the phrase", s)
	}
	lifts, alone := topic.Lifts(t.Clues)
	switch {
	case t.Status.Value == "retired" || len(t.Clues) == 0:
	case t.Threshold <= topic.HeldAt:
		c.add(t.ThresholdPos, lowThreshold, "the threshold %v is reached by clues that prove nothing: without one strong or two medium ones a score stays at %.2f, so a threshold lies above that", t.Threshold, topic.HeldAt)
	case !lifts:
		c.add(t.Pos, noStrongClue, "the topic %q can never be given: without one strong clue or two medium ones its score stays at %.2f, and its threshold is %v", t.ID.Value, topic.HeldAt, t.Threshold)
	case !alone:
		c.add(t.Pos, noStrongClue, "the topic %q has no strong clue, so words that only hint at it can give it: say in a clue of weight strong or certain what happens", t.ID.Value)
	}
}

// items looks at the terms of one list: those that come to no words, and those
// that are forms of another.
func (c *checker) items(items []gazetteer.Item) {
	terms := make(map[string]gazetteer.Item, len(items))
	for _, it := range items {
		switch {
		case it.Any != nil:
			c.items(it.Any)
		case it.Cond != nil:
			c.items(it.Cond.Any)
		case it.Ref != nil:
		case len(c.phraser.Tokens(it.Term.Value)) == 0:
			c.words("the term", it.Term)
		case it.Form == gazetteer.Plain && terms[it.Term.Value].Term.Value == "":
			terms[it.Term.Value] = it
		}
	}
	for _, it := range items {
		if _, plain := terms[it.Term.Value]; !plain || it.Form != gazetteer.Plain {
			continue
		}
		for f := range c.inflector.Nouns(c.phraser.Tokens(it.Term.Value)) {
			if other, ok := terms[f]; ok && f != it.Term.Value {
				c.add(other.Pos, sameTerm, "%q is found by %q already, which stands beside it: a term in lower case finds its plural, and a hyphen where a blank is; delete this one", f, it.Term.Value)
			}
		}
	}
}

// reach reports the forms that can never be mentions: each is put into a
// sentence by itself, and has to be found there or be stopped by what an
// article can lift, as by needs that are not met.
func (t *Tagger) reach(entities []*gazetteer.Entity) gazetteer.Diagnostics {
	var mu sync.Mutex
	var all gazetteer.Diagnostics
	var group sync.WaitGroup
	for part := range slices.Chunk(entities, len(entities)/runtime.GOMAXPROCS(0)+1) {
		group.Go(func() {
			var found gazetteer.Diagnostics
			for _, e := range part {
				for f := range e.Forms() {
					if d, bad := t.reachForm(e, &f); bad {
						found = append(found, d)
					}
				}
			}
			mu.Lock()
			all = append(all, found...)
			mu.Unlock()
		})
	}
	group.Wait()
	return all
}

// reachForm reads an article that names the form. What waits for a strong name
// of its entity gets one.
func (t *Tagger) reachForm(e *gazetteer.Entity, f *gazetteer.NameForm) (gazetteer.Diagnostic, bool) {
	name := f.Text.Value
	first, last := strings.IndexFunc(name, isWordRune), strings.LastIndexFunc(name, isWordRune)
	if first < 0 {
		return warning(f.Text.Pos, neverMatches, "%q has no letter or digit that could be found", name), true
	}
	before := "They spoke of "
	if f.Via == models.ViaWeak || f.Via == models.ViaShort {
		before = "It was about " + strongName(e) + " there.\n\n" + before
	}
	ex := t.explainMentions(models.Document{Text: before + name + " again."})
	fate, by := fateOf(&ex, e.ID.Value, models.Span{Start: len(before) + first, End: len(before) + last + 1})
	switch {
	case fate == alive:
		return gazetteer.Diagnostic{}, false
	case fate == unread:
		return warning(f.Text.Pos, neverMatches, "%q is never found as it is written: %s", name, unreadable(name)), true
	}
	return warning(f.Text.Pos, shadowed, "%q can never be found: its words always go to %q; delete it, or make it an alias that both entities share", name, by), true
}

// strongName returns the first strong name of an entity, or "".
func strongName(e *gazetteer.Entity) string {
	for f := range e.Forms() {
		if f.Via == models.ViaAlias {
			return f.Text.Value
		}
	}
	return ""
}

// A fate is what comes of a form in an article that names it.
type fate int

const (
	alive  fate = iota // found, or stopped by what another article can lift
	unread             // not seen at all
	taken              // its words always belong to another entity
)

// fateOf tells what came of an entity's form at a place, and which other
// entity took its words.
func fateOf(ex *models.Explanation, id string, at models.Span) (f fate, by string) {
	covers := func(p models.Place) bool { return p.Start <= at.Start && p.End >= at.End }
	for i := range ex.Record.Entities {
		o := &ex.Record.Entities[i]
		if !slices.ContainsFunc(o.Mentions, func(m models.Mention) bool { return covers(m.Place) }) {
			continue
		}
		if o.ID == id {
			return alive, ""
		}
		by = o.ID
	}
	if slices.ContainsFunc(ex.Record.Undecided, func(u models.Undecided) bool { return covers(u.Place) }) {
		return alive, ""
	}
	f = unread
	for i := range ex.Stopped {
		if s := &ex.Stopped[i]; s.ID == id && covers(s.Place) {
			if by == "" || !slices.Contains(resolve.Final(), s.Step) {
				return alive, ""
			}
			f = taken
		}
	}
	return f, by
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// unreadable guesses what keeps a name from being read as one.
func unreadable(name string) string {
	switch {
	case strings.Contains(name, "://") || strings.ContainsAny(name, `/\@`):
		return "words inside an address or a path are not read; list the name that it holds"
	case strings.ContainsAny(name, "!?;"):
		return "a sentence seems to end inside it"
	}
	return "it does not stand as whole words in a text"
}
