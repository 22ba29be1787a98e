package run

import (
	"context"
	"errors"
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
	r := runner{Plan: plan, out: sink{w: w}}
	return r.run(ctx)
}

// A runner is a run under way.
type runner struct {
	Plan
	out     sink
	rejects sink
	journal *journal // nil if the run cannot be resumed
	sum     Summary
}

func (r *runner) run(ctx context.Context) (Summary, error) {
	start := time.Now()
	if r.out.written == 0 {
		r.out.add(r.Encoder.Head)
	}
	_, err := Each(ctx, r.Input, Work[line]{New: r.worker, Take: r.take, Lost: r.lost, Idle: r.flush})
	if err == nil && r.Encoder.Foot != nil {
		r.out.add(r.Encoder.Foot(nil))
		err = r.out.flush()
	}
	r.sum.Elapsed = time.Since(start)
	return r.sum, err
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
	r.sum.Tagged++
	r.sum.Mentions += l.mentions
	r.sum.Topics += l.topics
	r.sum.Bytes += int64(len(doc.Title) + len(doc.Text))
	if r.journal != nil {
		r.journal.article(doc)
	}
	full := r.out.add(l.text)
	if cap(l.text) > keepLine {
		l.text = nil
	}
	return r.flushIf(full)
}

// lost writes why an input gave no record.
func (r *runner) lost(err error, doc *models.Document) error {
	pe, panicked := errors.AsType[*PanicError](err)
	switch {
	case panicked:
		r.sum.Panicked++
	case !isNote(err):
		r.sum.Skipped++
	}
	if r.journal != nil {
		if panicked && pe.ID != "" {
			r.journal.article(doc)
		} else {
			r.journal.problem(err)
		}
	}
	return r.flushIf(r.rejects.add(rejection(err)))
}

func (r *runner) flushIf(full bool) error {
	if !full {
		return nil
	}
	return r.flush()
}

// flush writes what was gathered, and then how far that is.
func (r *runner) flush() error {
	if err := r.rejects.flush(); err != nil {
		return err
	}
	if err := r.out.flush(); err != nil || r.journal == nil {
		return err
	}
	if err := r.journal.mark(r); err != nil {
		return &OutputError{named(r.journal.output, err)}
	}
	return nil
}
