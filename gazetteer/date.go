package gazetteer

import (
	"time"

	"wiretag/models"
)

// ParseDate reads 2019, 2019-04 or 2019-04-18 and returns the day, the first
// of the year or month where it names none. It reports false for anything
// else, days that no calendar has among it.
func ParseDate(s string) (models.Date, bool) {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if len(s) != len(layout) {
			continue
		}
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() == 0 {
			return "", false
		}
		return models.Date(t.Format(time.DateOnly)), true
	}
	return "", false
}
