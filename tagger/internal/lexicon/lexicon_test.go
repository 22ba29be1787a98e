package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/models"
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/wtg"
)

// A dictionary is a lexicon under test with what made it.
type dictionary struct {
	vocab   *segment.Vocab
	builder *Builder
	phraser *Phraser
	lex     *Lexicon
	punkt   *segment.Punkt
	texts   []string // by phrase
}

// newDictionary makes a lexicon of phrases. A prefix tells how a phrase is
// added: fold:, exact:, term: and none for case policy auto.
func newDictionary(phrases []string) *dictionary {
	d := &dictionary{vocab: segment.NewVocab(), punkt: segment.NewPunkt()}
	for class, words := range map[segment.Class]string{
		segment.Abbreviation: "st mr mt", segment.Particle: "of the de von der bin", segment.Common: "unless",
	} {
		for w := range strings.FieldsSeq(words) {
			d.vocab.Mark(d.vocab.Intern(w), class)
		}
	}
	d.phraser = NewPhraser(d.vocab)
	d.builder = NewBuilder(d.vocab)
	inflector := NewInflector(d.builder)
	for _, p := range phrases {
		d.add(p, inflector)
	}
	d.lex = reopened(d.builder.Build(), d.vocab)
	texts := slices.Clone(d.texts)
	_, number := d.builder.Phrases()
	for p, n := range number {
		d.texts[n] = texts[p]
	}
	return d
}

// reopened returns a lexicon as a file gives it back.
func reopened(l *Lexicon, v *segment.Vocab) *Lexicon {
	w := wtg.NewWriter()
	l.Save(w)
	v.Save(w)
	sealed, err := w.Seal(1)
	if err != nil {
		panic(err)
	}
	f, err := wtg.Parse(sealed.Data(), 1)
	if err != nil {
		panic(err)
	}
	out := Open(f, segment.OpenVocab(f))
	if f.Err() != nil {
		panic(f.Err())
	}
	return out
}

func (d *dictionary) add(phrase string, in *Inflector) {
	how, text, ok := strings.Cut(phrase, ":")
	if !ok {
		how, text = "", phrase
	}
	tokens := d.phraser.Tokens(text)
	if len(tokens) == 0 {
		return
	}
	var elems []Elem
	switch how {
	case "fold":
		elems = As(AnyCase, tokens)
	case "exact":
		elems = As(Exact, tokens)
	case "term":
		elems = Term(d.phraser, in, tokens, false)
	default:
		elems = d.phraser.Auto(tokens)
	}
	if p := d.builder.Add(elems); int(p) == len(d.texts) {
		d.texts = append(d.texts, text)
	}
}

func (d *dictionary) read(text string) *segment.Text {
	var t segment.Text
	r := segment.NewReader(segment.Options{Vocab: d.vocab, Punkt: d.punkt})
	r.Read(&t, &models.Document{Text: text})
	return &t
}

// show writes matches as phrase=quote.
func (d *dictionary) show(t *segment.Text, ms []Match) []string {
	var out []string
	for _, m := range ms {
		out = append(out, fmt.Sprintf("%s=%s", d.texts[m.Phrase], t.Quote(m.First, m.Last)))
	}
	return out
}

