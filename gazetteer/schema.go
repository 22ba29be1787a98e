package gazetteer

import _ "embed"

// Schema is the JSON Schema of a gazetteer's file and of a file of tests, for
// editors. It is of draft 7, which their YAML servers know best. It sees what
// one file shows by its shape; lint sees more.
//
//go:embed schema.json
var Schema string
