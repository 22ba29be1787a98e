package encode

import (
	"bytes"
	"encoding/json"
)

// Indented is a report as JSON for people and programs. It is for plain values
// that JSON can write.
func Indented(report any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(report); err != nil {
		panic("unreachable: " + err.Error())
	}
	return b.String()
}
