package corpus_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"wiretag/cmd/internal/corpus"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

var update = flag.Bool("update", false, "write INPUTS.md anew")

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func zst(s string) string {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return string(w.EncodeAll([]byte(s), nil))
}

// A file is a member of an archive, or one on the disk.
type file struct{ name, content string }

func tarOf(files ...file) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		if err := w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.content)), Mode: 0o644}); err != nil {
			panic(err)
		}
		w.Write([]byte(f.content))
	}
	w.Close()
	return b.String()
}

func zipOf(files ...file) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		m, err := w.Create(f.name)
		if err != nil {
			panic(err)
		}
		m.Write([]byte(f.content))
	}
	w.Close()
	return b.String()
}

// flip changes the byte at i, from the end if i is negative.
func flip(s string, i int) string {
	b := []byte(s)
	b[(i+len(b))%len(b)] ^= 0xff
	return string(b)
}

func cut(s string, n int) string { return s[:len(s)-n] }

// encrypted sets the bit that says so in both places of the first member.
func encrypted(z string) string {
	b := []byte(z)
	b[6] |= 1
	b[bytes.Index(b, []byte("PK\x01\x02"))+8] |= 1
	return string(b)
}

const mail = "From: a@example.org\r\nSubject: =?utf-8?q?A_caf=C3=A9?=\r\nDate: Wed, 29 Nov 2023 23:59:59 -0800\r\nMessage-ID: <1@example.org>\r\n"

// An input is a row of the table of what inputs get.
type input struct {
	row   string // of the list of faults
	about string // what it is, for people
	file  file
	opts  corpus.Options
	want  []string // a line for each article: id|title|text|date, or !class problem, or ~note
}

