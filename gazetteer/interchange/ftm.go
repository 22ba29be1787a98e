package interchange

import (
	"maps"
	"slices"
	"strings"

	"wiretag/gazetteer"
)

// An ftmEntity is a line of FollowTheMoney. https://followthemoney.tech/explorer/
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
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
	names := f.Properties["name"]
	switch {
	case !ok:
		im.entries++
		im.drop(f.ID, "the schema %q is no kind of name; known: %s", f.Schema, strings.Join(slices.Sorted(maps.Keys(ftmTypes)), ", "))
		return
	case len(names) == 0:
		im.entries++
		im.drop(f.ID, "it has no name")
		return
	}
	e := im.entity(f.ID, names[0], im.typeOf(kind.typ, kind.parent))
	if e == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(f.Properties)) {
		values := f.Properties[key]
		if key == "name" {
			values = values[1:]
		}
		for _, v := range values {
			im.ftmProperty(e, key, v)
		}
	}
}

func (im *importer) ftmProperty(e *gazetteer.Entity, key, v string) {
	switch key {
	case "name", "alias", "previousName":
		im.alias(e, &e.Aliases, gazetteer.Alias{Text: text(v)})
	case "weakAlias", "abbreviation":
		im.alias(e, &e.Weak, gazetteer.Alias{Text: text(v)})
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
		schema := ftmSchema(e.Type.Value)
		if schema == "" {
			x.lose(lostEntity, 1)
			continue
		}
		x.losesOf(e, hold{weak: true, gender: true, groups: true, links: true})
		f := ftmEntity{e.ID.Value, schema, map[string][]string{"name": {e.Name.Text.Value}}}
		add := func(key, v string) {
			if v != "" {
				f.Properties[key] = append(f.Properties[key], v)
			}
		}
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
			add(ftmProperty(l.Key.Value), l.Value.Value)
		}
		out.add(f)
	}
	return single(out.b.Bytes())
}

// ftmProperty is the property of a kind of link.
func ftmProperty(link string) string {
	for _, p := range slices.Sorted(maps.Keys(ftmLinks)) {
		if ftmLinks[p] == link {
			return p
		}
	}
	return link
}
