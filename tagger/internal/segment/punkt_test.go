package segment

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wiretag/models"

	"github.com/google/go-cmp/cmp"
)

// agrees compares our decisions with the library's.
func agrees(t *testing.T, p *splitter, s string) {
	t.Helper()
	s = strings.Join(strings.Fields(s), " ")
	want := p.punkt.judge(nil, s)
	if got := p.ends(nil, s); !cmp.Equal(got, want) {
		t.Errorf("%q\nends at %v, want %v", s, got, want)
	}
}

func TestPunktAgrees(t *testing.T) {
	p := &splitter{punkt: NewPunkt()}
	for _, s := range []string{
		"", ".", "x", "x.", ". . .", "He left . . . Then he came.", "Mr. Smith of the U.S. Senate. He said.", "It was 1.5. Then 2,000. A",
		"J. P. Morgan said so. And J. Bach? Yes! (No.) \"Well.\" He said.", "In the U.S. I saw it. In the U.S. it was.", "No. 5 of 3. He came.",
		"He said.[1] Then x.(2) y!(3) z", "etc. and so on... Then... then.", "the F.B.I. U.S. A.B. x", "a.m. The p.m. the", "Zoom.us said.",
		"St. Louis vs. Chicago. vs. the", "Jan. 5, 2020. The U.K.-based firm.", "é.", "É. Then.", "x said.”", "x said.” He", "caf\u00e9. Then", "Ph.D. He",
		"Wait: no. ; yes. , x. ! ?", "$5. The", "-5. the", ".5. The", "5,. The", "one.two. The", "A. The B. the C. x", "U.S.A. a.b.",
	} {
		agrees(t, p, s)
	}
	paths, err := filepath.Glob("../../../testdata/articles/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no articles: ", err)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for para := range strings.SplitSeq(string(b), "\n\n") {
			agrees(t, p, para)
		}
	}
}

// TestPunktAgreesOnCorpora is the same on the texts that are there, with what
// Parts says of them.
func TestPunktAgreesOnCorpora(t *testing.T) {
	paths, _ := filepath.Glob("../../../../shared/data/corpora/*.jsonl")
	if len(paths) == 0 {
		t.Skip("skipped: no ../shared beside the repository; TestPunktAgrees has texts of ours")
	}
	p := &splitter{punkt: NewPunkt()}
	r := NewReader(Options{Vocab: testVocab(), Punkt: p.punkt, Memo: NewMemo(1 << 18)})
	var text Text
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<26)
		for n := 0; lines.Scan(); n++ {
			if n%10 != 0 { // a tenth is 40,000 paragraphs
				continue
			}
			var article struct{ Text string }
			if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
				t.Fatal(err)
			}
			for para := range strings.SplitSeq(article.Text, "\n") {
				agrees(t, p, para)
			}
			r.Read(&text, &models.Document{Text: article.Text})
			checkParts(t, &text)
		}
		f.Close()
	}
}

func FuzzPunkt(f *testing.F) {
	f.Add("Mr. Smith of the U.S. Senate... He said: 1.5. The \"end.\"")
	f.Add(". . a.b. C.d.! 5,. ?” é. É")
	p := &splitter{punkt: NewPunkt()}
	f.Fuzz(func(t *testing.T, s string) { agrees(t, p, s) })
}

// partsAlike compares the cut of a run with and without prose, where prose is
// not asked.
func partsAlike(t *testing.T, c *cutter, run string) {
	t.Helper()
	if run == "" || isPlain(run) || mayPart(run) {
		return
	}
	without := slices.Clone(c.cut(nil, run))
	c.pieces = cutByProse(c.pieces[:0], run)
	c.split(run)
	var with []Word
	for i := 0; i < len(c.atoms); {
		w, n := c.word(run, i)
		with = append(with, w)
		i += n
	}
	for i := range without {
		if i >= len(with) || len(with) != len(without) || with[i].Start != without[i].Start || with[i].End != without[i].End {
			t.Fatalf("%q: prose makes a difference: %v, without it %v", run, with, without)
		}
	}
}

func TestMayPart(t *testing.T) {
	c := &cutter{vocab: testVocab()}
	for _, run := range []string{"China,", "(2023).", "U.S.", "$5bn", "“Xi”", "[x]!", "don\"t", "a;b", ":-)", "xD", "zoom.us,", "1.5.", "Zo\u00adom.", "a\u0301.", "well-known:", "&amp;,", "``a''"} {
		partsAlike(t, c, run)
	}
	eachCorpusRun(t, func(run string) { partsAlike(t, c, run) })
}

// eachCorpusRun calls f with every distinct run of the corpora, if they are
// there.
func eachCorpusRun(t *testing.T, f func(run string)) {
	t.Helper()
	paths, _ := filepath.Glob("../../../../shared/data/corpora/*.jsonl")
	if len(paths) == 0 {
		t.Log("no ../shared beside the repository; the runs of the test and the fuzz target are ours")
	}
	seen := map[string]bool{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for run := range strings.FieldsSeq(string(b)) {
			if !seen[run] {
				seen[run] = true
				f(run)
			}
		}
	}
}

func FuzzMayPart(f *testing.F) {
	f.Add("(\"China,\").")
	f.Add("U.S.-based;a\u0301[x]")
	c := &cutter{vocab: testVocab()}
	f.Fuzz(func(t *testing.T, s string) {
		for run := range strings.FieldsSeq(s) {
			partsAlike(t, c, run)
		}
	})
}
