package run

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"wiretag/cmd/internal/disk"
	"wiretag/models"
)

// A ResumeError says why an interrupted run cannot be resumed. Nothing was
// written.
type ResumeError struct {
	path string
	err  error
}

// Error returns "cannot resume FILE: " and why.
func (e *ResumeError) Error() string { return "cannot resume " + e.path + ": " + e.err.Error() }

// Unwrap returns the cause.
func (e *ResumeError) Unwrap() error { return e.err }

// A part is an output in the making that outlives its run: ".NAME.part" beside
// the target.
type part struct {
	disk   disk.Disk
	path   string // as the user wrote it
	target string
	file   disk.File
	mode   fs.FileMode // of the old target; 0 if there is none
}

// openPart opens the part of an output, or makes it.
func openPart(d disk.Disk, path string) (*part, error) {
	target, info, err := resolve(d, path)
	if err != nil {
		return nil, err
	}
	p := &part{disk: d, path: path, target: target}
	if info != nil {
		if !info.Mode().IsRegular() {
			return nil, errors.New("is no regular file, and cannot be resumed")
		}
		p.mode = info.Mode().Perm()
	}
	p.file, err = d.OpenFile(beside(target, "part"), os.O_RDWR|os.O_CREATE, 0o666)
	return p, err
}

func (p *part) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	if err != nil {
		err = named(p.path, err)
	}
	return n, err
}

// empty says whether there is nothing of an interrupted run.
func (p *part) empty() (bool, error) {
	info, err := p.file.Stat()
	return err == nil && info.Size() == 0, err
}

// cut makes the part n bytes long and goes on behind them.
func (p *part) cut(n int64) error { return cut(p.file, n) }

func cut(f disk.File, n int64) error {
	if err := f.Truncate(n); err != nil {
		return err
	}
	_, err := f.Seek(n, io.SeekStart)
	return err
}

// commit puts the part in its target's place.
func (p *part) commit() error {
	if p.mode != 0 {
		if err := p.file.Chmod(p.mode); err != nil {
			return err
		}
	}
	if err := replace(p.disk, p.file, p.target); err != nil {
		return err
	}
	return p.disk.SyncFolder(filepath.Dir(p.target))
}

// agreeing returns the marks that a part still agrees with: it is as long as
// they say and holds what it held. sum and size pick the part's own of a mark.
func agreeing(f io.Reader, marks []mark, of func(*mark) (size int64, sum uint32)) ([]mark, error) {
	hash := crc32.New(castagnoli)
	var at int64
	for i := range marks {
		size, sum := of(&marks[i])
		n, err := io.CopyN(hash, f, size-at)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if at += n; at != size || hash.Sum32() != sum {
			return marks[:i], nil
		}
	}
	return marks, nil
}

// A resumption is what there is of an interrupted run.
type resumption struct {
	*Files
	out     *part
	rejects *part // nil without --rejects
	log     disk.File
	unlock  func()
	marks   []mark // those that the outputs agree with; empty if there is nothing to go on from
}

// open opens and locks all files and reads the journal.
func (f *Files) resumption() (*resumption, error) {
	res := &resumption{Files: f, unlock: func() {}}
	err := res.open()
	if err != nil {
		res.release()
	}
	return res, err
}

func (r *resumption) open() error {
	var err error
	if r.out, err = openPart(r.Disk, r.Output); err != nil {
		return &OutputError{named(r.Output, err)}
	}
	if err := r.lock(); err != nil {
		return err
	}
	if r.Rejects != "" {
		if r.rejects, err = openPart(r.Disk, r.Rejects); err != nil {
			return &OutputError{named(r.Rejects, err)}
		}
	}
	return r.read()
}

// lock opens the journal and locks it, so that one run at a time resumes.
func (r *resumption) lock() error {
	name := beside(r.out.target, "part.log")
	for {
		log, err := r.Disk.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return &OutputError{named(r.Output, err)}
		}
		unlock, err := r.Disk.Lock(name)
		switch {
		case err == nil:
			r.log, r.unlock = log, unlock
			return nil
		case errors.Is(err, errors.ErrUnsupported):
			r.log = log
			return nil
		case errors.Is(err, disk.ErrLocked):
			log.Close()
			return &ResumeError{r.Output, err}
		}
		log.Close() // the run that had it is over and took it away
		if !errors.Is(err, fs.ErrNotExist) {
			return &OutputError{named(r.Output, err)}
		}
	}
}

// read reads the journal and compares it with the outputs.
func (r *resumption) read() error {
	settings, marks, err := readJournal(r.log)
	if err != nil {
		return &OutputError{named(r.Output, err)}
	}
	empty, err := r.out.empty()
	if err != nil {
		return &OutputError{named(r.Output, err)}
	}
	if settings == nil || empty {
		return nil
	}
	if err := compare(settings, r.Settings); err != nil {
		return &ResumeError{r.Output, fmt.Errorf("%w; give the same again, or remove %s to start afresh", err, r.out.file.Name())}
	}
	marks, err = agreeing(r.out.file, marks, func(m *mark) (int64, uint32) { return m.Output, m.OutputSum })
	if err != nil {
		return &OutputError{named(r.Output, err)}
	}
	if r.rejects != nil {
		marks, err = agreeing(r.rejects.file, marks, func(m *mark) (int64, uint32) { return m.Rejects, m.RejectsSum })
		if err != nil {
			return &OutputError{named(r.Rejects, err)}
		}
	}
	r.marks = marks
	return nil
}

