package interchange

import (
	"bytes"
	"cmp"
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
	fields := strings.Split(line, ":")
	if len(fields) > 5 {
		im.drop(strings.Join(fields[5:], ":"), "an index has five columns")
	}
	fields = append(fields, "", "", "", "")
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
	own := map[string]string{"id": "", "type": ""}
	var links [][2]string
	for _, f := range parts[1:] {
		k, v, ok := strings.Cut(f, "=")
		k, v = strings.TrimSpace(k), strings.TrimSpace(v)
		has, isOwn := own[k]
		switch {
		case !ok || k == "" || v == "":
			im.drop(f, "a feature is key=value")
		case isOwn && has == "":
			own[k] = v
		case isOwn && has != v:
			im.drop(f, "an entry has one %s, and this one has %s", k, has)
		case isOwn:
		default:
			links = append(links, [2]string{k, v})
		}
	}
	e := im.named(own["id"], form(parts[0]), im.typeOf(cmp.Or(own["type"], typ), ""))
	if e == nil {
		return
	}
	if group != "" {
		im.group(e, group)
	}
	for _, l := range links {
		im.link(&e.Links, l[0], l[1])
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
		first := true
		for f := range e.Forms() {
			if strings.Contains(f.Text.Value, x.opts.Separator) {
				x.lose(lostBar, 1)
				continue
			}
			typ := typeOfForm(e, &f)
			if lists[typ] == nil {
				lists[typ] = &bytes.Buffer{}
				types = append(types, typ)
			}
			x.gateEntry(lists[typ], e, f.Text.Value, first)
			first = false
		}
	}
	slices.SortFunc(types, func(a, b string) int { // demonyms behind what they are of
		return cmp.Or(cmp.Compare(one(a == peoples), one(b == peoples)), cmp.Compare(a, b))
	})
	return gateFiles(types, lists)
}

// gateEntry writes one entry; the first of an entity has its identifiers.
func (x *exporter) gateEntry(b *bytes.Buffer, e *gazetteer.Entity, form string, first bool) {
	fmt.Fprintf(b, "%s%sid=%s", form, x.opts.Separator, e.ID.Value)
	for _, l := range e.Links {
		switch {
		case !first:
		case strings.Contains(l.Key.Value, "=") || strings.Contains(l.Key.Value+l.Value.Value, x.opts.Separator):
			x.lose(lostLink, 1)
		default:
			fmt.Fprintf(b, "%s%s=%s", x.opts.Separator, l.Key.Value, l.Value.Value)
		}
	}
	b.WriteByte('\n')
}

// gateFiles are the index and the lists. Types that differ in their case or in
// marks get files that do not; a colon parts the columns of the index.
func gateFiles(types []string, lists map[string]*bytes.Buffer) []File {
	var index bytes.Buffer
	files := []File{{Name: "lists.def"}}
	taken := map[string]bool{}
	for _, t := range types {
		base := gazetteer.Slug(t)
		name := base
		for n := 2; taken[name] || name == ""; n++ {
			name = fmt.Sprint(base, "-", n)
		}
		taken[name] = true
		fmt.Fprintf(&index, "%s.lst:%s\n", name, strings.ReplaceAll(t, ":", "_"))
		files = append(files, File{name + ".lst", lists[t].Bytes()})
	}
	files[0].Text = index.Bytes()
	return files
}
