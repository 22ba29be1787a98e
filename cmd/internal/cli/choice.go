package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/models"
)

// A choice is the value of a flag that takes one of a few words. Its first
// word is the default; "" there leaves it to somebody else.
type choice struct {
	value string
	known []string
	given bool // by the user
}

func newChoice(known ...string) *choice { return &choice{value: known[0], known: known} }

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
	c.value, c.given = s, true
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

// A size is the value of a flag that takes a number of bytes.
type size int64

// A unit may follow a number of bytes, and shifts it.
type unit struct {
	name  string
	shift int
}

// units lists the units, the longest names first.
func units() []unit {
	return []unit{{"GiB", 30}, {"MiB", 20}, {"KiB", 10}, {"G", 30}, {"M", 20}, {"K", 10}, {"B", 0}, {"", 0}}
}

// String returns the size in the largest unit that it is a multiple of.
func (s *size) String() string {
	for _, u := range units()[:3] {
		if n := int64(*s); n > 0 && n%(1<<u.shift) == 0 {
			return strconv.FormatInt(n>>u.shift, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Type is what help calls the value.
func (s *size) Type() string { return "SIZE" }

// Set reads a number and a unit: 512MiB, 16M, 65536.
func (s *size) Set(text string) error {
	for _, u := range units() {
		number, ok := strings.CutSuffix(strings.ToUpper(text), strings.ToUpper(u.name))
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 1 || n > math.MaxInt64>>u.shift {
			break
		}
		*s = size(n << u.shift)
		return nil
	}
	return errors.New("write a number of bytes, or one with a unit: 512MiB, 16M")
}
