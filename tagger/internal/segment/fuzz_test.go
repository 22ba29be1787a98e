package segment

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/jdkato/prose/v2"
	"pgregory.net/rapid"

	"wiretag/models"
)

// seeds are inputs on which prose loses text, panics or cuts inside letters,
// and a few that are only odd.
var seeds = []string{
	"", " ", "\ufeff", "Zoom’s, O'Sullivan ‘Stop’ can't. they'll've", "\u212a's ȺȺȺ's \xff\xff's r\xe9sum\xe9's \xe2\x80n’t",
	"İstanbul’s US–China (CNN)—The U.S. J.P.Morgan W. Bush A... 1.5bn", "a\r\nb\r\n\r\n  c\u2028d\u2029e\fg\u0085h",
	"zoom.us joe@e.com, https://e.com/a /a/b US$1 &rsquo;s &amp; snake_case", "“‘\"'Zoom'\"’”…!?", "\u200b\u00ad\u0301x\u0301\u200d",
	"Wednesday, November 29, 2023\n\nTitle\n\nBEIJING (AP) — It rose. It fell.", ":-) (-8 xD O.o ʼ ´ ` ′ 北京市。",
}

// FuzzWords: words and the white space between them tile any input; so do
// paragraphs and sentences the words; remembering a run changes nothing.
func FuzzWords(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, s)
	}
	opts := Options{Vocab: testVocab(), Punkt: NewPunkt()}
	forgetful := NewReader(opts)
	opts.Memo = NewMemo(1 << 16)
	r := NewReader(opts)
	var text, again Text
	f.Fuzz(func(t *testing.T, title, body string) {
		doc := models.Document{Title: title, Text: body}
		r.Read(&text, &doc)
		checkTiles(t, &text)
		checkSentences(t, &text)
		forgetful.Read(&again, &doc)
		if diff := cmp.Diff(again.Words, text.Words); diff != "" {
			t.Errorf("remembered words differ (-cut +remembered):\n%s", diff)
		}
		for run := range strings.FieldsSeq(body) {
			checkStem(t, forgetful, run)
		}
	})
}

// checkStem: that a stem is looked up without its mark changes nothing.
func checkStem(t *testing.T, r *Reader, run string) {
	t.Helper()
	var text Text
	r.run(&text, run, 0, len(run), keyOf(run, 0, len(run)), 0)
	if want := r.cut.cut(nil, run); !slices.Equal(text.Words, want) {
		t.Errorf("%q: got %v, want %v", run, text.Words, want)
	}
}

func TestStem(t *testing.T) {
	r := NewReader(Options{Vocab: testVocab(), Punkt: NewPunkt()})
	for _, run := range []string{"China,", "W.", "US.", "No.:", "1,", "1.", "12.", "a1b2)", "www.", "mailto:", "can't.", "cannot.", "J.P.", "x\x10y.", "%", "5%", "Zoom\"", ",", "é."} {
		checkStem(t, r, run)
	}
	eachCorpusRun(t, func(run string) { checkStem(t, r, run) })
}

func checkTiles(t *testing.T, text *Text) {
	t.Helper()
	at := [2]int{}
	next := 0
	for i := range text.Paras {
		p := &text.Paras[i]
		if p.First != next || p.Last <= p.First {
			t.Fatalf("paragraph %d has words [%d,%d), want them to begin at %d", i, p.First, p.Last, next)
		}
		next = p.Last
		src := text.Source(p)
		for _, w := range text.Words[p.First:p.Last] {
			start, end := int(w.Start), int(w.End)
			if start < at[p.Field] || end <= start || end > len(src) {
				t.Fatalf("word [%d,%d) after %d of %d", start, end, at[p.Field], len(src))
			}
			if gap := src[at[p.Field]:start]; strings.TrimFunc(gap, unicode.IsSpace) != "" {
				t.Fatalf("lost %q before %q", gap, src[start:end])
			}
			if strings.ContainsFunc(src[start:end], unicode.IsSpace) {
				t.Fatalf("white space in word %q", src[start:end])
			}
			at[p.Field] = end
		}
	}
	if next != len(text.Words) {
		t.Fatalf("paragraphs hold %d of %d words", next, len(text.Words))
	}
	for f, s := range []string{text.Doc.Title, text.Doc.Text} {
		if rest := strings.TrimFunc(s[at[f]:], unicode.IsSpace); rest != "" {
			t.Fatalf("lost %q at the end of field %d", rest, f)
		}
	}
}

