package diff

import "wiretag/cmd/internal/encode"

// jsonReport is the wire form of a Report. Offsets are code points.
type jsonReport struct {
	Old      jsonPack      `json:"old"`
	New      jsonPack      `json:"new"`
	Articles int           `json:"articles"`
	Differ   int           `json:"changed_articles"`
	Mentions Tally         `json:"mentions"`
	Topics   Tally         `json:"topics"`
	Entries  []jsonEntry   `json:"entries"`
	PerText  []jsonArticle `json:"per_article"`
}

type jsonPack struct {
	Name string `json:"name"`
	Hash string `json:"hash"`
}

type jsonEntry struct {
	Kind     string       `json:"kind"` // entity, topic or undecided
	ID       string       `json:"id,omitempty"`
	Name     string       `json:"name"`
	Changes  Tally        `json:"changes"`
	Articles int          `json:"articles"`
	Forms    []jsonForm   `json:"forms,omitempty"`
	Samples  []jsonChange `json:"samples"`
}

type jsonForm struct {
	Form    string `json:"form"`
	Changes Tally  `json:"changes"`
}

type jsonArticle struct {
	ID       string `json:"id"`
	Mentions Tally  `json:"mentions"`
	Topics   Tally  `json:"topics"`
}

type jsonChange struct {
	Change  Kind     `json:"change"`
	Article string   `json:"article"`
	Field   string   `json:"field,omitempty"`
	Start   *int     `json:"start,omitempty"`
	End     *int     `json:"end,omitempty"`
	Quote   string   `json:"quote,omitempty"`
	Before  string   `json:"before,omitempty"`
	After   string   `json:"after,omitempty"`
	Was     string   `json:"was,omitempty"`
	Is      string   `json:"is,omitempty"`
	Old     *float64 `json:"old_score,omitempty"`
	New     *float64 `json:"new_score,omitempty"`
	Reason  string   `json:"reason"`
}

// JSON is the report as one object.
func (r *Report) JSON() string {

	out := jsonReport{
		Old: jsonPack(r.Old), New: jsonPack(r.New), Articles: r.Articles, Differ: r.Differ,
		Mentions: r.Mentions, Topics: r.Topics, Entries: []jsonEntry{}, PerText: []jsonArticle{},
	}
	for _, e := range r.PerEntry {
		out.Entries = append(out.Entries, e.json())
	}
	for _, a := range r.PerText {
		out.PerText = append(out.PerText, jsonArticle(a))
	}
	return encode.Indented(out)
}

func (e *Entry) json() jsonEntry {
	out := jsonEntry{Kind: "entity", ID: e.ID, Name: e.Name, Changes: e.Tally, Articles: e.Articles, Samples: []jsonChange{}}
	switch {
	case e.Topic:
		out.Kind = "topic"
	case e.ID == "":
		out.Kind = "undecided"
	}
	for _, f := range e.Forms {
		out.Forms = append(out.Forms, jsonForm{f.Text, f.Tally})
	}
	for i := range e.Samples {
		out.Samples = append(out.Samples, e.Samples[i].json())
	}
	return out
}

func (c *Change) json() jsonChange {
	out := jsonChange{Change: c.Kind, Article: c.Article, Reason: c.Reason}
	if c.Topic {
		out.Old, out.New = &c.Old, &c.New
		return out
	}
	out.Field, out.Start, out.End = c.Field.String(), &c.Start, &c.End
	out.Quote, out.Before, out.After, out.Was, out.Is = c.Quote, c.Before, c.After, c.Was, c.Is
	return out
}
