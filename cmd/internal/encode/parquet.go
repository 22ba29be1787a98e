package encode

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"wiretag/models"

	"github.com/parquet-go/parquet-go"
)

// A row group ends after so many rows, or so many bytes, be they those that the
// library holds of it, compressed, or those that a reader will hold.
const (
	groupRows  = 100_000
	groupBytes = 16 << 20
	writeRows  = 1_000 // at a time: what a group may be longer
)

// newParquet writes a table for DuckDB, pandas, polars and Spark. Its columns
// are named as the keys of a record: of a table of articles they nest as in the
// record, so that nothing of it is lost; those of topics and mentions are flat.
// The file is the same for the same records, whenever it is written.
func newParquet(opts Options) Encoder {
	switch opts.Table {
	case Topics:
		return parquetOf(opts, appendTopicRows)
	case Mentions:
		return parquetOf(opts, appendMentionRows)
	}
	return parquetOf(opts, appendArticleRow)
}

// parquetOf makes the encoder of one kind of row. rows appends those of a
// record; they share its memory until they are written.
func parquetOf[T any](opts Options, rows func([]T, *models.Record, *ruler, *Options) []T) Encoder {
	_, version, _ := strings.Cut(opts.Tool, " ")
	p := &parquetWriter[T]{opts: opts, ruler: ruler{unit: opts.Offsets}, rows: rows}
	p.out = parquet.NewGenericWriter[T](&p.buf, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("wiretag", version, ""),
		parquet.KeyValueMetadata("tool", opts.Tool),
		parquet.KeyValueMetadata("gazetteer", opts.Gazetteer.Name),
		parquet.KeyValueMetadata("gazetteer_hash", opts.Gazetteer.Hash),
		parquet.KeyValueMetadata("offsets", opts.Offsets.String()))
	return Encoder{Next: p.next, Foot: p.foot}
}

type parquetWriter[T any] struct {
	opts  Options
	ruler ruler
	rows  func([]T, *models.Record, *ruler, *Options) []T
	batch []T
	buf   bytes.Buffer // what was written and not yet handed on
	out   *parquet.GenericWriter[T]
	open  group
}

// A group is how much the open row group has.
type group struct {
	rows   int
	weight int   // bytes before they were compressed, see weight
	start  int64 // the size of the groups before it
}

// next writes the rows of a record, of which the library keeps copies.
func (p *parquetWriter[T]) next(b []byte, rec *models.Record) []byte {
	p.ruler.measure(rec)
	p.batch = p.rows(p.batch[:0], rec, &p.ruler, &p.opts)
	p.open.weight += weight(rec, &p.opts)
	for rows := range slices.Chunk(p.batch, writeRows) {
		p.must(p.out.Write(rows))
		p.open.rows += len(rows)
		if p.open.rows >= groupRows || p.open.weight >= groupBytes || p.out.Size()-p.open.start >= groupBytes {
			p.must(0, p.out.Flush())
			p.open = group{start: p.out.Size()}
		}
	}
	clear(p.batch)
	return p.take(b)
}

// weight is about how many bytes a record takes of a reader: only a row of
// articles may be large.
func weight(rec *models.Record, opts *Options) int {
	if opts.Table != Articles {
		return 0
	}
	n := 0
	if rec.Derived || opts.IncludeText {
		n = len(rec.Title) + len(rec.Text)
	}
	for _, m := range rec.Meta {
		n += len(m.Key) + len(m.JSON)
	}
	items := len(rec.Entities) + len(rec.Undecided) + len(rec.Topics)
	for i := range rec.Entities {
		items += len(rec.Entities[i].Mentions)
	}
	for i := range rec.Undecided {
		items += len(rec.Undecided[i].Candidates)
	}
	for i := range rec.Topics {
		items += 10 * (len(rec.Topics[i].Clues) + len(rec.Topics[i].Counter)) // at most so many spans each
	}
	return n + 40*items
}

