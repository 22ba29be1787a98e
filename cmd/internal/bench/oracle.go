package main

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wiretag/models"
)

// An oracle finds names by the simplest means: text cut into words, names in a
// map, every stretch of words looked up. It shares nothing with the
// engine. It knows only plain names, words of ASCII letters between blanks; what
// the engine makes of other signs is told in tagger/NAMES.md and tested there.
type oracle struct {
	names   map[string]bool
	longest map[string]int // first word -> most words of a name that begins so
	plain   *regexp.Regexp
	address *regexp.Regexp
}

func newOracle(entities []entity) *oracle {
	o := &oracle{
		names: map[string]bool{}, longest: map[string]int{},
		plain:   regexp.MustCompile(`^[A-Za-z]+( [A-Za-z]+)*$`),
		address: regexp.MustCompile(`://|@|\\|^[("'“]*[./~]|www\.|\pL/|[\pL\pN]\.[\pL\pN]`),
	}
	for _, e := range entities {
		for _, name := range e.Names {
			o.add(name)
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
func (o *oracle) knows(name string) bool { return o.names[name] }

// find returns where names stand in a field of an article: all of them, also
// those inside others, by start.
func (o *oracle) find(field models.Field, text string) []models.Place {
	var out []models.Place
	words := wordsOf(text)
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

// apostrophes are all signs that are written for one. One of them is a letter to
// Unicode.
const apostrophes = "'‘’‛ʼ＇´`′"

// wordsOf cuts a text into words: letters, digits and marks, with apostrophes
// between letters. What is contracted with a word is none of it: "Zoom's" is
// Zoom, and "Don't" is Do.
func wordsOf(text string) []models.Span {
	var out []models.Span
	for i := 0; i < len(text); {
		end := i + wordLength(text[i:])
		if end == i {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		if n := uncontracted(text[i:end]); n > 0 {
			out = append(out, models.Span{Start: i, End: i + n})
		}
		i = end
	}
	return out
}

// wordLength is how many bytes of a text are a word, apostrophes and all.
func wordLength(text string) int {
	for end := 0; ; {
		r, n := utf8.DecodeRuneInString(text[end:])
		next, _ := utf8.DecodeRuneInString(text[end+n:])
		before, _ := utf8.DecodeLastRuneInString(text[:end])
		joins := end > 0 && strings.ContainsRune(apostrophes, r) && isWordRune(before) && isWordRune(next) && !unicode.IsDigit(next)
		if !joins && !isWordRune(r) {
			return end
		}
		end += n
	}
}

func isWordRune(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !strings.ContainsRune(apostrophes, r)
}

// uncontracted is the length of a word without 's, n't and the like.
func uncontracted(word string) int {
	i := strings.LastIndexAny(word, apostrophes)
	if i < 0 {
		return len(word)
	}
	_, sign := utf8.DecodeRuneInString(word[i:])
	switch strings.ToLower(word[i+sign:]) {
	case "s", "d", "m", "ll", "re", "ve":
		return i
	case "t":
		return len(strings.TrimRight(word[:i], "nN"))
	}
	return len(word)
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
