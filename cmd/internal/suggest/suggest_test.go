package suggest_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wiretag/cmd/internal/suggest"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// engine is a Tagger on the text of a pack.
func engine(t testing.TB, pack string) *tagger.Tagger {
	t.Helper()
	g, found, err := gazetteer.LoadDraft("pack.yaml", []byte(pack))
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	tg, err := tagger.New(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tg
}

const empty = "version: 1\n"

// lint is what a lint finds in a file by itself.
func lint(src []byte) gazetteer.Diagnostics {
	g, found, err := gazetteer.LoadDraft("out.yaml", src)
	if err != nil {
		panic(err)
	}
	return append(found, tagger.Check(g)...)
}

// read makes suggestions of texts.
func read(tg *tagger.Tagger, opts suggest.Options, texts ...string) []suggest.Suggestion {
	r, names := suggest.NewReader(tg), suggest.NewGatherer()
	var found suggest.Findings
	for _, text := range texts {
		doc := models.Document{Text: text}
		r.Read(&found, &doc)
		names.Add(&found, &doc)
	}
	best, _ := names.Suggestions(opts)
	return best
}

// brief writes a suggestion in a line.
func brief(s []suggest.Suggestion) []string {
	var out []string
	for _, s := range s {
		line := fmt.Sprintf("%s %s %d/%d", s.Name, s.Type, s.Count, s.Articles)
		if len(s.Aliases) > 0 {
			line += " = " + strings.Join(s.Aliases, ", ")
		}
		out = append(out, line)
	}
	return out
}

func TestSuggestions(t *testing.T) {
	const pack = "version: 1\nentities:\n  - {name: Ruritania, type: GPE}\n  - {name: Orlin, type: ORG}\n"
	tests := []struct {
		name  string
		texts []string
		want  []string
	}{
		{"honorific", []string{"There they met Mr. Vexler again."}, []string{"Vexler PERSON 1/1"}},
		{"family name belongs to the full name",
			[]string{"They saw Tamsin Vexler there. It was late when Vexler spoke, and Ms. Vexler left."},
			[]string{"Tamsin Vexler PERSON 3/1"}},
		{"family name of two is nobody's",
			[]string{"They saw Tamsin Vexler and Hugo Vexler there. It was late when Vexler spoke."},
			[]string{"Hugo Vexler PERSON 1/1", "Tamsin Vexler PERSON 1/1"}},
		{"family name first, behind an honorific",
			[]string{"They saw Xi Mingze there. It was late when Mr. Xi spoke."}, []string{"Xi Mingze PERSON 2/1"}},
		{"title of several words", []string{"There stood Deputy Prime Minister Tamsin Vexler."}, []string{"Tamsin Vexler PERSON 1/1"}},
		{"legal suffix and capitals are one",
			[]string{"The firm bought Quorvex Ltd and sold Quorvex.", "It is said that QUORVEX did well."},
			[]string{"Quorvex ORG 3/2"}},
		{"acronym with its long form",
			[]string{"They asked the Marsh Drainage Board (MDB) of it. Then the MDB met.", "It was the MDB again."},
			[]string{"Marsh Drainage Board ORG 4/2 = MDB"}},
		{"acronym before its long form", []string{"They asked the MDB (Marsh Drainage Board) of it."}, []string{"Marsh Drainage Board ORG 2/1 = MDB"}},
		{"declared without its first words", []string{"They asked the Zembla Marsh Board (MB) of it."}, []string{"Zembla Marsh Board ORG 2/1 = MB"}},
		{"particles", []string{"They met Hugo van der Plon here."}, []string{"Hugo van der Plon PERSON 1/1"}},
		{"of behind a noun", []string{"It was the Battle of Zembla then."}, []string{"Battle of Zembla EVENT 1/1"}},
		{"of behind a title", []string{"They asked the President of Zembla then."}, []string{"Zembla ORG 1/1"}},
		{"a place behind in", []string{"They live in Zembla now."}, []string{"Zembla GPE 1/1"}},
		{"a known place behind a comma", []string{"They flew to Zembla, Ruritania, again."}, []string{"Zembla GPE 1/1"}},
		{"based", []string{"They asked a Zembla-based firm."}, []string{"Zembla GPE 1/1"}},
		{"what is known is left out", []string{"They live in Ruritania, near Orlin."}, nil},
		{"a part behind a known name is a fragment", []string{"They like the Orlin Gizmo best."}, nil},
		{"a known name in a longer one", []string{"They asked the Orlin Foundation first."}, []string{"Orlin Foundation ORG 1/1"}},
		{"a silent capital alone is no name", []string{"Zembla fell. Vexing times came."}, nil},
		{"a silent capital counts beside one that speaks", []string{"Zembla fell. They wept for Zembla."}, []string{"Zembla ORG 2/1"}},
		{"an everyday word before a name", []string{"Yesterday Tamsin Vexler left."}, []string{"Tamsin Vexler PERSON 1/1"}},
		{"an everyday word that begins a name",
			[]string{"Bank of Zembla fell. They had left the Bank of Zembla."}, []string{"Bank of Zembla ORG 2/1"}},
		{"a headline counts, and makes no name",
			[]string{"Tamsin Vexler Leaves Zembla\n\nIt is said that Tamsin Vexler left."}, []string{"Tamsin Vexler PERSON 2/1"}},
		{"behind a colon a capital says nothing", []string{"They said: Nobody knew it."}, nil},
		{"months and weekdays", []string{"They met on Monday and in March 2020."}, nil},
		{"an everyday word", []string{strings.Repeat("They met the People of it. There the people sang. ", 6)}, nil},
		{"a law", []string{"They passed the Marsh Drainage Act there."}, []string{"Marsh Drainage Act LAW 1/1"}},
		{"a people", []string{"They spoke of a Zemblian there."}, []string{"Zemblian NORP 1/1"}},
		{"articles count for more than places",
			[]string{"They saw Zembla.", "They saw Zembla.", "They saw Quorvex, and Quorvex, and Quorvex."},
			[]string{"Zembla ORG 2/2", "Quorvex ORG 3/1"}},
	}
	tg := engine(t, pack)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(read(tg, suggest.Options{}, tt.texts...))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLinear holds that a sequence without end takes no time that a test would
// notice: it is read once, and cut.
func TestLinear(t *testing.T) {
	tg := engine(t, empty)
	for _, piece := range []string{"Ministry for Zembla and ", "Zembla ", "Bank of ", "(Zembla ", "St. "} {
		text := "there " + strings.Repeat(piece, 200_000/len(piece)) + "ends here, and so on and so forth with many small words."
		if s := read(tg, suggest.Options{}, text); len(s) > 10 {
			t.Errorf("%q: got %d names of one piece", piece, len(s))
		}
	}
}

// TestBounds holds what --min-count, --min-articles and --limit leave out.
func TestBounds(t *testing.T) {
	texts := []string{"They saw Zembla.", "They saw Zembla.", "They saw Quorvex, and Quorvex, and Quorvex."}
	tests := []struct {
		name string
		opts suggest.Options
		want []string
	}{
		{"count", suggest.Options{MinCount: 3}, []string{"Quorvex ORG 3/1"}},
		{"articles", suggest.Options{MinArticles: 2}, []string{"Zembla ORG 2/2"}},
	}
	tg := engine(t, empty)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(read(tg, tt.opts, texts...))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func write(s []suggest.Suggestion) string {
	return string(suggest.Write(suggest.Header{Packs: []string{"mine"}, Articles: 1, All: len(s)}, s, lint))
}

// TestWriteMends holds what is printed of names that a lint would find
// something in.
func TestWriteMends(t *testing.T) {
	tests := []struct {
		name    string
		s       []suggest.Suggestion
		want    []string
		wantNot []string
	}{
		{"an everyday word is a comment", []suggest.Suggestion{{Name: "Target", Type: "ORG"}}, []string{"# - name: Target\n", "everyday word"}, []string{"entities:"}},
		{"an alias that is one is left out",
			[]suggest.Suggestion{{Name: "Zembla Works", Type: "ORG", Aliases: []string{"Target", "ZWK"}}},
			[]string{"  - name: Zembla Works\n", "# no alias: \"Target\"", "      - ZWK\n"}, []string{"- Target"}},
		{"a family name first", []suggest.Suggestion{{Name: "Xi Mingze", Type: "PERSON"}}, []string{"family: Xi # a guess\n"}, nil},
		{"a name that YAML would misread", []suggest.Suggestion{{Name: "null", Type: "ORG"}}, []string{`"null"`}, nil},
		{"one id twice", []suggest.Suggestion{{Name: "Zembla A", Type: "ORG"}, {Name: "Zembla-A", Type: "ORG"}}, []string{"  - name: Zembla A\n", "# - name: Zembla-A\n"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := write(tt.s)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("got\n%swant in it %q", got, want)
				}
			}
			for _, not := range tt.wantNot {
				if strings.Contains(got, not) {
					t.Errorf("got\n%swant nowhere in it %q", got, not)
				}
			}
			if found := lint([]byte(got)); len(found) > 0 {
				t.Errorf("lint found %v in\n%s", found, got)
			}
		})
	}
}

// TestWriteEnds holds that a finding about no entry ends in a page without any.
func TestWriteEnds(t *testing.T) {
	stubborn := func([]byte) gazetteer.Diagnostics {
		return gazetteer.Diagnostics{{Pos: gazetteer.Pos{Line: 1}, Check: "x", Message: "no"}}
	}
	h := suggest.Header{Packs: []string{"default", "default"}, Articles: 1, All: 1}
	got := string(suggest.Write(h, []suggest.Suggestion{{Name: "Zembla", Type: "ORG"}}, stubborn))
	if strings.Contains(got, "Zembla") || strings.Count(got, "uses:") != 1 {
		t.Errorf("got\n%s", got)
	}
}

// articles are the project's own.
func articles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../../testdata/articles/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no articles", err)
	}
	var out []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// TestLintsClean holds that the YAML of our articles has no finding.
