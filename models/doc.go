// Package models holds the plain values that cross wiretag's package borders:
// the article that goes in (Document), the record that comes out (Record), and
// what stands between them (Span, Mention, Topic, Clue).
//
// The values have no behaviour beyond themselves: no I/O, no constructor that
// can fail, the standard library only. record.schema.json describes the JSON
// form of a Record, mention.schema.json that of one mention of it; package
// encode writes them.
//
// Every Span counts bytes of the field it was read from. Other units (code
// points, UTF-16) exist only in output, where the encoder makes them.
package models
