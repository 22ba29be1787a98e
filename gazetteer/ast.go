package gazetteer

import "wiretag/models"

// A Gazetteer is one pack, merged from its files and from the packs it uses,
// as typed values with the position of every scalar. Order is that of the
// files (sorted by name) and of the entries in them.
//
// A Gazetteer is plain data: nothing in it changes once Load has returned it.
type Gazetteer struct {
	Name     String   // of the packs that were asked for, joined by "+"
	About    String   // of the last of them, from its first file that has one
	License  String   // likewise
	Hash     string   // "sha256:" and the hash of every file's name and content
	Uses     []String // the packs below, as Parse found them; Load has merged them and leaves none
	Types    []*Type
	Entities []*Entity
	Masks    []String // file-level masks: they stop every name
	Lists    []*List  // the house's word lists (gazetteer/words) among them
	Filters  []*Filter
	Topics   []*Topic
	Packs    []Pack // what it was loaded from, lowest first

	// What became of ids that are not there: see merger.
	former map[RefKind]map[string]String
	gone   map[RefKind]map[string]bool
}

// A String is a scalar of the YAML with its place. Value is the text as
// written, before any normalisation.
type String struct {
	Value string
	Pos   Pos
}

// A Type is an entity type that a pack adds to OntoNotes'.
type Type struct {
	ID     String
	Parent String // "" for a type of its own
}

// An Entity is one entry of the gazetteer.
type Entity struct {
	ID              String // given, or the slug of the name
	Name            Alias  // the first alias; Match is false if it is only a name
	Type            String
	Aliases         []Alias
	Weak            []Alias
	Shorts          []Alias
	Demonyms        []Alias
	Family          String // the family name, where it is not the last word
	NoFamily        bool   // family: false
	Gender          String // "m", "f" or ""
	Groups          []Group
	Links           []Link
	Masks           []String
	Examples        []String
	CounterExamples []String
	Formerly        []String
	Guard           *Guard // the defaults of Name, Aliases and Weak; nil: none
	Layer
	Drop *Drop // with extend: what is taken away
	Pos  Pos
}

// Layer says how an entry treats the entry of the same id in a pack below.
type Layer struct {
	Override bool // it replaces the whole entry
	Extend   bool // it adds to its lists and sets absent scalars
	Remove   bool // it drops it
}

// A Drop lists what an extending entry takes away, by value.
type Drop struct {
	Aliases, Weak, Shorts, Demonyms, Groups, Masks []String // of an entity
	Any                                            []String // of a list
	Clues, Against, Require, Exclude, Ignore       []String // of a topic, conditions by name
}

// An Alias is one surface form of an entity.
type Alias struct {
	Text    String
	NoMatch bool   // match: false: the text names the entity but is never looked for
	Guard   *Guard // nil: none of its own
}

// A Guard holds the conditions under which an alias counts. Unset values (the
// zero value of each field) fall back to the entity's guard, then to the
// defaults; see Entity.GuardOf.
type Guard struct {
	Case     Case
	Strength Strength
	Needs    []Item // any one must hold
	Unless   []Item // none may hold
	Within   Unit   // governs both; default article for Needs, sentence for Unless
	From     models.Date
	Until    models.Date
	Shared   *bool
	Prior    float64 // in (0,1); used only between owners of one alias
	Inside   *bool   // true: counts inside a longer capitalised name, too
}

// Case is the case policy of an alias.
type Case string

// The case policies; "" is Auto.
const (
	CaseAuto  Case = "auto"
	CaseExact Case = "exact"
	CaseFold  Case = "fold"
)

// Strength says whether an alias counts alone.
type Strength string

// The strengths; "" is Strong, and Weak for aliases under weak:.
const (
	Strong Strength = "strong"
	Weak   Strength = "weak"
)

// A Unit is a stretch of text in which things stand together.
type Unit string

// The units; "" is the default of the key that holds it.
const (
	Article   Unit = "article"
	Paragraph Unit = "paragraph"
	Sentence  Unit = "sentence"
	Words     Unit = "words" // Condition.Distance words of one paragraph
)

// A Group is a membership, with the days on which it holds.
type Group struct {
	ID    String
	From  models.Date // inclusive; "" is always
	Until models.Date // exclusive; "" is always
}

// A Link is an identifier of the entry elsewhere.
type Link struct {
	Key   String
	Value String
}

