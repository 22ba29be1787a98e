package encode

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"wiretag/models"
)

// newBrat writes a tar archive for the annotation tool brat: annotation.conf,
// and for each article NAME.txt, title and text as one, and NAME.ann with its
// mentions. Positions are code points. NAME is the record's id as a file name,
// and eight digits of a hash of what the article is. Nested and undecided spans
// are left out; topics have no place in brat.
func newBrat(opts Options) Encoder {
	conf := "[entities]\n" + strings.Join(bratTypes(), "\n") + "\n[relations]\n[events]\n[attributes]\n"
	return Encoder{
		Head:   appendFile(nil, "annotation.conf", conf),
		Worker: func() AppendFunc { return new(brat).append },
		Foot:   func(b []byte) []byte { return append(b, make([]byte, 1024)...) }, // what ends a tar
	}
}

// bratTypes are OntoNotes' types of names. A pack may have others; brat shows
// what it does not know, and says so.
func bratTypes() []string {
	return []string{"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"}
}

type brat struct {
	joined
	spots []spot
	ann   strings.Builder
}

func (w *brat) append(b []byte, rec *models.Record) []byte {
	w.join(rec)
	w.spots = flat(w.spots[:0], rec)
	w.ann.Reset()
	notes, links := 0, 0
	for i := range w.spots {
		s := &w.spots[i]
		fmt.Fprintf(&w.ann, "T%d\t%s %s\t%s\n", i+1, s.label(), w.fragments(s), OneLine(valid(s.quote)))
		notes++
		fmt.Fprintf(&w.ann, "#%d\tAnnotatorNotes T%d\t%s, %s, via %s, confidence %s\n", notes, i+1, s.entity.ID, OneLine(s.entity.Name), s.mention.Via, number(s.mention.Confidence))
		for _, l := range s.entity.Links {
			links++
			fmt.Fprintf(&w.ann, "N%d\tReference T%d %s:%s\t%s\n", links, i+1, strings.Join(strings.Fields(l.Key), "_"), strings.Join(strings.Fields(l.Value), "_"), OneLine(s.entity.Name))
		}
	}
	name := bratName(rec)
	b = appendFile(b, name+".txt", w.text)
	return appendFile(b, name+".ann", w.ann.String())
}

// fragments writes where a mention is; brat wants a part for each line that it
// goes over.
func (w *brat) fragments(s *spot) string {
	start, _ := w.span(s.Place)
	var parts []string
	for line := range strings.SplitSeq(s.quote, "\n") {
		n := units(line, CodePoint)
		if trimmed := units(strings.TrimSpace(line), CodePoint); trimmed > 0 {
			lead := n - units(strings.TrimLeft(line, " \t\r"), CodePoint)
			parts = append(parts, fmt.Sprintf("%d %d", start+lead, start+lead+trimmed))
		}
		start += n + 1
	}
	return strings.Join(parts, ";")
}

// longestName is well below what file systems take, with ending and hash.
const longestName = 150

// bratName makes a file name of a record's id: one in any file system, without
// folders, and the same for the same article in every run.
func bratName(rec *models.Record) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '_'
	}, rec.ID)
	sum := sha256.Sum256([]byte(rec.ID + "\x00" + rec.Source.SHA256))
	return safe[:min(len(safe), longestName)] + "-" + hex.EncodeToString(sum[:4])
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
