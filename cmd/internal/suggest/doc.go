// Package suggest finds what a gazetteer lacks in a corpus: names, and the
// words that set a topic's articles apart.
//
// A Reader makes the Findings of one article out of its tagger.Outline; it is
// used by one goroutine, and many may read at once. A Gatherer adds the
// Findings in the order of the input, so that its result does not depend on the
// number of readers, and holds a bounded number of candidates. Suggestions then
// groups, types and ranks them, and Write prints them as YAML that a lint finds
// nothing in. Terms and Score do the same for the words of a topic.
package suggest
