package encode

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/models"
)

// Options say what a record looks like. The zero value is the default.
type Options struct {
	Offsets     Offsets // the unit of start and end
	IncludeText bool    // write title and text of every record, not only of derived ones
}

// An AppendFunc appends one whole record, its line end included, to dst and
// returns the longer slice. It does not keep rec.
type AppendFunc func(dst []byte, rec *models.Record) []byte

// A Format is one way of writing records.
type Format struct {
	Name  string
	About string // half a line, for help
	New   func(Options) AppendFunc
}

// formats is the one list of formats: help and errors are made from it.
var formats = []Format{
	{Name: "jsonl", About: "one JSON object a line", New: newJSONL},
}

// Formats lists the formats in the order of help.
func Formats() []Format { return slices.Clone(formats) }

// New returns a writer of the named format. An unknown name is an error that
// lists the known ones.
func New(name string, opts Options) (AppendFunc, error) {
	for _, f := range formats {
		if f.Name == name {
			return f.New(opts), nil
		}
	}
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return nil, fmt.Errorf("unknown format %q; known: %s", name, strings.Join(names, ", "))
}
