package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A report is everything that was found, as --json writes it. A figure that is
// 0 was not measured.
type report struct {
	Command   string      `json:"command"`
	Machine   machine     `json:"machine"`
	Runs      int         `json:"runs"`
	TextBytes int         `json:"text_bytes"`
	Articles  int         `json:"articles"`
	TextFrom  string      `json:"text_from"`
	NamesFrom string      `json:"names_from"`
	Rows      []row       `json:"rows"`
	Missing   []string    `json:"missing,omitempty"` // peers that are not installed, with how to
	Oracle    []oracleRow `json:"oracle,omitempty"`
	Lengths   []length    `json:"lengths,omitempty"`
	Tools     []tool      `json:"tools"`
}

// A row is a tool with a dictionary.
type row struct {
	Tool           string  `json:"tool"`
	Names          string  `json:"names"`
	Seconds        float64 `json:"seconds,omitempty"` // median for the whole text on one core
	OneCore        float64 `json:"mb_per_s,omitempty"`
	TwoWorkers     float64 `json:"mb_per_s_two_workers,omitempty"`
	Speedup        float64 `json:"speedup,omitempty"`
	Times          float64 `json:"wiretag_times_faster,omitempty"`
	BuildSeconds   float64 `json:"build_s,omitempty"`
	NamesPerSecond float64 `json:"names_per_s,omitempty"`
	BuildPeakMB    float64 `json:"build_peak_mb,omitempty"`
	BytesPerAlias  float64 `json:"bytes_per_alias,omitempty"`
	OpenMS         float64 `json:"open_ms,omitempty"`
	PeakMB         float64 `json:"peak_mb,omitempty"`
	FirstMS        float64 `json:"first_record_ms,omitempty"`
	Matches        int     `json:"matches,omitempty"`
	TimedRuns      int     `json:"timed_runs,omitempty"` // of a peer, if its time was up before the last
	Note           string  `json:"note,omitempty"`       // why there are no figures
}

// An oracleRow is the comparison with the oracle at one size.
type oracleRow struct {
	Names string `json:"names"`
	Tally *tally `json:"tally"`
}

// A tool is what ran, for the foot of the table.
type tool struct {
	Name     string   `json:"name"`
	Version  string   `json:"version"`
	Commands []string `json:"commands"`
	Note     string   `json:"note"` // what its seconds hold
}

// markdown is the report for people.
func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Medians of %d on %.2f MB of text in %d articles (%s); names: %s.\n\n",
		r.Runs, float64(r.TextBytes)/1e6, r.Articles, r.TextFrom, r.NamesFrom)
	r.writeRows(&b)
	r.writeScaling(&b)
	r.writeOracle(&b)
	r.writeFoot(&b)
	return b.String()
}

func (r *report) writeRows(b *strings.Builder) {
	rows := [][]string{{
		"tool", "names", "MB/s, one core", "MB/s, two workers", "two : one", "wiretag is × faster", "build s", "names/s",
		"bytes/alias", "open ms", "peak MB", "first record ms", "matches",
	}}
	for _, w := range r.Rows {
		if w.Note != "" {
			rows = append(rows, []string{w.Tool, w.Names, w.Note})
			continue
		}
		rows = append(rows, []string{
			w.Tool, w.Names, number(w.OneCore, 1), number(w.TwoWorkers, 1), number(w.Speedup, 2), number(w.Times, 2),
			number(w.BuildSeconds, 2), number(w.NamesPerSecond, 0), number(w.BytesPerAlias, 1), number(w.OpenMS, 1),
			number(w.PeakMB, 0), number(w.FirstMS, 1), number(float64(w.Matches), 0),
		})
	}
	writeTable(b, rows)
	for _, m := range r.Missing {
		fmt.Fprintf(b, "- %s\n", m)
	}
	if len(r.Missing) > 0 {
		b.WriteByte('\n')
	}
}

