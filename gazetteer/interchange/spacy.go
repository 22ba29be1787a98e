package interchange

import (
	"encoding/json"
	"fmt"
	"strings"

	"wiretag/gazetteer"
	"wiretag/models"
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
		im.entries++
		im.drop(string(r.Pattern), "%s", why)
		return
	}
	typ := im.typeOf(r.Label, "")
	if e := im.byID[r.ID]; e != nil && typ == "NORP" && e.Type.Value != typ { // Chinese beside China
		im.entries++
		im.alias(e, &e.Demonyms, a)
		return
	}
	before := len(im.g.Entities)
	e := im.entity(r.ID, a.Text.Value, typ)
	if e == nil || a.Guard.Case == "" {
		return
	}
	if len(im.g.Entities) > before {
		e.Name.Guard = a.Guard
		return
	}
	if n := len(e.Aliases); n > 0 && e.Aliases[n-1].Text.Value == a.Text.Value {
		e.Aliases[n-1].Guard = a.Guard
	}
}

// spacyAlias reads a phrase, or a list of tokens each of which is one text. It
// says why another pattern is none.
func spacyAlias(pattern json.RawMessage) (a gazetteer.Alias, why string) {
	var phrase string
	if json.Unmarshal(pattern, &phrase) == nil {
		a.Text.Value = phrase
		return a, ""
	}
	var tokens []map[string]any
	if json.Unmarshal(pattern, &tokens) != nil || len(tokens) == 0 {
		return a, "the pattern is neither a text nor a list of tokens"
	}
	var b strings.Builder
	for _, t := range tokens {
		word, policy, ok := spacyToken(t)
		switch {
		case !ok:
			return a, "the pattern is more than words: only ORTH, TEXT and LOWER with a text can be taken over"
		case a.Guard.Case != "" && policy != a.Guard.Case:
			return a, "the pattern mixes words of any case with exact ones"
		}
		a.Guard.Case = policy
		if b.Len() > 0 && !strings.HasPrefix(word, "'") && !strings.HasPrefix(word, "’") {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	a.Text.Value = b.String()
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
			label := e.Type.Value
			if f.Via == models.ViaDemonym {
				label = "NORP"
			}
			out.add(spacyRule{label, spacyPattern(&f), e.ID.Value})
		}
	}
	return single(out.b.Bytes())
}

// spacyPattern writes a form under its case policy.
func spacyPattern(f *gazetteer.NameForm) json.RawMessage {
	quote := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic("unreachable: " + err.Error())
		}
		return string(b)
	}
	key := map[gazetteer.Case]string{gazetteer.CaseExact: "ORTH", gazetteer.CaseFold: "LOWER"}[f.Guard.Case]
	if key == "" {
		return json.RawMessage(quote(f.Text.Value))
	}
	var tokens []string
	for w := range strings.FieldsSeq(f.Text.Value) {
		if key == "LOWER" {
			w = strings.ToLower(w)
		}
		tokens = append(tokens, fmt.Sprintf("{%q:%s}", key, quote(w)))
	}
	return json.RawMessage("[" + strings.Join(tokens, ",") + "]")
}
