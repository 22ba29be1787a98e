package cli

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/models"
)

// A choice is the value of a flag that takes one of a few words. Its first
// word is the default; "" there leaves it to somebody else.
type choice struct {
	value string
	known []string
}

func newChoice(known ...string) *choice { return &choice{known[0], known} }

// String returns the chosen word.
func (c *choice) String() string { return c.value }

// Type is what help calls the value.
func (c *choice) Type() string { return c.words("|") }

// words are the words that can be chosen.
func (c *choice) words(between string) string {
	return strings.TrimPrefix(strings.Join(c.known, between), between)
}

// Set takes one of the known words.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.known, s) {
		return fmt.Errorf("unknown value; known: %s", c.words(", "))
	}
	c.value = s
	return nil
}

// A day is the value of a flag that takes a date.
type day struct{ date models.Date }

// String returns the day in ISO form, or "".
func (d *day) String() string { return string(d.date) }

// Type is what help calls the value.
func (d *day) Type() string { return "YYYY[-MM[-DD]]" }

// Set reads a day; a year or a month means its first.
func (d *day) Set(s string) (err error) {
	d.date, err = corpus.ParseDate(s)
	return err
}
