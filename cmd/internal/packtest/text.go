package packtest

import (
	"fmt"
	"strings"

	"wiretag/cmd/internal/encode"
)

// AppendText appends a report for people: what is not as expected with its
// reasons, with verbose what is, and a line for the pack at the end. Nothing in
// it is made safe for a terminal: that is the caller's.
func AppendText(b []byte, r *Report, verbose bool) []byte {
	for i := range r.Results {
		if res := &r.Results[i]; res.Status != Passed || verbose {
			b = appendResult(b, res)
		}
	}
	return append(b, r.summary()...)
}

// summary is the last line of a report.
func (r *Report) summary() string {
	failed := r.Count(Failed)
	line := ""
	switch {
	case len(r.Results) == 0:
		return fmt.Sprintf("?     %s: no example and no test\n", r.Pack)
	case failed > 0:
		line = fmt.Sprintf("FAIL  %s: %d of %d failed", r.Pack, failed, len(r.Results))
	default:
		tests := 0
		for i := range r.Results {
			if r.Results[i].Kind == Test {
				tests++
			}
		}
		line = fmt.Sprintf("ok    %s: %s, %s", r.Pack, encode.Count(len(r.Results)-tests, "example"), encode.Count(tests, "test"))
	}
	if n := r.Count(Todo); n > 0 {
		line += fmt.Sprintf(", %d todo", n)
	}
	if n := r.Count(Fixed); n > 0 {
		line += fmt.Sprintf(", %d todo that passed", n)
	}
	return line + "\n"
}

// verdict is the word for a status in a list.
func (s Status) verdict() string {
	switch s {
	case Failed:
		return "FAIL"
	case Passed:
		return "PASS"
	}
	return "TODO"
}

// fixedAdvice is what to do about a todo that passes.
const fixedAdvice = "it passes: delete todo: true"

func appendResult(b []byte, res *Result) []byte {
	b = fmt.Appendf(b, "--- %s: %s (%s)\n", res.Status.verdict(), res.Title(), res.Pos)
	if res.Kind != Test {
		b = fmt.Appendf(b, "    %s “%s”\n", res.Kind, res.Name)
	}
	if res.Status == Fixed {
		b = fmt.Appendf(b, "    %s\n", fixedAdvice)
	}
	for i := range res.Failures {
		b = fmt.Appendf(b, "    %s\n", res.Failures[i].text("      "))
	}
	return b
}

// text writes what is not as expected and below it, with this indent, why.
func (f *Failure) text(indent string) string {
	var b strings.Builder
	b.WriteString(f.What)
	for _, why := range f.Why {
		b.WriteString("\n" + indent + encode.OneLine(why))
	}
	return b.String()
}
