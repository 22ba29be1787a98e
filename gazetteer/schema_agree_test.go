package gazetteer

import (
	"strings"
	"testing"
)

// A schemaCase is one thing that a file can say, and nothing else that is
// wrong.
type schemaCase struct {
	name   string
	src    string // behind version: 1, unless it says its version
	checks string // what Parse finds, "" for nothing
	// Where the schema differs from the parser, why draft 7 cannot say it. It
	// is then too kind to what Parse refuses, and too strict with what is good.
	differs string
}

// Entries around a snippet that is right but for it.
func inEntity(keys string) string { return "entities: [{name: Acme, type: ORG, " + keys + "}]" }
func inTopic(keys string) string  { return "topics: [{label: theft, " + keys + "}]" }
func inClue(keys string) string   { return inTopic("clues: [{" + keys + "}]") }
func inTerms(terms string) string { return inEntity("needs: [" + terms + "]") }

var schemaFree = []schemaCase{
	{"file", "{note: [a, 1], x-a: {b: c}}", "", ""},
	{"lists", "lists: {note: {any: 1}, x-a: 3, a: [b]}", "", ""},
	{"list", "lists: {a: {any: [b], note: [c], x-a: 3}}", "", ""},
	{"list that is a reference", "lists: {a: {list: b, note: [c], x-a: 3}}", "", ""},
	{"drop of a list", "lists: {a: {extend: true, drop: {any: [b], note: [c], x-a: 3}}}", "", ""},
	{"links", inEntity("links: {wikidata: Q1, note: [c], x-a: {b: c}}"), "", ""},
	{"links of a topic", inTopic("links: {wikidata: Q1, note: [c], x-a: {b: c}}"), "", ""},
	{"reference", inTerms("{entity: b, note: [c], x-a: 3}"), "", ""},
	{"reference behind its note", inTerms("{note: [c], entity: b}"), "", ""},
	{"clue that is a reference", inTopic("clues: [{entity: b, note: [c], x-a: 3}]"), "", ""},
	{"clue that is a reference behind its note", inTopic("clues: [{note: [c], entity: b}]"), "", ""},
	{"part that is a reference behind its note", inClue("all: [{note: [c], entity: b}, d]"), "", ""},
	{"list that is a reference behind its note", "lists: {a: {note: [c], list: b}}", "", ""},
	{"part", inClue("all: [{any: [b], note: [c], x-a: 3}, d]"), "", ""},
	{"test", "tests: [{text: a, topics: [b], note: [c], x-a: 3}]", "", ""},
	{"only a note", inTerms("{note: c}"), "missing-key", ""},
}

