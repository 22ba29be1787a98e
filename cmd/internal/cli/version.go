package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// Version is the version of the program.
const Version = "0.1.0"

// tool is how records name the program.
const tool = "wiretag " + Version

// defaultPack names the embedded pack wherever a pack stands.
const defaultPack = "default"

func newVersionCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of wiretag, Go and the embedded gazetteer",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			f := newTagFlags()
			f.gazetteers = []string{defaultPack}
			t, err := e.newTagger(f)
			if err != nil {
				return err
			}
			g := t.Gazetteer()
			return e.printOut(fmt.Sprintf("%s\n%s\ngazetteer %s %s\n", tool, runtime.Version(), g.Name, g.Hash))
		},
	}
}