func (p *parquetWriter[T]) foot(b []byte) []byte {
	p.must(0, p.out.Close())
	return p.take(b)
}

// take hands on what was written.
func (p *parquetWriter[T]) take(b []byte) []byte {
	b = append(b, p.buf.Bytes()...)
	p.buf.Reset()
	return b
}

// must ends the run on an error of the library: the buffer takes everything,
// and the rows are of the schema's own type.
func (p *parquetWriter[T]) must(_ int, err error) {
	if err != nil {
		panic("parquet: " + err.Error())
	}
}

// The rows of a table of articles.
type (
	articleRow struct {
		ID        string         `parquet:"id"`
		Path      string         `parquet:"path"`
		Format    string         `parquet:"format,dict"`
		SHA256    string         `parquet:"sha256"`
		Date      *int32         `parquet:"date,date"`
		DateFrom  string         `parquet:"date_from,optional,dict"`
		Title     string         `parquet:"title,optional"`
		Text      string         `parquet:"text,optional"`
		Meta      string         `parquet:"meta,optional"` // JSON as text: v0.32.0 panics on optional columns of the JSON type
		Entities  []entityRow    `parquet:"entities,list"`
		Undecided []undecidedRow `parquet:"undecided,list"`
		Topics    []topicRow     `parquet:"topics,list"`
	}
	entityRow struct {
		ID        string       `parquet:"id,dict"`
		Name      string       `parquet:"name,dict"`
		Type      string       `parquet:"type,dict"`
		Groups    []string     `parquet:"groups,list,dict"`
		Links     []linkRow    `parquet:"links,list"`
		Count     int32        `parquet:"count"`
		Relevance float64      `parquet:"relevance"`
		Mentions  []mentionRow `parquet:"mentions,list"`
	}
	linkRow struct {
		Key   string `parquet:"key,dict"`
		Value string `parquet:"value,dict"`
	}
	spanRow struct {
		Field string `parquet:"field,dict"`
		Start int64  `parquet:"start"`
		End   int64  `parquet:"end"`
	}
	mentionRow struct {
		spanRow
		Quote      string   `parquet:"quote,dict"`
		Alias      string   `parquet:"alias,dict"`
		Via        string   `parquet:"via,dict"`
		Type       string   `parquet:"type,optional,dict"`
		Zone       string   `parquet:"zone,dict"`
		Confidence float64  `parquet:"confidence"`
		Antecedent *spanRow `parquet:"antecedent"`
		Decided    string   `parquet:"decided,optional,dict"`
		Nested     bool     `parquet:"nested"`
	}
	undecidedRow struct {
		spanRow
		Quote      string         `parquet:"quote,dict"`
		Via        string         `parquet:"via,dict"`
		Zone       string         `parquet:"zone,dict"`
		Candidates []candidateRow `parquet:"candidates,list"`
	}
	candidateRow struct {
		ID   string `parquet:"id,optional,dict"`
		Name string `parquet:"name,optional,dict"`
	}
	topicRow struct {
		ID        string    `parquet:"id,dict"`
		Label     string    `parquet:"label,dict"`
		Score     float64   `parquet:"score"`
		Threshold float64   `parquet:"threshold"`
		For       float64   `parquet:"for"`
		Against   float64   `parquet:"against"`
		Held      bool      `parquet:"held"`
		Child     string    `parquet:"child,optional,dict"`
		Why       string    `parquet:"why,optional"`
		Clues     []clueRow `parquet:"clues,list"`
		Counter   []clueRow `parquet:"counter,list"`
	}
	clueRow struct {
		Name     string        `parquet:"name,dict"`
		Weight   string        `parquet:"weight,dict"`
		Zone     string        `parquet:"zone,dict"`
		Mentions int32         `parquet:"mentions"`
		Adds     float64       `parquet:"adds"`
		Spans    []evidenceRow `parquet:"spans,list"`
	}
	evidenceRow struct {
		spanRow
		Quote string `parquet:"quote,dict"`
		By    string `parquet:"by,dict"`
	}
)