var schemaNumbers = []schemaCase{
	{"version in quotes", `version: "1"`, "", ""},
	{"version with a point", "version: 1.0", "", ""},
	{"version 2 in quotes", `version: "2"`, "version", ""},
	{"version as a word", "version: one", "bad-value", ""},
	{"threshold", inTopic("threshold: 0.5"), "", ""},
	{"threshold in quotes", inTopic(`threshold: "0.5"`), "", ""},
	{"threshold without a nought", inTopic(`threshold: ".5"`), "", ""},
	{"threshold with an exponent", inTopic(`threshold: "5e-1"`), "", ""},
	{"threshold 1 in quotes", inTopic(`threshold: "1"`), "bad-value", ""},
	{"threshold 0 in quotes", inTopic(`threshold: "0.0"`), "bad-value", ""},
	{"threshold 0", inTopic("threshold: 0"), "bad-value", ""},
	{"threshold below 0", inTopic(`threshold: "-0.5"`), "bad-value", ""},
	{"threshold with a comma", inTopic(`threshold: "0,5"`), "bad-value", ""},
	{"threshold above 1 by its exponent", inTopic(`threshold: "50e-1"`), "bad-value", "a pattern does not calculate"},
	{"threshold in base 16", inTopic("threshold: 0x1p-1"), "", "text to an editor; nobody writes it"},
	{"prior in quotes", inEntity(`prior: "0.5"`), "", ""},
	{"prior above 1 in quotes", inEntity(`prior: "1.5"`), "bad-value", ""},
	{"weight", inClue("any: [a], weight: 0.3"), "", ""},
	{"weight in quotes", inClue(`any: [a], weight: "0.3"`), "", ""},
	{"weight 1 in quotes", inClue(`any: [a], weight: "1"`), "bad-value", ""},
	{"weight of another word", inClue("any: [a], weight: heavy"), "bad-value", ""},
	{"at_least in quotes", inClue(`any: [a], at_least: "2"`), "", ""},
	{"at_least with a sign", inClue(`any: [a], at_least: "+02"`), "", ""},
	{"at_least 0", inClue("any: [a], at_least: 0"), "bad-value", ""},
	{"at_least 0 in quotes", inClue(`any: [a], at_least: "0"`), "bad-value", ""},
	{"at_least half", inClue("any: [a], at_least: 1.5"), "bad-value", ""},
	{"at_least half in quotes", inClue(`any: [a], at_least: "1.5"`), "bad-value", ""},
	{"at_least with a point", inClue("any: [a], at_least: 2.0"), "bad-value", "2.0 is 2 to JSON"},
	{"at_least beyond all counting", inClue("any: [a], at_least: 99999999999999999999"), "bad-value", ""},
	{"distinct in quotes", inClue(`any: [a], distinct: "2"`), "", ""},
	{"distinct as a word", inClue("any: [a], distinct: two"), "bad-value", ""},
	{"count in quotes", "tests: [{text: a, entities: [{id: a, count: \"2\"}]}]", "", ""},
	{"count 0", "tests: [{text: a, entities: [{id: a, count: 0}]}]", "bad-value", ""},
	{"together with a distance", inClue("all: [a, b], together: 12 words"), "", ""},
	{"together with a sign", inClue("all: [a, b], together: +012 words"), "", ""},
	{"together in miles", inClue("all: [a, b], together: 5 miles"), "bad-value", ""},
	{"together at no distance", inClue("all: [a, b], together: 0 words"), "bad-value", ""},
}

var schemaLayers = []schemaCase{
	{"entity extend and remove", inEntity("extend: true, remove: true"), "conflicting-keys", ""},
	{"entity extend and override", inEntity("extend: true, override: true"), "conflicting-keys", ""},
	{"entity override and remove", inEntity("override: true, remove: true"), "conflicting-keys", ""},
	{"entity with all three", inEntity("override: true, extend: true, remove: true"), "conflicting-keys", ""},
	{"entity extend but not remove", inEntity("extend: true, remove: false"), "", ""},
	{"entity drop without extend", inEntity("drop: {aliases: [B]}"), "conflicting-keys", ""},
	{"entity drop with extend false", inEntity("extend: false, drop: {aliases: [B]}"), "conflicting-keys", ""},
	{"entity drop with override", inEntity("override: true, drop: {aliases: [B]}"), "conflicting-keys", ""},
	{"entity drop with extend", "entities: [{id: acme, extend: true, drop: {aliases: [B]}}]", "", ""},
	{"entity of an id to extend", "entities: [{id: acme, extend: false}]", "missing-key missing-key", ""},
	{"topic extend and remove", inTopic("extend: true, remove: true"), "conflicting-keys", ""},
	{"topic extend and override", inTopic("extend: true, override: true"), "conflicting-keys", ""},
	{"topic override and remove", inTopic("override: true, remove: true"), "conflicting-keys", ""},
	{"topic drop without extend", inTopic("drop: {clues: [B]}"), "conflicting-keys", ""},
	{"topic drop with extend", inTopic("extend: true, drop: {clues: [B]}"), "", ""},
	{"list extend and remove", "lists: {a: {any: [b], extend: true, remove: true}}", "conflicting-keys", ""},
	{"list extend and override", "lists: {a: {any: [b], extend: true, override: true}}", "conflicting-keys", ""},
	{"list override and remove", "lists: {a: {any: [b], override: true, remove: true}}", "conflicting-keys", ""},
	{"list drop without extend", "lists: {a: {any: [b], drop: {any: [c]}}}", "conflicting-keys", ""},
	{"list drop with extend", "lists: {a: {extend: true, drop: {any: [c]}}}", "", ""},
	{"list to remove", "lists: {a: {remove: true}}", "", ""},
	{"list not to remove", "lists: {a: {remove: false}}", "missing-key", ""},
	{"list to extend by nothing", "lists: {a: {extend: true}}", "missing-key", ""},
	{"layer as text", inEntity(`extend: "true"`), "bad-value", ""},
}

