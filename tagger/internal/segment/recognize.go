package segment

import (
	"strings"

	"github.com/jdkato/prose/v2"
)

// A Recognizer is prose's entity extraction with its model loaded once: prose
// loads it again on each call that brings none (260 ms). The model is only
// read, so that a Recognizer may be shared.
type Recognizer struct{ model *prose.Model }

// A RecognizedName is what prose takes for a name.
type RecognizedName struct {
	Text string
	Type string // as OntoNotes calls it
}

// NewRecognizer loads the model.
func NewRecognizer() *Recognizer {
	doc, err := prose.NewDocument("", prose.WithSegmentation(false))
	if err != nil {
		return &Recognizer{}
	}
	return &Recognizer{doc.Model}
}

// maxRecognized is the length of the longest sentence that prose is asked
// about, in bytes.
const maxRecognized = 500

// Names returns the names that prose sees in a sentence. The runs that prose
// must not be asked about (see cutByProse) make it none.
func (r *Recognizer) Names(sentence string) (names []RecognizedName) {
	if r.model == nil || len(sentence) > maxRecognized {
		return nil
	}
	for run := range strings.FieldsSeq(sentence) {
		if len(run) > maxRun || !stable(run) {
			return nil
		}
	}
	defer func() {
		if recover() != nil {
			names = nil
		}
	}()
	// prose forgets a name at the end of a text.
	doc, err := prose.NewDocument(sentence+" .", prose.WithSegmentation(false), prose.UsingModel(r.model))
	if err != nil {
		return nil
	}
	for _, tok := range doc.Tokens() {
		begins, kind, ok := strings.Cut(tok.Label, "-")
		switch {
		case !ok:
		case begins == "I" && len(names) > 0:
			names[len(names)-1].Text += " " + tok.Text
		default:
			names = append(names, RecognizedName{tok.Text, ontoNotes(kind)})
		}
	}
	return names
}

// ontoNotes is what OntoNotes calls a kind of name.
func ontoNotes(kind string) string {
	if strings.HasPrefix(kind, "ORG") {
		return "ORG"
	}
	return kind
}
