// Package resolve decides which spans of an article are mentions of which
// entities. A Compiler turns a gazetteer into the names of a file and its
// phrases, and Open reads Names from there; a Decider then decides one article
// at a time, in the fixed order of Decider.Decide:
//
//  1. candidates: every form and mask that occurs (candidate.go);
//  2. words alone drop candidates: guards, longer names, silent capitals
//     (guard.go, context.go);
//  3. of the strong ones, the leftmost-longest stay (overlap.go);
//  4. guards that refer to mentions are read once; shared forms are decided
//     (shared.go);
//  5. in the text still free: weak forms, declared acronyms, family names,
//     shorts (free.go, acronym.go, family.go).
//
// Every loser keeps the step that stopped it. Names may be shared; a Decider
// belongs to one goroutine.
package resolve
