// Package encode writes records: one file per output format, and the table of
// the formats in formats.go.
//
// New gives an AppendFunc for a format; call it with each record in turn. An
// AppendFunc keeps buffers between calls and belongs to one goroutine: make
// one per worker.
//
// Spans count bytes everywhere inside wiretag. Here, and only here, they become
// the unit that was asked for (offsets.go).
package encode
