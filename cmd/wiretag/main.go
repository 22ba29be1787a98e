// Command wiretag tags news text with the entities and topics of a gazetteer.
package main

import (
	"context"
	"os"

	"wiretag/cmd/internal/cli"
)

func main() {
	os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
