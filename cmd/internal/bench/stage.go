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
	"strings"
	"time"

	"wiretag/tagger"
)

// What is measured is started by a stage: this program once more, small. A
// process begins with the peak memory of the one that started it, as the kernel
// counts, and this one holds a million names.
const (
	commandStage = "stage-command"
	openStage    = "stage-open"
)

// stageOf returns what an argument asks this program to be, or nil.
func stageOf(arg string) func([]byte) (any, error) {
	switch arg {
	case commandStage:
		return serveCommand
	case openStage:
		return serveOpen
	}
	return nil
}

// serve reads a request, does it and writes the answer.
func serve(stage func([]byte) (any, error), stdin io.Reader, stdout, stderr io.Writer) int {
	in, err := io.ReadAll(stdin)
	if err == nil {
		var out any
		if out, err = stage(in); err == nil {
			err = json.NewEncoder(stdout).Encode(out)
		}
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// A job is a command to measure.
type job struct {
	Args   []string
	Env    []string // beside those of this process
	Stdout string   // the file that takes standard output; "" is nowhere
	First  bool     // time the first line instead of keeping standard output
	Limit  time.Duration
}

// An outcome is what a job took.
type outcome struct {
	Seconds  float64 // from before the process is there until it has ended
	First    float64 // seconds until the first line had come
	PeakKB   int64   // of resident memory; 0 where the system does not tell
	Over     bool    // it was ended since its time was up
	Code     int
	Complain string // the end of its standard error
}

// measure runs a job in a stage. The error is for what could not be run, ended
// with another code than 0 or said why not on standard error.
func measure(ctx context.Context, j job) (outcome, error) {
	var out outcome
	if err := callStage(ctx, commandStage, j, &out); err != nil {
		return out, fmt.Errorf("%s: %w", j.Args[0], err)
	}
	if out.Code != 0 && !out.Over {
		return out, fmt.Errorf("%s: exit code %d: %s", strings.Join(j.Args, " "), out.Code, out.Complain)
	}
	return out, nil
}

// callStage starts this program as a stage.
func callStage(ctx context.Context, stage string, in, out any) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	request, err := json.Marshal(in)
	if err != nil {
		return err
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, self, stage)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(request), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if msg := strings.TrimSpace(stderr.String()); msg != "" {
			return errors.New(msg)
		}
		return err
	}
	return json.Unmarshal(stdout.Bytes(), out)
}

// serveCommand is the stage that runs a job.
func serveCommand(in []byte) (any, error) {
	var j job
	if err := json.Unmarshal(in, &j); err != nil {
		return nil, err
	}
	ctx := context.Background()
	if j.Limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, j.Limit)
		defer cancel()
	}
	var out outcome
	var complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, j.Args[0], j.Args[1:]...)
	cmd.Env, cmd.Stderr, cmd.WaitDelay = append(os.Environ(), j.Env...), &complaint, time.Second
	err := out.run(cmd, j)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		out.Over = true
	case errors.As(err, &exit):
		out.Code = exit.ExitCode()
	case err != nil:
		return nil, err
	}
	out.PeakKB = peakKB(cmd.ProcessState)
	out.Complain = strings.TrimSpace(complaint.String())
	const most = 600
	if len(out.Complain) > most {
		out.Complain = "… " + out.Complain[len(out.Complain)-most:]
	}
	return out, nil
}

// run starts the command, waits for it and takes the times.
func (out *outcome) run(cmd *exec.Cmd, j job) error {
	if j.First {
		return out.runToFirst(cmd)
	}
	if j.Stdout != "" {
		f, err := os.Create(j.Stdout)
		if err != nil {
			return err
		}
		defer f.Close()
		cmd.Stdout = f
	}
	start := time.Now()
	err := cmd.Run()
	out.Seconds = time.Since(start).Seconds()
	return err
}

func (out *outcome) runToFirst(cmd *exec.Cmd) error {
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	in := bufio.NewReader(pipe)
	for more := true; more && err == nil; {
		_, more, err = in.ReadLine()
	}
	out.First = time.Since(start).Seconds()
	if err == nil {
		_, err = io.Copy(io.Discard, in)
	}
	wait := cmd.Wait()
	out.Seconds = time.Since(start).Seconds()
	if err == io.EOF && wait == nil {
		err = errors.New("it wrote no line")
	}
	if wait != nil {
		return wait
	}
	return err
}

// An opening asks how long a compiled gazetteer takes to be opened.
type opening struct {
	Path  string
	Times int
}

// serveOpen is the stage that opens a file, again and again, and answers with
// the seconds of each time. The first one checks every byte of what may not
// have been read yet, as a first start does.
func serveOpen(in []byte) (any, error) {
	var o opening
	if err := json.Unmarshal(in, &o); err != nil {
		return nil, err
	}
	var seconds []float64
	for range o.Times {
		start := time.Now()
		if _, err := tagger.Open(o.Path, nil); err != nil {
			return nil, err
		}
		seconds = append(seconds, time.Since(start).Seconds())
	}
	return seconds, nil
}
