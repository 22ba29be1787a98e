package gazetteer_test

import (
	"fmt"

	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wiretag/gazetteer"
)

// repeat writes n numbered pieces.
func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// What an attacker or a broken tool writes has to be answered at once: with few
// findings, and with little memory for its size. The names begin with the rows
// of the reliability plan.
func TestParseHostile(t *testing.T) {
	laughs := "version: 1\nx-0: &a0 [lol, lol]\n"
	for i := range 30 {
		laughs += fmt.Sprintf("x-%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	tests := []struct{ name, src, want string }{
		{name: "A6 billion laughs", src: laughs, want: "yaml-anchor"},
		{name: "A6 bomb of 100,000 aliases", src: "version: 1\nx-a: &a [x]\nx-b: [" + strings.Repeat("*a, ", 100_000) + "]\n", want: "yaml-anchor"},
		{name: "A6 an anchor that holds itself", src: "version: 1\nmasks: &a [*a]\n", want: "yaml-anchor"},
		{name: "A6 an alias of nothing", src: "version: 1\nmasks: [*a]\n", want: "yaml-syntax"},
		{name: "A6 merge keys", src: "version: 1\nentities:\n" + repeat(20_000, "  - <<: {type: ORG}\n    name: Acme %d\n"), want: "yaml-anchor"},
		{name: "A6 a merge that broke the reader", src: "? {a: 1}\n: b\n<<: {c: d}", want: "yaml-anchor"},
		{name: "A7 65 deep", src: "version: 1\nmasks: " + strings.Repeat("[", 65) + strings.Repeat("]", 65), want: "yaml-depth"},
		{name: "A7 10,000 brackets deep", src: "version: 1\nmasks: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), want: "yaml-depth"},
		{name: "A7 9,000 dashes", src: "version: 1\nmasks: \n- " + strings.Repeat("- ", 9_000), want: "yaml-depth"},
		{name: "A7 10,001 dashes", src: "version: 1\nmasks: \n" + strings.Repeat("- ", 10_001) + "x", want: "yaml-depth"},
		{name: "A7 a million brackets", src: strings.Repeat("[", 1_000_000), want: "yaml-depth"},
		{name: "A7 a million question marks", src: strings.Repeat("? ", 1_000_000), want: "yaml-syntax"},
		{name: "A8 80,000 unknown keys", src: repeat(80_000, "key%d: x\n"), want: "unknown-key"},
		{name: "A8 80,000 links, one twice", src: "version: 1\nentities: [{name: A, type: ORG, links: {k0: y" + repeat(80_000, ", k%d: x") + "}}]", want: "duplicate-key"},
		{name: "A8 a name of a megabyte", src: "version: 1\nmasks: [" + strings.Repeat("x", 1<<20) + "]", want: "too-long"},
		{name: "A8 a text of a megabyte on one line, then a mistake", src: "version: 1\nabout: " + strings.Repeat("text ", 1<<18) + "\nmasks: @\n", want: "yaml-syntax"},
		{name: "A8 a megabyte in quotes that nobody closes", src: "version: 1\nabout: \"" + strings.Repeat("a\\\\ ", 1<<18), want: "yaml-syntax"},
		{name: "A8 a megabyte of quotes", src: "version: 1\nabout: " + strings.Repeat("'", 1<<20) + "x", want: "yaml-syntax"},
		{name: "A8 60,000 comments on one line of brackets", src: "version: 1\nmasks: [" + strings.Repeat("a #]\n", 60_000), want: "yaml-syntax"},
		{name: "A8 a line of 60,000 names with comments looked for", src: "version: 1 #1\nmasks: [" + strings.Repeat("a, ", 60_000) + "x: y]", want: "wrong-kind"},
		{name: "A8 20,000 texts with commas", src: "version: 1\nlists:\n" + repeat(20_000, "  l%d: a, b\n"), want: "comma-list"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			start := time.Now()
			runtime.ReadMemStats(&before)
			_, diags, err := gazetteer.LoadFS(fstest.MapFS{"x.yaml": {Data: []byte(tt.src)}}, "x")
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 10*time.Second { // for a machine under load: it takes a tenth of one
				t.Errorf("took %s", took)
			}
			const most = 200 << 20
			if used := after.TotalAlloc - before.TotalAlloc; used > most {
				t.Errorf("used %d MiB, want at most %d", used>>20, most>>20)
			}
			said := 0
			for _, d := range diags {
				said += len(d.Message)
			}
			if most := 20*len(tt.src) + 64<<10; said > most {
				t.Errorf("said %d bytes in %d findings, want at most %d", said, len(diags), most)
			}
			if !slices.ContainsFunc(diags, func(d gazetteer.Diagnostic) bool { return d.Check == tt.want }) {
				t.Errorf("%d findings, first %v; want %s", len(diags), diags[:min(len(diags), 1)], tt.want)
			}
		})
	}
}

// What a byte, a line end or a kind of value means, by the rows of the
// reliability plan: read as written, or refused where it stands.
func TestParseBytes(t *testing.T) {
	mask := func(text string) string { return "version: 1\nmasks: [a,\n  " + text + "]\n" }
	tests := []struct {
		name, src string
		want      string   // the place and check of every finding
		masks     []string // where there is none
	}{
		{name: "A1 empty", src: "", want: "1:1 version"},
		{name: "A1 only comments", src: "# nothing\n# here\n", want: "1:1 version"},
		{name: "A1 binary", src: "\x7fELF\x02\x01\x01\x00", want: "1:1 control-character"},

		{name: "A9 Latin-1", src: mask("Soci\xe9t\xe9"), want: "3:7 yaml-encoding"},
		{name: "A9 one bad byte behind letters that count double", src: mask("Société \xff"), want: "3:11 yaml-encoding"},
		{name: "A9 UTF-16, little end first", src: "\xff\xfev\x00e\x00", want: "1:1 yaml-encoding"},
		{name: "A9 UTF-16, big end first", src: "\xfe\xff\x00v\x00e", want: "1:1 yaml-encoding"},
		{name: "A9 a BOM", src: "\ufeff" + mask("b"), masks: []string{"2:9 a", "3:3 b"}},
		{name: "A9 a BOM and CRLF", src: "\ufeff" + strings.ReplaceAll(mask("b, ~"), "\n", "\r\n"), want: "3:6 null-value"},
		{name: "A9 CRLF", src: strings.ReplaceAll(mask("b"), "\n", "\r\n"), masks: []string{"2:9 a", "3:3 b"}},
		{name: "A9 CR", src: strings.ReplaceAll(mask("b"), "\n", "\r"), masks: []string{"2:9 a", "3:3 b"}},
		{name: "A9 CR, then a control character", src: strings.ReplaceAll(mask("\x1b"), "\n", "\r"), want: "3:3 control-character"},
		{name: "A9 NEL", src: mask("b\u0085c"), want: "3:4 control-character"},
		{name: "A9 a line separator", src: mask("b\u2028c"), want: "3:4 control-character"},
		{name: "A9 a paragraph separator in a comment", src: "version: 1 # one\u2029masks: [a]\n", want: "1:17 control-character"},
		{name: "A9 NUL", src: mask("b\x00"), want: "3:4 control-character"},
		{name: "A9 raw ESC", src: mask("\x1b[31m"), want: "3:3 control-character"},
		{name: "A9 DEL", src: mask("b\x7f"), want: "3:4 control-character"},
		{name: "A9 ESC written out", src: mask(`"\e[31m"`), want: "3:3 control-character"},
		{name: "A9 direction", src: mask("b\u202ec"), want: "3:3 control-character"},
		{name: "A9 composed and decomposed", src: mask("Zürich, Zu\u0308rich"), masks: []string{"2:9 a", "3:3 Zürich", "3:11 Zu\u0308rich"}},

		{name: "A10 two documents", src: mask("b") + "---\nversion: 1\n", want: "4:1 yaml-document"},
		{name: "A10 a broken second document", src: mask("b") + "---\nmasks: [\n", want: "5:8 yaml-syntax"},
		{name: "A10 three dashes alone", src: "---\n", want: "1:1 version"},
		{name: "A10 three dashes first", src: "---\n" + mask("b"), masks: []string{"3:9 a", "4:3 b"}},
		{name: "A10 three dots last", src: mask("b") + "...\n", masks: []string{"2:9 a", "3:3 b"}},
		{name: "A10 a tab behind the dots", src: mask("b") + "...\n\t\n", want: "5:1 yaml-syntax"},
		{name: "A10 text behind the dots", src: mask("b") + "...\nmasks: [c]\n", want: "5:1 yaml-syntax"},

		{name: "A13 binary", src: mask("!!binary aGk="), want: "3:3 yaml-anchor"},
		{name: "A13 numbers and dates", src: mask("2001-12-14, 1_000, 0x1F, .inf, .nan, 1e3, 007"),
			masks: []string{"2:9 a", "3:3 2001-12-14", "3:15 1_000", "3:22 0x1F", "3:28 .inf", "3:34 .nan", "3:40 1e3", "3:45 007"}},
		{name: "A13 a long number", src: mask(strings.Repeat("9", 40)), masks: []string{"2:9 a", "3:3 " + strings.Repeat("9", 40)}},
		{name: "A13 words that YAML knows", src: mask("NO, yes, on, TRUE, <<"),
			masks: []string{"2:9 a", "3:3 NO", "3:7 yes", "3:12 on", "3:16 TRUE", "3:22 <<"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, diags := gazetteer.Parse("x.yaml", []byte(tt.src))
			var got, masks []string
			for _, d := range diags {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Col, d.Check))
			}
			for _, m := range g.Masks {
				masks = append(masks, fmt.Sprintf("%d:%d %s", m.Pos.Line, m.Pos.Col, m.Value))
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %v, want %s", diags, tt.want)
			}
			if diff := cmp.Diff(masks, tt.masks); diff != "" && tt.want == "" {
				t.Errorf("masks (-got +want):\n%s", diff)
			}
		})
	}
}
