package run_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
)

// feed yields n articles. Every tenth is skipped, and at every hundredth there
// is something to note.
func feed(n int) iter.Seq2[models.Document, error] {
	return func(yield func(models.Document, error) bool) {
		for i := range n {
			doc := models.Document{ID: fmt.Sprint(i), Text: strings.Repeat("word ", i%50)}
			var err error
			if i%10 == 3 {
				doc, err = models.Document{}, &corpus.Problem{Byte: -1, Path: fmt.Sprint(i), Err: errors.New("bad")}
			}
			if i%100 == 7 {
				doc, err = models.Document{}, &corpus.Problem{Byte: -1, Path: fmt.Sprint(i), Err: errors.New("said"), Note: true}
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// tag finds one entity in every article and is slower for some, so that
// workers overtake each other.
func tag(rec *models.Record, doc models.Document) {
	if len(doc.ID)%2 == 0 {
		time.Sleep(10 * time.Microsecond)
	}
	*rec = models.Record{ID: doc.ID, Text: doc.Text, Derived: true, Entities: []models.Found{{ID: "e", Count: 2}}, Topics: []models.Topic{{ID: "t"}}}
}

func newEncoder() encode.Encoder {
	enc, err := encode.New("jsonl", encode.Options{})
	if err != nil {
		panic(err)
	}
	return enc
}

func plan(articles iter.Seq2[models.Document, error], reports *[]string) run.Plan {
	return run.Plan{
		Input: run.Input{
			Articles: articles,
			Report:   func(err error) { *reports = append(*reports, err.Error()) },
		},
		Tag:     tag,
		Encoder: newEncoder(),
	}
}

func TestC12SameBytesForAnyWorkers(t *testing.T) {
	const n = 2000
	var want bytes.Buffer
	encoder := newEncoder().Worker()
	var wantReports []string
	for doc, err := range feed(n) {
		if err != nil {
			wantReports = append(wantReports, err.Error())
			continue
		}
		var rec models.Record
		tag(&rec, doc)
		want.Write(encoder(nil, &rec))
	}
	for _, workers := range []int{1, 2, 8} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			var got bytes.Buffer
			var reports []string
			p := plan(feed(n), &reports)
			p.Workers = workers
			sum, err := run.Run(t.Context(), p, &got)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Error("the output is not that of a plain loop")
			}
			if diff := cmp.Diff(reports, wantReports); diff != "" {
				t.Errorf("reports (-got +want):\n%s", diff)
			}
			wantSum := run.Summary{Tagged: 1780, Skipped: 200, Mentions: 3560, Topics: 1780, Bytes: sum.Bytes, Elapsed: sum.Elapsed}
			if sum != wantSum || sum.Bytes == 0 || sum.Read() != 1980 {
				t.Errorf("summary: got %+v, want %+v", sum, wantSum)
			}
		})
	}
}

