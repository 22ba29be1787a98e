package encode

import (
	"slices"
	"strconv"
	"strings"

	"wiretag/models"
)

// between stands between the values of a cell that holds several. Ids hold no
// blank, so that it parts them.
const between = "; "

// tables writes the rows of the table that was asked for.
type tables struct {
	opts  Options
	row   rowFunc
	text  func(string) string // makes a cell of text that is not ours
	cells []string
	rows  []mentionRow
	ruler ruler
}

// newTables makes the encoder of a table whose rows newRow's functions write.
func newTables(opts Options, newRow func() rowFunc) Encoder {
	text := safeCell
	if opts.RawCells {
		text = plainCell
	}
	head := columns(opts)
	for i := range head {
		head[i] = text(head[i])
	}
	return Encoder{
		Head: newRow()(nil, head),
		Worker: func() AppendFunc {
			w := &tables{opts: opts, row: newRow(), text: text, ruler: ruler{unit: opts.Offsets}}
			return [...]AppendFunc{Articles: w.article, Topics: w.topics, Mentions: w.mentions}[opts.Table]
		},
	}
}

// columns returns the names of the columns. A topic that is called like another
// column is told apart by a prefix.
func columns(opts Options) []string {
	switch opts.Table {
	case Topics:
		return []string{"id", "date", "title", "topic", "label", "score", "threshold", "for", "against", "held", "child", "why", "evidence"}
	case Mentions:
		return []string{"article", "date", "offsets", "field", "start", "end", "before", "quote", "after", "entity", "name", "type",
			"groups", "links", "alias", "via", "zone", "confidence", "antecedent", "decided", "nested", "candidates"}
	}
	fixed := []string{"id", "date", "title", "path", "mentions", "undecided", "entities"}
	if opts.IncludeText {
		fixed = append(fixed, "text")
	}
	all := slices.Clone(fixed)
	for _, id := range opts.Topics {
		if slices.Contains(fixed, id) {
			id = "topic:" + id
		}
		all = append(all, id)
	}
	return all
}

// add adds a cell of text that is not ours.
func (w *tables) add(texts ...string) {
	for _, s := range texts {
		w.cells = append(w.cells, w.text(s))
	}
}

// own adds cells that we write ourselves and that are no formulas.
func (w *tables) own(cells ...string) { w.cells = append(w.cells, cells...) }

func (w *tables) article(b []byte, rec *models.Record) []byte {
	count := 0
	ids := make([]string, len(rec.Entities))
	for i := range rec.Entities {
		count += rec.Entities[i].Count
		ids[i] = rec.Entities[i].ID
	}
	w.cells = w.cells[:0]
	w.add(rec.ID, string(rec.Date), rec.Title, rec.Source.Path)
	w.own(strconv.Itoa(count), strconv.Itoa(len(rec.Undecided)))
	w.add(strings.Join(ids, between))
	if w.opts.IncludeText {
		w.add(rec.Text)
	}
	for _, id := range w.opts.Topics {
		i := slices.IndexFunc(rec.Topics, func(t models.Topic) bool { return t.ID == id })
		if i < 0 {
			w.own("")
		} else {
			w.own(decimal(rec.Topics[i].Score))
		}
	}
	return w.row(b, w.cells)
}

func (w *tables) topics(b []byte, rec *models.Record) []byte {
	for i := range rec.Topics {
		t := &rec.Topics[i]
		w.cells = w.cells[:0]
		w.add(rec.ID, string(rec.Date), rec.Title, t.ID, t.Label)
		w.own(decimal(t.Score), decimal(t.Threshold))
		if t.Child == "" {
			w.own(decimal(t.For), decimal(t.Against))
		} else {
			w.own("", "")
		}
		w.own(yes(t.Held))
		w.add(t.Child, t.Why, strings.Join(evidence(t), between))
		b = w.row(b, w.cells)
	}
	return b
}

// evidence returns the quotes that speak for a topic, each once, on one line.
func evidence(t *models.Topic) []string {
	var quotes []string
	for i := range t.Clues {
		for _, e := range t.Clues[i].Spans {
			if q := OneLine(e.Quote); !slices.Contains(quotes, q) {
				quotes = append(quotes, q)
			}
		}
	}
	return quotes
}

func (w *tables) mentions(b []byte, rec *models.Record) []byte {
	w.ruler.measure(rec)
	w.rows = appendMentionRows(w.rows[:0], rec)
	for i := range w.rows {
		b = w.mention(b, rec, &w.rows[i])
	}
	return b
}

func (w *tables) mention(b []byte, rec *models.Record, r *mentionRow) []byte {
	p := r.place()
	field := fieldOf(rec, p.Field)
	w.cells = w.cells[:0]
	w.add(rec.ID, string(rec.Date))
	w.own(w.opts.Offsets.String(), p.Field.String())
	w.own(strconv.Itoa(w.ruler.at(p.Field, p.Start)), strconv.Itoa(w.ruler.at(p.Field, p.End)))
	w.add(before(field, p.Start), r.quote(), after(field, p.End))
	if u := r.undecided; u != nil {
		w.own("", "", "", "", "", "", u.Via.String(), u.Zone.String(), "", "", "", "")
		w.add(strings.Join(candidateNames(u.Candidates), between))
	} else {
		f, m := r.found, r.mention
		w.add(f.ID, f.Name, r.kind(), strings.Join(f.Groups, between), strings.Join(linkPairs(f.Links), between), m.Alias)
		w.own(m.Via.String(), m.Zone.String(), decimal(m.Confidence))
		w.add(antecedent(rec, m), m.Decided)
		w.own(yes(m.Nested), "")
	}
	return w.row(b, w.cells)
}

// candidateNames returns the ids of candidates, or the names of those that the
// gazetteer does not know.
func candidateNames(candidates []models.Candidate) []string {
	var names []string
	for _, c := range candidates {
		if c.ID != "" {
			names = append(names, c.ID)
		} else {
			names = append(names, c.Name)
		}
	}
	return names
}

func linkPairs(links []models.Link) []string {
	var pairs []string
	for _, l := range links {
		pairs = append(pairs, l.Key+"="+l.Value)
	}
	return pairs
}

// decimal writes the shortest form that reads back as f.
func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}
