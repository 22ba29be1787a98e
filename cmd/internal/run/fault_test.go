package run_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wiretag/cmd/internal/disk/faulty"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
)

// articles is a feed that is large enough for several writes.
const articles = 1500

// files returns the files of a run in the working folder.
func files(d *faulty.Disk, resume bool) *run.Files {
	return &run.Files{
		Disk: d, Output: "out", Rejects: "rejects", Resume: resume,
		Settings: []run.Setting{{Name: "gazetteer", Value: "sha256:1"}},
		Reopen:   func() (iter.Seq2[models.Document, error], error) { return feed(articles), nil },
	}
}

func quiet(n int) run.Plan {
	var ignored []string
	p := plan(feed(n), &ignored)
	p.Tag = func(rec *models.Record, doc models.Document) {
		*rec = models.Record{ID: doc.ID, Text: doc.Text, Derived: true}
	}
	p.Workers = 2
	return p
}

// clean returns what a run without faults makes of n articles.
func clean(t *testing.T, n int) map[string]string {
	t.Helper()
	t.Chdir(t.TempDir())
	if _, err := files(&faulty.Disk{}, false).Run(t.Context(), quiet(n)); err != nil {
		t.Fatal(err)
	}
	return tree(t)
}

// place makes a fresh working folder with an old output.
func place(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("out", []byte("old\n"), 0o640); err != nil {
		t.Fatal(err)
	}
}

// hidden takes the hidden files out of a tree and returns their names.
func hidden(files map[string]string) []string {
	var names []string
	for name := range files {
		if strings.HasPrefix(name, ".") {
			names = append(names, name)
			delete(files, name)
		}
	}
	return names
}

// faults are the ways in which a disk fails.
var faults = []struct {
	name  string
	err   error
	short bool
	times int
}{
	{name: "no space", err: syscall.ENOSPC, short: true, times: 1 << 30},
	{name: "I/O error once", err: syscall.EIO},
	{name: "read-only", err: syscall.EROFS, times: 1 << 30},
	{name: "quota", err: syscall.EDQUOT, short: true},
}

// TestC1EveryCallFails fails the first, the second, … call of the disk until a
// run gets through. After each the old file is there, or the new one as a
// whole, and a run that ended badly says so.
func TestC1EveryCallFails(t *testing.T) {
	want := clean(t, articles)
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			failed := 0
			for n := 1; ; n++ {
				place(t)
				d := &faulty.Disk{FailAt: n, For: fault.times, Err: fault.err, Short: fault.short}
				_, err := files(d, false).Run(t.Context(), quiet(articles))
				calls := d.Calls()
				reached := len(calls) >= n
				if reached {
					failed++
				}
				checkOutput(t, d, err, want, reached)
				if t.Failed() {
					t.Fatalf("call %d failed: %s", n, calls[min(n, len(calls))-1])
				}
				if !reached {
					break
				}
			}
			if failed < 15 {
				t.Errorf("only %d calls were failed", failed)
			}
		})
	}
}

// checkOutput holds what must be true after any fault.
func checkOutput(t *testing.T, d *faulty.Disk, err error, want map[string]string, faulted bool) {
	t.Helper()
	got := tree(t)
	left := hidden(got)
	switch {
	case err == nil && got["out"] != want["out"]:
		t.Error("the run ended well, but the output is not that of a clean run")
	case err == nil && got["rejects"] != want["rejects"]:
		t.Error("the run ended well, but the rejects are not those of a clean run")
	case got["out"] != "old\n" && got["out"] != want["out"]:
		t.Errorf("the output is neither old nor new: %.40q", got["out"])
	}
	if _, ok := errors.AsType[*run.OutputError](err); err != nil && !ok {
		t.Errorf("got %v, want an OutputError", err)
	}
	if err != nil && strings.Contains(err.Error(), ".tmp-") {
		t.Errorf("the message names a temporary file: %v", err)
	}
	if open := d.Open(); len(open) > 0 {
		t.Errorf("files left open: %v", open)
	}
	if len(left) > 0 && !lastFailed(d, "remove") {
		t.Errorf("left behind: %v", left)
	}
	if !faulted && err != nil {
		t.Errorf("no call failed, but the run did: %v", err)
	}
}