// TestC12SameReportForAnyWorkers is the same for a format that needs the order.
func TestC12SameReportForAnyWorkers(t *testing.T) {
	report := func(workers int) string {
		var err error
		var got bytes.Buffer
		var reports []string
		p := plan(feed(500), &reports)
		p.Workers = workers
		if p.Encoder, err = encode.New("html", encode.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, err := run.Run(t.Context(), p, &got); err != nil {
			t.Fatal(err)
		}
		return got.String()
	}
	want := report(1)
	if n := strings.Count(want, "<article "); n != 445 || !strings.HasSuffix(want, "</html>\n") {
		t.Fatalf("got %d articles, want 445, and a page that ends", n)
	}
	for _, workers := range []int{2, 8} {
		if got := report(workers); got != want {
			t.Errorf("%d workers write another page than one", workers)
		}
	}
}

func TestPanicCostsOneArticle(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var reports []string
	p := plan(func(yield func(models.Document, error) bool) {
		for _, id := range []string{"a", "b", "c"} {
			if !yield(models.Document{ID: id, Title: "T " + id, Text: "text " + id}, nil) {
				return
			}
		}
	}, &reports)
	p.Workers = 2
	var panics []*run.PanicError
	p.Report = func(err error) {
		if pe, ok := errors.AsType[*run.PanicError](err); ok {
			panics = append(panics, pe)
		}
	}
	p.Tag = func(rec *models.Record, doc models.Document) {
		if doc.ID == "b" {
			panic("lost a word")
		}
		tag(rec, doc)
	}
	var out bytes.Buffer
	sum, err := run.Run(t.Context(), p, &out)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Tagged != 2 || sum.Panicked != 1 || strings.Count(out.String(), "\n") != 2 {
		t.Errorf("got %+v and output %s, want two records and one panic", sum, &out)
	}
	if len(panics) != 1 || panics[0].ID != "b" || panics[0].Value != "lost a word" {
		t.Fatalf("got panics %v, want one of article b", panics)
	}
	saved, err := os.ReadFile(panics[0].Saved)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(saved), "T b\n\ntext b"; got != want {
		t.Errorf("saved: got %q, want %q", got, want)
	}
	if stack, err := os.ReadFile(panics[0].Saved + ".stack"); err != nil || !bytes.Contains(stack, []byte("run_test.go")) {
		t.Errorf("stack: got %s, %v; want the line that panicked", stack, err)
	}
}

func TestPanicOfTheReader(t *testing.T) {
	var reports []string
	p := plan(func(yield func(models.Document, error) bool) {
		yield(models.Document{ID: "a"}, nil)
		panic("reader")
	}, &reports)
	sum, err := run.Run(t.Context(), p, io.Discard)
	if err != nil || sum.Tagged != 1 || sum.Panicked != 1 {
		t.Errorf("got %+v, %v; want one record and one panic", sum, err)
	}
	if diff := cmp.Diff(reports, []string{"internal error while reading: reader"}); diff != "" {
		t.Errorf("reports (-got +want):\n%s", diff)
	}
}

// endless yields articles until it is stopped and counts them.
func endless(read *atomic.Int64) iter.Seq2[models.Document, error] {
	return func(yield func(models.Document, error) bool) {
		for yield(models.Document{ID: fmt.Sprint(read.Add(1))}, nil) {
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	var read atomic.Int64
	var reports []string
	p := plan(endless(&read), &reports)
	p.Workers = 2
	block := make(chan struct{})
	p.Tag = func(*models.Record, models.Document) { <-block }
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		time.Sleep(50 * time.Millisecond)
		cancel()
	}()
	if _, err := run.Run(ctx, p, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the run cancelled", err)
	}
	close(block)
	if got := read.Load(); got > 2*8+1 {
		t.Errorf("read %d articles while none was tagged", got)
	}
}

// TestCancelEndsWholeLines is C4: what was written is a prefix of the whole
// output and ends with a line.
func TestCancelEndsWholeLines(t *testing.T) {
	stop := errors.New("stop")
	for i := range 20 {
		var read atomic.Int64
		var reports []string
		ctx, cancel := context.WithCancelCause(t.Context())
		var out bytes.Buffer
		p := plan(endless(&read), &reports)
		p.Workers = 3
		go func() {
			time.Sleep(time.Duration(i) * 100 * time.Microsecond)
			cancel(stop)
		}()
		_, err := run.Run(ctx, p, &out)
		if !errors.Is(err, stop) {
			t.Fatalf("got %v, want the cause", err)
		}
		lines := strings.SplitAfter(out.String(), "\n")
		for n, line := range lines[:len(lines)-1] {
			if !strings.Contains(line, fmt.Sprintf(`"id":"%d"`, n+1)) {
				t.Fatalf("line %d is %s", n+1, line)
			}
		}
		if rest := lines[len(lines)-1]; rest != "" {
			t.Fatalf("output ends inside a line: %s", rest)
		}
	}
}

// TestCancelWhileReadingBlocks is B10: a reader that never returns does not
// keep the run.
func TestCancelWhileReadingBlocks(t *testing.T) {
	forever := make(chan struct{})
	defer close(forever)
	ctx, cancel := context.WithCancel(t.Context())
	var reports []string
	p := plan(func(yield func(models.Document, error) bool) {
		yield(models.Document{ID: "a"}, nil)
		<-forever
	}, &reports)
	out := &signalWriter{wrote: cancel}
	if _, err := run.Run(ctx, p, out); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the run cancelled", err)
	}
	if !strings.HasSuffix(out.buf.String(), "}\n") {
		t.Errorf("got %q, want the first record although the feed went silent", &out.buf)
	}
}

// A signalWriter tells when something was written.
type signalWriter struct {
	buf   bytes.Buffer
	wrote func()
}

func (w *signalWriter) Write(b []byte) (int, error) {
	defer w.wrote()
	return w.buf.Write(b)
}

// A fullWriter fails after a number of bytes, like a full disk.
type fullWriter struct{ room int }

var errFull = errors.New("no space left on device")

func (w *fullWriter) Write(b []byte) (int, error) {
	if len(b) > w.room {
		return w.room, errFull
	}
	w.room -= len(b)
	return len(b), nil
}

func TestC1WriteErrorEndsTheRun(t *testing.T) {
	for _, room := range []int{0, 1, 100_000} {
		t.Run(fmt.Sprint(room), func(t *testing.T) {
			var read atomic.Int64
			var reports []string
			_, err := run.Run(t.Context(), plan(endless(&read), &reports), &fullWriter{room})
			if _, ok := errors.AsType[*run.OutputError](err); !ok || !errors.Is(err, errFull) {
				t.Errorf("got %v, want an OutputError", err)
			}
		})
	}
}
