package interchange

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const rdfNS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

// A statement is one triple. The object is an IRI, the name of a blank node or
// a literal with its language.
type statement struct {
	line                       int
	subject, predicate, object string
	lang                       string
}

// A turtle reads Turtle 1.1 (https://www.w3.org/TR/turtle/) by recursive
// descent over the whole text: prefixes, a, lists of predicates and objects,
// blank nodes, collections and every kind of literal. No library for it that
// is kept is to be had.
type turtle struct {
	src      string
	at, line int
	base     string
	prefixes map[string]string
	blanks   int
	depth    int
	emit     func(statement)
}

// turtleError ends the reading; it is the only panic, and readTurtle's.
type turtleError struct{ error }

// readTurtle calls emit for every statement. The error begins with the line.
func readTurtle(r io.Reader, emit func(statement)) (err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("1: %w", err)
	}
	if !utf8.Valid(b) {
		return fmt.Errorf("1: the file is not UTF-8")
	}
	t := &turtle{src: strings.TrimPrefix(string(b), "\ufeff"), line: 1, prefixes: map[string]string{}, emit: emit}
	defer func() {
		if v := recover(); v != nil {
			te, ok := v.(turtleError)
			if !ok {
				panic(v)
			}
			err = te.error
		}
	}()
	for t.space(); t.at < len(t.src); t.space() {
		t.sentence()
	}
	return nil
}

func (t *turtle) fail(format string, args ...any) {
	panic(turtleError{fmt.Errorf("%d: not Turtle: %s", t.line, fmt.Sprintf(format, args...))})
}

// space passes over blanks and comments.
func (t *turtle) space() {
	for t.at < len(t.src) {
		switch c := t.src[t.at]; {
		case c == '\n':
			t.line++
			t.at++
		case c == ' ' || c == '\t' || c == '\r':
			t.at++
		case c == '#':
			for t.at < len(t.src) && t.src[t.at] != '\n' {
				t.at++
			}
		default:
			return
		}
	}
}

// next is the byte that comes, 0 at the end.
func (t *turtle) next() byte {
	if t.at < len(t.src) {
		return t.src[t.at]
	}
	return 0
}

// take passes over a mark if it comes next.
func (t *turtle) take(mark string) bool {
	t.space()
	if strings.HasPrefix(t.src[t.at:], mark) {
		t.at += len(mark)
		return true
	}
	return false
}

func (t *turtle) want(mark string) {
	if !t.take(mark) {
		t.fail("%q is missing", mark)
	}
}

// keyword takes PREFIX or BASE, in any case, if it stands by itself.
func (t *turtle) keyword(word string) bool {
	t.space()
	rest := t.src[t.at:]
	if len(rest) <= len(word) || !strings.EqualFold(rest[:len(word)], word) || !strings.Contains(" \t\r\n<", rest[len(word):len(word)+1]) {
		return false
	}
	t.at += len(word)
	return true
}

func (t *turtle) sentence() {
	switch {
	case t.take("@prefix"):
		t.prefix()
		t.want(".")
	case t.take("@base"):
		t.base = t.iriRef()
		t.want(".")
	case t.keyword("PREFIX"):
		t.prefix()
	case t.keyword("BASE"):
		t.base = t.iriRef()
	default:
		if t.take("[") {
			if s := t.blank(); !t.take(".") {
				t.predicates(s)
				t.want(".")
			}
			return
		}
		t.predicates(t.subject())
		t.want(".")
	}
}

func (t *turtle) prefix() {
	t.space()
	name := t.name()
	name, rest, ok := strings.Cut(name, ":")
	if !ok || rest != "" {
		t.fail("a prefix ends in a colon")
	}
	t.prefixes[name] = t.iriRef()
}

// subject reads an IRI, a blank node or a collection.
func (t *turtle) subject() string {
	t.space()
	switch {
	case t.take("("):
		return t.collection()
	case strings.HasPrefix(t.src[t.at:], "_:"):
		return t.name()
	}
	return t.iri()
}

// deeper counts a level of nesting. An error ends the reading, so that only
// what comes back has to count down.
func (t *turtle) deeper() {
	if t.depth++; t.depth > 64 {
		t.fail("nested more than 64 deep")
	}
}

// predicates reads what is said of a subject: verbs with their objects.
func (t *turtle) predicates(subject string) {
	t.deeper()
	defer func() { t.depth-- }()
	for {
		t.space()
		verb := rdfType
		if rest := t.src[t.at:]; len(rest) > 1 && rest[0] == 'a' && strings.Contains(" \t\r\n<[(\"'#", rest[1:2]) {
			t.at++
		} else {
			verb = t.iri()
		}
		for {
			t.object(subject, verb)
			if !t.take(",") {
				break
			}
		}
		if !t.take(";") {
			return
		}
		for t.take(";") {
		}
		if t.space(); t.next() == '.' || t.next() == ']' {
			return
		}
	}
}

func (t *turtle) object(subject, verb string) {
	t.space()
	s := statement{line: t.line, subject: subject, predicate: verb}
	switch c := t.next(); {
	case c == 0:
		t.fail("the file ends within a statement")
	case c == '"' || c == '\'':
		s.object, s.lang = t.literal()
	case c == '[':
		t.at++
		s.object = t.blank()
	case c == '(':
		t.at++
		s.object = t.collection()
	case c == '+' || c == '-' || c >= '0' && c <= '9':
		s.object = t.name()
	case t.constant("true"):
		s.object = "true"
	case t.constant("false"):
		s.object = "false"
	default:
		s.object = t.subject()
	}
	t.emit(s)
}

