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
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(models.RecordSchema))
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
