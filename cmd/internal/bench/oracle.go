package main

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wiretag/models"
)

// An oracle finds names by the simplest means: words by a regular expression,
// names in a map, every stretch of words looked up. It shares nothing with the
// engine. It knows only plain names, words of ASCII letters between blanks; what
// the engine makes of other signs is told in tagger/NAMES.md and tested there.
type oracle struct {
	names   map[string]bool
	longest map[string]int // first word -> most words of a name that begins so
	words   *regexp.Regexp
	plain   *regexp.Regexp
	address *regexp.Regexp
}

func newOracle(entities []entity) *oracle {
	o := &oracle{
		names: map[string]bool{}, longest: map[string]int{},
		// A word is letters and digits, with apostrophes between letters. One of
		// the apostrophes is a letter to Unicode, of the class Lm.
		words:   regexp.MustCompile(`[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{Nd}\pM]+(?:['’ʼ][\p{Lu}\p{Ll}\p{Lt}\p{Lo}\pM]+)*`),
		plain:   regexp.MustCompile(`^[A-Za-z]+( [A-Za-z]+)*$`),
		address: regexp.MustCompile(`://|@|\\|^[("'“]*[./~]|www\.|\pL/|[\pL\pN]\.[\pL\pN]`),
	}
	for _, e := range entities {
		for _, name := range e.Names {
			o.add(name)
			if rest, ok := strings.CutPrefix(name, "The "); ok { // the article is optional
				o.add(rest)
			}
		}
	}
	return o
}

func (o *oracle) add(name string) {
	if !o.plain.MatchString(name) {
		return
	}
	o.names[name] = true
	first, _, _ := strings.Cut(name, " ")
	o.longest[first] = max(o.longest[first], 1+strings.Count(name, " "))
}

// knows reports whether a name is one of those the oracle finds.
func (o *oracle) knows(name string) bool {
	return o.names[name] || o.names[strings.TrimPrefix(name, "The ")]
}

// find returns where names stand in a field of an article: all of them, also
// those inside others, by start.
func (o *oracle) find(field models.Field, text string) []models.Place {
	var out []models.Place
	words := o.wordsOf(text)
	for i, first := range words {
		key := fold(text[first.Start:first.End])
		for n, most := 1, o.longest[key]; n <= most; n++ {
			last := words[i+n-1]
			if o.names[key] {
				out = append(out, models.Place{Field: field, Span: models.Span{Start: first.Start, End: last.End}})
			}
			if i+n == len(words) || !glue(text[last.End:words[i+n].Start]) {
				break
			}
			key += " " + fold(text[words[i+n].Start:words[i+n].End])
		}
	}
	return out
}

// wordsOf cuts a text into words. What is contracted with a word is none of it:
// "Zoom's" is Zoom, and "Don't" is Do.
func (o *oracle) wordsOf(text string) []models.Span {
	var out []models.Span
	for _, at := range o.words.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if i := strings.LastIndexAny(word, "'’ʼ"); i > 0 {
			_, sign := utf8.DecodeRuneInString(word[i:])
			switch strings.ToLower(word[i+sign:]) {
			case "s", "d", "m", "ll", "re", "ve":
				at[1] = at[0] + i
			case "t":
				at[1] = at[0] + len(strings.TrimRight(word[:i], "nN"))
			}
		}
		if at[0] < at[1] {
			out = append(out, models.Span{Start: at[0], End: at[1]})
		}
	}
	return out
}

// glue reports whether what stands between two words joins them: blanks with
// one line break at most, or a hyphen.
func glue(s string) bool {
	if s == "-" || s == "–" || s == "‐" || s == "‑" {
		return true
	}
	return s != "" && strings.TrimFunc(s, unicode.IsSpace) == "" && strings.Count(s, "\n") < 2
}

// isAddress reports whether a place lies in a run of characters that looks
// like an address or a path, in which the engine reads no names.
func (o *oracle) isAddress(text string, s models.Span) bool {
	from := strings.LastIndexFunc(text[:s.Start], unicode.IsSpace) + 1
	to := strings.IndexFunc(text[s.End:], unicode.IsSpace)
	if to < 0 {
		to = len(text) - s.End
	}
	return o.address.MatchString(text[from : s.End+to])
}

// isIdentifier reports whether a place touches an underscore, or a sign of
// dollars behind it: the engine takes some_name for an identifier and US$ for a
// currency.
func isIdentifier(text string, s models.Span) bool {
	return strings.HasSuffix(text[:s.Start], "_") || strings.HasPrefix(text[s.End:], "_") || strings.HasPrefix(text[s.End:], "$")
}

// fold writes a word without marks, as names are compared.
func fold(word string) string {
	ascii := true
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf
	}
	if ascii {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("ı", "i", "ł", "l", "Ł", "L", "ø", "o", "Ø", "O", "đ", "d", "Đ", "D", "ð", "d", "þ", "th",
		"æ", "ae", "Æ", "Ae", "œ", "oe", "Œ", "Oe", "ß", "ss").Replace(b.String())
}

// letters is a text with nothing but its letters and digits, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, fold(s))
}
