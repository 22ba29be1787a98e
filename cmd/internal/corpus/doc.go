// Package corpus reads articles: from files, folders and standard input, as
// plain text or as JSON lines.
//
// Open checks what the user named; Articles then yields one article after the
// other, in a fixed order, and never holds more than one. What cannot be read
// is yielded as a Problem in its place, and reading goes on with the next.
//
// A Corpus is read once, by one goroutine.
package corpus
