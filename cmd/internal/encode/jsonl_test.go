package encode_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the golden files anew")

const goldenDir = "../../../testdata/golden/records"

// place finds quote in the text of rec, else in its title.
func place(t testing.TB, rec *models.Record, quote string) models.Place {
	t.Helper()
	field, i := models.Text, strings.Index(rec.Text, quote)
	if i < 0 {
		field, i = models.Title, strings.Index(rec.Title, quote)
	}
	if i < 0 {
		t.Fatalf("%q stands nowhere", quote)
	}
	return models.Place{Field: field, Span: models.Span{Start: i, End: i + len(quote)}}
}

// bare is a record without findings.
func bare(id, title, text string) *models.Record {
	return &models.Record{
		Tool:      "wiretag 0.1.0",
		ID:        id,
		Source:    models.Source{Path: id, Format: "text", SHA256: strings.Repeat("0a", 32)},
		Gazetteer: models.Gazetteer{Name: "test", Hash: "sha256:00"},
		Title:     title,
		Text:      text,
	}
}

// full uses every key of the schema.
func full(t testing.TB) *models.Record {
	rec := bare("feed.jsonl#2", "Zürich’s bank 🏦 & <Zenith>", "Acme 🏭 sued Li. Mr Roe, José Li’s aide, stole source code; a film?\n")
	rec.Source.Format = "jsonl"
	rec.Derived = true
	rec.Date, rec.DateFrom = "2023-11-29", models.DateFromField
	acme, li, jose := place(t, rec, "Acme"), place(t, rec, "Li"), place(t, rec, "José Li")
	rec.Entities = []models.Found{{
		ID: "acme", Name: "Acme", Type: "ORG", Groups: []string{"us-tech", "listed"}, Count: 2, Relevance: 0.71,
		Links: []models.Link{{Key: "wikidata", Value: "Q1"}, {Key: "url", Value: "https://acme.example/?a=1&b=2"}},
		Mentions: []models.Mention{
			{Place: place(t, rec, "Zenith"), Quote: "Zenith", Alias: "Zenith", Zone: models.Headline, Confidence: 0.98},
			{Place: acme, Quote: "Acme", Alias: "Acme", Type: "PRODUCT", Zone: models.Lead, Confidence: 0.8, Decided: "date", Nested: true},
		},
	}, {
		ID: "jose-li", Name: "José Li", Type: "PERSON", Count: 1, Relevance: 0.5,
		Mentions: []models.Mention{{Place: li, Quote: "Li", Alias: "Li", Via: models.ViaFamily, Confidence: 0.9, Antecedent: &jose}},
	}}
	rec.Undecided = []models.Undecided{{
		Place: place(t, rec, "Roe"), Quote: "Roe", Via: models.ViaFamily,
		Candidates: []models.Candidate{{ID: "jane-roe"}, {Name: "Rachel Roe"}},
	}}
	rec.Topics = []models.Topic{{
		ID: "corporate-espionage", Label: "corporate espionage", Score: 0.45, Threshold: 0.5, For: 0.6, Against: 0.15, Held: true, Why: "0.6 × (1 − 0.15)",
		Clues: []models.Clue{{Name: "someone takes secrets", Weight: "strong", Mentions: 1, Adds: 0.6,
			Spans: []models.Evidence{{Place: place(t, rec, "source code"), Quote: "source code", By: "list:secrets"}}}},
		Counter: []models.Clue{{Name: "fiction", Weight: "0.15", Mentions: 1, Adds: 0.15,
			Spans: []models.Evidence{{Place: place(t, rec, "film"), Quote: "film", By: "film"}}}},
	}, {ID: "espionage", Label: "espionage", Score: 0.45, Threshold: 0.4, Child: "corporate-espionage"}}
	return rec
}

func TestJSONLGolden(t *testing.T) {
	noClues := bare("articles/a.txt", "", "Quiet.")
	noClues.Topics = []models.Topic{{ID: "x", Label: "x", Score: 1, Threshold: 0.5, For: 1}}
	flagged := bare("-", "", "")
	flagged.Date, flagged.DateFrom = "2019-01-01", models.DateFromFlag
	tests := []struct {
		name string
		rec  *models.Record
		opts encode.Options
	}{
		{name: "empty", rec: flagged},
		{name: "no-clues", rec: noClues},
		{name: "include-text", rec: bare("a.txt", "A \"title\"", "line\r\n\ttab </script> \u2028 \x7f \x00"), opts: encode.Options{IncludeText: true}},
		{name: "full-codepoint", rec: full(t)},
		{name: "full-byte", rec: full(t), opts: encode.Options{Offsets: encode.Byte}},
		{name: "full-utf16", rec: full(t), opts: encode.Options{Offsets: encode.UTF16}},
	}
	schema := recordSchema(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			encoder, err := encode.New("jsonl", tt.opts)
			if err != nil {
				t.Fatal(err)
			}
			appendRecord := encoder.Worker()
			got := string(appendRecord(nil, tt.rec))
			if again := string(appendRecord(nil, tt.rec)); again != got {
				t.Errorf("second record differs: %s", again)
			}
			golden(t, tt.name+".jsonl", got)
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("schema: %v", err)
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join(goldenDir, name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, string(want)); diff != "" {
		t.Errorf("%s (-got +want):\n%s", name, diff)
	}
}

func recordSchema(t *testing.T) *jsonschema.Schema { return compileSchema(t, models.RecordSchema) }

func compileSchema(t *testing.T, schemaText string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schemaText))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("record.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("record.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestJSONLDoesNotAllocate(t *testing.T) {
	for _, offsets := range []encode.Offsets{encode.CodePoint, encode.Byte, encode.UTF16} {
		t.Run(offsets.String(), func(t *testing.T) {
			encoder, err := encode.New("jsonl", encode.Options{Offsets: offsets})
			if err != nil {
				t.Fatal(err)
			}
			appendRecord := encoder.Worker()
			rec := full(t)
			buf := appendRecord(nil, rec)
			if n := testing.AllocsPerRun(100, func() { buf = appendRecord(buf[:0], rec) }); n > 0 {
				t.Errorf("got %v allocations a record, want 0", n)
			}
		})
	}
}

// TestC8AnyTextIsValidJSON: what is written is JSON for any text, and not
// escaped for HTML.
func TestC8AnyTextIsValidJSON(t *testing.T) {
	const text = "< > & \u2028 \u2029 \x7f \u0085 \x1b \x00 \" \\ \u202e \U0001F4A5 \uFFFD"
	e, err := encode.New("jsonl", encode.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rec := models.Record{ID: text, Title: text, Text: text, Derived: true, Source: models.Source{Path: text}}
	line := e.Worker()(nil, &rec)
	var got struct {
		ID, Title, Text string
		Source          struct{ Path string }
	}
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{got.ID, got.Title, got.Text, got.Source.Path} {
		if s != text {
			t.Errorf("got %q, want %q", s, text)
		}
	}
	if bytes.Contains(line, []byte(`\u003c`)) || bytes.Count(line, []byte("\n")) != 1 {
		t.Errorf("escaped for HTML, or more than a line: %s", line)
	}
}

func TestUnknownFormat(t *testing.T) {
	_, err := encode.New("xml", encode.Options{})
	if got, want := err.Error(), `unknown format "xml"; known: jsonl, mentions, csv, tsv, conll, brat, spacy, w3c, parquet, html`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
