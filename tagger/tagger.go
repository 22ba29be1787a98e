package tagger

import (
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/topic"
)

// Options tune a Tagger. The zero value is ready to use.
type Options struct {
	// Workers is how many articles are expected to be tagged at a time; so
	// many scratch states are kept. 0 is GOMAXPROCS.
	Workers int
	// Tool is copied into every record: "wiretag 0.1.0".
	Tool string
	// Draft gives draft topics, too.
	Draft bool
	// OverlapAll also reports the names that lost to a longer one, as nested
	// mentions.
	OverlapAll bool
	// Tokens fills Record.Tokens.
	Tokens bool
}

// memoRuns is how many distinct runs of characters all scratch states remember
// together: what a table of 8 MB holds at three in four full. On 1,095 articles
// 64 k runs a worker missed 0.3 %.
const memoRuns = 192 << 10

// A Tagger holds a compiled gazetteer. It is safe for concurrent use.
type Tagger struct {
	opts  Options
	pack  models.Gazetteer
	warns int // see Warnings
	vocab *segment.Vocab
	punkt *segment.Punkt
	memo  *segment.Memo
	lex   *lexicon.Lexicon
	names *resolve.Names
	rules *topic.Rules
	free  chan *scratch
}

// A scratch is what tagging one article needs to write to.
type scratch struct {
	reader  *segment.Reader
	text    segment.Text
	matches []lexicon.Match
	decider *resolve.Decider
	scorer  *topic.Scorer
	found   []int32 // entity -> 1 + its place in the record
}

// Tag returns the record of an article.
func (t *Tagger) Tag(doc models.Document) models.Record {
	var rec models.Record
	t.TagInto(&rec, doc)
	return rec
}

// TagInto fills rec, whose slices are used again. Strings of rec share memory
// with doc.
func (t *Tagger) TagInto(rec *models.Record, doc models.Document) {
	s := t.borrow()
	t.tag(rec, &doc, s)
	t.giveBack(s)
}

// tag is the life of an article.
func (t *Tagger) tag(rec *models.Record, doc *models.Document, s *scratch) {
	decided, day := t.mentions(rec, doc, s)
	rec.Topics = s.scorer.Score(rec.Topics[:0], &s.text, s.matches, decided, day, s.decider.CapitalSilent)
}

// mentions fills all of a record but its topics.
func (t *Tagger) mentions(rec *models.Record, doc *models.Document, s *scratch) (*resolve.Result, models.Date) {
	decided, day, from := t.decide(doc, s)
	t.record(rec, doc, s, decided, day, from)
	return decided, day
}

// decide is the first half of that life, up to the mentions.
func (t *Tagger) decide(doc *models.Document, s *scratch) (decided *resolve.Result, day models.Date, from string) {
	s.reader.Read(&s.text, doc)
	s.matches = t.lex.Append(s.matches[:0], &s.text)
	day, from = dayOf(doc, &s.text)
	return s.decider.Decide(&s.text, s.matches, day), day, from
}

// Topics returns the ids of the topics that records may hold, sorted.
func (t *Tagger) Topics() []string { return t.rules.IDs() }

// Explain returns the record of an article together with what did not come
// into it, and why. asked is the id of a topic to trace even if no clue of it
// is there, or "".
func (t *Tagger) Explain(doc models.Document, asked string) models.Explanation {
	return t.traced(func(ex *models.Explanation, s *scratch) {
		t.tag(&ex.Record, &doc, s)
		ex.Topics = s.scorer.Trace(asked)
	})
}

// explainMentions is Explain without a look at topics.
func (t *Tagger) explainMentions(doc models.Document) models.Explanation {
	return t.traced(func(ex *models.Explanation, s *scratch) { t.mentions(&ex.Record, &doc, s) })
}

// traced returns what tag fills, and what was stopped meanwhile.
func (t *Tagger) traced(tag func(*models.Explanation, *scratch)) models.Explanation {
	var ex models.Explanation
	s := t.borrow()
	s.decider.Trace = true
	tag(&ex, s)
	s.decider.Trace = false
	ex.Stopped = s.decider.Stopped()
	t.giveBack(s)
	return ex
}

// dayOf returns the date of an article and who gave it: the source, the user,
// or a front paragraph that is only a date.
func dayOf(doc *models.Document, text *segment.Text) (models.Date, string) {
	switch {
	case doc.Date != "":
		return doc.Date, doc.DateFrom
	case text.Date != "":
		return text.Date, models.DateFromText
	}
	return "", ""
}

// borrow takes a scratch state from the free list, or makes one.
func (t *Tagger) borrow() *scratch {
	select {
	case s := <-t.free:
		return s
	default:
	}
	return &scratch{
		reader: segment.NewReader(segment.Options{
			Vocab: t.vocab, Punkt: t.punkt, Memo: t.memo,
		}),
		decider: resolve.NewDecider(t.names, t.lex, t.vocab, t.opts.OverlapAll),
		scorer:  topic.NewScorer(t.rules, t.names, t.lex),
		found:   make([]int32, t.names.Len()),
	}
}

// giveBack returns a scratch state. A full list lets it go: there were more
// goroutines than Options.Workers. What it saw of the article is forgotten. It
// is not deferred: a state that a panic left half-written must not be used
// again.
func (t *Tagger) giveBack(s *scratch) {
	s.text.Doc = nil
	select {
	case t.free <- s:
	default:
	}
}
