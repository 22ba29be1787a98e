package encode

import (
	"fmt"
	"strings"

	"wiretag/models"
)

// A View says which parts of an explanation are shown.
type View struct {
	Mentions bool // what the record holds of entities
	Stopped  bool // the candidates that are no mentions
	Topics   bool // the traces of topics
}

// AppendExplanation appends an explanation as one line of JSON: "record" as
// in JSONL, then the parts of the view.
func AppendExplanation(b []byte, ex *models.Explanation, v View, opts Options) []byte {
	w := &jsonl{opts: opts, ruler: ruler{unit: opts.Offsets}}
	b = append(b, `{"record":`...)
	b = w.record(b, &ex.Record)
	b = b[:len(b)-1] // its line end
	w.ruler.measureExplanation(ex)
	if v.Stopped {
		b = append(b, `,"stopped":[`...)
		for i := range ex.Stopped {
			b = w.stopped(appendComma(b, i), &ex.Stopped[i])
		}
		b = append(b, ']')
	}
	if v.Topics {
		b = append(b, `,"topics":[`...)
		for i := range ex.Topics {
			b = w.trace(appendComma(b, i), &ex.Topics[i])
		}
		b = append(b, ']')
	}
	return append(b, '}', '\n')
}

func (w *jsonl) stopped(b []byte, s *models.Stopped) []byte {
	b = w.place(b, s.Place)
	b = appendKey(b, `,"quote":`, s.Quote)
	b = appendKey(b, `,"id":`, s.ID)
	b = appendKey(b, `,"alias":`, s.Alias)
	b = appendKey(b, `,"via":`, s.Via.String())
	b = appendKey(b, `,"step":`, s.Step)
	b = appendKey(b, `,"reason":`, s.Reason)
	return append(b, '}')
}

func (w *jsonl) trace(b []byte, t *models.Trace) []byte {
	b = appendKey(b, `{"id":`, t.ID)
	b = appendKey(b, `,"label":`, t.Label)
	b = fmt.Appendf(b, `,"given":%t`, t.Given)
	b = appendFloat(b, `,"score":`, t.Score)
	b = appendFloat(b, `,"threshold":`, t.Threshold)
	b = w.sum(b, &t.Topic)
	b = appendFilled(b, `,"child":`, t.Child)
	b = appendFilled(b, `,"stopped":`, t.Stopped)
	b = append(b, `,"unmet":[`...)
	for i, u := range t.Unmet {
		b = appendKey(appendComma(b, i), `{"name":`, u.Name)
		b = appendKey(b, `,"weight":`, u.Weight)
		b = append(appendKey(b, `,"reason":`, u.Reason), '}')
	}
	b = append(b, ']')
	b = appendFilled(b, `,"change":`, t.Change)
	return append(b, '}')
}

// ExplanationText writes an explanation for people. Nothing in it is made safe
// for a terminal: that is the caller's.
func ExplanationText(ex *models.Explanation, v View) string {
	var b strings.Builder
	fmt.Fprint(&b, ex.Record.ID)
	if ex.Record.Date != "" {
		fmt.Fprintf(&b, "  %s (from %s)", ex.Record.Date, ex.Record.DateFrom)
	}
	b.WriteByte('\n')
	if v.Mentions {
		writeMentions(&b, &ex.Record)
	}
	if v.Stopped {
		writeStopped(&b, ex)
	}
	if v.Topics {
		for i := range ex.Topics {
			writeTrace(&b, &ex.Topics[i])
		}
		if len(ex.Topics) == 0 {
			b.WriteString("\nno topic has a clue in this article\n")
		}
	}
	return b.String()
}

func writeMentions(b *strings.Builder, rec *models.Record) {
	for i := range rec.Entities {
		e := &rec.Entities[i]
		fmt.Fprintf(b, "\n%s  %s, %s: %s, relevance %.2f\n", e.ID, e.Name, e.Type, Count(e.Count, "mention"), e.Relevance)
		for k := range e.Mentions {
			m := &e.Mentions[k]
			fmt.Fprintf(b, "  %.2f  “%s”  %s “%s”, %s%s\n", m.Confidence, OneLine(m.Quote), m.Via, m.Alias, m.Zone, aside(rec, m))
		}
	}
	for _, u := range rec.Undecided {
		var who []string
		for _, c := range u.Candidates {
			who = append(who, c.ID+c.Name)
		}
		fmt.Fprintf(b, "\nundecided  “%s”  %s, %s: %s\n", OneLine(u.Quote), u.Via, u.Zone, strings.Join(who, " or "))
	}
}

