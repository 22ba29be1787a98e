package encode

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
	return Indented(out)
}
