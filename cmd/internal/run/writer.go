package run

import (
	"hash/crc32"
	"io"
)

// flushAt is how many bytes are gathered for one write.
const flushAt = 64 << 10

// keepLine is the largest line whose memory is kept for the next article.
const keepLine = 1 << 20

// A sink gathers whole lines, writes many at a time and knows what it wrote.
type sink struct {
	w       io.Writer // nil if nobody wants the lines
	buf     []byte
	written int64
	sum     uint32 // CRC-32C of all that was written; only if summed
	summed  bool
}

// add takes lines and says whether it is time to flush.
func (s *sink) add(lines []byte) (full bool) {
	if s.w == nil {
		return false
	}
	s.buf = append(s.buf, lines...)
	return len(s.buf) >= flushAt
}

func (s *sink) flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	n, err := s.w.Write(s.buf)
	s.written += int64(n)
	if s.summed {
		s.sum = crc32.Update(s.sum, castagnoli, s.buf[:n])
	}
	if cap(s.buf) > keepLine {
		s.buf = nil
	}
	s.buf = s.buf[:0]
	if err != nil {
		return &OutputError{err}
	}
	return nil
}
