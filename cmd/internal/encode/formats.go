package encode

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/models"
)

// Options say what a record looks like. The zero value is the default.
type Options struct {
	Offsets     Offsets  // the unit of start and end
	IncludeText bool     // write title and text of every record, not only of derived ones
	Table       Table    // what a row of a table is
	Topics      []string // ids of the topics that may come, for tables with a column each
	RawCells    bool     // write the cells of csv and tsv as they are, formulas included
	Title       string   // of a report as a whole
}

// An AppendFunc appends one whole record, its line end included, to dst and
// returns the longer slice. It does not keep rec.
type AppendFunc func(dst []byte, rec *models.Record) []byte

// An Encoder makes the bytes of one output: Head, then of every record what
// Worker's function and Next append, then Foot. All but Worker or Next may be
// nil.
type Encoder struct {
	// Head is what stands before the first record.
	Head []byte
	// Worker returns a function for one goroutine. What it appends depends on
	// the record alone.
	Worker func() AppendFunc
	// Next gets the records in the order of the output, in one goroutine, for
	// what depends on the records before. An output that needs it cannot be
	// resumed.
	Next AppendFunc
	// Foot appends what stands after the last record.
	Foot func(dst []byte) []byte
}

// A Format is one way of writing records.
type Format struct {
	Name  string
	About string // half a line, for help
	// Unit is the unit that the format's own definition prescribes, whatever
	// Options.Offsets says; nil if there is none.
	Unit *Offsets
	// Takes are the flags that only some formats heed: "table", "raw-cells".
	Takes []string
	New   func(Options) Encoder
}

// formats is the one list of formats: help and errors are made from it.
var formats = []Format{
	{Name: "jsonl", About: "one JSON object a line", New: newJSONL},
	{Name: "mentions", About: "one flat JSON object a mention, with the words around it", New: newMentions},
	{Name: "csv", About: "a table for spreadsheets, pandas and SQL; --table says of what", Takes: []string{"table", "raw-cells"}, New: newCSV},
	{Name: "tsv", About: "the same with a tab between cells and a line for every row, whatever is in it", Takes: []string{"table", "raw-cells"}, New: newTSV},
	{Name: "spacy", About: "text, spans and cats as spaCy, Prodigy and doccano read them", Unit: new(CodePoint), New: newSpacy},
	{Name: "w3c", About: "one Web Annotation (JSON-LD) a mention or topic", Unit: new(CodePoint), New: newW3C},
}

// Formats lists the formats in the order of help.
func Formats() []Format { return slices.Clone(formats) }

// New returns an encoder of the named format. An unknown name is an error that
// lists the known ones.
func New(name string, opts Options) (Encoder, error) {
	for _, f := range formats {
		if f.Name == name {
			return f.New(opts), nil
		}
	}
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return Encoder{}, fmt.Errorf("unknown format %q; known: %s", name, strings.Join(names, ", "))
}
