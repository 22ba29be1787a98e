package segment

import (
	"strconv"
	"time"

	"wiretag/models"
)

// date reads a paragraph that is only a date, with or without its weekday and
// time: "Wednesday, November 29, 2023", "4 Jan 2021 14.30 GMT", "2021-01-04".
func (t *Text) date(p *Para) (models.Date, bool) {
	if p.Last-p.First > 16 {
		return "", false
	}
	var year, month, day int
	for i := p.First; i < p.Last; i++ {
		w := &t.Words[i]
		if !w.Has(Name) {
			continue
		}
		text := t.Quote(i, i+1)
		n, err := strconv.Atoi(text)
		switch {
		case err == nil && len(text) == 4 && year == 0:
			year = n
		case err == nil && year > 0 && month == 0 && len(text) == 2:
			month = n
		case err == nil && day == 0 && len(text) <= 2:
			day = n
		case month == 0 && monthOf(text) > 0:
			month = monthOf(text)
		case !t.isTime(w, text):
			return "", false
		}
	}
	if month == 0 || day == 0 || year < 1000 {
		return "", false
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if d.Day() != day || int(d.Month()) != month {
		return "", false
	}
	return models.Date(d.Format(time.DateOnly)), true
}

// isTime reports whether a word can stand beside a date in a date line.
func (t *Text) isTime(w *Word, text string) bool {
	if t.vocab.Class(w.ID)&Weekday != 0 || text[0] >= '0' && text[0] <= '9' {
		return true
	}
	var buf [16]byte
	switch string(AppendNorm(buf[:0], text)) {
	case "am", "pm", "gmt", "utc", "bst", "est", "edt", "et", "cet", "at", "published", "updated", "posted", "on":
		return true
	}
	return false
}

// monthOf returns the month that a word names in full or in short, 0 for none.
func monthOf(text string) int {
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); SameNorm(text, name) || SameNorm(text, name[:3]) ||
			m == time.September && SameNorm(text, "sept") {
			return int(m)
		}
	}
	return 0
}

// SameNorm reports whether two words have the same norm.
func SameNorm(a, b string) bool {
	var x, y [32]byte
	return string(AppendNorm(x[:0], a)) == string(AppendNorm(y[:0], b))
}
