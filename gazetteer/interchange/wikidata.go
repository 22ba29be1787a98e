package interchange

import (
	"bytes"
	"encoding/json"
	"fmt"

	"wiretag/gazetteer"
)

// A wikidataEntity is one entity of a dump.
// https://www.wikidata.org/wiki/Wikidata:Database_download
type wikidataEntity struct {
	ID           string                     `json:"id"`
	Type         string                     `json:"type"`
	Labels       map[string]wikidataText    `json:"labels"`
	Aliases      map[string][]wikidataText  `json:"aliases,omitempty"`
	Claims       map[string][]wikidataClaim `json:"claims,omitempty"`
	Descriptions map[string]json.RawMessage `json:"descriptions,omitempty"`
	Sitelinks    map[string]json.RawMessage `json:"sitelinks,omitempty"`
}

type wikidataText struct {
	Language string `json:"language"`
	Value    string `json:"value"`
}

// A wikidataClaim holds the id of the item that it names. Other claims have a
// text or a number there.
type wikidataClaim struct {
	Snak struct {
		Value struct {
			Value json.RawMessage `json:"value"`
		} `json:"datavalue"`
	} `json:"mainsnak"`
	Rank string `json:"rank,omitempty"`
}

type wikidataItem struct {
	ID string `json:"id"`
}

// classes are what an entity may be an instance of (P31), by type. The first of
// each is the one that is written.
var classes = []struct {
	typ string
	ids []string
}{
	{"PERSON", []string{"Q5"}},
	{"ORG", []string{"Q43229", "Q4830453", "Q783794", "Q6881511", "Q891723", "Q327333", "Q7278", "Q3918", "Q484652", "Q192350"}},
	{"GPE", []string{"Q56061", "Q6256", "Q3624078", "Q515", "Q1549591", "Q5119", "Q35657", "Q486972", "Q7275", "Q3957"}},
	{"LOC", []string{"Q2221906", "Q8502", "Q4022", "Q23397", "Q23442", "Q5107", "Q9430", "Q165", "Q8514"}},
	{"FAC", []string{"Q13226383", "Q12280", "Q1248784", "Q41176"}},
	{"NORP", []string{"Q41710", "Q9174"}},
	{"EVENT", []string{"Q1190554", "Q198", "Q40231", "Q178561"}},
	{"LAW", []string{"Q820655", "Q131569"}},
	{"PRODUCT", []string{"Q2424752", "Q7397", "Q431289", "Q11446"}},
	{"WORK_OF_ART", []string{"Q838948", "Q11424", "Q7725634", "Q571", "Q5398426", "Q482994"}},
}

const (
	instanceOf = "P31"
	sexOf      = "P21"
	maleID     = "Q6581097"
	femaleID   = "Q6581072"
)

// values are the ids that the claims of a property name.
func (w *wikidataEntity) values(property string) []string {
	var out []string
	for _, c := range w.Claims[property] {
		var item wikidataItem
		if json.Unmarshal(c.Snak.Value.Value, &item) == nil && item.ID != "" && c.Rank != "deprecated" {
			out = append(out, item.ID)
		}
	}
	return out
}

func readWikidata(im *importer, src Source) error {
	seen := map[string]bool{}
	return im.lines(src, func(line []byte) {
		line = bytes.TrimSuffix(bytes.TrimSpace(line), []byte(","))
		if len(line) == 1 && (line[0] == '[' || line[0] == ']') {
			return // a dump is one array
		}
		var w wikidataEntity
		switch {
		case !im.object(line, &w):
		case w.Type != "" && w.Type != "item":
			im.leave(w.ID, "it is no item")
		case seen[w.ID]:
			im.leave(w.ID, "it stands twice; the first is taken")
		default:
			seen[w.ID] = w.ID != ""
			im.wikidataEntity(&w)
		}
	})
}

// label is the name of an entity in the language that was asked for, else the
// one for all languages, else the English one. That it is another is reported.
func (im *importer) label(w *wikidataEntity) (label wikidataText, lang string) {
	for _, lang := range []string{im.opts.Lang, "mul", "en"} {
		label, ok := w.Labels[lang]
		if !ok {
			continue
		}
		if lang != im.opts.Lang {
			im.drop(w.ID, "it has no label in %q; the one in %q is taken", im.opts.Lang, lang)
		}
		return label, lang
	}
	return label, ""
}

