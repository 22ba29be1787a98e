package cli

import (
	"errors"
	"fmt"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/gazetteer"

	"github.com/spf13/cobra"
)

func newTagCmd(e *env) *cobra.Command {
	f := newTagFlags()
	cmd := &cobra.Command{
		Use:   "tag [PATH…]",
		Short: "Tag articles: one record per article on standard output",
		Long: `Tag reads articles and writes one record per article, in the order of the
input.

A PATH is a file, a folder or - for standard input, which is also read if there
is no PATH. Of folders and archives the files with a known ending are read, in
folders sorted by name; hidden ones are not. --include and --exclude choose
others: a glob with a slash is held against the path in the folder, another
against the name.

Inputs:
  text      .txt .text            the whole file is one article
  markdown  .md .markdown         one article; title, date and id from lines
                                  "key: value" between two lines of ---
  html      .html .htm .xhtml     one article: the main text of the page
  jsonl     .jsonl .ndjson        an object a line: text, and id, title, date
  json      .json                 a list of objects, or one after another
  csv, tsv  .csv .tsv .tab        an article a record; the first line names them
  eml       .eml                  one article: a mail
  mbox      .mbox                 an article a mail
Each may be packed with gzip, zstd or bzip2, or lie in a tar or zip archive.
Text is UTF-8 unless --encoding names another; nothing is guessed.

Formats:` + formatHelp() + `

With --resume, a run that ends early keeps what it wrote in hidden files beside
FILE (.FILE.part and .FILE.part.log). The same command goes on from there, with
no article lost or written twice, even after a power cut or a change of the
input; FILE appears when all is done. --rejects keeps every input that gave no
record as a JSON line: path, line, column, byte, class, error, raw.

Exit codes: 0 done; 1 done, but inputs were skipped; 2 wrong flag, path or
gazetteer, nothing written; 3 output failed, the old file untouched; 70 internal
error; 129, 130 or 143 ended by a signal.`,
		Example: `  wiretag tag article.txt
  wiretag tag -o records.jsonl articles/
  wiretag tag --resume -o records.jsonl --rejects rejects.jsonl archive/
  wiretag tag -g gazetteer/ --date 2023-11 articles/
  zcat news.jsonl.gz | wiretag tag --offsets utf16 > records.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error { return tag(cmd, e, f, args) },
	}
	f.register(cmd.Flags())
	return cmd
}

// tag is the command: look at everything the user named, load the gazetteer,
// open the output, run.
func tag(cmd *cobra.Command, e *env, f *tagFlags, paths []string) error {
	if err := e.checkFormat(f, cmd.Flags()); err != nil {
		return &usageError{cmd.CommandPath(), err}
	}
	articles, err := e.articles(cmd, f, paths)
	if err != nil {
		return err
	}
	t, err := e.newTagger(f)
	if err != nil {
		return err
	}
	plan := run.Plan{
		Input:   run.Input{Articles: articles.Articles(), Report: e.report(f.quiet), Workers: f.workers},
		Tag:     t.TagInto,
		Encoder: f.encoder(t.Topics(), t.Types()),
	}
	files, err := e.files(cmd, f, &plan)
	if err != nil {
		return err
	}
	files.Settings = settings(cmd.Flags(), t.Gazetteer().Hash)
	files.Reopen = e.reopen(cmd, f, paths)
	stop := e.showProgress(f, articles.Progress)
	sum, err := files.Run(cmd.Context(), plan)
	stop()
	if err != nil {
		return err
	}
	if !f.quiet {
		e.say("%s", summaryLine(sum, articles.Passed()))
	}
	return outcome(run.Counts{Skipped: sum.Skipped, Panicked: sum.Panicked})
}

// articles looks at the paths that the user named, or at standard input.
func (e *env) articles(cmd *cobra.Command, f *tagFlags, paths []string) (*corpus.Corpus, error) {
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	if f.workers < 0 || f.workers > maxWorkers {
		return nil, usage(fmt.Errorf("--workers is %d; it must be between 1 and %d, or 0 for one per processor", f.workers, maxWorkers))
	}
	if len(paths) == 0 && f.filesFrom == "" {
		if isTerminal(e.stdin) {
			fmt.Fprint(e.stderr, cmd.UsageString())
			return nil, usage(errors.New("name a file or folder, or - to type the article"))
		}
		paths = []string{corpus.Stdin}
	}
	articles, err := corpus.Open(paths, e.reading(f))
	if err != nil {
		return nil, usage(err)
	}
	return articles, nil
}

// outcome returns the error, if any, that a finished run ends with.
func outcome(counts run.Counts) error {
	switch {
	case counts.Panicked > 0:
		return errInternal
	case counts.Skipped > 0:
		return errFindings
	}
	return nil
}

// refuse tells the findings that a gazetteer is refused for, and returns the
// error that ends the command, which did nothing; nil if there are none.
func (e *env) refuse(found gazetteer.Diagnostics, what, nothing string) error {
	if len(found) == 0 {
		return nil
	}
	e.tellFindings(found)
	return fmt.Errorf("%s: %s; %s", what, encode.Count(len(found), "finding"), nothing)
}

// tellFindings prints findings on standard error, one a line.
func (e *env) tellFindings(found gazetteer.Diagnostics) {
	for _, d := range found {
		fmt.Fprintln(e.stderr, visible(d.String()))
	}
}

// report returns what tells of skipped inputs. Notes are not for the quiet.
func (e *env) report(quiet bool) func(error) {
	return func(err error) {
		if p, ok := errors.AsType[*corpus.Problem](err); ok && p.Note && quiet {
			return
		}
		e.say("%v", err)
	}
}
