package run

import (
	"context"
	"errors"
	"iter"
	"runtime"

	"wiretag/models"
)

// An Input is the articles of a run and what is told of those that cannot be
// read.
type Input struct {
	// Articles is read by one goroutine. Its errors are inputs that were
	// skipped.
	Articles iter.Seq2[models.Document, error]
	// Report is told of every input that was skipped and every panic, in the
	// order of the input, by the goroutine that called Each or Run.
	Report func(error)
	// Workers is how many articles are worked on at once; 0 is GOMAXPROCS.
	Workers int
}

// Work says what is done with every article.
type Work[T any] struct {
	// New makes what one worker does: fill a T, which may hold what was left of
	// another article, from an article. A worker that panicked is made anew.
	New func() func(*T, *models.Document)
	// Take gets the results in the order of the input, in the goroutine that
	// called Each. An error ends the run. The T is used again.
	Take func(*T, *models.Document) error
	// Lost is told of what gave no result, in its place in that order: the
	// error that Report gets, too, and the article, if there was one. It may be
	// nil. An error ends the run.
	Lost func(error, *models.Document) error
	// Idle is called when Take has to wait, and at the end. It may be nil.
	Idle func() error
}

// Counts say what came of the articles.
type Counts struct {
	Done     int
	Skipped  int // inputs that could not be read
	Panicked int // articles on which the program failed
}

// Each works on all articles, several at once. It ends with the context's
// cause if that is cancelled; a goroutine may then stay behind in a blocked
// read.
func Each[T any](ctx context.Context, in Input, work Work[T]) (Counts, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if in.Workers <= 0 {
		in.Workers = runtime.GOMAXPROCS(0)
	}
	if work.Idle == nil {
		work.Idle = func() error { return nil }
	}
	if work.Lost == nil {
		work.Lost = func(error, *models.Document) error { return nil }
	}
	p := newPipeline(ctx, in, work)
	go p.read()
	for range in.Workers {
		go p.work()
	}
	return p.deliver()
}

// A job is one article on its way through the run, with what is made of it.
// Jobs go round: from free through the reader, a worker and the caller.
type job[T any] struct {
	doc   models.Document
	err   error // the input was skipped, or the program failed on it
	value T
	done  chan struct{} // receives once the value or err is there
}

// perWorker is how many articles wait or are done for each one in work.
const perWorker = 4

// A pipeline holds the channels that jobs travel on.
type pipeline[T any] struct {
	Input
	Work[T]
	ctx   context.Context
	free  chan *job[T] // bounds how many articles are held
	order chan *job[T] // in the order of the input
	todo  chan *job[T] // for the workers
}

func newPipeline[T any](ctx context.Context, in Input, work Work[T]) *pipeline[T] {
	n := in.Workers * perWorker
	p := &pipeline[T]{
		Input: in, Work: work, ctx: ctx,
		free: make(chan *job[T], n), order: make(chan *job[T], n), todo: make(chan *job[T], n),
	}
	for range n {
		p.free <- &job[T]{done: make(chan struct{}, 1)}
	}
	return p
}

// read hands out the articles. The channels have room for every job, so that
// only waiting for a free one blocks.
func (p *pipeline[T]) read() {
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
func (p *pipeline[T]) take() *job[T] {
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
func (p *pipeline[T]) fail(err error) {
	if j := p.take(); j != nil {
		j.doc, j.err = models.Document{}, err
		p.order <- j
		j.done <- struct{}{}
	}
}

// work works until there is nothing left. A panic costs its article only.
func (p *pipeline[T]) work() {
	do := p.New()
	for j := range p.todo {
		if p.ctx.Err() != nil {
			return
		}
		if !try(do, j) {
			do = p.New()
		}
		j.done <- struct{}{}
	}
}

// try does the work on one article and reports whether it came to an end.
func try[T any](do func(*T, *models.Document), j *job[T]) (ended bool) {
	defer func() {
		if v := recover(); v != nil {
			j.err = newPanicError(v, &j.doc)
		}
	}()
	do(&j.value, &j.doc)
	return true
}

// deliver takes the jobs in the order of the input and sends them round again.
func (p *pipeline[T]) deliver() (Counts, error) {
	var counts Counts
	for {
		j, err := p.next()
		if err != nil {
			return counts, err
		}
		if j == nil {
			return counts, p.Idle()
		}
		if err := p.end(j, &counts); err != nil {
			return counts, err
		}
		j.doc, j.err = models.Document{}, nil // the article's memory is free
		p.free <- j
	}
}

// end takes or tells what came of a job.
func (p *pipeline[T]) end(j *job[T], counts *Counts) error {
	if j.err == nil {
		counts.Done++
		return p.Take(&j.value, &j.doc)
	}
	p.tell(j.err, counts)
	return p.Lost(j.err, &j.doc)
}

// next waits for the next job to be done. A nil job is the end.
func (p *pipeline[T]) next() (*job[T], error) {
	var j *job[T]
	select {
	case j = <-p.order:
	default:
		if err := p.Idle(); err != nil {
			return nil, err
		}
		select {
		case j = <-p.order:
		case <-p.ctx.Done():
			return nil, p.stop()
		}
	}
	if j == nil {
		if p.ctx.Err() != nil { // the reader was stopped, too
			return nil, p.stop()
		}
		return nil, nil
	}
	select {
	case <-j.done:
		return j, nil
	case <-p.ctx.Done():
		return nil, p.stop()
	}
}

// stop brings to an end what was taken and says why the run ends early.
func (p *pipeline[T]) stop() error {
	if err := p.Idle(); err != nil {
		return err
	}
	return context.Cause(p.ctx)
}

// tell reports what happened to an article without a result, and counts it.
func (p *pipeline[T]) tell(err error, counts *Counts) {
	if _, ok := errors.AsType[*PanicError](err); ok {
		counts.Panicked++
	} else if !isNote(err) {
		counts.Skipped++
	}
	p.Report(err)
}
