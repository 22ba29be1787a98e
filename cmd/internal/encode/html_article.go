package encode

import (
	"cmp"
	"regexp"
	"strconv"

	"wiretag/models"
)

// article appends one record.
func (r *report) article(b []byte, rec *models.Record) []byte {
	r.marks.gather(rec)
	r.lastPlace = -1
	b = append(b, "<article id=\"a"...)
	b = strconv.AppendInt(b, int64(r.articles), 10)
	b = append(b, "\">\n<header>\n<h2 dir=\"auto\">"...)
	if rec.Title != "" {
		b = append(b, `<span class="title">`...)
		b = append(r.field(b, rec, models.Title, rec.Title), "</span>"...)
	} else {
		b = AppendIsolated(b, rec.ID)
	}
	b = append(b, "</h2>\n"...)
	b = appendByline(b, rec)
	b = r.chips(b, rec.Topics)
	b = append(b, "</header>\n<div class=\"text\" dir=\"auto\">"...)
	b = r.field(b, rec, models.Text, rec.Text)
	b = append(b, "</div>\n"...)
	b = r.topics(b, rec)
	b = r.entities(b, rec.Entities)
	b = r.undecided(b, rec.Undecided)
	return append(b, "</article>\n"...)
}

// appendByline appends which article this is.
func appendByline(b []byte, rec *models.Record) []byte {
	b = append(b, `<p class="meta">`...)
	if rec.Date != "" {
		b = AppendIsolated(append(b, "<span>"...), string(rec.Date))
		b = appendAttr(append(b, " (date from "...), rec.DateFrom)
		b = append(b, ")</span> "...)
	}
	if rec.Title != "" {
		b = append(AppendIsolated(append(b, "<span>"...), rec.ID), "</span> "...)
	}
	if rec.Source.Path != "" && rec.Source.Path != rec.ID {
		b = append(AppendIsolated(append(b, "<span>from "...), rec.Source.Path), "</span>"...)
	}
	return append(b, "</p>\n"...)
}

// AppendIsolated appends any text to a page, as the text of an element: none of
// it is markup, and none can turn or hide what stands beside it.
func AppendIsolated(b []byte, s string) []byte {
	return append(appendText(append(b, "<bdi>"...), s), "</bdi>"...)
}

// chips appends the topics at a glance.
func (r *report) chips(b []byte, topics []models.Topic) []byte {
	if len(topics) == 0 {
		return append(b, "<p class=\"none\">No topic.</p>\n"...)
	}
	b = append(b, `<ul class="chips" aria-label="Topics">`...)
	for i := range topics {
		b = append(b, `<li><a href="#`...)
		b = append(r.id(b, 't', i), `">`...)
		b = AppendIsolated(b, topics[i].Label)
		b = appendFixed(append(b, ` <span class="n">`...), topics[i].Score, 2)
		b = append(b, "</span></a></li>"...)
	}
	return append(b, "</ul>\n"...)
}

// openFold opens a part that a reader may fold, with its number of rows.
func openFold(b []byte, heading string, n int) []byte {
	b = append(append(b, "<details open>\n<summary><h3>"...), heading...)
	b = strconv.AppendInt(append(b, "</h3> <span class=\"n\">"...), int64(n), 10)
	return append(b, "</span></summary>\n"...)
}

// entities appends the table of entities.
func (r *report) entities(b []byte, found []models.Found) []byte {
	if len(found) == 0 {
		return append(b, "<p class=\"none\">No names of the gazetteer.</p>\n"...)
	}
	b = openFold(b, "Names", len(found))
	b = append(b, `<div class="wide"><table class="names"><thead><tr><th scope="col">Name</th><th scope="col">Type</th>`...)
	b = append(b, `<th scope="col" class="n">Mentions</th><th scope="col">Relevance</th><th scope="col">Elsewhere</th></tr></thead><tbody>`+"\n"...)
	for i := range found {
		b = r.entity(b, &found[i], i)
	}
	return append(b, "</tbody></table></div>\n</details>\n"...)
}

