// Package cli is the command line: one file per command, the exit codes in
// exit.go, and Main, which runs a command and returns its exit code.
//
// Standard output carries data and nothing else; what is said to people goes
// to standard error.
package cli
