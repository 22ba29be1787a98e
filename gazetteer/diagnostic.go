package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Pos is a place in a file. Line and Col count from 1; Col counts runes, as
// the YAML reader does.
type Pos struct {
	File string
	Line int
	Col  int
}

// String returns "file:line:col".
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// Severity tells what cannot be used from what is only doubtful.
type Severity uint8

// The severities. An Error means that the entry cannot mean anything.
const (
	Warning Severity = iota
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// A Diagnostic is a finding about a gazetteer.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	Check    string // the check's stable name: "unknown-key"
	Message  string // one line, with the bad value and the fix
}

// String returns "file:line:col: message [check]".
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s [%s]", d.Pos, d.Message, d.Check)
}

// Diagnostics are findings in the order of their places.
type Diagnostics []Diagnostic

// Sort orders ds by file, line, column, check and message, and drops repeats.
func (ds Diagnostics) Sort() Diagnostics {
	slices.SortFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			strings.Compare(a.Check, b.Check),
			strings.Compare(a.Message, b.Message),
		)
	})
	return slices.Compact(ds)
}

// Errors returns the findings that are errors.
func (ds Diagnostics) Errors() Diagnostics {
	var out Diagnostics
	for _, d := range ds {
		if d.Severity == Error {
			out = append(out, d)
		}
	}
	return out
}
