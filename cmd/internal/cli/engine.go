package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/gazetteer/pack"
	"wiretag/tagger"
)

// newTagger makes the engine of the gazetteer that the flags name: of YAML, of
// a compiled file, or, where they name the default pack alone, of what is
// compiled into the program. Diagnostics are told on standard error: all that
// refuse the gazetteer, or the number of warnings.
func (e *env) newTagger(f *tagFlags) (*tagger.Tagger, error) {
	opts := f.engine()
	switch compiled, err := onlyCompiled(f.gazetteers); {
	case err != nil:
		return nil, err
	case compiled != "":
		return e.openCompiled(f, compiled)
	case slices.Equal(f.gazetteers, []string{defaultPack}):
		t, err := tagger.OpenBytes(pack.Compiled(), opts)
		if err != nil {
			return nil, fmt.Errorf("the embedded gazetteer: %w, or 'go generate ./gazetteer/pack'", err)
		}
		return t, nil
	}
	g, _, err := e.loadPacks(f.gazetteers, f.strict, f.quiet, "nothing was tagged")
	if err != nil {
		return nil, err
	}
	return tagger.New(g, opts)
}

// engine is what the flags tell the engine.
func (f *tagFlags) engine() *tagger.Options {
	return &tagger.Options{
		Workers: f.workers, Tool: tool, Draft: f.draft, OverlapAll: f.overlap.value == "all",
		Tokens: encode.Find(f.format.value).Tokens,
	}
}

// openCompiled opens a compiled gazetteer. The warnings of its YAML count as
// they do where that is read.
func (e *env) openCompiled(f *tagFlags, path string) (*tagger.Tagger, error) {
	t, err := tagger.Open(path, f.engine())
	switch {
	case err != nil:
		return nil, err
	case f.strict && t.Warnings() > 0:
		return nil, fmt.Errorf("gazetteer refused: %s was compiled from a gazetteer with %s, which 'wiretag lint' tells of its YAML; nothing was tagged",
			path, encode.Count(t.Warnings(), "warning"))
	case !f.quiet:
		e.tellWarnings(t.Warnings())
	}
	return t, nil
}

// loadPacks loads YAML. What refuses the gazetteer is told with what was not
// done; of warnings only their number, unless strict refuses them, too.
func (e *env) loadPacks(packs []string, strict, quiet bool, nothing string) (g *gazetteer.Gazetteer, warnings int, err error) {
	g, found, err := gazetteer.Load(packs...)
	if err != nil {
		return nil, 0, err
	}
	refused := found.Errors()
	if strict {
		refused = found
	}
	if err := e.refuse(refused, "gazetteer refused", nothing); err != nil {
		return nil, 0, err
	}
	if !quiet {
		e.tellWarnings(len(found))
	}
	return g, len(found), nil
}

func (e *env) tellWarnings(n int) {
	if n > 0 {
		e.say("the gazetteer has %s", encode.Count(n, "warning"))
	}
}

// onlyCompiled returns the compiled gazetteer among packs, or "". It stands
// alone.
func onlyCompiled(packs []string) (string, error) {
	for _, p := range packs {
		switch {
		case !isCompiled(p):
		case len(packs) > 1:
			return "", fmt.Errorf("%s is a compiled gazetteer, which stands alone: compile all that belongs to it together, wiretag compile PACK… -o FILE", p)
		default:
			return p, nil
		}
	}
	return "", nil
}

// needYAML refuses compiled gazetteers for what is done with YAML. what is the
// command.
func needYAML(what string, packs ...string) error {
	for _, p := range packs {
		if isCompiled(p) {
			return fmt.Errorf("%s needs the YAML that %s was compiled from: name its folder or file", what, p)
		}
	}
	return nil
}

// isCompiled says whether a pack is a compiled gazetteer, by its name or by its
// first bytes.
func isCompiled(pack string) bool {
	if strings.HasSuffix(pack, ".wtg") {
		return true
	}
	info, err := os.Stat(pack)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	file, err := os.Open(pack)
	if err != nil {
		return false
	}
	defer file.Close()
	var head [8]byte
	n, _ := io.ReadFull(file, head[:])
	return tagger.IsCompiled(head[:n])
}
