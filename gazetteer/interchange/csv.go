package interchange

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
)

// csvColumns are the columns that are known besides link:KEY, in the order in
// which they are written. Several values of a cell stand between bars.
var csvColumns = [...]string{
	"id", "name", "type", "aliases", "weak", "shorts", "demonyms", "family", "gender", "groups", "masks", "from", "until", "wikidata",
}

func readTSV(im *importer, src Source) error {
	im.opts.Delimiter = '\t'
	return readCSV(im, src)
}

func readCSV(im *importer, src Source) error {
	all, err := io.ReadAll(src.Reader) // to report a row that cannot be read as it stands
	if err != nil {
		return fmt.Errorf("%s: %w", im.name, err)
	}
	r := csv.NewReader(bytes.NewReader(all))
	r.Comma = im.opts.Delimiter
	r.FieldsPerRecord = -1
	r.LazyQuotes = im.opts.Delimiter == '\t' // files with tabs rarely quote
	im.line = 1
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return im.errorf("the file is empty: its first line has to name the columns")
	}
	if err != nil {
		return im.errorf("there is no header that names the columns: %v", said(err))
	}
	columns(header)
	if !slices.Contains(header, "name") && !slices.Contains(header, "alias") {
		const most = 200
		names, hint := strings.Join(header, ", "), ""
		if len(names) > most {
			names = strings.ToValidUTF8(names[:most], "") + "…"
		}
		if i := strings.IndexAny(header[0], ";\t|,"); i >= 0 && len(header) == 1 {
			hint = fmt.Sprintf("; the columns seem to be parted by %q, and not by %q", header[0][i], im.opts.Delimiter)
		}
		return im.errorf("the header has no column name; its columns: %s%s", names, hint)
	}
	for {
		start := r.InputOffset()
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if pe, ok := errors.AsType[*csv.ParseError](err); ok {
			im.badRow(pe, strings.TrimRight(string(all[start:r.InputOffset()]), "\r\n"))
			continue
		} else if err != nil {
			return im.errorf("%v", err)
		}
		im.line, _ = r.FieldPos(0)
		im.csvRow(header, row)
	}
}

// badRow reports a row whose quotes do not close. It may have taken in the
// lines behind it.
func (im *importer) badRow(pe *csv.ParseError, row string) {
	im.line = pe.StartLine
	if pe.Line > pe.StartLine {
		im.leave(row, "a quote is opened and not closed by itself in a cell; with it lines %d to %d are left out", pe.StartLine, pe.Line)
		return
	}
	im.leave(row, "column %d: %v", pe.Column, pe.Err)
}

// columns reads the header. The key of link:KEY is kept as it is written.
func columns(header []string) {
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for i, h := range header {
		h = strings.TrimSpace(h)
		kind, key, ok := strings.Cut(h, ":")
		if header[i] = strings.ToLower(h); ok && strings.EqualFold(kind, "link") {
			header[i] = "link:" + key
		}
	}
}

// said is what an error says without its place.
func said(err error) error {
	if pe, ok := errors.AsType[*csv.ParseError](err); ok {
		return pe.Err
	}
	return err
}

func (im *importer) csvRow(header, row []string) {
	cells := map[string]string{}
	for i, v := range row {
		v = strings.TrimSpace(v)
		switch {
		case v == "":
		case i >= len(header):
			im.drop(v, "the row has more cells than the header")
		case cells[header[i]] != "":
			im.drop(v, "the column %s stands twice", header[i])
		default:
			cells[header[i]] = v
		}
	}
	if len(cells) == 0 {
		return
	}
	name := cells["name"]
	if cells["id"] != "" {
		cells["id"] = im.ident("the id", cells["id"])
	}
	id := cells["id"]
	e := im.byID[id]
	typ := cells["type"]
	if typ == "" && e != nil {
		typ = e.Type.Value // a further row of an entity
	}
	switch {
	case name != "" || e == nil && cells["alias"] != "":
		if name == "" {
			name = cells["alias"]
		}
		e = im.entity(id, form(name), im.typeOf(typ, ""))
	case e != nil:
		im.entries++
		im.merged++
	default:
		im.leave(id, "the row has no name")
	}
	if e == nil {
		return
	}
	im.csvCells(e, header, cells)
}

