package cli

import (
	"errors"

	"wiretag/gazetteer"
	"wiretag/models"

	"github.com/spf13/cobra"
)

func newSchemaCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "schema record|gazetteer",
		Short: "Print the JSON Schema of the records, or of a gazetteer's files",
		Long: `Schema prints a JSON Schema: record, of the records that tag writes; gazetteer,
of the files of a pack and of the tests beside it, with which an editor completes
keys and underlines mistakes. A file names it in its first line:

  # yaml-language-server: $schema=gazetteer.schema.json`,
		Example: `  wiretag schema gazetteer > gazetteer.schema.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "record" && args[0] != "gazetteer" {
				return &usageError{cmd.CommandPath(), errors.New("name one schema; known: record, gazetteer")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if args[0] == "gazetteer" {
				return e.printOut(gazetteer.Schema)
			}
			return e.printOut(models.RecordSchema)
		},
	}
}
