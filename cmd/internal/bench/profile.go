package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime/pprof"

	"github.com/google/pprof/profile"

	"wiretag/cmd/internal/cli"
)

// writeProfile tags the text with the default pack and with every dictionary in
// this process and writes where the time went: what the compiler reads as
// cmd/wiretag/default.pgo. Each is tagged as often as the config has runs.
func writeProfile(ctx context.Context, cfg *config) error {
	b := &bench{config: cfg}
	if err := b.buildWiretag(ctx); err != nil {
		return err
	}
	all, err := b.prepare()
	if err != nil {
		return err
	}
	packs := []string{"default"}
	for _, s := range cfg.sizes {
		d, err := b.writeDictionary(s, all)
		if err != nil {
			return err
		}
		if err := b.compile(ctx, new(row), d); err != nil {
			return err
		}
		packs = append(packs, d.compiled)
	}
	var cpu bytes.Buffer
	if err := pprof.StartCPUProfile(&cpu); err != nil {
		return err
	}
	err = b.tagHere(ctx, packs)
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	return keepProfile(cfg.profile, &cpu)
}

// tagHere runs wiretag tag in this process.
func (b *bench) tagHere(ctx context.Context, packs []string) error {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer null.Close()
	for _, pack := range packs {
		b.logf("a profile with %s", pack)
		for range b.runs {
			if code := cli.Main(ctx, []string{"tag", "-q", "-g", pack, b.path(textFile)}, os.Stdin, null, b.logs); code != 0 {
				return fmt.Errorf("wiretag tag -g %s ended with %d", pack, code)
			}
		}
	}
	return nil
}

// keepProfile writes a profile without what only this machine has, its paths
// and the time: the compiler goes by functions and their lines.
func keepProfile(path string, cpu *bytes.Buffer) error {
	p, err := profile.Parse(cpu)
	if err != nil {
		return err
	}
	p.TimeNanos = 0
	for _, m := range p.Mapping {
		m.File, m.BuildID = "", ""
	}
	for _, f := range p.Function {
		f.Filename = ""
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := p.Compact().Write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
