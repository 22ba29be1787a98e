package segment

import (
	"strings"
	"testing"
)

// checkKey: what is asked of all bytes of a word at once is what is asked of
// its letters one by one.
func checkKey(t *testing.T, v *Vocab, word string) {
	t.Helper()
	k := keyOf(word, 0, len(word))
	if len(word) > longKey {
		if k != (key{}) {
			t.Errorf("%q has the key %v, want none", word, k)
		}
		return
	}
	if got := string(k.append(nil)); got != word {
		t.Fatalf("the key of %q says %q", word, got)
	}
	if got, want := k.isLetters(), word != "" && isPlain(word); got != want {
		t.Fatalf("isLetters of %q is %v", word, got)
	}
	if got, want := k.hash(), hashOf([]byte(word)); got != want {
		t.Errorf("%q: hash %x, of its bytes %x", word, got, want)
	}
	if !k.isLetters() {
		return
	}
	if got, want := k.shape(), shape(word); got != want {
		t.Errorf("%q: shape %b, want %b", word, got, want)
	}
	norm := AppendNorm(nil, word)
	if got := string(k.lower().append(nil)); got != string(norm) {
		t.Errorf("%q in lower case is %q, want %q", word, got, norm)
	}
	if got, want := v.lookupKey(k.lower()), v.Lookup(norm); got != want {
		t.Errorf("%q is word %d, want %d", word, got, want)
	}
}

func TestKey(t *testing.T) {
	v := testVocab()
	for _, word := range []string{
		"", "a", "Z", "Zoom", "ZOOM", "eBay", "DoJ", "iOS", "abcdefgh", "Abcdefgh", "ABCDEFGH", "abcdefghi", "ABCDEFGHIJKLMNOP",
		"Abcdefghijklmnop", "abcdefghijklmnoq", "abcdefghijklmnopq", "U.S", "a1", "1", "@a", "[a", "`a", "{a", "zz{", "\x01a", "é", "aé", "a\x80",
	} {
		checkKey(t, v, word)
		v.Intern(strings.ToLower(word))
		checkKey(t, v, word)
	}
	eachCorpusRun(t, func(run string) { checkKey(t, v, run) })
}

// FuzzKey is the same on whatever comes.
func FuzzKey(f *testing.F) {
	f.Add("Zoom")
	f.Add("abcdefghIJKLMNOP")
	v := testVocab()
	f.Fuzz(func(t *testing.T, word string) { checkKey(t, v, word) })
}
