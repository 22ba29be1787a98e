package resolve

// The confidence of a mention: how sure it is that the span is that entity.
// This is the one place where the numbers stand.
const (
	sureAlias       = .98
	sureDemonym     = .97
	sureGuarded     = .95 // a guard was there and held
	sureSilent      = .85 // the capital says nothing here, but does elsewhere
	sureWeak        = .90
	sureTitled      = .95 // a family name behind an honorific or job title
	sureFamily      = .90 // a bare family name with one bearer
	sureManyBearers = .78 // a bare family name with several
	sureShort       = .85
	sureAcronym     = .97 // declared in the article
	sureShared      = .80 // decided between owners
	surePrior       = .65 // decided by prior alone
	undatedFactor   = .9  // a dated form in an article without a date
	priorRatio      = 3   // the best prior must be so many times the next
)
