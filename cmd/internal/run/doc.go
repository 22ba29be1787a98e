// Package run is the streaming run: it reads articles, tags them on several
// goroutines and writes the records in the order of the input.
//
// Each is the machinery, for whatever is done with articles; Run tags them and
// writes records.
//
// CreateOutput opens what is written to; Run does the work; Commit or Abort
// ends the output. Run holds a bounded number of articles, whatever the size
// of the corpus, and its output is the same for any number of workers.
package run
