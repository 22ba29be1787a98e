package models_test

import (
	"strings"
	"testing"

	"wiretag/models"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestRecordSchema holds what the schema must refuse; that it accepts what is
// written is tested where it is written.
func TestRecordSchema(t *testing.T) {
	schema := compile(t, models.RecordSchema)
	const minimal = `{"schema":1,"tool":"t","id":"a","source":{"path":"a","format":"text","sha256":"` +
		`e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"offsets":"byte","gazetteer":{"hash":"h"},"entities":[],"topics":[]}`
	const scored = `{"id":"x","label":"x","score":0.6,"threshold":0.5,"for":0.6,"against":0,"clues":[],"counter":[]}`
	const fromChild = `{"id":"x","label":"x","score":0.6,"threshold":0.5,"via":"child","child":"y"}`
	tests := []struct {
		name     string
		old, new string // a replacement in minimal
		wantErr  bool
	}{
		{name: "minimal"},
		{name: "other schema version", old: `"schema":1`, new: `"schema":2`, wantErr: true},
		{name: "unknown key", old: `"tool"`, new: `"extra":1,"tool"`, wantErr: true},
		{name: "entities missing", old: `"entities":[],`, wantErr: true},
		{name: "unknown offsets", old: `"byte"`, new: `"rune"`, wantErr: true},
		{name: "date without its source", old: `"offsets"`, new: `"date":"2023-11-29","offsets"`, wantErr: true},
		{name: "empty undecided", old: `"topics"`, new: `"undecided":[],"topics"`, wantErr: true},
		{name: "scored topic", old: `"topics":[]`, new: `"topics":[` + scored + `]`},
		{name: "scored topic without counter", old: `"topics":[]`, new: `"topics":[` + strings.Replace(scored, `,"counter":[]`, "", 1) + `]`, wantErr: true},
		{name: "topic from a child", old: `"topics":[]`, new: `"topics":[` + fromChild + `]`},
		{name: "topic from a child with a sum", old: `"topics":[]`, new: `"topics":[` + strings.Replace(fromChild, `"via"`, `"for":0.6,"via"`, 1) + `]`, wantErr: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			record, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(minimal, tt.old, tt.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(record); (err != nil) != tt.wantErr {
				t.Errorf("Validate: got error %v, want error %v", err, tt.wantErr)
			}
		})
	}
}

// TestMentionSchema is the same for the schema of a mention.
func TestMentionSchema(t *testing.T) {
	schema := compile(t, models.MentionSchema)
	const place = `{"article":"a","offsets":"byte","field":"text","start":0,"end":1,"quote":"q","via":"alias","zone":"lead"`
	const decided = `,"id":"e","name":"E","type":"ORG","alias":"q","confidence":0.9`
	tests := []struct {
		name, mention string
		wantErr       bool
	}{
		{name: "decided", mention: place + decided + "}"},
		{name: "undecided", mention: place + `,"candidates":[{"id":"e"},{"name":"F"}]}`},
		{name: "neither", mention: place + "}", wantErr: true},
		{name: "both", mention: place + decided + `,"candidates":[{"id":"e"}]}`, wantErr: true},
		{name: "undecided with groups", mention: place + `,"candidates":[{"id":"e"}],"groups":["g"]}`, wantErr: true},
		{name: "unknown key", mention: place + decided + `,"extra":1}`, wantErr: true},
		{name: "no id", mention: place + strings.Replace(decided, `"id":"e",`, "", 1) + "}", wantErr: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			mention, err := jsonschema.UnmarshalJSON(strings.NewReader(tt.mention))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(mention); (err != nil) != tt.wantErr {
				t.Errorf("got error %v, want one: %v", err, tt.wantErr)
			}
		})
	}
}

func compile(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