// compare names the settings of the interrupted run that are not those of this
// one. Both are in the order of their names.
func compare(then, now []Setting) error {
	values := map[string][2]string{}
	var names []string
	for i, list := range [2][]Setting{then, now} {
		for _, s := range list {
			v, ok := values[s.Name]
			if !ok {
				names = append(names, s.Name)
			}
			v[i] = s.Value
			values[s.Name] = v
		}
	}
	var differ []string
	for _, n := range names {
		if v := values[n]; v[0] != v[1] {
			differ = append(differ, fmt.Sprintf("%s was %s and is %s", n, given(v[0]), given(v[1])))
		}
	}
	if differ == nil {
		return nil
	}
	return errors.New(strings.Join(differ, ", "))
}

// given quotes the value of a setting.
func given(value string) string {
	if value == "" {
		return "not given"
	}
	return strconv.Quote(value)
}

// start finds the last mark that the input agrees with, too, cuts the outputs
// back to it and makes r go on from there. It returns how many inputs are
// kept. It ends early if the context is cancelled; a goroutine may then stay
// behind in a blocked read.
func (r *resumption) start(ctx context.Context, run *runner) (int, error) {
	j, rest := newJournal(r.log), run.Articles
	var m mark
	if len(r.marks) > 1 {
		type found struct {
			mark mark
			rest iter.Seq2[models.Document, error]
			err  error
		}
		done := make(chan found, 1)
		go func() {
			m, rest, err := r.find(j, run.Articles)
			done <- found{m, rest, err}
		}()
		select {
		case f := <-done:
			if f.err != nil {
				return 0, &ResumeError{r.Output, f.err}
			}
			m, rest = f.mark, f.rest
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		}
	}
	if err := r.cut(&m, j); err != nil {
		return 0, &OutputError{named(r.Output, err)}
	}
	j.at, j.output = m, r.Output
	run.Articles, run.journal, run.sum = rest, j, m.summary()
	run.out = sink{w: r.out, written: m.Output, sum: m.OutputSum}
	if r.rejects != nil {
		run.rejects = sink{w: r.rejects, written: m.Rejects, sum: m.RejectsSum}
	}
	return m.Inputs, nil
}

// cut brings all files to the state of a mark; the zero mark is the start.
func (r *resumption) cut(m *mark, j *journal) error {
	err := r.out.cut(m.Output)
	if err == nil && r.rejects != nil {
		err = r.rejects.cut(m.Rejects)
	}
	if err == nil {
		err = cut(r.log, m.end)
	}
	if err == nil && m.end == 0 {
		err = j.begin(r.Settings)
	}
	return err
}

// find reads the input again as far as the marks go. j is then in the state of
// the mark that is returned, and rest is the articles behind it.
func (r *resumption) find(j *journal, articles iter.Seq2[models.Document, error]) (mark, iter.Seq2[models.Document, error], error) {
	next, stop := iter.Pull2(articles)
	best := r.marks[0]
	for i := range r.marks {
		if !skip(next, j, r.marks[i].Inputs) || !j.same(&r.marks[i]) {
			stop()
			return r.again(j, best)
		}
		best = r.marks[i]
	}
	return best, rest(next, stop), nil
}

// again reads the input from the start up to a mark, since more of it was read.
func (r *resumption) again(j *journal, m mark) (mark, iter.Seq2[models.Document, error], error) {
	articles, err := r.Reopen()
	if err != nil {
		return mark{}, nil, err
	}
	next, stop := iter.Pull2(articles)
	*j = *newJournal(j.file)
	if !skip(next, j, m.Inputs) || !j.same(&m) {
		stop()
		return mark{}, nil, fmt.Errorf("the input is not what the interrupted run read, and cannot be read twice; remove %s to start afresh", r.out.file.Name())
	}
	return m, rest(next, stop), nil
}

// skip reads inputs until j has counted n. A reader that panics has ended.
func skip(next func() (models.Document, error, bool), j *journal, n int) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	for j.at.Inputs < n {
		doc, err, more := next()
		if !more {
			return false
		}
		j.next(&doc, err)
	}
	return true
}

// rest is what next has not given yet.
func rest(next func() (models.Document, error, bool), stop func()) iter.Seq2[models.Document, error] {
	return func(yield func(models.Document, error) bool) {
		defer stop()
		for {
			doc, err, more := next()
			if !more || !yield(doc, err) {
				return
			}
		}
	}
}

// finish ends the run's files: err is what the run ended with. If it is nil
// the outputs take their targets' places and the journal goes; else all stays
// for the next run.
func (r *resumption) finish(err error) error {
	defer r.release()
	if err != nil {
		return err
	}
	if r.rejects != nil {
		if err := r.rejects.commit(); err != nil {
			return &OutputError{named(r.Rejects, err)}
		}
	}
	if err := r.out.commit(); err != nil {
		return &OutputError{named(r.Output, err)}
	}
	if err := r.Disk.Remove(r.log.Name()); err != nil {
		return &OutputError{named(r.Output, err)}
	}
	return nil
}

// release closes what is open. Nothing is lost by it: what counts was checked.
func (r *resumption) release() {
	for _, p := range []*part{r.out, r.rejects} {
		if p != nil && p.file != nil {
			p.file.Close()
		}
	}
	if r.log != nil {
		r.log.Close()
	}
	r.unlock()
}
