package diff

import (
	"fmt"
	"strings"

	"wiretag/cmd/internal/encode"
)

// Text is the report for people. Nothing in it is made safe for a terminal:
// that is the caller's.
func (r *Report) Text() string {
	var b strings.Builder
	b.WriteString(r.Summary() + "\n")
	for _, e := range r.PerEntry {
		fmt.Fprintf(&b, "\n%s  %s: %s in %s\n", e.title(), e.Name, e.Tally.words(), encode.Count(e.Articles, "article"))
		if len(e.Forms) > 1 {
			for _, f := range e.Forms {
				fmt.Fprintf(&b, "    “%s” %s\n", f.Text, f.Tally.words())
			}
		}
		for i := range e.Samples {
			b.WriteString(e.Samples[i].text())
		}
		if more := e.more(); more > 0 {
			fmt.Fprintf(&b, "  … and %d more\n", more)
		}
	}
	if len(r.PerText) > 0 {
		b.WriteString("\narticles\n")
		for _, a := range r.PerText {
			fmt.Fprintf(&b, "  %s  %s\n", a.ID, a.words())
		}
		if more := r.Differ - len(r.PerText); more > 0 {
			fmt.Fprintf(&b, "  … and %d more\n", more)
		}
	}
	return b.String()
}

// Summary is the report in a line.
func (r *Report) Summary() string {
	if r.Total() == 0 && r.Topics.Shifted == 0 {
		return "no change in " + encode.Count(r.Articles, "article")
	}
	return fmt.Sprintf("%d of %s changed; mentions: %s; topics: %s",
		r.Differ, encode.Count(r.Articles, "article"), r.Mentions.words(), r.Topics.words())
}

func (e *Entry) title() string {
	switch {
	case e.Topic:
		return "topic:" + e.ID
	case e.ID == "":
		return "undecided"
	}
	return e.ID
}

// more is how many changes of an entry are not among its samples.
func (e *Entry) more() int {
	more := e.Tally.Total() - len(e.Samples)
	for i := range e.Samples {
		if e.Samples[i].Kind == Shifted {
			more++
		}
	}
	return more
}

// words writes what is not zero: "3 gained, 1 lost".
func (t Tally) words() string {
	var out []string
	for _, n := range []struct {
		n    int
		kind Kind
	}{{t.Gained, Gained}, {t.Lost, Lost}, {t.Changed, Changed}, {t.Shifted, Shifted}} {
		if n.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n.n, n.kind))
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

func (a *Article) words() string {
	var out []string
	if a.Mentions != (Tally{}) {
		out = append(out, "mentions: "+a.Mentions.words())
	}
	if a.Topics != (Tally{}) {
		out = append(out, "topics: "+a.Topics.words())
	}
	return strings.Join(out, "; ")
}

// signs are how the kinds stand at the beginning of a line.
func (k Kind) sign() string {
	switch k {
	case Gained:
		return "+"
	case Lost:
		return "−"
	}
	return "~"
}

// text is a change as two or three lines.
func (c *Change) text() string {
	if c.Topic {
		return fmt.Sprintf("  %s %s  %s\n      %s\n", c.Kind.sign(), c.Article, c.scores(), c.Reason)
	}
	line := fmt.Sprintf("  %s %s %s:%d  %s[%s]%s\n", c.Kind.sign(), c.Article, c.Field, c.Start, c.Before, c.Quote, c.After)
	if c.Kind == Changed {
		line += fmt.Sprintf("      %s → %s\n", c.Was, c.Is)
	}
	return line + "      " + c.Reason + "\n"
}

// scores writes the scores of a topic before and after.
func (c *Change) scores() string {
	score := func(x float64) string {
		if x == 0 {
			return "not given"
		}
		return fmt.Sprintf("%.3f", x)
	}
	return score(c.Old) + " → " + score(c.New)
}
