package gazetteer

import (
	"slices"
	"testing"
)

// Keys are looked up by halving and shown in messages as they stand.
func TestKeysSorted(t *testing.T) {
	for _, keys := range [][]string{
		fileKeys, typeKeys, entityKeys, aliasKeys, groupKeys, entityDropKeys, topicKeys, topicDropKeys,
		ruleKeys, clueKeys, partKeys, filterKeys, listKeys, listDropKeys, prefixes, textKeys, pluralKeys,
		testFileKeys, testKeys, expectedKeys, notExpectedKeys,
	} {
		if !slices.IsSorted(keys) {
			t.Errorf("not sorted: %v", keys)
		}
	}
}