func TestLintsClean(t *testing.T) {
	s := read(engine(t, empty), suggest.Options{}, articles(t)...)
	if len(s) < 100 {
		t.Fatalf("got %d suggestions, want more than 100", len(s))
	}
	src := write(s)
	if found := lint([]byte(src)); len(found) > 0 {
		t.Errorf("lint found %v", found)
	}
	if n := strings.Count(src, "\n  - name: "); n < 100 {
		t.Errorf("got %d entities, want more than 100", n)
	}
}

// TestSamples holds that a sample is one printable line of 100 characters.
func TestSamples(t *testing.T) {
	long := strings.Repeat("word ", 60)
	tests := []struct{ name, text, want string }{
		{"whole", "They  saw\nZembla there.", "They saw Zembla there."},
		{"cut at words", long + "in Zembla " + long,
			"…word word word word word in Zembla word word word word word word word word word word word word…"},
		{"control characters", "They saw\x1b[31m Zembla\u202e there.", "They saw [31m Zembla there."},
	}
	tg := engine(t, empty)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := read(tg, suggest.Options{}, tt.text)
			if len(s) != 1 || len(s[0].Lines) != 1 {
				t.Fatalf("got %v, want one name with one line", s)
			}
			if diff := cmp.Diff(tt.want, s[0].Lines[0]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestHostile holds, for texts of pieces that mean something to YAML, to a
// terminal or to the engine, that the YAML lints clean and that every line is
// printable.
func TestHostile(t *testing.T) {
	tg := engine(t, empty)
	pieces := []string{
		"Zembla", "Tamsin Vexler", "Null", "NO", "Mr.", "Inc.", "of", "the", " ", " ", " ", "\n", "\n\n", ". ", ": ", "# ", "- ",
		"'", "\"", "’s", "&", "*", "!", "%", "@", "`", "{", "[", "\x00", "\x1b", "\u202e", "\u2028", "\ufeff", "\xff", "Á", "é",
		"(ZT)", "ZT", "İ", "ß", "The", "Target", "University", "-", "–", ",", "in ", "1", "Xi", "Ministry of", "\r", "\t",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		src := write(read(tg, suggest.Options{}, text))
		if found := lint([]byte(src)); len(found) > 0 {
			t.Fatalf("lint found %v in\n%s", found, src)
		}
		for line := range strings.SplitSeq(src, "\n") {
			if strings.ContainsAny(line, "\r\x1b\x00\u202e\u2028\ufeff") {
				t.Fatalf("not printable: %q", line)
			}
		}
	})
}

// TestScore holds the sum against one done by hand: 6 of 20 and 2 of 40 with a
// prior of 3 gives α = 3·8/60 = 0.4, δ = ln(6.4/16.6) − ln(2.4/40.6) = 1.87516…
// and σ² = 1/6.4 + 1/2.4 = 0.57292.
func TestScore(t *testing.T) {
	delta := math.Log(6.4) - math.Log(16.6) - math.Log(2.4) + math.Log(40.6)
	want := delta / math.Sqrt(0.15625+0.4166666666666667)
	if got := suggest.Score(6, 2, 20, 40, 3); math.Abs(got-want) > 1e-12 || math.Abs(got-2.4774) > 1e-4 {
		t.Errorf("got %v, want %v", got, want)
	}
	if a, b := suggest.Score(6, 2, 20, 40, 3), suggest.Score(2, 6, 40, 20, 3); math.Abs(a+b) > 1e-12 {
		t.Errorf("the other way round: got %v, want %v", b, -a)
	}
}

func TestTerms(t *testing.T) {
	r, terms := suggest.NewTermReader(engine(t, empty)), suggest.NewTerms()
	var found map[string]int
	for i, text := range []string{"They glazed the pots. A kiln burst.", "The kiln stood there. It glazed well.", "The pots sold well.", "They met there."} {
		r.Read(&found, &models.Document{Text: text})
		terms.Add(found, i < 2)
	}
	best := terms.Best(suggest.Options{MinArticles: 2})
	var got []string
	for _, b := range best {
		got = append(got, fmt.Sprintf("%s %d %d", b.Text, b.In, b.Out))
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"glazed 2 0", "kiln 2 0"}, got); diff != "" {
		t.Error(diff)
	}
}
