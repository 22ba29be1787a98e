package cli

import (
	"fmt"

	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
)

// summaryLine tells what a run did, for people. passed is the number of files
// of folders that were passed over.
func summaryLine(s run.Summary, passed int) string {
	seconds := max(s.Elapsed.Seconds(), 1e-6)
	megabytes := float64(s.Bytes) / 1e6
	line := fmt.Sprintf("%s read, %d tagged, %d skipped", encode.Count(s.Read(), "article"), s.Tagged, s.Skipped)
	if s.Panicked > 0 {
		line += fmt.Sprintf(", %d failed", s.Panicked)
	}
	line += fmt.Sprintf("; %s, %s; %s in %.2f s (%.1f MB/s)",
		encode.Count(s.Mentions, "mention"), encode.Count(s.Topics, "topic"), encode.Count(int(s.Bytes), "byte"), seconds, megabytes/seconds)
	if passed > 0 {
		line += "; " + encode.Count(passed, "other file") + " passed over"
	}
	return line
}
