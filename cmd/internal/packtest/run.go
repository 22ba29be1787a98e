package packtest

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"
)

// A Status is what came of a case.
type Status string

// The statuses. Only Failed is a failure of the pack.
const (
	Passed Status = "passed"
	Failed Status = "failed"
	Todo   Status = "todo"  // it fails, and says that it will
	Fixed  Status = "fixed" // it says that it will fail, and passes
)

// A Result is a case and what came of it.
type Result struct {
	Case
	Status   Status
	Failures []Failure // one for each thing that is not as expected
}

// A Failure is one thing that is not as expected.
type Failure struct {
	What string   // "no mention of zoom"
	Why  []string // what decided, the most telling first
}

// A Report is what came of the cases of a pack, in their order.
type Report struct {
	Pack    string // as the user named it
	Results []Result
}

// Count returns how many results have the status.
func (r *Report) Count(s Status) int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Status == s {
			n++
		}
	}
	return n
}

// Run tries the cases of g, which must be without errors. Cases of drafts are
// tried with drafts given, all others without. The error is the cause of a
// cancelled ctx. A panic while a case is tried comes out of Run.
func Run(ctx context.Context, g *gazetteer.Gazetteer, tests []*gazetteer.Test, opts Options) ([]Result, error) {
	cases := Cases(g, tests, opts)
	r := &runner{
		masks: g.Masks, entities: make(map[string]*gazetteer.Entity, len(g.Entities)),
		topics: make(map[string]*gazetteer.Topic, len(g.Topics)), taggers: map[bool]*tagger.Tagger{},
	}
	for _, e := range g.Entities {
		r.entities[e.ID.Value] = e
	}
	for _, t := range g.Topics {
		r.topics[t.ID.Value] = t
	}
	workers := opts.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	for i := range cases {
		draft := cases[i].draft
		if r.taggers[draft] != nil {
			continue
		}
		t, err := tagger.New(g, &tagger.Options{Workers: workers, Draft: draft})
		if err != nil {
			return nil, err
		}
		r.taggers[draft] = t
	}
	return r.all(ctx, cases, workers)
}

// A runner tries cases against one gazetteer. It may be used by several
// goroutines.
type runner struct {
	masks    []gazetteer.String
	entities map[string]*gazetteer.Entity
	topics   map[string]*gazetteer.Topic
	taggers  map[bool]*tagger.Tagger // by Options.Draft
}

// all tries the cases, some at a time.
func (r *runner) all(ctx context.Context, cases []Case, workers int) ([]Result, error) {
	results := make([]Result, len(cases))
	var next atomic.Int64
	var group sync.WaitGroup
	var once sync.Once
	var panicked any
	for range min(workers, len(cases)) {
		group.Go(func() {
			i := 0
			defer func() {
				if v := recover(); v != nil {
					once.Do(func() { panicked = fmt.Sprintf("%s: %v\n%s", cases[i].Pos, v, debug.Stack()) })
				}
			}()
			for i = int(next.Add(1)) - 1; i < len(cases) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				results[i] = r.try(&cases[i])
			}
		})
	}
	group.Wait()
	if panicked != nil {
		panic(panicked)
	}
	return results, context.Cause(ctx)
}

// try runs one case.
func (r *runner) try(c *Case) Result {
	t := r.taggers[c.draft]
	rec := t.Tag(c.doc)
	res := Result{Case: *c, Status: Passed}
	for i := range c.claims {
		k := &c.claims[i]
		if k.holds(&rec) {
			continue
		}
		asked := ""
		if k.kind == gazetteer.RefTopic {
			asked = k.ID.Value
		}
		ex := t.Explain(c.doc, asked)
		res.Failures = append(res.Failures, r.explain(k, &ex))
	}
	switch {
	case c.Todo && len(res.Failures) > 0:
		res.Status = Todo
	case c.Todo:
		res.Status = Fixed
	case len(res.Failures) > 0:
		res.Status = Failed
	}
	return res
}

// explain says what is not as claimed, and why.
func (r *runner) explain(k *claim, ex *models.Explanation) Failure {
	switch {
	case k.kind == gazetteer.RefTopic && k.not:
		return r.givenTopic(k, ex)
	case k.kind == gazetteer.RefTopic:
		return r.missingTopic(k, ex)
	case k.not:
		return r.strayMention(k, ex)
	}
	return r.missingMention(k, ex)
}

// holds reports whether a claim is true of a record.
func (k *claim) holds(rec *models.Record) bool {
	if k.kind == gazetteer.RefTopic {
		return k.given(rec) != k.not
	}
	n := len(k.mentions(rec))
	switch {
	case k.not:
		return n == 0
	case k.Count > 0:
		return n == k.Count
	}
	return n > 0
}

// fits reports whether a place is where a claim looks.
func (k *claim) fits(p models.Place) bool {
	switch {
	case k.at == nil:
		return true
	case k.not:
		return k.touches(p)
	}
	return p.Field == models.Text && p.Span == *k.at
}

// touches reports whether a place has a letter in common with the mark.
func (k *claim) touches(p models.Place) bool {
	return k.at == nil || p.Field == models.Text && p.Start < k.at.End && k.at.Start < p.End
}
