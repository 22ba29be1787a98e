package interchange

import (
	"encoding/json"
	"fmt"
	"strings"

	"wiretag/gazetteer"
)

// A spacyRule is one line of an EntityRuler: a phrase, or a list of tokens.
// https://spacy.io/usage/rule-based-matching#entityruler
type spacyRule struct {
	Label   string          `json:"label"`
	Pattern json.RawMessage `json:"pattern"`
	ID      string          `json:"id,omitempty"`
}

func readSpacy(im *importer, src Source) error {
	return im.lines(src, func(line []byte) {
		var r spacyRule
		if im.object(line, &r) {
			im.spacyRule(&r)
		}
	})
}

func (im *importer) spacyRule(r *spacyRule) {
	a, why := spacyAlias(r.Pattern)
	if why != "" {
		im.leave(string(r.Pattern), "%s", why)
		return
	}
	im.named(r.ID, a, im.typeOf(r.Label, ""))
}

// spacyAlias reads a phrase, or a list of tokens each of which is one text. It
// says why another pattern is none.
func spacyAlias(pattern json.RawMessage) (a gazetteer.Alias, why string) {
	var phrase string
	if json.Unmarshal(pattern, &phrase) == nil {
		a.Text.Value = phrase
		return a, ""
	}
	var list []map[string]any
	if json.Unmarshal(pattern, &list) != nil || len(list) == 0 {
		return a, "the pattern is neither a text nor a list of tokens"
	}
	var words []string
	for _, t := range list {
		word, policy, ok := spacyToken(t)
		switch {
		case !ok:
			return a, "the pattern is more than words: only ORTH, TEXT and LOWER with a text can be taken over"
		case a.Guard.Value().Case != "" && policy != a.Guard.Case:
			return a, "the pattern mixes words of any case with exact ones"
		}
		gazetteer.Guarded(&a.Guard).Case = policy
		words = append(words, word)
	}
	a.Text.Value = written(words)
	return a, ""
}

func spacyToken(t map[string]any) (word string, policy gazetteer.Case, ok bool) {
	for key, value := range t {
		word, ok = value.(string)
		if !ok || len(t) != 1 {
			return "", "", false
		}
		switch strings.ToUpper(key) {
		case "ORTH", "TEXT":
			return word, gazetteer.CaseExact, true
		case "LOWER":
			return word, gazetteer.CaseFold, true
		}
	}
	return "", "", false
}

func writeSpacy(x *exporter) []File {
	x.onlyEntities()
	var out jsonLines
	for _, e := range x.g.Entities {
		x.losesOf(e, hold{cases: true, shorts: true, demonyms: true})
		for f := range e.Forms() {
			out.add(spacyRule{typeOfForm(e, &f), spacyPattern(&f), e.ID.Value})
		}
	}
	return single(out.b.Bytes())
}

// spacyPattern writes a form under its case policy.
func spacyPattern(f *gazetteer.NameForm) json.RawMessage {
	key := map[gazetteer.Case]string{gazetteer.CaseExact: "ORTH", gazetteer.CaseFold: "LOWER"}[f.Guard.Case]
	if key == "" {
		return jsonText(f.Text.Value)
	}
	var list []string
	for _, w := range tokens(f.Text.Value, "-–/") {
		if key == "LOWER" {
			w = strings.ToLower(w)
		}
		list = append(list, fmt.Sprintf("{%q:%s}", key, jsonText(w)))
	}
	return json.RawMessage("[" + strings.Join(list, ",") + "]")
}
