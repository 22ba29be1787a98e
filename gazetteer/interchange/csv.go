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
	r := csv.NewReader(src.Reader)
	r.Comma = im.opts.Delimiter
	r.FieldsPerRecord = -1
	r.LazyQuotes = im.opts.Delimiter == '\t' // files with tabs rarely quote
	im.line = 1
	header, err := r.Read()
	if err != nil {
		return im.errorf("there is no header that names the columns: %v", said(err))
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	if !slices.Contains(header, "name") && !slices.Contains(header, "alias") {
		return im.errorf("the header has no column name; its columns: %s", strings.Join(header, ", "))
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		im.line, _ = r.FieldPos(0)
		if pe, ok := errors.AsType[*csv.ParseError](err); ok {
			im.line = pe.Line
			im.entries++
			im.drop("", "column %d: %v; the row is left out", pe.Column, pe.Err)
			continue
		} else if err != nil {
			return im.errorf("%v", err)
		}
		im.csvRow(header, row)
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
	id, name := cells["id"], cells["name"]
	e := im.byID[id]
	switch {
	case name != "" || e == nil && cells["alias"] != "":
		if name == "" {
			name = cells["alias"]
		}
		e = im.entity(id, name, im.typeOf(cells["type"], ""))
	case e != nil:
		im.entries++
	default:
		im.entries++
		im.drop(id, "the row has no name")
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
		case "alias", "aliases":
			im.split(e, &e.Aliases, v)
		case "weak":
			im.split(e, &e.Weak, v)
		case "shorts":
			im.split(e, &e.Shorts, v)
		case "demonyms":
			im.split(e, &e.Demonyms, v)
		case "family":
			if im.usable("the family name", v) {
				e.Family = text(v)
			}
		case "gender":
			im.gender(e, v)
		case "groups":
			for g := range strings.SplitSeq(v, "|") {
				im.group(e, g)
			}
		case "masks":
			for m := range strings.SplitSeq(v, "|") {
				if m = strings.TrimSpace(m); im.usable("the mask", m) {
					e.Masks = append(e.Masks, text(m))
				}
			}
		case "from":
			im.date(&e.Guard.From, v)
		case "until":
			im.date(&e.Guard.Until, v)
		case "wikidata":
			im.link(&e.Links, column, v)
		default:
			if key, ok := strings.CutPrefix(column, "link:"); ok && key != "" {
				im.link(&e.Links, key, v)
			} else {
				im.drop(v, "the column %q is not known; a column link:%s is kept as an identifier", column, gazetteer.Slug(column))
			}
		}
	}
	if g := &e.Guard; g.From != "" && g.Until != "" && g.From >= g.Until {
		im.drop(string(g.Until), "until is not after from, so that no day is left")
		g.Until = ""
	}
}

func (im *importer) split(e *gazetteer.Entity, list *[]gazetteer.Alias, cell string) {
	for s := range strings.SplitSeq(cell, "|") {
		im.alias(e, list, gazetteer.Alias{Text: text(s)})
	}
}

func (im *importer) gender(e *gazetteer.Entity, v string) {
	switch strings.ToLower(v) {
	case "m", "male":
		e.Gender = text("m")
	case "f", "female":
		e.Gender = text("f")
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
		x.losesOf(e, hold{weak: true, demonyms: true, shorts: true, family: true, gender: true, groups: true, dates: true, links: true, masks: true})
		row := csvRow(e)
		for _, k := range keys {
			row = append(row, linkOf(e, k))
		}
		write(row)
	}
	w.Flush()
	return single(b.Bytes())
}

func csvRow(e *gazetteer.Entity) []string {
	var groups, masks []string
	for _, g := range e.Groups {
		groups = append(groups, g.ID.Value)
	}
	for _, m := range e.Masks {
		masks = append(masks, m.Value)
	}
	return []string{
		e.ID.Value, e.Name.Text.Value, e.Type.Value, joined(e.Aliases), joined(e.Weak), joined(e.Shorts), joined(e.Demonyms),
		e.Family.Value, e.Gender.Value, strings.Join(groups, "|"), strings.Join(masks, "|"),
		string(e.Guard.From), string(e.Guard.Until), linkOf(e, "wikidata"),
	}
}

func joined(list []gazetteer.Alias) string {
	var out []string
	for i := range list {
		out = append(out, list[i].Text.Value)
	}
	return strings.Join(out, "|")
}

func linkOf(e *gazetteer.Entity, key string) string {
	for _, l := range e.Links {
		if l.Key.Value == key {
			return l.Value.Value
		}
	}
	return ""
}
