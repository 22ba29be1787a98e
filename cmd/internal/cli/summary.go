package cli

import (
	"fmt"
	"strings"

	"wiretag/cmd/internal/run"
)

// summaryLine tells what a run did, for people. passed is the number of files
// of folders that were passed over.
func summaryLine(s run.Summary, passed int) string {
	seconds := max(s.Elapsed.Seconds(), 1e-6)
	megabytes := float64(s.Bytes) / 1e6
	line := fmt.Sprintf("%s read, %d tagged, %d skipped", count(s.Read(), "article"), s.Tagged, s.Skipped)
	if s.Panicked > 0 {
		line += fmt.Sprintf(", %d failed", s.Panicked)
	}
	line += fmt.Sprintf("; %s, %s; %s in %.2f s (%.1f MB/s)",
		count(s.Mentions, "mention"), count(s.Topics, "topic"), count(int(s.Bytes), "byte"), seconds, megabytes/seconds)
	if passed > 0 {
		line += "; " + count(passed, "other file") + " passed over"
	}
	return line
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
