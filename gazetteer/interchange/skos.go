package interchange

import (
	"bufio"
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"wiretag/gazetteer"
)

// The terms of SKOS that a gazetteer has something for.
// https://www.w3.org/TR/skos-reference/
const (
	skosNS     = "http://www.w3.org/2004/02/skos/core#"
	rdfType    = rdfNS + "type"
	deprecated = "http://www.w3.org/2002/07/owl#deprecated"
	topicIRI   = "urn:wiretag:topic:"
	skosWeight = "weak"
)

// A concept is what a thesaurus says of one of its concepts.
type concept struct {
	iri                   string
	line                  int
	label, definition     string
	alt, hidden           []string
	broader               string
	exact                 []string
	isConcept, deprecated bool
}

// A thesaurus gathers the statements about concepts, in the order in which they
// first come up.
type thesaurus struct {
	im    *importer
	byIRI map[string]*concept
	order []*concept
}

// readSKOS reads the concepts of a thesaurus as topics: drafts, whose labels
// are weak clues, because a label alone is a bad rule; deprecated ones are
// retired.
func readSKOS(im *importer, src Source) error {
	t := &thesaurus{im: im, byIRI: map[string]*concept{}}
	r := bufio.NewReader(src.Reader)
	start, _ := r.Peek(1024)
	var err error
	if head := bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n"); bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<rdf:")) {
		err = readRDFXML(r, t.add)
	} else {
		err = readTurtle(r, t.add)
	}
	if err != nil {
		return fmt.Errorf("%s:%w", im.name, err)
	}
	t.topics()
	return nil
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (t *thesaurus) concept(s statement) *concept {
	c := t.byIRI[s.subject]
	if c == nil {
		c = &concept{iri: s.subject, line: s.line}
		t.byIRI[s.subject] = c
		t.order = append(t.order, c)
	}
	return c
}

// add takes one statement. What is not of the thesaurus is reported.
func (t *thesaurus) add(s statement) {
	c := t.concept(s)
	t.im.line = s.line
	name, ok := strings.CutPrefix(s.predicate, skosNS)
	switch {
	case s.predicate == rdfType:
		c.isConcept = c.isConcept || s.object == skosNS+"Concept"
	case s.predicate == deprecated:
		c.deprecated = s.object == "true" || s.object == "1"
	case ok && t.inOther(s):
		t.im.drop(s.object, "%s in the language %s", name, s.lang)
	case ok && t.skos(c, name, s):
	default:
		t.im.drop(s.object, "%s has no place in a topic", s.predicate)
	}
}

// inOther reports whether a literal is in a language that was not asked for.
func (t *thesaurus) inOther(s statement) bool {
	lang, _, _ := strings.Cut(strings.ToLower(s.lang), "-")
	return lang != "" && lang != strings.ToLower(t.im.opts.Lang)
}

// skos takes a statement of SKOS and reports false for one that is not kept.
func (t *thesaurus) skos(c *concept, name string, s statement) bool {
	if !strings.Contains(name, "atch") && name != "broader" {
		s.object = strings.Join(strings.Fields(s.object), " ") // a label may be broken over lines
	}
	switch name {
	case "prefLabel":
		if c.label != "" {
			t.im.drop(s.object, "a topic has one label, and this one has %s", c.label)
			return true
		}
		c.label = s.object
	case "altLabel":
		c.alt = append(c.alt, s.object)
	case "hiddenLabel":
		c.hidden = append(c.hidden, s.object)
	case "definition", "scopeNote":
		if c.definition != "" {
			return false
		}
		c.definition = s.object
	case "broader":
		if c.broader != "" {
			t.im.drop(s.object, "a topic has one parent, and this one has %s", c.broader)
			return true
		}
		c.broader = s.object
	case "exactMatch", "closeMatch":
		c.exact = append(c.exact, s.object)
	case "narrower", "hasTopConcept", "topConceptOf", "inScheme":
		return true // said from the other side, too, or of the whole
	default:
		return false
	}
	return true
}

// topics makes the topics.
func (t *thesaurus) topics() {
	ids := map[string]string{}
	for _, c := range t.order {
		if c.isConcept || c.label != "" {
			ids[c.iri] = t.topicID(c)
		}
	}
	taken := map[string]bool{}
	for _, c := range t.order {
		id := ids[c.iri]
		if id == "" {
			continue
		}
		t.im.entries++
		t.im.line = c.line
		if c.label == "" {
			t.im.drop(c.iri, "the concept has no label in %q", t.im.opts.Lang)
			continue
		}
		if !t.im.usable("the label", c.label) {
			continue
		}
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", ids[c.iri], n)
		}
		taken[id], ids[c.iri] = true, id
		t.im.topics[c.iri] = t.topic(c, id)
		t.im.g.Topics = append(t.im.g.Topics, t.im.topics[c.iri])
	}
	t.parents(ids)
}

// topicID is the id of a concept: of one that wiretag wrote its own, of another
// the slug of its label, or of the end of its name.
func (t *thesaurus) topicID(c *concept) string {
	if id, ok := strings.CutPrefix(c.iri, topicIRI); ok {
		if id, err := url.PathUnescape(id); err == nil && !strings.ContainsFunc(id, unfit) {
			return id
		}
	}
	if id := gazetteer.Slug(c.label); id != "" {
		return id
	}
	end := c.iri[strings.LastIndexAny(c.iri, "/#:")+1:]
	if id := gazetteer.Slug(end); id != "" {
		return id
	}
	return "concept"
}

