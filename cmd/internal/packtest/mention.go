package packtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
)

// A seen is a mention with its entity.
type seen struct {
	*models.Found
	*models.Mention
}

// mentionsOf returns the mentions of the record that are wanted.
func mentionsOf(rec *models.Record, wanted func(seen) bool) []seen {
	var out []seen
	for i := range rec.Entities {
		f := &rec.Entities[i]
		for j := range f.Mentions {
			if s := (seen{f, &f.Mentions[j]}); wanted(s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// mentions returns the mentions that a claim speaks of.
func (k *claim) mentions(rec *models.Record) []seen {
	return mentionsOf(rec, func(s seen) bool {
		return s.ID == k.ID.Value && k.fits(s.Place) &&
			k.quotes(s.Quote) &&
			(k.Type.Value == "" || s.typ() == k.Type.Value)
	})
}

// quotes reports whether these are the words that a claim speaks of, if it
// speaks of any.
func (k *claim) quotes(words string) bool {
	return k.Quote.Value == "" || gazetteer.SameWords(words, k.Quote.Value)
}

func (s seen) typ() string {
	if s.Mention.Type != "" {
		return s.Mention.Type
	}
	return s.Found.Type
}

// shownLines is how many lines of one kind a failure has.
const shownLines = 5

// lines says what is said several times once, and cuts a list that is too long
// to read.
func lines(all []string) []string {
	times := map[string]int{}
	var out []string
	for _, s := range all {
		if times[s]++; times[s] == 1 {
			out = append(out, s)
		}
	}
	for i, s := range out {
		if n := times[s]; n > 1 {
			out[i] = fmt.Sprintf("%s (%d times)", s, n)
		}
	}
	if more := len(out) - shownLines; more > 1 {
		out = append(out[:shownLines], fmt.Sprintf("… and %d more", more))
	}
	return out
}

// strayMention explains mentions that should not be.
func (r *runner) strayMention(k *claim, ex *models.Explanation) Failure {
	var why []string
	for _, s := range k.mentions(&ex.Record) {
		why = append(why, r.mention(s, &ex.Record))
	}
	return Failure{k.ID.Value + " is mentioned", lines(why)}
}

// missingMention explains mentions that should be, or should be more or fewer.
func (r *runner) missingMention(k *claim, ex *models.Explanation) Failure {
	what := "no mention of " + k.ID.Value + k.narrow(ex)
	found := k.mentions(&ex.Record)
	if len(found) > 0 { // of which there should be another number
		what = fmt.Sprintf("%s%s: mentions found %d, expected %d", k.ID.Value, k.narrow(ex), len(found), k.Count)
	}
	own := mentionsOf(&ex.Record, func(s seen) bool { return s.ID == k.ID.Value && k.touches(s.Place) })
	why := r.mentioned(own, &ex.Record)
	there := slices.ContainsFunc(own, func(s seen) bool { return k.quotes(s.Quote) })
	lost := append(lines(k.undecided(&ex.Record)), lines(r.stopped(k, ex))...)
	why = append(why, lost...)
	if !there && len(lost) == 0 {
		others := mentionsOf(&ex.Record, func(s seen) bool {
			return s.ID != k.ID.Value && k.touches(s.Place) && (k.at != nil || k.Quote.Value != "" && k.quotes(s.Quote))
		})
		why = append(why, r.mentioned(others, &ex.Record)...)
		why = append(why, r.absent(k, ex))
	}
	return Failure{what, why}
}

// narrow says which mentions a claim speaks of.
func (k *claim) narrow(ex *models.Explanation) string {
	out := ""
	if k.at != nil {
		out = fmt.Sprintf(" that is exactly “%s”", encode.OneLine(ex.Record.Text[k.at.Start:k.at.End]))
	}
	if k.Quote.Value != "" {
		out += fmt.Sprintf(" as “%s”", encode.OneLine(k.Quote.Value))
	}
	if k.Type.Value != "" {
		out += " of type " + k.Type.Value
	}
	return out
}

func (r *runner) mentioned(all []seen, rec *models.Record) []string {
	var out []string
	for _, s := range all {
		out = append(out, "found: "+r.mention(s, rec))
	}
	return lines(out)
}

// mention says by which form a mention was found, and where that is written.
func (r *runner) mention(s seen, rec *models.Record) string {
	out := fmt.Sprintf("“%s” is %s (%s), %s", encode.OneLine(s.Quote), s.ID, s.typ(), r.form(s.ID, s.Alias, s.Via))
	if s.Decided != "" {
		out += ", decided by " + s.Decided
	}
	if s.Antecedent != nil {
		doc := models.Document{Title: rec.Title, Text: rec.Text}
		out += fmt.Sprintf(", after “%s”", encode.OneLine(s.Antecedent.Quote(&doc)))
	}
	return out
}

// form names a form of an entity with the place where it is written; what the
// engine makes of a name has the place of that.
func (r *runner) form(id, text string, via models.Via) string {
	e := r.entities[id]
	for f := range e.Forms() {
		if f.Text.Value == text && f.Via == via {
			return fmt.Sprintf("%s “%s” (%s)", via, text, f.Text.Pos)
		}
	}
	if via == models.ViaFamily && e.Family.Value == text {
		return fmt.Sprintf("%s “%s” (%s)", via, text, e.Family.Pos)
	}
	return fmt.Sprintf("%s “%s” (of %s)", via, text, e.Name.Text.Pos)
}

// undecided says which words where the claim looks could be the entity, and
// whose else they could be.
func (k *claim) undecided(rec *models.Record) []string {
	var out []string
	for i := range rec.Undecided {
		u := &rec.Undecided[i]
		var who []string
		own := false
		for _, c := range u.Candidates {
			own = own || c.ID == k.ID.Value
			who = append(who, cmp.Or(c.ID, c.Name))
		}
		if own && k.touches(u.Place) && k.quotes(u.Quote) {
			out = append(out, fmt.Sprintf("“%s” is undecided, %s: %s", encode.OneLine(u.Quote), u.Via, strings.Join(who, " or ")))
		}
	}
	return out
}

// stopped says which forms of the entity occur where the claim looks, and what
// stopped each.
func (r *runner) stopped(k *claim, ex *models.Explanation) []string {
	var out []string
	for i := range ex.Stopped {
		s := &ex.Stopped[i]
		if s.ID != k.ID.Value || !k.touches(s.Place) || !k.quotes(s.Quote) {
			continue
		}
		out = append(out, fmt.Sprintf("“%s”, %s: %s%s", encode.OneLine(s.Quote), r.form(s.ID, s.Alias, s.Via), s.Reason, r.by(s, ex)))
	}
	return out
}

// by names what took the words of a form that is stopped: a mask that holds it,
// or the mention of another entity.
func (r *runner) by(s *models.Stopped, ex *models.Explanation) string {
	doc := models.Document{Title: ex.Record.Title, Text: ex.Record.Text}
	for _, m := range slices.Concat(r.entities[s.ID].Masks, r.masks) {
		if s.Step == "mask" && holds(s.Field.Of(&doc), m.Value, s.Span) {
			return fmt.Sprintf(", “%s” (%s)", m.Value, m.Pos)
		}
	}
	takers := mentionsOf(&ex.Record, func(o seen) bool {
		return o.ID != s.ID && o.Field == s.Field && o.Start < s.End && s.Start < o.End
	})
	out := ""
	for _, o := range takers {
		out += "; " + r.mention(o, &ex.Record)
	}
	return out
}

// holds reports whether a phrase stands around a span, whatever its case.
func holds(text, phrase string, at models.Span) bool {
	for start := max(at.End-len(phrase), 0); start <= at.Start && start+len(phrase) <= len(text); start++ {
		if strings.EqualFold(text[start:start+len(phrase)], phrase) {
			return true
		}
	}
	return false
}

// absent says, of an entity no form of which was seen, what was looked for, and
// what stands there that looks like it.
func (r *runner) absent(k *claim, ex *models.Explanation) string {
	texts := []string{ex.Record.Title, ex.Record.Text}
	if k.at != nil {
		texts = []string{ex.Record.Text[k.at.Start:k.at.End]}
	}
	head := "no form of it occurs here"
	if k.Quote.Value != "" {
		texts, head = []string{k.Quote.Value}, fmt.Sprintf("no form of it is found in “%s”", encode.OneLine(k.Quote.Value))
	}
	var forms []string
	near := ""
	for f := range r.entities[k.ID.Value].Forms() {
		forms = append(forms, "“"+f.Text.Value+"”")
		for _, text := range texts {
			if near == "" {
				near = lookalike(text, f.Text)
			}
		}
	}
	const shownForms = 8
	if len(forms) > shownForms {
		forms = append(forms[:shownForms], "…")
	}
	if len(forms) == 0 {
		return "no form of it is looked for"
	}
	return head + "; looked for: " + strings.Join(forms, ", ") + near
}

// lookalike says what there is in a text that would be a form, were it written
// in its case, as whole words, and where names are read; "" if nothing is.
func lookalike(text string, form gazetteer.String) string {
	lower, want := strings.ToLower(text), strings.ToLower(form.Value)
	i := strings.Index(lower, want)
	if i < 0 || len(lower) != len(text) || len(want) != len(form.Value) {
		return ""
	}
	outside := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	start, end := 0, len(text)
	if at := strings.LastIndexFunc(text[:i], outside); at >= 0 {
		_, size := utf8.DecodeRuneInString(text[at:])
		start = at + size
	}
	if at := strings.IndexFunc(text[i+len(want):], outside); at >= 0 {
		end = i + len(want) + at
	}
	if text[start:end] == form.Value {
		return fmt.Sprintf("; “%s” stands where no name is read, as in an address, or with a sentence end inside", form.Value)
	}
	return fmt.Sprintf("; “%s” is not written like “%s” (%s)", text[start:end], form.Value, form.Pos)
}
