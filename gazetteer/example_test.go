package gazetteer_test

import (
	"fmt"
	"testing/fstest"

	"wiretag/gazetteer"
)

// A pack from memory, with a mistake in it. Packs on disk are loaded with
// Load("path/to/pack").
func Example() {
	const src = `version: 1
entities:
  - name: Julien Jin
    type: PERSON
    gender: male
topics:
  - label: trial
    clues: [plead guilty, entity:julien-jim]
`
	g, diags, err := gazetteer.LoadFS(fstest.MapFS{"people.yaml": {Data: []byte(src)}}, "desk")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range diags {
		fmt.Println(d)
	}
	for _, e := range g.Entities {
		fmt.Println(e.ID.Value, e.Type.Value)
	}
	// Output:
	// desk/people.yaml:5:13: gender is "male"; it can be m, f [bad-value]
	// desk/people.yaml:8:27: there is no entity "julien-jim"; did you mean "julien-jin"? [unknown-reference]
	// julien-jin PERSON
}
