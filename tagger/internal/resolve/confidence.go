package resolve

// The confidence of a mention: how sure it is that the span is that entity.
// This is the one place where the numbers stand; Confidences lists them for
// the docs.
const (
	sureAlias       = .98
	sureDemonym     = .97
	sureGuarded     = .95
	sureSilent      = .85
	sureWeak        = .90
	sureTitled      = .95
	sureFamily      = .90
	sureManyBearers = .78
	sureShort       = .85
	sureAcronym     = .97
	sureShared      = .80
	surePrior       = .65

	undatedFactor = .9
	priorRatio    = 3 // the best prior must be so many times the next
)

// A Confidence is one row of the table.
type Confidence struct {
	Of    string
	Value float64
}

// Confidences returns the table, in the order of the kinds of form.
func Confidences() []Confidence {
	return []Confidence{
		{"an alias", sureAlias},
		{"an alias whose guard is met", sureGuarded},
		{"an alias whose capital is silent, but speaks elsewhere", sureSilent},
		{"a demonym", sureDemonym},
		{"a weak alias", sureWeak},
		{"a family name behind an honorific or job title, one bearer", sureTitled},
		{"a bare family name, one bearer", sureFamily},
		{"a family name with several bearers", sureManyBearers},
		{"a short", sureShort},
		{"an acronym that the article declares", sureAcronym},
		{"a shared alias, decided", sureShared},
		{"a shared alias, decided by prior alone", surePrior},
		{"times, for a dated form in an article without a date", undatedFactor},
	}
}
