//go:build unix

package cli_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wiretag/cmd/internal/cli"
)

// A feed is a standard input that goes silent after its lines. It sends itself
// the signal once everything it gave was read.
type feed struct {
	lines  io.Reader
	signal syscall.Signal
	silent chan struct{}
}

func (f *feed) Read(b []byte) (int, error) {
	if n, err := f.lines.Read(b); err == nil {
		return n, nil
	}
	if err := syscall.Kill(os.Getpid(), f.signal); err != nil {
		return 0, err
	}
	<-f.silent
	return 0, io.EOF
}

// TestSignal is C4: the run ends after whole lines, although its input blocks,
// and the file of -o is as it was.
func TestSignal(t *testing.T) {
	const lines = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"
	tests := []struct {
		name   string
		signal syscall.Signal
		output bool
		want   int
	}{
		{name: "interrupt", signal: syscall.SIGINT, want: 130},
		{name: "terminate", signal: syscall.SIGTERM, want: 143},
		{name: "interrupt with output", signal: syscall.SIGINT, output: true, want: 130},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			pack, out := filepath.Join(dir, "pack.yaml"), filepath.Join(dir, "out.jsonl")
			for name, content := range map[string]string{pack: "version: 1\nname: mini\n", out: "old"} {
				if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			args := []string{"tag", "-g", pack}
			if tt.output {
				args = append(args, "-o", out)
			}
			stdin := &feed{strings.NewReader(lines), tt.signal, make(chan struct{})}
			defer close(stdin.silent)
			var stdout, stderr bytes.Buffer
			if got := cli.Main(t.Context(), args, stdin, &stdout, &stderr); got != tt.want {
				t.Errorf("got exit code %d, want %d; %s", got, tt.want, &stderr)
			}
			if s := stdout.String(); s != "" && !strings.HasSuffix(s, "}\n") {
				t.Errorf("output ends inside a line: %s", s)
			}
			if got, err := os.ReadFile(out); string(got) != "old" || err != nil {
				t.Errorf("output file: got %q, %v; want it as it was", got, err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