var schemaTexts = []schemaCase{
	{"name", `name: "  "`, "empty-value", ""},
	{"about", `about: ""`, "empty-value", ""},
	{"blank beyond ASCII", `name: "\u00a0\u3000\u2003\u0085"`, "empty-value", ""},
	{"mask", `masks: [" "]`, "empty-value", ""},
	{"alias", inEntity(`aliases: [B, ""]`), "empty-value", ""},
	{"alias in the long form", inEntity(`aliases: [{text: "\t"}]`), "empty-value", ""},
	{"term", inTerms(`"  "`), "empty-value", ""},
	{"reference", inTerms(`{entity: " "}`), "empty-value", ""},
	{"link", inEntity(`links: {wikidata: " "}`), "empty-value", ""},
	{"name of a link", inEntity(`links: {" ": Q1}`), "empty-value", ""},
	{"name of a list", `lists: {"": [a]}`, "empty-value", ""},
	{"name of a list with a blank", `lists: {a b: [a]}`, "bad-id", ""},
	{"title of a test", `tests: [{title: " ", topics: [a]}]`, "empty-value", ""},
	{"nothing", "masks: [a, ]\nname:", "empty-value", ""},
	{"null", inEntity("aliases: [null]"), "null-value", ""},
	{"empty list", inEntity("aliases: "), "empty-list", ""},
	{"empty list in brackets", inEntity("aliases: []"), "", ""},
	{"numbers and yes", inEntity("aliases: [1989, 3.5, true, yes, 2001-12-14]"), "", ""},
	{"line break", inEntity(`aliases: ["A\nB"]`), "control-character", ""},
	{"block", "name: |\n  A\n", "", ""},
	{"line break in prose", inEntity(`examples: ["A\nB"]`), "", ""},
	{"escape in prose", inEntity(`examples: ["A\eB"]`), "control-character", ""},
	{"direction of text", inEntity(`aliases: ["A\u202eB"]`), "control-character", ""},
	{"too long", "name: " + strings.Repeat("x", 1026), "too-long", ""},
	{"as long as a name can be", "name: " + strings.Repeat("x", 1024), "", ""},
	{"one too long", "name: " + strings.Repeat("x", 1025), "too-long", "the line end of a block does not count, and the schema cannot tell one"},
	{"too long in bytes", "name: " + strings.Repeat("ж", 1000), "too-long", "lengths are in characters"},
	{"family", inEntity("family: B"), "", ""},
	{"no family", inEntity("family: false"), "", ""},
	{"family true", inEntity("family: true"), "bad-value", ""},
	{"family true in quotes", inEntity(`family: "true"`), "", ""},
	{"half a mark", inEntity(`examples: ["<A"]`), "stray-bracket", "brackets are counted"},
	{"id with a blank", inEntity("id: a b"), "bad-id", ""},
	{"id with a wide blank", inEntity(`id: "a\u3000b"`), "bad-id", ""},
	{"name without a letter", `entities: [{name: "!!!", type: ORG}]`, "bad-id", ""},
	{"name without a letter in the long form", `entities: [{name: {text: "…"}, type: ORG}]`, "bad-id", ""},
	{"name without a letter, with an id", `entities: [{id: a, name: "!!!", type: ORG}]`, "", ""},
	{"name that is a number", `entities: [{name: 3, type: ORG}]`, "", ""},
	{"name of letters far away", `entities: [{name: "知", type: ORG}, {name: "™", type: ORG}]`, "", ""},
	{"label without a letter", `topics: [{label: "…"}]`, "bad-id", ""},
	{"label without a letter beyond punctuation", `topics: [{label: "♥"}]`, "bad-id", "classes of letters are no part of the patterns that every editor knows"},
	{"word of a set in a block", "entities:\n  - name: A\n    type: ORG\n    case: |\n      exact\n", "", "an enum holds words as they are"},
}

