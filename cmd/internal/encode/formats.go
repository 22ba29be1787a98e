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
	Types       []string // the types that entities may have, for formats that declare them
	Title       string   // of a report as a whole
	RawCells    bool     // no guard against formulas in tables
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
	// Tokens says that records must have their tokens.
	Tokens bool
	// Takes are the flags that only some formats heed.
	Takes []string
	// Binary says that the output is not for terminals.
	Binary bool
	New    func(Options) Encoder
}

// formats is the one list of formats: help and errors are made from it.
var formats = []Format{
	{Name: "jsonl", About: "one JSON object a line", New: newJSONL},
	{Name: "mentions", About: "one JSON object a mention", New: newMentions},
	{Name: "csv", About: "a table; --table says of what", Takes: []string{"table", "raw-cells"}, New: newCSV},
	{Name: "tsv", About: "the same with tabs", Takes: []string{"table", "raw-cells"}, New: newTSV},
	{Name: "conll", About: "a token a line with its tag, as CoNLL-2003", Tokens: true, New: newCoNLL},
	{Name: "brat", About: "text and annotation files, in a tar archive", Binary: true, Unit: new(CodePoint), New: newBrat},
	{Name: "spacy", About: "text and spans for Prodigy, doccano and Label Studio", Unit: new(CodePoint), New: newSpacy},
	{Name: "w3c", About: "Web Annotations, one a line", Unit: new(CodePoint), New: newW3C},
	{Name: "parquet", About: "a table for DuckDB, pandas and Spark", Takes: []string{"table"}, Binary: true, New: newParquet},
	{Name: "html", About: "one page to read: the texts with their names, topics and why; no script, no network", Takes: []string{"title"}, New: newHTML},
}

// Formats lists the formats in the order of help.
func Formats() []Format { return slices.Clone(formats) }

// Find returns the format of a name, or nil.
func Find(name string) *Format {
	for i := range formats {
		if formats[i].Name == name {
			return &formats[i]
		}
	}
	return nil
}

// New returns an encoder of the named format. An unknown name is an error that
// lists the known ones.
func New(name string, opts Options) (Encoder, error) {
	if f := Find(name); f != nil {
		return f.New(opts), nil
	}
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return Encoder{}, fmt.Errorf("unknown format %q; known: %s", name, strings.Join(names, ", "))
}
