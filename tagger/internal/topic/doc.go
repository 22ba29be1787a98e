// Package topic derives topics from what an article says: the terms and
// mentions that meet a topic's clues, the score they add up to, and the spans
// that prove it.
//
// A Compiler turns the topics of a gazetteer into Rules, an index from each
// term and reference (an atom) to the topics that use it. A Scorer then reads
// one article at a time: hits (hit.go), conditions (condition.go), scores
// (scorer.go). Only topics with a clue's atom in the article are evaluated.
//
// Rules may be shared; a Scorer belongs to one goroutine.
package topic
