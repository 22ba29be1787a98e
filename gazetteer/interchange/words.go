package interchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Taggers that look at one token at a time part marks from the words beside
// them. These are the marks that spaCy and CoreNLP both part; a full stop stays
// with its word, where an abbreviation has it.
const (
	opening = `([{"“‘«`
	closing = `)]},;:!?"”»`
)

// tokens parts a text as such a tagger does. Those in inside part words, too.
func tokens(s, inside string) []string {
	var out []string
	for field := range strings.FieldsSeq(s) {
		out = appendTokens(out, field, inside)
	}
	return out
}

func appendTokens(out []string, word, inside string) []string {
	var behind []string
	for {
		r, size := utf8.DecodeRuneInString(word)
		if len(word) == size || !strings.ContainsRune(opening, r) {
			break
		}
		out, word = append(out, word[:size]), word[size:]
	}
	for {
		r, size := utf8.DecodeLastRuneInString(word)
		if mark := possessive(word); mark != "" {
			size = len(mark)
		} else if !strings.ContainsRune(closing, r) {
			break
		}
		if len(word) == size {
			break
		}
		behind, word = append(behind, word[len(word)-size:]), word[:len(word)-size]
	}
	for i := strings.IndexAny(word, inside); i > 0 && i < len(word)-1; i = strings.IndexAny(word, inside) {
		_, size := utf8.DecodeRuneInString(word[i:])
		out, word = append(out, word[:i], word[i:i+size]), word[i+size:]
	}
	out = append(out, word)
	for i := len(behind) - 1; i >= 0; i-- {
		out = append(out, behind[i])
	}
	return out
}

// possessive returns the 's at the end of a word.
func possessive(word string) string {
	for _, mark := range []string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(word, mark) {
			return mark
		}
	}
	return ""
}

// written puts tokens together again, as people write them.
func written(tokens []string) string {
	var b strings.Builder
	glued := true // no blank before the next
	for _, t := range tokens {
		first, _ := utf8.DecodeRuneInString(t)
		mark := utf8.RuneCountInString(t) == 1 && !unicode.IsLetter(first) && !unicode.IsDigit(first)
		hyphen := mark && strings.Contains("-–/", t)
		left := hyphen || mark && strings.Contains(closing+".'’", t) || possessive(t) == t
		if !glued && !left {
			b.WriteByte(' ')
		}
		b.WriteString(t)
		glued = hyphen || mark && strings.Contains(opening, t) && t != `"`
	}
	return b.String()
}
