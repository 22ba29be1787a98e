package interchange

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"regexp"
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
	conceptKey = "skos" // of the link to the concept that a topic was
)

// matches are the relations to other thesauri, by the key of the link. Of a
// second of a kind the key is match-2.
var matches = map[string]string{
	"exactMatch": "match", "closeMatch": "close-match", "broadMatch": "broad-match", "narrowMatch": "narrow-match",
	"relatedMatch": "related-match",
}

const wikidataNS = "http://www.wikidata.org/entity/"

// A concept is what a thesaurus says of one of its concepts.
type concept struct {
	iri                   string
	line                  int
	label, definition     string
	alt, hidden           []string
	broader               string
	narrower              []string
	links                 []gazetteer.Link
	isConcept, deprecated bool
}

// A thesaurus gathers the statements about concepts, in the order in which they
// first come up.
type thesaurus struct {
	im    *importer
	byIRI map[string]*concept
	order []*concept
}

// isXML tells the start of XML from <an address> of Turtle, which has no blank.
var isXML = regexp.MustCompile(`^\s*<(\?|!|[\pL_][\w.:-]*\s)`)

// readSKOS reads the concepts of a thesaurus as topics: drafts, whose labels
// are weak clues, because a label alone is a bad rule; deprecated ones are
// retired.
func readSKOS(im *importer, src Source) error {
	t := &thesaurus{im: im, byIRI: map[string]*concept{}}
	r := bufio.NewReader(src.Reader)
	start, _ := r.Peek(1024)
	var err error
	if isXML.Match(bytes.TrimPrefix(start, []byte("\ufeff"))) {
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
	case s.predicate == rdfType && s.object == skosNS+"Concept":
		c.isConcept = true
	case s.predicate == deprecated:
		c.deprecated = s.object == "true" || s.object == "1"
	case ok && t.inOther(s):
		t.im.drop(s.object, "%s of %s in the language %s", name, s.subject, s.lang)
	case ok && t.skos(c, name, s):
	default:
		t.im.drop(s.object, "%s of %s has no place in a topic", s.predicate, s.subject)
		t.im.apart(s.predicate)
	}
}

// inOther reports whether a literal is in a language that was not asked for.
func (t *thesaurus) inOther(s statement) bool {
	lang, _, _ := strings.Cut(strings.ToLower(s.lang), "-")
	return lang != "" && lang != strings.ToLower(t.im.opts.Lang)
}

