package lexicon

import (
	"iter"
	"strings"

	"github.com/gertd/go-pluralize"

	"wiretag/tagger/internal/segment"
)

// A Lemma is a word that another one is a form of. Phrases hold the lemma's
// number in place of a word's, so that a phrase of three words that may each
// take five forms is one phrase and not 125.
type Lemma struct {
	ID     uint32
	Verbal uint32 // 1: an irregular, -ed or -ing form
}

// Inflector gives words their inflected forms: plurals by library, verb forms
// by rule and a table of irregulars.
type Inflector struct {
	b       *Builder
	vocab   *segment.Vocab
	plurals *pluralize.Client
	known   map[string]uint32
}

// NewInflector returns an Inflector that adds the forms it makes to b.
func NewInflector(b *Builder) *Inflector {
	return &Inflector{b, b.vocab, pluralize.NewClient(), make(map[string]uint32)}
}

// Lemma returns the number that stands for every form of a word in lower case.
func (in *Inflector) Lemma(word string) uint32 {
	if id, ok := in.known[word]; ok {
		return id
	}
	id := in.vocab.Intern("\x00" + word) // no word of a text has this norm
	in.known[word] = id
	for _, f := range forms(in.plurals, word) {
		norm := string(segment.AppendNorm(nil, f.text))
		verbal := uint32(0)
		if f.verbal {
			verbal = 1
		}
		in.b.addForm(in.vocab.Intern(norm), Lemma{id, verbal})
	}
	return id
}

// Nouns walks the phrases that a term in lower case finds as a noun, one word
// of it inflected at a time, itself among them. The forms of verbs are left
// out: bombing is a form of bomb and a noun of its own. A term with a capital
// finds itself.
func (in *Inflector) Nouns(tokens []Token) iter.Seq[string] {
	return func(yield func(string) bool) {
		words := make([]string, len(tokens))
		for i, t := range tokens {
			if Capitals(t.Text) != 0 {
				return
			}
			words[i] = t.Text
		}
		for i, word := range words {
			if !inflects(tokens, i) {
				continue
			}
			for _, f := range forms(in.plurals, word) {
				words[i] = f.text
				if !f.verbal && !yield(strings.Join(words, " ")) {
					return
				}
			}
			words[i] = word
		}
	}
}

// inflects reports whether the i-th word of a term in lower case takes its
// forms: words of three letters or fewer only where they stand alone.
func inflects(tokens []Token, i int) bool {
	t := &tokens[i]
	return t.Flags&segment.Lower != 0 && t.Flags&segment.Dotted == 0 && (len(tokens) == 1 || len(t.Text) > 3)
}

type form struct {
	text   string
	verbal bool
}

// forms returns a word and its forms, each once. Whether the word is a noun or
// a verb is not known, so it gets the forms of both; the wrong ones are words
// that nobody writes.
func forms(plurals *pluralize.Client, word string) []form {
	out := []form{{word, false}}
	add := func(text string, verbal bool) {
		for _, f := range out {
			if f.text == text {
				return
			}
		}
		out = append(out, form{text, verbal})
	}
	if !isASCIIWord(word) || len(word) < 2 {
		return out
	}
	add(plurals.Plural(word), false)
	add(thirdPerson(word), false)
	if past := irregulars(word); past != "" {
		for p := range strings.FieldsSeq(past) {
			add(p, true)
		}
	} else {
		add(withEd(word), true)
	}
	add(withIng(word), true)
	return out
}

