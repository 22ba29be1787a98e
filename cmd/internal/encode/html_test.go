package encode_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// page writes a report.
func page(t testing.TB, title string, recs ...*models.Record) string {
	t.Helper()
	enc, err := encode.New("html", encode.Options{Title: title})
	if err != nil {
		t.Fatal(err)
	}
	b := append([]byte(nil), enc.Head...)
	for _, rec := range recs {
		b = enc.Next(b, rec)
	}
	return string(enc.Foot(b))
}

// overlapping has mentions in each other and across each other, and evidence
// across both.
func overlapping(t testing.TB) *models.Record {
	rec := bare("b.txt", "", "The Bank of England of Leeds said no.\r\n\r\nBank of England Leeds.\n")
	at := func(quote string) models.Place { return place(t, rec, quote) }
	rec.Entities = []models.Found{
		{ID: "boe", Name: "Bank of England", Type: "ORG", Count: 1, Relevance: 0.5,
			Mentions: []models.Mention{{Place: at("Bank of England of"), Quote: "Bank of England of", Alias: "Bank of England", Confidence: 0.98}}},
		{ID: "england", Name: "England", Type: "GPE", Relevance: 0,
			Mentions: []models.Mention{{Place: at("England"), Quote: "England", Alias: "England", Confidence: 0.98, Nested: true}}},
		{ID: "x", Name: "Crossing", Type: "EVENT", Count: 1, Relevance: 0.2,
			Mentions: []models.Mention{{Place: at("England of Leeds"), Quote: "England of Leeds", Alias: "x", Zone: models.Dateline, Confidence: 0.65}}},
	}
	rec.Topics = []models.Topic{{ID: "banks", Label: "banks", Score: 0.6, Threshold: 0.5, For: 0.6, Clues: []models.Clue{
		{Name: "a bank says", Weight: "strong", Mentions: 1, Adds: 0.6, Spans: []models.Evidence{
			{Place: at("of England of Leeds said"), Quote: "of England of Leeds said", By: "said"}, {Place: at("Leeds said no.\r\n"), Quote: "Leeds said no.\r\n", By: "no"}}},
	}}}
	return rec
}

func TestHTMLGolden(t *testing.T) {
	tests := []struct {
		name  string
		title string
		recs  []*models.Record
	}{
		{name: "none"},
		{name: "full", recs: []*models.Record{full(t), bare("articles/a.txt", "", "Quiet.\n\nVery.")}},
		{name: "overlapping", title: "Banks & more", recs: []*models.Record{overlapping(t)}},
		{name: "hostile", title: hostile[0], recs: []*models.Record{spread(strings.Join(hostile, "\n"))}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := page(t, tt.title, tt.recs...)
			checkPage(t, got, tt.recs...)
			// The style sheet is golden where it stands.
			head, rest, _ := strings.Cut(got, "<style>")
			_, rest, _ = strings.Cut(rest, "</style>")
			golden(t, "../html/"+tt.name+".html", policyHash.ReplaceAllString(head, "sha256-…")+"<style>…</style>"+rest)
		})
	}
}

var policyHash = regexp.MustCompile(`sha256-[^']*`)

// hostile are texts that would be markup if anything let them.
var hostile = []string{
	`</script><img src=x onerror="document.title='owned'">`,
	`<svg onload=alert(1)><style>*{display:none}</style>`,
	`</style></title></textarea></div></article><h1>owned</h1>`,
	`" onmouseover="alert(1)" x="`,
	`' autofocus onfocus='alert(1)`,
	`javascript:alert(1)`,
	`<a href="javascript:alert(1)">x</a>`,
	`<!-- x --> --!> ]]> <![CDATA[ x ]]> <?php ?>`,
	`&lt;b&gt; &amp;amp; &#60;i&#62; &copy &notit;`,
	`<plaintext><base href="http://evil.example/"><meta http-equiv=refresh content="0;url=http://evil.example/">`,
	"cr\rcrlf\r\nff\fnul\x00esc\x1b[31mdel\x7f nel\u0085 ls\u2028ps\u2029",
	"bad \xff\xc3 utf-8 \xed\xa0\x80",
	"abc \u202e txt.exe \u2067 fed \u2066\u200b\U000e0041 \ufeff",
	"\u0645\u0631\u062d\u0628\u0627 abc \u05e9\u05dc\u05d5\u05dd",
	"",
}

