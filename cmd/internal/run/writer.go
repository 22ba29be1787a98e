package run

import (
	"context"
	"io"
)

// flushAt is how many bytes are gathered for one write.
const flushAt = 64 << 10

// A gatherer writes whole lines, many at a time.
type gatherer struct {
	w   io.Writer
	buf []byte
}

func (g *gatherer) add(line []byte) error {
	g.buf = append(g.buf, line...)
	if len(g.buf) < flushAt {
		return nil
	}
	return g.flush()
}

func (g *gatherer) flush() error {
	if len(g.buf) == 0 {
		return nil
	}
	_, err := g.w.Write(g.buf)
	if cap(g.buf) > keepLine {
		g.buf = nil
	}
	g.buf = g.buf[:0]
	if err != nil {
		return &OutputError{err}
	}
	return nil
}

// write takes the jobs in the order of the input, writes their lines and sends
// them round again.
func (p *pipeline) write(w io.Writer) (Summary, error) {
	var sum Summary
	out := gatherer{w: w}
	for {
		j, err := p.next(&out)
		if err != nil {
			return sum, err
		}
		if j == nil {
			return sum, out.flush()
		}
		if j.err != nil {
			p.tell(j.err, &sum)
		} else if err := out.add(j.line); err != nil {
			return sum, err
		} else {
			sum.count(j)
		}
		j.reset()
		p.free <- j
	}
}

// next waits for the next job to be done. When nothing is on its way, what was
// gathered is written first: behind a slow feed, records come out as they are
// made. A nil job is the end. A cancelled run ends after whole lines.
func (p *pipeline) next(out *gatherer) (*job, error) {
	var j *job
	select {
	case j = <-p.order:
	default:
		if err := out.flush(); err != nil {
			return nil, err
		}
		select {
		case j = <-p.order:
		case <-p.ctx.Done():
			return nil, p.stop(out)
		}
	}
	if j == nil {
		if p.ctx.Err() != nil { // the reader was stopped, too
			return nil, p.stop(out)
		}
		return nil, nil
	}
	select {
	case <-j.done:
		return j, nil
	case <-p.ctx.Done():
		return nil, p.stop(out)
	}
}

// stop writes what is whole and says why the run ends early.
func (p *pipeline) stop(out *gatherer) error {
	if err := out.flush(); err != nil {
		return err
	}
	return context.Cause(p.ctx)
}

func (s *Summary) count(j *job) {
	s.Tagged++
	s.Mentions += j.mentions
	s.Topics += j.topics
	s.Bytes += int64(len(j.doc.Title) + len(j.doc.Text))
}

// reset frees the article's memory, and the line's if it is large.
func (j *job) reset() {
	line := j.line[:0]
	if cap(line) > keepLine {
		line = nil
	}
	*j = job{line: line, done: j.done}
}
