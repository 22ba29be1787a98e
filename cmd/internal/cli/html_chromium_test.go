//go:build chromium

package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"wiretag/cmd/internal/cli"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// A browser is a headless Chromium whose every request over the network goes
// to a proxy that refuses and counts it.
type browser struct {
	program string
	proxy   string
	mu      sync.Mutex
	asked   []string
}

// newBrowser finds a Chromium, or skips the test.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	b := &browser{}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			b.program = path
		}
	}
	if b.program == "" {
		t.Skip("there is no chromium, chromium-browser or google-chrome on the PATH")
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ownHost(r.Host) {
			b.mu.Lock()
			b.asked = append(b.asked, r.Method+" "+r.URL.String()+" "+r.Host)
			b.mu.Unlock()
		}
		http.Error(w, "no network", http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	b.proxy = proxy.URL
	return b
}

// ownHost says whether Chromium itself asks there, for updates and the time,
// whatever page it shows. No page of these tests has an address there.
func ownHost(host string) bool {
	host, _, _ = strings.Cut(host, ":")
	return strings.HasSuffix(host, ".google.com") || strings.HasSuffix(host, ".googleapis.com")
}

// A visit is what came of loading a page.
type visit struct {
	dom     *html.Node
	console []string // what was written to the console: errors and refusals
	asked   []string // requests that reached the proxy
}

// open loads a page from a file.
func (b *browser) open(t *testing.T, page []byte) visit {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	b.mu.Lock()
	b.asked = nil
	b.mu.Unlock()
	cmd := exec.CommandContext(t.Context(), b.program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage",
		"--disable-features=OptimizationHints,MediaRouter,Translate", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--proxy-server="+b.proxy, "--proxy-bypass-list=<-loopback>", "--enable-logging=stderr", "--v=0",
		"--virtual-time-budget=2000", "--dump-dom", (&url.URL{Scheme: "file", Path: file}).String())
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", b.program, err, log.String())
	}
	dom, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	v := visit{dom: dom}
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, "CONSOLE") {
			v.console = append(v.console, line)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	v.asked = append(v.asked, b.asked...)
	return v
}

// hostileArticle is every way out of a text that a browser knows.
const hostileArticle = `</script><img src=x onerror="document.title='owned'"> Beijing <svg onload="document.title='owned'">
<a href="javascript:document.title='owned'">China</a> ]]> <!-- x --> &lt;script&gt;document.title='owned'&lt;/script&gt; Zoom
" onmouseover="document.title='owned'" autofocus onfocus="document.title='owned'" x="
<meta http-equiv=refresh content="0;url=http://evil.example/"><base href="http://evil.example/"><iframe src="http://evil.example/"></iframe>
</div></article></main></style></title><style>*{background:url(http://evil.example/)}</style><link rel=stylesheet href="http://evil.example/">
Hong Kong and Xi Jinping are named between them, and the Chinese police stole proprietary information of Zoom.` + "\u202e Boeing \x00\x1b[31m\r"

// hostileInput is JSON lines with that article, also where only an id or a
// title is told.
func hostileInput(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for _, doc := range []map[string]string{
		{"id": hostileArticle, "title": hostileArticle, "text": hostileArticle},
		{"id": "2", "title": "Zoom spy in China", "text": strings.Repeat(hostileArticle+"\n\n", 20)},
	} {
		if err := enc.Encode(doc); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// tagAs runs the command.
func tagAs(t *testing.T, input string, args ...string) []byte {
	t.Helper()
	var out, log bytes.Buffer
	code := cli.Main(context.Background(), append([]string{"tag", "-q", "--input-format", "jsonl"}, args...), strings.NewReader(input), &out, &log)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, log.String())
	}
	return out.Bytes()
}

