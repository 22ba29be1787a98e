// Package eval measures a gazetteer against articles whose mentions and topics
// people have written down: gold.
//
// Read reads gold of several forms. A Judge tags one article after the other
// and compares; its Verdicts go into a Report, whose numbers Finish works out.
// Reports are plain values that JSON holds whole, so that an old one can be the
// baseline of a new one.
//
// The words are those of any evaluation. A mention of the output that gold has
// is right; one that gold lacks is wrong (a false positive); one that only gold
// has is missed (a false negative). Precision is right/(right+wrong), recall
// right/(right+missed), F1 their harmonic mean. What would be divided by zero
// is no number, and counts as 0 in a mean.
package eval
