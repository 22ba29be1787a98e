package encode

import (
	"encoding/csv"
	"strings"
)

// A rowFunc appends one row, its line end included.
type rowFunc func(dst []byte, cells []string) []byte

// newCSV writes tables as RFC 4180 has them, but with a line feed at the end of
// a row: encoding/csv would change the line breaks inside of cells, too.
func newCSV(opts Options) Encoder {
	return newTables(opts, func() rowFunc {
		var out appender
		w := csv.NewWriter(&out)
		return func(dst []byte, cells []string) []byte {
			out.b = dst
			if err := w.Write(cells); err != nil {
				panic("unreachable: " + err.Error())
			}
			w.Flush()
			return out.b
		}
	})
}

// An appender is a slice as a writer.
type appender struct{ b []byte }

// Write appends p. It never fails.
func (a *appender) Write(p []byte) (int, error) {
	a.b = append(a.b, p...)
	return len(p), nil
}

// newTSV writes tables with a line for every row and a tab between cells,
// whatever is in them: no quotes, and \t, \n, \r and \\ for a tab, a line feed,
// a carriage return and a backslash, as PostgreSQL, ClickHouse and Miller write
// and read them.
func newTSV(opts Options) Encoder {
	return newTables(opts, func() rowFunc {
		escape := strings.NewReplacer("\t", `\t`, "\n", `\n`, "\r", `\r`, `\`, `\\`)
		return func(dst []byte, cells []string) []byte {
			for i, cell := range cells {
				if i > 0 {
					dst = append(dst, '\t')
				}
				dst = append(dst, escape.Replace(cell)...)
			}
			return append(dst, '\n')
		}
	})
}
