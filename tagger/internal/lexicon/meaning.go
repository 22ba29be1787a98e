package lexicon

// A Meaning is what a phrase means to those who use the lexicon: a use, and
// what it is to it.
type Meaning uint32

// Use says what a phrase is used for, and so what its Ref counts.
type Use uint8

// The uses.
const (
	ForForm        Use = iota // a form of an entity
	ForMask                   // 1 + the entity whose names the mask stops; 0: every name
	ForGuard                  // a term of guards
	ForTitle                  // an honorific or job title; 0
	ForTopic                  // the atom of a term of topics
	ForFamily                 // a form that is a family name
	ForFamilyFirst            // likewise, of one who writes it first
	inList                    // several meanings, or none: where they stand in Lexicon.lists
)

// MostRefs is how many things one use can tell apart.
const MostRefs = 1 << refBits

const refBits = 29

// Mean returns a meaning. ref must lie in [0, MostRefs).
func Mean(u Use, ref int32) Meaning { return Meaning(u)<<refBits | Meaning(ref) }

// Use returns what the phrase is used for.
func (m Meaning) Use() Use { return Use(m >> refBits) }

// Ref returns what the phrase is to its use.
func (m Meaning) Ref() int32 { return int32(m & (MostRefs - 1)) }
