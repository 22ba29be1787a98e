package cli

import (
	"errors"

	"wiretag/gazetteer"
	"wiretag/models"

	"github.com/spf13/cobra"
)

func newSchemaCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "schema record|mention|gazetteer",
		Short: "Print the JSON Schema of the records, of a mention, or of a gazetteer's files",
		Long: `Schema prints a JSON Schema: record, of the records that tag writes; mention, of
the lines of --format mentions; gazetteer, of the files of a pack and of the tests
beside it, with which an editor completes keys and underlines mistakes. A file
names it in its first line:

  # yaml-language-server: $schema=gazetteer.schema.json`,
		Example: `  wiretag schema gazetteer > gazetteer.schema.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || schemaOf(args[0]) == "" {
				return &usageError{cmd.CommandPath(), errors.New("name one schema; known: record, mention, gazetteer")}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return e.printOut(schemaOf(args[0])) },
	}
}

// schemaOf returns the schema of a name, "" if there is none.
func schemaOf(name string) string {
	switch name {
	case "record":
		return models.RecordSchema
	case "mention":
		return models.MentionSchema
	case "gazetteer":
		return gazetteer.Schema
	}
	return ""
}
