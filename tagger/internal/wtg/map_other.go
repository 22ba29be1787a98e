//go:build !unix

package wtg

import "os"

// mapFile maps nothing: files are read.
func mapFile(*os.File, int64) (data []byte, ok bool) { return nil, false }