func isASCIIWord(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

func thirdPerson(w string) string {
	switch {
	case hasAnySuffix(w, "s", "x", "z", "ch", "sh", "o"):
		return w + "es"
	case strings.HasSuffix(w, "y") && !vowelBeforeLast(w):
		return w[:len(w)-1] + "ies"
	}
	return w + "s"
}

func withEd(w string) string {
	switch {
	case strings.HasSuffix(w, "e"):
		return w + "d"
	case strings.HasSuffix(w, "y") && !vowelBeforeLast(w):
		return w[:len(w)-1] + "ied"
	}
	return double(w) + "ed"
}

func withIng(w string) string {
	switch {
	case strings.HasSuffix(w, "ie"):
		return w[:len(w)-2] + "ying"
	case strings.HasSuffix(w, "e") && !hasAnySuffix(w, "ee", "oe", "ye"):
		return w[:len(w)-1] + "ing"
	}
	return double(w) + "ing"
}

// double doubles a final consonant after one stressed vowel: ban, banned. In
// longer words the stress is not known; the ones listed double.
func double(w string) string {
	n := len(w)
	last := w[n-1]
	if n < 3 || isVowel(last) || strings.IndexByte("wxy", last) >= 0 || !isVowel(w[n-2]) || isVowel(w[n-3]) {
		return w
	}
	if syllables(w) == 1 || hasAnySuffix(w, "mit", "fer", "cur", "pel", "gin", "bel", "cel", "vel", "rol", "kidnap", "ebut", "egret", "equip") {
		return w + string(last)
	}
	return w
}

func syllables(w string) int {
	n := 0
	for i := range len(w) {
		if isVowel(w[i]) && (i == 0 || !isVowel(w[i-1])) {
			n++
		}
	}
	return n
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

func vowelBeforeLast(w string) bool { return len(w) > 1 && isVowel(w[len(w)-2]) }

func hasAnySuffix(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// irregulars returns the past forms of an irregular verb, or "". A prefix
// (over-, re-, with-) does not change them: overthrow, withhold.
func irregulars(verb string) string {
	for _, prefix := range []string{"", "over", "under", "re", "with", "out", "up", "fore", "mis", "un"} {
		stem, ok := strings.CutPrefix(verb, prefix)
		if !ok {
			continue
		}
		if past := irregular(stem); past != "" {
			var out []string
			for p := range strings.FieldsSeq(past) {
				out = append(out, prefix+p)
			}
			return strings.Join(out, " ")
		}
	}
	return ""
}

// irregular returns the past forms of one verb of the table, or "".
func irregular(verb string) string {
	for line := range strings.SplitSeq(irregularVerbs, "\n") {
		if name, past, ok := strings.Cut(line, ": "); ok && name == verb {
			return past
		}
	}
	return ""
}

// irregularVerbs are the irregular verbs that news needs, with their past
// forms and whatever else no rule makes.
const irregularVerbs = `
arise: arose arisen
be: am is are was were been
bear: bore borne born
beat: beat beaten
become: became
begin: began begun
bend: bent
bet: bet
bid: bid bade
bind: bound
bite: bit bitten
bleed: bled
blow: blew blown
break: broke broken
breed: bred
bring: brought
broadcast: broadcast broadcasted
build: built
burn: burnt burned
burst: burst
buy: bought
cast: cast
catch: caught
choose: chose chosen
cling: clung
come: came
cost: cost
creep: crept
cut: cut
deal: dealt
dig: dug
do: did done does
draw: drew drawn
drink: drank drunk
drive: drove driven
eat: ate eaten
fall: fell fallen
feed: fed
feel: felt
fight: fought
find: found
flee: fled
fly: flew flown
forbid: forbade forbidden
forget: forgot forgotten
freeze: froze frozen
get: got gotten
give: gave given
go: went gone goes
grow: grew grown
hang: hung hanged
have: had has
hear: heard
hide: hid hidden
hit: hit
hold: held
hurt: hurt
keep: kept
know: knew known
lay: laid
lead: led
leak: leaked
leave: left
lend: lent
let: let
lie: lied lay lain
lose: lost
make: made
mean: meant
meet: met
pay: paid
put: put
quit: quit
read: read
ride: rode ridden
ring: rang rung
rise: rose risen
run: ran
say: said
see: saw seen
seek: sought
sell: sold
send: sent
set: set
shake: shook shaken
shed: shed
shine: shone
shoot: shot
show: showed shown
shrink: shrank shrunk
shut: shut
sing: sang sung
sink: sank sunk
sit: sat
slay: slew slain
sleep: slept
slide: slid
speak: spoke spoken
spend: spent
spill: spilt spilled
split: split
spread: spread
spring: sprang sprung
stand: stood
steal: stole stolen
stick: stuck
strike: struck stricken
string: strung
strive: strove striven
swear: swore sworn
sweep: swept
swim: swam swum
swing: swung
take: took taken
teach: taught
tear: tore torn
tell: told
think: thought
throw: threw thrown
wear: wore worn
weave: wove woven
win: won
wind: wound
write: wrote written
`