// A List is a named list of terms and references.
type List struct {
	ID    String
	Any   []Item
	House bool // one of the house's word lists, which a pack may have extended
	Layer
	Drop *Drop
	Pos  Pos
}

// A Filter holds phrases and stops for several topics at once.
type Filter struct {
	All     bool // topics: all
	Topics  []String
	Ignore  []String
	Exclude []Condition
	Pos     Pos
}

// A Topic is a label with the rules that give it.
type Topic struct {
	ID              String
	Label           String
	About           String
	Parent          String
	Status          String // "", draft, stable, retired
	Require         []Condition
	Clues           []Condition
	Against         []Condition
	Exclude         []Condition
	Ignore          []String
	Threshold       float64 // 0.5 unless given
	ThresholdPos    Pos     // where it was given
	Links           []Link
	Examples        []String
	CounterExamples []String
	Formerly        []String
	Layer
	Drop *Drop
	Pos  Pos
}

// A Condition is a test on an article: one of Any, or all of All together in
// one unit.
type Condition struct {
	Name     String // for a condition without one: its first term
	Weight   Weight
	Any      []Item
	All      []Item
	Together Unit // of All; default Article
	Distance int  // with Words: how many
	AtLeast  int  // mentions; 0 is 1
	Distinct int  // different terms or entities; 0 is 1
	In       Zone
	Unless   []Item
	Pos      Pos
}

// A Zone restricts where a condition looks.
type Zone string

// The zones of a condition; "" is anywhere. InLead is title or lead.
const (
	InTitle Zone = "title"
	InLead  Zone = "lead"
	InBody  Zone = "body"
)

// A Weight is what a clue is worth: a word or, for experts, a number in (0,1).
type Weight struct {
	Word   string  // certain, strong, medium, weak; "" where a number was given
	Number float64 // set where Word is ""; both unset: strong
	Pos    Pos
}

// An Item is what conditions, guards and lists are made of. Exactly one of
// Term, Ref, Any and Cond is set.
type Item struct {
	Term String     // a word or phrase, with its prefix (exact:, lower:) in Form
	Form Form       // how Term is read
	Ref  *Reference // entity: type: group: topic: list:
	Any  []Item     // alternatives, as an item of all
	Cond *Condition // {any, in} as an item of all
	Pos  Pos
}

// Form says how a term is read.
type Form uint8

// The forms of a term.
const (
	Plain Form = iota // by the capital: inflected if it has none
	Exact             // exact: this form in this case
	Lower             // lower: inflects, and never matches a capital inside a sentence
)

// A Reference names something of the gazetteer.
type Reference struct {
	Kind RefKind
	ID   String
	// Void says that there is no such thing: a layer removed it, or the
	// reference is reported as an error. A void reference never holds.
	Void bool
}

// RefKind is the kind of thing that a reference names.
type RefKind string

// The kinds of reference.
const (
	RefEntity RefKind = "entity"
	RefType   RefKind = "type"
	RefGroup  RefKind = "group"
	RefTopic  RefKind = "topic"
	RefList   RefKind = "list"
)

// Value returns a guard as a value, the empty one for nil.
func (g *Guard) Value() Guard {
	if g == nil {
		return Guard{}
	}
	return *g
}

// Guarded returns the guard at g to write to, which it makes if there is none.
func Guarded(g **Guard) *Guard {
	if *g == nil {
		*g = new(Guard)
	}
	return *g
}

// GuardOf returns the guard of one of e's names, aliases or weak aliases: its
// own values over e's, key by key.
func (e *Entity) GuardOf(a *Alias) Guard {
	g := a.Guard.Value()
	d := e.Guard
	if d == nil {
		return g
	}
	if g.Case == "" {
		g.Case = d.Case
	}
	if g.Strength == "" {
		g.Strength = d.Strength
	}
	if g.Needs == nil {
		g.Needs = d.Needs
	}
	if g.Unless == nil {
		g.Unless = d.Unless
	}
	if g.Within == "" {
		g.Within = d.Within
	}
	if g.From == "" {
		g.From = d.From
	}
	if g.Until == "" {
		g.Until = d.Until
	}
	if g.Shared == nil {
		g.Shared = d.Shared
	}
	if g.Prior == 0 {
		g.Prior = d.Prior
	}
	if g.Inside == nil {
		g.Inside = d.Inside
	}
	return g
}
