// Package tagger is the engine: it reads an article and returns the record of
// the entities it names and the topics it is about.
//
// New compiles a gazetteer into a Tagger, and Open opens one that Compile wrote
// as a file; Tag then makes a Record of a Document. Each arrow of an article's life is one call in TagInto, in order:
// paragraphs and words (internal/segment), candidates (internal/lexicon),
// mentions (internal/resolve), topics (internal/topic), record.
//
// A Tagger is safe for any number of goroutines. Tagging never fails, takes
// time linear in the text, and gives the same record for the same article
// whatever was tagged before or is tagged beside it.
package tagger
