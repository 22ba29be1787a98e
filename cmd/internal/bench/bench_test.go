package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMain lets the test program be the stage that commands are started by.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 {
		if stage := stageOf(os.Args[1]); stage != nil {
			os.Exit(serve(stage, os.Stdin, os.Stdout, os.Stderr))
		}
	}
	// The race detector would let every stage sleep a second at its end.
	if err := os.Setenv("GORACE", os.Getenv("GORACE")+" atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
	update := flag.Bool("update", false, "write the golden files anew")
	flag.Parse()
	if *update {
		if err := os.WriteFile(goldenTable, []byte(sampleReport().markdown()), 0o666); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []float64
		want float64
	}{
		{"none", nil, 0},
		{"one", []float64{3}, 3},
		{"odd", []float64{9, 1, 4}, 4},
		{"even", []float64{9, 1, 4, 2}, 3},
	} {
		before := append([]float64(nil), tt.in...)
		if got := median(tt.in); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if diff := cmp.Diff(before, append([]float64(nil), tt.in...)); diff != "" {
			t.Errorf("%s: the values were sorted in place:\n%s", tt.name, diff)
		}
	}
}

func TestRate(t *testing.T) {
	for _, tt := range []struct {
		bytes   int
		seconds float64
		want    float64
	}{{2_000_000, .5, 4}, {1, 0, 0}, {0, 1, 0}} {
		if got := rate(tt.bytes, tt.seconds); got != tt.want {
			t.Errorf("rate(%d, %v) = %v, want %v", tt.bytes, tt.seconds, got, tt.want)
		}
	}
}

const goldenTable = "testdata/table.golden"

func sampleReport() *report {
	return &report{
		Command: "go run ./cmd/internal/bench --sizes 1k", Machine: machine{CPU: "Abacus", Cores: 2, Go: "go1", OS: "x/y", Load: "0 1 2"},
		Runs: 5, TextBytes: 2_000_000, Articles: 7, TextFrom: "a.jsonl", NamesFrom: "made up",
		Rows: []row{
			{Tool: "wiretag", Names: "default", Seconds: .02, OneCore: 100, TwoWorkers: 190, Speedup: 1.9, Times: 1, OpenMS: 2.25, PeakMB: 90.4, FirstMS: 20, Matches: 12},
			{Tool: "wiretag", Names: "1k", Seconds: .04, OneCore: 50, TwoWorkers: 90, Speedup: 1.8, Times: 1, BuildSeconds: .5, NamesPerSecond: 2000, BytesPerAlias: 110.06, OpenMS: .5, PeakMB: 90, FirstMS: 21, Matches: 1234567},
			{Tool: "wiretag", Names: "2k", Seconds: .05, OneCore: 40, BuildSeconds: 1},
			{Tool: "a|b", Names: "1k", Note: "over 120 s"},
		},
		Missing: []string{"flashtext: not installed: pip install flashtext (No module)"},
		Oracle: []oracleRow{{"1k", &tally{
			Articles: 3, Bytes: 1_230_000, Mentions: 10, Finds: 20, Agreed: 8, Beyond: map[string]int{"short": 1, "acronym": 1},
			Stopped: map[string]int{"overlap": 11, "address": 1}, Unexplained: []string{"x"},
		}}},
		Lengths: []length{{Names: "1k", Times: 1, Bytes: 250_000, Seconds: .01, NSPerByte: 40, OneArticle: .02, OneNSPerByte: 80}},
		Tools:   []tool{{Name: "wiretag", Version: "0.1", Commands: []string{"wiretag tag"}, Note: "all"}},
	}
}

// TestTable holds the whole page. Run with -update to write it anew.
func TestTable(t *testing.T) {
	want, err := os.ReadFile(goldenTable)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), sampleReport().markdown()); diff != "" {
		t.Error(diff)
	}
}

// TestRun is the whole command at its smallest: it builds wiretag, and every
// mention is held against the oracle.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds wiretag")
	}
	work, out := filepath.Join(t.TempDir(), "work"), filepath.Join(t.TempDir(), "bench.json")
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{
		"--data", "", "--sizes", "100,300", "--generate", "60k", "--sample", "60k", "--runs", "1", "--peers", "none",
		"--scaling", "--work", work, "--json", out,
	}, &stdout, &stderr)
	if code != 0 {
		t.Fatalf("exit code %d:\n%s", code, &stderr)
	}
	for _, want := range []string{"\n| wiretag | default |", "\n| wiretag | 100 ", "\n| wiretag | 300 ", "unexplained 0.", "8×", "wiretag tag -q --workers 2"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %q in the page:\n%s", want, &stdout)
		}
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 3 || len(r.Oracle) != 2 || len(r.Lengths) != 4 {
		t.Fatalf("%d rows, %d of the oracle, %d lengths, want 3, 2, 4", len(r.Rows), len(r.Oracle), len(r.Lengths))
	}
	for _, w := range r.Rows[1:] {
		if w.OneCore <= 0 || w.TwoWorkers <= 0 || w.BuildSeconds <= 0 || w.OpenMS <= 0 || w.FirstMS <= 0 || w.BytesPerAlias <= 0 {
			t.Errorf("a figure is missing: %+v", w)
		}
		// Three sentences of four have a name, of some hundred bytes each.
		if w.Matches < 200 {
			t.Errorf("%d matches with %s names, want at least 200", w.Matches, w.Names)
		}
	}
	for _, o := range r.Oracle {
		if o.Tally.Agreed < 150 || o.Tally.Bytes < 60_000 {
			t.Errorf("the oracle agrees with %d mentions of %d bytes, want at least 150 of 60000", o.Tally.Agreed, o.Tally.Bytes)
		}
	}
	if entries, err := os.ReadDir(work); err != nil || len(entries) == 0 {
		t.Errorf("--work was not kept: %v", err)
	}
}

func TestRunRefuses(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.jsonl")
	if err := os.WriteFile(broken, []byte("{\"text\": 5}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"an unknown peer", []string{"--peers", "spicy"}, 2, `unknown peer "spicy"`},
		{"an argument", []string{"10k"}, 2, `unknown argument "10k"`},
		{"no run", []string{"--runs", "0"}, 2, "--runs 0: want at least 1"},
		{"a size", []string{"--generate", "4Q"}, 2, `--generate: "4Q" is no number`},
		{"no wiretag", []string{"--wiretag", "no-such-program"}, 3, "no-such-program"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), tt.args, &stdout, &stderr); code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			if !strings.Contains(stderr.String(), tt.want) {
				t.Errorf("no %q in:\n%s", tt.want, &stderr)
			}
		})
	}
	if _, err := readCorpus(&config{corpus: []string{broken}}, nil); err == nil || !strings.Contains(err.Error(), "article 1") {
		t.Errorf("a broken corpus: %v, want the number of its article", err)
	}
}
