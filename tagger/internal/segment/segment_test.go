package segment

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wiretag/models"
)

// read cuts a text with a memory, so that repeated runs come from it.
func read(t testing.TB, doc models.Document) *Text {
	t.Helper()
	r := NewReader(Options{Vocab: testVocab(), Punkt: NewPunkt(), Memo: NewMemo(1000)})
	var text Text
	r.Read(&text, &doc)
	return &text
}

// testVocab holds the few classes that zones and sentences ask for.
func testVocab() *Vocab {
	v := NewVocab()
	for class, words := range map[Class]string{
		Abbreviation: "mr st inc sen gen", Honorific: "mr", Place: "beijing new london",
		Month: "march january", Weekday: "wednesday", Agency: "reuters ap", Particle: "of de la",
	} {
		for w := range strings.FieldsSeq(words) {
			v.Mark(v.Intern(w), class)
		}
	}
	return v
}

// show writes words as the table does: parted by blanks; what matches nothing
// in <>, domains in {}, clitics with *, joining hyphens with ~.
func show(s string, words []Word) string {
	var out []string
	for i := range words {
		w := &words[i]
		m := s[w.Start:w.End]
		switch {
		case w.Has(NoMatch):
			m = "<" + m + ">"
		case w.Has(Domain):
			m = "{" + m + "}"
		case w.Has(Clitic):
			m += "*"
		case w.Has(Hyphen):
			m += "~"
		}
		out = append(out, m)
	}
	return strings.Join(out, " ")
}