// lastFailed says whether a call of that kind may have failed: then a
// temporary file stays, for the next run to sweep.
func lastFailed(d *faulty.Disk, what string) bool {
	for _, c := range d.Calls()[d.FailAt-1:] {
		if strings.HasPrefix(c, what) {
			return true
		}
	}
	return false
}

// TestC5EveryCallFailsAndResumes is the same with --resume: after any fault a
// second run goes on to exactly the bytes of a clean run, also if a power cut
// took what was not synced.
func TestC5EveryCallFailsAndResumes(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 7
	}
	want := clean(t, articles)
	for _, crash := range []bool{false, true} {
		for _, fault := range faults {
			t.Run(fmt.Sprintf("%s, crash %v", fault.name, crash), func(t *testing.T) {
				for n := 1; ; n += step {
					place(t)
					d := &faulty.Disk{FailAt: n, For: fault.times, Err: fault.err, Short: fault.short}
					_, err := files(d, true).Run(t.Context(), quiet(articles))
					if got := tree(t)["out"]; got != "old\n" && got != want["out"] {
						t.Fatalf("call %d failed: the output is neither old nor new", n)
					}
					if open := d.Open(); len(open) > 0 {
						t.Fatalf("call %d failed: files left open: %v", n, open)
					}
					if err != nil && strings.Contains(err.Error(), ".part") {
						t.Errorf("call %d failed: the message names a hidden file: %v", n, err)
					}
					if crash {
						if err := d.Crash(); err != nil {
							t.Fatal(err)
						}
					}
					if len(d.Calls()) < n {
						if err != nil {
							t.Fatalf("no call failed, but the run did: %v", err)
						}
						break
					}
					if _, err := files(&faulty.Disk{}, true).Run(t.Context(), quiet(articles)); err != nil {
						t.Fatalf("call %d (%s) failed, then resume: %v", n, d.Calls()[n-1], err)
					}
					got := tree(t)
					if left := hidden(got); len(left) > 0 {
						t.Errorf("call %d failed: left behind: %v", n, left)
					}
					if diff := cmp.Diff(lengths(want), lengths(got)); diff != "" || got["out"] != want["out"] || got["rejects"] != want["rejects"] {
						t.Fatalf("call %d (%s) failed: not the files of a clean run:\n%s", n, d.Calls()[n-1], diff)
					}
				}
			})
		}
	}
}

func lengths(files map[string]string) map[string]int {
	n := map[string]int{}
	for name, content := range files {
		n[name] = len(content)
	}
	return n
}

// interrupted runs until stop articles were tagged and leaves a part behind.
func interrupted(t *testing.T, f *run.Files, p run.Plan, stop int) {
	t.Helper()
	stopped := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	tag, n := p.Tag, 0
	p.Workers = 1
	p.Tag = func(rec *models.Record, doc models.Document) {
		if n++; n == stop {
			cancel(stopped)
		}
		tag(rec, doc)
	}
	if _, err := f.Run(ctx, p); !errors.Is(err, stopped) {
		t.Fatalf("got %v, want the run stopped", err)
	}
}

