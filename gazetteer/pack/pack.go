// Package pack embeds the default pack: the gazetteer that wiretag uses where
// it is told of no other, and that other packs name in uses: [default].
package pack

import "embed"

// FS holds the YAML files of the default pack in its root.
//
//go:embed *.yaml
var FS embed.FS
