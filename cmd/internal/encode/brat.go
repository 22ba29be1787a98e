package encode

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"wiretag/models"
)

// newBrat writes a tar archive for the annotation tool brat: annotation.conf,
// and for each article NAME.txt, title and text as one, and NAME.ann with its
// mentions. Positions are code points. NAME is the record's id as a file name,
// and a hash of what the article is. Nested and undecided spans are left out;
// topics have no place in brat.
func newBrat(opts Options) Encoder {
	conf := "[entities]\n" + strings.Join(bratTypes(opts.Types), "\n") + "\n[relations]\n[events]\n[attributes]\n"
	return Encoder{
		Head:   appendFile(nil, "annotation.conf", conf),
		Worker: func() AppendFunc { return new(brat).append },
		Foot:   func(b []byte) []byte { return append(b, make([]byte, 1024)...) }, // what ends a tar
	}
}

// bratTypes lists types as brat takes them, each once.
func bratTypes(types []string) []string {
	names := make([]string, 0, len(types))
	for _, t := range types {
		if name := ascii(t); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// ascii writes _ for all but the letters, digits, - and _ of ASCII.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '_'
	}, s)
}

type brat struct {
	joined
	spots []spot
	parts []part
	ann   []byte
}

func (w *brat) append(b []byte, rec *models.Record) []byte {
	w.join(rec)
	w.spots = flat(w.spots[:0], rec)
	w.ann = w.ann[:0]
	links := 0
	for i := range w.spots {
		s := &w.spots[i]
		w.textBound(i+1, s)
		w.ann = fmt.Appendf(w.ann, "#%d\tAnnotatorNotes T%d\t%s, %s, via %s, confidence %s\n",
			i+1, i+1, bratLine(s.entity.ID), bratLine(s.entity.Name), s.mention.Via, number(s.mention.Confidence))
		for _, l := range s.entity.Links {
			links++
			w.ann = fmt.Appendf(w.ann, "N%d\tReference T%d %s:%s\t%s\n",
				links, i+1, bratWord(l.Key), bratWord(l.Value), bratLine(s.entity.Name))
		}
	}
	name := bratName(rec)
	b = appendFile(b, name+".txt", unixLines(w.text))
	return appendFile(b, name+".ann", string(w.ann))
}

// textBound writes where the n-th mention is and what it says. brat drops a mention
// whose text is not that of its parts, joined by blanks, to the character.
func (w *brat) textBound(n int, s *spot) {
	start, _ := w.span(s.Place)
	w.parts = appendParts(w.parts[:0], s.quote)
	w.ann = fmt.Appendf(w.ann, "T%d\t%s", n, ascii(s.label()))
	sep := byte(' ')
	for _, p := range w.parts {
		from := start + p.start
		w.ann = fmt.Appendf(w.ann, "%c%d %d", sep, from, from+units(p.text, CodePoint))
		sep = ';'
	}
	sep = '\t'
	for _, p := range w.parts {
		w.ann = append(append(w.ann, sep), p.text...)
		sep = ' '
	}
	w.ann = append(w.ann, '\n')
}

// A part is the piece of a mention that is on one line. start is in code
// points from the start of the mention.
type part struct {
	start int
	text  string
}

// appendParts cuts a quote where a line or a column of an .ann file would end.
func appendParts(dst []part, quote string) []part {
	at := 0
	for line := range strings.SplitSeq(strings.Map(breakToLF, quote), "\n") {
		if text := strings.TrimSpace(line); text != "" {
			lead := line[:strings.Index(line, text)]
			dst = append(dst, part{at + units(lead, CodePoint), text})
		}
		at += units(line, CodePoint) + 1
	}
	return dst
}

// breakToLF makes a line feed of all that ends a line for a reader of .ann
// files, which are often written in Python, and of tabs, which end a column.
func breakToLF(r rune) rune {
	switch r {
	case '\t', '\v', '\f', '\r', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
		return '\n'
	}
	return r
}

// bratLine writes a text as the rest of a line of an .ann file.
func bratLine(s string) string { return OneLine(strings.Map(breakToLF, s)) }

// bratWord writes a text without blanks, which end it.
func bratWord(s string) string { return strings.ReplaceAll(bratLine(s), " ", "_") }

// unixLines writes a blank for the carriage return before a line feed: readers
// that make one character of both would find every later mention too far left.
func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", " \n") }

// longestName leaves room for hash and ending in the 100 bytes that a name has
// in a tar archive of the plain kind.
const longestName = 75

// bratName makes a file name of a record's id: one in any file system, without
// folders, no option of a command, and the same for the same article in every
// run.
func bratName(rec *models.Record) string {
	safe := ascii(rec.ID)
	sum := sha256.Sum256([]byte(rec.ID + "\x00" + rec.Source.SHA256))
	name := safe[:min(len(safe), longestName)] + "-" + hex.EncodeToString(sum[:8])
	if strings.HasPrefix(name, "-") {
		return "_" + name[1:]
	}
	return name
}

// appendFile appends a file of a tar archive. All its header says follows from
// name and content.
func appendFile(b []byte, name, content string) []byte {
	buf := bytes.NewBuffer(b)
	w := tar.NewWriter(buf)
	err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content)), ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR})
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil { // a Buffer takes everything, and the name is short ASCII
		panic("unreachable: " + err.Error())
	}
	return buf.Bytes()
}
