package gazetteer_test

import (
	"testing"

	"wiretag/gazetteer"

	"github.com/google/go-cmp/cmp"
)

func TestLeaves(t *testing.T) {
	g, diags := gazetteer.Parse("pack.yaml", []byte(`
version: 1
lists:
  outer: [apple, list:inner, "type:ORG"]
  inner: [pear, list:outer, list:nowhere]
topics:
  - {label: fruit, clues: [{all: [[plum, list:outer], {any: [fig], in: title}, list:inner]}]}
`))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	var got []string
	for leaf, list := range g.ListIndex().Leaves(g.Topics[0].Clues[0].All) {
		got = append(got, list+"/"+leaf.String())
	}
	want := []string{"/plum", "outer/apple", "outer/pear", "outer/type:ORG", "/fig", "inner/pear", "inner/apple", "inner/type:ORG"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("leaves (-want +got):\n%s", diff)
	}
}
