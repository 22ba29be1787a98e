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
	// Encoder makes the output.
	Encoder encode.Encoder
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
	rec      models.Record // if the encoder wants it in order
	mentions int
	topics   int
}

// Run tags all articles and writes their records to w, each with one Write or
// as part of a larger one, never in parts. It ends with an *OutputError if w
// fails, and like Each if the context is cancelled; then w has whole records
// only. Behind a slow feed, records come out as they are made.
func Run(ctx context.Context, plan Plan, w io.Writer) (Summary, error) {
	start := time.Now()
	r := runner{Plan: plan, out: gatherer{w: w}}
	err := r.out.add(plan.Encoder.Head)
	if err == nil {
		err = r.records(ctx)
	}
	if err == nil && plan.Encoder.Foot != nil {
		err = r.end()
	}
	r.sum.Elapsed = time.Since(start)
	return r.sum, err
}

// A runner is a run under way.
type runner struct {
	Plan
	out gatherer
	sum Summary
}

func (r *runner) records(ctx context.Context) error {
	counts, err := Each(ctx, r.Input, Work[line]{New: r.worker, Take: r.take, Idle: r.out.flush})
	r.sum.Tagged, r.sum.Skipped, r.sum.Panicked = counts.Done, counts.Skipped, counts.Panicked
	return err
}

// worker makes what tags and encodes one article after the other.
func (r *runner) worker() func(*line, *models.Document) {
	var own models.Record
	var encode encode.AppendFunc
	if r.Encoder.Worker != nil {
		encode = r.Encoder.Worker()
	}
	return func(l *line, doc *models.Document) {
		rec := &own
		if r.Encoder.Next != nil {
			rec = &l.rec
		}
		r.Tag(rec, *doc)
		l.text = l.text[:0]
		if encode != nil {
			l.text = encode(l.text, rec)
		}
		l.mentions, l.topics = 0, len(rec.Topics)
		for i := range rec.Entities {
			l.mentions += rec.Entities[i].Count
		}
	}
}

// take writes what was made of one article.
func (r *runner) take(l *line, doc *models.Document) error {
	if r.Encoder.Next != nil {
		l.text = r.Encoder.Next(l.text, &l.rec)
	}
	if err := r.out.add(l.text); err != nil {
		return err
	}
	if cap(l.text) > keepLine {
		l.text = nil
	}
	r.sum.Mentions += l.mentions
	r.sum.Topics += l.topics
	r.sum.Bytes += int64(len(doc.Title) + len(doc.Text))
	return nil
}

// end writes what stands behind the last record.
func (r *runner) end() error {
	if err := r.out.add(r.Encoder.Foot(nil)); err != nil {
		return err
	}
	return r.out.flush()
}
