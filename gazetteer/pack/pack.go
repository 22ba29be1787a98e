// Package pack embeds the default pack: the gazetteer that wiretag uses where
// it is told of no other, and that other packs name in uses: [default].
package pack

import "embed"

//go:generate go run wiretag/cmd/wiretag compile -q default -o world.wtg

// FS holds the YAML files of the default pack in its root.
//
//go:embed *.yaml
var FS embed.FS

//go:embed world.wtg
var compiled []byte

// Compiled returns the default pack as it was compiled, for tagger.OpenBytes.
// It is the program's own memory and must not be changed. A test holds it
// against the YAML: after a change of either this or the engine it is made again
// with go generate.
func Compiled() []byte { return compiled }
