package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestChoosePeers(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
		err  string
	}{
		{in: "all", want: []string{"wc", "rg", "grep", "aho-corasick", "pyahocorasick", "flashtext", "spacy", "wink-nlp", "opennlp"}},
		{in: "none"},
		{in: "rg,spacy", want: []string{"rg", "spacy"}},
		{in: "rg,", err: `unknown peer ""`},
	} {
		got, err := choosePeers(tt.in)
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%q: error %v, want %q", tt.in, err, tt.err)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", tt.in, err, diff)
		}
	}
}

// peerBench is a run with a text of three names.
func peerBench(t *testing.T) (*bench, *dictionary) {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh: ", err)
	}
	dir := t.TempDir()
	b := &bench{config: &config{work: dir, runs: 2, limit: time.Minute, logs: io.Discard}}
	b.corpus = &corpus{articles: []article{{Title: "Ada Vale", Text: "of Ada Vale\nand Ohio"}, {Text: "nobody"}}}
	b.bytes = textBytes(b.corpus.articles)
	d := &dictionary{size: size{"2", 2}, names: b.path("names.txt")}
	if err := writeNames(d.names, []entity{{Names: []string{"Ada Vale"}}, {Names: []string{"Ohio"}}}); err != nil {
		t.Fatal(err)
	}
	if err := writePlain(b.path(plainFile), b.corpus.articles); err != nil {
		t.Fatal(err)
	}
	return b, d
}

func TestRunPeer(t *testing.T) {
	b, d := peerBench(t)
	shell := func(script string) func(*bench, string) []string {
		return func(*bench, string) []string { return []string{"sh", "-c", script} }
	}
	for _, tt := range []struct {
		name    string
		peer    peer
		limit   time.Duration
		matches int
		note    string
		version string
	}{
		{name: "a tool", peer: peer{whole: true, anyLine: true, args: shell("echo Ada; echo Ohio")}, matches: 2},
		{name: "a tool that finds nothing", peer: peer{whole: true, anyLine: true, args: shell("exit 1")}},
		{name: "a tool that fails", peer: peer{whole: true, args: shell("echo no file >&2; exit 1")}, note: "failed: exit code 1: no file"},
		{name: "a tool over the limit", peer: peer{whole: true, args: shell("exec sleep 600")}, limit: 100 * time.Millisecond, note: "over 0.1 s"},
		{
			name:    "a program",
			peer:    peer{args: shell(`echo '{"version":"V 1","load_s":0.5,"seconds":[3,1,2],"matches":7}'`)},
			matches: 7, version: "V 1",
		},
		{name: "a program that fails", peer: peer{args: shell("echo trace >&2; echo no memory >&2; exit 3")}, note: "failed: exit code 3: no memory"},
		{name: "a program that says nothing", peer: peer{args: shell("echo '{}'")}, note: "failed: it answered without a time"},
		{name: "a program over the limit", peer: peer{args: shell("exec sleep 600")}, limit: 100 * time.Millisecond, note: "over 0.1 s"},
		{name: "no program", peer: peer{args: func(*bench, string) []string { return []string{"no-such-program"} }}, note: `failed: exec: "no-such-program"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b.limit = max(tt.limit, 0)
			if b.limit == 0 {
				b.limit = time.Minute
			}
			r := b.runPeer(t.Context(), &tt.peer, d)
			if !strings.HasPrefix(r.Note, tt.note) || (tt.note == "") != (r.Note == "") {
				t.Errorf("note %q, want %q", r.Note, tt.note)
			}
			if r.Matches != tt.matches || tt.peer.version != tt.version {
				t.Errorf("%d matches of %q, want %d of %q", r.Matches, tt.peer.version, tt.matches, tt.version)
			}
			if tt.note == "" && r.OneCore <= 0 {
				t.Error("no speed")
			}
			if tt.limit == 0 {
				return
			}
			if again := b.runPeer(t.Context(), &tt.peer, d); again.Note != "over 0.1 s with 2 names" {
				t.Errorf("asked again, it says %q", again.Note)
			}
		})
	}
}

// TestInstalledPeers runs those that are there and whose start is short.
func TestInstalledPeers(t *testing.T) {
	b, d := peerBench(t)
	b.python, b.peers = "python3", []string{"wc", "rg", "grep", "pyahocorasick", "flashtext"}
	found, err := b.preparePeers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(found)+len(b.report.Missing) != len(b.peers) {
		t.Errorf("%d found and %d missing of %d", len(found), len(b.report.Missing), len(b.peers))
	}
	for _, p := range found {
		want := 3
		if p.name == "wc -w" {
			want = 0 // it counts words, and is there for its speed
		}
		if r := b.runPeer(t.Context(), p, d); r.Matches != want || r.Note != "" {
			t.Errorf("%s: %d matches, note %q, want %d", p.name, r.Matches, r.Note, want)
		}
	}
	b.tellPeers(found)
	if len(b.report.Tools) != len(found) {
		t.Errorf("%d tools told, want %d", len(b.report.Tools), len(found))
	}
}

func TestMissingPeer(t *testing.T) {
	b := &bench{config: &config{work: t.TempDir(), python: "no-such-python", peers: []string{"spacy"}}}
	found, err := b.preparePeers(context.Background())
	if err != nil || len(found) > 0 {
		t.Fatalf("%d found, %v", len(found), err)
	}
	if len(b.report.Missing) != 1 || !strings.HasPrefix(b.report.Missing[0], "spacy: not installed: pip install spacy (") {
		t.Errorf("missing: %q", b.report.Missing)
	}
}

// TestPrograms holds that every program is unpacked.
func TestPrograms(t *testing.T) {
	dir := t.TempDir()
	if err := unpackPrograms(dir); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := fs.WalkDir(programs, "peers", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		_, err = os.Stat(filepath.Join(dir, strings.TrimPrefix(path, "peers")))
		return err
	})
	if err != nil || n < 6 {
		t.Errorf("%d programs, %v", n, err)
	}
}

func TestFirstLineIsTimed(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh: ", err)
	}
	for _, tt := range []struct{ name, script, err string }{
		{"a line", "echo one; echo two", ""},
		{"no line", "true", "it wrote no line"},
		{"a failure", "echo why >&2; exit 4", "exit code 4: why"},
	} {
		out, err := measure(t.Context(), job{Args: []string{"sh", "-c", tt.script}, First: true})
		if tt.err != "" {
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%s: error %v, want %q", tt.name, err, tt.err)
			}
			continue
		}
		if err != nil || out.First <= 0 || out.First > out.Seconds {
			t.Errorf("%s: %+v, %v", tt.name, out, err)
		}
	}
}
