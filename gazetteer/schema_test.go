package gazetteer

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"wiretag/gazetteer/pack"
	"wiretag/gazetteer/words"
)

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("gazetteer.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("gazetteer.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// value is a node as an editor's server reads it: days are text.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return value(n.Content[0])
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = value(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, value(c))
		}
		return out
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f
		}
	}
	return n.Value
}

func validate(t *testing.T, schema *jsonschema.Schema, src []byte) error {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Content) == 0 {
		return schema.Validate(nil)
	}
	return schema.Validate(value(&doc))
}

// TestSchemaAccepts holds that the schema refuses nothing that is good: the
// cases, the default pack, the word lists, and what Write makes of them.
func TestSchemaAccepts(t *testing.T) {
	schema := compileSchema(t)
	seen := 0
	for name, fsys := range map[string]fs.FS{
		"ok": os.DirFS("../testdata/gazetteer/ok"), "check": os.DirFS("../testdata/gazetteer/check"), "pack": pack.FS, "words": words.FS,
	} {
		files, err := fs.Glob(fsys, "*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			seen++
			src, err := fs.ReadFile(fsys, file)
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(t, schema, src); err != nil {
				t.Errorf("%s/%s: %v", name, file, err)
			}
			g, _ := Parse(file, src)
			var b bytes.Buffer
			if err := Write(&b, g); err != nil {
				t.Fatal(err)
			}
			if err := validate(t, schema, b.Bytes()); err != nil {
				t.Errorf("%s/%s as Write writes it: %v", name, file, err)
			}
		}
	}
	if seen < 40 {
		t.Errorf("%d files were seen; where are the others?", seen)
	}
}

// TestSchemaRefuses holds which checks the schema does for an editor: those
// that the shape of one file shows. The others need what the file refers to,
// the places of things, or the words themselves. A file of the cases has many
// faults: each is tried without the others.
func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	for _, check := range []string{
		"version", "unknown-key", "missing-key", "conflicting-keys", "wrong-kind", "null-value", "empty-value", "bad-value", "bad-id",
		"unknown-prefix", "empty-list",
	} {
		files, err := filepath.Glob("../testdata/gazetteer/err/" + check + "*.yaml")
		if err != nil || len(files) == 0 {
			t.Fatal("no case of", check, err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, diags := Parse("case.yaml", src)
			for _, d := range diags {
				t.Run(fmt.Sprintf("%s:%d:%d", filepath.Base(file), d.Pos.Line, d.Pos.Col), func(t *testing.T) {
					alone := isolate(t, src, d)
					if accepted := validate(t, schema, alone) == nil; accepted != slices.Contains(unseen, d.Message) {
						t.Errorf("accepted: %v\n%s\n%s", accepted, d.Message, alone)
					}
				})
			}
		}
	}
}

// unseen are the findings in the cases that draft 7 cannot say: it compares no
// two values.
var unseen = []string{
	"until 2019-04-01 is not after from 2019-04-18: no day is left",
	"until 2020-01-01 is not after from 2020-01-01: no day is left",
}

// isolate takes entries and keys out of src, or makes their values right, for
// as long as the finding d stays, and returns a file with no other finding.
func isolate(t *testing.T, src []byte, d Diagnostic) []byte {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Content) == 0 {
		return src
	}
	before, out := 1000, src
	better := func() bool {
		b, err := yaml.Marshal(&doc)
		if err != nil {
			t.Fatal(err)
		}
		_, diags := Parse("case.yaml", b)
		stays := slices.ContainsFunc(diags, func(x Diagnostic) bool { return x.Check == d.Check && bare(x.Message) == bare(d.Message) })
		if !stays || len(diags) >= before {
			return false
		}
		before, out = len(diags), b
		return true
	}
	if !better() {
		t.Fatalf("%q is gone when the file is written anew", d.Message)
	}
	prune(&doc, better)
	if before > 1 {
		t.Fatalf("%q does not stand alone:\n%s", d.Message, out)
	}
	return out
}

// bare is a message without its advice on a comment, which is not written anew.
func bare(message string) string {
	fault, _, _ := strings.Cut(message, "here is nothing: ")
	return fault
}

// prune changes what is below n wherever that is better.
func prune(n *yaml.Node, better func() bool) {
	step, sound := 1, &yaml.Node{Kind: yaml.ScalarNode, Value: "sound"}
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := 0; n.Kind != yaml.DocumentNode && i+step <= len(n.Content); i += step {
		whole := n.Content
		if n.Content = slices.Delete(slices.Clone(whole), i, i+step); better() {
			i -= step
			continue
		}
		n.Content = slices.Clone(whole)
		if n.Content[i+step-1] = sound; !better() {
			n.Content = whole
		}
	}
	if whole := n.Content; n.Kind == yaml.MappingNode {
		n.Content = append(slices.Clone(whole), &yaml.Node{Kind: yaml.ScalarNode, Value: "name"}, sound)
		if !better() {
			n.Content = whole
		}
	}
	for _, c := range n.Content {
		prune(c, better)
	}
}

// TestSchemaKeys holds the keys of the schema against those of the parser.
func TestSchemaKeys(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	at := func(path ...any) map[string]any {
		var v any = doc
		for _, p := range path {
			switch p := p.(type) {
			case string:
				v = v.(map[string]any)[p]
			case int:
				v = v.([]any)[p]
			}
		}
		return v.(map[string]any)
	}
	def := func(path ...any) map[string]any { return at(append([]any{"definitions"}, path...)...) }
	tests := []struct {
		name string
		at   map[string]any
		keys []string
	}{
		{"file", at("properties"), slices.Sorted(slices.Values(append([]string{"tests"}, fileKeys...)))},
		{"type", def("type", "anyOf", 1, "properties"), typeKeys},
		{"entity", def("entity", "properties"), entityKeys},
		{"alias", def("alias", "anyOf", 1, "properties"), aliasKeys},
		{"group", def("group", "anyOf", 1, "properties"), groupKeys},
		{"drop of an entity", def("entity", "properties", "drop", "properties"), entityDropKeys},
		{"topic", def("topic", "properties"), topicKeys},
		{"drop of a topic", def("topic", "properties", "drop", "properties"), topicDropKeys},
		{"rule", def("rule", "anyOf", 2, "properties"), ruleKeys},
		{"clue", def("clue", "anyOf", 2, "properties"), clueKeys},
		{"part", def("part", "anyOf", 2, "properties"), partKeys},
		{"filter", def("filter", "properties"), filterKeys},
		{"list", def("list", "anyOf", 1, "properties"), listKeys},
		{"drop of a list", def("list", "anyOf", 1, "properties", "drop", "properties"), listDropKeys},
		{"reference", def("reference", "properties"), prefixes},
		{"test", def("test", "properties"), testKeys},
		{"expected", def("expected", "anyOf", 1, "properties"), expectedKeys},
		{"not expected", def("unexpected", "anyOf", 1, "properties"), notExpectedKeys},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := slices.DeleteFunc(slices.Sorted(maps.Keys(tt.at)), func(k string) bool { return k == "note" })
			if diff := cmp.Diff(got, tt.keys); diff != "" {
				t.Errorf("keys (-schema +parser):\n%s", diff)
			}
			for key, v := range tt.at {
				if text := v.(map[string]any); tt.name != "reference" && text["description"] == nil && text["$ref"] == nil {
					t.Errorf("the key %s has no word about it", key)
				}
			}
		})
	}
}
