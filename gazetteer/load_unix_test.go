//go:build unix

package gazetteer_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"wiretag/gazetteer"
)

// To open a pipe that nobody writes to would wait for ever.
func TestLoadPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, filepath.Dir(pipe)} {
		if _, _, err := gazetteer.Load(path); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("Load(%q): %v, want it refused", path, err)
		}
	}
}
