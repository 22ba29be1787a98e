package corpus

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"wiretag/models"
)

// Fields say where a record keeps the parts of an article: the key of an
// object, or a path of keys and of places in lists, parted by dots
// ("meta.source.id", "body.0"). At each depth the longest key that fits is
// taken, so that a key that holds the dots itself comes before a path.
// "" is the part's own name: id, title, text, date.
type Fields struct {
	ID, Title, Text, Date string
	// Keep names further fields, which come into the record's meta.
	Keep []string
}

// A part is what a field is to an article.
type part uint8

const (
	partID part = iota
	partTitle
	partText
	partDate
	partKept
)

// A want is a field that is looked for.
type want struct {
	part  part
	path  string // as the user wrote it, or the default
	named bool   // by the user
}

// wants lists the fields that are looked for: id, title, text and date, then
// those that are kept.
func (f *Fields) wants() []want {
	var all []want
	add := func(p part, path, otherwise string) {
		all = append(all, want{p, cmp.Or(path, otherwise), path != ""})
	}
	add(partID, f.ID, "id")
	add(partTitle, f.Title, "title")
	add(partText, f.Text, "text")
	add(partDate, f.Date, "date")
	for _, k := range f.Keep {
		add(partKept, k, k)
	}
	return all
}

// missing says which fields or columns there are instead of the one of the
// text.
func (w want) missing(holder, what string, names []string) error {
	return fmt.Errorf("%s has no %s %q; it has %s; --text-field names another", holder, what, w.path, listOf(names))
}

// listOf quotes a few names.
func listOf(names []string) string {
	const few = 8
	if len(names) == 0 {
		return "none"
	}
	var b strings.Builder
	for i, n := range names {
		switch {
		case i == few:
			fmt.Fprintf(&b, " and %d more", len(names)-few)
			return b.String()
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(n))
	}
	return b.String()
}

// unseen tells of the fields that the user named and no article of an input
// had, which is a slip of the pen more often than not. What is only kept may
// be missing, and a text that is missing is a Problem.
func unseen(path, what string, wants []want, seen func(i int) bool, yield yieldFunc) bool {
	for i, w := range wants {
		if !w.named || w.part == partText || w.part == partKept || seen(i) {
			continue
		}
		flag := [...]string{partID: "--id-field", partTitle: "--title-field", partDate: "--date-field"}[w.part]
		if !yield(models.Document{}, note(path, fmt.Sprintf("no article has the %s %q that %s names", what, w.path, flag))) {
			return false
		}
	}
	return true
}
