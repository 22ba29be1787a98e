package run

import (
	"fmt"
	"os"
	"runtime/debug"

	"wiretag/models"
)

// A PanicError says that the program failed on one article: a bug.
type PanicError struct {
	ID    string // of the article; "" while one was being read
	Value any    // what the program panicked with
	Stack []byte // where
	Saved string // the file that holds the article; "" if there is none
}

// Error names the article and where it was saved.
func (e *PanicError) Error() string {
	if e.ID == "" {
		return fmt.Sprintf("internal error while reading: %v", e.Value)
	}
	saved := "which could not be saved"
	if e.Saved != "" {
		saved = "which was saved as " + e.Saved
	}
	return fmt.Sprintf("%s: internal error: %v; no record was written for this article, %s", e.ID, e.Value, saved)
}

// newPanicError is to be called while recovering, so that the stack is that of
// the panic. doc is nil if no article was in hand.
func newPanicError(value any, doc *models.Document) *PanicError {
	e := &PanicError{Value: value, Stack: debug.Stack()}
	if doc == nil {
		return e
	}
	e.ID = doc.ID
	if name, err := save(doc, e.Stack); err == nil {
		e.Saved = name
	}
	return e
}

// save writes the article to a file of its own, so that the bug can be seen
// again, and the stack beside it.
func save(doc *models.Document, stack []byte) (string, error) {
	f, err := os.CreateTemp("", "wiretag-panic-*.txt")
	if err != nil {
		return "", err
	}
	text := doc.Text
	if doc.Title != "" {
		text = doc.Title + "\n\n" + text
	}
	_, err = f.WriteString(text)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.WriteFile(f.Name()+".stack", stack, 0o600)
	}
	return f.Name(), err
}
