package eval

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/models"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// json reads articles of a file of JSON: one value after the other, or a list
// of them. A value is an object, or the pair [text, {"entities": …}] that spaCy
// took for training.
func (r *reader) json(path string, data []byte) {
	j := &jsonGold{r: r, path: path, data: data, line: 1}
	j.dec = jsontext.NewDecoder(bytes.NewReader(data))
	if err := j.values(); err != nil {
		r.fail(j.here(len(data)).errorf("%s", syntax(err)))
	}
}

// syntax is a mistake of JSON in plain words.
func syntax(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "the JSON ends in the middle"
	}
	if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok && se.Err != nil {
		return "this is no JSON: " + se.Err.Error()
	}
	return "this is no JSON: " + strings.TrimPrefix(err.Error(), "jsontext: ")
}

// A jsonGold reads one file.
type jsonGold struct {
	r    *reader
	path string
	data []byte
	dec  *jsontext.Decoder
	line int // of the byte at done
	done int
	n    int // values so far
}

// here is the line of the value that comes next, or of the mistake.
func (j *jsonGold) here(end int) place {
	at := int(j.dec.InputOffset())
	for at < end && strings.IndexByte(" \t\r\n,[", j.data[at]) >= 0 {
		at++
	}
	if at > j.done {
		j.line += bytes.Count(j.data[j.done:at], []byte("\n"))
		j.done = at
	}
	return place{j.path, j.line}
}

func (j *jsonGold) values() error {
	for {
		switch kind := j.dec.PeekKind(); {
		case kind == 0:
			_, err := j.dec.ReadToken()
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		case kind == '[' && !j.isPair():
			if err := j.list(); err != nil {
				return err
			}
		default:
			if err := j.value(); err != nil {
				return err
			}
		}
	}
}

// isPair says whether the list that comes next is spaCy's pair: its first
// element is a text.
func (j *jsonGold) isPair() bool {
	rest := bytes.TrimLeft(j.data[j.dec.InputOffset():], " \t\r\n,")
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(rest, []byte("[")), " \t\r\n"), []byte(`"`))
}

func (j *jsonGold) list() error {
	if _, err := j.dec.ReadToken(); err != nil {
		return err
	}
	for kind := j.dec.PeekKind(); kind != ']'; kind = j.dec.PeekKind() {
		if kind == 0 {
			_, err := j.dec.ReadToken()
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		if err := j.value(); err != nil {
			return err
		}
	}
	_, err := j.dec.ReadToken()
	return err
}

// value reads one article.
func (j *jsonGold) value() error {
	at := j.here(len(j.data))
	raw, err := j.dec.ReadValue()
	if err != nil {
		return err
	}
	j.n++
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	o := object{at: at, r: j.r}
	switch v := v.(type) {
	case map[string]any:
		o.fields = v
	case []any:
		if o.fields = pairFields(v); o.fields == nil {
			o.r.fail(at.errorf(`a pair of spaCy's is [text, {"entities": [[start, end, label]]}]`))
			return nil
		}
	default:
		o.r.fail(at.errorf(`an article must be an object, {"id": …, "text": …, "mentions": […]}`))
		return nil
	}
	o.article(j.path + "#" + strconv.Itoa(j.n))
	return nil
}

// pairFields returns the fields of [text, {"entities": …}]; nil if it is none.
func pairFields(v []any) map[string]any {
	if len(v) != 2 {
		return nil
	}
	text, ok1 := v[0].(string)
	fields, ok2 := v[1].(map[string]any)
	if !ok1 || !ok2 {
		return nil
	}
	fields["text"] = text
	return fields
}

// An object reads the fields of one article, or of a part of one. Mistakes go
// to the reader; what is wrong is read as if it were not there.
type object struct {
	r      *reader
	at     place
	path   string // of the object in the article: "mentions[3]"
	fields map[string]any
}

func (o *object) bad(key string, v any, want string) {
	if o.path != "" {
		key = o.path + "." + key
	}
	o.r.fail(o.at.errorf("%s is %s; it must be %s", key, kindOf(v), want))
}

// kindOf shows a value as the person who wrote it would call it.
func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool, float64:
		return fmt.Sprint(v)
	case string:
		return strconv.Quote(v)
	case []any:
		return "a list"
	}
	return "an object"
}

// text reads the first of the keys that is there.
func (o *object) text(keys ...string) (string, bool) {
	for _, key := range keys {
		v, ok := o.fields[key]
		if !ok || v == nil {
			continue
		}
		s, ok := v.(string)
		if !ok {
			o.bad(key, v, "a text")
		}
		return s, ok
	}
	return "", false
}

// number reads a whole number.
func (o *object) number(key string) (int, bool) {
	v := o.fields[key]
	n, ok := wholeNumber(v)
	if !ok {
		if _, there := o.fields[key]; !there {
			o.r.fail(o.at.errorf("%s has no %q", o.path, key))
		} else {
			o.bad(key, v, "a whole number")
		}
	}
	return n, ok
}

