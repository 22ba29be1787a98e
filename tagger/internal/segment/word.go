package segment

// A Word is a piece of an article that names are matched by: a stretch of
// letters, digits and marks, or one rune of anything else. Its place is the
// bytes [Start,End) of its paragraph's field.
type Word struct {
	Start, End uint32
	ID         uint32 // of the norm in the Vocab; 0 if the Vocab has it not
	Flags      Flags
}

// Flags say what a word is and how it stands in the text.
type Flags uint32

// What a word is made of. Exactly one of Name, Clitic, Filler and Other holds.
const (
	Name   Flags = 1 << iota // letters, digits and marks
	Clitic                   // 's, n't, 'll and their like, after a name
	Filler                   // invisible: a zero-width space, a byte order mark
	Other                    // one rune of punctuation or of anything else

	Lower      // has letters, none of them a capital
	Capital    // the first letter is the only capital
	Upper      // every letter is a capital
	Mixed      // capitals and others: DoJ, eBay, O'Sullivan
	FirstUpper // begins with a capital
	Number     // has a digit and no letter
	Dotted     // initials with their stops: U.S., W.

	Hyphen // a hyphen or en dash with a name on both sides and no blank
	Stop   // . ! ? …
	Quote  // a quotation mark or bracket
	Opens  // a quotation mark that opens: no blank behind it, none before it but a start

	Starts    // a phrase of the gazetteer may begin here, by what the word is and how it is written
	Inflected // the lexicon knows what the word is a form of
	NoMatch   // inside a URL, an e-mail address, a path or an identifier
	Domain    // inside a bare domain: matches only a name that is that domain

	Space // white space stands before it
	Break // a line break stands before it
	First // the first word of its paragraph
)

// Has reports whether every flag of f is set.
func (w *Word) Has(f Flags) bool { return w.Flags&f == f }

// Any reports whether some flag of f is set.
func (w *Word) Any(f Flags) bool { return w.Flags&f != 0 }

// Initial reports whether the word is one letter and its stop: W.
func (w *Word) Initial() bool { return w.Has(Dotted) && w.End-w.Start == 2 }

// Joined reports whether the word touches the one before it.
func (w *Word) Joined() bool { return w.Flags&(Space|First) == 0 }
