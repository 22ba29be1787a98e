//go:build unix && !linux

package wtg

// populate: see populate_linux.go.
const populate = 0
