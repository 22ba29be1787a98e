// Package words embeds the house's word lists: honorifics, job titles, common
// words and the like. They lie beneath every pack, as lists that a pack may
// extend.
package words

import "embed"

// FS holds the YAML files of the word lists in its root.
//
//go:embed *.yaml
var FS embed.FS
