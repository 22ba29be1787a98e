package cli

import (
	"strings"

	"wiretag/gazetteer"
)

// packs returns the packs that a command works on: those that the user named,
// else those of the working folder, else the one built in. What the user did
// not name is told.
func (e *env) packs(named []string) []string {
	if len(named) > 0 {
		return named
	}
	found := gazetteer.Find(".")
	if len(found) == 0 {
		e.say("no pack in this folder; taking the one built in (%s)", defaultPack)
		return []string{defaultPack}
	}
	e.say("taking the packs of this folder: %s", strings.Join(found, ", "))
	return found
}