func inputs() []input {
	many := strings.Repeat(`{"text":"x"}`+"\n", 3)
	html := `<!doctype html><html><head><title>A title</title><link rel=canonical href="https://example.org/a"></head><body><nav>menu</nav><article><p>Xi<b>’s</b> caf&eacute; said so in a first paragraph.</p><p>Second&nbsp;one,<br>with a break.</p><script>alert(1)</script></article></body></html>`
	fields := func(f corpus.Fields) corpus.Options { return corpus.Options{Fields: f} }
	return []input{
		{"B12", "gzip", file{"a.txt.gz", gz("Zoom said so.")}, corpus.Options{}, []string{"a.txt.gz||Zoom said so.|"}},
		{"B12", "gzip of two members", file{"a.txt.gz", gz("Zoom ") + gz("said so.")}, corpus.Options{}, []string{"a.txt.gz||Zoom said so.|"}},
		{"B12", "gzip, whatever its name", file{"a.txt", gz("Zoom.")}, corpus.Options{}, []string{"a.txt||Zoom.|"}},
		{"B12", "zstd", file{"a.jsonl.zst", zst(many)}, corpus.Options{}, []string{"a.jsonl.zst#1||x|", "a.jsonl.zst#2||x|", "a.jsonl.zst#3||x|"}},
		{"B12", "gzip cut off: a text", file{"a.txt.gz", cut(gz("Zoom said so."), 5)}, corpus.Options{}, []string{"!archive a.txt.gz: the packed data are cut off"}},
		{"B12", "gzip cut off: JSON lines", file{"a.jsonl.gz", cut(gz(many), 5)}, corpus.Options{}, []string{"a.jsonl.gz#1||x|", "a.jsonl.gz#2||x|", "a.jsonl.gz#3||x|", "!archive a.jsonl.gz:4:1: the packed data are cut off (byte 39)"}},
		{"B12", "gzip with a wrong checksum", file{"a.txt.gz", flip(gz("Zoom said so."), -6)}, corpus.Options{}, []string{"!archive a.txt.gz: gzip: invalid checksum"}},
		{"B12", "gzip with garbage behind it", file{"a.txt.gz", gz("Zoom.") + "garbage garbage"}, corpus.Options{}, []string{"!archive a.txt.gz: gzip: invalid header"}},
		{"B12", "gzip bomb, 1000:1", file{"a.jsonl.gz", gz(strings.Repeat(" ", 20<<20))}, corpus.Options{}, []string{"!limit a.jsonl.gz:1:1: unpacks to more than 100 times its size; if that is right, --max-ratio allows more (byte 0)"}},
		{"B12", "the same with --max-ratio 2000", file{"a.jsonl.gz", gz(strings.Repeat(" ", 15<<20))}, corpus.Options{MaxRatio: 2000}, nil},
		{"B12", "packed six times", file{"a.txt", gz(gz(gz(gz(gz(gz("x"))))))}, corpus.Options{}, []string{"!archive a.txt: is packed more than 5 times"}},
		{"B12", "tar", file{"n.tar", tarOf(file{"b.txt", "b"}, file{"sub/a.jsonl", many[:13]}, file{"x.pdf", "no"}, file{".h.txt", "no"})}, corpus.Options{}, []string{"n.tar/b.txt||b|", "n.tar/sub/a.jsonl#1||x|"}},
		{"B12", "tar in gzip", file{"n.tgz", gz(tarOf(file{"b.txt", "b"}))}, corpus.Options{}, []string{"n.tgz/b.txt||b|"}},
		{"B12", "packed members of a tar", file{"n.tar", tarOf(file{"b.txt.gz", gz("b")})}, corpus.Options{}, []string{"n.tar/b.txt.gz||b|"}},
		{"B12", "tar cut off", file{"n.tar", tarOf(file{"a.txt", "a"}, file{"b.txt", strings.Repeat("b", 2000)})[:2000]}, corpus.Options{}, []string{"n.tar/a.txt||a|", "!archive n.tar/b.txt: the packed data are cut off", "!archive n.tar: the archive is cut off"}},
		{"B12", "tar with a bad member", file{"n.tar", tarOf(file{"a.txt", "a\xff"}, file{"b.txt", "b"})}, corpus.Options{}, []string{"!encoding n.tar/a.txt: not UTF-8: invalid byte 0xFF at byte 1; convert it, or name its --encoding", "n.tar/b.txt||b|"}},
		{"B12", "names that lead out of an archive", file{"n.tar", tarOf(file{"../../etc/a.txt", "a"}, file{"/b.txt", "b"}, file{`c\d.txt`, "d"})}, corpus.Options{}, []string{"n.tar/../../etc/a.txt||a|", "n.tar//b.txt||b|", `n.tar/c\\d.txt||d|`}},
		{"B12", "archive in an archive", file{"n.tar", tarOf(file{"a.txt", "a"}, file{"i.tar", tarOf(file{"b.txt", "b"})})}, corpus.Options{}, []string{"n.tar/a.txt||a|", "~n.tar/i.tar: is an archive in an archive; passed over"}},
		{"B12", "archive without a known file", file{"n.zip", zipOf(file{"x.xml", "x"})}, corpus.Options{}, []string{"~n.zip: holds no file of a known extension; --include names others"}},
		{"B12", "zip", file{"n.zip", zipOf(file{"b.txt", "b"}, file{"a.txt", "a"})}, corpus.Options{}, []string{"n.zip/b.txt||b|", "n.zip/a.txt||a|"}},
		{"B12", "an empty file that is called .gz", file{"a.txt.gz", ""}, corpus.Options{}, []string{"!archive a.txt.gz: is empty; packed data are not"}},
		{"B12", "a text that is called .tar", file{"a.tar", "text"}, corpus.Options{}, []string{"!archive a.tar: is no archive, though its name says so"}},
		{"B12", "a member of an excluded folder", file{"n.tar", tarOf(file{"drafts/a.txt", "a"}, file{"b.txt", "b"})}, corpus.Options{Exclude: []string{"/drafts/"}}, []string{"n.tar/b.txt||b|"}},
		{"B12", "zip with an encrypted member", file{"n.zip", encrypted(zipOf(file{"a.txt", "a"}, file{"b.txt", "b"}))}, corpus.Options{}, []string{"!archive n.zip/a.txt: is encrypted", "n.zip/b.txt||b|"}},
		{"B12", "zip cut off", file{"n.zip", cut(zipOf(file{"a.txt", "a"}), 10)}, corpus.Options{}, []string{"!archive n.zip: the archive is damaged: it has no directory; is it cut off?"}},

		{"B4", "UTF-16 with --encoding utf-16", file{"a.txt", "\xff\xfeZ\x00\xe9\x00"}, corpus.Options{Encoding: "utf-16"}, []string{"a.txt||Zé|"}},
		{"B4", "UTF-16 without a mark, --encoding utf-16", file{"a.txt", "Z\x00"}, corpus.Options{Encoding: "utf-16"}, []string{"!encoding a.txt: has no byte order mark; say utf-16le, utf-16be, utf-32le or utf-32be"}},
		{"B4", "Windows-1252 with --encoding", file{"a.txt", "Zoom\x92s"}, corpus.Options{Encoding: "windows-1252"}, []string{"a.txt||Zoom’s|"}},
		{"B4", "bytes that mean nothing in --encoding", file{"a.txt", "Zo\xff\xffom"}, corpus.Options{Encoding: "shift_jis"}, []string{"!encoding a.txt: not shift_jis: bytes that mean nothing there before character 3"}},

		{"B6", "JSON: a list", file{"a.json", "[{\"text\":\"x\"},\n {\"id\":\"b\",\"text\":\"y\"}]"}, corpus.Options{}, []string{"a.json#1||x|", "b||y|"}},
		{"B6", "JSON: one object over lines", file{"a.json", "{\n \"text\": \"x\"\n}\n"}, corpus.Options{}, []string{"a.json||x|"}},
		{"B6", "JSON: objects one after another", file{"a.json", "{\"text\":\"x\"}\n{\"text\":\"y\"}"}, corpus.Options{}, []string{"a.json#1||x|", "a.json#2||y|"}},
		{"B6", "JSON: a bad element", file{"a.json", "[{\"text\":\"x\"},\n {\"é\":1,\"text\":5},\n {\"text\":\"y\"}]"}, corpus.Options{}, []string{"a.json#1||x|", "!field a.json:2:16: \"text\" is a number; it must be a string or a list of strings (byte 31)", "a.json#3||y|"}},
		{"B6", "JSON: an element with a key twice, and half a character", file{"a.json", bom + "[{\"text\":\"x\",\"text\":\"y\"},\n{\"text\":\"\\ud800\"},{\"text\":\"a\xff\"},3,{\"text\":\"z\"}]"}, corpus.Options{}, []string{"!syntax a.json:1:14: duplicate object member name (byte 16)", "!syntax a.json:2:10: invalid surrogate pair `\\ud800\"}` in string (byte 38)", "!syntax a.json:2:29: invalid UTF-8 (byte 57)", "!field a.json:2:33: an article is a number; it must be an object: {\"text\": …} (byte 61)", "a.json#5||z|"}},
		{"B6", "JSON: nested 20,000 deep", file{"a.json", `[{"text":"x"},` + strings.Repeat("[", 20_000)}, corpus.Options{}, []string{"a.json#1||x|", "!syntax a.json:1:10014: exceeded max depth; what follows was not read (byte 10013)"}},
		{"B6", "JSON: empty", file{"a.json", " \n"}, corpus.Options{}, nil},
		{"B6", "JSON: no object", file{"a.json", "3 null"}, corpus.Options{}, []string{"!field a.json:1:1: an article is a number; it must be an object: {\"text\": …} (byte 0)", "!field a.json:1:3: an article is null; it must be an object: {\"text\": …} (byte 2)"}},
		{"B6", "JSON: broken in the middle", file{"a.json", "[{\"text\":\"x\"},\n {\"text\":\"y\" oops},\n {\"text\":\"z\"}]"}, corpus.Options{}, []string{"a.json#1||x|", "!syntax a.json:2:14: invalid character 'o' after object value (expecting ',' or '}'); what follows was not read (byte 28)"}},
		{"B6", "JSON: cut off", file{"a.json", "[{\"text\":\"x\"},\n {\"te"}, corpus.Options{}, []string{"a.json#1||x|", "!syntax a.json:2:6: the input ends inside a value; what follows was not read (byte 20)"}},
		{"B6", "JSON: an element over the limit", file{"a.json", `[{"text":"x"},{"text":"` + strings.Repeat("y", 200_000) + `"}]`}, corpus.Options{MaxLine: 1000}, []string{"a.json#1||x|", "!limit a.json:1:15: it is longer than the limit of 1000 bytes; --max-line raises it; what follows was not read (byte 14)"}},
		{"B6", "fields by path", file{"a.jsonl", `{"meta":{"id":7,"body":["p","q"]},"when":"2020-02-29","meta.title":"T","url":"u","n":[1, 2]}`}, fields(corpus.Fields{ID: "meta.id", Title: "meta.title", Text: "meta.body", Date: "when", Keep: []string{"n", "none", "meta.body.1", "url"}}), []string{`7|T|p⏎⏎q|2020-02-29 n=[1,2] meta.body.1="q" url="u"`}},
		{"B6", "a field that is not there", file{"a.jsonl", `{"body":"x","b":1}`}, fields(corpus.Fields{Text: "content"}), []string{`!field a.jsonl:1:19: the object has no field "content"; it has "body", "b"; --text-field names another (byte 18)`}},

		{"B6", "a date that is none for sure", file{"a.jsonl", "{\"text\":\"x\",\"date\":\"3 May 2020\"}\n{\"text\":\"y\",\"date\":\"12/11/2023\"}\n{\"text\":\"z\",\"date\":\"soon\"}"}, corpus.Options{}, []string{"a.jsonl#1||x|2020-05-03", "a.jsonl#2||y|", "a.jsonl#3||z|", `~a.jsonl: the date "12/11/2023" says no day for sure; 2 articles have none of their own, the first a.jsonl#2; write YYYY-MM-DD`}},
		{"B6", "a named field that no article has", file{"a.jsonl", "{\"text\":\"x\",\"title\":\"T\"}"}, fields(corpus.Fields{Title: "titel", Keep: []string{"url"}}), []string{"a.jsonl#1||x|", `~a.jsonl: no article has the field "titel" that --title-field names`}},
		{"B6", "a named column that no record has", file{"a.csv", "text,id\nx,1\n"}, fields(corpus.Fields{Date: "day"}), []string{"1||x|", `~a.csv: no article has the column "day" that --date-field names`}},
		{"B6", "CSV", file{"a.csv", bom + "ID,Text,date,section\r\n7,\"a \"\"b\"\"\nc\",2020-02-29,world\r\n,d,,\r\n"}, fields(corpus.Fields{Keep: []string{"section"}}), []string{`7||a "b"⏎c|2020-02-29 section="world"`, `a.csv#2||d| section=""`}},
		{"C8", "CSV: a kept field with signs of HTML", file{"a.csv", "text,by\nx,A & <B>\n"}, fields(corpus.Fields{Keep: []string{"by"}}), []string{`a.csv#1||x| by="A & <B>"`}},
		{"B6", "CSV without a column of text", file{"a.csv", "id,body\n1,x\n"}, corpus.Options{}, []string{`!field a.csv:1:1: the header has no column "text"; it has "id", "body"; --text-field names another (byte 0)`}},
		{"B6", "CSV: a record with too few fields", file{"a.csv", "id,text\n1\n2,y\n"}, corpus.Options{}, []string{"!syntax a.csv:2:1: the record has 1 field; the header has 2 (byte 8)", "2||y|"}},
		{"B6", "CSV: a quote out of place", file{"a.csv", "id,text\n1,x \"y\"\n2,z\n"}, corpus.Options{}, []string{"!syntax a.csv:2:5: a quote in a field that does not begin with one; put the field in quotes and double the quote (byte 12)", "2||z|"}},
		{"B6", "CSV: a quote that is never closed", file{"a.csv", "id,text\n1,\"x\n2,z\n"}, corpus.Options{}, []string{"!syntax a.csv:2:1: a quote is opened in this record and never closed; all from here to the end of the input is left out (byte 8)"}},
		{"B6", "CSV: more behind a quote, and fields over lines", file{"a.csv", bom + "id,text\n\n1,\"x\ny\" é\"z\n2,z\n"}, corpus.Options{}, []string{"!syntax a.csv:4:2: more follows the quote that ends a field; double a quote that is meant; lines 3 to 4 are left out (byte 18)", "2||z|"}},
		{"B6", "CSV: a header that is none", file{"a.csv", "id,\"text\"s\n1,x\n"}, corpus.Options{}, []string{"!syntax a.csv:1:9: more follows the quote that ends a field; double a quote that is meant; without its header the table was not read (byte 8)"}},
		{"B6", "CSV: a record over the limit", file{"a.csv", "id,text\n1,x\n2,\"" + strings.Repeat("y\n", 200_000) + "\"\n3,z\n"}, corpus.Options{MaxLine: 1000}, []string{"1||x|", "!limit a.csv:3:1: it is longer than the limit of 1000 bytes; --max-line raises it; what follows was not read (byte 12)"}},
		{"B6", "CSV: not UTF-8", file{"a.csv", "id,text\n1,caf\xe9\n2,z\n"}, corpus.Options{}, []string{"!encoding a.csv:2:6: not UTF-8: invalid byte 0xE9 at byte 13; convert it, or name its --encoding (byte 13)", "2||z|"}},
		{"B6", "CSV: parted by semicolons", file{"a.csv", "id;text\n1;x, y\n"}, corpus.Options{}, []string{"1||x, y|"}},
		{"B6", "TSV", file{"a.tsv", "id\ttext\n1\tx, y\n"}, corpus.Options{}, []string{"1||x, y|"}},

		{"B1", "Markdown with front matter", file{"a.md", "---\ntitle: \"A title\"\ndate: 2020-02-29\nsection: world\n---\n**Zoom** and [Julien Jin](https://example.org)\nsaid &amp; did.\n\n- one\n- two\n"}, fields(corpus.Fields{Keep: []string{"section"}}), []string{`a.md|A title|Zoom and Julien Jin⏎said & did.⏎⏎one⏎⏎two|2020-02-29 section="world"`}},
		{"B1", "Markdown: the title is a heading", file{"a.md", "# Zoom *manager* charged\n\nText.\n\n## Then\n\n    code\n"}, corpus.Options{}, []string{"a.md|Zoom manager charged|Text.⏎⏎Then⏎⏎code|"}},

		{"B1", "Markdown with HTML", file{"a.md", "<!-- hidden -->\n\n<div>\n<b>Zoom</b> said\n</div>\n\nX<b>i</b> &copy;<br>\n"}, corpus.Options{}, []string{"a.md||Zoom said⏎⏎Xi ©|"}},
		{"B1", "Markdown: a table", file{"a.md", "| a | b |\n|---|---|\n| Zoom |\n| | x |\n"}, corpus.Options{}, []string{"a.md||a\tb⏎Zoom⏎\tx|"}},
		{"B5", "Markdown: quotes nested 100,000 deep", file{"a.md", strings.Repeat(">", 100_000)}, corpus.Options{}, []string{"a.md||" + strings.Repeat(">", 100_000) + "|", "~a.md: nests its marks too deep for Markdown; read as plain text, marks and all"}},
		{"B5", "Markdown: links that never end", file{"a.md", strings.Repeat("[a](", 50_000)}, corpus.Options{}, []string{"a.md||" + strings.Repeat("[a](", 50_000) + "|", "~a.md: nests its marks too deep for Markdown; read as plain text, marks and all"}},
		{"B5", "Markdown: a table that would fill the memory", file{"a.md", strings.Repeat("|-", 10_000) + "\n" + strings.Repeat("|-", 10_000) + "\n" + strings.Repeat("|b\n", 10_000)}, corpus.Options{}, []string{"a.md||" + strings.Repeat("|-", 10_000) + "⏎" + strings.Repeat("|-", 10_000) + "⏎" + strings.Repeat("|b⏎", 10_000) + "|", "~a.md: nests its marks too deep for Markdown; read as plain text, marks and all"}},
		{"B1", "HTML with the fields of its head", file{"a.html", `<html><head><title>no</title><meta property="og:title" content="T"><meta name=author content="A"><meta name=day content="2 May 2020"></head><body><p>x</p></body></html>`}, fields(corpus.Fields{Title: "og:title", Date: "day", Keep: []string{"author"}}), []string{`a.html|T|x|2020-05-02 author="A"`}},
		{"B1", "HTML", file{"a.html", html}, fields(corpus.Fields{Keep: []string{"url"}}), []string{`a.html|A title|Xi’s café said so in a first paragraph.⏎⏎Second one,⏎with a break.| url="https://example.org/a"`}},
		{"B4", "HTML that says its encoding", file{"a.html", "<html><head><meta charset=windows-1252></head><body><p>caf\xe9</p></body></html>"}, corpus.Options{}, []string{"a.html||café|"}},
		{"B3", "HTML that is not what it says", file{"a.html", "<html><head><meta charset=utf-8></head><body><p>caf\xe9</p></body></html>"}, corpus.Options{}, []string{"!encoding a.html: not UTF-8: invalid byte 0xE9 at byte 51; convert it, or name its --encoding"}},
		{"B1", "HTML without text", file{"a.html", "<html><body><script>x</script></body></html>"}, corpus.Options{}, []string{"!format a.html: the page holds no text"}},
		{"B5", "HTML nested 100,000 deep", file{"a.html", strings.Repeat("<div>", 100_000)}, corpus.Options{}, []string{"!format a.html: open stack of elements exceeds 512 nodes"}},

		{"B1", "a mail", file{"a.eml", mail + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9\r\n"}, fields(corpus.Fields{Keep: []string{"From"}}), []string{`1@example.org|A café|café⏎|2023-11-29 From="a@example.org"`}},
		{"B1", "a mail of parts", file{"a.eml", mail + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b--\r\n"}, corpus.Options{}, []string{"1@example.org|A café|plain|2023-11-29"}},
		{"B1", "a mail of HTML only", file{"a.eml", mail + "Content-Type: text/html\r\n\r\n<p>page</p>\r\n"}, corpus.Options{}, []string{"1@example.org|A café|page|2023-11-29"}},
		{"B3", "a mail in no charset", file{"a.eml", mail + "\r\ncaf\xe9\r\n"}, corpus.Options{}, []string{"!format a.eml: its text is not UTF-8 and names no charset: invalid byte 0xE9 at byte 3"}},
		{"B6", "a mailbox with a line over the limit", file{"a.mbox", "From a Wed Nov 29 23:59:59 2023\nSubject: one\n\n" + strings.Repeat("y", 2000) + "\n\nFrom b Thu Nov 30 00:00:00 2023\nSubject: two\n\nx\n"}, corpus.Options{MaxLine: 1000, MaxText: 1000}, []string{"!limit a.mbox:2:1: larger than the limit of 1000 bytes for one text (at least 2016 bytes); split it, give it as JSON lines, or raise --max-text (byte 32)", "a.mbox#2|two|x⏎|"}},
		{"B1", "a mailbox: From begins a sentence", file{"a.mbox", "From a Wed Nov 29 23:59:59 2023\nSubject: one\n\nx\n\nFrom Monday until Friday 10:30 is late\n"}, corpus.Options{}, []string{"a.mbox#1|one|x⏎⏎From Monday until Friday 10:30 is late⏎|"}},
		{"B1", "a mailbox", file{"a.mbox", "From a Wed Nov 29 23:59:59 2023\nSubject: one\n\n>From me\n\nFrom b Thu Nov 30 00:00:00 2023\nno header\n\nFrom c Thu Nov 30 00:00:00 2023\nSubject: three\n\nx\n"}, corpus.Options{}, []string{"a.mbox#1|one|From me⏎⏎|", "!syntax a.mbox:7:1: no mail: malformed header line: no header (byte 88)", "a.mbox#3|three|x⏎|"}},
	}
}

// outcomes writes what an input gets in the short form of the table.
func outcomes(t *testing.T, in input) []string {
	t.Helper()
	write(t, map[string]string{in.file.name: in.file.content})
	c, err := corpus.Open([]string{in.file.name}, in.opts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for doc, err := range c.Articles() {
		if err == nil {
			line := fmt.Sprintf("%s|%s|%s|%s", doc.ID, doc.Title, strings.ReplaceAll(doc.Text, "\n", "⏎"), doc.Date)
			for _, m := range doc.Meta {
				line += " " + m.Key + "=" + m.JSON
			}
			got = append(got, line)
			continue
		}
		p, ok := errors.AsType[*corpus.Problem](err)
		if !ok {
			t.Fatalf("got %T, want a *Problem", err)
		}
		if p.Note {
			got = append(got, "~"+p.Error())
			continue
		}
		got = append(got, "!"+string(p.Class)+" "+p.Error())
	}
	return got
}

// TestInputs reads every input of the table, by each way in.
func TestInputs(t *testing.T) {
	for _, in := range inputs() {
		t.Run(in.row+" "+in.about, func(t *testing.T) {
			if diff := cmp.Diff(in.want, outcomes(t, in)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestInputsPage holds INPUTS.md to the table.
func TestInputsPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What inputs get\n\nEvery row is a test of the same name (`inputs_test.go` writes this page). An input that gives no record is named on\nstandard error, counted as skipped, and kept by `--rejects` with its class; the exit code is 1.\n\n| input | gives |\n|---|---|\n")
	cell := strings.NewReplacer("|", "\\|", "\n", " ")
	for _, in := range inputs() {
		what := "articles"
		if len(in.want) == 0 {
			what = "nothing"
		}
		for _, w := range in.want {
			if w[0] == '!' || w[0] == '~' {
				what = ""
			}
		}
		for _, w := range in.want {
			switch w[0] {
			case '!':
				class, message, _ := strings.Cut(w[1:], " ")
				what += fmt.Sprintf("**%s** `%s` ", class, message)
			case '~':
				what += fmt.Sprintf("note `%s` ", w[1:])
			}
		}
		fmt.Fprintf(&b, "| %s | %s |\n", in.about, cell.Replace(strings.TrimSpace(what)))
	}
	if *update {
		if err := os.WriteFile("INPUTS.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile("INPUTS.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(page), b.String()); diff != "" {
		t.Errorf("INPUTS.md is not what the tests say (-is +should); run with -update:\n%s", diff)
	}
}
