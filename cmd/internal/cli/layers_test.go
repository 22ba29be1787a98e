package cli_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "wiretag"

// arrows lists, for every package, what it may import of this module. "..." is
// everything. A new package needs a line here.
var arrows = map[string][]string{
	"models":                   {},
	"gazetteer/pack":           {},
	"gazetteer/words/gen":      {},
	"gazetteer/words":          {},
	"gazetteer":                {"models", "gazetteer/pack", "gazetteer/words"},
	"gazetteer/interchange":    {"models", "gazetteer"},
	"tagger/internal/wtg":      {},
	"tagger/internal/segment":  {"models", "tagger/internal/wtg"},
	"tagger/internal/lexicon":  {"tagger/internal/segment", "tagger/internal/wtg"},
	"tagger/internal/resolve":  {"models", "gazetteer", "tagger/internal/segment", "tagger/internal/lexicon", "tagger/internal/wtg"},
	"tagger/internal/topic":    {"models", "gazetteer", "tagger/internal/segment", "tagger/internal/lexicon", "tagger/internal/resolve", "tagger/internal/wtg"},
	"tagger":                   {"models", "gazetteer", "tagger/internal/segment", "tagger/internal/lexicon", "tagger/internal/resolve", "tagger/internal/topic", "tagger/internal/wtg"},
	"cmd/internal/corpus":      {"models"},
	"cmd/internal/encode":      {"models"},
	"cmd/internal/diff":        {"models", "gazetteer", "tagger", "cmd/internal/encode"},
	"cmd/internal/eval":        {"models", "gazetteer", "tagger", "cmd/internal/corpus", "cmd/internal/encode"},
	"cmd/internal/edit":        {"gazetteer", "tagger"},
	"cmd/internal/suggest":     {"models", "gazetteer", "tagger", "cmd/internal/encode"},
	"cmd/internal/disk":        {},
	"cmd/internal/disk/faulty": {"cmd/internal/disk"},
	"cmd/internal/run":         {"models", "tagger", "cmd/internal/corpus", "cmd/internal/disk", "cmd/internal/encode"},
	"cmd/internal/packtest":    {"models", "gazetteer", "tagger", "cmd/internal/encode"},
	"cmd/internal/bench":       {"models", "tagger", "cmd/internal/cli"},
	"cmd/internal/cli":         {"..."},
	"cmd/wiretag":              {"cmd/internal/cli"},
}

// libraries lists, for every module outside, the packages that may import it.
var libraries = map[string][]string{
	"gopkg.in/yaml.v3":                       {"gazetteer"},
	"github.com/spf13/cobra":                 {"cmd/internal/cli"},
	"github.com/spf13/pflag":                 {"cmd/internal/cli"},
	"github.com/jdkato/prose/v2":             {"tagger/internal/segment"},
	"gopkg.in/neurosnap/sentences.v1":        {"tagger/internal/segment"},
	"github.com/go-json-experiment/json":     {"cmd/internal/corpus", "cmd/internal/encode", "cmd/internal/eval", "cmd/internal/run", "tagger/internal/segment"},
	"github.com/schollz/progressbar/v3":      {"cmd/internal/cli"},
	"github.com/parquet-go/parquet-go":       {"cmd/internal/encode"},
	"github.com/gofrs/flock":                 {"cmd/internal/disk"},
	"github.com/gertd/go-pluralize":          {"tagger/internal/lexicon"},
	"github.com/rogpeppe/go-internal":        {"cmd/internal/edit"},
	"golang.org/x/net/html":                  {"cmd/internal/corpus"},
	"golang.org/x/net/html/charset":          {"cmd/internal/corpus", "gazetteer/interchange"},
	"github.com/klauspost/compress":          {"cmd/internal/corpus"},
	"github.com/bmatcuk/doublestar/v4":       {"cmd/internal/corpus"},
	"github.com/yuin/goldmark":               {"cmd/internal/corpus"},
	"codeberg.org/readeck/go-readability/v2": {"cmd/internal/corpus"},
	"github.com/itlightning/dateparse":       {"cmd/internal/corpus"},
	"golang.org/x/net/publicsuffix":          {"tagger/internal/segment"},
	"golang.org/x/sys/unix":                  {"tagger/internal/wtg"},
	"github.com/google/pprof/profile":        {"cmd/internal/bench"},
	"golang.org/x/text":                      {"gazetteer", "tagger/internal/segment", "cmd/internal/bench", "cmd/internal/cli", "cmd/internal/corpus"},
}

// TestLayers holds the direction of imports. Tests may import what they like.
func TestLayers(t *testing.T) {
	imports := importsOf(t, filepath.Join("..", "..", ".."))
	for _, pkg := range slices.Sorted(maps.Keys(imports)) {
		allowed, known := arrows[pkg]
		if !known {
			t.Errorf("package %s is not in the table of arrows", pkg)
			continue
		}
		for _, imp := range imports[pkg] {
			if own, ok := strings.CutPrefix(imp, module+"/"); ok {
				if !slices.Contains(allowed, own) && !slices.Contains(allowed, "...") {
					t.Errorf("%s imports %s, against the table of arrows", pkg, own)
				}
			} else if !libraryAllowed(imp, pkg) {
				t.Errorf("%s imports %s, against the table of libraries", pkg, imp)
			}
		}
	}
}

// libraryAllowed says whether pkg may import imp, which is not of this module.
// A first element without a dot is the standard library's.
func libraryAllowed(imp, pkg string) bool {
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") {
		return true
	}
	for lib, users := range libraries {
		if (imp == lib || strings.HasPrefix(imp, lib+"/")) && slices.Contains(users, pkg) {
			return true
		}
	}
	return false
}

// importsOf reads the imports of every package below root, but not those of
// its tests.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != root && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		for _, spec := range f.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[pkg] = append(imports[pkg], imp)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(imports["cmd/wiretag"]) == 0 {
		t.Fatalf("%s is not the module's folder", root)
	}
	return imports
}
