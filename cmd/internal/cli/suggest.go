package cli

import (
	"fmt"
	"io"
	"slices"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/cmd/internal/suggest"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/spf13/cobra"
)

// suggestFlags are the flags of suggest.
type suggestFlags struct {
	*tagFlags
	minCount    int
	minArticles int
	limit       int
	ner         bool
	topic       string
	labels      string
}

func newSuggestCmd(e *env) *cobra.Command {
	f := &suggestFlags{tagFlags: newTagFlags()}
	cmd := &cobra.Command{
		Use:   "suggest [PATH…]",
		Short: "List names and terms that the gazetteer lacks, as YAML ready to paste",
		Long: `Suggest reads articles and lists the names in them that the gazetteer lacks:
most frequent first, with a type guessed from what stands around them, with
counts and sample lines as comments. The YAML lints clean; a name that would not
(an everyday word, a name that another entity has) stands in it as a comment
with the reason. A PATH is what tag reads.

A capital that says nothing, of the first word of a sentence or in a headline,
makes no name; such places count for names that are seen elsewhere. Names are
sorted by the root of count × articles.

With --terms TOPIC it lists instead the words and two-word phrases that set the
topic's articles apart from the others, as lines for a clue. Which articles have
the topic is in the file of --labels: JSON lines {"id": …, "topics": […]}, or
with "labels" for "topics".

Exit codes: 0 done; 1 done, but inputs were skipped; 2 wrong flag, path or
gazetteer; 3 output failed.`,
		Example: `  wiretag suggest articles/ > new.yaml
  wiretag suggest -g pack/ --min-articles 3 --limit 200 news.jsonl
  wiretag suggest --terms protest --labels gold.jsonl news.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error { return runSuggest(cmd, e, f, args) },
	}
	fl := cmd.Flags()
	f.registerPacks(fl)
	f.registerArticles(fl)
	fl.IntVar(&f.minCount, "min-count", 3, "leave out names and terms that stand in fewer than `N` places")
	fl.IntVar(&f.minArticles, "min-articles", 1, "leave out those that stand in fewer than `N` articles")
	fl.IntVar(&f.limit, "limit", 50, "list at most `N`; 0: all")
	fl.BoolVar(&f.ner, "ner", false, "ask prose's entity extraction, too, about the type of a name")
	fl.StringVar(&f.topic, "terms", "", "list terms for the topic with this `ID` instead of names")
	fl.StringVar(&f.labels, "labels", "", "`FILE` of JSON lines that says which articles have the topic")
	fl.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which is replaced as a whole at the end")
	fl.IntVar(&f.workers, "workers", 0, "read `N` articles at once (default: one per processor)")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "only errors on standard error")
	return cmd
}

// runSuggest is the command: look at everything the user named, read the
// articles, write.
func runSuggest(cmd *cobra.Command, e *env, f *suggestFlags, paths []string) error {
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	switch {
	case f.minCount < 0 || f.minArticles < 0 || f.limit < 0:
		return usage(fmt.Errorf("--min-count, --min-articles and --limit take a number from 0"))
	case (f.topic == "") != (f.labels == ""):
		return usage(fmt.Errorf("--terms TOPIC and --labels FILE go together: the labels say which articles have the topic"))
	case f.topic != "" && f.ner:
		return usage(fmt.Errorf("--ner is about names; --terms has none"))
	}
	articles, err := e.articles(cmd, f.tagFlags, paths)
	if err != nil {
		return err
	}
	if f.topic != "" {
		if err := needYAML("suggest --terms", f.gazetteers...); err != nil {
			return err
		}
		g, _, err := e.loadPacks(f.gazetteers, f.strict, f.quiet, "nothing was suggested")
		if err != nil {
			return err
		}
		t, err := tagger.New(g, f.engine())
		if err != nil {
			return err
		}
		return e.suggestTerms(cmd, f, g, t, articles)
	}
	t, err := e.newTagger(f.tagFlags)
	if err != nil {
		return err
	}
	return e.suggestNames(cmd, f, t, articles)
}

// suggestNames lists names.
func (e *env) suggestNames(cmd *cobra.Command, f *suggestFlags, t *tagger.Tagger, articles *corpus.Corpus) error {
	names := suggest.NewGatherer()
	counts, err := run.Each(cmd.Context(), f.input(e, articles), run.Work[suggest.Findings]{
		New: func() func(*suggest.Findings, *models.Document) { return suggest.NewReader(t).Read },
		Take: func(found *suggest.Findings, doc *models.Document) error {
			names.Add(found, doc)
			return nil
		},
	})
	if err != nil {
		return err
	}
	opts := suggest.Options{MinCount: f.minCount, MinArticles: f.minArticles, Limit: f.limit}
	if f.ner {
		opts.Recognize = tagger.NewRecognizer()
	}
	best, all := names.Suggestions(opts)
	head := suggest.Header{Packs: f.gazetteers, Articles: counts.Done, All: all, Limit: f.limit}
	return e.writeSuggestions(f, counts, suggest.Write(head, best, lintOver(f.gazetteers)))
}

// suggestTerms lists the terms of a topic.
func (e *env) suggestTerms(cmd *cobra.Command, f *suggestFlags, g *gazetteer.Gazetteer, t *tagger.Tagger, articles *corpus.Corpus) error {
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	topic, hint := suggest.FindTopic(g, f.topic)
	if topic == nil {
		return usage(fmt.Errorf("there is no topic %q in the gazetteer%s", f.topic, hint))
	}
	labels, err := suggest.ReadLabels(f.labels)
	if err != nil {
		return usage(err)
	}
	held, err := suggest.HeldTerms(g, topic)
	if err != nil {
		return err
	}
	terms, below, unlabelled := suggest.NewTerms(), suggest.Below(g, f.topic), 0
	counts, err := run.Each(cmd.Context(), f.input(e, articles), run.Work[map[string]int]{
		New: func() func(*map[string]int, *models.Document) { return suggest.NewTermReader(t).Read },
		Take: func(found *map[string]int, doc *models.Document) error {
			has, labelled := labels.Has(doc.ID, below)
			if !labelled {
				unlabelled++
				return nil
			}
			terms.Add(*found, has)
			return nil
		},
	})
	if err != nil {
		return err
	}
	if err := e.tellLabels(f, terms, labels.Unmet(), unlabelled); err != nil {
		return usage(err)
	}
	best := terms.Best(suggest.Options{MinCount: f.minCount, MinArticles: f.minArticles, Limit: f.limit})
	head := suggest.TermHeader{Packs: f.gazetteers, Topic: f.topic, Inside: terms.Inside, Outside: terms.Outside}
	return e.writeSuggestions(f, counts, suggest.WriteTerms(head, best, held, lintOver(f.gazetteers)))
}

// tellLabels says what of the labels and articles did not meet, and refuses
// what leaves nothing to compare.
func (e *env) tellLabels(f *suggestFlags, terms *suggest.Terms, unmet, unlabelled int) error {
	if !f.quiet && unmet > 0 {
		e.say("%s: %s without an article of that id", f.labels, encode.Count(unmet, "label"))
	}
	if !f.quiet && unlabelled > 0 {
		e.say("%s without a label; not counted", encode.Count(unlabelled, "article"))
	}
	if terms.Inside == 0 || terms.Outside == 0 {
		return fmt.Errorf("%s have the topic %q and %d have not: it takes some of both; do the ids of the labels name the articles?",
			encode.Count(terms.Inside, "labelled article"), f.topic, terms.Outside)
	}
	return nil
}

// input is the run's side of the flags.
func (f *suggestFlags) input(e *env, articles *corpus.Corpus) run.Input {
	return run.Input{Articles: articles.Articles(), Report: e.report(f.quiet), Workers: f.workers}
}

// writeSuggestions writes the whole output and returns how the command ends.
func (e *env) writeSuggestions(f *suggestFlags, counts run.Counts, text []byte) error {
	err := e.into(f.output, func(w io.Writer) error {
		if _, err := w.Write(text); err != nil {
			return &run.OutputError{Err: err}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return outcome(counts)
}

// lintOver returns what lint would say of a file that lies over the packs. What
// the file shows by itself comes first: only a file that is clean so far is
// checked together with all entities below it, which takes a second.
func lintOver(packs []string) suggest.Check {
	const name = "suggestions.yaml"
	if compiled, _ := onlyCompiled(packs); compiled != "" {
		packs = nil // what the file shows by itself is all there is
	}
	own := func(found gazetteer.Diagnostics) gazetteer.Diagnostics {
		return slices.DeleteFunc(found, func(d gazetteer.Diagnostic) bool { return d.Pos.File != name })
	}
	return func(src []byte) gazetteer.Diagnostics {
		g, found, err := gazetteer.LoadDraft(name, src, packs...)
		if err != nil {
			return nil // the packs were read a moment ago
		}
		if found = own(found); len(found) > 0 {
			return found
		}
		alone := *g
		alone.Topics, alone.Filters, alone.Entities = nil, nil, nil
		for _, e := range g.Entities {
			if e.Pos.File == name {
				alone.Entities = append(alone.Entities, e)
			}
		}
		if found = own(tagger.Check(&alone)); len(found) > 0 {
			return found
		}
		return own(tagger.Check(g))
	}
}
