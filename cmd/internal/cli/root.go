package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"wiretag/cmd/internal/run"

	"github.com/spf13/cobra"
)

// An env is what a command has of the world around it.
type env struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// Main runs the command that args name and returns the exit code. It takes
// over the process's signals until it returns: the first interrupt ends the
// run after whole lines, the second ends the process.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	e := &env{stdin, stdout, stderr}
	defer func() {
		if v := recover(); v != nil {
			e.say("internal error: %v\n%s", v, debug.Stack())
			code = exitInternal
		}
	}()
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of Write instead
	ctx, stop := withSignals(ctx)
	defer stop()

	root := newRootCmd(e)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code, tell := exitCode(err)
	if tell {
		e.tell(err)
	}
	return code
}

// withSignals returns a context that the first signal cancels, with a
// signalError as its cause. From then on signals do again what they do by
// default: end the process.
func withSignals(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup wants the run to go on
		signal.Notify(signals, syscall.SIGHUP)
	}
	done := make(chan struct{})
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(&signalError{s})
		case <-done:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}

// tell prints the error that ended a command.
func (e *env) tell(err error) {
	e.say("%s", strings.TrimSpace(err.Error()))
	if ue, ok := errors.AsType[*usageError](err); ok {
		e.say("see '%s --help'", ue.command)
	}
}

// say prints one message to standard error. Nothing can be done if that fails.
func (e *env) say(format string, args ...any) {
	fmt.Fprintf(e.stderr, "wiretag: %s\n", visible(fmt.Sprintf(format, args...)))
}

// newRootCmd builds the whole command tree on e.
func newRootCmd(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "wiretag",
		Short: "Tag news text with the entities and topics of a gazetteer",
		Long: `wiretag reads news text and writes one JSON line per article: which known
people, organisations and places it names, exactly where, and which topics it
is about, with the words that prove each topic. What is known is a gazetteer: a
folder of YAML files. One is built in.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{cmd.CommandPath(), err}
	})
	root.AddCommand(
		newTagCmd(e), newExplainCmd(e), newLintCmd(e), newTestCmd(e), newDiffCmd(e), newEvalCmd(e), newAddCmd(e), newCompileCmd(e),
		newImportCmd(e), newExportCmd(e), newSchemaCmd(e), newSuggestCmd(e), newVersionCmd(e),
	)
	return root
}

// printOut writes a command's whole output.
func (e *env) printOut(text string) error {
	if _, err := io.WriteString(e.stdout, text); err != nil {
		return &run.OutputError{Err: err}
	}
	return nil
}

// noArgs is cobra.NoArgs with an error that tells what to do.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{cmd.CommandPath(), errors.New("takes no arguments")}
	}
	return nil
}
