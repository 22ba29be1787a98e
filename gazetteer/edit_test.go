package gazetteer_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wiretag/gazetteer"
	embedded "wiretag/gazetteer/pack"
)

func text(s string) gazetteer.String { return gazetteer.String{Value: s} }

// vantor is the entity that the tests add.
func vantor() *gazetteer.Entity {
	return &gazetteer.Entity{
		ID: text("vantor"), Name: gazetteer.Alias{Text: text("Vantor")}, Type: text("ORG"),
		Aliases: []gazetteer.Alias{{Text: text("Vantor, Inc")}},
	}
}

func clue(term, weight string) gazetteer.Condition {
	return gazetteer.Condition{
		Name: text(term), Any: []gazetteer.Item{{Term: text(term)}}, Weight: gazetteer.Weight{Word: weight},
	}
}

// zm is the alias that the tests add.
func zm() *gazetteer.Alias {
	return &gazetteer.Alias{Text: text("ZM"), Guard: &gazetteer.Guard{Case: gazetteer.CaseExact}}
}

func TestAddEntity(t *testing.T) {
	const block = "  - name: Vantor\n    type: ORG\n    aliases: [\"Vantor, Inc\"]\n"
	for _, c := range []struct {
		name, src, want string
		line, lines     int
	}{
		{"block", "entities:\n  - name: Zoom\n    type: ORG\n\ntopics: []\n",
			"entities:\n  - name: Zoom\n    type: ORG\n" + block + "\ntopics: []\n", 4, 3},
		{"no indentation", "entities:\n- name: Zoom\n  type: ORG\n",
			"entities:\n- name: Zoom\n  type: ORG\n- name: Vantor\n  type: ORG\n  aliases: [\"Vantor, Inc\"]\n", 4, 3},
		{"wide dash", "entities:\n  -   name: Zoom\n      type: ORG\n",
			"entities:\n  -   name: Zoom\n      type: ORG\n  -   name: Vantor\n      type: ORG\n      aliases: [\"Vantor, Inc\"]\n", 4, 3},
		{"below the dash", "entities:\n  -\n    name: Zoom\n    type: ORG\n",
			"entities:\n  -\n    name: Zoom\n    type: ORG\n" + block, 5, 3},
		{"blank lines between", "entities:\n  - name: A\n    type: ORG\n\n  - name: B\n    type: ORG\n# end\n",
			"entities:\n  - name: A\n    type: ORG\n\n  - name: B\n    type: ORG\n\n" + block + "# end\n", 8, 3},
		{"one line", "entities:\n  - {name: Zoom, type: ORG} # z\n",
			"entities:\n  - {name: Zoom, type: ORG} # z\n  - {name: Vantor, type: ORG, aliases: [\"Vantor, Inc\"]}\n", 3, 1},
		{"flow list", "entities: [{name: Zoom, type: ORG}]\n",
			"entities: [{name: Zoom, type: ORG}, {name: Vantor, type: ORG, aliases: [\"Vantor, Inc\"]}]\n", 1, 1},
		{"JSON", `{"version": 1}`, `{"version": 1, entities: [{name: Vantor, type: ORG, aliases: ["Vantor, Inc"]}]}`, 1, 1},
		{"JSON, empty list", `{"entities": [], "version": 1}`, `{"entities": [{name: Vantor, type: ORG, aliases: ["Vantor, Inc"]}], "version": 1}`, 1, 1},
		{"no entities", "version: 1\n", "version: 1\n\nentities:\n" + block, 4, 3},
		{"no entities, end of document", "version: 1\n...\n", "version: 1\n\nentities:\n" + block + "...\n", 4, 3},
		{"empty list", "entities: [] # none yet\nmasks: [A]\n", "entities: # none yet\n" + block + "masks: [A]\n", 2, 3},
		{"nothing", "entities: # none yet\nmasks: [A]\n", "entities: # none yet\n" + block + "masks: [A]\n", 2, 3},
		{"no last break", "entities:\n  - name: Zoom\n    type: ORG", "entities:\n  - name: Zoom\n    type: ORG\n" + block, 4, 3},
		{"CRLF", "entities:\r\n  - name: Zoom\r\n    type: ORG\r\n",
			"entities:\r\n  - name: Zoom\r\n    type: ORG\r\n" + strings.ReplaceAll(block, "\n", "\r\n"), 4, 3},
		{"byte order mark", "\ufeffentities:\n  - name: Zoom\n    type: ORG\n", "\ufeffentities:\n  - name: Zoom\n    type: ORG\n" + block, 4, 3},
		{"comments", "entities:\n  - name: Zoom\n    type: ORG # z\n    # about Zoom\n  # next\n",
			"entities:\n  - name: Zoom\n    type: ORG # z\n    # about Zoom\n" + block + "  # next\n", 5, 3},
		{"ends in a text of lines", "entities:\n  - name: Zoom\n    type: ORG\n    examples:\n      - |\n        One.\n\n        # Two.\n\nmasks: [A]\n",
			"entities:\n  - name: Zoom\n    type: ORG\n    examples:\n      - |\n        One.\n\n        # Two.\n" + block + "\nmasks: [A]\n", 9, 3},
		{"ends in a folded text", "entities:\n  - name: Zoom\n    type: ORG\n    note: it's\n      so\nmasks: [A]\n",
			"entities:\n  - name: Zoom\n    type: ORG\n    note: it's\n      so\n" + block + "masks: [A]\n", 6, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			ed, err := gazetteer.AddEntity("a.yaml", []byte(c.src), vantor(), "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(ed.Text), c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
			if got, want := [2]int{ed.Line, ed.Lines}, [2]int{c.line, c.lines}; got != want {
				t.Errorf("got line and lines %v, want %v", got, want)
			}
		})
	}
}

