package interchange

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"wiretag/gazetteer"
)

// An ftmEntity is a line of FollowTheMoney. https://followthemoney.tech/explorer/
type ftmEntity struct {
	ID         string                       `json:"id"`
	Schema     string                       `json:"schema"`
	Properties map[string][]json.RawMessage `json:"properties"`
	Referents  []string                     `json:"referents,omitempty"` // ids that were merged into it
}

// texts returns the texts among the values of a property. The others, which
// are entities within this one, are reported.
func (im *importer) texts(f *ftmEntity, key string) []string {
	var out []string
	for _, raw := range f.Properties[key] {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			im.drop(key+"="+string(raw), "the value is no text")
			continue
		}
		out = append(out, s)
	}
	return out
}

// ftmTypes are the schemata that have a type, with the parent of those that
// OntoNotes does not know. Others are no names of news and are reported.
var ftmTypes = map[string]struct{ typ, parent string }{
	"Person": {"PERSON", ""}, "Organization": {"ORG", ""}, "Company": {"ORG", ""}, "PublicBody": {"ORG", ""},
	"LegalEntity": {"ORG", ""}, "Vessel": {"VESSEL", "PRODUCT"}, "Airplane": {"AIRCRAFT", "PRODUCT"},
	"Event": {"EVENT", ""}, "RealEstate": {"FAC", ""},
}

// ftmLinks are the properties that identify an entity elsewhere, by the key of
// the link.
var ftmLinks = map[string]string{
	"wikidataId": "wikidata", "leiCode": "lei", "innCode": "inn", "ogrnCode": "ogrn", "imoNumber": "imo",
	"registrationNumber": "registration", "swiftBic": "swift", "opencorporatesUrl": "opencorporates", "mmsi": "mmsi",
	"callSign": "call-sign", "permId": "permid", "dunsCode": "duns", "uscCode": "usc", "ticker": "ticker", "isinCode": "isin",
}

func readFTM(im *importer, src Source) error {
	return im.lines(src, func(line []byte) {
		var f ftmEntity
		if im.object(line, &f) {
			im.ftmEntity(&f)
		}
	})
}

func (im *importer) ftmEntity(f *ftmEntity) {
	kind, ok := ftmTypes[f.Schema]
	if !ok {
		im.leave(f.ID, "the schema %q is no kind of name; known: %s", f.Schema, strings.Join(slices.Sorted(maps.Keys(ftmTypes)), ", "))
		im.apart(f.Schema)
		return
	}
	names := im.texts(f, "name")
	if len(names) == 0 {
		im.leave(f.ID, "it has no name")
		return
	}
	e := im.entity(f.ID, form(names[0]), im.typeOf(kind.typ, kind.parent))
	if e == nil {
		return
	}
	for _, v := range names[1:] {
		im.ftmProperty(e, "name", v)
	}
	for _, key := range slices.Sorted(maps.Keys(f.Properties)) {
		if key == "name" {
			continue
		}
		for _, v := range im.texts(f, key) {
			im.ftmProperty(e, key, v)
		}
	}
	for _, id := range f.Referents {
		im.drop("referents="+id, "the id of an entity that was merged into %s", f.ID)
	}
}

func (im *importer) ftmProperty(e *gazetteer.Entity, key, v string) {
	switch key {
	case "name", "alias", "previousName":
		im.alias(e, &e.Aliases, form(v))
	case "weakAlias", "abbreviation":
		im.alias(e, &e.Weak, form(v))
	case "gender":
		im.gender(e, v)
	case "topics":
		im.group(e, v)
	case "country", "jurisdiction", "nationality":
		im.group(e, "country-"+v)
	default:
		if link, ok := ftmLinks[key]; ok {
			im.link(&e.Links, link, v)
			return
		}
		im.drop(key+"="+v, "the property is no name, group or identifier")
		im.apart(key)
	}
}

// ftmSchema is the schema of a type, "" for one that has none.
func ftmSchema(typ string) string {
	switch typ {
	case "PERSON":
		return "Person"
	case "ORG":
		return "Organization"
	case "VESSEL":
		return "Vessel"
	case "AIRCRAFT":
		return "Airplane"
	case "EVENT":
		return "Event"
	case "FAC":
		return "RealEstate"
	}
	return ""
}

func writeFTM(x *exporter) []File {
	x.onlyEntities()
	var out jsonLines
	for _, e := range x.g.Entities {
		typ := x.nearest(e.Type.Value, func(t string) bool { return ftmSchema(t) != "" })
		schema := ftmSchema(typ)
		if schema == "" {
			x.lose(lostEntity, 1)
			continue
		}
		x.losesOf(e, hold{names: true, weak: true, gender: true, groups: true, links: true})
		f := ftmEntity{ID: e.ID.Value, Schema: schema, Properties: map[string][]json.RawMessage{}}
		add := func(key, v string) {
			if v != "" {
				f.Properties[key] = append(f.Properties[key], jsonText(v))
			}
		}
		add("name", e.Name.Text.Value)
		for i := range e.Aliases {
			add("alias", e.Aliases[i].Text.Value)
		}
		for i := range e.Weak {
			add("weakAlias", e.Weak[i].Text.Value)
		}
		add("gender", map[string]string{"m": "male", "f": "female"}[e.Gender.Value])
		for _, g := range e.Groups {
			if c, ok := strings.CutPrefix(g.ID.Value, "country-"); ok {
				add("country", c)
			} else {
				add("topics", g.ID.Value)
			}
		}
		for _, l := range e.Links {
			if key := ftmProperty(l.Key.Value); key != "" {
				add(key, l.Value.Value)
			} else {
				x.lose(lostLink, 1)
			}
		}
		out.add(f)
	}
	return single(out.b.Bytes())
}

// ftmProperty is the property of a kind of link, "" for one that has none.
func ftmProperty(link string) string {
	for _, p := range slices.Sorted(maps.Keys(ftmLinks)) {
		if ftmLinks[p] == link {
			return p
		}
	}
	return ""
}
