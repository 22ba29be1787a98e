package cli

import (
	"errors"
	"fmt"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/diff"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/spf13/cobra"
)

// diffFlags are the flags of diff.
type diffFlags struct {
	reading  *tagFlags
	form     *choice
	limit    int
	failOver int
	scores   bool
	quiet    bool
}

func newDiffCmd(e *env) *cobra.Command {
	f := &diffFlags{reading: newTagFlags(), form: newChoice("text", "json", "markdown")}
	cmd := &cobra.Command{
		Use:   "diff OLD NEW [PATH…]",
		Short: "Say what an edit of a gazetteer changes on a corpus, and why",
		Long: `Diff tags every article with two gazetteers and tells the difference: which
mentions and topics are gained, lost and changed, entry by entry and article by
article, each with its reason.

OLD and NEW are packs: a folder, a YAML file, or "default". A PATH is what tag
reads. A mention is changed if the same words belong to another entity, or are
found by another kind of form; one whose entity NEW calls by another id
(formerly:) is not. Topics whose score alone moves are counted as shifted, and
listed if it moves by 0.1 or more.

With --fail-over N the exit code is 1 if more than N mentions and topics are
gained, lost or changed; shifts do not count. Without it a change is no failure.

Exit codes: 0 done; 1 more changes than --fail-over, or inputs were skipped; 2
wrong flag, path or gazetteer.`,
		Example: `  wiretag diff default gazetteer/ articles/
  git worktree add ../main main && wiretag diff ../main/pack pack news.jsonl
  wiretag diff --fail-over 100 --format markdown old/ new/ news.jsonl`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return &usageError{cmd.CommandPath(), errors.New("name two packs, the old and the new, and the articles")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runDiff(cmd, e, f, args) },
	}
	fl := cmd.Flags()
	fl.Var(f.form, "format", "format of the report")
	fl.IntVar(&f.limit, "limit", 5, "show `N` changes of an entry, and N articles; 0: all")
	fl.IntVar(&f.failOver, "fail-over", -1, "exit with 1 if there are more than `N` changes")
	fl.BoolVar(&f.scores, "scores", false, "list every topic whose score moves")
	f.reading.registerArticles(fl)
	fl.BoolVar(&f.reading.draft, "draft", false, "draft topics, too")
	fl.IntVar(&f.reading.workers, "workers", 0, "tag `N` articles at once (default: one per processor)")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "only errors on standard error")
	return cmd
}

func runDiff(cmd *cobra.Command, e *env, f *diffFlags, args []string) error {
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	if f.limit < 0 || f.failOver < -1 {
		return usage(fmt.Errorf("--limit and --fail-over take a number from 0"))
	}
	articles, err := e.articles(cmd, f.reading, args[2:])
	if err != nil {
		return err
	}
	old, err := e.diffSide(f, "OLD", args[0])
	now, err2 := e.diffSide(f, "NEW", args[1])
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	report := diff.NewReport(old, now, diff.Options{Limit: f.limit, Scores: f.scores})
	counts, err := compare(cmd, e, f, articles, diff.New(old, now), report)
	if err != nil {
		return err
	}
	report.Finish()
	text := report.JSON
	switch f.form.value {
	case "text":
		text = func() string { return visible(report.Text()) }
	case "markdown":
		text = func() string { return visible(report.Markdown()) }
	}
	if err := e.printOut(text()); err != nil {
		return err
	}
	return e.diffOutcome(f, counts, report)
}

// diffOutcome returns the error, if any, that a finished diff ends with.
func (e *env) diffOutcome(f *diffFlags, counts run.Counts, report *diff.Report) error {
	if f.failOver >= 0 && report.Total() > f.failOver {
		e.say("%s, more than --fail-over %d", encode.Count(report.Total(), "change"), f.failOver)
		return errFindings
	}
	return outcome(counts)
}

// compare reads the articles through both gazetteers.
func compare(cmd *cobra.Command, e *env, f *diffFlags, articles *corpus.Corpus, d *diff.Differ, report *diff.Report) (run.Counts, error) {
	return run.Each(cmd.Context(), run.Input{
		Articles: articles.Articles(), Report: e.report(f.quiet), Workers: f.reading.workers,
	}, run.Work[[]diff.Change]{
		New: func() func(*[]diff.Change, *models.Document) {
			work := d.Worker()
			return func(changes *[]diff.Change, doc *models.Document) { *changes = work((*changes)[:0], doc) }
		},
		Take: func(changes *[]diff.Change, doc *models.Document) error {
			report.Add(doc.ID, *changes)
			return nil
		},
	})
}

// diffSide makes one of the two taggers. What refuses its gazetteer is told
// with the side it is of.
func (e *env) diffSide(f *diffFlags, which, pack string) (diff.Side, error) {
	if err := needYAML("diff", pack); err != nil {
		return diff.Side{}, err
	}
	g, found, err := gazetteer.Load(pack)
	if err != nil {
		return diff.Side{}, err
	}
	if err := e.refuse(found.Errors(), which+" is refused", "nothing was tagged"); err != nil {
		return diff.Side{}, err
	}
	t, err := tagger.New(g, &tagger.Options{Workers: f.reading.workers, Tool: tool, Draft: f.reading.draft})
	return diff.Side{Gazetteer: g, Tagger: t}, err
}