// constant takes true or false, which are written like names.
func (t *turtle) constant(word string) bool {
	rest, ok := strings.CutPrefix(t.src[t.at:], word)
	if r, _ := utf8.DecodeRuneInString(rest); !ok || r == ':' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return false
	}
	t.at += len(word)
	return true
}

// anonymous names a node that has no name: as none can be written.
func (t *turtle) anonymous() string {
	t.blanks++
	return fmt.Sprint("_:#", t.blanks)
}

// blank reads the rest of [ … ] and returns the name of the node.
func (t *turtle) blank() string {
	name := t.anonymous()
	if t.take("]") {
		return name
	}
	t.predicates(name)
	t.want("]")
	return name
}

// collection reads the rest of ( … ), whose members are said of its name.
func (t *turtle) collection() string {
	t.deeper()
	defer func() { t.depth-- }()
	name := t.anonymous()
	for !t.take(")") {
		t.object(name, rdfNS+"li")
	}
	return name
}

// name reads a prefixed name, a blank node's or a number.
func (t *turtle) name() string {
	start := t.at
	for t.at < len(t.src) {
		r, size := utf8.DecodeRuneInString(t.src[t.at:])
		if r == '\\' && t.at+1 < len(t.src) {
			t.at += 2
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-:.%+·", r) && !unicode.Is(unicode.M, r) {
			break
		}
		t.at += size
	}
	for t.at > start && t.src[t.at-1] == '.' {
		t.at-- // the end of the statement
	}
	if t.at == start {
		t.fail("%q is not expected here", firstRune(t.src[t.at:]))
	}
	return t.src[start:t.at]
}

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// iri reads an IRI, whole or with a prefix.
func (t *turtle) iri() string {
	if t.space(); t.next() == '<' {
		return t.iriRef()
	}
	name := t.name()
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		t.fail("%q is neither <an address> nor prefix:name", name)
	}
	base, known := t.prefixes[prefix]
	if !known {
		t.fail("the prefix %q is not declared", prefix+":")
	}
	return base + unescapeLocal(local)
}

func unescapeLocal(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func (t *turtle) iriRef() string {
	t.want("<")
	end := strings.IndexAny(t.src[t.at:], ">\n")
	if end < 0 || t.src[t.at+end] == '\n' {
		t.fail("an address is opened and never closed")
	}
	ref := t.unescape(t.src[t.at : t.at+end])
	t.at += end + 1
	return resolve(t.base, ref)
}

// resolve makes an address whole by the base of the file, if it has one.
func resolve(base, ref string) string {
	if base == "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	if u, err := b.Parse(ref); err == nil {
		return u.String()
	}
	return ref
}

// literal reads a text with its language; a type is passed over.
func (t *turtle) literal() (s, lang string) {
	s = t.quoted()
	switch {
	case t.next() == '@':
		t.at++
		start := t.at
		for t.at < len(t.src) && (t.src[t.at] == '-' || t.src[t.at] >= 'a' && t.src[t.at] <= 'z' || t.src[t.at] >= 'A' && t.src[t.at] <= 'Z' || t.src[t.at] >= '0' && t.src[t.at] <= '9') {
			t.at++
		}
		lang = t.src[start:t.at]
	case strings.HasPrefix(t.src[t.at:], "^^"):
		t.at += 2
		t.iri()
	}
	return s, lang
}

func (t *turtle) quoted() string {
	mark := t.src[t.at : t.at+1]
	if long := strings.Repeat(mark, 3); strings.HasPrefix(t.src[t.at:], long) {
		mark = long
	}
	t.at += len(mark)
	start := t.at
	for t.at < len(t.src) {
		switch {
		case t.src[t.at] == '\\':
			t.at++
		case strings.HasPrefix(t.src[t.at:], mark):
			for len(mark) == 3 && strings.HasPrefix(t.src[t.at+1:], mark) {
				t.at++ // quotes that end the text itself
			}
			s := t.unescape(t.src[start:t.at])
			t.line += strings.Count(t.src[start:t.at], "\n")
			t.at += len(mark)
			return s
		case t.src[t.at] == '\n' && len(mark) == 1:
			t.fail("a text is opened and never closed on its line")
		}
		t.at++
	}
	t.at = len(t.src)
	t.fail("a text is opened and never closed")
	return ""
}

// unescape reads \t \n \" \u00e9 and the like.
func (t *turtle) unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if at := strings.IndexByte("tbnrf", s[i]); at >= 0 {
			b.WriteByte("\t\b\n\r\f"[at])
			continue
		}
		digits := map[byte]int{'u': 4, 'U': 8}[s[i]]
		if digits == 0 {
			b.WriteByte(s[i])
			continue
		}
		if i+digits >= len(s) {
			t.fail("an escaped character has %d digits", digits)
		}
		n, err := strconv.ParseUint(s[i+1:i+1+digits], 16, 32)
		if err != nil {
			t.fail("%q is no escaped character", s[i-1:i+1+digits])
		}
		b.WriteRune(rune(n))
		i += digits
	}
	return b.String()
}
