package gazetteer

// A Check is one kind of finding. Its name is stable: it stands in the output
// of lint and in the documentation.
type Check struct {
	Name     string
	Severity Severity
	About    string // one line: what it finds
}

// Checks returns every check of this package in the order of the phases that
// run them: reading, parsing, merging, checking the whole.
func Checks() []Check { return append([]Check(nil), checks[:]...) }

// A checkID is an index of the table, so that a check without an entry does
// not compile.
type checkID int

const (
	yamlEncoding checkID = iota
	controlCharacter
	yamlSyntax
	yamlDocument
	yamlDepth
	yamlAnchor
	versionKey
	unknownKey
	duplicateKey
	missingKey
	conflictingKeys
	wrongKind
	emptyValue
	nullValue
	emptyList
	commentInValue
	cutSentence
	commaList
	badValue
	badID
	tooLong
	unknownPrefix
	unknownPack
	conflictingName
	duplicateID
	unknownBase
	unknownDrop
	ignoredValue
	unknownReference
	wrongReference
	removedReference
	formerID
	unknownType
	cycle
	duplicateAlias
	repeatedAlias
	unusedList
	noForm
	onlyWeakForms
	listCapitals
	familyOrder
	idleKey
	overlappingDates
	noClue
	impossibleRequire
	termTwice
	stableExamples
	strayBracket
	impossibleTest
)

var checks = [...]Check{
	yamlEncoding:      {"yaml-encoding", Error, "the file is not UTF-8"},
	controlCharacter:  {"control-character", Error, "a control or text-direction character, which nobody can see"},
	yamlSyntax:        {"yaml-syntax", Error, "the file is not YAML"},
	yamlDocument:      {"yaml-document", Error, "a second YAML document in one file, which would be lost"},
	yamlDepth:         {"yaml-depth", Error, "lists and entries nested more than 64 deep"},
	yamlAnchor:        {"yaml-anchor", Error, "one of the marks &, *, << and ! by which YAML repeats or types a value"},
	versionKey:        {"version", Error, "a file that does not say version: 1"},
	unknownKey:        {"unknown-key", Error, "a key that has no meaning here"},
	duplicateKey:      {"duplicate-key", Error, "one key twice in one place"},
	missingKey:        {"missing-key", Error, "an entry without a key that it needs"},
	conflictingKeys:   {"conflicting-keys", Error, "two keys that cannot stand together, or one that needs another"},
	wrongKind:         {"wrong-kind", Error, "a list, key: value or text where another of them is wanted"},
	emptyValue:        {"empty-value", Error, "nothing where text is wanted"},
	nullValue:         {"null-value", Error, "a bare null or ~, which YAML reads as nothing"},
	emptyList:         {"empty-list", Warning, "a key of a list with nothing behind it"},
	commentInValue:    {"comment-in-value", Warning, "a # behind text without quotes, which cuts it off as a comment"},
	cutSentence:       {"cut-sentence", Warning, "an example in brackets that its comma cut in two"},
	commaList:         {"comma-list", Warning, "one text with a comma where several are meant"},
	badValue:          {"bad-value", Error, "a word, number or date that is not among the possible ones"},
	badID:             {"bad-id", Error, "an id with characters that ids cannot have, or without any"},
	tooLong:           {"too-long", Error, "a name or term of more than 1024 bytes"},
	unknownPrefix:     {"unknown-prefix", Error, "a term that looks like a reference of an unknown kind"},
	unknownPack:       {"unknown-pack", Error, "uses: names a pack that cannot be read"},
	conflictingName:   {"conflicting-name", Warning, "two files of one pack give it different names"},
	duplicateID:       {"duplicate-id", Error, "two entries with one id"},
	unknownBase:       {"unknown-base", Error, "extend, override or remove of an entry that is not there"},
	unknownDrop:       {"unknown-drop", Warning, "drop of something that the entry does not have"},
	ignoredValue:      {"ignored-value", Warning, "extend sets a value that the entry below has already"},
	unknownReference:  {"unknown-reference", Error, "a reference to an entity, group, list or topic that is not there"},
	wrongReference:    {"wrong-reference", Error, "a reference of a kind that cannot stand here"},
	removedReference:  {"removed-reference", Warning, "a reference to an entry that a layer removed"},
	formerID:          {"former-id", Warning, "a reference by an id that the entry had formerly"},
	unknownType:       {"unknown-type", Error, "a type that is neither OntoNotes' nor declared"},
	cycle:             {"cycle", Error, "packs, types, parents, lists or topics that lead back to themselves"},
	duplicateAlias:    {"duplicate-alias", Warning, "one alias of two entities, and neither says shared: true"},
	repeatedAlias:     {"repeated-alias", Warning, "one alias twice in an entity"},
	unusedList:        {"unused-list", Warning, "a list that nothing refers to"},
	noForm:            {"no-form", Warning, "an entity without a name that is looked for"},
	onlyWeakForms:     {"only-weak-forms", Warning, "an entity whose names are all weak, so that none can count"},
	listCapitals:      {"list-capitals", Warning, "a name in the capitals of an official list"},
	familyOrder:       {"family-order", Warning, "a person's name with the family name first, and nothing that says so"},
	idleKey:           {"idle-key", Warning, "a key that says nothing of an entity of this type"},
	overlappingDates:  {"overlapping-dates", Warning, "one group or alias twice for the same days"},
	noClue:            {"no-clue", Warning, "a topic with rules but no clue, which are never read"},
	impossibleRequire: {"impossible-require", Warning, "a line of require that can never hold"},
	termTwice:         {"term-twice", Warning, "one term in two clues of a topic, or twice in one"},
	stableExamples:    {"stable-examples", Warning, "a stable topic with too few examples or counter-examples"},
	strayBracket:      {"stray-bracket", Warning, "a < or > in an example that is half a mark"},
	impossibleTest:    {"impossible-test", Error, "a test that can never pass, or never fail"},
}

// finding makes a diagnostic of the check c.
func finding(pos Pos, c checkID, message string) Diagnostic {
	return Diagnostic{Pos: pos, Severity: checks[c].Severity, Check: checks[c].Name, Message: message}
}
