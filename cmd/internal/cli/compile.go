package cli

import (
	"errors"
	"io"
	"runtime/debug"

	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/tagger"

	"github.com/spf13/cobra"
)

// compileFlags are the flags of compile.
type compileFlags struct {
	output string
	strict bool
	quiet  bool
}

func newCompileCmd(e *env) *cobra.Command {
	f := &compileFlags{}
	cmd := &cobra.Command{
		Use:   "compile PACK…",
		Short: "Make one file of a gazetteer, which loads at once",
		Long: `Compile reads packs of YAML as -g does, several as layers, and writes one file
with all that tagging needs. -g takes it where it takes a pack: records are the
same, byte for byte, and the start takes milliseconds for a million names. It is
mapped into memory, so that processes share it.

The file is for the version of wiretag that wrote it; another one says so, and
of a file that was cut or changed each says that it is to be compiled again. FILE
is replaced as a whole: whoever has the old one open goes on with that.`,
		Example: `  wiretag compile gazetteer/ -o world.wtg
  wiretag compile default gazetteer/ -o both.wtg
  wiretag tag -g world.wtg articles/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{cmd.CommandPath(), errors.New("name the packs to compile; \"default\" is the one built in")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runCompile(cmd, e, f, args) },
	}
	fl := cmd.Flags()
	fl.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which is replaced as a whole; its name should end in .wtg")
	fl.BoolVar(&f.strict, "strict", false, "refuse a gazetteer with warnings")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "only errors on standard error")
	return cmd
}

// runCompile is the command: load, compile, write.
func runCompile(cmd *cobra.Command, e *env, f *compileFlags, packs []string) error {
	if f.output == "" {
		return &usageError{cmd.CommandPath(), errors.New("name the file to write with -o, for example -o world.wtg")}
	}
	if err := needYAML("compile", packs...); err != nil {
		return err
	}
	// Nothing waits for this process, and all of a gazetteer stays in use to the
	// end: half as much garbage is worth a quarter more time.
	debug.SetGCPercent(50)
	g, warnings, err := e.loadPacks(packs, f.strict, f.quiet, "nothing was written")
	if err != nil {
		return err
	}
	written := &counter{}
	err = e.into(f.output, func(w io.Writer) error {
		written.w = w
		return tagger.Compile(written, g, tagger.CompileOptions{Warnings: warnings})
	})
	if err != nil {
		return err
	}
	if !f.quiet {
		e.say("%s: %s with %s and %s, %d bytes", f.output, g.Name.Value, encode.Count(len(g.Entities), "entity"), encode.Count(len(g.Topics), "topic"), written.n)
	}
	return nil
}

// A counter counts what is written, and makes what fails an error of output.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	if err != nil {
		err = &run.OutputError{Err: err}
	}
	return n, err
}
