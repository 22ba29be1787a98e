package models

// An Explanation is a record together with what did not come into it, and why:
// the candidates that were stopped, and the topics that have a clue, given or
// not.
type Explanation struct {
	Record  Record
	Stopped []Stopped // by place, then id
	Topics  []Trace   // given ones first, by score; then the others, by score; then id
}

// Stopped is a form of an entity that occurs and is no mention.
type Stopped struct {
	Place
	Quote  string
	ID     string
	Alias  string
	Via    Via
	Step   string // what stopped it, in a word: "needs", "overlap"
	Reason string // the same as a sentence, with what would have let it pass
}

// A Trace is the sum of a topic, whether or not it fires.
type Trace struct {
	Topic
	Given   bool   // its own score reaches its threshold
	Stopped string // the exclude or require line that made its score 0, as a sentence
	Unmet   []Unmet
	Change  string // the smallest change that would give it; "" if it is given
}

// Unmet is a clue that was not met.
type Unmet struct {
	Name   string
	Weight string
	Reason string // what is there and what is missing
}
