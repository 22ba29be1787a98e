package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// entitiesAFile is how many entities a file of a pack holds.
const entitiesAFile = 50_000

// A style is how a dictionary becomes a pack.
type style struct {
	// plain is for the oracle: every name exactly as it is typed, of a type that
	// no rule knows, so that no family name, short or suffix comes in.
	plain bool
}

// plainType is the type of every entity of a plain pack.
const plainType = "NAME"

// writePack writes entities as YAML files into dir.
func writePack(dir string, entities []entity, st style) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for part := 0; part*entitiesAFile < len(entities); part++ {
		from := part * entitiesAFile
		some := entities[from:min(from+entitiesAFile, len(entities))]
		path := filepath.Join(dir, fmt.Sprintf("%03d.yaml", part))
		if err := writeFile(path, func(w *bufio.Writer) { writePart(w, some, from, st) }); err != nil {
			return err
		}
	}
	return nil
}

// writePart writes one file of a pack; from is the number of its first entity.
func writePart(w *bufio.Writer, entities []entity, from int, st style) {
	w.WriteString("version: 1\n")
	if from == 0 {
		w.WriteString("name: bench\n")
		if st.plain {
			w.WriteString("types: [" + plainType + "]\n")
		}
	}
	w.WriteString("entities:\n")
	for i, e := range entities {
		kind := e.Type
		if st.plain {
			kind = plainType
		}
		fmt.Fprintf(w, "  - id: %s\n    name: %s\n    type: %s\n", quote(e.ID), quote(e.Names[0]), kind)
		if len(e.Names) > 1 {
			var aliases []string
			for _, a := range e.Names[1:] {
				aliases = append(aliases, quote(a))
			}
			fmt.Fprintf(w, "    aliases: [%s]\n", strings.Join(aliases, ", "))
		}
		if st.plain {
			w.WriteString("    case: exact\n")
		} else if n := from + i; n%3 == 0 {
			fmt.Fprintf(w, "    groups: [group-%d]\n    links: {wikidata: Q%d}\n", n%97, n)
		}
	}
}

// quote writes a string as JSON does, which YAML reads.
func quote(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string is always written
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// writeNames writes a name a line, for the peers.
func writeNames(path string, entities []entity) error {
	return writeFile(path, func(w *bufio.Writer) {
		for _, e := range entities {
			for _, name := range e.Names {
				w.WriteString(name)
				w.WriteByte('\n')
			}
		}
	})
}

// writeFile writes a file through a buffer, whose first error is returned.
func writeFile(path string, write func(w *bufio.Writer)) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	write(w)
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
