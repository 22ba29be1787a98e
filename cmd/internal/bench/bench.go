package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"wiretag/models"
	"wiretag/tagger"
)

// measureAll is the whole run.
func measureAll(ctx context.Context, cfg *config) error {
	b := &bench{config: cfg}
	if err := b.buildWiretag(ctx); err != nil {
		return err
	}
	all, err := b.prepare()
	if err != nil {
		return err
	}
	b.report.begin(b)
	if err := b.addRow(ctx, nil); err != nil {
		return err
	}
	peers, err := b.preparePeers(ctx)
	if err != nil {
		return err
	}
	for _, s := range cfg.sizes {
		if err := b.measureSize(ctx, s, all, peers); err != nil {
			return err
		}
	}
	if cfg.scaling {
		if err := b.measureScaling(ctx); err != nil {
			return err
		}
	}
	b.tellPeers(peers)
	return b.finish()
}

// prepare makes the names and writes the text; it returns the entities of the
// largest dictionary.
func (b *bench) prepare() ([]entity, error) {
	src, err := readSources(b.data)
	if err != nil {
		return nil, err
	}
	b.report.NamesFrom = "made up of syllables"
	if src.read > 0 {
		b.report.NamesFrom = fmt.Sprintf("%d lists of %s, then made up of their parts", src.read, filepath.Base(b.data))
	}
	most := b.sizes[len(b.sizes)-1]
	b.logf("%s names", most.text)
	all := newGenerator(src).take(most.n)
	b.corpus, err = readCorpus(b.config, prefix(all, b.sizes[0].n))
	if err != nil {
		return nil, err
	}
	b.bytes = textBytes(b.corpus.articles)
	if err := writeArticles(b.path(textFile), b.corpus.articles); err != nil {
		return nil, err
	}
	if err := writePlain(b.path(plainFile), b.corpus.articles); err != nil {
		return nil, err
	}
	return all, writeArticles(b.path(firstFile), b.corpus.articles[:1])
}

// addRow measures wiretag with a dictionary, or with the default pack.
func (b *bench) addRow(ctx context.Context, d *dictionary) error {
	name := "the default pack"
	if d != nil {
		name = d.text + " names"
	}
	b.logf("wiretag with %s", name)
	r, err := b.measureWiretag(ctx, d)
	if err != nil {
		return err
	}
	r.Times = 1
	b.report.Rows = append(b.report.Rows, *r)
	return nil
}

// measureSize measures all that there is with a dictionary of one size.
func (b *bench) measureSize(ctx context.Context, s size, all []entity, peers []*peer) error {
	d, err := b.writeDictionary(s, all)
	if err != nil {
		return err
	}
	if err := b.addRow(ctx, d); err != nil {
		return err
	}
	own := b.report.Rows[len(b.report.Rows)-1].OneCore
	if err := b.holdAgainstOracle(ctx, d); err != nil {
		return err
	}
	for _, p := range peers {
		b.logf("%s with %s names", p.name, s.text)
		r := b.runPeer(ctx, p, d)
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Times = ratio(own, r.OneCore)
		b.report.Rows = append(b.report.Rows, r)
	}
	return nil
}

// holdAgainstOracle compares what the engine finds in a sample with what the
// oracle does, with a plain pack of the same names.
func (b *bench) holdAgainstOracle(ctx context.Context, d *dictionary) error {
	sample := sampleOf(b.corpus.articles, b.sample)
	if len(sample) == 0 {
		return nil
	}
	b.logf("the oracle with %s names", d.text)
	dir, compiled := b.path("plain"), b.path("plain-"+d.text+".wtg")
	if err := writePack(dir, d.entities, style{plain: true}); err != nil {
		return err
	}
	if _, err := measure(ctx, job{Args: []string{b.wiretag, "compile", "-q", dir, "-o", compiled}}); err != nil {
		return err
	}
	tg, err := tagger.Open(compiled, &tagger.Options{Workers: 1})
	if err != nil && b.config.wiretag != "" { // another version than this module
		b.logf("the oracle is left out: %v", err)
		return nil
	}
	if err != nil {
		return err
	}
	o, t := newOracle(d.entities), newTally()
	for i := range sample {
		a := &sample[i]
		why := tg.Explain(models.Document{ID: a.ID, Title: a.Title, Text: a.Text}, "")
		t.account(o, a, &why)
	}
	b.report.Oracle = append(b.report.Oracle, oracleRow{d.text, t})
	const most = 10
	for _, line := range t.Unexplained[:min(most, len(t.Unexplained))] {
		b.logf("unexplained: %s", line)
	}
	b.disagreed = b.disagreed || len(t.Unexplained) > 0
	return nil
}

// finish writes what was found.
func (b *bench) finish() error {
	if _, err := fmt.Fprint(b.stdout, b.report.markdown()); err != nil {
		return err
	}
	if b.json != "" {
		out, err := json.MarshalIndent(&b.report, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(b.json, append(out, '\n'), 0o666); err != nil {
			return err
		}
	}
	if b.disagreed {
		return errOracle
	}
	return nil
}

// begin fills what is known before anything was measured.
func (r *report) begin(b *bench) {
	r.Machine = readMachine()
	r.TextBytes, r.Articles, r.TextFrom = b.bytes, len(b.corpus.articles), b.corpus.source
	r.Runs = b.runs
	r.Tools = append(r.Tools, tool{
		Name: "wiretag", Version: b.version,
		Commands: []string{
			"wiretag compile -q PACK -o NAMES.wtg",
			"GOMAXPROCS=1 wiretag tag -q --workers 1 -g NAMES.wtg text.jsonl > records.jsonl",
			"GOMAXPROCS=2 wiretag tag -q --workers 2 -g NAMES.wtg text.jsonl > records.jsonl",
			"wiretag tag -q -g NAMES.wtg first.jsonl | head -n 1",
		},
		Note: "from before the process is there until it has ended: start, JSON, full records with relevance, guards and topics, JSON",
	})
	r.Command = "go run ./cmd/internal/bench"
	for _, arg := range b.args {
		if arg == "" || strings.ContainsAny(arg, " \t\"'$\\`*?") {
			arg = strconv.Quote(arg)
		}
		r.Command += " " + arg
	}
}