var schemaTerms = []schemaCase{
	{"reference", inTerms("entity:a, type:ORG, group:a, topic:a, list:a, exact:a, lower:a"), "", ""},
	{"texts with a colon", inTerms(`"10:30", "Mission: Impossible", "a:", ":b", "x-y:z"`), "", ""},
	{"unknown prefix", inTerms("entty:x"), "unknown-prefix", ""},
	{"unknown prefix in unless", inEntity("unless: entty:x"), "unknown-prefix", ""},
	{"unknown prefix in a list", "lists: {a: [entty:x]}", "unknown-prefix", ""},
	{"unknown prefix as a clue", inTopic("clues: [entty:x]"), "unknown-prefix", ""},
	{"unknown prefix as a rule", inTopic("require: [entty:x]"), "unknown-prefix", ""},
	{"unknown prefix in any", inClue("any: [entty:x]"), "unknown-prefix", ""},
	{"unknown prefix in all", inClue("all: [a, [b, entty:x]]"), "unknown-prefix", ""},
	{"prefix in other capitals", inTerms("Entity:x"), "unknown-prefix", ""},
	{"address", inTerms(`"https://a.b"`), "unknown-prefix", ""},
	{"prefix of other letters", inTerms("été:x"), "unknown-prefix", "classes of letters are no part of the patterns that every editor knows"},
	{"prefix of a name", inEntity("aliases: [entty:x]"), "", ""},
	{"prefix of nothing", inTerms(`"entity:"`), "bad-value", ""},
	{"prefix of a blank", inTerms(`"exact: "`), "bad-value", ""},
	{"reference to two", inTerms("{list: a, type: ORG}"), "conflicting-keys", ""},
	{"reference to nothing", inTerms("{}"), "missing-key", ""},
	{"reference of an unknown kind", inTerms("{entty: a}"), "unknown-key", ""},
	{"no terms at all", inEntity("needs: []"), "", ""},
	{"empty any", inClue("any: []"), "missing-key", ""},
	{"empty any of a rule", inTopic("exclude: [{any: []}]"), "missing-key", ""},
	{"empty any of a part", inClue("all: [{any: []}, a]"), "missing-key", ""},
	{"empty all", inClue("all: []"), "missing-key", ""},
	{"empty alternatives", inClue("all: [[], a]"), "missing-key", ""},
	{"any and all", inClue("any: [a], all: [b]"), "conflicting-keys", ""},
	{"together without all", inClue("any: [a], together: sentence"), "conflicting-keys", ""},
	{"neither any nor all", inClue("weight: strong"), "missing-key", ""},
	{"weight of a rule", inTopic("require: [{any: [a], weight: strong}]"), "unknown-key", ""},
}

