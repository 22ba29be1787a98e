package segment

import (
	"testing"

	"wiretag/tagger/internal/wtg"

	"pgregory.net/rapid"
)

// TestVocab: a vocabulary numbers words as a map does, before and after it was
// a file.
func TestVocab(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, ids, classes := NewVocab(), map[string]uint32{".": 1}, map[string]Class{}
		for _, norm := range rapid.SliceOf(rapid.StringN(0, 4, -1)).Draw(t, "norms") {
			id, known := ids[norm]
			if !known {
				id = uint32(len(ids) + 1)
				ids[norm] = id
			}
			if got := v.Intern(norm); got != id {
				t.Fatalf("%q is word %d, want %d", norm, got, id)
			}
			class := Class(rapid.Uint32().Draw(t, "class"))
			v.Mark(id, class)
			classes[norm] |= class
		}
		w := wtg.NewWriter()
		v.Save(w)
		sealed, err := w.Seal(1)
		if err != nil {
			t.Fatal(err)
		}
		f, err := wtg.Parse(sealed.Data(), 1)
		if err != nil {
			t.Fatal(err)
		}
		opened := OpenVocab(f)
		if f.Err() != nil {
			t.Fatal(f.Err())
		}
		for _, v := range []*Vocab{v, opened} {
			if v.Len() != len(ids)+1 || v.Stop() != 1 {
				t.Fatalf("%d words and the stop is %d, want %d and 1", v.Len(), v.Stop(), len(ids)+1)
			}
			for norm, id := range ids {
				if got := v.Lookup([]byte(norm)); got != id || v.Class(id) != classes[norm] {
					t.Fatalf("%q is word %d of the classes %b, want %d of %b", norm, got, v.Class(got), id, classes[norm])
				}
			}
			if norm := rapid.String().Draw(t, "other"); ids[norm] == 0 && v.Lookup([]byte(norm)) != 0 {
				t.Fatalf("%q is word %d, and nobody added it", norm, v.Lookup([]byte(norm)))
			}
		}
	})
}
