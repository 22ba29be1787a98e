package cli

import (
	"fmt"

	"wiretag/models"

	"github.com/spf13/cobra"
)

func newSchemaCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "schema record",
		Short: "Print the JSON Schema of the records",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "record" {
				return &usageError{cmd.CommandPath(), fmt.Errorf("name one schema; known: record")}
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return e.printOut(models.RecordSchema) },
	}
}