func wholeNumber(v any) (int, bool) {
	f, ok := v.(float64)
	if !ok || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		return 0, false
	}
	return int(f), true
}

// list reads the first of the keys that is there.
func (o *object) list(keys ...string) (items []any, key string, ok bool) {
	for _, key := range keys {
		v, there := o.fields[key]
		if !there || v == nil {
			continue
		}
		items, ok := v.([]any)
		if !ok {
			o.bad(key, v, "a list")
			return nil, key, false
		}
		return items, key, true
	}
	return nil, "", false
}

// article reads an article of our own form or of spaCy's.
func (o *object) article(id string) {
	a := &Article{at: o.at, unit: o.r.opts.Offsets}
	a.Doc.ID = id
	if given, ok := o.text("id"); ok {
		a.Doc.ID = given
	} else if meta, ok := o.fields["meta"].(map[string]any); ok {
		m := object{r: o.r, at: o.at, path: "meta", fields: meta}
		if given, ok := m.text("id"); ok {
			a.Doc.ID = given
		}
	}
	a.Doc.Title, _ = o.text("title")
	a.Doc.Text = noText
	if text, ok := o.text("text"); ok {
		a.Doc.Text = text
	}
	if date, ok := o.text("date"); ok && date != "" {
		day, err := corpus.ParseDate(date)
		if err != nil {
			o.r.fail(o.at.errorf("date: %w", err))
		}
		a.Doc.Date, a.Doc.DateFrom = day, models.DateFromField
	}
	o.mentions(a)
	o.topics(a)
	if !a.HasMentions && !a.HasTopics {
		o.r.fail(o.at.errorf("article %q has neither mentions nor topics; an empty list says that there are none", a.Doc.ID))
		return
	}
	o.r.add(a)
}

func (o *object) mentions(a *Article) {
	items, key, ok := o.list("mentions", "spans", "ents", "entities", "label")
	if !ok {
		return
	}
	a.HasMentions = true
	for i, item := range items {
		p := pending{field: models.Text, at: o.at}
		path := fmt.Sprintf("%s[%d]", key, i)
		switch item := item.(type) {
		case map[string]any:
			m := object{r: o.r, at: o.at, path: path, fields: item}
			ok = m.mention(&p)
		case []any:
			ok = o.triple(path, item, &p)
		default:
			o.r.fail(o.at.errorf(`%s is %s; it must be {"start": …, "end": …, "type": …} or [start, end, type]`, path, kindOf(item)))
			ok = false
		}
		if ok {
			a.pending = append(a.pending, p)
		}
	}
}

// mention reads a mention that is an object.
func (o *object) mention(p *pending) bool {
	var ok1, ok2 bool
	p.start, ok1 = o.number("start")
	p.end, ok2 = o.number("end")
	p.typ, _ = o.text("type", "label")
	p.id, _ = o.text("id", "kb_id", "entity")
	p.quote, p.hasQuote = o.text("quote", "surface")
	switch field, given := o.text("field"); {
	case given && field == models.Title.String():
		p.field = models.Title
	case given && field != models.Text.String():
		o.bad("field", field, `"title" or "text"`)
		return false
	}
	return ok1 && ok2
}

// triple reads a mention that is [start, end, type] or [start, end, type, id].
func (o *object) triple(path string, item []any, p *pending) bool {
	if n := len(item); n >= 3 && n <= 4 {
		var ok1, ok2, ok3 bool
		p.start, ok1 = wholeNumber(item[0])
		p.end, ok2 = wholeNumber(item[1])
		p.typ, ok3 = item[2].(string)
		ok4 := n == 3
		if !ok4 {
			p.id, ok4 = item[3].(string)
		}
		if ok1 && ok2 && ok3 && ok4 {
			return true
		}
	}
	o.r.fail(o.at.errorf("%s must be [start, end, type], two whole numbers and a text", path))
	return false
}

// topics reads the topics, or the categories of spaCy's form: those that are
// true or more than 0.
func (o *object) topics(a *Article) {
	if items, key, ok := o.list("topics"); ok {
		a.HasTopics = true
		for i, item := range items {
			id, ok := item.(string)
			if !ok || id == "" {
				o.bad(fmt.Sprintf("%s[%d]", key, i), item, "the id of a topic")
				continue
			}
			a.Topics = append(a.Topics, id)
		}
	} else if v, ok := o.fields["cats"]; ok && v != nil {
		cats, ok := v.(map[string]any)
		if !ok {
			o.bad("cats", v, "an object of numbers")
			return
		}
		a.HasTopics = true
		for id, score := range cats {
			switch score := score.(type) {
			case bool:
				if score {
					a.Topics = append(a.Topics, id)
				}
			case float64:
				if score > 0 {
					a.Topics = append(a.Topics, id)
				}
			default:
				o.bad("cats."+id, score, "a number")
			}
		}
	}
	slices.Sort(a.Topics)
	a.Topics = slices.Compact(a.Topics)
}
