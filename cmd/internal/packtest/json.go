package packtest

import (
	"bytes"
	"encoding/json"

	"wiretag/cmd/internal/encode"
)

type jsonReports struct {
	Packs []jsonReport `json:"packs"`
}

type jsonReport struct {
	Pack    string       `json:"pack"`
	Passed  int          `json:"passed"`
	Failed  int          `json:"failed"`
	Todo    int          `json:"todo"`
	Fixed   int          `json:"fixed"`
	Results []jsonResult `json:"results"`
}

type jsonResult struct {
	Status   Status        `json:"status"`
	Kind     Kind          `json:"kind"`
	Entry    string        `json:"entry,omitempty"`
	Name     string        `json:"name"`
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Col      int           `json:"col"`
	Failures []jsonFailure `json:"failures,omitempty"`
}

type jsonFailure struct {
	What string   `json:"what"`
	Why  []string `json:"why"`
}

// AppendJSON appends the reports as one line of JSON: {"packs": [...]}, each
// with its counts and all its results.
func AppendJSON(b []byte, reports []Report) ([]byte, error) {
	out := jsonReports{Packs: make([]jsonReport, 0, len(reports))}
	for i := range reports {
		r := &reports[i]
		j := jsonReport{
			Pack: r.Pack, Passed: r.Count(Passed), Failed: r.Count(Failed), Todo: r.Count(Todo), Fixed: r.Count(Fixed),
			Results: make([]jsonResult, 0, len(r.Results)),
		}
		for k := range r.Results {
			j.Results = append(j.Results, jsonOf(&r.Results[k]))
		}
		out.Packs = append(out.Packs, j)
	}
	w := bytes.NewBuffer(b)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	err := enc.Encode(out)
	return w.Bytes(), err
}

func jsonOf(res *Result) jsonResult {
	out := jsonResult{
		Status: res.Status, Kind: res.Kind, Entry: res.Entry, Name: res.Name,
		File: res.Pos.File, Line: res.Pos.Line, Col: res.Pos.Col,
	}
	for _, f := range res.Failures {
		j := jsonFailure{What: f.What, Why: make([]string, 0, len(f.Why))}
		for _, why := range f.Why {
			j.Why = append(j.Why, encode.OneLine(why))
		}
		out.Failures = append(out.Failures, j)
	}
	return out
}
