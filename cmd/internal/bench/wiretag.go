package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// openings is how often a compiled file is opened for the median.
const openings = 9

// A bench is a run of this program: what it measures, on what, with what it
// found so far.
type bench struct {
	*config
	corpus    *corpus
	bytes     int // of text
	wiretag   string
	version   string
	report    report
	disagreed bool
}

// path is the name of a file in the work folder.
func (b *bench) path(name string) string { return filepath.Join(b.work, name) }

const (
	textFile  = "text.jsonl"
	plainFile = "text.txt"
	firstFile = "first.jsonl"
)

// buildWiretag finds the program to measure, or builds it.
func (b *bench) buildWiretag(ctx context.Context) error {
	b.wiretag = b.config.wiretag
	if b.wiretag == "" {
		b.wiretag = b.path("wiretag")
		if runtime.GOOS == "windows" {
			b.wiretag += ".exe"
		}
		cmd := exec.CommandContext(ctx, "go", "build", "-o", b.wiretag, "wiretag/cmd/wiretag")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as the README builds it
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("cannot build wiretag; run this in the module's folder or give --wiretag: %w\n%s", err, out)
		}
	}
	out, err := exec.CommandContext(ctx, b.wiretag, "version").Output()
	if err != nil {
		return fmt.Errorf("%s version: %w", b.wiretag, err)
	}
	b.version = strings.Join(strings.Fields(string(out)), " ")
	return nil
}

// A dictionary is the names of one size on disk.
type dictionary struct {
	size
	entities []entity
	pack     string // the folder of YAML
	names    string // a name a line
	compiled string // empty for the pack in the program
}

func (b *bench) writeDictionary(s size, all []entity) (*dictionary, error) {
	d := &dictionary{
		size: s, entities: prefix(all, s.n), pack: b.path("pack-" + s.text),
		names: b.path("names-" + s.text + ".txt"), compiled: b.path(s.text + ".wtg"),
	}
	return d, errors.Join(writePack(d.pack, d.entities, style{}), writeNames(d.names, d.entities))
}

// measureWiretag fills the row of a dictionary; nil is the default pack.
func (b *bench) measureWiretag(ctx context.Context, d *dictionary) (*row, error) {
	r := &row{Tool: "wiretag", Names: "default"}
	var use []string
	if d != nil {
		r.Names = d.text
		use = []string{"-g", d.compiled}
		if err := b.compile(ctx, r, d); err != nil {
			return nil, err
		}
	}
	if err := b.measureOpen(ctx, r, d); err != nil {
		return nil, err
	}
	outputs := [2]string{b.path("one.jsonl"), b.path("two.jsonl")}
	var seconds [2]float64
	for i := range outputs {
		out, err := b.tag(ctx, i+1, textFile, outputs[i], use)
		if err != nil {
			return nil, err
		}
		seconds[i] = median(secondsOf(out))
		r.PeakMB = max(r.PeakMB, peakMB(out)) // of either, the larger
	}
	r.Seconds, r.OneCore, r.TwoWorkers = seconds[0], rate(b.bytes, seconds[0]), rate(b.bytes, seconds[1])
	r.Speedup = ratio(r.TwoWorkers, r.OneCore)
	if err := sameFiles(outputs[0], outputs[1]); err != nil {
		return nil, err
	}
	if err := b.measureFirst(ctx, r, use); err != nil {
		return nil, err
	}
	var err error
	r.Matches, err = countMentions(outputs[0])
	return r, err
}

func (b *bench) compile(ctx context.Context, r *row, d *dictionary) error {
	out, err := measure(ctx, job{Args: []string{b.wiretag, "compile", "-q", d.pack, "-o", d.compiled}})
	if err != nil {
		return err
	}
	info, err := os.Stat(d.compiled)
	if err != nil {
		return err
	}
	r.BuildSeconds, r.NamesPerSecond = out.Seconds, float64(d.n)/out.Seconds
	r.BuildPeakMB = float64(out.PeakKB) * 1024 / 1e6
	r.BytesPerAlias = float64(info.Size()) / float64(d.n)
	return nil
}

// measureOpen times tagger.Open in a process of its own. The default pack is
// written to a file first: it is opened the same way from there.
func (b *bench) measureOpen(ctx context.Context, r *row, d *dictionary) error {
	var path string
	if d != nil {
		path = d.compiled
	} else {
		path = b.path("default.wtg")
		if _, err := measure(ctx, job{Args: []string{b.wiretag, "compile", "-q", "default", "-o", path}}); err != nil {
			return err
		}
	}
	var seconds []float64
	if err := callStage(ctx, openStage, opening{path, openings}, &seconds); err != nil {
		if b.config.wiretag == "" {
			return err
		}
		b.logf("the open time is left out: %v", err) // --wiretag is another version than this module
	}
	r.OpenMS = 1000 * median(seconds)
	return nil
}

// tag runs the whole command on a file of articles, as often as was asked for.
func (b *bench) tag(ctx context.Context, workers int, in, stdout string, use []string) ([]outcome, error) {
	n := strconv.Itoa(workers)
	args := append([]string{b.wiretag, "tag", "-q", "--workers", n}, use...)
	var all []outcome
	for range b.runs {
		out, err := measure(ctx, job{
			Args: append(args, b.path(in)), Env: []string{"GOMAXPROCS=" + n}, Stdout: stdout,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, out)
	}
	return all, nil
}

// measureFirst times the first record of one article, from before the process
// is there.
func (b *bench) measureFirst(ctx context.Context, r *row, use []string) error {
	args := append([]string{b.wiretag, "tag", "-q"}, use...)
	var first []float64
	for range b.runs {
		out, err := measure(ctx, job{Args: append(args, b.path(firstFile)), First: true})
		if err != nil {
			return err
		}
		first = append(first, out.First)
	}
	r.FirstMS = 1000 * median(first)
	return nil
}

func secondsOf(all []outcome) []float64 {
	var out []float64
	for _, o := range all {
		out = append(out, o.Seconds)
	}
	return out
}

func peakMB(all []outcome) float64 {
	most := int64(0)
	for _, o := range all {
		most = max(most, o.PeakKB)
	}
	return float64(most) * 1024 / 1e6
}

// sameFiles holds that the number of workers changes no byte.
func sameFiles(one, two string) error {
	a, err := os.ReadFile(one)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(two)
	if err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return fmt.Errorf("%s and %s differ: one worker and two gave other records", one, two)
	}
	return nil
}

// countMentions adds up the mentions of a file of records.
func countMentions(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	n := 0
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var rec struct{ Entities []struct{ Count int } }
		err := dec.Decode(&rec)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
		for _, e := range rec.Entities {
			n += e.Count
		}
	}
}
