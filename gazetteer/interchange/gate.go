package interchange

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"wiretag/gazetteer"
)

// readGate reads an index (each line names a list, its major and minor type,
// its language and the type of its annotations) or one list by itself.
func readGate(im *importer, src Source) error {
	if !strings.HasSuffix(src.Name, ".def") {
		return im.lines(src, func(line []byte) { im.gateEntry(string(line), im.opts.Type, "") })
	}
	if src.Beside == nil {
		return im.errorf("an index needs its lists beside it: name the file")
	}
	var failed error
	err := im.lines(src, func(line []byte) {
		index := im.line
		if err := im.gateList(string(line), src); err != nil && failed == nil {
			failed = err
		}
		im.name, im.line = src.Name, index
	})
	if failed != nil {
		return failed
	}
	return err
}

// gateList reads the list that a line of an index names.
func (im *importer) gateList(line string, src Source) error {
	fields := append(strings.Split(line, ":"), "", "", "", "")
	file, major, minor, annotation := strings.TrimSpace(fields[0]), fields[1], fields[2], fields[4]
	b, err := src.Beside(file)
	if err != nil {
		return im.errorf("the list %s cannot be read: %v", file, err)
	}
	if fields[3] != "" {
		im.drop(fields[3], "the language of a list")
	}
	typ := major
	if annotation != "" {
		typ = annotation
	}
	im.name = path.Join(path.Dir(src.Name), file)
	return im.lines(Source{Name: im.name, Reader: bytes.NewReader(b)}, func(line []byte) {
		im.gateEntry(string(line), typ, minor)
	})
}

// gateEntry reads one entry with its features: id is the entity's, type its
// type, any other an identifier.
func (im *importer) gateEntry(line, typ, group string) {
	parts := strings.Split(line, im.opts.Separator)
	features := map[string]string{}
	var keys []string
	for _, f := range parts[1:] {
		k, v, ok := strings.Cut(f, "=")
		if k = strings.TrimSpace(k); !ok || k == "" {
			im.drop(f, "a feature is key=value")
			continue
		}
		features[k] = v
		keys = append(keys, k)
	}
	if t := features["type"]; t != "" {
		typ = t
	}
	e := im.entity(features["id"], parts[0], im.typeOf(typ, ""))
	if e == nil {
		return
	}
	if group != "" {
		im.group(e, group)
	}
	for _, k := range keys {
		if k != "id" && k != "type" {
			im.link(&e.Links, k, features[k])
		}
	}
}

// writeGate writes an index and a list a type. The first entry of an id is the
// entity's name.
func writeGate(x *exporter) []File {
	x.onlyEntities()
	lists := map[string]*bytes.Buffer{}
	var types []string
	for _, e := range x.g.Entities {
		x.losesOf(e, hold{shorts: true, demonyms: true, links: true})
		typ := e.Type.Value
		if lists[typ] == nil {
			lists[typ] = &bytes.Buffer{}
			types = append(types, typ)
		}
		first := true
		for f := range e.Forms() {
			fmt.Fprintf(lists[typ], "%s%sid=%s", f.Text.Value, x.opts.Separator, e.ID.Value)
			for _, l := range e.Links {
				if first {
					fmt.Fprintf(lists[typ], "%s%s=%s", x.opts.Separator, l.Key.Value, l.Value.Value)
				}
			}
			first = false
			lists[typ].WriteByte('\n')
		}
	}
	slices.Sort(types)
	var index bytes.Buffer
	files := []File{{Name: "lists.def"}}
	for _, t := range types {
		name := gazetteer.Slug(t) + ".lst"
		fmt.Fprintf(&index, "%s:%s\n", name, t)
		files = append(files, File{name, lists[t].Bytes()})
	}
	files[0].Text = index.Bytes()
	return files
}
