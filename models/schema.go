package models

import _ "embed"

// RecordSchema is the JSON Schema (2020-12) of one line of output, the JSON
// form of a Record.
//
//go:embed record.schema.json
var RecordSchema string

// MentionSchema is the JSON Schema (2020-12) of one line of the format
// mentions: a mention or an undecided span on its own.
//
//go:embed mention.schema.json
var MentionSchema string