// flatTopicRow is a row of a table of topics.
type flatTopicRow struct {
	Article   string   `parquet:"article,dict"`
	Date      *int32   `parquet:"date,date"`
	Title     string   `parquet:"title,optional,dict"`
	Topic     string   `parquet:"topic,dict"`
	Label     string   `parquet:"label,dict"`
	Score     float64  `parquet:"score"`
	Threshold float64  `parquet:"threshold"`
	For       float64  `parquet:"for"`
	Against   float64  `parquet:"against"`
	Held      bool     `parquet:"held"`
	Child     string   `parquet:"child,optional,dict"`
	Why       string   `parquet:"why,optional"`
	Clues     []string `parquet:"clues,list,dict"`
	Counter   []string `parquet:"counter,list,dict"`
	Evidence  []string `parquet:"evidence,list,dict"`
}

// flatMentionRow is a row of a table of mentions; id, name, type, groups
// and links are the entity's, and empty where it is undecided.
type flatMentionRow struct {
	Article string `parquet:"article,dict"`
	Date    *int32 `parquet:"date,date"`
	spanRow
	Quote      string         `parquet:"quote,dict"`
	ID         string         `parquet:"id,optional,dict"`
	Name       string         `parquet:"name,optional,dict"`
	Type       string         `parquet:"type,optional,dict"`
	Groups     []string       `parquet:"groups,list,dict"`
	Links      []linkRow      `parquet:"links,list"`
	Alias      string         `parquet:"alias,optional,dict"`
	Via        string         `parquet:"via,dict"`
	Zone       string         `parquet:"zone,dict"`
	Confidence *float64       `parquet:"confidence"`
	Decided    string         `parquet:"decided,optional,dict"`
	Nested     bool           `parquet:"nested"`
	Candidates []candidateRow `parquet:"candidates,list"`
	Before     string         `parquet:"before,optional"`
	After      string         `parquet:"after,optional"`
}

// days counts the days of a date from 1970, as Parquet does; nil is none.
func days(d models.Date) *int32 {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return nil
	}
	return new(int32(t.Unix() / (24 * 60 * 60)))
}

func spanOf(r *ruler, p models.Place) spanRow {
	return spanRow{p.Field.String(), int64(r.at(p.Field, p.Start)), int64(r.at(p.Field, p.End))}
}

func appendArticleRow(rows []articleRow, rec *models.Record, r *ruler, opts *Options) []articleRow {
	row := articleRow{
		ID: valid(rec.ID), Path: valid(rec.Source.Path), Format: rec.Source.Format, SHA256: rec.Source.SHA256,
		Date: days(rec.Date), DateFrom: rec.DateFrom,
	}
	if rec.Derived || opts.IncludeText {
		row.Title, row.Text = valid(rec.Title), valid(rec.Text)
	}
	if len(rec.Meta) > 0 {
		_, meta, _ := strings.Cut(string(appendMeta(nil, rec.Meta)), ":")
		row.Meta = valid(meta)
	}
	for i := range rec.Entities {
		row.Entities = append(row.Entities, entityRowOf(&rec.Entities[i], r))
	}
	for i := range rec.Undecided {
		u := &rec.Undecided[i]
		row.Undecided = append(row.Undecided, undecidedRow{spanOf(r, u.Place), valid(u.Quote), u.Via.String(), u.Zone.String(), candidateRows(u.Candidates)})
	}
	for i := range rec.Topics {
		row.Topics = append(row.Topics, topicRowOf(&rec.Topics[i], r))
	}
	return append(rows, row)
}

