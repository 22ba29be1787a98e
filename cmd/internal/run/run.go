package run

import (
	"context"
	"io"
	"time"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// A Plan says what a run does. All fields but Workers are needed.
type Plan struct {
	Input
	// Tag fills a record, whose slices it may reuse. It is called by all
	// workers at once, each with a record of its own.
	Tag func(*models.Record, models.Document)
	// NewEncoder makes an encoder for one worker.
	NewEncoder func() encode.AppendFunc
}

// A Summary counts what a run did.
type Summary struct {
	Tagged   int // records written
	Skipped  int // inputs that could not be read
	Panicked int // articles on which the program failed
	Mentions int
	Topics   int
	Bytes    int64 // of the titles and texts that were tagged
	Elapsed  time.Duration
}

// Read returns how many articles there were, tagged or not.
func (s *Summary) Read() int { return s.Tagged + s.Skipped + s.Panicked }

// An OutputError says that records could not be written.
type OutputError struct{ Err error }

// Error returns "write output: " and the cause.
func (e *OutputError) Error() string { return "write output: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *OutputError) Unwrap() error { return e.Err }

// A line is what is made of one article.
type line struct {
	text     []byte
	mentions int
	topics   int
}

// Run tags all articles and writes their records to w, each with one Write or
// as part of a larger one, never in parts. It ends with an *OutputError if w
// fails, and like Each if the context is cancelled; then w has whole records
// only. Behind a slow feed, records come out as they are made.
func Run(ctx context.Context, plan Plan, w io.Writer) (Summary, error) {
	start := time.Now()
	var sum Summary
	out := gatherer{w: w}
	counts, err := Each(ctx, plan.Input, Work[line]{
		New: plan.worker,
		Take: func(l *line, doc *models.Document) error {
			if err := out.add(l.text); err != nil {
				return err
			}
			if cap(l.text) > keepLine {
				l.text = nil
			}
			sum.Mentions += l.mentions
			sum.Topics += l.topics
			sum.Bytes += int64(len(doc.Title) + len(doc.Text))
			return nil
		},
		Idle: out.flush,
	})
	sum.Tagged, sum.Skipped, sum.Panicked = counts.Done, counts.Skipped, counts.Panicked
	sum.Elapsed = time.Since(start)
	return sum, err
}

// worker makes what tags and encodes one article after the other.
func (p *Plan) worker() func(*line, *models.Document) {
	var rec models.Record
	encode := p.NewEncoder()
	return func(l *line, doc *models.Document) {
		p.Tag(&rec, *doc)
		l.text = encode(l.text[:0], &rec)
		l.mentions, l.topics = 0, len(rec.Topics)
		for i := range rec.Entities {
			l.mentions += rec.Entities[i].Count
		}
	}
}
