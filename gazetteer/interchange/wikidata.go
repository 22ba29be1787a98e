package interchange

import (
	"bytes"

	"wiretag/gazetteer"
)

// A wikidataEntity is one entity of a dump.
// https://www.wikidata.org/wiki/Wikidata:Database_download
type wikidataEntity struct {
	ID      string                     `json:"id"`
	Type    string                     `json:"type"`
	Labels  map[string]wikidataText    `json:"labels"`
	Aliases map[string][]wikidataText  `json:"aliases,omitempty"`
	Claims  map[string][]wikidataClaim `json:"claims,omitempty"`
}

type wikidataText struct {
	Language string `json:"language"`
	Value    string `json:"value"`
}

type wikidataClaim struct {
	Snak struct {
		Value struct {
			Value struct {
				ID string `json:"id"`
			} `json:"value"`
		} `json:"datavalue"`
	} `json:"mainsnak"`
	Rank string `json:"rank,omitempty"`
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
		if id := c.Snak.Value.Value.ID; id != "" && c.Rank != "deprecated" {
			out = append(out, id)
		}
	}
	return out
}

func readWikidata(im *importer, src Source) error {
	return im.lines(src, func(line []byte) {
		line = bytes.TrimSuffix(bytes.TrimSpace(line), []byte(","))
		if len(line) == 1 && (line[0] == '[' || line[0] == ']') {
			return // a dump is one array
		}
		var w wikidataEntity
		if im.object(line, &w) {
			im.wikidataEntity(&w)
		}
	})
}

func (im *importer) wikidataEntity(w *wikidataEntity) {
	label, ok := w.Labels[im.opts.Lang]
	if !ok {
		if label, ok = w.Labels["mul"]; !ok {
			im.entries++
			im.drop(w.ID, "it has no label in %q", im.opts.Lang)
			return
		}
	}
	typ := typeOfClass(w.values(instanceOf))
	if typ == "" {
		im.drop(w.ID, "none of its classes has a type; it is taken for %s", im.opts.Type)
		typ = im.opts.Type
	}
	id := gazetteer.Slug(label.Value)
	if im.byID[id] != nil { // a namesake: no two entities of Wikidata are one
		id += "-" + gazetteer.Slug(w.ID)
	}
	e := im.entity(id, label.Value, im.typeOf(typ, ""))
	if e == nil {
		return
	}
	im.link(&e.Links, "wikidata", w.ID)
	for _, lang := range []string{im.opts.Lang, "mul"} {
		for _, a := range w.Aliases[lang] {
			im.alias(e, &e.Aliases, gazetteer.Alias{Text: text(a.Value)})
		}
	}
	for _, sex := range w.values(sexOf) {
		switch sex {
		case maleID:
			e.Gender = text("m")
		case femaleID:
			e.Gender = text("f")
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
		x.losesOf(e, hold{gender: true, links: true})
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
		for _, c := range classes {
			if c.typ == e.Type.Value {
				w.claim(instanceOf, c.ids[0])
			}
		}
		if sex := map[string]string{"m": maleID, "f": femaleID}[e.Gender.Value]; sex != "" {
			w.claim(sexOf, sex)
		}
		out.add(w)
	}
	return single(out.b.Bytes())
}

func (w *wikidataEntity) claim(property, id string) {
	var c wikidataClaim
	c.Snak.Value.Value.ID = id
	w.Claims[property] = append(w.Claims[property], c)
}
