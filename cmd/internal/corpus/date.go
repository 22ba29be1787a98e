package corpus

import (
	"fmt"
	"strings"
	"time"

	"wiretag/models"

	"github.com/itlightning/dateparse"
)

// ParseDate reads a day as a user writes it: a year and a month mean their
// first day.
func ParseDate(s string) (models.Date, error) {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return models.Date(t.Format(time.DateOnly)), nil
		}
	}
	return "", fmt.Errorf("%q is no date; write YYYY, YYYY-MM or YYYY-MM-DD", s)
}

// setDate gives doc the date of its own field; without a readable one, that of
// the options.
func (c *Corpus) setDate(doc *models.Document, field string) {
	if day := dayOf(field); day != "" {
		doc.Date, doc.DateFrom = day, models.DateFromField
		return
	}
	c.undated.add(doc.ID, field)
	if c.opts.Date != "" {
		doc.Date, doc.DateFrom = c.opts.Date, models.DateFromFlag
	}
}

// undated counts the articles of one input whose date says no day.
type undated struct {
	n           int
	first, date string // of the first article: its id and its date
}

func (u *undated) add(id, date string) {
	if strings.TrimSpace(date) == "" {
		return
	}
	if u.n++; u.n == 1 {
		u.first, u.date = id, date[:min(len(date), longestDate)]
	}
}

// note tells of them, once for the input.
func (u *undated) note(path string) *Problem {
	who := u.first + " has none of its own"
	if u.n > 1 {
		who = fmt.Sprintf("%d articles have none of their own, the first %s", u.n, u.first)
	}
	return note(path, fmt.Sprintf("the date %q says no day for sure; %s; write YYYY-MM-DD", u.date, who))
}

// longestDate is longer than any date, and short for one who tries to keep
// the parser busy.
const longestDate = 64

// dayOf reads the day of a date as sources write it: ISO 8601, RFC 822, with
// the month's name, as Unix time. 12/11/2023 is none, since nobody knows which
// of the two is the month.
func dayOf(field string) (day models.Date) {
	iso := field[:min(len(field), len(time.DateOnly))]
	if t, err := time.Parse(time.DateOnly, iso); err == nil && (t.Year() > 0) {
		return models.Date(iso)
	}
	field = strings.TrimSpace(field)
	if field == "" || len(field) > longestDate {
		return ""
	}
	if day, err := ParseDate(field); err == nil {
		return day
	}
	defer func() {
		if recover() != nil { // of the library
			day = ""
		}
	}()
	t, err := dateparse.ParseStrict(field)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return models.Date(t.Format(time.DateOnly))
}
