package encode

import (
	"fmt"
	"strings"
)

// Count writes a number with its noun: 1 file, 2 files, 3 entities.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// OneLine writes a text with one blank for every run of blanks and line breaks.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
