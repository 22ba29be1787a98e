// Package lexicon finds every phrase of a dictionary in the words of an
// article: whole words, with the glue that the press puts between them, each
// word under its own rule of case.
//
// A Builder collects phrases and freezes them into a Lexicon, which is
// read-only and may be shared. Lexicon.Append finds all occurrences, also
// those inside others, longest first at each start: which of them stay is for
// package resolve to decide, for guards drop some before the leftmost-longest
// is chosen. Naive does the same in the plainest way and is the oracle of the
// tests.
package lexicon
