package models

// SchemaVersion is the value of "schema" in every record. It stays 1 while
// only optional keys are added.
const SchemaVersion = 1

// A Record is what one article holds: one line of output. Strings in it may
// share memory with the Document that was tagged.
type Record struct {
	Tool      string // "wiretag 0.1.0"
	ID        string
	Source    Source
	Date      Date
	DateFrom  string
	Gazetteer Gazetteer
	Title     string // the field as tagged; spans point into it
	Text      string
	Derived   bool
	Meta      []Meta      // fields of the source, as Document.Meta
	Entities  []Found     // relevance descending, then id
	Undecided []Undecided // title before text, then start
	Topics    []Topic     // score descending, then id
	Tokens    []Token     // title before text, in order; only on request
}

// A Token is a piece of an article that names are matched by: a word, a
// clitic, or one rune of punctuation. A mention holds whole tokens.
type Token struct {
	Place
	First bool // of its sentence
}

// Gazetteer names the pack that a record was made with.
type Gazetteer struct {
	Name string
	Hash string // "sha256:" and the hash of the pack's content
}

// Found is one entity that an article names, with its mentions.
type Found struct {
	ID        string
	Name      string
	Type      string
	Groups    []string // the groups that hold on the article's date, as written
	Links     []Link   // as written in the pack
	Count     int      // mentions, nested ones left out
	Relevance float64  // how central the entity is: W/(W+2), two decimals
	Mentions  []Mention
}

// A Link is one identifier of an entity elsewhere: wikidata: Q148.
type Link struct{ Key, Value string }

// A Mention is one span that is decided to be one entity.
type Mention struct {
	Place
	Quote      string
	Alias      string // the form of the gazetteer that matched
	Via        Via
	Type       string // only where it differs from the entity's
	Zone       Zone
	Confidence float64 // is this span that entity: two decimals
	Antecedent *Place  // for a bare family name: the full name it leans on
	Decided    string  // for a shared alias: the criterion that decided
	Nested     bool    // lies inside a longer mention (--overlap all)
}

// Via says by which kind of form a mention was found.
type Via uint8

// The kinds of form.
const (
	ViaAlias Via = iota
	ViaDemonym
	ViaWeak
	ViaShort
	ViaFamily
	ViaAcronym
)

// String returns the name in records: "alias", "demonym", "weak", "short",
// "family" or "acronym".
func (v Via) String() string {
	return [...]string{"alias", "demonym", "weak", "short", "family", "acronym"}[v]
}

// Undecided is a span that several entities could own.
type Undecided struct {
	Place
	Quote      string
	Via        Via
	Zone       Zone
	Candidates []Candidate
}

// A Candidate is one possible owner of an undecided span: an entity of the
// gazetteer by ID, or a person it does not know by Name.
type Candidate struct{ ID, Name string }

// A Topic is a label that an article was given, with the sum that gave it.
type Topic struct {
	ID        string
	Label     string
	Score     float64 // for × (1 − against), held where Held is set; three decimals
	Threshold float64
	For       float64
	Against   float64
	Why       string // the sum in one line, for people
	Held      bool   // the score was cut because the clues are too weak
	Child     string // the topic that gave its score, for a parent; then no clues
	Clues     []Clue // strongest first; their Adds sum to For within 0.001
	Counter   []Clue // the clues against
}

// A Clue is one named group of conditions that was met.
type Clue struct {
	Name     string
	Weight   string // certain, strong, medium, weak, or a number in (0,1)
	Zone     Zone   // the best zone it was met in
	Mentions int
	Adds     float64 // what it adds to For (or to Against): three decimals
	Spans    []Evidence
}

// Evidence is one span that met a clue, and the term or reference it met it by.
type Evidence struct {
	Place
	Quote string
	By    string // the term as written, or entity:…, list:…, type:…, group:…, topic:…
}
