// Package edit plans a change to a pack: which file it belongs into, what the
// file is then, and which findings it brings. It writes nothing.
package edit