// spread is a record with s in every place that a text of others can reach.
func spread(s string) *models.Record {
	whole := func(f models.Field) models.Place { return models.Place{Field: f, Span: models.Span{End: len(s)}} }
	rec := &models.Record{
		Tool: s, ID: s, Source: models.Source{Path: "p" + s, Format: s}, Date: models.Date(s), DateFrom: s,
		Gazetteer: models.Gazetteer{Name: s, Hash: "sha256:" + s}, Title: s, Text: s,
		Entities: []models.Found{{ID: s, Name: s, Type: "T" + s, Links: []models.Link{{Key: s, Value: s}, {Key: "wikidata", Value: "!" + s}}}},
		Topics:   []models.Topic{{ID: s, Label: s, Why: s}, {ID: s + "c", Label: s, Child: s}, {ID: s + "d", Label: s, Child: "!" + s}},
	}
	if s == "" {
		return rec
	}
	e := &rec.Entities[0]
	e.Count = 1
	e.Mentions = []models.Mention{{Place: whole(models.Title), Quote: s, Alias: s, Decided: s}, {Place: whole(models.Text), Quote: s, Alias: s, Nested: true}}
	rec.Undecided = []models.Undecided{{Place: whole(models.Text), Quote: s, Candidates: []models.Candidate{{ID: s}, {Name: s}}}}
	clues := []models.Clue{{Name: s, Weight: s, Spans: []models.Evidence{{Place: whole(models.Title), Quote: s, By: s}, {Place: whole(models.Text), Quote: s, By: s}}}}
	rec.Topics[0].Clues, rec.Topics[0].Counter = clues, clues
	return rec
}

// TestC11HostileTextIsText is C11: nothing of a text becomes markup.
func TestC11HostileTextIsText(t *testing.T) {
	for i, s := range hostile {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			rec := spread(s)
			got := page(t, s, rec, rec)
			checkPage(t, got, rec, rec)
			plain := spread(toX(s))
			if got, want := skeleton(parse(t, got)), skeleton(parse(t, page(t, toX(s), plain, plain))); got != want {
				t.Errorf("the elements are not those of a plain text:\ngot  %s\nwant %s", got, want)
			}
		})
	}
}

// TestHTMLPolicy holds that the policy allows the style sheet, and nothing
// else, and that the page holds nothing to allow.
func TestHTMLPolicy(t *testing.T) {
	doc := parse(t, page(t, "", full(t)))
	var policy string
	for _, n := range find(doc, "meta", "") {
		if attr(n, "http-equiv") == "Content-Security-Policy" {
			policy = attr(n, "content")
		}
	}
	style := find(doc, "style", "")
	if len(style) != 1 {
		t.Fatalf("got %d style sheets, want 1", len(style))
	}
	sum := sha256.Sum256([]byte(textOf(style[0])))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	if policy != want {
		t.Errorf("got policy %s, want %s", policy, want)
	}
	for _, no := range []string{"\r", "url(", "@import", "</", "expression"} {
		if strings.Contains(textOf(style[0]), no) {
			t.Errorf("the style sheet has %q", no)
		}
	}
}

// TestHTMLLinks holds which identifiers become links.
func TestHTMLLinks(t *testing.T) {
	tests := []struct {
		name       string
		key, value string
		want       string // the address, "" for no link
	}{
		{name: "item", key: "wikidata", value: "Q148", want: "https://www.wikidata.org/wiki/Q148"},
		{name: "not an item", key: "wikidata", value: "Q148/../x"},
		{name: "line feed", key: "wikidata", value: "Q148\n"},
		{name: "script", key: "wikidata", value: "javascript:alert(1)"},
		{name: "other key", key: "url", value: "https://example.com"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := bare("a", "", "")
			rec.Entities = []models.Found{{ID: "a", Name: "A", Type: "ORG", Links: []models.Link{{Key: tt.key, Value: tt.value}}}}
			cell := find(parse(t, page(t, "", rec)), "td", "links")[0]
			got := ""
			for _, a := range find(cell, "a", "") {
				got += attr(a, "href")
				if rel := attr(a, "rel"); rel != "noreferrer noopener" {
					t.Errorf("got rel %q", rel)
				}
			}
			if got != tt.want {
				t.Errorf("got link %q, want %q", got, tt.want)
			}
			if !strings.Contains(textOf(cell), tt.value) {
				t.Errorf("%q does not show %q", textOf(cell), tt.value)
			}
		})
	}
}

