package encode_test

import (
	"archive/tar"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"
)

// tripping is a text that any format could trip over.
const tripping = "Zoom 💥 said, \"=cmd|'/c calc'\"; Julien\nJin\tof Zoom’s\u2028office\x1b[31m <b>denied</b> it\\.\r\nThe DoJ’s caf\u00e9 & Xi Jinping </script>.\n"

// tagged returns records of the articles of the project and of a tripping one.
func tagged(t testing.TB) (recs []models.Record, topics []string) {
	t.Helper()
	g, _, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	tg, err := tagger.New(g, &tagger.Options{Tokens: true, Tool: "wiretag test", OverlapAll: true})
	if err != nil {
		t.Fatal(err)
	}
	docs := []models.Document{
		{ID: "a/b c#1?.txt", Title: "=Zoom: 1 < 2", Text: tripping, Derived: true},
		{ID: "empty"},
	}
	paths, err := filepath.Glob("../../../testdata/articles/*.txt")
	if err != nil || len(paths) < 5 {
		t.Fatal("no articles: ", err)
	}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, models.Document{ID: filepath.Base(p), Text: string(text)})
	}
	for _, d := range docs {
		recs = append(recs, tg.Tag(d))
	}
	return recs, tg.Topics()
}

// written is the whole output of a format.
func written(t rapid.TB, format string, recs []models.Record, opts encode.Options) []byte {
	t.Helper()
	e, err := encode.New(format, opts)
	if err != nil {
		t.Fatal(err)
	}
	b := bytes.Clone(e.Head)
	var add encode.AppendFunc
	if e.Worker != nil {
		add = e.Worker()
	}
	for i := range recs {
		if add != nil {
			b = add(b, &recs[i])
		}
		if e.Next != nil {
			b = e.Next(b, &recs[i])
		}
	}
	if e.Foot != nil {
		b = e.Foot(b)
	}
	return b
}

// A mark is a mention as the tests read it back.
type mark struct{ Article, Field, Quote, Type, Entity string }

// marks are the mentions of records; nested ones on request.
func marks(recs []models.Record, nested bool) map[mark]int {
	all := map[mark]int{}
	for i := range recs {
		for _, e := range recs[i].Entities {
			for _, m := range e.Mentions {
				if m.Nested && !nested {
					continue
				}
				typ := e.Type
				if m.Type != "" {
					typ = m.Type
				}
				all[mark{recs[i].ID, m.Field.String(), m.Quote, typ, e.ID}]++
			}
		}
	}
	return all
}

func undecided(recs []models.Record) int {
	n := 0
	for i := range recs {
		n += len(recs[i].Undecided)
	}
	return n
}

// points is the part of a text from start to end in code points.
func points(s string, start, end int) string { return string([]rune(s)[start:end]) }

// whole is title and text as one, as some formats have it.
func whole(rec *models.Record) string {
	if rec.Title == "" {
		return rec.Text
	}
	return rec.Title + "\n\n" + rec.Text
}

func byID(recs []models.Record) map[string]*models.Record {
	m := map[string]*models.Record{}
	for i := range recs {
		m[recs[i].ID] = &recs[i]
	}
	return m
}