// aside tells what else there is to a mention.
func aside(rec *models.Record, m *models.Mention) string {
	var out string
	if m.Antecedent != nil {
		out += fmt.Sprintf(", after “%s”", OneLine(m.Antecedent.Quote(&models.Document{Title: rec.Title, Text: rec.Text})))
	}
	if m.Decided != "" {
		out += ", decided by " + m.Decided
	}
	if m.Nested {
		out += ", nested"
	}
	return out
}

func writeStopped(b *strings.Builder, ex *models.Explanation) {
	if len(ex.Stopped) == 0 {
		return
	}
	b.WriteString("\nno mentions\n")
	for rest := ex.Stopped; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Place == rest[0].Place {
			n++
		}
		writePlace(b, rest[:n])
		rest = rest[n:]
	}
}

// writePlace writes the candidates of one place: those that stop for the same
// reason in one line, for dozens own a family name or a Parliament.
func writePlace(b *strings.Builder, stops []models.Stopped) {
	type why struct{ via, alias, reason string }
	var order []why
	ids := make(map[why][]string)
	for i := range stops {
		s := &stops[i]
		w := why{s.Via.String(), s.Alias, s.Reason}
		if ids[w] == nil {
			order = append(order, w)
		}
		ids[w] = append(ids[w], s.ID)
	}
	for _, w := range order {
		fmt.Fprintf(b, "  “%s”  %s, %s “%s”: %s\n", OneLine(stops[0].Quote), listOf(ids[w]), w.via, w.alias, w.reason)
	}
}

// mostOwners is how many entities a line of explain names.
const mostOwners = 3

func listOf(ids []string) string {
	if more := len(ids) - mostOwners; more > 1 {
		ids = append(ids[:mostOwners:mostOwners], Count(more, "other"))
	}
	return strings.Join(ids, ", ")
}

func writeTrace(b *strings.Builder, t *models.Trace) {
	verdict := "not given"
	if t.Given {
		verdict = "given"
	}
	fmt.Fprintf(b, "\n%s  %s: %.3f of the %.2f it takes, %s\n", t.ID, t.Label, t.Score, t.Threshold, verdict)
	if t.Stopped != "" {
		fmt.Fprintf(b, "  stopped: %s\n", t.Stopped)
	}
	for i := range t.Clues {
		writeClue(b, "+", &t.Clues[i])
	}
	if len(t.Clues) > 1 {
		fmt.Fprintf(b, "  =%.3f for it\n", t.For)
	}
	for i := range t.Counter {
		writeClue(b, "−", &t.Counter[i])
	}
	if len(t.Counter) > 0 {
		fmt.Fprintf(b, "  =%.3f against it: %.3f × (1 − %.3f) = %.3f\n", t.Against, t.For, t.Against, t.For*(1-t.Against))
	}
	if t.Held {
		fmt.Fprintf(b, "  held at %.2f: needs one strong clue or two medium ones\n", t.Score)
	}
	if t.Child != "" {
		fmt.Fprintf(b, "  its child %s gives it a higher score\n", t.Child)
	}
	for _, u := range t.Unmet {
		fmt.Fprintf(b, "  not met: %s (%s): %s\n", u.Name, u.Weight, u.Reason)
	}
	if t.Change != "" {
		fmt.Fprintf(b, "  smallest change: %s\n", t.Change)
	}
}

func writeClue(b *strings.Builder, sign string, c *models.Clue) {
	fmt.Fprintf(b, "  %s%.3f %s (%s, %s, %s)", sign, c.Adds, c.Name, c.Weight, c.Zone, Count(c.Mentions, "mention"))
	for i := range c.Spans {
		s := &c.Spans[i]
		fmt.Fprintf(b, " “%s”", OneLine(s.Quote))
		if s.By != s.Quote {
			fmt.Fprintf(b, " by %s", s.By)
		}
		if i+1 < len(c.Spans) {
			b.WriteByte(',')
		}
	}
	b.WriteByte('\n')
}