// TestC11Chromium is C11 in a real browser: a report of hostile articles asks
// for nothing, does nothing, and shows the counts of the records.
func TestC11Chromium(t *testing.T) {
	b := newBrowser(t)
	input := hostileInput(t)
	title := "Report " + hostileArticle[:40]
	report := tagAs(t, input, "--format", "html", "--title", title)
	for _, host := range []string{"google.com", "googleapis.com"} {
		if bytes.Contains(report, []byte(host)) {
			t.Fatalf("the report names %s, which the proxy leaves out", host)
		}
	}
	t.Run("inert", func(t *testing.T) {
		v := b.open(t, report)
		if len(v.console) > 0 {
			t.Errorf("the console says %q", v.console)
		}
		if len(v.asked) > 0 {
			t.Errorf("the page asks for %q", v.asked)
		}
		if got := inner(nodes(v.dom, "title")[0]); got != title {
			t.Errorf("got title %q, want %q", got, title)
		}
		for _, name := range strings.Fields("script img svg iframe base link object embed form") {
			if n := len(nodes(v.dom, name)); n > 0 {
				t.Errorf("the page has %d <%s>", n, name)
			}
		}
		if diff := cmp.Diff(counts(v.dom), wantCounts(t, tagAs(t, input))); diff != "" {
			t.Errorf("counts (-page +records):\n%s", diff)
		}
	})
	// What the test would see, and that the policy holds if escaping did not.
	t.Run("policy", func(t *testing.T) {
		hole := `<main><img src="http://evil.example/a" onerror="document.title='owned'"><script>document.title='owned'</script>` +
			`<link rel=stylesheet href="http://evil.example/b"><p style="background:url(http://evil.example/c)">x</p>`
		v := b.open(t, bytes.Replace(report, []byte("<main>"), []byte(hole), 1))
		if got := inner(nodes(v.dom, "title")[0]); got != title {
			t.Errorf("got title %q, want %q", got, title)
		}
		if len(v.asked) > 0 {
			t.Errorf("the page asks for %q", v.asked)
		}
		if len(v.console) < 4 {
			t.Errorf("the console tells %d refusals, want 4: %q", len(v.console), v.console)
		}
	})
	t.Run("control", func(t *testing.T) {
		v := b.open(t, []byte(`<!DOCTYPE html><title>x</title><img src="http://evil.example/a" onerror="document.title='owned'"><script>console.error("seen")</script>`))
		if got := inner(nodes(v.dom, "title")[0]); got != "owned" {
			t.Errorf("got title %q; the browser runs no scripts", got)
		}
		if len(v.asked) == 0 || !strings.Contains(fmt.Sprint(v.asked), "evil.example") {
			t.Errorf("the proxy saw %q, want evil.example", v.asked)
		}
		if len(v.console) == 0 {
			t.Error("an error of the console is not seen")
		}
	})
}

// nodes returns the elements of a name.
func nodes(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			out = append(out, d)
		}
	}
	return out
}

// inner returns the text in an element.
func inner(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// A count is what one article holds.
type count struct{ Mentions, Undecided, Entities, Topics, Clues int }

// counts counts what the page shows.
func counts(dom *html.Node) []count {
	var out []count
	for _, article := range nodes(dom, "article") {
		var c count
		for _, n := range nodes(article, "mark") {
			switch class := classes(n); {
			case strings.HasSuffix(class, " c"):
			case class == "u":
				c.Undecided++
			default:
				c.Mentions++
			}
		}
		for _, n := range nodes(article, "table") {
			rows := len(nodes(n, "tr")) - 1
			switch classes(n) {
			case "names":
				c.Entities += rows
			case "clues", "counter":
				c.Clues += rows
			}
		}
		c.Topics = len(nodes(article, "section"))
		out = append(out, c)
	}
	return out
}

func classes(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "class" {
			return a.Val
		}
	}
	return ""
}

// wantCounts counts what the records hold.
func wantCounts(t *testing.T, records []byte) []count {
	t.Helper()
	var out []count
	for line := range bytes.Lines(records) {
		var rec struct {
			Entities  []struct{ Mentions []struct{} }
			Undecided []struct{}
			Topics    []struct{ Clues, Counter []struct{} }
		}
		if err := json.Unmarshal(line, &rec); err != nil {
			t.Fatal(err)
		}
		c := count{Undecided: len(rec.Undecided), Entities: len(rec.Entities), Topics: len(rec.Topics)}
		for _, e := range rec.Entities {
			c.Mentions += len(e.Mentions)
		}
		for _, topic := range rec.Topics {
			c.Clues += len(topic.Clues) + len(topic.Counter)
		}
		out = append(out, c)
	}
	if len(out) == 0 || out[0].Mentions == 0 || out[1].Topics == 0 {
		t.Fatalf("the records hold too little to be counted: %+v", out)
	}
	return out
}
