package suggest

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"wiretag/models"
	"wiretag/tagger"
)

// A TermReader finds the terms of one article at a time: words, and two words
// that stand together in a sentence, in lower case but for those whose capital
// speaks. What the gazetteer knows as a name is none. It belongs to one
// goroutine.
type TermReader struct {
	tagger *tagger.Tagger
	doc    *models.Document
	o      tagger.Outline
}

// NewTermReader returns a TermReader on t's gazetteer.
func NewTermReader(t *tagger.Tagger) *TermReader { return &TermReader{tagger: t} }

// Read fills terms with the terms of an article and how often it has them.
func (r *TermReader) Read(terms *map[string]int, doc *models.Document) {
	r.doc = doc
	if *terms == nil {
		*terms = map[string]int{}
	}
	clear(*terms)
	r.tagger.Outline(&r.o, doc)
	for _, s := range r.o.Sentences {
		before := ""
		for i := s.First; i < s.Last; i++ {
			word := r.term(i)
			if word != "" {
				(*terms)[word]++
				if before != "" && !r.o.Words[i].Is(tagger.IsJoined) {
					(*terms)[before+" "+word]++
				}
			}
			before = word
		}
	}
}

// term returns a word as a term has it, or "": no punctuation, number or
// function word, no part of a known name.
func (r *TermReader) term(i int) string {
	w := &r.o.Words[i]
	if !w.Is(tagger.IsName) || w.Is(tagger.IsNumber|tagger.IsUnread|tagger.IsFront|tagger.IsKnown|tagger.IsMonth|tagger.IsTitle|tagger.IsDotted) {
		return ""
	}
	text := w.Quote(r.doc)
	if !w.Is(tagger.IsCapital) || w.Is(tagger.IsSilent) && w.Is(tagger.IsCommon) {
		text = strings.ToLower(text)
	} else if w.Is(tagger.IsSilent) {
		return "" // a name or not: it does not say
	}
	if utf8.RuneCountInString(text) < 3 || len(text) > maxBytes/2 || isFunctionWord(text) || !isPlain(text) {
		return ""
	}
	return text
}

// isFunctionWord reports whether a word says nothing of any topic.
func isFunctionWord(word string) bool {
	switch word {
	case "about", "after", "again", "against", "all", "also", "although", "among", "and", "another", "any", "are",
		"because", "been", "before", "being", "between", "both", "but", "can", "could", "did", "does", "doing",
		"down", "during", "each", "even", "ever", "every", "few", "for", "from", "further", "had", "has", "have",
		"having", "her", "here", "hers", "him", "his", "how", "however", "into", "its", "itself", "just", "like",
		"made", "make", "many", "may", "might", "more", "most", "much", "must", "nor", "not", "now", "off", "once",
		"one", "only", "other", "our", "out", "over", "own", "per", "said", "same", "say", "says", "she", "should",
		"since", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
		"those", "though", "through", "too", "two", "under", "until", "upon", "very", "was", "were", "what", "when",
		"where", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would",
		"you", "your":
		return true
	}
	return false
}

// A Term is a word or phrase with its figures.
type Term struct {
	Text   string
	Z      float64 // see Score
	In     int     // articles of the topic that have it
	Out    int     // other articles that have it
	Places int     // in articles of the topic
}

// Terms counts terms in the articles that have a topic and in the others. Like
// a Gatherer it holds a bounded number of candidates.
type Terms struct {
	Inside, Outside int // articles
	held            map[string]*Term
	totals          [2]int // articles × terms, inside and outside
	floor           int
}

// maxTerms is how many terms are held, at some hundred bytes each.
const maxTerms = 400_000

// NewTerms returns Terms that has seen nothing.
func NewTerms() *Terms { return &Terms{held: map[string]*Term{}} }

// Add counts the terms of an article that has the topic, or has it not.
func (t *Terms) Add(terms map[string]int, has bool) {
	if has {
		t.Inside++
		t.totals[0] += len(terms)
	} else {
		t.Outside++
		t.totals[1] += len(terms)
	}
	for text, n := range terms {
		term := t.held[text]
		if term == nil {
			term = &Term{Text: strings.Clone(text)}
			t.held[term.Text] = term
		}
		if has {
			term.In++
			term.Places += n
		} else {
			term.Out++
		}
	}
	for len(t.held) > maxTerms {
		for len(t.held) > maxTerms/2 {
			t.floor++
			maps.DeleteFunc(t.held, func(_ string, c *Term) bool { return c.In+c.Out <= t.floor })
		}
	}
}

// Score returns the z-score of the weighted log-odds ratio of a term between
// two groups of articles, with an informative Dirichlet prior (Monroe, Colaresi
// and Quinn, Fightin' Words: Lexical Feature Selection and Evaluation for
// Identifying the Content of Political Conflict, Political Analysis 16, 2008):
//
//	δ = ln((y₁+α)/(n₁+α₀−y₁−α)) − ln((y₂+α)/(n₂+α₀−y₂−α))
//	z = δ / √(1/(y₁+α) + 1/(y₂+α))
//
// y counts the term in a group and n all terms. The prior α of a term is its
// share of both groups together times α₀, the strength of the prior.
func Score(y1, y2, n1, n2 int, strength float64) float64 {
	alpha := strength * float64(y1+y2) / float64(n1+n2)
	a, b := float64(y1)+alpha, float64(y2)+alpha
	delta := math.Log(a/(float64(n1)+strength-a)) - math.Log(b/(float64(n2)+strength-b))
	return delta / math.Sqrt(1/a+1/b)
}

// Best returns the terms with a positive Score, highest first. A term is
// counted once an article, because a clue raises a score once, and one long
// article must not speak for all. α₀ is the mean number of terms an article
// has: the prior weighs as much as one article.
func (t *Terms) Best(opts Options) []Term {
	n1, n2 := t.totals[0], t.totals[1]
	if t.Inside == 0 || t.Outside == 0 || n1+n2 == 0 {
		return nil
	}
	strength := float64(n1+n2) / float64(t.Inside+t.Outside)
	var out []Term
	for _, c := range t.held {
		if c.Places < opts.MinCount || c.In < opts.MinArticles {
			continue
		}
		term := *c
		if term.Z = Score(c.In, c.Out, n1, n2, strength); term.Z > 0 {
			out = append(out, term)
		}
	}
	slices.SortFunc(out, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Z, a.Z), strings.Compare(a.Text, b.Text))
	})
	if opts.Limit > 0 && len(out) > opts.Limit {
		out = out[:opts.Limit]
	}
	return out
}