func (r *report) entity(b []byte, e *models.Found, i int) []byte {
	b = append(b, `<tr><th scope="row">`...)
	if len(e.Mentions) > 0 {
		b = append(r.id(append(b, `<a href="#`...), 'm', i), `">`...)
		b = append(AppendIsolated(b, e.Name), "</a>"...)
	} else {
		b = AppendIsolated(b, e.Name)
	}
	b = appendText(append(b, `</th><td class="type">`...), e.Type)
	b = strconv.AppendInt(append(b, `</td><td class="n" data-h="mentions">`...), int64(e.Count), 10)
	b = appendMeter(append(b, "</td><td>"...), e.Relevance, 2)
	b = append(b, `</td><td class="links">`...)
	for j, l := range e.Links {
		if j > 0 {
			b = append(b, ' ')
		}
		b = appendLink(b, l)
	}
	return append(b, "</td></tr>\n"...)
}

// appendMeter appends a number from 0 to 1, with a bar that says the same.
func appendMeter(b []byte, f float64, decimals int) []byte {
	b = appendFixed(append(b, `<meter aria-hidden="true" value="`...), f, decimals)
	b = appendFixed(append(b, `"></meter> <span class="n">`...), f, decimals)
	return append(b, "</span>"...)
}

// wikidataID is what may stand in an address that a report links to. No other
// text of a record ever does.
var wikidataID = regexp.MustCompile(`^[QPL][0-9]{1,12}$`)

// appendLink appends an identifier elsewhere, as a link if it is one of
// Wikidata's.
func appendLink(b []byte, l models.Link) []byte {
	if l.Key == "wikidata" && wikidataID.MatchString(l.Value) {
		b = append(b, `<a rel="noreferrer noopener" href="https://www.wikidata.org/wiki/`...)
		b = append(append(b, l.Value...), `">Wikidata `...)
		return append(append(b, l.Value...), "</a>"...)
	}
	b = appendText(append(b, "<bdi>"...), l.Key)
	b = appendText(append(b, ": "...), l.Value)
	return append(b, "</bdi>"...)
}

// undecided appends the names that several could own.
func (r *report) undecided(b []byte, spans []models.Undecided) []byte {
	if len(spans) == 0 {
		return b
	}
	b = openFold(b, "Undecided", len(spans))
	b = append(b, `<div class="wide"><table class="doubts"><thead><tr><th scope="col">In the text</th>`...)
	b = append(b, `<th scope="col">Form</th><th scope="col">May be</th></tr></thead><tbody>`+"\n"...)
	for i := range spans {
		b = AppendIsolated(append(b, `<tr><th scope="row">`...), spans[i].Quote)
		b = append(append(b, "</th><td>"...), spans[i].Via.String()...)
		b = append(b, "</td><td>"...)
		for j, c := range spans[i].Candidates {
			b = append(b, either(j == 0, "", " or ")...)
			b = AppendIsolated(b, cmp.Or(c.Name, c.ID))
		}
		b = append(b, "</td></tr>\n"...)
	}
	return append(b, "</tbody></table></div>\n</details>\n"...)
}

// topics appends the sums that gave the topics.
func (r *report) topics(b []byte, rec *models.Record) []byte {
	if len(rec.Topics) == 0 {
		return b
	}
	b = openFold(b, "Topics", len(rec.Topics))
	for i := range rec.Topics {
		b = r.topic(b, rec, i)
	}
	return append(b, "</details>\n"...)
}

func (r *report) topic(b []byte, rec *models.Record, i int) []byte {
	t := &rec.Topics[i]
	b = append(r.id(append(b, `<section class="topic" id="`...), 't', i), `">`+"\n<h4>"...)
	b = append(AppendIsolated(b, t.Label), "</h4>\n<p class=\"score\">"...)
	b = appendMeter(b, t.Score, 3)
	b = appendFixed(append(b, ` <span class="of">threshold `...), t.Threshold, 3)
	b = append(b, "</span></p>\n"...)
	if t.Child != "" {
		b = r.child(b, rec.Topics, t.Child)
	} else {
		b = r.sum(b, i, t)
	}
	return append(b, "</section>\n"...)
}

