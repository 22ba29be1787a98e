package lexicon

import "slices"

// Meanings tells what each phrase means to one user of the lexicon. The zero
// value is empty; phrases without a meaning have none.
type Meanings[T comparable] struct {
	byPhrase [][]T
	at       []int32 // once flat: all[at[p]:at[p+1]] are those of phrase p
	all      []T
}

// Add gives a phrase a meaning more, unless it has it.
func (m *Meanings[T]) Add(phrase uint32, meaning T) {
	for len(m.byPhrase) <= int(phrase) {
		m.byPhrase = append(m.byPhrase, nil)
	}
	if !slices.Contains(m.byPhrase[phrase], meaning) {
		m.byPhrase[phrase] = append(m.byPhrase[phrase], meaning)
	}
}

// Flatten lays all meanings in one array. Nothing may be added afterwards.
func (m *Meanings[T]) Flatten() {
	for _, ms := range m.byPhrase {
		m.at = append(m.at, int32(len(m.all)))
		m.all = append(m.all, ms...)
	}
	m.at = append(m.at, int32(len(m.all)))
	m.byPhrase = nil
}

// Of returns the meanings of a phrase, in the order in which they were added.
func (m *Meanings[T]) Of(phrase uint32) []T {
	if int(phrase)+1 >= len(m.at) {
		return nil
	}
	return m.all[m.at[phrase]:m.at[phrase+1]]
}
