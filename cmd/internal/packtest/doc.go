// Package packtest tries a gazetteer against what its writers expect of it: the
// examples and counter-examples of its entries, and the tests beside it. Of
// what is not as expected it says why: which alias, guard, mask or clue decided,
// and where that stands in the YAML.
//
// Run tries; AppendText, AppendJSON and AppendJUnit write what came of it.
package packtest