// skos takes a statement of SKOS and reports false for one that is not kept.
func (t *thesaurus) skos(c *concept, name string, s statement) bool {
	if key, ok := matches[name]; ok {
		if item, ok := strings.CutPrefix(s.object, wikidataNS); ok && name == "exactMatch" {
			key, s.object = "wikidata", item
		}
		c.links = append(c.links, gazetteer.Link{Key: text(key), Value: text(s.object)})
		return true
	}
	if name != "broader" && name != "narrower" {
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
	case "narrower":
		c.narrower = append(c.narrower, s.object)
	case "hasTopConcept", "topConceptOf", "inScheme":
		t.im.drop(s.object, "%s: a gazetteer has one tree of topics", name)
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
	taken, last := map[string]bool{}, map[string]int{}
	for _, c := range t.order {
		id := ids[c.iri]
		if id == "" {
			continue
		}
		t.im.line = c.line
		if c.label == "" {
			t.im.leave(c.iri, "the concept has no label in %q", t.im.opts.Lang)
			continue
		}
		t.im.entries++
		if !t.im.usable(leftOut+"the label", c.label) {
			t.im.left++
			continue
		}
		for base := id; taken[id]; {
			last[base]++
			id = fmt.Sprintf("%s-%d", base, last[base]+1)
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
		t.im.link(&topic.Links, conceptKey, c.iri)
	}
	has := map[string]int{}
	for _, l := range c.links {
		key := l.Key.Value
		if has[key]++; has[key] > 1 && key != "wikidata" {
			key = fmt.Sprint(key, "-", has[key])
		}
		t.im.link(&topic.Links, key, l.Value.Value)
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

// inherit gives a concept that names no broader one the first that names it as
// narrower.
func (t *thesaurus) inherit() {
	for _, c := range t.order {
		for _, iri := range c.narrower {
			n := t.byIRI[iri]
			t.im.line = c.line
			switch {
			case n == nil:
				t.im.drop(iri, "the narrower concept of %s is not in the file", c.iri)
			case n.broader == "":
				n.broader = c.iri
			case n.broader != c.iri:
				t.im.drop(c.iri, "a topic has one parent, and %s has %s", n.iri, n.broader)
			}
		}
	}
}

// parents sets the parents, but for those that would lead back.
func (t *thesaurus) parents(ids map[string]string) {
	t.inherit()
	rooted := map[string]bool{}
	for _, c := range t.order {
		topic := t.im.topics[c.iri]
		if topic == nil || c.broader == "" {
			continue
		}
		t.im.line = c.line
		switch {
		case t.im.topics[c.broader] == nil:
			t.im.drop(c.broader, "the broader concept of %s is not in the file", topic.ID.Value)
		case t.leadsBack(c, rooted):
			t.im.drop(c.broader, "the broader concept of %s lies below it", topic.ID.Value)
			c.broader = ""
		default:
			topic.Parent = text(ids[c.broader])
		}
	}
}

// leadsBack reports whether the way up from a concept is a circle. The concepts
// from which it is known not to be are remembered.
func (t *thesaurus) leadsBack(c *concept, rooted map[string]bool) bool {
	seen := map[string]bool{}
	for at := c; at != nil && !rooted[at.iri]; at = t.byIRI[at.broader] {
		if seen[at.iri] {
			return true
		}
		seen[at.iri] = true
	}
	maps.Copy(rooted, seen)
	return false
}

func writeSKOS(x *exporter) []File {
	x.lose(lostEntity, len(x.g.Entities))
	x.besides()
	names := x.conceptNames()
	var b bytes.Buffer
	b.WriteString("@prefix skos: <" + skosNS + "> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n")
	lists := x.g.ListIndex()
	for _, t := range x.g.Topics {
		fmt.Fprintf(&b, "\n<%s> a skos:Concept ;\n    skos:prefLabel %s", names[t.ID.Value], x.literal(t.Label.Value))
		if t.About.Value != "" {
			fmt.Fprintf(&b, " ;\n    skos:definition %s", x.literal(t.About.Value))
		}
		if t.Parent.Value != "" {
			fmt.Fprintf(&b, " ;\n    skos:broader <%s>", names[t.Parent.Value])
		}
		for _, l := range t.Links {
			x.match(&b, l)
		}
		for _, term := range x.labels(t, lists) {
			fmt.Fprintf(&b, " ;\n    skos:hiddenLabel %s", x.literal(term))
		}
		if t.Status.Value == "retired" {
			b.WriteString(" ;\n    owl:deprecated true")
		}
		b.WriteString(" .\n")
		x.lose(lostStatus, one(t.Status.Value != "retired" && t.Status.Value != "draft")+one(t.ThresholdPos != (gazetteer.Pos{})))
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
		x.lose(lostWeight, one(k.Weight.Word != skosWeight || k.AtLeast > 1 || k.Distinct > 1 || k.In != "" || len(k.Unless) > 0))
		for it := range lists.Leaves(k.Any) {
			switch {
			case it.Ref != nil:
				x.lose(lostRef, 1)
			case !seen[it.Term.Value]:
				seen[it.Term.Value] = true
				out = append(out, it.Term.Value)
			}
		}
	}
	return out
}

// conceptNames are the names of the concepts by the ids of the topics: that of
// the thesaurus that a topic was imported from, else one of our own, which holds
// the id.
func (x *exporter) conceptNames() map[string]string {
	names, taken := map[string]string{}, map[string]bool{}
	for _, t := range x.g.Topics {
		name := topicIRI + url.PathEscape(t.ID.Value)
		for _, l := range t.Links {
			if v := l.Value.Value; l.Key.Value == conceptKey && isIRI(v) && !taken[v] {
				name = v
				x.lose(lostID, one(t.ID.Value != gazetteer.Slug(t.Label.Value)))
			}
		}
		names[t.ID.Value], taken[name] = name, true
	}
	return names
}

// match writes a link as a relation to a concept elsewhere.
func (x *exporter) match(b *bytes.Buffer, l gazetteer.Link) {
	key, value := l.Key.Value, l.Value.Value
	relation := "exactMatch"
	for name, k := range matches {
		if rest, ok := strings.CutPrefix(key, k); ok && strings.Trim(rest, "-0123456789") == "" {
			relation = name
		}
	}
	switch {
	case key == conceptKey && isIRI(value):
		return // the name of the concept
	case key == "wikidata":
		value = wikidataNS + value
	}
	if !isIRI(value) {
		x.lose(lostLink, 1)
		return
	}
	fmt.Fprintf(b, " ;\n    skos:%s <%s>", relation, value)
}

// isIRI tells what can stand between < and > as an address.
func isIRI(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return ok && scheme != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) })
}

// literal writes a text in the language of the export.
func (x *exporter) literal(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s) + `"@` + x.opts.Lang
}
