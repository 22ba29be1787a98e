package topic

import (
	"slices"

	"wiretag/gazetteer"
	"wiretag/models"
)

// Rules are the compiled topics of a gazetteer. They are read-only and may be
// shared.
type Rules struct {
	topics []rule
	terms  []term

	// Atoms that mentions meet, besides terms.
	byEntity map[int32]int32
	byType   map[string]int32
	byGroup  map[uint32]int32 // by resolve.Group.ID
	byTopic  map[int32]int32
	types    []string // the keys of byType, sorted
	atoms    int
	users    [][]int32 // atom -> topics with a clue that holds it
	order    []int32   // topics, those that others refer to first
}

// A term is a word or phrase of a rule. Its number is its atom.
type term struct {
	text   string
	lower  bool // written without a capital: it inflects
	months bool // the name of a month or weekday in lower case
	strict bool // lower: never matches a capital inside a sentence
	lemmas []uint32
}

// A rule is one topic.
type rule struct {
	id        string
	label     string
	status    string
	parent    int32 // -1 if it has none
	require   []condition
	exclude   []condition
	clues     []condition // by weight, then as written
	against   []condition
	ignore    []int32 // atoms
	threshold float64
	skip      bool // retired, or a draft that was not asked for; see Open
}

// A condition is a compiled gazetteer.Condition.
type condition struct {
	name     string
	word     string // the weight as written
	w, most  float64
	items    []item // alternatives of any, or the items of all
	all      bool
	together gazetteer.Unit
	distance int
	atLeast  int
	distinct int
	in       gazetteer.Zone
	unless   []choice
}

// An item of all is a list of alternatives, perhaps only in one zone.
type item struct {
	choices []choice
	in      gazetteer.Zone
}

// A choice is one alternative: the atom that meets it, and what to call it.
type choice struct {
	atom int32
	by   string
}

// allows reports whether a zone is one that a condition looks in.
func allows(in gazetteer.Zone, z models.Zone) bool {
	switch in {
	case gazetteer.InTitle:
		return z == models.Headline
	case gazetteer.InLead:
		return z == models.Headline || z == models.Lead
	case gazetteer.InBody:
		return z == models.Body
	}
	return true
}

// Has reports whether there is a topic of an id.
func (r *Rules) Has(id string) bool {
	return slices.ContainsFunc(r.topics, func(t rule) bool { return t.id == id })
}

// IDs returns the ids of the topics that articles may be given, sorted.
func (r *Rules) IDs() []string {
	var ids []string
	for i := range r.topics {
		if t := &r.topics[i]; !t.skip {
			ids = append(ids, t.id)
		}
	}
	slices.Sort(ids)
	return ids
}