// writeScaling shows that the cost goes with the text and not with the names.
func (r *report) writeScaling(b *strings.Builder) {
	if len(r.Lengths) == 0 {
		return
	}
	rows := [][]string{{"names", "ns/byte", "of the smallest"}}
	least := 0.0
	for _, w := range r.Rows {
		if w.Tool != "wiretag" || w.BuildSeconds == 0 {
			continue
		}
		cost := w.Seconds / float64(r.TextBytes) * 1e9
		if least == 0 {
			least = cost
		}
		rows = append(rows, []string{w.Names, number(cost, 2), number(cost/least, 2)})
	}
	writeTable(b, rows)
	rows = [][]string{{"names", "text", "MB", "s", "ns/byte", "s, one article", "ns/byte, one article"}}
	for _, l := range r.Lengths {
		rows = append(rows, []string{
			l.Names, fmt.Sprintf("%d×", l.Times), number(float64(l.Bytes)/1e6, 2), number(l.Seconds, 3), number(l.NSPerByte, 2),
			number(l.OneArticle, 3), number(l.OneNSPerByte, 2),
		})
	}
	writeTable(b, rows)
}

func (r *report) writeOracle(b *strings.Builder) {
	for _, o := range r.Oracle {
		t := o.Tally
		fmt.Fprintf(b, "Oracle, %s names, %d articles of %.2f MB: %d mentions, %d of them found by the oracle, too",
			o.Names, t.Articles, float64(t.Bytes)/1e6, t.Mentions, t.Agreed)
		writeCounts(b, ", beyond it ", t.Beyond)
		fmt.Fprintf(b, "; %d finds of the oracle", t.Finds)
		writeCounts(b, ", no mention by ", t.Stopped)
		fmt.Fprintf(b, "; unexplained %d.\n\n", len(t.Unexplained))
	}
}

func writeCounts(b *strings.Builder, before string, counts map[string]int) {
	for _, why := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(b, "%s%s %d", before, why, counts[why])
		before = ", "
	}
}

func (r *report) writeFoot(b *strings.Builder) {
	b.WriteString("MB/s: 10^6 bytes of titles and texts in a second. Peak: resident memory, a mapped file\n" +
		"included, of wiretag the larger of both; at least that of the process that starts it, some 10 MB. Matches differ\n" +
		"since what the tools take for a name does.\n\n")
	for _, t := range r.Tools {
		fmt.Fprintf(b, "- %s, %s (%s)\n", t.Name, t.Version, t.Note)
		for _, c := range t.Commands {
			fmt.Fprintf(b, "  - `%s`\n", c)
		}
	}
	fmt.Fprintf(b, "\n%s\n\n`%s`\n", r.Machine, r.Command)
}

// number writes a figure, and nothing for what was not measured.
func number(x float64, digits int) string {
	if x == 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'f', digits, 64)
}

// writeTable writes rows as Markdown, the first as the head, columns as wide
// as their widest cell, words at the left and figures at the right.
func writeTable(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, cells := range rows {
		for i, c := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(c), 3)
		}
	}
	for n, cells := range rows {
		for i, width := range widths {
			cell := ""
			if i < len(cells) {
				cell = strings.ReplaceAll(cells[i], "|", `\|`)
			}
			pad := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(cell)))
			if i < wordColumns || len(cells) < len(widths) {
				b.WriteString("| " + cell + pad + " ")
			} else {
				b.WriteString("| " + pad + cell + " ")
			}
		}
		b.WriteString("|\n")
		if n == 0 {
			writeRule(b, widths)
		}
	}
	b.WriteByte('\n')
}

// wordColumns is how many columns at the left of every table hold words.
const wordColumns = 2

func writeRule(b *strings.Builder, widths []int) {
	for i, width := range widths {
		end := ":"
		if i < wordColumns {
			end = "-"
		}
		b.WriteString("|" + strings.Repeat("-", width+1) + end)
	}
	b.WriteString("|\n")
}
