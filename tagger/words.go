package tagger

import (
	"wiretag/gazetteer"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/segment"
)

// classOfList says what the house's word lists tell of their words.
func classOfList(id string) segment.Class {
	switch id {
	case "abbreviations":
		return segment.Abbreviation
	case "honorifics":
		return segment.Honorific
	case "honorifics-male":
		return segment.Honorific | segment.Male
	case "honorifics-female":
		return segment.Honorific | segment.Female
	case "job-titles":
		return segment.JobTitle
	case "months":
		return segment.Month
	case "weekdays":
		return segment.Weekday
	case "particles":
		return segment.Particle
	case "common-words", "common-words-extra":
		return segment.Common
	case "first-names", "first-names-world":
		return segment.FirstName
	case "first-names-male":
		return segment.FirstName | segment.Male
	case "first-names-female":
		return segment.FirstName | segment.Female
	case "family-names":
		return segment.FamilyName
	case "family-names-frequent":
		return segment.FamilyName | segment.Frequent
	case "legal-suffixes":
		return segment.LegalSuffix
	case "company-closings":
		return segment.Closing
	case "name-heads":
		return segment.NameHead
	case "name-tails":
		return segment.NameTail
	case "name-links":
		return segment.NameLink
	case "name-suffixes":
		return segment.NameSuffix
	case "hyphen-suffixes":
		return segment.HyphenSuffix
	case "hyphen-prefixes":
		return segment.HyphenPrefix
	case "agencies":
		return segment.Agency
	}
	return 0
}

// markWords puts the words of the house's lists into the vocabulary with their
// classes. Abbreviations come first: they decide how other phrases are cut. Of
// a phrase of several words only a legal form marks them: Pty Ltd.
func markWords(v *segment.Vocab, p *lexicon.Phraser, g *gazetteer.Gazetteer) {
	lists := g.ListIndex()
	for _, first := range []bool{true, false} {
		for _, l := range g.Lists {
			class := classOfList(l.ID.Value)
			if class == 0 || (class == segment.Abbreviation) != first {
				continue
			}
			for it := range lists.Leaves(l.Any) {
				tokens := p.Tokens(it.Term.Value)
				if len(tokens) > 1 && class != segment.LegalSuffix {
					continue
				}
				for _, t := range tokens {
					if t.Flags&segment.Name != 0 {
						v.Mark(t.ID, class)
					}
				}
			}
		}
	}
}