func entityRowOf(e *models.Found, r *ruler) entityRow {
	row := entityRow{ID: e.ID, Name: e.Name, Type: e.Type, Groups: e.Groups, Links: linkRows(e.Links), Count: int32(e.Count), Relevance: e.Relevance}
	for i := range e.Mentions {
		m := &e.Mentions[i]
		out := mentionRow{
			spanRow: spanOf(r, m.Place), Quote: valid(m.Quote), Alias: m.Alias, Via: m.Via.String(), Type: m.Type,
			Zone: m.Zone.String(), Confidence: m.Confidence, Decided: m.Decided, Nested: m.Nested,
		}
		if m.Antecedent != nil {
			out.Antecedent = new(spanOf(r, *m.Antecedent))
		}
		row.Mentions = append(row.Mentions, out)
	}
	return row
}

func linkRows(links []models.Link) []linkRow {
	var rows []linkRow
	for _, l := range links {
		rows = append(rows, linkRow(l))
	}
	return rows
}

func candidateRows(candidates []models.Candidate) []candidateRow {
	var rows []candidateRow
	for _, c := range candidates {
		rows = append(rows, candidateRow{c.ID, valid(c.Name)})
	}
	return rows
}

func topicRowOf(t *models.Topic, r *ruler) topicRow {
	return topicRow{
		ID: t.ID, Label: t.Label, Score: t.Score, Threshold: t.Threshold, For: t.For, Against: t.Against, Held: t.Held,
		Child: t.Child, Why: t.Why, Clues: clueRows(t.Clues, r), Counter: clueRows(t.Counter, r),
	}
}

func clueRows(clues []models.Clue, r *ruler) []clueRow {
	var rows []clueRow
	for i := range clues {
		c := &clues[i]
		row := clueRow{Name: c.Name, Weight: c.Weight, Zone: c.Zone.String(), Mentions: int32(c.Mentions), Adds: c.Adds}
		for _, s := range c.Spans {
			row.Spans = append(row.Spans, evidenceRow{spanOf(r, s.Place), valid(s.Quote), s.By})
		}
		rows = append(rows, row)
	}
	return rows
}

func appendTopicRows(rows []flatTopicRow, rec *models.Record, _ *ruler, _ *Options) []flatTopicRow {
	for i := range rec.Topics {
		t := &rec.Topics[i]
		row := flatTopicRow{
			Article: valid(rec.ID), Date: days(rec.Date), Title: valid(rec.Title), Topic: t.ID, Label: t.Label, Score: t.Score,
			Threshold: t.Threshold, For: t.For, Against: t.Against, Held: t.Held, Child: t.Child, Why: t.Why, Evidence: evidence(t),
		}
		for i := range t.Clues {
			row.Clues = append(row.Clues, t.Clues[i].Name)
		}
		for i := range t.Counter {
			row.Counter = append(row.Counter, t.Counter[i].Name)
		}
		rows = append(rows, row)
	}
	return rows
}

func appendMentionRows(rows []flatMentionRow, rec *models.Record, r *ruler, _ *Options) []flatMentionRow {
	date := days(rec.Date)
	for _, s := range spots(nil, rec) {
		text := field(rec, s.Field)
		row := flatMentionRow{
			Article: valid(rec.ID), Date: date, spanRow: spanOf(r, s.Place), Quote: valid(s.quote),
			Before: valid(before(text[:s.Start])), After: valid(after(text[s.End:])),
		}
		if u := s.undecided; u != nil {
			row.Via, row.Zone, row.Candidates = u.Via.String(), u.Zone.String(), candidateRows(u.Candidates)
		} else {
			m, e := s.mention, s.entity
			row.ID, row.Name, row.Type, row.Groups, row.Links = e.ID, e.Name, s.label(), e.Groups, linkRows(e.Links)
			row.Alias, row.Via, row.Zone, row.Confidence = m.Alias, m.Via.String(), m.Zone.String(), &m.Confidence
			row.Decided, row.Nested = m.Decided, m.Nested
		}
		rows = append(rows, row)
	}
	return rows
}