func TestAddAlias(t *testing.T) {
	const head = "entities:\n  - name: Zoom\n    type: ORG\n"
	for _, c := range []struct{ name, src, want string }{
		{"no list", head + "    links: {wikidata: Q1}\n", head + "    aliases: [{text: ZM, case: exact}]\n    links: {wikidata: Q1}\n"},
		{"no list, one line", "entities: [{name: Zoom, type: ORG}]", "entities: [{name: Zoom, type: ORG, aliases: [{text: ZM, case: exact}]}]"},
		{"flow list", head + "    aliases: [A, 'B, C'] # x\n", head + "    aliases: [A, 'B, C', {text: ZM, case: exact}] # x\n"},
		{"empty list", head + "    aliases: [ ]\n", head + "    aliases: [{text: ZM, case: exact} ]\n"},
		{"nothing", head + "    aliases: # none\n", head + "    aliases: [{text: ZM, case: exact}] # none\n"},
		{"block list", head + "    aliases:\n    - A # x\n    # y\n", head + "    aliases:\n    - A # x\n    - {text: ZM, case: exact}\n    # y\n"},
		{"one text", head + "    aliases: A, B # x\n", head + "    aliases: [\"A, B\", {text: ZM, case: exact}] # x\n"},
		{"one text in quotes", head + "    aliases: 'A, B'\n", head + "    aliases: ['A, B', {text: ZM, case: exact}]\n"},
		{"one long form", head + "    aliases: {text: A}\n", head + "    aliases: [{text: A}, {text: ZM, case: exact}]\n"},
		{"a line each", head + "    aliases: [\n      A,\n      B\n    ]\n", head + "    aliases: [\n      A,\n      B,\n      {text: ZM, case: exact}\n    ]\n"},
		{"a line each with commas", head + "    aliases: [\n      A, # a\n      B, # b\n    ]\n", head + "    aliases: [\n      A, # a\n      B, # b\n      {text: ZM, case: exact},\n    ]\n"},
		{"a comment without a comma", head + "    aliases: [\n      A # a ]\n    ]\n", head + "    aliases: [\n      A, {text: ZM, case: exact} # a ]\n    ]\n"},
		{"wide letters", "entities: [{name: 株式会社, type: ORG, aliases: [ズーム]}]\n", "entities: [{name: 株式会社, type: ORG, aliases: [ズーム, {text: ZM, case: exact}]}]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, _ := gazetteer.Parse("a.yaml", []byte(c.src))
			ed, err := gazetteer.AddAlias("a.yaml", []byte(c.src), g.Entities[0].Pos, "aliases", zm())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(ed.Text), c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

func TestAddRefused(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"empty", "", "a.yaml:1:1: the file is empty: a gazetteer begins with version: 1"},
		{"binary", "\x00\x01", "a.yaml:1:1: the file holds the control character U+0000: delete it"},
		{"not a mapping", "[1]\n", "a.yaml:1:1: a gazetteer is a mapping (key: value)"},
		{"no dash", "entities:\n  name: A\n", "a.yaml:2:3: entities is a list, every entry of which begins with a dash"},
		{"anchor", "entities:\n  - &a {name: A}\n", "a.yaml:2:5: &a marks what follows for repetition elsewhere, which gazetteers do without: delete it, or put text that begins with & in quotes"},
		{"two documents", "version: 1\n---\nversion: 1\n", "a.yaml:2:1: behind --- a second document begins, which would not be read: put it into a file of its own, or delete the ---"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := gazetteer.AddEntity("a.yaml", []byte(c.src), vantor(), "")
			if got := fmt.Sprint(err); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestAddUnwritable holds that words which only the parser can judge cannot
// break the file.
func TestAddUnwritable(t *testing.T) {
	topic := &gazetteer.Topic{ID: text("fog"), Label: text("Fog"), Clues: []gazetteer.Condition{clue("fog", "a: [b")}}
	if ed, err := gazetteer.AddTopic("a.yaml", []byte("version: 1\n"), topic); err == nil {
		t.Errorf("got %s, want an error", ed.Text)
	}
}

// around reports whether after is before with one piece put in, or with one
// stretch replaced that is no longer than most.
func around(before, after []byte, most int) bool {
	i := 0
	for i < min(len(before), len(after)) && before[i] == after[i] {
		i++
	}
	j := 0
	for j < min(len(before), len(after))-i && before[len(before)-1-j] == after[len(after)-1-j] {
		j++
	}
	return len(before)-i-j <= most
}

// layout draws a file in one of the ways in which people write them, and the
// longest stretch that may be replaced.
func layout(t *rapid.T) (src string, replaced int) {
	comment := rapid.SampledFrom([]string{"", "", " # it's [a} \"comment", " #"})
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	name := rapid.SampledFrom([]string{"Zoom", `"Zo\"om, Inc"`, "'It''s # Zoom'", "習近平", "A\u0301 b", "St. John", "1989", `"a\
          b"`, "Lloyd's [x", "a {b}, c"})
	safe := rapid.SampledFrom([]string{"Zoom", `"Zo\"om, Inc"`, "'It''s ] Zoom'", "習近平", "1989", "{text: A, from: 2019}"})
	var b strings.Builder
	b.WriteString(pick("top", "", "\ufeff", "# top\n", "---\n") + "version: 1\n")
	dash := pick("dash", "- ", "  - ", "    -   ")
	in := strings.Repeat(" ", len(dash))
	b.WriteString("entities:" + comment.Draw(t, "c") + "\n")
	for i := range rapid.IntRange(1, 3).Draw(t, "entities") {
		id := fmt.Sprint("e", i)
		if rapid.IntRange(0, 3).Draw(t, "flow") == 0 {
			b.WriteString(dash + "{id: " + id + ", name: " + safe.Draw(t, "name") + ", type: ORG" + pick("aliases", "", ", aliases: []", ", aliases: [A, "+safe.Draw(t, "a")+"]", ", aliases: A") + "}" + comment.Draw(t, "c") + "\n")
			continue
		}
		b.WriteString(dash + "id: " + id + "\n" + in + "name: " + name.Draw(t, "name") + comment.Draw(t, "c") + "\n" + in + "type: ORG\n")
		b.WriteString(pick("between", "", "\n", in+"# here\n", "# there\n"))
		switch rapid.IntRange(0, 6).Draw(t, "aliases") {
		case 0:
			b.WriteString(in + "aliases: " + name.Draw(t, "a") + comment.Draw(t, "c") + "\n")
		case 1:
			b.WriteString(in + "aliases: [" + safe.Draw(t, "a") + "," + pick("gap", " ", "\n"+in+"  ") + safe.Draw(t, "b") + pick("last", "", ",", "\n"+in, ",\n"+in) + "]" + comment.Draw(t, "c") + "\n")
		case 2:
			b.WriteString(in + "aliases:\n" + in + "- " + name.Draw(t, "a") + comment.Draw(t, "c") + "\n" + in + "- B\n")
		case 3:
			b.WriteString(in + "aliases:\n" + in + "  - text: A\n" + in + "    case: exact" + comment.Draw(t, "c") + "\n")
		case 4:
			b.WriteString(in + "aliases: [ # it's\n" + in + "  A, # ]\n" + in + "  B" + pick("last", "", ",") + " # b\n" + in + "]\n")
		case 5:
			b.WriteString(in + "aliases: |\n" + in + "  A, b\n")
		}
		b.WriteString(pick("tail", "", in+"examples:\n"+in+"  - |\n"+in+"    One.\n\n"+in+"    # Two\n", in+"note: one\n"+in+"  two\n", in+"examples: [A b.,\n"+in+"  'C # d.']\n", in+"# a\n  # b\n# c\n"))
	}
	b.WriteString(pick("end", "", "\n", "# end\n", "\nmasks: [A]\n", "topics: []\n"))
	src = b.String()
	if rapid.Bool().Draw(t, "cut") {
		src = strings.TrimRight(src, "\n")
	}
	if rapid.Bool().Draw(t, "crlf") {
		src = strings.ReplaceAll(src, "\n", "\r\n")
	}
	return src, 20
}

// TestAddAny holds, for files as people write them, that an addition leaves
// every other byte as it is and adds exactly what was to be added.
func TestAddAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src, replaced := layout(t)
		old, found := gazetteer.Parse("a.yaml", []byte(src))
		if errs := found.Errors(); len(errs) > 0 {
			t.Fatalf("the test writes a bad file: %v\n%s", errs, src)
		}
		ed, err := gazetteer.AddEntity("a.yaml", []byte(src), vantor(), "so: it is")
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		want := *old
		want.Entities = append(slices.Clip(old.Entities), vantor())
		added(t, src, ed, &want, 0)

		fog := &gazetteer.Topic{
			ID: text("fog"), Label: text("Fog"), Threshold: 0.5,
			Clues: []gazetteer.Condition{clue("dense: fog", ""), clue("mist", "weak")},
		}
		ed, err = gazetteer.AddTopic("a.yaml", []byte(src), fog)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		want = *old
		want.Topics = []*gazetteer.Topic{fog}
		added(t, src, ed, &want, len("[]\r\n"))

		i := rapid.IntRange(0, len(old.Entities)-1).Draw(t, "which")
		key := rapid.SampledFrom([]string{"aliases", "weak"}).Draw(t, "key")
		ed, err = gazetteer.AddAlias("a.yaml", []byte(src), old.Entities[i].Pos, key, zm())
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		e := *old.Entities[i]
		if key == "weak" {
			e.Weak = append(slices.Clip(e.Weak), *zm())
		} else {
			e.Aliases = append(slices.Clip(e.Aliases), *zm())
		}
		want = *old
		want.Entities = slices.Clone(old.Entities)
		want.Entities[i] = &e
		added(t, src, ed, &want, replaced)
	})
}

// added holds an edit against what it was to be.
func added(t *rapid.T, src string, ed *gazetteer.Edit, want *gazetteer.Gazetteer, replaced int) {
	got, found := gazetteer.Parse("a.yaml", ed.Text)
	if len(found.Errors()) > 0 {
		t.Fatalf("findings %v in\n%s", found, ed.Text)
	}
	if diff := cmp.Diff(got, want, places); diff != "" {
		t.Fatalf("(-got +want):\n%s\n%s", diff, ed.Text)
	}
	if !around([]byte(src), ed.Text, replaced) {
		t.Fatalf("more than one place was changed:\n%s", cmp.Diff(src, string(ed.Text)))
	}
	if lines := bytes.Count(ed.Text, []byte("\r\n")); strings.Contains(src, "\r\n") && lines != bytes.Count(ed.Text, []byte("\n")) {
		t.Fatalf("the lines end in two ways:\n%q", ed.Text)
	}
}

// FuzzAdd holds that any file is edited or refused, and that what is edited
// reads as before with one entity more.
func FuzzAdd(f *testing.F) {
	f.Add([]byte("entities:\n  - name: Zoom\n    type: ORG\n"))
	f.Add([]byte("entities: [a: b, {c}]\n"))
	f.Add([]byte("entities:\n- ? name\n  : |2-\n     x\u2028\r"))
	f.Fuzz(func(t *testing.T, src []byte) {
		old, _ := gazetteer.Parse("a.yaml", src)
		ed, err := gazetteer.AddEntity("a.yaml", src, vantor(), "")
		if err == nil {
			got, _ := gazetteer.Parse("a.yaml", ed.Text)
			want := *old
			want.Entities = append(slices.Clip(old.Entities), vantor())
			if diff := cmp.Diff(got, &want, places); diff != "" {
				t.Errorf("(-got +want):\n%s\n%q", diff, ed.Text)
			}
		}
		for _, e := range old.Entities {
			if ed, err := gazetteer.AddAlias("a.yaml", src, e.Pos, "aliases", zm()); err == nil {
				if got, _ := gazetteer.Parse("a.yaml", ed.Text); len(got.Entities) != len(old.Entities) {
					t.Errorf("got %d entities, want %d:\n%q", len(got.Entities), len(old.Entities), ed.Text)
				}
			}
		}
	})
}

// TestAddToPack adds to the default pack's files, which were written by hand.
func TestAddToPack(t *testing.T) {
	entries, err := embedded.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	const every = 97 // each addition reads the file anew
	tried := 0
	for _, f := range entries {
		src, err := embedded.FS.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		g, _ := gazetteer.Parse(f.Name(), src)
		for i := 0; i < len(g.Entities); i += every {
			tried++
			ed, err := gazetteer.AddAlias(f.Name(), src, g.Entities[i].Pos, "aliases", zm())
			if err != nil {
				t.Error(err)
				continue
			}
			if !around(src, ed.Text, 0) {
				t.Errorf("%s: more than one place was changed", g.Entities[i].Pos)
			}
		}
		if ed, err := gazetteer.AddEntity(f.Name(), src, vantor(), ""); err != nil || !around(src, ed.Text, 0) {
			t.Errorf("%s: %v", f.Name(), err)
		}
	}
	if tried == 0 {
		t.Error("the pack has no entities")
	}
}
