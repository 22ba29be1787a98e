package cli_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"wiretag/cmd/internal/cli"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts expect anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"wiretag": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../../testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exitcode": exitCode,
			"damage":   damage,
		},
	})
}

// exitCode runs a program and holds its exit code: exitcode 2 wiretag tag.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode code program [args…]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("got exit code %d, want %s", got, want)
	}
}

// damage copies a file and cuts it after so many bytes, or changes one of them:
// damage world.wtg cut.wtg 100; damage world.wtg flipped.wtg flip:8.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: damage from to N|flip:N")
	}
	data := []byte(ts.ReadFile(args[0]))
	where, flip := strings.CutPrefix(args[2], "flip:")
	at, err := strconv.Atoi(where)
	ts.Check(err)
	if flip {
		data[at] ^= 1
	} else {
		data = data[:at]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o666))
}
