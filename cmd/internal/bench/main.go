// Command bench measures wiretag as a process, beside other matchers on the
// same text and the same names, and prints one table.
//
//	go run ./cmd/internal/bench
//	go run ./cmd/internal/bench --sizes 1k,10k,100k,1M --scaling --json bench.json
//
// What the compiler goes by (cmd/wiretag/default.pgo), after a change of the hot path:
//
//	go run ./cmd/internal/bench --sizes 100k,1M --runs 12 --profile cmd/wiretag/default.pgo
//
// With every peer, of which each is optional:
//
//	python3 -m venv peers && peers/bin/pip install spacy flashtext pyahocorasick
//	npm install --prefix peers wink-nlp wink-eng-lite-web-model
//	go run ./cmd/internal/bench --python peers/bin/python --node-modules peers/node_modules \
//		--opennlp opennlp-tools.jar:slf4j-api.jar
//
// Names and texts come from a folder of data if there is one, else they are
// made up; both are the same at every run. A dictionary lies in every larger
// one. What wiretag finds in a sample is held against a naive matcher. Exit codes:
// 0 done; 1 the two disagree; 2 a wrong flag; 3 something could not be run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// config is what the flags say.
type config struct {
	sizes        []size
	data         string
	corpus       []string
	generate     int // bytes of text to make up where there is no corpus
	work         string
	wiretag      string
	runs         int
	sample       int // bytes of text to hold against the oracle
	peers        []string
	limit        time.Duration
	python       string
	nodeModules  string
	openNLP      string
	json         string
	scaling      bool
	profile      string
	args         []string // as they were given
	stdout, logs io.Writer
}

// A size is how many names a dictionary has, as the user wrote it.
type size struct {
	text string
	n    int
}

// errOracle ends a run in which wiretag and the oracle disagree.
var errOracle = errors.New("wiretag and the naive oracle disagree, see above")

func main() {
	if len(os.Args) == 2 {
		if stage := stageOf(os.Args[1]); stage != nil {
			os.Exit(serve(stage, os.Stdin, os.Stdout, os.Stderr))
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole command and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 2
	}
	cfg.stdout, cfg.logs = stdout, stderr
	do := measureAll
	if cfg.profile != "" {
		do = writeProfile
	}
	err = withWork(cfg, func() error { return do(ctx, cfg) })
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "bench:", err)
	if errors.Is(err, errOracle) {
		return 1
	}
	return 3
}

func parseFlags(args []string, stderr io.Writer) (*config, error) {
	cfg := &config{args: args}
	var sizes, corpus, peers, generate, sample string
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.StringVar(&sizes, "sizes", "", "`SIZES` of the dictionaries in names; 1k is 1000, 1M a million (default 10k,100k; with --scaling 1k,10k,100k,1M)")
	fs.StringVar(&cfg.data, "data", filepath.Join("..", "shared", "data"), "`FOLDER` with names/, words/ and corpora/; names and texts are made up where it is not there or empty")
	fs.StringVar(&corpus, "corpus", "", "JSONL `FILES` with id, title, text, separated by commas (default sotu, factbook and digitalgov of the data)")
	fs.StringVar(&generate, "generate", "4M", "`SIZE` in bytes of the text that is made up where there is no corpus")
	fs.StringVar(&cfg.work, "work", "", "`FOLDER` to work in, kept (default a temporary one, removed)")
	fs.StringVar(&cfg.wiretag, "wiretag", "", "`PATH` of the wiretag to measure (default built from this module)")
	fs.IntVar(&cfg.runs, "runs", 5, "medians are of `N` runs")
	fs.StringVar(&sample, "sample", "1M", "`SIZE` in bytes of text to hold against the oracle; 0 is none")
	fs.StringVar(&peers, "peers", "all", "`PEERS` to run beside: all, none or names with commas: "+strings.Join(peerNames(), ","))
	fs.DurationVar(&cfg.limit, "limit", 2*time.Minute, "`TIME` that a peer may take")
	fs.StringVar(&cfg.python, "python", "python3", "python `PROGRAM` of the Python peers")
	fs.StringVar(&cfg.nodeModules, "node-modules", "", "`FOLDER` node_modules with wink-nlp and wink-eng-lite-web-model")
	fs.StringVar(&cfg.openNLP, "opennlp", "", "class path `JARS` of OpenNLP: opennlp-tools and slf4j-api")
	fs.StringVar(&cfg.json, "json", "", "write all figures to `FILE`, too")
	fs.BoolVar(&cfg.scaling, "scaling", false, "also measure how the cost grows with names and with text")
	fs.StringVar(&cfg.profile, "profile", "", "measure nothing: tag here with the default pack and the dictionaries, and write `FILE` for the compiler, cmd/wiretag/default.pgo")
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("unknown argument %q; everything is a flag, see --help", fs.Arg(0))
	}
	switch {
	case sizes == "" && cfg.scaling:
		sizes = "1k,10k,100k,1M"
	case sizes == "":
		sizes = "10k,100k"
	}
	if corpus != "" {
		cfg.corpus = strings.Split(corpus, ",")
	}
	var err error
	if cfg.generate, err = parseCount(generate, 1); err != nil {
		return nil, fmt.Errorf("--generate: %w", err)
	}
	if cfg.sample, err = parseCount(sample, 0); err != nil {
		return nil, fmt.Errorf("--sample: %w", err)
	}
	if cfg.runs < 1 {
		return nil, fmt.Errorf("--runs %d: want at least 1", cfg.runs)
	}
	if cfg.peers, err = choosePeers(peers); err != nil {
		return nil, fmt.Errorf("--peers: %w", err)
	}
	cfg.sizes, err = parseSizes(sizes)
	return cfg, err
}

// parseSizes reads ascending numbers of names: "1k,10k,1M".
func parseSizes(s string) ([]size, error) {
	var out []size
	for text := range strings.SplitSeq(s, ",") {
		text = strings.TrimSpace(text)
		n, err := parseCount(text, 1)
		if err != nil {
			return nil, fmt.Errorf("--sizes: %w", err)
		}
		if len(out) > 0 && n <= out[len(out)-1].n {
			return nil, fmt.Errorf("--sizes: %s comes after %s; write them ascending, each once", text, out[len(out)-1].text)
		}
		out = append(out, size{text, n})
	}
	return out, nil
}

// parseCount reads a number with an optional k or M, thousands and millions.
func parseCount(s string, least int) (int, error) {
	digits, unit := s, 1
	switch {
	case strings.HasSuffix(s, "k"):
		digits, unit = s[:len(s)-1], 1_000
	case strings.HasSuffix(s, "M"):
		digits, unit = s[:len(s)-1], 1_000_000
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > 1_000_000_000/unit || n*unit < least {
		return 0, fmt.Errorf("%q is no number from %d to a billion; write 500, 10k or 1M", s, least)
	}
	return n * unit, nil
}

// withWork calls do with a folder to work in, absolute, since commands run in
// others.
func withWork(cfg *config, do func() error) error {
	if cfg.work == "" {
		dir, err := os.MkdirTemp("", "wiretag-bench-")
		if err != nil {
			return err
		}
		cfg.work = dir
		return errors.Join(do(), os.RemoveAll(dir))
	}
	dir, err := filepath.Abs(cfg.work)
	if err != nil {
		return err
	}
	cfg.work = dir
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return do()
}

// logf tells on stderr what is being done: a full run takes minutes.
func (c *config) logf(format string, args ...any) {
	fmt.Fprintf(c.logs, "bench: "+format+"\n", args...)
}