// TestD resumes after something happened to the files of an interrupted run,
// to its input or to its settings.
func TestD(t *testing.T) {
	changed := func(n int, at int) iter.Seq2[models.Document, error] {
		return func(yield func(models.Document, error) bool) {
			i := 0
			for doc, err := range feed(n) {
				if i++; i == at && err == nil {
					doc.Text = "changed"
				}
				if !yield(doc, err) {
					return
				}
			}
		}
	}
	// An article's path stands in its record: under another name it is made again.
	renamed := func(n int, from int) iter.Seq2[models.Document, error] {
		return func(yield func(models.Document, error) bool) {
			i := 0
			for doc, err := range feed(n) {
				if i++; i >= from && err == nil {
					doc.ID = "renamed/" + doc.ID
				}
				if !yield(doc, err) {
					return
				}
			}
		}
	}
	edit := func(name string, change func([]byte) []byte) func(*testing.T) {
		return func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, change(b), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	half := func(b []byte) []byte { return b[:len(b)/2] }
	garbage := func(b []byte) []byte { return bytes.Repeat([]byte("garbage\x00\n"), 50) }
	const log, part = ".out.part.log", ".out.part"
	tests := []struct {
		name     string
		between  func(*testing.T)
		input    func() iter.Seq2[models.Document, error]
		settings []run.Setting
		want     string // part of the error
		kept     bool   // something was not tagged again
	}{
		{name: "nothing", kept: true},
		{name: "D1 journal cut", between: edit(log, half), kept: true},
		{name: "D1 journal is garbage", between: edit(log, garbage)},
		{name: "D1 journal empty", between: edit(log, func([]byte) []byte { return nil })},
		{name: "D1 journal of another version", between: edit(log, func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"wiretag_journal":1`), []byte(`"wiretag_journal":9`), 1)
		})},
		{name: "D1 other gazetteer", settings: []run.Setting{{Name: "gazetteer", Value: "sha256:2"}},
			want: `cannot resume out: gazetteer was "sha256:1" and is "sha256:2"; give the same again, or remove .out.part to start afresh`},
		{name: "D1 other options", settings: []run.Setting{{Name: "gazetteer", Value: "sha256:1"}, {Name: "--offsets", Value: "byte"}},
			want: `--offsets was not given and is "byte"`},
		{name: "D2 last article changed", input: func() iter.Seq2[models.Document, error] { return changed(articles, articles-1) }, kept: true},
		{name: "D2 first article changed", input: func() iter.Seq2[models.Document, error] { return changed(articles, 1) }},
		{name: "D2 early article changed", input: func() iter.Seq2[models.Document, error] { return changed(articles, 500) }, kept: true},
		{name: "D2 input shorter", input: func() iter.Seq2[models.Document, error] { return feed(600) }, kept: true},
		{name: "D2 input longer", input: func() iter.Seq2[models.Document, error] { return feed(2 * articles) }, kept: true},
		{name: "D3 input renamed", input: func() iter.Seq2[models.Document, error] { return renamed(articles, 500) }, kept: true},
		{name: "D4 output shorter", between: edit(part, half), kept: true},
		{name: "D4 output empty", between: edit(part, func([]byte) []byte { return nil })},
		{name: "D4 output has a hole", between: edit(part, func(b []byte) []byte {
			clear(b[len(b)*3/4:])
			return b
		}), kept: true},
		{name: "D4 rejects shorter", between: edit(".rejects.part", half), kept: true},
		{name: "D4 rejects gone", between: func(t *testing.T) { os.Remove(".rejects.part") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.input == nil {
				tt.input = func() iter.Seq2[models.Document, error] { return feed(articles) }
			}
			t.Chdir(t.TempDir())
			p := quiet(articles)
			p.Articles = tt.input()
			f := files(&faulty.Disk{}, false)
			if _, err := f.Run(t.Context(), p); err != nil {
				t.Fatal(err)
			}
			want := tree(t)

			place(t)
			interrupted(t, files(&faulty.Disk{}, true), quiet(articles), 1000)
			if tt.between != nil {
				tt.between(t)
			}
			f = files(&faulty.Disk{}, true)
			kept := 0
			f.Kept = func(n int) { kept = n }
			f.Reopen = func() (iter.Seq2[models.Document, error], error) { return tt.input(), nil }
			if tt.settings != nil {
				f.Settings = tt.settings
			}
			p.Articles = tt.input()
			before := tree(t)
			sum, err := f.Run(t.Context(), p)
			if tt.want != "" {
				if _, ok := errors.AsType[*run.ResumeError](err); !ok || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("got %v, want %s", err, tt.want)
				}
				if diff := cmp.Diff(before, tree(t)); diff != "" {
					t.Errorf("something was changed (-before +after):\n%s", diff)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := tree(t); got["out"] != want["out"] || got["rejects"] != want["rejects"] || len(got) != 2 {
				t.Errorf("not the files of a clean run: %v, want %v", lengths(got), lengths(want))
			}
			if (kept > 0) != tt.kept {
				t.Errorf("kept %d inputs", kept)
			}
			if got := sum.Tagged; got != strings.Count(want["out"], "\n") {
				t.Errorf("the summary says %d tagged", got)
			}
		})
	}
}

// TestD1JournalCutAtEveryByte: whatever is left of a journal, the end is the
// same.
func TestD1JournalCutAtEveryByte(t *testing.T) {
	const articles = 700 // two marks
	want := clean(t, articles)
	place(t)
	interrupted(t, files(&faulty.Disk{}, true), quiet(articles), 600)
	names := []string{".out.part.log", ".out.part", ".rejects.part"}
	kept := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		kept[name] = b
	}
	log := kept[names[0]]
	step := 13 // a prime: all fields of a mark are cut somewhere
	for n := 0; n < len(log); n += step {
		for _, name := range names {
			b := kept[name]
			if name == names[0] {
				b = log[:n]
			}
			if err := os.WriteFile(name, b, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := files(&faulty.Disk{}, true).Run(t.Context(), quiet(articles)); err != nil {
			t.Fatalf("cut at %d: %v", n, err)
		}
		if got := tree(t); got["out"] != want["out"] || got["rejects"] != want["rejects"] || len(got) != 2 {
			t.Fatalf("cut at %d: not the files of a clean run: %v", n, lengths(got))
		}
	}
}

// TestD2StdinCannotBeReadTwice: an input that is gone after reading and is not
// the same is no reason to write something wrong.
func TestD2StdinCannotBeReadTwice(t *testing.T) {
	place(t)
	interrupted(t, files(&faulty.Disk{}, true), quiet(articles), 1000)
	f := files(&faulty.Disk{}, true)
	f.Reopen = func() (iter.Seq2[models.Document, error], error) { return feed(0), nil }
	p := quiet(articles)
	p.Articles = feed(700)
	before := tree(t)
	_, err := f.Run(t.Context(), p)
	if err == nil || !strings.Contains(err.Error(), "cannot be read twice") {
		t.Errorf("got %v, want that the input cannot be read twice", err)
	}
	if diff := cmp.Diff(before, tree(t)); diff != "" {
		t.Errorf("something was changed:\n%s", diff)
	}
}

// TestD5JournalCannotBeWritten is D5: the run fails, the old marks hold.
func TestD5JournalCannotBeWritten(t *testing.T) {
	want := clean(t, articles)
	place(t)
	d := &faulty.Disk{FailAt: 3, Of: "write .out.part.log", Err: syscall.ENOSPC, Short: true}
	_, err := files(d, true).Run(t.Context(), quiet(articles))
	if _, ok := errors.AsType[*run.OutputError](err); !ok {
		t.Errorf("got %v, want an OutputError", err)
	}
	if _, err := files(&faulty.Disk{}, true).Run(t.Context(), quiet(articles)); err != nil {
		t.Fatal(err)
	}
	if got := tree(t); got["out"] != want["out"] {
		t.Error("not the output of a clean run")
	}
}

// TestD6TwoResumesAtOnce is D6.
func TestD6TwoResumesAtOnce(t *testing.T) {
	place(t)
	first := quiet(articles)
	inside, leave := make(chan struct{}), make(chan struct{})
	tag := first.Tag
	first.Workers = 1
	once := false
	first.Tag = func(rec *models.Record, doc models.Document) {
		if !once {
			once = true
			close(inside)
			<-leave
		}
		tag(rec, doc)
	}
	done := make(chan error)
	go func() {
		_, err := files(&faulty.Disk{}, true).Run(t.Context(), first)
		done <- err
	}()
	<-inside
	_, err := files(&faulty.Disk{}, true).Run(t.Context(), quiet(articles))
	if _, ok := errors.AsType[*run.ResumeError](err); !ok {
		t.Errorf("the second: got %v, want a ResumeError", err)
	}
	close(leave)
	if err := <-done; err != nil {
		t.Errorf("the first: %v", err)
	}
	got := tree(t)
	if strings.Count(got["out"], "\n") < 1000 || len(hidden(got)) > 0 {
		t.Errorf("after both: %v", lengths(got))
	}
}

// TestStaleTemporaryFilesAreSwept: what a killed run left goes, what a living
// one writes stays.
func TestStaleTemporaryFilesAreSwept(t *testing.T) {
	place(t)
	living, err := run.CreateOutput("out")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".out.tmp-dead", ".other.tmp-dead"} {
		if err := os.WriteFile(name, []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(".out.tmp-folder", 0o777); err != nil {
		t.Fatal(err)
	}
	second, err := run.CreateOutput("out")
	if err != nil {
		t.Fatal(err)
	}
	second.Abort()
	if _, err := living.Write([]byte("new\n")); err != nil {
		t.Fatal(err)
	}
	if err := living.Commit(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"out": "new\n", ".other.tmp-dead": "x"}
	if diff := cmp.Diff(want, tree(t)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(".out.tmp-folder"); err != nil {
		t.Error(err)
	}
}

// TestC3RejectsOfStdoutAreKept: what was written to standard output cannot be
// taken back, so its rejects are kept when the reader goes away.
func TestC3RejectsOfStdoutAreKept(t *testing.T) {
	t.Chdir(t.TempDir())
	f := files(&faulty.Disk{}, false)
	f.Output, f.Stdout = "", &fullWriter{room: 70_000}
	_, err := f.Run(t.Context(), quiet(articles))
	if !errors.Is(err, errFull) {
		t.Errorf("got %v, want the writer's error", err)
	}
	if got := tree(t)["rejects"]; !strings.HasSuffix(got, "}\n") {
		t.Errorf("rejects: got %.80q, want whole lines", got)
	}
}

// TestHeadIsWrittenOnce holds for a resumed run, too.
func TestHeadIsWrittenOnce(t *testing.T) {
	place(t)
	p := quiet(articles)
	p.Encoder = encode.Encoder{
		Head:   []byte("head\n"),
		Worker: newEncoder().Worker,
		Foot:   func(b []byte) []byte { return append(b, "foot\n"...) },
	}
	interrupted(t, files(&faulty.Disk{}, true), p, 1000)
	if _, err := files(&faulty.Disk{}, true).Run(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	got := tree(t)["out"]
	if strings.Count(got, "head\n") != 1 || !strings.HasPrefix(got, "head\n") || strings.Count(got, "foot\n") != 1 || !strings.HasSuffix(got, "foot\n") {
		t.Errorf("got %.20q … %.20q, want one head and one foot", got, got[max(0, len(got)-20):])
	}
}

// TestLongNameOfOutput: the hidden names must fit the file system.
func TestLongNameOfOutput(t *testing.T) {
	t.Chdir(t.TempDir())
	f := files(&faulty.Disk{}, true)
	f.Output, f.Rejects = strings.Repeat("o", 250), strings.Repeat("r", 255)
	if _, err := f.Run(t.Context(), quiet(10)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Output); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestC6DanglingLink: the file that a link names is made, not the link
// replaced.
func TestC6DanglingLink(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("there", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("there/real", "out"); err != nil {
		t.Skip(err)
	}
	if _, err := files(&faulty.Disk{}, false).Run(t.Context(), quiet(10)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat("out"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if _, err := os.Stat("there/real"); err != nil {
		t.Error(err)
	}
}
