package run

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"time"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// A Plan says what a run does. All fields but Workers are needed.
type Plan struct {
	// Articles is read by one goroutine. Its errors are inputs that were
	// skipped.
	Articles iter.Seq2[models.Document, error]
	// Tag fills a record, whose slices it may reuse. It is called by all
	// workers at once, each with a record of its own.
	Tag func(*models.Record, models.Document)
	// NewEncoder makes an encoder for one worker.
	NewEncoder func() encode.AppendFunc
	// Report is told of every input that was skipped and every panic, in the
	// order of the input, by the goroutine that called Run.
	Report func(error)
	// Workers is how many articles are tagged at once; 0 is GOMAXPROCS.
	Workers int
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

// Run tags all articles and writes their records to w, each with one Write or
// as part of a larger one, never in parts. It ends with an *OutputError if w
// fails, and with the context's cause if that is cancelled; then w has whole
// records only, and a goroutine may stay behind in a blocked read.
func Run(ctx context.Context, plan Plan, w io.Writer) (Summary, error) {
	start := time.Now()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if plan.Workers <= 0 {
		plan.Workers = runtime.GOMAXPROCS(0)
	}
	p := newPipeline(ctx, plan)
	go p.read()
	for range plan.Workers {
		go p.work()
	}
	sum, err := p.write(w)
	sum.Elapsed = time.Since(start)
	return sum, err
}

// A job is one article on its way through the run, with room for its line.
// Jobs go round: from free through the reader, a worker and the writer.
type job struct {
	doc      models.Document
	err      error // the input was skipped, or the program failed on it
	line     []byte
	mentions int
	topics   int
	done     chan struct{} // receives once the line or err is there
}

// perWorker is how many articles wait or are done for each one in work.
const perWorker = 8

// keepLine is the largest line whose memory is kept for the next article.
const keepLine = 1 << 20

// A pipeline holds the channels that jobs travel on.
type pipeline struct {
	Plan
	ctx   context.Context
	free  chan *job // bounds how many articles are held
	order chan *job // in the order of the input
	todo  chan *job // for the workers
}

func newPipeline(ctx context.Context, plan Plan) *pipeline {
	n := plan.Workers * perWorker
	p := &pipeline{
		Plan:  plan,
		ctx:   ctx,
		free:  make(chan *job, n),
		order: make(chan *job, n),
		todo:  make(chan *job, n),
	}
	for range n {
		p.free <- &job{done: make(chan struct{}, 1)}
	}
	return p
}

// read hands out the articles. The channels have room for every job, so that
// only waiting for a free one blocks.
func (p *pipeline) read() {
	defer close(p.order)
	defer close(p.todo)
	defer func() {
		if v := recover(); v != nil {
			p.fail(newPanicError(v, nil))
		}
	}()
	for doc, err := range p.Articles {
		j := p.take()
		if j == nil {
			return
		}
		j.doc, j.err = doc, err
		p.order <- j
		if err == nil {
			p.todo <- j
		} else {
			j.done <- struct{}{}
		}
	}
}

// take returns a free job, or nil if the run is over.
func (p *pipeline) take() *job {
	if p.ctx.Err() != nil {
		return nil
	}
	select {
	case j := <-p.free:
		return j
	case <-p.ctx.Done():
		return nil
	}
}

// fail puts an error of the reader itself in the place of an article.
func (p *pipeline) fail(err error) {
	if j := p.take(); j != nil {
		j.doc, j.err = models.Document{}, err
		p.order <- j
		j.done <- struct{}{}
	}
}

// work tags until there is nothing left.
func (p *pipeline) work() {
	w := worker{plan: &p.Plan, encode: p.NewEncoder()}
	for j := range p.todo {
		if p.ctx.Err() != nil {
			return
		}
		w.do(j)
		j.done <- struct{}{}
	}
}

// A worker keeps what is reused from article to article.
type worker struct {
	plan   *Plan
	encode encode.AppendFunc
	rec    models.Record
}

// do tags one article. A panic costs this article only.
func (w *worker) do(j *job) {
	defer func() {
		if v := recover(); v != nil {
			j.err = newPanicError(v, &j.doc)
			w.rec, w.encode = models.Record{}, w.plan.NewEncoder()
		}
	}()
	w.plan.Tag(&w.rec, j.doc)
	j.line = w.encode(j.line[:0], &w.rec)
	j.mentions, j.topics = 0, len(w.rec.Topics)
	for i := range w.rec.Entities {
		j.mentions += w.rec.Entities[i].Count
	}
}

// tell reports what happened to an article without a record, and counts it.
func (p *pipeline) tell(err error, sum *Summary) {
	if _, ok := errors.AsType[*PanicError](err); ok {
		sum.Panicked++
	} else if pr, ok := errors.AsType[*corpus.Problem](err); !ok || !pr.Note {
		sum.Skipped++
	}
	p.Report(err)
}
