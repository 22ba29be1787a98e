package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

// maxRun is the length of the longest run, in bytes, that is given to prose
// and remembered. prose is quadratic in a run of brackets, quotes or stops:
// 32 kB of ) took 11 s and 4.2 GB.
const maxRun = 256

// A piece is a part of a run as prose cut it, in bytes of the run. A gap is
// what prose dropped (Zoom’s, -> Zoom: the tail ’s, is the gap).
type piece struct {
	start, end uint16
	gap        bool
}

// rewritten is what prose's sanitizer puts before it cuts, all in ASCII.
func rewritten(s string) (clean byte, width int) {
	for _, q := range [...]struct {
		raw   string
		clean byte
	}{{"“", '"'}, {"”", '"'}, {"‘", '\''}, {"’", '\''}, {"&rsquo;", '\''}} {
		if strings.HasPrefix(s, q.raw) {
			return q.clean, len(q.raw)
		}
	}
	return 0, 0
}

// mayPart reports whether prose could cut a run where we do not cut it anyway.
// It takes $ ( " [ off the front, , ) " ] ! ; . ? : ' off the end, and parts 'll
// 's 're 'm n't from what stands before: only the last of these cuts inside
// letters, and it needs an apostrophe, or what the sanitizer makes one. Asking
// costs some 3 µs; most runs that are new in an article are words with a comma.
// (TestMayPart holds it to what prose does.)
func mayPart(run string) bool {
	for i := range len(run) {
		switch run[i] {
		case '\'':
			return true
		case '&':
			if strings.HasPrefix(run[i:], "&rsquo;") {
				return true
			}
		case 0xe2: // the first byte of ‘ and ’
			if strings.HasPrefix(run[i:], "‘") || strings.HasPrefix(run[i:], "’") {
				return true
			}
		}
	}
	return false
}

// cutByProse appends the pieces that prose cuts a run into; together they tile
// it. It appends nothing where prose must not be asked: runs over maxRun,
// invalid UTF-8, and runes whose lower case has another length, on which prose
// cuts inside letters or panics.
//
// A run can be cut alone because prose's tokens depend only on the maximal run
// of non-space characters they stand in (45,000 articles and 1.3 million fuzz
// inputs without an exception), and tokens always spell a prefix of the
// sanitized run.
func cutByProse(dst []piece, run string) []piece {
	if len(run) > maxRun || !stable(run) {
		return dst
	}
	tokens := proseTokens(run)
	n, raw := len(dst), 0
	for _, tok := range tokens {
		end, ok := align(run, raw, tok.Text)
		if !ok {
			return dst[:n]
		}
		dst = append(dst, piece{uint16(raw), uint16(end), false})
		raw = end
	}
	if raw < len(run) {
		dst = append(dst, piece{uint16(raw), uint16(len(run)), true})
	}
	return dst
}

// proseTokens asks prose. A panic that the guards did not foresee is no
// tokens: our own cut takes over.
func proseTokens(run string) (tokens []prose.Token) {
	defer func() {
		if recover() != nil {
			tokens = nil
		}
	}()
	doc, err := prose.NewDocument(run,
		prose.WithSegmentation(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		return nil
	}
	return doc.Tokens()
}

// align returns where a token that begins at run[raw:] ends, in bytes of run.
func align(run string, raw int, token string) (end int, ok bool) {
	for i := 0; i < len(token); i++ {
		if raw >= len(run) {
			return 0, false
		}
		if c, width := rewritten(run[raw:]); width > 0 {
			if c != token[i] {
				return 0, false
			}
			raw += width
			continue
		}
		if run[raw] != token[i] {
			return 0, false
		}
		raw++
	}
	return raw, true
}

// stable reports whether a run is valid UTF-8 and each of its runes has as
// many bytes in lower case: prose takes an index in the lower-cased run and
// uses it in the run.
func stable(run string) bool {
	for i, r := range run {
		if r < utf8.RuneSelf {
			continue
		}
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(run[i:]); n == 1 {
				return false
			}
		}
		if utf8.RuneLen(unicode.ToLower(r)) != utf8.RuneLen(r) {
			return false
		}
	}
	return true
}
