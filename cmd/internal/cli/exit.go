package cli

import (
	"errors"
	"os"
	"syscall"

	"wiretag/cmd/internal/run"
)

// The exit codes. A signal exits with exitSignal and its number: 130 for an
// interrupt, 143 for a request to end.
const (
	exitDone     = 0
	exitFindings = 1  // done, and something was found or skipped: each is on standard error
	exitUsage    = 2  // a wrong flag, path or gazetteer; nothing was written
	exitOutput   = 3  // the output failed; the old file is untouched
	exitInternal = 70 // a bug: a panic was recovered
	exitSignal   = 128
)

// errFindings and errInternal end a command whose findings or panics were
// told as they came up.
var (
	errFindings = errors.New("finished with findings")
	errInternal = errors.New("finished with internal errors")
)

// A usageError is a command line that cannot be carried out. It is answered
// with a pointer to the command's help.
type usageError struct {
	command string // "wiretag tag"
	err     error
}

func (e *usageError) Error() string { return e.err.Error() }

func (e *usageError) Unwrap() error { return e.err }

// A signalError is the cause of a run that was ended by a signal.
type signalError struct{ signal os.Signal }

func (e *signalError) Error() string { return "stopped: " + e.signal.String() }

// exitCode maps the error that ended a command to the exit code, and says
// whether the error is still to be told.
func exitCode(err error) (code int, tell bool) {
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return exitDone, false // whoever read the output has had enough
	}
	if se, ok := errors.AsType[*signalError](err); ok {
		return exitSignal + signalNumber(se.signal), true
	}
	if _, ok := errors.AsType[*run.OutputError](err); ok {
		return exitOutput, true
	}
	switch {
	case errors.Is(err, errFindings):
		return exitFindings, false
	case errors.Is(err, errInternal):
		return exitInternal, false
	}
	return exitUsage, true
}

// signalNumber returns the number that shells add to 128.
func signalNumber(s os.Signal) int {
	if n, ok := s.(syscall.Signal); ok {
		return int(n)
	}
	return 0
}