// cases are read by TestAppend, by the oracle's test and by the fuzzer.
var cases = []struct {
	name    string
	phrases []string
	text    string
	want    []string
}{
	{"whole words", []string{"Zoom"}, "Zoom, Zoominfo and the Zoom-like «Zoom»", []string{"Zoom=Zoom", "Zoom=Zoom", "Zoom=Zoom"}},
	{"every occurrence, longer first", []string{"New York", "New York Times", "York"}, "New York Times", []string{"New York Times=New York Times", "New York=New York", "York=York"}},
	{"possessive stays outside", []string{"Zoom", "Moody's"}, "Zoom’s and Moody’s", []string{"Zoom=Zoom", "Moody's=Moody’s"}},
	{"blanks and one line break", []string{"Goldman Sachs"}, "Goldman\u00a0Sachs Goldman \t Sachs Goldman\nSachs", []string{"Goldman Sachs=Goldman\u00a0Sachs", "Goldman Sachs=Goldman \t Sachs", "Goldman Sachs=Goldman\nSachs"}},
	{"never across a paragraph", []string{"Goldman Sachs"}, "Goldman\n\nSachs", nil},
	{"never across a stop", []string{"Xi Jinping"}, "He met Xi. Jinping left, Xi, Jinping and Xi (Jinping)", nil},
	{"hyphen for a blank and back", []string{"Coca-Cola", "Abu Bakr"}, "Coca Cola Coca–Cola Abu-Bakr Coca - Cola Coca—Cola", []string{"Coca-Cola=Coca Cola", "Coca-Cola=Coca–Cola", "Abu Bakr=Abu-Bakr"}},
	{"stop of an abbreviation", []string{"St. Petersburg", "Mt Everest"}, "St Petersburg St. Petersburg Mt. Everest", []string{"St. Petersburg=St Petersburg", "St. Petersburg=St. Petersburg", "Mt Everest=Mt. Everest"}},
	{"punctuation of its own", []string{"Yahoo!", "AT&T", "S&P"}, "Yahoo! Yahoo AT&T AT&amp;T AT T S&P's", []string{"Yahoo!=Yahoo!", "AT&T=AT&T", "AT&T=AT&amp;T", "S&P=S&P"}},
	{"initials", []string{"US", "DoJ"}, "U.S. US D.O.J. DoJ", []string{"US=U.S.", "US=US", "DoJ=D.O.J.", "DoJ=DoJ"}},
	{"marks and forms", []string{"Société Générale"}, "Societe Generale Socie\u0301te\u0301 Ge\u0301ne\u0301rale SOCIÉTÉ GÉNÉRALE", []string{"Société Générale=Societe Generale", "Société Générale=Socie\u0301te\u0301 Ge\u0301ne\u0301rale", "Société Générale=SOCIÉTÉ GÉNÉRALE"}},
	{"invisible characters", []string{"Zoom Video"}, "\ufeffZo\u00adom\u200bVideo", []string{"Zoom Video=Zo\u00adom\u200bVideo"}},
	{"auto: capitalised", []string{"Zoom"}, "zoom Zoom ZOOM ZooM", []string{"Zoom=Zoom", "Zoom=ZOOM"}},
	{"auto: capitals are typed", []string{"US"}, "us Us US", []string{"US=US"}},
	{"auto: mixed", []string{"DoJ", "eBay"}, "DoJ DOJ Doj doj eBay EBay EBAY Ebay", []string{"DoJ=DoJ", "DoJ=DOJ", "eBay=eBay", "eBay=EBay", "eBay=EBAY"}},
	{"auto: long acronym", []string{"NATO", "UNLESS"}, "Nato NATO nato Unless", []string{"NATO=Nato", "NATO=NATO"}},
	{"auto: lower case", []string{"video call"}, "Video Call VIDEO CALL video call", []string{"video call=Video Call", "video call=VIDEO CALL", "video call=video call"}},
	{"auto: particles", []string{"Ursula von der Leyen", "The Hague"}, "Ursula Von Der Leyen the Hague", []string{"Ursula von der Leyen=Ursula Von Der Leyen", "The Hague=the Hague"}},
	{"fold", []string{"fold:Zoom"}, "zoom ZooM", []string{"Zoom=zoom", "Zoom=ZooM"}},
	{"exact", []string{"exact:Zoom"}, "zoom ZOOM Zoom", []string{"Zoom=Zoom"}},
	{"nothing in addresses", []string{"Zoom", "Amazon"}, "https://zoom.us/Zoom joe@Zoom.com /x/Zoom Amazon.com", nil},
	{"a domain is a name", []string{"Booking.com", "Amazon"}, "Booking.com booking.com www.Booking.com Amazon Booking.com/x", []string{"Booking.com=Booking.com", "Amazon=Amazon"}},
	{"handles and slashes", []string{"Zoom", "Skype"}, "@Zoom #Zoom Zoom/Skype", []string{"Zoom=Zoom", "Zoom=Zoom", "Zoom=Zoom", "Skype=Skype"}},
	{"terms inflect", []string{"term:steal", "term:trade secret", "term:ban"}, "stole stolen Stealing trade secrets bans banned", []string{"steal=stole", "steal=stolen", "steal=Stealing", "trade secret=trade secrets", "ban=bans", "ban=banned"}},
	{"short words of a phrase do not inflect", []string{"term:tip off"}, "tip off tips off tipped off", []string{"tip off=tip off"}},
	{"terms with a capital do not", []string{"term:Entity List"}, "Entity List Entity Lists entity list", []string{"Entity List=Entity List"}},
	{"currency is no country", []string{"US"}, "US$1.5bn", nil},
}

func TestAppend(t *testing.T) {
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			d := newDictionary(tt.phrases)
			text := d.read(tt.text)
			if diff := cmp.Diff(tt.want, d.show(text, d.lex.Append(nil, text))); diff != "" {
				t.Errorf("matches in %q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// FuzzNaive: the lexicon finds what the oracle finds, in its order.
func FuzzNaive(f *testing.F) {
	for _, tt := range cases {
		f.Add(strings.Join(tt.phrases, "\n"), tt.text)
	}
	f.Fuzz(func(t *testing.T, phrases, text string) {
		if len(phrases) > 400 || len(text) > 4000 {
			return // the oracle is slow, and more holds nothing new
		}
		d := newDictionary(strings.Split(phrases, "\n"))
		read := d.read(text)
		want := d.show(read, Naive(read, d.vocab, d.builder))
		got := d.show(read, d.lex.Append(nil, read))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("phrases %q in %q (-naive +lexicon):\n%s", phrases, text, diff)
		}
	})
}

func TestForms(t *testing.T) {
	in := NewInflector(NewBuilder(segment.NewVocab()))
	for _, tt := range []struct{ word, want string }{
		{"chip", "chip chips chipped* chipping*"},
		{"steal", "steal steals stole* stolen* stealing*"},
		{"ban", "ban bans banned* banning*"},
		{"charge", "charge charges charged* charging*"},
		{"spy", "spy spies spied* spying*"},
		{"convoy", "convoy convoys convoyed* convoying*"},
		{"overthrow", "overthrow overthrows overthrew* overthrown* overthrowing*"},
		{"crisis", "crisis crises crisises crisised* crisising*"},
		{"launch", "launch launches launched* launching*"},
		{"visit", "visit visits visited* visiting*"},
		{"admit", "admit admits admitted* admitting*"},
		{"lie", "lie lies lied* lay* lain* lying*"},
		{"x", "x"},
	} {
		t.Run(tt.word, func(t *testing.T) {
			var got []string
			for _, f := range forms(in.plurals, tt.word) {
				if f.verbal {
					f.text += "*"
				}
				got = append(got, f.text)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("forms of %s (-want +got):\n%s", tt.word, diff)
			}
		})
	}
}
