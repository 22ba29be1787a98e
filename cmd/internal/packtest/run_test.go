package packtest

import (
	"context"
	"strings"
	"testing"

	"wiretag/gazetteer"
)

// A panic in a worker must not end the process without a word: it comes out
// where Run was called, and says which case it was.
func TestPanicComesOut(t *testing.T) {
	defer func() {
		if v, ok := recover().(string); !ok || !strings.HasPrefix(v, "a.yaml:7:1: ") {
			t.Errorf("got %v, want a panic that names a.yaml:7:1", v)
		}
	}()
	r := &runner{} // without a tagger
	_, err := r.all(context.Background(), []Case{{Pos: gazetteer.Pos{File: "a.yaml", Line: 7, Col: 1}}}, 2)
	t.Errorf("came back with %v", err)
}
