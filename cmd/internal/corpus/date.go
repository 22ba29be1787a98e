package corpus

import (
	"fmt"
	"time"

	"wiretag/models"
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

// setDate gives doc the date of its own field, which may be a day or a time in
// RFC 3339; without a readable one, that of the options.
func (c *Corpus) setDate(doc *models.Document, field string) {
	day := field[:min(len(field), len(time.DateOnly))]
	if _, err := time.Parse(time.DateOnly, day); err == nil {
		doc.Date, doc.DateFrom = models.Date(day), models.DateFromField
		return
	}
	if c.opts.Date != "" {
		doc.Date, doc.DateFrom = c.opts.Date, models.DateFromFlag
	}
}
