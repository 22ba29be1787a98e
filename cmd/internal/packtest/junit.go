package packtest

import (
	"encoding/xml"
	"path"
	"strings"
)

// The elements that GitHub's, GitLab's and Jenkins' importers read. Times are
// 0: the same input gives the same bytes.
type (
	junitSuites struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		junitCounts
		Suites []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name string `xml:"name,attr"`
		junitCounts
		Cases []junitCase `xml:"testcase"`
	}
	junitCounts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Time     int `xml:"time,attr"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr"`
		Time    int           `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
		Skipped *junitSkipped `xml:"skipped"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

// AppendJUnit appends the reports as JUnit XML, a pack a suite. What is todo is
// skipped. A character that XML cannot hold becomes U+FFFD.
func AppendJUnit(b []byte, reports []Report) ([]byte, error) {
	all := junitSuites{Name: "wiretag"}
	for i := range reports {
		r := &reports[i]
		s := junitSuite{Name: r.Pack, junitCounts: junitCounts{
			Tests: len(r.Results), Failures: r.Count(Failed), Skipped: r.Count(Todo) + r.Count(Fixed),
		}}
		for k := range r.Results {
			s.Cases = append(s.Cases, junitOf(&r.Results[k]))
		}
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Skipped += s.Skipped
		all.Suites = append(all.Suites, s)
	}
	out, err := xml.MarshalIndent(all, "", "  ")
	b = append(b, xml.Header...)
	return append(append(b, out...), '\n'), err
}

// junitOf names the class by the file: a dot parts a package from a class.
func junitOf(res *Result) junitCase {
	file := strings.TrimSuffix(res.Pos.File, path.Ext(res.Pos.File))
	c := junitCase{
		Name: res.Name, Class: strings.NewReplacer(".", "_", "/", ".").Replace(file),
		File: res.Pos.File, Line: res.Pos.Line,
	}
	if res.Kind != Test {
		c.Name = res.Title() + ": " + string(res.Kind) + ": " + res.Name
	}
	var what, text []string
	for i := range res.Failures {
		what = append(what, res.Failures[i].What)
		text = append(text, res.Failures[i].text("  "))
	}
	message := strings.Join(what, "; ")
	switch res.Status {
	case Failed:
		c.Failure = &junitFailure{message, string(res.Kind), res.Pos.String() + "\n" + strings.Join(text, "\n")}
	case Todo:
		c.Skipped = &junitSkipped{"todo: " + message}
	case Fixed:
		c.Skipped = &junitSkipped{"todo: " + fixedAdvice}
	}
	return c
}
