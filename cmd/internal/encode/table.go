package encode

import (
	"fmt"
	"slices"
	"strings"
)

// A Table says what the rows of a table are.
type Table uint8

// The tables.
const (
	Articles Table = iota // a row an article, a column a topic
	Topics                // a row for every topic of every article
	Mentions              // a row for every mention
)

// tableNames are the tables as flags spell them.
var tableNames = [...]string{Articles: "articles", Topics: "topics", Mentions: "mentions"}

// String returns "articles", "topics" or "mentions".
func (t Table) String() string { return tableNames[t] }

// TableNames lists the tables as ParseTable takes them, the default first.
func TableNames() []string { return slices.Clone(tableNames[:]) }

// ParseTable reads the name of a table.
func ParseTable(name string) (Table, error) {
	i := slices.Index(tableNames[:], name)
	if i < 0 {
		return 0, fmt.Errorf("unknown table %q; known: %s", name, strings.Join(tableNames[:], ", "))
	}
	return Table(i), nil
}