// TestHTMLDepth holds that marks within marks stay far from what parsers take.
func TestHTMLDepth(t *testing.T) {
	const n = 600
	rec := bare("a", "", strings.Repeat("a", 2*n))
	for i := range n {
		rec.Entities = append(rec.Entities, models.Found{ID: fmt.Sprint(i), Mentions: []models.Mention{
			{Place: models.Place{Field: models.Text, Span: models.Span{Start: i, End: 2*n - i}}}}})
	}
	checkPage(t, page(t, "", rec), rec)
}

func TestHTMLIndex(t *testing.T) {
	var recs []*models.Record
	for i := range 2100 {
		rec := bare(fmt.Sprintf("%d.txt", i), strings.Repeat("é", 100+i%50), "")
		rec.Entities = []models.Found{{ID: "all", Name: "All", Type: "ORG", Count: 2}}
		if i%50 == 0 {
			rec.Entities = append(rec.Entities, models.Found{ID: "some", Name: "Some", Type: "ORG", Count: 1})
		}
		if i == 2099 {
			rec.Topics = []models.Topic{{ID: "one", Label: "One"}}
		}
		recs = append(recs, rec)
	}
	got := page(t, "", recs...)
	doc := parse(t, got)
	index := textOf(find(doc, "nav", "")[0])
	for _, want := range []string{
		"articles2100", "mentions4242", "names2", "topics1",
		"All ORG 4200 mentions, 2100 articles", "and 2050 more", "Some ORG 42 mentions, 42 articles",
		"One 1 article", "article 2100", "and 100 more", strings.Repeat("é", 120) + "…",
	} {
		if !strings.Contains(index, want) {
			t.Errorf("the index lacks %q", want)
		}
	}
	for _, a := range find(find(doc, "nav", "")[0], "a", "") {
		if n := len([]rune(textOf(a))); n > 121 {
			t.Fatalf("a title of the index has %d characters, want 120 and an ellipsis", n)
		}
	}
	if got, want := len(find(find(doc, "nav", "")[0], "a", "")), 50+42+1+2000; got != want {
		t.Errorf("got %d links in the index, want %d", got, want)
	}
}

// long is an article of about size bytes with n mentions and as many pieces of
// evidence.
func long(size, n int) *models.Record {
	rec := bare("long.txt", "", strings.Repeat("x <b>y & z\n", size/11))
	step := len(rec.Text) / n
	e := models.Found{ID: "e", Name: "E", Type: "ORG", Count: n}
	clue := models.Clue{Name: "c"}
	for i := range n {
		p := models.Place{Field: models.Text, Span: models.Span{Start: i * step, End: i*step + 5}}
		e.Mentions = append(e.Mentions, models.Mention{Place: p, Alias: "E"})
		p.Start, p.End = p.Start+3, p.End+3
		clue.Spans = append(clue.Spans, models.Evidence{Place: p, Quote: "y", By: "y"})
	}
	rec.Entities = []models.Found{e}
	rec.Topics = []models.Topic{{ID: "t", Label: "T", Clues: []models.Clue{clue}}}
	return rec
}

// TestC11LongArticle is C11: 10 MB and 1e5 mentions are twice as much as half
// of it, in bytes and in memory asked for.
func TestC11LongArticle(t *testing.T) {
	enc, err := encode.New("html", encode.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cost := func(rec *models.Record) (bytes, allocs float64) {
		b := enc.Next(nil, rec)
		allocs = testing.AllocsPerRun(1, func() { b = enc.Next(b[:0], rec) })
		return float64(len(b)), allocs
	}
	whole := long(10e6, 1e5)
	halfBytes, halfAllocs := cost(long(5e6, 5e4))
	bytes, allocs := cost(whole)
	if r := bytes / halfBytes; math.Abs(r-2) > 0.1 {
		t.Errorf("twice the article is %.2f times the bytes", r)
	}
	if r := allocs / halfAllocs; r > 2.1 {
		t.Errorf("twice the article is %.2f times the allocations", r)
	}
	checkPage(t, page(t, "", whole), whole)
}

func BenchmarkHTML(b *testing.B) {
	rec := long(1e6, 1e4)
	enc, err := encode.New("html", encode.Options{})
	if err != nil {
		b.Fatal(err)
	}
	buf := enc.Next(nil, rec)
	b.SetBytes(int64(len(rec.Text)))
	b.ReportAllocs()
	for b.Loop() {
		buf = enc.Next(buf[:0], rec)
	}
	if n := strings.Count(string(buf), `<mark class="m org"`); n != 1e4 {
		b.Fatalf("got %d marks, want 10000", n)
	}
}
