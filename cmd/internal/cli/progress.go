package cli

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A run is long, and worth a bar, after showAfter; then the bar moves every
// showEvery.
const (
	showAfter = 2 * time.Second
	showEvery = 200 * time.Millisecond
)

// A progress is a bar at the foot of standard error while a run goes on.
// Whatever is written there meanwhile comes above it.
type progress struct {
	mu   sync.Mutex
	to   io.Writer
	read func() (done, total int64) // total is -1 if it is unknown
	bar  *progressbar.ProgressBar   // nil until the run is long
}

// showProgress shows how much of the input was read until stop is called, and
// takes over e.stderr meanwhile.
func (e *env) showProgress(f *tagFlags, read func() (done, total int64)) (stop func()) {
	on := f.progress.value
	if on == "off" || on == "auto" && (f.quiet || !isTerminal(e.stderr)) {
		return func() {}
	}
	p := &progress{to: e.stderr, read: read}
	e.stderr = p
	if on == "on" {
		p.step()
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		p.run(quit)
	}()
	return func() {
		close(quit)
		<-done
		p.clear()
		e.stderr = p.to
	}
}

// run moves the bar until quit is closed.
func (p *progress) run(quit <-chan struct{}) {
	timer := time.NewTimer(showAfter)
	defer timer.Stop()
	for {
		select {
		case <-quit:
			return
		case <-timer.C:
			p.step()
			timer.Reset(showEvery)
		}
	}
}

// step draws the bar as far as the reading has come. A bar that cannot be
// drawn is no reason to end a run.
func (p *progress) step() {
	done, total := p.read()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.to),
			progressbar.OptionSetDescription("reading"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionUseANSICodes(true),
			progressbar.OptionSpinnerType(14),
			progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own
		)
		_ = p.bar.RenderBlank()
	}
	if total >= 0 && total != p.bar.GetMax64() {
		p.bar.ChangeMax64(total)
	}
	_ = p.bar.Set64(done)
}

// clear takes the bar away until the next step.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// Write writes above the bar.
func (p *progress) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	return p.to.Write(b)
}
