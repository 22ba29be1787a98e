package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// programs are the small programs by which libraries are measured. Each takes
// names, text, runs and a limit in seconds, and prints an answer.
//
//go:embed peers
var programs embed.FS

// An answer is the JSON line of a program.
type answer struct {
	Version string
	Load    float64 `json:"load_s"` // seconds to make of names what finds them
	Seconds []float64
	Matches int
}

// A peer is another matcher.
type peer struct {
	name    string
	install string
	// find returns the version, or why the peer is not there.
	find func(ctx context.Context, b *bench) (string, error)
	// args is the command, but for the four arguments of a program.
	args func(b *bench, names string) []string
	env  func(b *bench) []string
	// whole says that the peer is a tool that is timed as a process and prints
	// a match a line, if anyLine; else it is a program of ours.
	whole, anyLine bool

	version string // of the answer, once there is one
	over    string // the smallest dictionary that took it over the limit
}

// What the seconds of a peer hold.
const (
	wholeNote   = "from before the process is there until it has ended, the text as plain lines"
	programNote = "in memory: neither start, reading nor writing; its load time is under build"
)

// peers is every peer, floors first.
func peers() []*peer {
	return []*peer{
		{name: "wc -w", whole: true, install: "coreutils", find: findTool("wc", "--version"), args: func(b *bench, _ string) []string {
			return []string{"wc", "-w", b.path(plainFile)}
		}},
		{name: "rg -F", whole: true, anyLine: true, install: "apt-get install ripgrep", find: findTool("rg", "--version"), args: func(b *bench, names string) []string {
			return []string{"rg", "-j", "1", "-I", "-N", "-F", "-o", "-f", names, b.path(plainFile)}
		}},
		{name: "grep -F", whole: true, anyLine: true, install: "apt-get install grep", find: findTool("grep", "--version"), args: func(b *bench, names string) []string {
			return []string{"grep", "-h", "-F", "-o", "-f", names, b.path(plainFile)}
		}, env: func(*bench) []string { return []string{"LC_ALL=C"} }},
		{name: "aho-corasick", install: "cargo, from rustup.rs", find: buildRust, args: func(b *bench, _ string) []string {
			return []string{b.path("peers/rust/target/release/rust-peer")}
		}},
		pythonPeer("pyahocorasick", "ahocorasick"),
		pythonPeer("flashtext", "flashtext"),
		pythonPeer("spacy", "spacy"),
		{name: "wink-nlp", install: "npm install wink-nlp wink-eng-lite-web-model, then --node-modules FOLDER", find: findWink, args: func(b *bench, _ string) []string {
			return []string{"node", "--max-old-space-size=4096", b.path("peers/wink_peer.js")}
		}, env: nodePath},
		{name: "opennlp", install: "download opennlp-tools and slf4j-api, then --opennlp A.jar:B.jar", find: findOpenNLP, args: func(b *bench, _ string) []string {
			return []string{"java", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1", "-cp", b.openNLP, b.path("peers/OpenNLPPeer.java")}
		}},
	}
}

func peerNames() []string {
	var out []string
	for _, p := range peers() {
		out = append(out, p.key())
	}
	return out
}

// key is how a flag names a peer: its first word.
func (p *peer) key() string {
	key, _, _ := strings.Cut(p.name, " ")
	return key
}

// choosePeers reads the flag --peers.
func choosePeers(s string) ([]string, error) {
	known := peerNames()
	switch s {
	case "all":
		return known, nil
	case "none", "":
		return nil, nil
	}
	chosen := strings.Split(s, ",")
	for _, name := range chosen {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("unknown peer %q; known are all, none, %s", name, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}

// preparePeers finds the peers that are installed and builds what is to be
// built.
func (b *bench) preparePeers(ctx context.Context) ([]*peer, error) {
	if err := unpackPrograms(b.path("peers")); err != nil {
		return nil, err
	}
	var out []*peer
	for _, p := range peers() {
		if !slices.Contains(b.peers, p.key()) {
			continue
		}
		version, err := p.find(ctx, b)
		if err != nil {
			b.report.Missing = append(b.report.Missing, fmt.Sprintf("%s: not installed: %s (%s)", p.name, p.install, firstLine(err.Error())))
			continue
		}
		p.version = version
		out = append(out, p)
	}
	return out, nil
}

// unpackPrograms writes the programs to a folder.
func unpackPrograms(dir string) error {
	return fs.WalkDir(programs, "peers", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, strings.TrimPrefix(path, "peers"))
		if d.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, err := programs.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o666)
	})
}

