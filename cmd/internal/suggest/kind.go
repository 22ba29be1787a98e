package suggest

// The types that a suggestion may have.
const (
	person  = "PERSON"
	org     = "ORG"
	gpe     = "GPE"
	loc     = "LOC"
	fac     = "FAC"
	norp    = "NORP"
	law     = "LAW"
	event   = "EVENT"
	product = "PRODUCT"
)

// kindOf returns the type that a word tells of a name whose head it is, or "":
// the University in Dublin City University and in University of Oxford. The
// word is a norm.
func kindOf(word string) string {
	switch word {
	case "academy", "administration", "agency", "airlines", "airways", "alliance", "army", "assembly", "assn",
		"association", "associates", "authority", "bank", "board", "brigade", "broadcasting", "bureau", "cabinet",
		"campaign", "center", "centers", "centre", "centres", "chamber", "church", "club", "coalition", "college",
		"command", "commission", "committee", "confederation", "conference", "congress", "consortium",
		"constabulary", "corps", "council", "court", "department", "directorate", "division", "duma", "electric",
		"embassy", "executive", "faculty", "federation", "force", "forces", "forum", "foundation", "front", "fund",
		"government", "guard", "herald", "hospital", "house", "initiative", "inspectorate", "institute",
		"institution", "journal", "knesset", "laboratory", "league", "library", "ministry", "mission", "motors",
		"movement", "museum", "nations", "navy", "network", "news", "observatory", "office", "orchestra",
		"organisation", "organization", "panel", "parliament", "party", "patrol", "police", "post", "press",
		"project", "school", "secretariat", "senate", "service", "services", "society", "station", "survey", "team",
		"telegraph", "times", "tribunal", "tribune", "trust", "union", "united", "university", "workers":
		return org
	case "airport", "arena", "avenue", "boulevard", "bridge", "building", "cathedral", "cemetery", "gate", "highway",
		"hotel", "mall", "mosque", "motorway", "palace", "park", "plant", "plaza", "port", "prison", "refinery",
		"road", "route", "square", "stadium", "street", "temple", "terminal", "tower", "towers", "tunnel", "zoo":
		return fac
	case "bay", "beach", "canyon", "coast", "continent", "creek", "desert", "falls", "glacier", "gulf", "hills",
		"island", "islands", "lake", "mountain", "mountains", "ocean", "peninsula", "plateau", "reef", "ridge",
		"river", "sea", "strait", "valley", "volcano":
		return loc
	case "borough", "city", "county", "district", "emirate", "municipality", "prefecture", "province", "republic",
		"states", "territory", "town", "township", "village":
		return gpe
	case "accord", "accords", "act", "amendment", "bill", "charter", "code", "constitution", "convention", "decree",
		"directive", "pact", "protocol", "regulation", "resolution", "treaty":
		return law
	case "awards", "battle", "bowl", "championship", "championships", "cup", "derby", "earthquake", "election",
		"elections", "expo", "festival", "games", "marathon", "massacre", "olympics", "open", "paralympics",
		"pandemic", "prix", "referendum", "revolution", "series", "summit", "tournament", "trophy", "uprising", "war":
		return event
	}
	return ""
}

// kindFirst returns the type that the first word of a name tells, or "".
func kindFirst(word string) string {
	switch word {
	case "mount", "lake", "cape":
		return loc
	case "uss", "hms", "hmas", "hmcs", "mv", "rms", "ss":
		return product // a ship, as OntoNotes has it
	case "hurricane", "typhoon", "cyclone", "operation", "battle":
		return event
	}
	return ""
}

// isSpeech reports whether a word tells that somebody speaks.
func isSpeech(word string) bool {
	switch word {
	case "said", "says", "told", "added", "wrote", "tweeted", "argued", "explained":
		return true
	}
	return false
}

// leadsToPlace reports whether a word stands before the names of places.
func leadsToPlace(word string) bool {
	switch word {
	case "in", "near", "across", "outside", "throughout":
		return true
	}
	return false
}

// peopleEnding reports whether a word ends like the name of a people.
func peopleEnding(word string) bool {
	for _, end := range [...]string{"ian", "ians", "ese", "ish"} {
		if n := len(word) - len(end); n >= 3 && word[n:] == end {
			return true
		}
	}
	return false
}

// isClock reports whether a word is written in capitals and names a time.
func isClock(word string) bool {
	switch word {
	case "utc", "gmt", "bst", "cet", "est", "edt", "cst", "pst", "pdt", "am", "pm", "bc", "ad", "bce", "ce":
		return true
	}
	return false
}
