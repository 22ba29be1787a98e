package models

// A Document is one article as it goes into the tagger. The zero value is a
// valid, empty article.
type Document struct {
	// ID names the article in the record. The tagger copies it unread.
	ID string
	// Title is the headline, where the source keeps it apart from the text.
	Title string
	// Text is the body. Offsets count it exactly as it stands here, byte order
	// mark and carriage returns included. It need not be valid UTF-8.
	Text string
	// Date is the day of publication, where the source or the user gave one.
	Date Date
	// DateFrom says who gave Date: DateFromField or DateFromFlag.
	DateFrom string
	// Source is copied into the record.
	Source Source
	// Derived says that Title and Text were computed (from HTML, JSON, another
	// encoding) and are not the characters of a file, so that a record has to
	// carry them for its offsets to mean anything.
	Derived bool
	// Meta are fields of the source that the user wants in the record, in the
	// order in which they were asked for.
	Meta []Meta
}

// A Meta is a field of an article's source that goes into the record as it is.
type Meta struct {
	Key  string
	JSON string // the value, compact
}

// A Source says where an article was read.
type Source struct {
	Path   string // as walked, with slashes; "-" is standard input
	Format string // "text", "jsonl", "html", …
	SHA256 string // of the article's bytes, in lower-case hexadecimal
}

// A Date is a calendar day in ISO form, "2023-11-29", or "" for none. Dates of
// equal length compare as text, which is all that dated names need.
type Date string

// The values of Document.DateFrom and Record.DateFrom.
const (
	DateFromField = "field" // a field or front matter of the source
	DateFromFlag  = "flag"  // the --date flag
	DateFromText  = "text"  // a front paragraph that is only a date
)

// A Field is one of the two texts of an article. Spans count within a field.
type Field uint8

// The fields, in the order in which mentions are listed.
const (
	Title Field = iota
	Text
)

// String returns the field's name in records: "title" or "text".
func (f Field) String() string {
	if f == Title {
		return "title"
	}
	return "text"
}

// Of returns the field of d that f names.
func (f Field) Of(d *Document) string {
	if f == Title {
		return d.Title
	}
	return d.Text
}

// A Span is the half-open byte range [Start,End) of the field it was read
// from: field[Start:End] is the quote, always.
type Span struct{ Start, End int }

// A Place is a span together with its field.
type Place struct {
	Field Field
	Span
}

// Quote returns the text at the place in d.
func (p Place) Quote(d *Document) string { return p.Field.Of(d)[p.Start:p.End] }

// A Zone is the part of an article in which something stands.
type Zone uint8

// The zones. Names in Front and Dateline are mentions, but topics do not see
// them and relevance does not count them.
const (
	Body Zone = iota
	Lead
	Headline
	Front
	Dateline
)

// String returns the zone's name in records: "body", "lead", "title", "front"
// or "dateline".
func (z Zone) String() string {
	return [...]string{"body", "lead", "title", "front", "dateline"}[z]
}
