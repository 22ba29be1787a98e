package encode

import (
	"bytes"
	"encoding/json"
)

// A Finding is a finding about a gazetteer. Line and Col count from 1, Col
// characters.
type Finding struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	Severity string `json:"severity"`
	Check    string `json:"check"`
	Message  string `json:"message"`
}

// Findings returns findings as one object of JSON, with how many are errors
// and warnings and the number of files that were read.
func Findings(findings []Finding, files int) string {
	out := struct {
		Findings []Finding `json:"findings"`
		Errors   int       `json:"errors"`
		Warnings int       `json:"warnings"`
		Files    int       `json:"files"`
	}{Findings: findings, Files: files}
	for _, f := range findings {
		if f.Severity == "error" {
			out.Errors++
		} else {
			out.Warnings++
		}
	}
	return indented(out)
}

// indented is a value as JSON for people and programs. No type of this package
// fails to be written.
func indented(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic("unreachable: " + err.Error())
	}
	return b.String()
}
