package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/eval"
	"wiretag/cmd/internal/run"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/spf13/cobra"
)

// evalFlags are the flags of eval.
type evalFlags struct {
	*tagFlags
	report    *choice
	gold      *choice
	goldType  string
	texts     string
	mapping   string
	types     []string
	samples   int
	limit     int
	bootstrap int
	seed      uint64
	baseline  string
}

// maxBootstrap is far above what changes an interval.
const maxBootstrap = 1_000_000

func newEvalCmd(e *env) *cobra.Command {
	f := &evalFlags{
		tagFlags: newTagFlags(), report: newChoice("text", "json", "markdown", "html"), gold: newChoice(eval.Formats()...),
	}
	cmd := &cobra.Command{
		Use:   "eval GOLD…",
		Short: "Measure a gazetteer against articles that people have annotated",
		Long: `Eval tags articles of which people have written down the mentions and topics,
and compares: precision, recall and F1 of every type and topic, with intervals;
errors by the alias or clue that is guilty of them; what was missed and why; and
what topics would be under other thresholds.

GOLD is one of these, told by name or content:

  jsonl  a JSON object a line, or a list of them:
           {"id": "a", "title": …, "text": …, "topics": ["id"],
            "mentions": [{"field": "text", "start": 0, "end": 5, "type": "GPE",
                          "id": "china", "quote": "China"}]}
         field, id and quote may be left out; "spans": [[0, 5, "GPE"]] says the
         same in short. An article without "mentions" says nothing of them, and
         is not counted for them; so with "topics".
  conll  columns, a token first and its tag last (BIO, IOB1, BIOES); an article
         ends at a blank line, or begins at -DOCSTART-
  brat   .txt and .ann side by side; a folder is all that are in it
  spacy  JSON with spans, ents or entities, and cats, as tag --format spacy and
         Prodigy write it, or [text, {"entities": [[start, end, label]]}]

Articles without text take title and text from --texts, by id.

A mention is right if place and type are. "overlap" lets places differ that
share a character, one mention for one. "exact, any type" lets types differ.
Nested mentions and undecided spans are no mentions. Topics are compared with
all their ancestors, and leaves only.

--map names labels anew, on both sides: PERSON=PER,GPE+LOC+FAC=LOC,DATE= where
nothing behind the = leaves a label out. Without it gold of PER, LOC, ORG and
MISC is compared in these four; --map none compares labels as they are. Output
of a type that gold never has does not count unless --types names it.

Exit codes: 0 done; 2 wrong flag, path, gold or gazetteer; 3 output failed.`,
		Example: `  wiretag eval gold.jsonl
  wiretag eval -g pack/ --types LOC wikigold.conll
  wiretag eval --texts news.jsonl topics.jsonl
  wiretag eval --format json -o old.json gold/ && wiretag eval --baseline old.json gold/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{cmd.CommandPath(), errors.New("name a file or folder of gold, or - for standard input")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runEval(cmd, e, f, args) },
	}
	f.registerEval(cmd)
	return cmd
}

// registerEval declares the flags.
func (f *evalFlags) registerEval(cmd *cobra.Command) {
	fl := cmd.Flags()
	f.registerPacks(fl)
	fl.Var(f.gold, "gold-format", "what the gold is; auto goes by the file's name, then by its content")
	fl.Var(f.offsets, "offsets", "unit of start and end in gold of JSON")
	fl.StringVar(&f.goldType, "gold-type", "", "`TYPE` of the mentions of gold that say none")
	fl.StringVar(&f.texts, "texts", "", "take the texts of articles that have none from `FILE`, by id")
	fl.StringVar(&f.mapping, "map", "", "name types anew: `A=B,C+D=B,E=`; none: as they are")
	fl.StringSliceVar(&f.types, "types", nil, "count only these `TYPES`, after --map: PER,ORG")
	fl.Var(f.report, "format", "format of the report")
	fl.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which is replaced as a whole at the end")
	fl.StringVar(&f.baseline, "baseline", "", "say what moved since `OLD.json`, a report of --format json")
	fl.IntVar(&f.limit, "limit", 20, "show `N` aliases, clues and missed texts; 0: all (json has all)")
	fl.IntVar(&f.samples, "samples", 3, "show `N` places of each")
	fl.IntVar(&f.bootstrap, "bootstrap", 1000, "draw the articles `N` times for the intervals; 0: no intervals")
	fl.Uint64Var(&f.seed, "seed", 1, "`NUMBER` that the draws begin with")
	fl.BoolVar(&f.draft, "draft", false, "draft topics, too")
	fl.IntVar(&f.workers, "workers", 0, "tag `N` articles at once (default: one per processor)")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "only errors on standard error")
}

// check refuses flags that mean nothing.
func (f *evalFlags) check() error {
	switch {
	case f.limit < 0:
		return fmt.Errorf("--limit is %d; it must be a number from 0", f.limit)
	case f.samples < 0:
		return fmt.Errorf("--samples is %d; it must be a number from 0", f.samples)
	case f.bootstrap < 0 || f.bootstrap > maxBootstrap:
		return fmt.Errorf("--bootstrap is %d; it must be between 0 and %d", f.bootstrap, maxBootstrap)
	case f.workers < 0 || f.workers > maxWorkers:
		return fmt.Errorf("--workers is %d; it must be between 1 and %d, or 0 for one per processor", f.workers, maxWorkers)
	}
	return nil
}

// runEval is the command: read all that the user named, judge, write.
func runEval(cmd *cobra.Command, e *env, f *evalFlags, args []string) error {
	if err := f.check(); err != nil {
		return &usageError{cmd.CommandPath(), err}
	}
	old, err := f.readBaseline()
	if err != nil {
		return err
	}
	gold, err := e.readGold(f, args)
	if err != nil {
		return err
	}
	for _, file := range gold.Files {
		if f.output != "" && sameFile(file, f.output) {
			return &usageError{cmd.CommandPath(), fmt.Errorf("--output %s is gold; the report would replace it", f.output)}
		}
	}
	opts := eval.Options{Types: f.types, Draft: f.draft}
	if opts.Mapping, err = f.mappingOf(gold); err != nil {
		return &usageError{cmd.CommandPath(), fmt.Errorf("--map: %w", err)}
	}
	opts.MappedByGold = f.mapping == "" && opts.Mapping != nil
	report, counts, err := e.judge(cmd, f, gold, args, opts)
	if err != nil {
		return err
	}
	if old != nil {
		report.Compare(old)
	}
	err = e.into(f.output, func(w io.Writer) error {
		if _, err := io.WriteString(w, f.write(report)); err != nil {
			return &run.OutputError{Err: err}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return outcome(counts)
}

// readBaseline reads the report of --baseline; nil if there is none.
func (f *evalFlags) readBaseline() (*eval.Report, error) {
	if f.baseline == "" {
		return nil, nil
	}
	data, err := os.ReadFile(f.baseline)
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, fmt.Errorf("--baseline %s: %w", f.baseline, pe.Err)
	}
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	old, err := eval.ReadReport(f.baseline, data)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", err)
	}
	return old, nil
}

// mappingOf is the mapping that the flags or gold ask for.
func (f *evalFlags) mappingOf(gold *eval.Gold) (eval.Mapping, error) {
	switch f.mapping {
	case "":
		return eval.DefaultMapping(gold), nil
	case "none":
		return nil, nil
	}
	return eval.ParseMapping(f.mapping)
}

// readGold reads the gold that the user named.
func (e *env) readGold(f *evalFlags, paths []string) (*eval.Gold, error) {
	offsets, err := encode.ParseOffsets(f.offsets.value)
	if err != nil {
		panic("unreachable: " + err.Error())
	}
	opts := eval.ReadOptions{Format: f.gold.value, Offsets: offsets, Type: f.goldType, Stdin: e.stdin, TextsName: f.texts}
	if f.texts != "" {
		opts.Texts = func(want map[string]bool) (map[string]models.Document, error) { return e.texts(f, want) }
	}
	return eval.Read(paths, opts)
}

// texts reads the articles of --texts that are wanted. What cannot be read is
// an error here: it might be one of them.
func (e *env) texts(f *evalFlags, want map[string]bool) (map[string]models.Document, error) {
	articles, err := corpus.Open([]string{f.texts}, e.reading(f.tagFlags))
	if err != nil {
		return nil, fmt.Errorf("--texts: %w", err)
	}
	out := map[string]models.Document{}
	for doc, err := range articles.Articles() {
		if p, ok := errors.AsType[*corpus.Problem](err); ok && p.Note {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("--texts: %w", err)
		}
		if want[doc.ID] {
			out[strings.Clone(doc.ID)] = doc
		}
	}
	return out, nil
}

// judge compares all articles of gold.
func (e *env) judge(cmd *cobra.Command, f *evalFlags, gold *eval.Gold, files []string, opts eval.Options) (*eval.Report, run.Counts, error) {
	if err := needYAML("eval", f.gazetteers...); err != nil {
		return nil, run.Counts{}, err
	}
	g, _, err := e.loadPacks(f.gazetteers, false, f.quiet, "nothing was tagged")
	if err != nil {
		return nil, run.Counts{}, err
	}
	notes, err := opts.Check(gold, g)
	if err != nil {
		return nil, run.Counts{}, &usageError{cmd.CommandPath(), err}
	}
	t, err := tagger.New(g, &tagger.Options{Workers: f.workers, Tool: tool, Draft: f.draft})
	if err != nil {
		return nil, run.Counts{}, err
	}
	j := eval.NewJudge(gold, g, t, opts)
	report := eval.NewReport(gold, files, t.Gazetteer(), eval.ReportOptions{
		Tool: tool, Samples: f.samples, Resamples: f.bootstrap, Seed: f.seed, Options: opts,
	})
	report.Notes = append(report.Notes, notes...)
	counts, err := run.Each(cmd.Context(), run.Input{Articles: documents(gold), Report: e.report(f.quiet), Workers: f.workers},
		run.Work[*eval.Verdict]{
			New: func() func(**eval.Verdict, *models.Document) {
				return func(v **eval.Verdict, doc *models.Document) { *v = j.Judge(doc) }
			},
			Take: func(v **eval.Verdict, _ *models.Document) error {
				report.Add(*v)
				return nil
			},
		})
	if err != nil {
		return nil, counts, err
	}
	report.Finish(j)
	return report, counts, nil
}

// documents are the articles of gold.
func documents(gold *eval.Gold) iter.Seq2[models.Document, error] {
	return func(yield func(models.Document, error) bool) {
		for _, a := range gold.Articles {
			if !yield(a.Doc, nil) {
				return
			}
		}
	}
}

// write makes the report in the format of the flags.
func (f *evalFlags) write(r *eval.Report) string {
	switch f.report.value {
	case "json":
		return r.JSON()
	case "markdown":
		return visible(r.Markdown(f.limit))
	case "html":
		return r.HTML(f.limit)
	}
	return visible(r.Text(f.limit))
}