var schemaDates = []schemaCase{
	{"year", inEntity("from: 2019"), "", ""},
	{"month", inEntity("from: 2019-12"), "", ""},
	{"day", inEntity("from: 2019-04-30, until: 2020-01-31"), "", ""},
	{"year in quotes", inEntity(`from: "0476"`), "", ""},
	{"month 13", inEntity("from: 2019-13"), "bad-value", ""},
	{"month 0", inEntity("from: 2019-00"), "bad-value", ""},
	{"day 0", inEntity("from: 2019-01-00"), "bad-value", ""},
	{"day 32", inEntity("from: 2019-01-32"), "bad-value", ""},
	{"31 April", inEntity("from: 2019-04-31"), "bad-value", ""},
	{"30 February", inEntity("from: 2020-02-30"), "bad-value", ""},
	{"29 February", inEntity("from: 2020-02-29"), "", ""},
	{"29 February in 2000", inEntity("from: 2000-02-29"), "", ""},
	{"29 February in no leap year", inEntity("from: 2019-02-29"), "bad-value", ""},
	{"29 February in 1900", inEntity("from: 1900-02-29"), "bad-value", ""},
	{"year 0", inEntity(`from: "0000"`), "bad-value", ""},
	{"two digits", inEntity("from: 19"), "bad-value", ""},
	{"five digits", inEntity("from: 20190"), "bad-value", ""},
	{"slashes", inEntity("from: 2019/04/18"), "bad-value", ""},
	{"year with a point", inEntity("from: 2019.0"), "bad-value", "2019.0 is 2019 to JSON"},
	{"date of a group", inEntity("groups: [{id: a, from: 2019-13}]"), "bad-value", ""},
	{"date of an alias", inEntity("aliases: [{text: B, until: 2019-13}]"), "bad-value", ""},
	{"date of a test", "tests: [{text: a, topics: [b], date: 2019-13}]", "bad-value", ""},
	{"end before the beginning", inEntity("from: 2020, until: 2019"), "bad-value", "two values are not compared"},
}

var schemaFiles = []schemaCase{
	{"test without an article", "tests: [{topics: [a]}]", "missing-key", ""},
	{"test that holds nothing", "tests: [{text: a}]", "missing-key", ""},
	{"test with an empty list", "tests: [{text: a, topics: []}]", "missing-key", ""},
	{"tests in a pack", "tests: [{text: a, topics: [b]}]\nname: a", "unknown-key", ""},
	{"key twice", "name: a\nname: b", "duplicate-key", "JSON has no key twice; an editor's YAML reports it"},
	{"anchor", "name: &a b", "yaml-anchor", "gone when YAML has been read"},
	{"comment in a value", inEntity("\n aliases: [B\n #c\n ]"), "", ""},
	{"cut by a comment", "masks:\n  - A #c", "comment-in-value", "gone when YAML has been read"},
	{"one text for several", "masks: Acme Road, Acme Street, Acme Lane", "comma-list", "words are read, and a name may have commas"},
	{"cut by a comma", inEntity("examples: [He came, saw Acme.]"), "cut-sentence", "words are read"},
	{"key that is no text", inEntity("{a: b}: c"), "wrong-kind", ""},
	{"one entity without its dash", "entities: {name: Acme, type: ORG}", "wrong-kind", ""},
}

// parsed returns the checks that find something in src, read as the file that
// it is, in the order of their places.
func parsed(src []byte) (out []string) {
	_, diags := Parse("case.yaml", src)
	p := &parser{file: "case_test.yaml"}
	if root := p.document(src); root != nil && at(root, "tests") != root {
		p.testFile(root)
		diags = p.diags.Sort()
	}
	for _, d := range diags {
		out = append(out, d.Check)
	}
	return out
}

// TestSchemaAgrees holds the schema against the parser, one thing at a time.
func TestSchemaAgrees(t *testing.T) {
	schema := compileSchema(t)
	for group, cases := range map[string][]schemaCase{
		"free keys": schemaFree, "numbers": schemaNumbers, "layers": schemaLayers, "texts": schemaTexts,
		"terms": schemaTerms, "dates": schemaDates, "files": schemaFiles,
	} {
		for _, tt := range cases {
			t.Run(group+"/"+tt.name, func(t *testing.T) {
				src := tt.src
				switch {
				case strings.HasPrefix(src, "{"):
					src = "{version: 1, " + src[1:]
				case !strings.HasPrefix(src, "version"):
					src = "version: 1\n" + src
				}
				found := strings.Join(parsed([]byte(src)), " ")
				if found != tt.checks {
					t.Errorf("the parser finds %q, want %q", found, tt.checks)
				}
				err := validate(t, schema, []byte(src))
				switch agree := (err != nil) == (tt.checks != ""); {
				case !agree && tt.differs == "":
					t.Errorf("the parser finds %q, the schema %v", found, err)
				case agree && tt.differs != "":
					t.Errorf("the schema agrees with the parser: strike out that it differs because %s", tt.differs)
				}
			})
		}
	}
}