func (t *thesaurus) topic(c *concept, id string) *gazetteer.Topic {
	topic := &gazetteer.Topic{ID: text(id), Label: text(c.label), Status: text("draft"), Threshold: 0.5}
	if c.deprecated {
		topic.Status.Value = "retired"
	}
	if d := strings.Join(strings.Fields(c.definition), " "); d != "" && t.im.usable("the definition", d) {
		topic.About = text(d)
	}
	if !strings.HasPrefix(c.iri, topicIRI) {
		t.im.link(&topic.Links, "skos", c.iri)
	}
	for i, iri := range c.exact {
		key := "match"
		if i > 0 {
			key = fmt.Sprint("match-", i+1)
		}
		t.im.link(&topic.Links, key, iri)
	}
	seen := map[string]bool{}
	var terms []gazetteer.Item
	for _, s := range slices.Concat([]string{c.label}, c.alt, c.hidden) {
		if s = strings.TrimSpace(s); !seen[s] && t.im.usable("the label", s) && strings.IndexFunc(s, isLetterOrDigit) >= 0 {
			seen[s] = true
			terms = append(terms, gazetteer.Item{Term: text(s), Form: formOf(s)})
		}
	}
	if len(terms) > 0 {
		topic.Clues = []gazetteer.Condition{{Name: text("labels"), Weight: gazetteer.Weight{Word: skosWeight}, Any: terms}}
	}
	return topic
}

// formOf keeps a label with a colon from being read as a reference.
func formOf(s string) gazetteer.Form {
	if strings.Contains(s, ":") {
		return gazetteer.Exact
	}
	return gazetteer.Plain
}

// parents sets the parents, but for those that would lead back.
func (t *thesaurus) parents(ids map[string]string) {
	for _, c := range t.order {
		topic := t.im.topics[c.iri]
		if topic == nil || c.broader == "" {
			continue
		}
		t.im.line = c.line
		switch {
		case t.im.topics[c.broader] == nil:
			t.im.drop(c.broader, "the broader concept of %s is not in the file", topic.ID.Value)
		case t.leadsBack(c):
			t.im.drop(c.broader, "the broader concept of %s lies below it", topic.ID.Value)
			c.broader = ""
		default:
			topic.Parent = text(ids[c.broader])
		}
	}
}

// leadsBack reports whether a concept lies above itself.
func (t *thesaurus) leadsBack(c *concept) bool {
	seen := map[string]bool{c.iri: true}
	for at := t.byIRI[c.broader]; at != nil; at = t.byIRI[at.broader] {
		if seen[at.iri] {
			return true
		}
		seen[at.iri] = true
	}
	return false
}

func writeSKOS(x *exporter) []File {
	x.lose(lostEntity, len(x.g.Entities))
	x.lose(lostMask, len(x.g.Masks))
	var b bytes.Buffer
	b.WriteString("@prefix skos: <" + skosNS + "> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n")
	lists := x.g.ListIndex()
	for _, t := range x.g.Topics {
		fmt.Fprintf(&b, "\n<%s> a skos:Concept ;\n    skos:prefLabel %s", topicName(t.ID.Value), x.literal(t.Label.Value))
		if t.About.Value != "" {
			fmt.Fprintf(&b, " ;\n    skos:definition %s", x.literal(t.About.Value))
		}
		if t.Parent.Value != "" {
			fmt.Fprintf(&b, " ;\n    skos:broader <%s>", topicName(t.Parent.Value))
		}
		for _, l := range t.Links {
			if strings.Contains(l.Value.Value, ":") {
				fmt.Fprintf(&b, " ;\n    skos:exactMatch <%s>", iriEscape(l.Value.Value))
			} else {
				x.lose(lostLink, 1)
			}
		}
		for _, term := range x.labels(t, lists) {
			fmt.Fprintf(&b, " ;\n    skos:hiddenLabel %s", x.literal(term))
		}
		if t.Status.Value == "retired" {
			b.WriteString(" ;\n    owl:deprecated true")
		}
		b.WriteString(" .\n")
		x.lose(lostRule, len(t.Require)+len(t.Against)+len(t.Exclude)+len(t.Ignore))
		x.lose(lostExample, len(t.Examples)+len(t.CounterExamples))
		x.lose(lostFormer, len(t.Formerly))
	}
	return single(b.Bytes())
}

// labels are the words that a topic's clues look for one by one. Clues of
// several that have to stand together are lost.
func (x *exporter) labels(t *gazetteer.Topic, lists gazetteer.ListIndex) []string {
	seen := map[string]bool{t.Label.Value: true}
	var out []string
	for i := range t.Clues {
		k := &t.Clues[i]
		if k.All != nil {
			x.lose(lostClue, 1)
			continue
		}
		for it := range lists.Leaves(k.Any) {
			if it.Ref == nil && !seen[it.Term.Value] {
				seen[it.Term.Value] = true
				out = append(out, it.Term.Value)
			}
		}
	}
	return out
}

func topicName(id string) string { return topicIRI + url.PathEscape(id) }

// iriEscape makes a text fit to stand between < and >.
func iriEscape(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			return '_'
		}
		return r
	}, s)
}

// literal writes a text in the language of the export.
func (x *exporter) literal(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s) + `"@` + x.opts.Lang
}
