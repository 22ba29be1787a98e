package eval

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"wiretag/models"
)

// conll reads columns: a token first on its line, its tag last. Text is made of
// the tokens with one blank between them and a line for each sentence. Where a
// -DOCSTART- line begins each article, a blank line ends a sentence; else it
// ends an article.
func (r *reader) conll(path, data string) {
	c := &conllGold{r: r, path: path, starts: strings.Contains("\n"+data, "\n-DOCSTART-")}
	n := 0
	for line := range strings.Lines(data) {
		n++
		c.line(place{path, n}, strings.TrimRight(line, "\r\n"))
	}
	c.end()
}

type conllGold struct {
	r      *reader
	path   string
	starts bool // articles begin with -DOCSTART-
	n      int  // articles so far
	art    *Article
	text   strings.Builder
	runes  int  // in text
	fresh  bool // a sentence has ended
	open   bool // the last pending mention goes on
}

// line reads a line.
func (c *conllGold) line(at place, line string) {
	columns := strings.Fields(line)
	switch {
	case len(columns) == 0 && c.starts:
		c.fresh, c.open = true, false
	case len(columns) == 0:
		c.end()
	case columns[0] == "-DOCSTART-":
		c.end()
	case strings.HasPrefix(columns[0], "#") && !isTag(columns[len(columns)-1]):
		// a comment
	case len(columns) == 1:
		c.r.fail(at.errorf("the token %q has no tag; columns are a token first and its tag last", columns[0]))
	default:
		if err := validText(at, line); err != nil {
			c.r.fail(err)
			return
		}
		c.token(at, columns[0], columns[len(columns)-1])
	}
}

// token adds a token with its tag.
func (c *conllGold) token(at place, token, tag string) {
	if !isTag(tag) {
		c.r.fail(at.errorf("the tag %q of %q is none of O, B-TYPE, I-TYPE, E-TYPE, S-TYPE", tag, token))
		return
	}
	if c.art == nil {
		c.n++
		c.art = &Article{at: at, HasMentions: true}
		c.art.Doc.ID = c.path + "#" + strconv.Itoa(c.n)
	}
	if c.runes > 0 {
		sep := byte(' ')
		if c.fresh {
			sep = '\n'
		}
		c.text.WriteByte(sep)
		c.runes++
	}
	c.fresh = false
	start := c.runes
	c.text.WriteString(token)
	c.runes += utf8.RuneCountInString(token)
	c.mark(at, tag, start)
}

// mark begins a mention or goes on with the last.
func (c *conllGold) mark(at place, tag string, start int) {
	if tag == "O" {
		c.open = false
		return
	}
	prefix, typ := tag[0], tag[2:]
	last := len(c.art.pending) - 1
	if c.open && strings.IndexByte("IEML", prefix) >= 0 && c.art.pending[last].typ == typ {
		c.art.pending[last].end = c.runes
	} else {
		c.art.pending = append(c.art.pending, pending{field: models.Text, start: start, end: c.runes, typ: typ, at: at})
	}
	c.open = strings.IndexByte("ELSU", prefix) < 0
}

// end ends an article.
func (c *conllGold) end() {
	if c.art != nil {
		c.art.Doc.Text = c.text.String()
		c.r.add(c.art)
	}
	c.art, c.runes, c.fresh, c.open = nil, 0, false, false
	c.text.Reset()
}

// isTag says whether a column is a tag of BIO, IOB1, BIOES or BILOU.
func isTag(s string) bool {
	return s == "O" || len(s) > 2 && s[1] == '-' && strings.IndexByte("BIESLUM", s[0]) >= 0
}