// child appends which topic gave its score to its parent.
func (r *report) child(b []byte, topics []models.Topic, id string) []byte {
	b = append(b, "<p class=\"why\">Given by its child topic "...)
	for i := range topics {
		if topics[i].ID == id {
			b = append(r.id(append(b, `<a href="#`...), 't', i), `">`...)
			return append(AppendIsolated(b, topics[i].Label), "</a>.</p>\n"...)
		}
	}
	return append(AppendIsolated(b, id), ".</p>\n"...)
}

// sum appends the clues of a topic and what they add up to.
func (r *report) sum(b []byte, i int, t *models.Topic) []byte {
	b = r.clues(b, i, t.Clues, false)
	b = r.clues(b, i, t.Counter, true)
	b = appendFixed(append(b, `<p class="why">For `...), t.For, 3)
	b = appendFixed(append(b, ", against "...), t.Against, 3)
	if t.Held {
		b = append(b, "; held: the clues are too weak to give the topic by themselves"...)
	}
	return append(b, ".</p>\n"...)
}

func (r *report) clues(b []byte, topic int, clues []models.Clue, counter bool) []byte {
	if len(clues) == 0 {
		return b
	}
	b = append(b, `<div class="wide"><table class="`...)
	b = append(b, either(counter, `counter"><caption>Clues against</caption>`, `clues">`)...)
	b = append(b, `<thead><tr><th scope="col">Clue</th><th scope="col">Weight</th><th scope="col">Best zone</th>`...)
	b = append(b, `<th scope="col" class="n">Mentions</th><th scope="col" class="n">Adds</th><th scope="col">In the text</th></tr></thead><tbody>`+"\n"...)
	for i := range clues {
		b = r.clue(b, topic, i, &clues[i], counter)
	}
	return append(b, "</tbody></table></div>\n"...)
}

func (r *report) clue(b []byte, topic, i int, c *models.Clue, counter bool) []byte {
	b = append(r.clueID(append(b, `<tr id="`...), topic, i, counter), `"><th scope="row">`...)
	b = appendText(append(AppendIsolated(b, c.Name), "</th><td>"...), c.Weight)
	b = append(append(b, `</td><td data-h="in">`...), c.Zone.String()...)
	b = strconv.AppendInt(append(b, `</td><td class="n" data-h="mentions">`...), int64(c.Mentions), 10)
	b = appendFixed(append(b, `</td><td class="n" data-h="adds">`...), c.Adds, 3)
	b = append(b, `</td><td class="quotes">`...)
	for j := range c.Spans {
		s := &c.Spans[j]
		b = append(b, either(j == 0, `<a href="#`, ` <a href="#`)...)
		b = append(r.id(b, 'p', r.marks.placeOf(s.Place)), `" title="by `...)
		b = append(appendAttr(b, s.By), `">`...)
		b = append(AppendIsolated(b, OneLine(s.Quote)), "</a>"...)
	}
	return append(b, "</td></tr>\n"...)
}

// id appends the anchor of the i-th thing of a kind in the article at hand.
// Anchors are made of counters only.
func (r *report) id(b []byte, kind byte, i int) []byte {
	b = strconv.AppendInt(append(b, 'a'), int64(r.articles), 10)
	return strconv.AppendInt(append(b, kind), int64(i+1), 10)
}

// clueID appends the anchor of a clue.
func (r *report) clueID(b []byte, topic, clue int, counter bool) []byte {
	b = append(r.id(b, 't', topic), either(counter, "x", "c")...)
	return strconv.AppendInt(b, int64(clue+1), 10)
}