// runPeer measures a peer with a dictionary. What it cannot do is in the row.
func (b *bench) runPeer(ctx context.Context, p *peer, d *dictionary) row {
	r := row{Tool: p.name, Names: d.text}
	switch {
	case p.over != "":
		r.Note = b.over() + " with " + p.over + " names"
	case p.whole:
		b.runTool(ctx, p, d, &r)
	default:
		b.runProgram(ctx, p, d, &r)
	}
	return r
}

// runTool measures a peer that is timed as a process.
func (b *bench) runTool(ctx context.Context, p *peer, d *dictionary, r *row) {
	var all []outcome
	out := b.path("peer-lines")
	for began := time.Now(); len(all) < b.runs && time.Since(began) < b.limit; {
		o, err := b.runJob(ctx, p, p.args(b, d.names), out)
		if err != nil {
			r.Note = "failed: " + firstLine(err.Error())
			return
		}
		if o.Over {
			break
		}
		all = append(all, o)
	}
	if len(all) == 0 {
		r.Note, p.over = b.over(), d.text
		return
	}
	r.setSpeed(b.bytes, secondsOf(all))
	r.PeakMB = peakMB(all)
	if p.anyLine {
		if lines, err := os.ReadFile(out); err == nil {
			r.Matches = bytes.Count(lines, []byte("\n"))
		}
	}
}

// runJob runs a peer once. Exit code 1 is that of a tool that found nothing.
func (b *bench) runJob(ctx context.Context, p *peer, args []string, stdout string) (outcome, error) {
	j := job{Args: args, Stdout: stdout, Limit: b.limit}
	if p.env != nil {
		j.Env = p.env(b)
	}
	var out outcome
	err := callStage(ctx, commandStage, j, &out)
	if err == nil && !out.Over && out.Code != 0 && !(p.whole && out.Code == 1 && out.Complain == "") {
		err = fmt.Errorf("exit code %d: %s", out.Code, lastLine(out.Complain))
	}
	return out, err
}

// runProgram runs a program of ours, which repeats by itself.
func (b *bench) runProgram(ctx context.Context, p *peer, d *dictionary, r *row) {
	args := append(p.args(b, d.names), d.names, b.path(plainFile), strconv.Itoa(b.runs), strconv.FormatFloat(b.limit.Seconds(), 'f', 0, 64))
	path := b.path("peer-answer")
	out, err := b.runJob(ctx, p, args, path)
	if err == nil && out.Over {
		r.Note, p.over = b.over(), d.text
		return
	}
	var a answer
	var data []byte
	if err == nil {
		data, err = os.ReadFile(path)
	}
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err == nil && len(a.Seconds) == 0 {
		err = errors.New("it answered without a time")
	}
	if err != nil {
		r.Note = "failed: " + firstLine(err.Error())
		return
	}
	if a.Version != "" {
		p.version = a.Version
	}
	r.setSpeed(b.bytes, a.Seconds)
	r.BuildSeconds, r.NamesPerSecond = a.Load, ratio(float64(d.n), a.Load)
	r.PeakMB, r.Matches = float64(out.PeakKB)*1024/1e6, a.Matches
}

func (b *bench) over() string {
	return "over " + strconv.FormatFloat(b.limit.Seconds(), 'f', -1, 64) + " s"
}

func (r *row) setSpeed(bytes int, seconds []float64) {
	r.Seconds = median(seconds)
	r.OneCore = rate(bytes, r.Seconds)
	r.TimedRuns = len(seconds)
}

// tellPeers adds the peers to the foot of the table.
func (b *bench) tellPeers(all []*peer) {
	for _, p := range all {
		args := p.args(b, b.path("NAMES.txt"))
		note := wholeNote
		if !p.whole {
			note = programNote
			args = append(args, b.path("NAMES.txt"), b.path(plainFile), strconv.Itoa(b.runs), strconv.FormatFloat(b.limit.Seconds(), 'f', 0, 64))
		}
		if p.env != nil {
			args = append(p.env(b), args...)
		}
		command := strings.ReplaceAll(strings.Join(args, " "), b.work+string(filepath.Separator), "")
		b.report.Tools = append(b.report.Tools, tool{Name: p.name, Version: p.version, Commands: []string{command}, Note: note})
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return s[strings.LastIndex(s, "\n")+1:]
}
