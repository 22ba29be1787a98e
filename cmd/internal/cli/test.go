package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/packtest"
	"wiretag/gazetteer"

	"github.com/spf13/cobra"
)

// testFlags are the flags of test.
type testFlags struct {
	format  *choice
	only    []string
	all     bool
	verbose bool
}

func newTestCmd(e *env) *cobra.Command {
	f := &testFlags{format: newChoice("text", "json", "junit")}
	cmd := &cobra.Command{
		Use:   "test [PACK…]",
		Short: "Try a gazetteer against its examples and the tests beside it",
		Long: `Test tags every example and counter-example that stands in the files of a pack,
and the articles of the tests beside it, and compares what is found with what is
expected. Of what is not as expected it says why: which alias, guard, mask or
clue decided, and where that stands.

A PACK is a folder or file of YAML, or the word default for the one built in.
Each is tried by itself, with all that it uses. Without a PACK those of the
working folder are taken, else the one built in.

The tests of a folder are its files *_test.yaml, those of X.yaml are in
X_test.yaml beside it:

  version: 1
  tests:
    - name: optional
      title: the headline
      text: |
        The article.
      date: 2023-11-29
      entities: [zoom, {id: julien-jin, quote: Jin, count: 2, type: PERSON}]
      not_entities: [skype]
      topics: [corporate-espionage]
      not_topics: [us-china-tech]
      todo: true         # a known gap: told, and no failure

Exit codes: 0 all is as expected; 1 something is not; 2 wrong flag, path,
gazetteer or file of tests, nothing tried; 3 output failed.`,
		Example: `  wiretag test
  wiretag test -v mine/
  wiretag test --only zoom --only topic:mergers mine/
  wiretag test --all --format junit mine/ > report.xml`,
		RunE: func(cmd *cobra.Command, args []string) error { return test(cmd, e, f, e.packs(args)) },
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.all, "all", false, "try what stands in the packs below, too")
	fl.StringArrayVar(&f.only, "only", nil, "try only what is about this entity or topic, an `ID` or entity:ID or topic:ID; repeatable")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "list what is as expected, too")
	fl.Var(f.format, "format", "text for people, json for programs, junit for build servers")
	return cmd
}

// A trial is a pack that is to be tested.
type trial struct {
	pack      string
	gazetteer *gazetteer.Gazetteer
	tests     []*gazetteer.Test
}

// test is the command: load everything the user named, try, write.
func test(cmd *cobra.Command, e *env, f *testFlags, packs []string) error {
	trials, err := e.loadTrials(packs, f.all)
	if err != nil {
		return err
	}
	for _, id := range f.only {
		if !slices.ContainsFunc(trials, func(t trial) bool { return packtest.Knows(t.gazetteer, id) }) {
			return &usageError{cmd.CommandPath(), fmt.Errorf("--only %q: there is no such entity or topic in %s", id, strings.Join(packs, ", "))}
		}
	}
	reports, err := try(cmd.Context(), trials, packtest.Options{All: f.all, Only: f.only})
	if err != nil {
		return err
	}
	out, err := writeReports(reports, f)
	if err != nil {
		return err
	}
	if err := e.printOut(out); err != nil {
		return err
	}
	tried, failed := 0, 0
	for i := range reports {
		tried += len(reports[i].Results)
		failed += reports[i].Count(packtest.Failed)
	}
	stacked := func(t trial) bool { return len(t.gazetteer.Packs) > 1 }
	if tried == 0 && !f.all && slices.ContainsFunc(trials, stacked) {
		e.say("nothing was tried; --all tries what stands in the packs below, too")
	}
	if failed > 0 {
		return errFindings
	}
	return nil
}

// loadTrials loads every pack with its tests. What refuses one of them is told
// of all.
func (e *env) loadTrials(packs []string, all bool) ([]trial, error) {
	var trials []trial
	var found gazetteer.Diagnostics
	for _, pack := range packs {
		if err := needYAML("test", pack); err != nil {
			return nil, err
		}
		g, diags, err := gazetteer.Load(pack)
		if err != nil {
			return nil, err
		}
		tests, more, err := gazetteer.LoadTests(g, all)
		if err != nil {
			return nil, err
		}
		trials = append(trials, trial{pack, g, tests.All})
		found = append(append(found, diags...), more...)
	}
	found = found.Sort() // packs that use one another repeat what is wrong with it
	if err := e.refuse(found.Errors(), "gazetteer refused", "nothing was tried"); err != nil {
		return nil, err
	}
	if len(found) > 0 {
		e.say("the gazetteer has %s", encode.Count(len(found), "warning"))
	}
	return trials, nil
}

func try(ctx context.Context, trials []trial, opts packtest.Options) ([]packtest.Report, error) {
	var reports []packtest.Report
	for _, t := range trials {
		results, err := packtest.Run(ctx, t.gazetteer, t.tests, opts)
		if err != nil {
			return nil, err
		}
		reports = append(reports, packtest.Report{Pack: t.pack, Results: results})
	}
	return reports, nil
}

// writeReports writes the reports in the format that the flags name.
func writeReports(reports []packtest.Report, f *testFlags) (string, error) {
	var b []byte
	var err error
	switch f.format.value {
	case "json":
		b, err = packtest.AppendJSON(nil, reports)
	case "junit":
		b, err = packtest.AppendJUnit(nil, reports)
	default:
		for i := range reports {
			b = packtest.AppendText(b, &reports[i], f.verbose)
		}
		b = []byte(visible(string(b)))
	}
	return string(b), err
}