func checkSentences(t *testing.T, text *Text) {
	t.Helper()
	checkParts(t, text)
	for i := range text.Paras {
		next := text.Paras[i].First
		for _, s := range text.Sentences(i) {
			if s.First != next || s.Last <= s.First {
				t.Fatalf("sentence [%d,%d), want it to begin at %d", s.First, s.Last, next)
			}
			next = s.Last
		}
		if next != text.Paras[i].Last {
			t.Fatalf("sentences end at %d of %d", next, text.Paras[i].Last)
		}
	}
}

// checkParts: what Parts says of neighbours before a paragraph is split is what
// its sentences say.
func checkParts(t *testing.T, text *Text) {
	t.Helper()
	for i, p := range text.Paras {
		type pair struct{ first, last int }
		var parted []pair
		name := -1
		for w := p.First; w < p.Last; w++ {
			if !text.Words[w].Any(Name | Clitic) {
				continue
			}
			if name >= 0 && text.Parts(name, w) {
				parted = append(parted, pair{name, w})
			}
			name = w
		}
		var want []pair
		name = -1
		text.Sentences(i)
		for w := p.First; w < p.Last; w++ {
			if !text.Words[w].Any(Name | Clitic) {
				continue
			}
			if name >= 0 && text.SentenceAt(w).First > name {
				want = append(want, pair{name, w})
			}
			name = w
		}
		if !slices.Equal(parted, want) {
			t.Fatalf("paragraph %d: parted between %v, by its sentences %v", i, parted, want)
		}
	}
}

// FuzzProse: wherever prose may be asked, the pieces that are no gaps are
// prose's tokens of the whole text, and our words are cut at all of their
// borders but those inside a name or number that is joined again.
func FuzzProse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 4*maxRun { // longer inputs hold nothing new and slow the fuzzer down
			checkProse(t, s)
		}
	})
}

// TestProse is FuzzProse on texts made of what is hostile to prose.
func TestProse(t *testing.T) {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"Zoom", "O", "'", "’", "‘", "“", "”", "\"", "s", "S", "n't", "N’T", "'ll", "re", ".", ",", "!", "(", ")", "[", "]", "$", " ",
		" ", "\n", "U.S.", "Mr.", "-", "–", "—", "&rsquo;", "é", "京", "K", "1", ":", ";", "?", ":-)", "xD", "\u00ad", "\ufeff",
	}), 0, 40)
	rapid.Check(t, func(r *rapid.T) { checkProse(t, strings.Join(parts.Draw(r, "parts"), "")) })
}

func checkProse(t *testing.T, s string) {
	var want, got []string
	cutter := cutter{vocab: NewVocab()}
	for _, run := range strings.FieldsFunc(s, unicode.IsSpace) {
		pieces := cutByProse(nil, run)
		if len(pieces) == 0 {
			return // prose must not be asked
		}
		end := 0
		for _, p := range pieces {
			if int(p.start) != end {
				t.Fatalf("piece of %q begins at %d, want %d", run, p.start, end)
			}
			end = int(p.end)
			if !p.gap {
				got = append(got, sanitize(run[p.start:p.end]))
			}
		}
		if end != len(run) {
			t.Fatalf("pieces of %q end at %d", run, end)
		}
		checkBorders(t, run, pieces, cutter.cut(nil, run))
	}
	doc, err := prose.NewDocument(s,
		prose.WithSegmentation(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		t.Fatal(err)
	}
	for _, tok := range doc.Tokens() {
		want = append(want, strings.TrimSpace(tok.Text))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pieces of %q (-prose +pieces):\n%s", s, diff)
	}
}

// sanitize does what prose does before it cuts.
func sanitize(s string) string {
	return strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "&rsquo;", "'").Replace(s)
}

func checkBorders(t *testing.T, run string, pieces []piece, words []Word) {
	t.Helper()
	for _, p := range pieces {
		for _, w := range words {
			inside := w.Start < uint32(p.start) && uint32(p.start) < w.End
			if text := run[w.Start:w.End]; inside && !strings.ContainsAny(sanitize(text), ".,'´`&") && !w.Has(Filler) {
				t.Errorf("word %q of %q spans a border of prose at %d", text, run, p.start)
			}
		}
	}
}
