// Package encode writes records: one file per output format, and the table of
// the formats in formats.go.
//
// New gives an Encoder for a format. What an Encoder's functions append to is
// the caller's; each of them keeps buffers between calls and belongs to one
// goroutine.
//
// Spans count bytes everywhere inside wiretag. Here, and only here, they become
// the unit that was asked for (offsets.go).
package encode
