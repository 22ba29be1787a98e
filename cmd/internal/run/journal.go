package run

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strconv"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/disk"
	"wiretag/models"
)

// A journal says how far a run has come, so that another run can go on.
//
// It is a file beside the part of the output that is there. Its first line
// holds the settings of the run, every further line a mark, each with its own
// checksum. A mark says: after so many inputs, which were these, the output
// was so long and held this. A run that resumes looks for the last mark that
// still agrees with both the input, which it reads again, and the output. What
// the output holds behind that mark is cut off. So it does not matter what was
// lost in a crash, nor whether an input was changed, renamed, added or taken
// away since: what would be wrong is made again.
type journal struct {
	file   disk.File
	output string    // whose run this is, for messages
	input  hash.Hash // of all inputs so far
	at     mark
	marked int // inputs at the last mark
	key    []byte
}

// A mark is one state of a run. Sums are checksums of everything up to it.
type mark struct {
	Inputs     int    `json:"inputs"` // articles, skipped inputs and notes
	Input      string `json:"input"`
	Output     int64  `json:"output"` // bytes
	OutputSum  uint32 `json:"output_sum"`
	Rejects    int64  `json:"rejects"`
	RejectsSum uint32 `json:"rejects_sum"`

	Tagged   int   `json:"tagged"`
	Skipped  int   `json:"skipped"`
	Panicked int   `json:"panicked"`
	Mentions int   `json:"mentions"`
	Topics   int   `json:"topics"`
	Bytes    int64 `json:"bytes"`

	end int64 // of its line in the journal
}

// castagnoli is the polynomial that processors compute.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// article counts an article that was read.
func (j *journal) article(doc *models.Document) {
	parts := []string{"article", doc.ID, doc.Title, doc.Text, string(doc.Date), doc.DateFrom, doc.Source.Path, doc.Source.Format, doc.Source.SHA256}
	for _, m := range doc.Meta {
		parts = append(parts, m.Key, m.JSON)
	}
	j.event(parts...)
}

// problem counts an input that gave no article.
func (j *journal) problem(err error) {
	j.event("problem", err.Error())
}

// event adds one input to the sum. Every part is preceded by its length: no
// two inputs are the same bytes.
func (j *journal) event(parts ...string) {
	j.at.Inputs++
	for _, p := range parts {
		j.key = binary.AppendUvarint(j.key[:0], uint64(len(p)))
		j.input.Write(append(j.key, p...))
	}
}

// next counts what became of an input as far as the reader can tell.
func (j *journal) next(doc *models.Document, err error) {
	if err != nil {
		j.problem(err)
		return
	}
	j.article(doc)
}

// same says whether the inputs so far are those of m.
func (j *journal) same(m *mark) bool {
	return j.at.Inputs == m.Inputs && j.sum() == m.Input
}

func (j *journal) sum() string { return fmt.Sprintf("%x", j.input.Sum(nil)[:16]) }

// mark writes how far a run has come, unless it stands where it stood. What
// was gathered must have been written.
func (j *journal) mark(r *runner) error {
	if j.at.Inputs == j.marked {
		return nil
	}
	j.marked = j.at.Inputs
	j.at.Input = j.sum()
	j.at.Output, j.at.OutputSum = r.out.written, r.out.sum
	j.at.Rejects, j.at.RejectsSum = r.rejects.written, r.rejects.sum
	j.at.Tagged, j.at.Skipped, j.at.Panicked = r.sum.Tagged, r.sum.Skipped, r.sum.Panicked
	j.at.Mentions, j.at.Topics, j.at.Bytes = r.sum.Mentions, r.sum.Topics, r.sum.Bytes
	line, err := json.Marshal(&j.at)
	if err != nil {
		return err
	}
	_, err = j.file.Write(sealed(line))
	return err
}

// summary returns what a run had done at a mark.
func (m *mark) summary() Summary {
	return Summary{
		Tagged: m.Tagged, Skipped: m.Skipped, Panicked: m.Panicked,
		Mentions: m.Mentions, Topics: m.Topics, Bytes: m.Bytes,
	}
}

// sealed returns a line with its checksum.
func sealed(line []byte) []byte {
	return fmt.Appendf(line, "\t%08x\n", crc32.Checksum(line, castagnoli))
}

// unsealed returns the text of a line of the journal, without its checksum; ok
// is false if they do not agree or the line has no end.
func unsealed(line []byte) (text []byte, ok bool) {
	line, ended := bytes.CutSuffix(line, []byte("\n"))
	i := bytes.LastIndexByte(line, '\t')
	if !ended || i < 0 {
		return nil, false
	}
	sum, err := strconv.ParseUint(string(line[i+1:]), 16, 32)
	return line[:i], err == nil && uint32(sum) == crc32.Checksum(line[:i], castagnoli)
}

// readJournal returns the settings and the marks of a journal, as far as they
// are whole. settings is nil if not even the first line is.
func readJournal(r io.Reader) (settings []Setting, marks []mark, err error) {
	in := bufio.NewReader(r)
	var at int64
	for first := true; ; first = false {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, nil, err
		}
		at += int64(len(line))
		text, ok := unsealed(line)
		if !ok {
			return settings, marks, nil
		}
		if first {
			var h header
			if json.Unmarshal(text, &h) != nil || h.Version != journalVersion {
				return nil, nil, nil
			}
			settings, marks = h.Settings, append(marks, mark{end: at, Input: newJournal(nil).sum()})
			continue
		}
		m := mark{end: at}
		if json.Unmarshal(text, &m) != nil {
			return settings, marks, nil
		}
		marks = append(marks, m)
	}
}

// journalVersion is raised when the meaning of a journal changes.
const journalVersion = 1

// A header is the first line of a journal.
type header struct {
	Version  int       `json:"wiretag_journal"`
	Settings []Setting `json:"settings"`
}

// A Setting is one thing, besides the articles, that decides what a run
// writes.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func newJournal(f disk.File) *journal { return &journal{file: f, input: sha256.New()} }

// begin writes the first line of an empty journal.
func (j *journal) begin(settings []Setting) error {
	line, err := json.Marshal(header{journalVersion, settings})
	if err != nil {
		return err
	}
	_, err = j.file.Write(sealed(line))
	return err
}

// isNote says whether err only says something, and no article was lost.
func isNote(err error) bool {
	p, ok := errors.AsType[*corpus.Problem](err)
	return ok && p.Note
}
