// Package diff says what an edit of a gazetteer changes on a corpus: which
// mentions and topics are gained, lost and changed, and why.
//
// New makes a Differ of two gazetteers. Its Workers compare one article at a
// time, a Report gathers what they find in the order of the input, and Text,
// Markdown and JSON write the report. An article is explained only where its
// two records differ; a report holds counts of everything and samples up to
// its limit, so that its size does not follow the corpus.
package diff