// besides counts what an entity of Wikidata has and a gazetteer has not.
func (im *importer) besides(w *wikidataEntity, lang string) {
	names, claims := 0, 0
	for l := range w.Labels {
		names += one(l != lang)
	}
	for l, aliases := range w.Aliases {
		if l != im.opts.Lang && l != "mul" {
			names += len(aliases)
		}
	}
	for p, c := range w.Claims {
		if p != instanceOf && p != sexOf {
			claims += len(c)
		}
	}
	if names+claims+len(w.Descriptions)+len(w.Sitelinks) > 0 {
		im.drop(w.ID, "what is no name in %q: %d labels and aliases, %d descriptions, %d statements, %d pages", im.opts.Lang,
			names, len(w.Descriptions), claims, len(w.Sitelinks))
	}
}

func (im *importer) wikidataEntity(w *wikidataEntity) {
	label, lang := im.label(w)
	if lang == "" {
		im.leave(w.ID, "it has no label in %q, and none in mul or en", im.opts.Lang)
		return
	}
	typ := typeOfClass(w.values(instanceOf))
	if typ == "" {
		im.drop(w.ID, "none of its classes has a type; it is taken for %s", im.opts.Type)
		typ = im.opts.Type
	}
	id := gazetteer.Slug(label.Value)
	for n := 1; im.byID[id] != nil; n++ { // a namesake: no two entities of Wikidata are one
		if id += "-" + gazetteer.Slug(w.ID); n > 1 {
			id += fmt.Sprint("-", n)
		}
	}
	e := im.entity(id, form(label.Value), im.typeOf(typ, ""))
	if e == nil {
		return
	}
	im.besides(w, lang)
	im.link(&e.Links, "wikidata", w.ID)
	for _, lang := range []string{im.opts.Lang, "mul"} {
		for _, a := range w.Aliases[lang] {
			im.alias(e, &e.Aliases, form(a.Value))
		}
	}
	for _, sex := range w.values(sexOf) {
		switch sex {
		case maleID:
			im.once(&e.Gender, "gender", "m")
		case femaleID:
			im.once(&e.Gender, "gender", "f")
		default:
			im.drop(sex, "the gender is neither m nor f")
		}
	}
}

func typeOfClass(ids []string) string {
	for _, c := range classes {
		for _, known := range c.ids {
			for _, id := range ids {
				if id == known {
					return c.typ
				}
			}
		}
	}
	return ""
}

func writeWikidata(x *exporter) []File {
	x.onlyEntities()
	var out jsonLines
	for _, e := range x.g.Entities {
		id := linkOf(e, "wikidata")
		if id == "" {
			x.lose(lostNoLink, 1)
			continue
		}
		x.losesOf(e, hold{names: true, gender: true, links: true})
		x.lose(lostLink, len(e.Links)-1)
		w := wikidataEntity{
			ID: id, Type: "item", Claims: map[string][]wikidataClaim{},
			Labels: map[string]wikidataText{x.opts.Lang: {x.opts.Lang, e.Name.Text.Value}},
		}
		for i := range e.Aliases {
			if w.Aliases == nil {
				w.Aliases = map[string][]wikidataText{}
			}
			w.Aliases[x.opts.Lang] = append(w.Aliases[x.opts.Lang], wikidataText{x.opts.Lang, e.Aliases[i].Text.Value})
		}
		typ := x.nearest(e.Type.Value, func(t string) bool { return classOf(t) != "" })
		if class := classOf(typ); class != "" {
			w.claim(instanceOf, class)
		}
		if sex := map[string]string{"m": maleID, "f": femaleID}[e.Gender.Value]; sex != "" {
			w.claim(sexOf, sex)
		}
		out.add(w)
	}
	return single(out.b.Bytes())
}

// classOf is the class that is written for a type, "" for one that has none.
func classOf(typ string) string {
	for _, c := range classes {
		if c.typ == typ {
			return c.ids[0]
		}
	}
	return ""
}

func (w *wikidataEntity) claim(property, id string) {
	var c wikidataClaim
	c.Snak.Value.Value = json.RawMessage(`{"id":` + string(jsonText(id)) + `}`)
	w.Claims[property] = append(w.Claims[property], c)
}
