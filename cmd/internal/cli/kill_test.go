//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// kills is how often the loops below end a run by force.
const kills = 100

// A victim is a real program at work on a corpus that is large enough to be
// hit in the middle.
type victim struct {
	program string
	dir     string
	want    []byte        // what a run without faults writes
	took    time.Duration // and how long it takes
}

// newVictim builds the program and lets it run once.
func newVictim(t *testing.T) *victim {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: kills a real program 100 times, which takes half a minute; run without -short")
	}
	v := &victim{dir: t.TempDir()}
	v.program = filepath.Join(v.dir, "wiretag")
	if out, err := exec.Command("go", "build", "-o", v.program, "wiretag/cmd/wiretag").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	var feed bytes.Buffer
	for i := range 15_000 {
		fmt.Fprintf(&feed, "{\"id\":\"a%d\",\"text\":\"Zenith Labs and Acme Corp met on day %d.\"}\n", i, i)
		if i%1000 == 0 {
			feed.WriteString("{\"text\":0}\n")
		}
	}
	for name, content := range map[string]string{
		"feed.jsonl": feed.String(),
		"pack.yaml":  "version: 1\nname: mini\nentities:\n  - {name: Zenith Labs, type: ORG}\n  - {name: Acme Corp, type: ORG}\n",
	} {
		if err := os.WriteFile(filepath.Join(v.dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	v.took = time.Hour
	for range 3 { // the shortest: a machine that is busy now may not be later
		start := time.Now()
		if err := v.tag("-o", "want.jsonl").Run(); exitOf(err) != 1 {
			t.Fatal(err)
		}
		v.took = min(v.took, time.Since(start))
	}
	v.want = v.read(t, "want.jsonl")
	return v
}

// tag makes the command that tags the corpus.
func (v *victim) tag(args ...string) *exec.Cmd {
	cmd := exec.Command(v.program, append([]string{"tag", "-q", "-g", "pack.yaml", "feed.jsonl"}, args...)...)
	cmd.Dir = v.dir
	return cmd
}

func (v *victim) read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(v.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// hit starts a command, ends it at a random moment of its life and returns its
// exit code: -1 if the signal killed it.
func (v *victim) hit(t *testing.T, cmd *exec.Cmd, signal syscall.Signal) int {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(rand.N(v.took))
	if err := cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	return exitOf(cmd.Wait())
}

// exitOf returns the exit code of a command that was waited for.
func exitOf(err error) int {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return 0
	}
	return exit.ExitCode()
}

// TestC5KillLoop kills runs with a signal that no program can catch, until one
// gets through: each goes on from where the last was, and what the last leaves
// is what one run without a fault writes. Over and over, for 100 kills.
func TestC5KillLoop(t *testing.T) {
	v := newVictim(t)
	killed, resumed, finished := 0, 0, 0
	for killed < kills {
		for chain := 0; ; chain++ {
			if chain == 5 { // give it time to end
				if code := exitOf(v.tag("--resume", "-o", "out.jsonl").Run()); code != 1 {
					t.Fatalf("after %d kills: exit code %d", killed, code)
				}
				break
			}
			code := v.hit(t, v.tag("--resume", "-o", "out.jsonl"), syscall.SIGKILL)
			if code == 1 {
				break
			}
			killed++
			if code != -1 {
				t.Fatalf("after %d kills: exit code %d", killed, code)
			}
			if chain > 0 {
				resumed++
			}
			if _, err := os.Stat(filepath.Join(v.dir, "out.jsonl")); err == nil && !bytes.Equal(v.read(t, "out.jsonl"), v.want) {
				t.Fatalf("after %d kills: an output that is not whole", killed)
			}
		}
		finished++
		if !bytes.Equal(v.read(t, "out.jsonl"), v.want) {
			t.Fatalf("after %d kills: the resumed output is not that of a clean run", killed)
		}
		v.nothingLeft(t)
		if err := os.Remove(filepath.Join(v.dir, "out.jsonl")); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d of them of a run that had resumed; %d outputs, each that of a clean run", killed, resumed, finished)
}

// nothingLeft holds that no hidden file stayed.
func (v *victim) nothingLeft(t *testing.T) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(v.dir, ".*")); len(left) > 0 {
		t.Fatalf("left behind: %v", left)
	}
}

// TestC4SignalLoop ends runs by the signals that a program may answer: the
// output has whole lines only, the file of -o is as it was.
func TestC4SignalLoop(t *testing.T) {
	v := newVictim(t)
	old := []byte("old\n")
	if err := os.WriteFile(filepath.Join(v.dir, "out.jsonl"), old, 0o666); err != nil {
		t.Fatal(err)
	}
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	answered := 0
	for i := range kills {
		signal := signals[i%len(signals)]
		cmd := v.tag()
		toFile := i%2 == 0
		if toFile {
			cmd = v.tag("-o", "out.jsonl")
		}
		var stdout bytes.Buffer
		cmd.Stdout = &stdout
		switch code := v.hit(t, cmd, signal); code {
		case 1: // it was faster than the signal
			if toFile {
				if err := os.WriteFile(filepath.Join(v.dir, "out.jsonl"), old, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		case 128 + int(signal):
			answered++
			fallthrough
		case -1: // before the program was listening, or after
			if got := stdout.Bytes(); !bytes.HasPrefix(v.want, got) || len(got) > 0 && got[len(got)-1] != '\n' {
				t.Fatalf("%v: the output is no whole lines of a clean run's", signal)
			}
			got := v.read(t, "out.jsonl")
			if code == -1 && toFile && bytes.Equal(got, v.want) { // it was done, and listened no longer
				got = old
				if err := os.WriteFile(filepath.Join(v.dir, "out.jsonl"), old, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(got, old) {
				t.Fatalf("%v, exit code %d: the old file was touched", signal, code)
			}
		default:
			t.Fatalf("%v: exit code %d", signal, code)
		}
	}
	if answered == 0 {
		t.Error("no run was hit while it listened")
	}
	v.nothingLeft(t)
	t.Logf("%d signals, %d answered by a run at work", kills, answered)
}

// TestC1SmallDisk fills a real file system of 256 kB, makes it larger and
// resumes.
func TestC1SmallDisk(t *testing.T) {
	v := newVictim(t)
	const script = `set -e
mkdir disk
mount -t tmpfs -o size=256k tmpfs disk 2>/dev/null || exit 99
echo old >disk/out.jsonl
code() { set +e; "$@" 2>>messages; code=$?; set -e; }
code "$0" tag -q -g pack.yaml feed.jsonl -o disk/out.jsonl
test $code = 3; test "$(cat disk/out.jsonl)" = old; test "$(ls -A disk)" = out.jsonl
code "$0" tag -q -g pack.yaml feed.jsonl -o disk/out.jsonl --resume
test $code = 3; test "$(cat disk/out.jsonl)" = old
mount -o remount,size=64m disk
code "$0" tag -q -g pack.yaml feed.jsonl -o disk/out.jsonl --resume
test $code = 1; cmp disk/out.jsonl want.jsonl; test "$(ls -A disk)" = out.jsonl
grep -c 'write output: disk/out.jsonl: no space left on device' messages`
	unshare, err := exec.LookPath("unshare")
	if err != nil {
		t.Skip("skipped: a file system of its own needs unshare")
	}
	cmd := exec.Command(unshare, "-rm", "sh", "-c", script, v.program)
	cmd.Dir = v.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if code := exitOf(err); code == 99 || bytes.Contains(stderr.Bytes(), []byte("unshare")) {
		t.Skipf("skipped: this machine lets nobody mount a file system of its own: %s", &stderr)
	}
	if err != nil || string(out) != "2\n" {
		messages, _ := os.ReadFile(filepath.Join(v.dir, "messages"))
		t.Fatalf("%v: %s%s%s", err, out, &stderr, messages)
	}
}

// TestB10InterruptDuringOpen interrupts a run that waits for somebody to open
// the other end of a pipe.
func TestB10InterruptDuringOpen(t *testing.T) {
	v := newVictim(t)
	if err := syscall.Mkfifo(filepath.Join(v.dir, "pipe"), 0o666); err != nil {
		t.Skip("skipped: no named pipes here: ", err)
	}
	cmd := exec.Command(v.program, "tag", "-g", "pack.yaml", "pipe")
	cmd.Dir = v.dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(v.took) // by then it waits
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := exitOf(cmd.Wait()); code != 130 {
		t.Errorf("got exit code %d, want 130", code)
	}
}
