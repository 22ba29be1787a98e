package encode

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wiretag/models"
)

// The bounds of an index, so that neither its memory nor its length grows with
// the number of articles.
const (
	maxArticleRefs = 50   // links to articles from one entry
	maxEntries     = 2000 // entries of a list
	maxTitle       = 120  // characters of a title
)

// An index counts what the articles of a run hold.
type index struct {
	articles []string // the first maxEntries titles
	count    int      // articles
	mentions int
	topics   map[string]*entry
	entities map[string]*entry
}

// An entry is what an index says of one entity or topic.
type entry struct {
	id, name string
	typ      string // of an entity
	articles int
	mentions int
	refs     []int // the first maxArticleRefs articles, by number
}

func newIndex() index {
	return index{topics: map[string]*entry{}, entities: map[string]*entry{}}
}

// add counts the n-th article. It keeps no memory of it.
func (x *index) add(rec *models.Record, n int) {
	x.count++
	if len(x.articles) < maxEntries {
		x.articles = append(x.articles, shorten(cmp.Or(OneLine(rec.Title), rec.ID)))
	}
	for i := range rec.Entities {
		e := &rec.Entities[i]
		x.mentions += e.Count
		note(x.entities, e.ID, e.Name, e.Type, e.Count, n)
	}
	for i := range rec.Topics {
		t := &rec.Topics[i]
		note(x.topics, t.ID, t.Label, "", 0, n)
	}
}

// note counts one article for an entry.
func note(entries map[string]*entry, id, name, typ string, mentions, n int) {
	e := entries[id]
	if e == nil {
		e = &entry{id: strings.Clone(id), name: strings.Clone(name), typ: strings.Clone(typ)}
		entries[e.id] = e
	}
	e.articles++
	e.mentions += mentions
	if len(e.refs) < maxArticleRefs {
		e.refs = append(e.refs, n)
	}
}

// shorten returns a copy of s that is no longer than a title in a list.
func shorten(s string) string {
	if len(s) > maxTitle*utf8.UTFMax {
		s = s[:maxTitle*utf8.UTFMax]
	}
	at := 0
	for range maxTitle {
		if at == len(s) {
			return strings.Clone(s)
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	if at == len(s) {
		return strings.Clone(s)
	}
	return s[:at] + "…"
}

// append appends the index.
func (x *index) append(b []byte) []byte {
	b = append(b, "<nav id=\"index\" aria-label=\"Index\">\n<h2>Index</h2>\n"...)
	b = x.totals(b)
	topics := slices.SortedFunc(maps.Values(x.topics), func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.articles, a.articles), cmp.Compare(a.id, b.id))
	})
	entities := slices.SortedFunc(maps.Values(x.entities), func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.mentions, a.mentions), cmp.Compare(b.articles, a.articles), cmp.Compare(a.id, b.id))
	})
	b = x.entries(b, "Topics", topics)
	b = x.titles(b)
	b = x.entries(b, "Names", entities)
	return append(b, "</nav>\n"...)
}

// totals appends the counts of the whole run.
func (x *index) totals(b []byte) []byte {
	b = append(b, "<dl class=\"totals\">"...)
	for _, row := range []struct {
		name string
		n    int
	}{
		{"articles", x.count}, {"mentions", x.mentions}, {"names", len(x.entities)}, {"topics", len(x.topics)},
	} {
		b = strconv.AppendInt(append(append(append(b, "<div><dt>"...), row.name...), "</dt><dd>"...), int64(row.n), 10)
		b = append(b, "</dd></div>"...)
	}
	return append(b, "</dl>\n"...)
}

// entries appends the entries of one kind, each with links to its articles.
func (x *index) entries(b []byte, heading string, entries []*entry) []byte {
	if len(entries) == 0 {
		return b
	}
	b = openFold(b, heading, len(entries))
	b = append(b, "<ul>\n"...)
	for _, e := range entries[:min(len(entries), maxEntries)] {
		b = x.entry(b, e)
	}
	return append(appendMore(append(b, "</ul>\n"...), len(entries)-maxEntries), "</details>\n"...)
}

func (x *index) entry(b []byte, e *entry) []byte {
	b = AppendIsolated(append(b, "<li><details><summary>"...), e.name)
	if e.typ != "" {
		b = appendText(append(b, ` <span class="type">`...), e.typ)
		b = append(b, "</span>"...)
	}
	b = append(b, ` <span class="n">`...)
	if e.mentions > 0 {
		b = append(append(b, Count(e.mentions, "mention")...), ", "...)
	}
	b = append(append(b, Count(e.articles, "article")...), "</span></summary>\n<ol class=\"refs\">"...)
	for _, n := range e.refs {
		b = x.ref(append(b, "<li>"...), n)
		b = append(b, "</li>"...)
	}
	return append(appendMore(append(b, "</ol>\n"...), e.articles-len(e.refs)), "</details></li>\n"...)
}

// ref appends a link to the n-th article.
func (x *index) ref(b []byte, n int) []byte {
	b = strconv.AppendInt(append(b, `<a href="#a`...), int64(n), 10)
	b = append(b, `">`...)
	if n <= len(x.articles) {
		b = AppendIsolated(b, x.articles[n-1])
	} else {
		b = strconv.AppendInt(append(b, "article "...), int64(n), 10)
	}
	return append(b, "</a>"...)
}

// titles appends the list of articles.
func (x *index) titles(b []byte) []byte {
	if x.count == 0 {
		return b
	}
	b = openFold(b, "Articles", x.count)
	b = append(b, "<ol class=\"refs\">\n"...)
	for i := range x.articles {
		b = append(x.ref(append(b, "<li>"...), i+1), "</li>\n"...)
	}
	return append(appendMore(append(b, "</ol>\n"...), x.count-len(x.articles)), "</details>\n"...)
}

// appendMore says how many of a list are left out.
func appendMore(b []byte, n int) []byte {
	if n <= 0 {
		return b
	}
	b = strconv.AppendInt(append(b, `<p class="more">and `...), int64(n), 10)
	return append(b, " more</p>\n"...)
}
