package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wiretag/gazetteer"
	"wiretag/gazetteer/interchange"

	"github.com/spf13/cobra"
)

func newExportCmd(e *env) *cobra.Command {
	f := &exchangeFlags{}
	cmd := &cobra.Command{
		Use:   "export FORMAT",
		Short: "Write a gazetteer in somebody else's format",
		Long: `Export writes a gazetteer, with the packs that it uses, on standard output or
with -o to a file. The format gate is several files: -o names a folder for
them. What the format cannot hold is counted on standard error.

Formats:` + exchangeHelp(),
		Example: `  wiretag export csv > world.csv
  wiretag export spacy -g gazetteer/ -o patterns.jsonl
  wiretag export gate -o lists/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), errors.New("name the format")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return export(cmd, e, f, args[0]) },
	}
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.gazetteers, "gazetteer", "g", []string{defaultPack}, "export this `PACK`; repeatable")
	fl.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which is replaced as a whole at the end")
	fl.StringVar(&f.opts.Lang, "lang", "en", "language that labels are marked with")
	fl.StringVar(&f.delimiter, "delimiter", ",", "character between the columns of csv")
	fl.StringVar(&f.opts.Separator, "separator", "\t", "text between the features of a GATE list")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "no summary on standard error")
	return cmd
}

func export(cmd *cobra.Command, e *env, f *exchangeFlags, format string) error {
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	opts, err := f.options()
	if err != nil {
		return usage(err)
	}
	if err := needYAML("export", f.gazetteers...); err != nil {
		return usage(err)
	}
	g, found, err := gazetteer.Load(f.gazetteers...)
	if err != nil {
		return usage(err)
	}
	if err := e.refuse(found.Errors(), "gazetteer refused", "nothing was written"); err != nil {
		return err
	}
	x, err := interchange.Write(format, g, opts)
	if err != nil {
		return usage(err)
	}
	if len(x.Files) > 1 && f.output == "" {
		return usage(fmt.Errorf("%s is several files: name a folder for them with -o", format))
	}
	if err := e.putFiles(f.output, x.Files); err != nil {
		return err
	}
	if len(x.Lost) > 0 && !f.quiet {
		var lost []string
		for _, l := range x.Lost {
			lost = append(lost, fmt.Sprintf("%d %s", l.N, l.What))
		}
		e.say("%s cannot hold: %s", format, strings.Join(lost, ", "))
	}
	return nil
}

// putFiles writes an export of one file, or of several into a folder.
func (e *env) putFiles(output string, files []interchange.File) error {
	if len(files) == 1 {
		return e.putOut(output, files[0].Text)
	}
	if err := os.MkdirAll(output, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := e.putOut(filepath.Join(output, f.Name), f.Text); err != nil {
			return err
		}
	}
	return nil
}
