package run

import "io"

// flushAt is how many bytes are gathered for one write.
const flushAt = 64 << 10

// keepLine is the largest line whose memory is kept for the next article.
const keepLine = 1 << 20

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
