package lexicon

import (
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/wtg"
)

// The sections of a lexicon.
const (
	rootName    = "root"
	kidsName    = "kids"
	wordsName   = "words"
	outsName    = "outs"
	seqName     = "seq"
	rulesName   = "rules"
	meansName   = "means"
	listsName   = "meanings"
	lemmaAtName = "lemmasat"
	lemmasName  = "lemmas"
)

// ruleRow is a Rule as it lies in the file.
type ruleRow struct{ Kind, Low, High uint32 }

// Save writes the lexicon into a file.
func (l *Lexicon) Save(w *wtg.Writer) {
	wtg.Add(w, rootName, l.root)
	wtg.Add(w, kidsName, l.kids)
	wtg.Add(w, wordsName, l.words)
	wtg.Add(w, outsName, l.outs)
	wtg.Add(w, seqName, l.seq)
	rules := make([]ruleRow, len(l.rules))
	for i, r := range l.rules {
		rules[i] = ruleRow{uint32(r.Kind), uint32(r.Capitals), uint32(r.Capitals >> 32)}
	}
	wtg.Add(w, rulesName, rules)
	wtg.Add(w, meansName, l.means)
	wtg.Add(w, listsName, l.lists)
	wtg.Add(w, lemmaAtName, l.lemmaAt)
	wtg.Add(w, lemmasName, l.lemmas)
}

// Open returns the lexicon of a file, for words of its vocabulary. What is
// wrong with it is an error of the file. What its meanings refer to is for
// their users to check; see CheckMeanings.
func Open(f *wtg.File, v *segment.Vocab) *Lexicon {
	l := &Lexicon{
		vocab: v, root: wtg.Rows[uint32](f, rootName), kids: wtg.Rows[uint32](f, kidsName),
		words: wtg.Rows[uint32](f, wordsName), outs: wtg.Rows[uint32](f, outsName), seq: wtg.Rows[uint32](f, seqName),
		means: wtg.Rows[Meaning](f, meansName), lists: wtg.Rows[Meaning](f, listsName),
		lemmaAt: wtg.Rows[uint32](f, lemmaAtName), lemmas: wtg.Rows[Lemma](f, lemmasName),
	}
	rules := wtg.Rows[ruleRow](f, rulesName)
	l.rules = make([]Rule, len(rules))
	for i, r := range rules {
		f.Require(r.Kind <= uint32(Initial), rulesName)
		l.rules[i] = Rule{Kind(r.Kind), uint64(r.High)<<32 | uint64(r.Low)}
	}
	nodes := len(l.words)
	f.Require(len(l.root) == v.Len(), rootName)
	f.Below(rootName, l.root, max(nodes, 1))
	f.Offsets(kidsName, l.kids, nodes, 1, nodes)
	f.Offsets(outsName, l.outs, nodes, 0, len(l.seq))
	f.Below(seqName, l.seq, max(len(l.rules), 1))
	f.Require(len(l.means) == len(l.seq), meansName)
	f.Offsets(lemmaAtName, l.lemmaAt, v.Len(), 0, len(l.lemmas))
	for _, lemma := range l.lemmas {
		f.Require(int64(lemma.ID) < int64(v.Len()), lemmasName)
	}
	return l
}

// CheckMeanings requires that every meaning of a file refers to something:
// below[u] is how many things there are for use u.
func (l *Lexicon) CheckMeanings(f *wtg.File, below [inList]int) {
	var most [1 << (32 - refBits)]int32 // 1 + the greatest
	left := len(l.lists)                // lists do not share what they hold
	for p, m := range l.means {
		if m.Use() != inList {
			most[m.Use()] = max(most[m.Use()], m.Ref()+1)
			continue
		}
		at := int(m.Ref()) + 1
		if left--; at > len(l.lists) || int(l.lists[at-1]) > min(len(l.lists)-at, left) {
			f.Require(false, meansName)
			return
		}
		for _, m := range l.Meanings(uint32(p)) {
			left--
			most[m.Use()] = max(most[m.Use()], m.Ref()+1)
		}
	}
	for u, n := range most {
		f.Require(n == 0 || u < len(below) && int(n) <= below[u], meansName)
	}
}