// lines decodes JSON lines.
func lines[T any](t *testing.T, b []byte) []T {
	t.Helper()
	var all []T
	dec := json.NewDecoder(bytes.NewReader(b))
	for {
		var v T
		if err := dec.Decode(&v); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
}

func fieldText(rec *models.Record, name string) string {
	if name == "title" {
		return rec.Title
	}
	return rec.Text
}

func TestMentionsQuote(t *testing.T) {
	recs, _ := tagged(t)
	recs = append(recs, *full(t)) // with an undecided span
	type line struct {
		Article, Field, Quote, ID, Type string
		Start, End                      int
		Before, After                   string
		Candidates                      []struct{ ID, Name string }
	}
	got, doubts := map[mark]int{}, 0
	for _, l := range lines[line](t, written(t, "mentions", recs, encode.Options{})) {
		text := fieldText(byID(recs)[l.Article], l.Field)
		if q := points(text, l.Start, l.End); q != l.Quote {
			t.Errorf("%s: %d to %d is %q, not the quote %q", l.Article, l.Start, l.End, q, l.Quote)
		}
		if flat := encode.OneLine(text); !strings.Contains(flat, strings.TrimSpace(l.Before)) || !strings.Contains(flat, strings.TrimSpace(l.After)) {
			t.Errorf("%s: %q or %q is not of the text", l.Article, l.Before, l.After)
		}
		if l.Candidates != nil {
			doubts++
			continue
		}
		got[mark{l.Article, l.Field, l.Quote, l.Type, l.ID}]++
	}
	if diff := cmp.Diff(marks(recs, true), got); diff != "" {
		t.Errorf("mentions (-record +line):\n%s", diff)
	}
	if doubts != undecided(recs) {
		t.Errorf("%d undecided lines, want %d", doubts, undecided(recs))
	}
}

// TestMentionsAreValid holds the lines of mentions against their schema.
func TestMentionsAreValid(t *testing.T) {
	recs, _ := tagged(t)
	schema := compileSchema(t, models.MentionSchema)
	n := 0
	for line := range bytes.Lines(written(t, "mentions", append(recs, *full(t)), encode.Options{})) {
		n++
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	if n == 0 {
		t.Error("no lines")
	}
}

func TestSheetMentions(t *testing.T) {
	recs, _ := tagged(t)
	recs = append(recs, *full(t)) // with an undecided span
	for format, comma := range map[string]rune{"csv": ',', "tsv": '\t'} {
		t.Run(format, func(t *testing.T) {
			r := csv.NewReader(bytes.NewReader(written(t, format, recs, encode.Options{Table: encode.Mentions, RawCells: true})))
			r.Comma = comma
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			col := map[string]int{}
			for i, name := range rows[0] {
				col[name] = i
			}
			got, doubts := map[mark]int{}, 0
			for _, row := range rows[1:] {
				cell := func(name string) string { return row[col[name]] }
				start, err1 := strconv.Atoi(cell("start"))
				end, err2 := strconv.Atoi(cell("end"))
				quote := points(fieldText(byID(recs)[cell("article")], cell("field")), start, end)
				// encoding/csv reads \r\n in a cell as \n
				if err := errors.Join(err1, err2); err != nil || strings.ReplaceAll(quote, "\r\n", "\n") != cell("quote") {
					t.Errorf("%d to %d is %q, not the quote %q; %v", start, end, quote, cell("quote"), err)
				}
				if cell("id") == "" {
					doubts++
					continue
				}
				got[mark{cell("article"), cell("field"), quote, cell("type"), cell("id")}]++
			}
			if diff := cmp.Diff(marks(recs, true), got); diff != "" {
				t.Errorf("mentions (-record +row):\n%s", diff)
			}
			if doubts != undecided(recs) {
				t.Errorf("%d undecided rows, want %d", doubts, undecided(recs))
			}
		})
	}
}

func TestSheetArticlesAndTopics(t *testing.T) {
	recs, topics := tagged(t)
	rows, err := csv.NewReader(bytes.NewReader(written(t, "csv", recs, encode.Options{Topics: topics}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+len(recs) {
		t.Fatalf("%d rows, want a header and %d", len(rows), len(recs))
	}
	given := 0
	for i, row := range rows[1:] {
		for j, name := range rows[0] {
			id, isTopic := strings.CutPrefix(name, "topic:")
			if !isTopic || row[j] == "" {
				continue
			}
			given++
			found := false
			for _, topic := range recs[i].Topics {
				found = found || topic.ID == id && fmt.Sprint(topic.Score) == row[j]
			}
			if !found {
				t.Errorf("%s: %s is %s, not as in the record", row[0], name, row[j])
			}
		}
	}
	long, err := csv.NewReader(bytes.NewReader(written(t, "csv", recs, encode.Options{Table: encode.Topics}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if given == 0 || len(long) != given+1 {
		t.Errorf("%d scores in the wide table, %d rows in the long one", given, len(long)-1)
	}
}

func TestSpacyQuotes(t *testing.T) {
	recs, _ := tagged(t)
	type line struct {
		Text  string
		Spans []struct {
			Start, End int
			Label, ID  string
		}
		Label       [][3]any
		Meta        struct{ ID string }
		Data        struct{ Text string }
		Predictions []struct {
			Result []struct {
				Value struct {
					Start, End int
					Text       string
					Labels     []string
				}
			}
		}
	}
	got := map[mark]int{}
	for i, l := range lines[line](t, written(t, "spacy", recs, encode.Options{})) {
		if l.Meta.ID != recs[i].ID || l.Text != whole(&recs[i]) || l.Data.Text != l.Text {
			t.Errorf("%s: not the text of the record", l.Meta.ID)
		}
		last := 0
		for j, s := range l.Spans {
			field := "text"
			if s.End <= utf8.RuneCountInString(recs[i].Title) {
				field = "title"
			}
			if s.Start < last {
				t.Errorf("%s: spans overlap at %d", l.Meta.ID, s.Start)
			}
			last = s.End
			quote := points(l.Text, s.Start, s.End)
			got[mark{l.Meta.ID, field, quote, s.Label, s.ID}]++
			v := l.Predictions[0].Result[j].Value
			if v.Text != quote || v.Start != s.Start || v.End != s.End || v.Labels[0] != s.Label {
				t.Errorf("%s: the task has %+v for %+v", l.Meta.ID, v, s)
			}
			if want := [3]any{float64(s.Start), float64(s.End), s.Label}; l.Label[j] != want {
				t.Errorf("%s: label has %v, want %v", l.Meta.ID, l.Label[j], want)
			}
		}
	}
	if diff := cmp.Diff(marks(recs, false), got); diff != "" {
		t.Errorf("mentions (-record +line):\n%s", diff)
	}
}

func TestW3CSelectors(t *testing.T) {
	recs, _ := tagged(t)
	recs = append(recs, *full(t)) // with an undecided span
	type line struct {
		ID, Type, Motivation string
		Body, Target         json.RawMessage
	}
	n, topics, doubts, ids := 0, 0, 0, map[string]bool{}
	for _, l := range lines[line](t, written(t, "w3c", recs, encode.Options{})) {
		if ids[l.ID] {
			t.Errorf("two annotations have the id %s", l.ID)
		}
		ids[l.ID] = true
		if strings.Contains(string(l.Body), `"value":""`) {
			t.Errorf("a body without content: %s", l.Body)
		}
		if l.Motivation == "classifying" {
			topics++
			continue
		}
		if l.Motivation == "questioning" {
			doubts++
			if got := string(l.Body); !strings.HasPrefix(got, `{"type":"Choice","items":[{"type":"TextualBody"`) {
				t.Errorf("an undecided span has no choice: %s", got)
			}
		} else {
			n++
		}
		var target struct {
			Source   string
			Selector []struct {
				Type, Exact, Prefix, Suffix string
				Start, End                  int
			}
		}
		if err := json.Unmarshal(l.Target, &target); err != nil {
			t.Fatal(err)
		}
		source, isTitle := strings.CutSuffix(target.Source, "#title")
		id, err := url.PathUnescape(source)
		if err != nil {
			t.Fatal(err)
		}
		rec := byID(recs)[id]
		if rec == nil {
			t.Fatalf("no record %q", source)
		}
		text := rec.Text
		if isTitle {
			text = rec.Title
		}
		quote, pos := target.Selector[0], target.Selector[1]
		if points(text, pos.Start, pos.End) != quote.Exact {
			t.Errorf("%s: %d to %d is not %q", source, pos.Start, pos.End, quote.Exact)
		}
		if !strings.Contains(text, quote.Prefix+quote.Exact+quote.Suffix) {
			t.Errorf("%s: %q with its context is not there", source, quote.Exact)
		}
	}
	want := 0
	for _, c := range marks(recs, true) {
		want += c
	}
	if n != want || topics == 0 {
		t.Errorf("%d annotations of mentions, want %d; %d of topics", n, want, topics)
	}
	if doubts != undecided(recs) || doubts == 0 {
		t.Errorf("%d annotations of undecided spans, want %d, and at least one", doubts, undecided(recs))
	}
}

func TestCoNLLTags(t *testing.T) {
	recs, _ := tagged(t)
	article := -1
	var tokens, tags []string
	got := map[string]int{} // joined tokens and type -> count
	flush := func() {
		for i := range tokens {
			if typ, ok := strings.CutPrefix(tags[i], "B-"); ok {
				name := tokens[i]
				for j := i + 1; j < len(tags) && tags[j] == "I-"+typ; j++ {
					name += tokens[j]
				}
				got[strip(name)+" "+typ]++
			}
		}
		tokens, tags = nil, nil
	}
	for _, line := range strings.Split(string(written(t, "conll", recs, encode.Options{})), "\n") {
		if line == "-DOCSTART- -X- O O" {
			flush()
			article++
			continue
		}
		if line == "" {
			continue
		}
		cells := strings.Split(line, " ")
		if len(cells) != 4 {
			t.Fatalf("%q has %d columns", line, len(cells))
		}
		tokens, tags = append(tokens, cells[0]), append(tags, cells[3])
	}
	flush()
	if article != len(recs)-1 {
		t.Errorf("%d articles, want %d", article+1, len(recs))
	}
	want := map[string]int{}
	for m, n := range marks(recs, false) {
		want[strip(m.Quote)+" "+m.Type] += n
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mentions (-record +tags):\n%s", diff)
	}
}

// strip takes white space out of a quote: tokens have none.
func strip(s string) string { return strings.Join(strings.Fields(s), "") }

func TestBratFiles(t *testing.T) {
	recs, _ := tagged(t)
	files := map[string]string{}
	var names []string
	r := tar.NewReader(bytes.NewReader(written(t, "brat", recs, encode.Options{})))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := files[h.Name]; twice || strings.ContainsAny(h.Name, "/\\") {
			t.Errorf("file name %q", h.Name)
		}
		files[h.Name], names = string(b), append(names, h.Name)
	}
	if len(names) != 1+2*len(recs) || names[0] != "annotation.conf" {
		t.Fatalf("files %v", names)
	}
	got := map[string]int{}
	for i := range recs {
		text, ann := files[names[1+2*i]], files[names[2+2*i]]
		if text != strings.ReplaceAll(whole(&recs[i]), "\r\n", " \n") {
			t.Errorf("%s: not the text of the record", names[1+2*i])
		}
		for line := range strings.Lines(ann) {
			if line[0] != 'T' {
				continue
			}
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			typ, where, _ := strings.Cut(cells[1], " ")
			var parts []string
			for frag := range strings.SplitSeq(where, ";") {
				var start, end int
				if _, err := fmt.Sscan(frag, &start, &end); err != nil {
					t.Fatal(err)
				}
				parts = append(parts, points(text, start, end))
			}
			if s := strings.Join(parts, " "); s != cells[2] || strings.Contains(s, "\n") {
				t.Errorf("%s is %q, not %q", where, s, cells[2])
			}
			got[strip(cells[2])+" "+typ]++
		}
	}
	want := map[string]int{}
	for m, n := range marks(recs, false) {
		want[strip(m.Quote)+" "+m.Type] += n
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mentions (-record +brat):\n%s", diff)
	}
}

// TestWritersGolden shows every format of one short article.
func TestWritersGolden(t *testing.T) {
	recs, topics := tagged(t)
	for _, f := range encode.Formats() {
		if f.Binary || f.Name == "html" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			got := written(t, f.Name, recs[:1], encode.Options{Topics: topics[:3]})
			path := filepath.Join("..", "..", "..", "testdata", "golden", "formats", "hostile."+f.Name)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
