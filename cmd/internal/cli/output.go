package cli

import (
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/disk"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/models"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// files makes the files of a run of the flags, and refuses flags that do not
// go together.
func (e *env) files(cmd *cobra.Command, f *tagFlags, plan *run.Plan) (*run.Files, error) {
	files := &run.Files{
		Disk: disk.OS{}, Output: f.output, Stdout: e.stdout, Rejects: f.rejects, Resume: f.resume,
		Kept: func(inputs int) {
			if !f.quiet {
				e.say("going on after %s that the interrupted run wrote", encode.Count(inputs, "input"))
			}
		},
	}
	if files.Output == corpus.Stdin {
		files.Output = ""
	}
	usage := func(format string, args ...any) (*run.Files, error) {
		return nil, &usageError{cmd.CommandPath(), fmt.Errorf(format, args...)}
	}
	switch {
	case f.rejects == corpus.Stdin:
		return usage("--rejects needs a file; standard output is for the records")
	case f.rejects != "" && sameFile(f.rejects, files.Output):
		return usage("--rejects and --output are the same file, %s", f.rejects)
	case f.resume && files.Output == "":
		return usage("--resume needs an --output file: what went to standard output cannot be looked at again")
	case f.resume && plan.Encoder.Next != nil:
		return usage("--resume cannot go on with --format %s, whose end depends on all that comes before it; write jsonl", f.format.value)
	}
	return files, nil
}

// checkFormat refuses what does not go with the format of the output.
func (e *env) checkFormat(f *tagFlags, flags *pflag.FlagSet) error {
	format := encode.Find(f.format.value)
	for _, other := range encode.Formats() {
		for _, name := range other.Takes {
			if flags.Changed(name) && !slices.Contains(format.Takes, name) {
				return fmt.Errorf("--%s means nothing to --format %s, only to %s", name, format.Name, takers(name))
			}
		}
	}
	switch {
	case format.Unit != nil && f.offsets.given && f.offsets.value != format.Unit.String():
		return fmt.Errorf("--format %s counts in %s by its own definition; leave --offsets %s out", format.Name, format.Unit, f.offsets.value)
	case format.Binary && (f.output == "" || f.output == corpus.Stdin) && isTerminal(e.stdout):
		return fmt.Errorf("--format %s is not for a terminal; name a file with -o", format.Name)
	}
	return nil
}

// takers names the formats that heed a flag.
func takers(flag string) string {
	var names []string
	for _, f := range encode.Formats() {
		if slices.Contains(f.Takes, flag) {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// sameFile says whether two paths name one file, be it there or not.
func sameFile(a, b string) bool {
	ai, aerr := os.Stat(a)
	bi, berr := os.Stat(b)
	if aerr == nil && berr == nil {
		return os.SameFile(ai, bi)
	}
	return filepath.Clean(a) == filepath.Clean(b)
}

// settled are the flags that do not decide what is written, or that something
// else in the journal stands for.
func settled() []string {
	return []string{"gazetteer", "help", "output", "progress", "quiet", "resume", "strict", "workers"}
}

// settings are what decides the output of a run, sorted by name: the program,
// the gazetteer and the flags that are not at their defaults.
func settings(flags *pflag.FlagSet, gazetteer string) []run.Setting {
	all := []run.Setting{{Name: "gazetteer", Value: gazetteer}, {Name: "program", Value: tool}}
	flags.VisitAll(func(fl *pflag.Flag) {
		if v := fl.Value.String(); v != fl.DefValue && !slices.Contains(settled(), fl.Name) {
			all = append(all, run.Setting{Name: "--" + fl.Name, Value: v})
		}
	})
	return all
}

// reopen returns what opens the input again from its start. Standard input can
// be read again if it is a file.
func (e *env) reopen(cmd *cobra.Command, f *tagFlags, paths []string) func() (iter.Seq2[models.Document, error], error) {
	var start int64
	stdin, seeks := e.stdin.(io.Seeker)
	if seeks {
		var err error
		start, err = stdin.Seek(0, io.SeekCurrent)
		seeks = err == nil
	}
	return func() (iter.Seq2[models.Document, error], error) {
		if seeks {
			if _, err := stdin.Seek(start, io.SeekStart); err != nil {
				return nil, err
			}
		}
		articles, err := e.articles(cmd, f, paths)
		if err != nil {
			return nil, err
		}
		return articles.Articles(), nil
	}
}

// into lets do write to the file at path, which is replaced as a whole if do
// ends well, or to standard output.
func (e *env) into(path string, do func(io.Writer) error) error {
	if path == "" || path == corpus.Stdin {
		return do(e.stdout)
	}
	out, err := run.CreateOutput(path)
	if err != nil {
		return err
	}
	if err := do(out); err != nil {
		out.Abort()
		return err
	}
	return out.Commit()
}

// outputs describes the files that will be written, for the reader to leave
// alone.
func outputs(stdout io.Writer, paths ...string) []os.FileInfo {
	var infos []os.FileInfo
	if f, ok := stdout.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			infos = append(infos, info)
		}
	}
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			infos = append(infos, info)
		}
	}
	return infos
}

// isTerminal says whether a person sits at the other end. The null device is a
// character device, too, but nobody sits there.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