// TestWords holds a row for every row of the table of what prose v2 does to
// text: what prose makes of it stands in the comment where it loses, glues or
// panics.
func TestWords(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"initials", "U.S. U.S., U.S.-China D.O.J. U.S", "U.S. U.S. , U.S. -~ China D.O.J. U.S"},
		{"possessives", "Zoom's Zoom’s DoJ’s Xi’s world’s", "Zoom 's* Zoom ’s* DoJ ’s* Xi ’s* world ’s*"},
		// prose: the tail is lost
		{"possessive before punctuation", "Zoom’s, McDonald’s. Moody's, Sotheby’s)", "Zoom ’s* , McDonald ’s* . Moody 's* , Sotheby ’s* )"},
		{"possessive before slash", "Lowe’s/Macy’s", "Lowe ’s* / Macy ’s*"},
		{"possessive of a plural", "Goldman Sachs’ profit, Philips'", "Goldman Sachs ’ profit , Philips '"},
		// prose: Mr. and Jin. are one token each
		{"abbreviation and name at a stop", "Mr. Jin, ExxonMobil, met Xi.", "Mr . Jin , ExxonMobil , met Xi ."},
		{"ampersand", "AT&T, AT&T's, S&P R&D S&amp;P", "AT & T , AT & T 's* , S & P R & D S &amp; P"},
		{"names with their own mark", "Yahoo! Y! Guess?", "Yahoo ! Y ! Guess ?"},
		{"hyphens", "COVID-19 e-mail Jean-Claude Al-Qaeda’s", "COVID -~ 19 e -~ mail Jean -~ Claude Al -~ Qaeda ’s*"},
		{"negations", "can't didn’t don't", "ca n't* did n’t* do n't*"},
		// prose: ca, it, did; the rest is lost
		{"contractions before punctuation", "can’t. it's, didn’t,", "ca n’t* . it 's* , did n’t* ,"},
		// prose: nothing at all
		{"opening quotes", "‘Stop ‘Stop’ ‘Republicans ‘Myanmar", "‘ Stop ‘ Stop ’ ‘ Republicans ‘ Myanmar"},
		// prose: 'Made is lost
		{"straight single quotes", "'Made in China'", "' Made in China '"},
		// prose: O, O, O, D
		{"apostrophes of names", "O'Sullivan O’Reilly O'Malley D'Souza", "O'Sullivan O’Reilly O'Malley D'Souza"},
		{"apostrophes inside", "O'Brien L'Oréal Xi'an Sana'a Wet'suwet'en", "O'Brien L'Oréal Xi'an Sana'a Wet'suwet'en"},
		{"apostrophe inside and possessive", "Xi'an's O’Reilly’s", "Xi'an 's* O’Reilly ’s*"},
		// prose: İstanbu l 's
		{"lower case of another length", "İstanbul’s İmamoğlu's", "İstanbul ’s* İmamoğlu 's*"},
		// prose: panics
		{"panic Ⱥ", "ȺȺȺ's", "ȺȺȺ 's*"},
		{"panic kelvin", "\u212a's", "\u212a 's*"},
		{"panic bad bytes", "\xff\xff's", "\xff \xff ' s"},
		{"panic latin-1", "r\xe9sum\xe9's", "r \xe9 sum \xe9 ' s"},
		{"panic cut bytes", "\xe2\x80n’t", "\xe2 \x80 n’t*"},
		// prose: ' 'll've is lost
		{"two contractions", "they'll've", "they 'll* 've*"},
		// prose: one token each
		{"dashes join", "US–China, U.S.-China Russia-Ukraine", "US –~ China , U.S. -~ China Russia -~ Ukraine"},
		{"em dashes part", "China—the AP—WASHINGTON", "China — the AP — WASHINGTON"},
		{"slashes", "and/or TCP/IP Zoom/Skype", "and / or TCP / IP Zoom / Skype"},
		{"glued datelines", "(CNN)—The WASHINGTON(Reuters)-The", "( CNN ) — The WASHINGTON ( Reuters ) - The"},
		{"glued sentence", "end.The", "end . The"},
		{"brackets", "(Reuters) [China] ($100)", "( Reuters ) [ China ] ( $ 100 )"},
		{"url", "https://e.com/a?b=c.", "<https> <:> </> </> <e> <.> <com> </> <a> <?> <b> <=> <c> ."},
		{"mail", "joe@e.com, (joe@e.com)", "<joe> <@> <e> <.> <com> , ( <joe> <@> <e> <.> <com> )"},
		{"domain", "zoom.us Amazon.com’s zoom.us/x", "{zoom} {.} {us} {Amazon} {.} {com} ’s* <zoom> <.> <us> </> <x>"},
		{"paths", `/a/b ./a ~/a C:\a`, `</> <a> </> <b> <.> </> <a> <~> </> <a> <C> <:> <\> <a>`},
		{"tags", "#Brexit @x @x's", "# Brexit @ x @ x 's*"},
		{"identifier", "snake_case", "<snake> _ <case>"},
		{"emphasis", "_Zoom_ said", "_ Zoom _ said"},
		{"money", "$1.5bn US$1.5bn £1.5bn 50% 10,000.", "$ 1.5bn <US> $ 1.5bn £ 1.5bn 50 % 10,000 ."},
		{"years", "1989 1980s 1980's '90s", "1989 1980s 1980 's* ' 90s"},
		{"ellipses", "... wait... . . . etc…", ". . . wait . . . . . . etc …"},
		{"white space", "a\u00a0b\u2009c\u202fd\u3000e\u0085f\u2028g", "a b c d e f g"},
		{"invisible", "\ufeffZoom Zo\u00adom Zo\u200dom a\u200bb", "\ufeff Zoom Zo\u00adom Zo\u200dom a \u200b b"},
		{"han", "北京市。中国 「北京」", "北京市 。 中国 「 北京 」"},
		{"hebrew and emoji", "שלום \U0001f468\u200d\U0001f469\u200d\U0001f467", "שלום \U0001f468 \u200d \U0001f469 \u200d \U0001f467"},
		{"nul and bidi", "a\x00b \u202ec", "a \x00 b \u202e c"},
		{"lone clitics", "’s 's ’ '", "’s* 's* ’ '"},
		{"foreign quotes", "„Zoom“ ‚Zoom‘ «Zoom» `Zoom`", "„ Zoom “ ‚ Zoom ‘ « Zoom » ` Zoom `"},
		{"other apostrophes", "Zoomʼs Zoom&rsquo;s Zoom&#8217;s", "Zoom ʼs* Zoom &rsquo;s* Zoom &#8217;s*"},
		{"initials of names", "J. P. Morgan J.P.Morgan W. Bush A...", "J. P. Morgan J.P. Morgan W. Bush A . . ."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := show(tt.text, read(t, models.Document{Text: tt.text}).Words)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("words of %q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestAppendNorm(t *testing.T) {
	for _, tt := range []struct{ name, word, want string }{
		{"case", "ZooM", "zoom"},
		{"marks", "Société", "societe"},
		{"decomposed", "Socie\u0301te\u0301", "societe"},
		{"spelt out", "Łódź ßøæœþð", "lodz ssoaeoethd"},
		{"turkish", "İstanbul Kılıçdaroğlu", "istanbul kilicdaroglu"},
		{"cyrillic", "Й Ё", "и е"},
		{"hindi keeps its vowels", "हिन्दी", "हिन्दी"},
		{"hebrew points", "שָׁלוֹם", "שלום"},
		{"initials", "U.S.", "us"},
		{"number", "1.5", "1.5"},
		{"stop", ".", "."},
		{"quote", "’s", "'s"},
		{"joiners", "Zo\u00ado\u200dm\ufeff", "zoom"},
		{"entity", "&amp;", "&"},
		{"entity apostrophe", "&rsquo;s", "'s"},
		{"final sigma", "Παππάς", "παππασ"},
		{"bad byte", "\xffa", "\xffa"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(AppendNorm(nil, tt.word)); got != tt.want {
				t.Errorf("AppendNorm(%q) = %q, want %q", tt.word, got, tt.want)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"blank line", "One two.\n\nThree.", []string{"One two.", "Three."}},
		{"crlf", "One two.\r\n\r\nThree.", []string{"One two.", "Three."}},
		{"blank line with blanks", "One\n \t\nTwo", []string{"One", "Two"}},
		{"line break is a blank", "Goldman\nSachs rose\nsharply. It\nfell.", []string{"Goldman\nSachs rose\nsharply. It\nfell."}},
		{"separator and form feed", "One\u2029Two\fThree", []string{"One", "Two", "Three"}},
		{"indented line", "One two\n  Three\n\tFour", []string{"One two", "Three", "Four"}},
		{"one blank does not indent", "One two\n three", []string{"One two\n three"}},
		{"every line a paragraph", "One two.\n“Three.”\nFour five.\nSix", []string{"One two.", "“Three.”", "Four five.", "Six"}},
		{"half of the lines is not more than half", "One two.\nThree\nfour.", []string{"One two.\nThree\nfour."}},
		{"other breaks", "One\u0085\u0085Two\u2028\u2028Three\r\rFour", []string{"One", "Two", "Three", "Four"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := read(t, models.Document{Text: tt.text})
			var got []string
			for i := range text.Paras {
				p := &text.Paras[i]
				got = append(got, text.Quote(p.First, p.Last))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"plain", "It rose. It fell!  Why?", []string{"It rose.", "It fell!", "Why?"}},
		{"honorific", "He met Mr. Jin. He left.", []string{"He met Mr. Jin.", "He left."}},
		{"initial", "George W. Bush won. He left.", []string{"George W. Bush won.", "He left."}},
		{"listed abbreviation", "Apple Inc. rose. It fell.", []string{"Apple Inc. rose.", "It fell."}},
		{"short name at the end", "He met Xi. Jinping left.", []string{"He met Xi.", "Jinping left."}},
		{"quotation", "“It rose.” He left.", []string{"“It rose.”", "He left."}},
		{"long blanks", "It rose." + strings.Repeat(" ", 100) + "It fell.", []string{"It rose.", "It fell."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := read(t, models.Document{Text: tt.text})
			var got []string
			for i := range text.Paras {
				for _, s := range text.Sentences(i) {
					got = append(got, text.Quote(s.First, s.Last))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTitleLines: a title of several lines is one paragraph, and its lines stay
// apart.
func TestTitleLines(t *testing.T) {
	for _, tt := range []struct{ name, title string }{
		{"stops at the ends of lines", "Zoom blocked!\nJin charged."},
		{"no stops", "Zoom blocked\nJin charged"},
		{"blank line", "Zoom blocked\n\nJin charged"},
		{"form feed", "Zoom blocked!\fJin charged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := read(t, models.Document{Title: tt.title, Text: story})
			if p := text.Paras[0]; text.Quote(p.First, p.Last) != tt.title {
				t.Errorf("first paragraph %q, want the title", text.Quote(p.First, p.Last))
			}
			for i, w := range text.Words[:text.Paras[0].Last] {
				if joined := i > 0 && tt.title[w.Start-1] > ' '; w.Joined() != joined {
					t.Errorf("%q: joined is %v, want %v", text.Quote(i, i+1), w.Joined(), joined)
				}
			}
		})
	}
}

const story = "The ministry said on Monday that it would act. Nobody was surprised by the news at all. The third sentence is body."

func TestZones(t *testing.T) {
	for _, tt := range []struct {
		name string
		doc  models.Document
		want string // one letter a paragraph; see zoneLetters
		date models.Date
	}{
		{"title field", models.Document{Title: "Zoom blocked", Text: story}, "TL", ""},
		{"headline in the text", models.Document{Text: "Zoom is blocked in China\n\n" + story}, "TL", ""},
		{"headline ends in a question", models.Document{Text: "Is Zoom blocked?\n\n" + story}, "TL", ""},
		{"a sentence is no headline", models.Document{Text: "Zoom is blocked in China today.\n\n" + story}, "LL", ""},
		{"two lines are no headline", models.Document{Text: "Zoom is\nblocked\n\n" + story}, "BL", ""},
		{"date, headline, front", models.Document{Text: "Wednesday, November 29, 2023\n\nZoom is blocked\n\nMust read\n\n" + story}, "FTFL", "2023-11-29"},
		{"byline, agency, url", models.Document{Text: "Zoom is blocked\n\nBy Maria Lind and José de la Cruz\n\nReuters\n\nhttps://example.org/x\n\n" + story}, "TFFFL", ""},
		{"iso date", models.Document{Title: "T", Text: "2021-01-04\n\n" + story}, "TFL", "2021-01-04"},
		{"day first, with time", models.Document{Title: "T", Text: "Published 4 Jan 2021 14.30 GMT\n\n" + story}, "TFL", "2021-01-04"},
		{"impossible date", models.Document{Title: "T", Text: "31 February 2021 was no day that anybody saw.\n\n" + story}, "TLL", ""},
		{"dateline in capitals", models.Document{Title: "T", Text: "BEIJING (AP) — " + story}, "TD", ""},
		{"dateline of a known place", models.Document{Title: "T", Text: "New York, March 3: " + story}, "TD", ""},
		{"no dateline", models.Document{Title: "T", Text: "Officials of Beijing – and others – agreed on it. " + story}, "TL", ""},
		{"one paragraph is the text", models.Document{Text: "Zoom is blocked"}, "B", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := read(t, tt.doc)
			got := ""
			for i := range text.Paras {
				got += zoneLetter(text.ZoneAt(text.Paras[i].First))
			}
			if got != tt.want {
				t.Errorf("zones %s, want %s", got, tt.want)
			}
			if text.Date != tt.date {
				t.Errorf("date %q, want %q", text.Date, tt.date)
			}
		})
	}
}

func zoneLetter(z models.Zone) string {
	return map[models.Zone]string{
		models.Headline: "T", models.Front: "F", models.Dateline: "D", models.Lead: "L", models.Body: "B",
	}[z]
}

// TestB5Quadratic reads the inputs on which prose takes seconds for 32 kB and
// hours for a megabyte. It only has to end: a quadratic step would not, within
// the time of a test run.
func TestB5Quadratic(t *testing.T) {
	for _, unit := range []string{
		"(", ")", "\"", "'", ".", "!", "$", "[", "]", ",", "’", "“", " ", "\n", "\u00a0", "a", "A.", "1,", "(a)",
		". ", "! ", "京", "https://a/", "can't", "Mr. ", "\xff", "\u200b", "\u0301", "\u00ad", "&amp;", "n't",
	} {
		text := read(t, models.Document{Text: strings.Repeat(unit, 1<<18/len(unit))})
		for i := range text.Paras {
			text.Sentences(i)
		}
		text.Lead()
	}
}