// csvCells fills an entity from the cells of one row.
func (im *importer) csvCells(e *gazetteer.Entity, header []string, cells map[string]string) {
	for _, column := range header {
		v := cells[column]
		if v == "" {
			continue
		}
		delete(cells, column)
		switch column {
		case "id", "name", "type":
		case "alias":
			im.alias(e, &e.Aliases, form(v))
		case "aliases":
			im.split(e, &e.Aliases, v)
		case "weak":
			im.split(e, &e.Weak, v)
		case "shorts":
			im.split(e, &e.Shorts, v)
		case "demonyms":
			im.split(e, &e.Demonyms, v)
		case "family":
			im.csvFamily(e, v)
		case "gender":
			im.gender(e, v)
		case "groups":
			for g := range strings.SplitSeq(v, "|") {
				im.group(e, g)
			}
		case "masks":
			for m := range strings.SplitSeq(v, "|") {
				if m = strings.TrimSpace(m); im.usable("the mask", m) && !slices.Contains(e.Masks, text(m)) {
					e.Masks = append(e.Masks, text(m))
				}
			}
		case "from":
			im.date(&gazetteer.Guarded(&e.Guard).From, v)
		case "until":
			im.date(&gazetteer.Guarded(&e.Guard).Until, v)
		case "wikidata":
			im.link(&e.Links, column, v)
		default:
			if key, ok := strings.CutPrefix(column, "link:"); ok && key != "" {
				im.link(&e.Links, key, v)
			} else {
				im.drop(v, "the column %q is not known; a column link:%s is kept as an identifier", column, gazetteer.Slug(column))
				im.apart(column)
			}
		}
	}
	if g := e.Guard; g != nil && g.From != "" && g.Until != "" && g.From >= g.Until {
		im.drop(string(g.Until), "until is not after from, so that no day is left")
		g.Until = ""
	}
}

func (im *importer) split(e *gazetteer.Entity, list *[]gazetteer.Alias, cell string) {
	for s := range strings.SplitSeq(cell, "|") {
		im.alias(e, list, form(s))
	}
}

// noFamily is the cell of an entity that has no family name.
const noFamily = "false"

func (im *importer) csvFamily(e *gazetteer.Entity, v string) {
	switch {
	case v == noFamily && e.Family.Value == "":
		e.NoFamily = true
	case e.NoFamily && v != noFamily:
		im.drop(v, "an entity has one family name, and this one was said to have none")
	case im.usable("the family name", v):
		im.once(&e.Family, "family name", v)
	}
}

func (im *importer) gender(e *gazetteer.Entity, v string) {
	switch strings.ToLower(v) {
	case "m", "male":
		im.once(&e.Gender, "gender", "m")
	case "f", "female":
		im.once(&e.Gender, "gender", "f")
	default:
		im.drop(v, "the gender is neither m nor f")
	}
}

func (im *importer) date(into *models.Date, v string) {
	d, ok := gazetteer.ParseDate(v)
	if !ok {
		im.drop(v, "no date: write 2019, 2019-04 or 2019-04-18")
		return
	}
	if *into != "" && *into != d {
		im.drop(v, "an entity has one first and one last day, and this one has %s", *into)
		return
	}
	*into = d
}

func writeCSV(x *exporter) []File { return x.table(x.opts.Delimiter) }

func writeTSV(x *exporter) []File { return x.table('\t') }

// table writes one row an entity. Links of other kinds than wikidata get a
// column each, in the order in which they come up.
func (x *exporter) table(delimiter rune) []File {
	x.onlyEntities()
	var keys []string
	for _, e := range x.g.Entities {
		for _, l := range e.Links {
			if l.Key.Value != "wikidata" && !slices.Contains(keys, l.Key.Value) {
				keys = append(keys, l.Key.Value)
			}
		}
	}
	header := slices.Clone(csvColumns[:])
	for _, k := range keys {
		header = append(header, "link:"+k)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = delimiter
	write := func(row []string) {
		if err := w.Write(row); err != nil {
			panic(fmt.Sprintf("unreachable: %v", err)) // a buffer takes everything
		}
	}
	write(header)
	for _, e := range x.g.Entities {
		x.losesOf(e, hold{names: true, weak: true, demonyms: true, shorts: true, family: true, gender: true, groups: true, dates: true, links: true, masks: true})
		row := x.csvRow(e)
		for _, k := range keys {
			row = append(row, linkOf(e, k))
		}
		write(row)
	}
	w.Flush()
	return single(b.Bytes())
}

func (x *exporter) csvRow(e *gazetteer.Entity) []string {
	var groups, masks []string
	for _, g := range e.Groups {
		groups = append(groups, g.ID.Value)
	}
	for _, m := range e.Masks {
		masks = append(masks, m.Value)
	}
	family := e.Family.Value
	if e.NoFamily {
		family = noFamily
	}
	return []string{
		e.ID.Value, e.Name.Text.Value, e.Type.Value, x.aliases(e.Aliases), x.aliases(e.Weak), x.aliases(e.Shorts),
		x.aliases(e.Demonyms), family, e.Gender.Value, x.joined(groups), x.joined(masks),
		string(e.Guard.Value().From), string(e.Guard.Value().Until), linkOf(e, "wikidata"),
	}
}

func (x *exporter) aliases(list []gazetteer.Alias) string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].Text.Value
	}
	return x.joined(out)
}

// joined writes several values into a cell. One that has a bar in it would come
// back as two, and is lost.
func (x *exporter) joined(values []string) string {
	kept := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return strings.Contains(s, "|") })
	x.lose(lostBar, len(values)-len(kept))
	return strings.Join(kept, "|")
}

func linkOf(e *gazetteer.Entity, key string) string {
	for _, l := range e.Links {
		if l.Key.Value == key {
			return l.Value.Value
		}
	}
	return ""
}
