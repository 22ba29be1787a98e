package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/tagger"

	"github.com/spf13/cobra"
)

// lintFlags are the flags of lint.
type lintFlags struct {
	format     *choice
	snippet    *choice
	list       bool
	errorsOnly bool
	quiet      bool
}

func newLintCmd(e *env) *cobra.Command {
	f := &lintFlags{format: newChoice("text", "json", "github"), snippet: newChoice("auto", "on", "off")}
	cmd := &cobra.Command{
		Use:   "lint [PACK…]",
		Short: "Find every problem of a gazetteer, with its place and what to do",
		Long: `Lint reads packs and prints every problem in them, sorted by place:

  file:line:col: message [check]

An error means that an entry cannot mean anything; tag refuses a gazetteer with
one. A warning means that it hardly does what was meant: a name that is an
everyday word, a rule that never holds. Each pack is read with the packs that it
uses; of those only errors are told.

A PACK is a folder, a YAML file, or the word "default" for the one built in.
Without one the packs of the working folder are taken. Columns count characters,
from 1.

Formats: text, with the line and a caret under the value on a terminal; json,
one object {findings, errors, warnings, files}; github, annotations of a
workflow.

Exit codes: 0 nothing found; 1 something found; 2 wrong flag or path.`,
		Example: `  wiretag lint gazetteer/
  wiretag lint --format github
  wiretag lint --list`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.list {
				return e.printOut(listChecks())
			}
			return lint(cmd, e, f, args)
		},
	}
	fl := cmd.Flags()
	fl.Var(f.format, "format", "format of the output")
	fl.Var(f.snippet, "snippet", "show the line that a finding is about; auto: on a terminal")
	fl.BoolVar(&f.list, "list", false, "list every check instead")
	fl.BoolVar(&f.errorsOnly, "errors-only", false, "leave warnings aside")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "no summary on standard error")
	return cmd
}

// listChecks is a table of every check.
func listChecks() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, c := range append(gazetteer.Checks(), tagger.Checks()...) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.Name, c.Severity, c.About)
	}
	w.Flush()
	return b.String()
}

func lint(cmd *cobra.Command, e *env, f *lintFlags, args []string) error {
	r := lintReport{texts: map[string][]byte{}, named: map[string]bool{}}
	for _, pack := range e.packs(args) {
		if err := r.read(pack); err != nil {
			return &usageError{cmd.CommandPath(), err}
		}
	}
	r.found = r.found.Sort()
	if f.errorsOnly {
		r.found = r.found.Errors()
	}
	if err := e.printOut(r.format(f, e.stdout)); err != nil {
		return err
	}
	if !f.quiet {
		e.say("%s", r.summary())
	}
	if len(r.found) > 0 {
		return errFindings
	}
	return nil
}

// A lintReport is what lint found in all packs.
type lintReport struct {
	found gazetteer.Diagnostics
	texts map[string][]byte // of the files, by name
	named map[string]bool   // the files of the packs that were named
}

// read lints one pack. Of the packs that it uses only errors count: they are
// what its references may hang on.
func (r *lintReport) read(pack string) error {
	if err := needYAML("lint", pack); err != nil {
		return err
	}
	g, found, err := gazetteer.Load(pack)
	if err != nil {
		return err
	}
	tests, more, err := gazetteer.LoadTests(g, false)
	if err != nil {
		return err
	}
	found = slices.Concat(found, more, tagger.Check(g))
	own := map[string]bool{}
	for _, p := range append(g.Packs, gazetteer.Pack{Asked: true, Files: tests.Files}) {
		for _, file := range p.Files {
			r.texts[file.Name] = file.Text
			if p.Asked {
				own[file.Name], r.named[file.Name] = true, true
			}
		}
	}
	for _, d := range found {
		if own[d.Pos.File] || d.Severity == gazetteer.Error {
			r.found = append(r.found, d)
		}
	}
	return nil
}

// format writes the report in the form that the flags name.
func (r *lintReport) format(f *lintFlags, stdout io.Writer) string {
	switch f.format.value {
	case "json":
		return encode.Findings(r.findings(), len(r.named))
	case "github":
		var b strings.Builder
		for _, d := range r.found {
			b.WriteString(annotation(d))
		}
		return b.String()
	}
	screen := isScreen(stdout)
	show := f.snippet.value == "on" || f.snippet.value == "auto" && screen
	paint := painter{on: screen && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	var b strings.Builder
	source := excerpts{texts: r.texts}
	for _, d := range r.found {
		b.WriteString(paint.finding(d) + "\n")
		if !show {
			continue
		}
		if line, ok := source.at(d.Pos); ok {
			b.WriteString(snippet(line, d.Pos.Col, paint))
		}
	}
	return b.String()
}

// findings are the findings as plain values.
func (r *lintReport) findings() []encode.Finding {
	out := make([]encode.Finding, len(r.found))
	for i, d := range r.found {
		out[i] = encode.Finding{
			File: d.Pos.File, Line: d.Pos.Line, Col: d.Pos.Col,
			Severity: d.Severity.String(), Check: d.Check, Message: d.Message,
		}
	}
	return out
}

func (r *lintReport) summary() string {
	if len(r.found) == 0 {
		return "nothing found in " + encode.Count(len(r.named), "file")
	}
	errors := len(r.found.Errors())
	return fmt.Sprintf("%s: %s, %s in %s", encode.Count(len(r.found), "finding"),
		encode.Count(errors, "error"), encode.Count(len(r.found)-errors, "warning"), encode.Count(len(r.named), "file"))
}

// annotation is a finding as GitHub's workflows read it: a command with
// properties, in which what would end them is escaped.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func annotation(d gazetteer.Diagnostic) string {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,col=%d,title=%s::%s\n", d.Severity,
		property.Replace(d.Pos.File), d.Pos.Line, d.Pos.Col, property.Replace(d.Check), data.Replace(visible(d.Message)))
}
