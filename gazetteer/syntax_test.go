package gazetteer_test

import (
	"fmt"
	"strings"
	"testing"

	"wiretag/gazetteer"
)

// TestSyntax is row A2 of the reliability plan: what is not YAML is found where
// it is, and the message says what to do.
func TestSyntax(t *testing.T) {
	entity := func(lines string) string { return "version: 1\nentities:\n  - name: Acme\n" + lines }
	tests := []struct{ name, src, at, want string }{
		{name: "tab before a key", src: entity("\ttype: ORG\n"), at: "4:1", want: "a tab stands where the line is indented"},
		{name: "tab behind blanks", src: entity("  \ttype: ORG\n"), at: "4:3", want: "a tab stands where the line is indented"},
		{name: "tab behind a dash", src: entity("    type: ORG\n  -\tname: Bolt\n"), at: "5:4", want: "a tab stands behind the dash"},
		{name: "tab alone on a line", src: entity("    type: 'ORG'\n\t\n    case: exact\n"), at: "5:1", want: "a tab stands"},
		{name: "tab in text under a bar", src: "version: 1\nabout: |\n\tAcme\n", at: "3:1", want: "a tab stands"},

		{name: "double quote never closed", src: entity("    type: \"ORG\n    case: exact\n"), at: "4:11", want: `the quote " that opens here is never closed`},
		{name: "single quote never closed", src: entity("    aliases:\n      - 'Twas Acme\n    type: ORG\n"), at: "5:9", want: `in double quotes: "'…"`},
		{name: "double quote closed by the next", src: "version: 1\nentities:\n  - name: \"Acme\n    type: \"ORG\"\n", at: "3:11", want: `the quote " that opens here`},
		{name: "quote never closed in brackets", src: entity("    aliases: [Acme Works, \"Acme, AW]\n    type: ORG\n"), at: "4:27", want: `the quote " that opens here`},
		{name: "quote closed by the next in brackets", src: entity("    aliases: [\"Acme, AW]\n    weak: [\"A\"]\n"), at: "4:15", want: `the quote " that opens here`},
		{name: "quote never closed, then a document", src: "version: 1\nname: \"Acme\n---\nversion: 1\nname: \"B\"\n", at: "2:7", want: `the quote "`},
		{name: "quote on the first line", src: "name: \"Acme\nversion: 1\n", at: "1:7", want: `the quote "`},

		{name: "apostrophe in single quotes", src: entity("    aliases: ['it's']\n"), at: "4:19", want: "a comma is missing before this"},
		{name: "apostrophe in single quotes in a block", src: "version: 1\nentities:\n  - name: 'it's'\n", at: "3:15", want: `the quote ' before "s'" ends the text`},
		{name: "quotes in double quotes", src: entity("    examples:\n      - \"He said \"hello\" to Acme.\"\n"), at: "5:19", want: `write a quote within the text as \"`},
		{name: "text behind quotes", src: "version: 1\nname: \"Acme\" Works\n", at: "2:14", want: `the quote " before "Works" ends the text`},
		{name: "text behind brackets", src: "version: 1\nmasks:\n  - [Acme] Road\n", at: "3:12", want: `"Road" stands behind the closing bracket`},
		{name: "comma behind quotes", src: entity("    aliases: \"Acme Works\", \"AW\"\n"), at: "4:26", want: "write several texts in brackets"},
		{name: "backslash", src: "version: 1\nname: \"C:\\data\"\n", at: "2:10", want: `write it twice (\\)`},
		{name: "backslash of too few digits", src: "version: 1\nname: \"\\u12\"\n", at: "2:8", want: `write it twice (\\)`},

		{name: "colon in a name", src: "version: 1\nentities:\n  - name: Mission: Impossible\n", at: "3:18", want: `write "Mission: Impossible"`},
		{name: "colon behind quotes", src: "version: 1\nname: \"Mission\": Impossible\n", at: "2:16", want: "has to stand in quotes"},
		{name: "colon at the end", src: "version: 1\nname: Mission:\n", at: "2:14", want: "has to stand in quotes"},
		{name: "colon behind letters that count double", src: "version: 1\nname: Société: Générale\n", at: "2:14", want: "has to stand in quotes"},
		{name: "colon in brackets", src: "version: 1\nentities: [{name: Mission: Impossible, type: ORG}]\n", at: "2:26", want: "a comma is missing before this key, or text with a colon"},
		{name: "comma missing between keys in brackets", src: "version: 1\nentities: [{name: Acme type: ORG}]\n", at: "2:28", want: "a comma is missing"},
		{name: "colon in text over two lines", src: entity("    examples:\n      - Acme said on\n        Monday that: it grew.\n"), at: "6:20", want: "has to stand in quotes"},
		{name: "no blank behind the colon", src: entity("    type:ORG\n    case: exact\n"), at: "4:10", want: "a blank is missing behind type:"},
		{name: "no blank behind the first colon", src: "version: 1\nentities:\n  - name:Acme\n    type: ORG\n", at: "3:10", want: "a blank is missing behind name:"},
		{name: "no blank before brackets", src: entity("    aliases:[AW]\n"), at: "4:13", want: "a blank is missing behind aliases:"},
		{name: "no colon", src: entity("    type ORG\n    case: exact\n"), at: "4:5", want: `"type ORG" stands where a line of the form key: value`},

		{name: "at", src: entity("    aliases:\n      - @acme\n"), at: "5:9", want: `text that begins with @ has to stand in quotes: write "@acme"`},
		{name: "at in brackets", src: entity("    aliases: [AW, @acme]\n"), at: "4:19", want: `write "@acme"`},
		{name: "backquote", src: "version: 1\nname: `Acme`\n", at: "2:7", want: "text that begins with `"},
		{name: "star", src: entity("    aliases: [*acme]\n"), at: "4:15", want: `write "*acme"`},
		{name: "star as a key", src: "version: 1\n*name: Acme\n", at: "2:1", want: "text that begins with *"},
		{name: "percent", src: entity("    aliases:\n      - % of Acme\n"), at: "5:9", want: `write "% of Acme"`},
		{name: "percent at the beginning of a file", src: "%version: 1\n", at: "1:1", want: "text that begins with %"},
		{name: "and", src: entity("    aliases:\n      - & Sons\n"), at: "5:9", want: `write "& Sons"`},
		{name: "bar", src: entity("    aliases:\n      - |acme\n"), at: "5:9", want: `write "|acme"`},
		{name: "bar in brackets", src: entity("    aliases: [|acme]\n"), at: "4:15", want: `write "|acme"`},
		{name: "greater", src: entity("    aliases:\n      - > 9000\n"), at: "5:9", want: `write "> 9000"`},
		{name: "comma", src: "version: 1\nname: , Acme\n", at: "2:7", want: "text that begins with ,"},
		{name: "closing bracket", src: "version: 1\nname: ] Acme\n", at: "2:7", want: "text that begins with ]"},
		{name: "text with a double quote in it", src: "version: 1\nname: @\"it's\"\n", at: "2:7", want: `write '@"it''s"'`},
		{name: "question mark in brackets", src: entity("    examples: [Will Acme grow?]\n"), at: "4:30", want: `write "Will Acme grow?"`},
		{name: "list behind its key", src: entity("    aliases: - AW\n"), at: "4:14", want: "put the dash on the next line"},

		{name: "bracket never closed", src: entity("    aliases: [AW, Acme Works\n    type: ORG\n  - name: Bolt\n"), at: "4:14", want: "the [ that opens here is never closed"},
		{name: "brace never closed", src: "version: 1\nentities:\n  - {name: Acme, type: ORG\n  - {name: Bolt, type: ORG}\n", at: "3:5", want: "the { that opens here is never closed"},
		{name: "bracket never closed at the end", src: "version: 1\nmasks: [Acme Road, Acme\n", at: "2:8", want: "the [ that opens here"},
		{name: "bracket closed by the next", src: entity("    aliases: [AW\n    weak: [Acme]\n"), at: "4:14", want: "the [ that opens here"},
		{name: "inner bracket never closed", src: "version: 1\nentities: [{name: Acme, aliases: [AW, type: ORG}]\n", at: "2:34", want: "the [ that opens here"},
		{name: "closed by another bracket", src: "version: 1\nmasks: [Acme Road}\n", at: "2:18", want: "this } closes nothing"},
		{name: "bracket too many", src: "version: 1\nmasks: [Acme Road]]\n", at: "2:19", want: `"]" stands behind the closing bracket`},
		{name: "bracket in text", src: "version: 1\nmasks: [Acme [Road], B]\n", at: "2:14", want: "text with a bracket in it has to stand in quotes"},
		{name: "comment that hides the bracket", src: entity("    aliases: [Album #1, Album #2]\n    type: ORG\n"), at: "4:21", want: "this # begins a comment"},
		{name: "two commas", src: "version: 1\nmasks: [A, , B]\n", at: "2:12", want: "an item is missing before this comma"},
		{name: "dash in brackets", src: "version: 1\nmasks: [- A]\n", at: "2:9", want: "a dash begins an item of a list outside brackets only"},

		{name: "key one blank short", src: entity("   type: ORG\n"), at: "4:4", want: `"type:" begins in column 4, under nothing that could hold it: begin it in column 5, as line 3 does`},
		{name: "key one blank over", src: entity("     type: ORG\n"), at: "4:6", want: `"type:" begins deeper than "name:", which has its value already: begin it in column 5`},
		{name: "dash one blank short", src: entity("    type: ORG\n - name: Bolt\n"), at: "5:2", want: "begin it in column 3, as line 3 does"},
		{name: "dash one blank over", src: entity("    type: ORG\n   - name: Bolt\n"), at: "5:4", want: "begin it in column 3, as line 3 does"},
		{name: "dash under a key with a value", src: entity("    type: ORG\n    - AW\n"), at: "5:5", want: "a dash cannot stand here"},
		{name: "dash missing", src: "version: 1\nmasks:\n  - Acme Road\n  Acme Lane\n", at: "4:3", want: "a dash is missing"},
		{name: "key in a list", src: "version: 1\nmasks:\n  - \"Acme Road\"\n  name: Acme\n", at: "4:3", want: "a dash is missing"},
		{name: "text behind a comment", src: "version: 1\nabout: Acme # the firm\n  and others\n", at: "3:3", want: "goes on behind a comment"},
		{name: "text with less indentation under a bar", src: "version: 1\nabout: |\n    Acme\n  Works\n", at: "4:3", want: "key: value"},

		{name: "CRLF", src: "version: 1\r\nentities:\r\n  - name: Mission: Impossible\r\n", at: "3:18", want: "quotes"},
		{name: "CR alone", src: "version: 1\rentities:\r  - name: Mission: Impossible\r", at: "3:18", want: "quotes"},
		{name: "BOM", src: "\ufeffname: Mission: Impossible\n", at: "1:14", want: "quotes"},
		{name: "no line end", src: "version: 1\nname: Mission: Impossible", at: "2:14", want: "quotes"},
		{name: "in a second document", src: "version: 1\n---\nname: Mission: Impossible\n", at: "3:14", want: "quotes"},
		{name: "deep in a long file", src: "version: 1\nmasks:\n" + strings.Repeat("  - Acme Road\n", 50_000) + "  - @acme\n", at: "50003:5", want: `write "@acme"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := gazetteer.Parse("x.yaml", []byte(tt.src))
			i := 0
			for i < len(diags)-1 && diags[i].Check != "yaml-syntax" {
				i++
			}
			if len(diags) == 0 || diags[i].Check != "yaml-syntax" {
				t.Fatalf("got %v, want yaml-syntax", diags)
			}
			got := fmt.Sprintf("%d:%d", diags[i].Pos.Line, diags[i].Pos.Col)
			if got != tt.at || !strings.Contains(diags[i].Message, tt.want) {
				t.Errorf("got  %s: %s\nwant %s: … %s", got, diags[i].Message, tt.at, tt.want)
			}
		})
	}
}
