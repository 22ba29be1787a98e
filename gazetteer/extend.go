package gazetteer

import "strconv"

// extendEntity adds to base what by holds: items to lists, and scalars where
// base has none. An override of a list is not among the things it can do.
func (m *merger) extendEntity(base, by *Entity) {
	m.extendName(base, by)
	m.absent(&base.Type, by.Type, "type")
	m.absent(&base.Gender, by.Gender, "gender")
	m.extendFamily(base, by)
	if d := by.Drop; d != nil {
		base.Aliases = without(m, base.Aliases, d.Aliases, "alias", aliasText)
		base.Weak = without(m, base.Weak, d.Weak, "weak alias", aliasText)
		base.Shorts = without(m, base.Shorts, d.Shorts, "short", aliasText)
		base.Demonyms = without(m, base.Demonyms, d.Demonyms, "demonym", aliasText)
		base.Groups = without(m, base.Groups, d.Groups, "group", groupText)
		base.Masks = without(m, base.Masks, d.Masks, "mask", stringText)
	}
	base.Aliases = append(base.Aliases, by.Aliases...)
	base.Weak = append(base.Weak, by.Weak...)
	base.Shorts = append(base.Shorts, by.Shorts...)
	base.Demonyms = append(base.Demonyms, by.Demonyms...)
	base.Groups = append(base.Groups, by.Groups...)
	base.Masks = joined(base.Masks, by.Masks, stringText)
	base.Examples = append(base.Examples, by.Examples...)
	base.CounterExamples = append(base.CounterExamples, by.CounterExamples...)
	base.Formerly = append(base.Formerly, by.Formerly...)
	base.Links = m.extendLinks(base.Links, by.Links)
	m.extendGuard(base, by)
}

func (m *merger) extendName(base, by *Entity) {
	if base.Name.Text.Value == "" {
		base.Name = by.Name
		return
	}
	m.absent(&base.Name.Text, by.Name.Text, "name")
}

func (m *merger) extendFamily(base, by *Entity) {
	if base.NoFamily && by.Family.Value != "" || by.NoFamily && base.Family.Value != "" {
		m.add(by.Pos, ignoredValue, "family is set already at %s: use override: true to replace the entry", base.Pos)
		return
	}
	m.absent(&base.Family, by.Family, "family")
	base.NoFamily = base.NoFamily || by.NoFamily
}

// extendGuard sets the guard keys that base has not and joins the lists.
func (m *merger) extendGuard(base, by *Entity) {
	if by.Guard == nil {
		return
	}
	have, want := base.Guard.Value(), *by.Guard
	number := func(f float64) string {
		if f == 0 {
			return ""
		}
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	boolean := func(b *bool) string {
		if b == nil {
			return ""
		}
		return strconv.FormatBool(*b)
	}
	for _, k := range []struct{ key, have, want string }{
		{"case", string(have.Case), string(want.Case)},
		{"strength", string(have.Strength), string(want.Strength)},
		{"within", string(have.Within), string(want.Within)},
		{"from", string(have.From), string(want.From)},
		{"until", string(have.Until), string(want.Until)},
		{"shared", boolean(have.Shared), boolean(want.Shared)},
		{"prior", number(have.Prior), number(want.Prior)},
		{"inside", boolean(have.Inside), boolean(want.Inside)},
	} {
		set := String{k.have, base.Pos}
		m.absent(&set, String{k.want, by.Pos}, k.key)
	}
	guard := by.GuardOf(&Alias{Guard: base.Guard})
	base.Guard = &guard
	if have.Needs != nil && want.Needs != nil {
		base.Guard.Needs = joined(have.Needs, want.Needs, Item.String)
	}
	if have.Unless != nil && want.Unless != nil {
		base.Guard.Unless = joined(have.Unless, want.Unless, Item.String)
	}
}

func (m *merger) extendList(base, by *List) {
	if by.Drop != nil {
		base.Any = without(m, base.Any, by.Drop.Any, "term", Item.String)
	}
	base.Any = joined(base.Any, by.Any, Item.String)
}

func (m *merger) extendTopic(base, by *Topic) {
	m.absent(&base.Label, by.Label, "label")
	m.absent(&base.About, by.About, "about")
	m.absent(&base.Parent, by.Parent, "parent")
	m.absent(&base.Status, by.Status, "status")
	switch {
	case by.ThresholdPos == Pos{}:
	case base.ThresholdPos == Pos{}:
		base.Threshold, base.ThresholdPos = by.Threshold, by.ThresholdPos
	case base.Threshold != by.Threshold:
		m.add(by.ThresholdPos, ignoredValue, "threshold is %v already at %s: use override: true to replace the entry", base.Threshold, base.ThresholdPos)
	}
	if d := by.Drop; d != nil {
		base.Clues = without(m, base.Clues, d.Clues, "clue", conditionText)
		base.Against = without(m, base.Against, d.Against, "clue against", conditionText)
		base.Require = without(m, base.Require, d.Require, "requirement", conditionText)
		base.Exclude = without(m, base.Exclude, d.Exclude, "exclusion", conditionText)
		base.Ignore = without(m, base.Ignore, d.Ignore, "ignored phrase", stringText)
	}
	base.Clues = append(base.Clues, by.Clues...)
	base.Against = append(base.Against, by.Against...)
	base.Require = append(base.Require, by.Require...)
	base.Exclude = append(base.Exclude, by.Exclude...)
	base.Ignore = joined(base.Ignore, by.Ignore, stringText)
	base.Examples = append(base.Examples, by.Examples...)
	base.CounterExamples = append(base.CounterExamples, by.CounterExamples...)
	base.Formerly = append(base.Formerly, by.Formerly...)
	base.Links = m.extendLinks(base.Links, by.Links)
}

func (m *merger) extendLinks(base, by []Link) []Link {
	have := make(map[string]int, len(base))
	for i, l := range base {
		have[l.Key.Value] = i
	}
	for _, l := range by {
		if i, ok := have[l.Key.Value]; ok {
			m.absent(&base[i].Value, l.Value, "the link "+l.Key.Value)
			continue
		}
		base = append(base, l)
	}
	return base
}

// absent sets base to by if it is unset, and says so if it is set otherwise.
func (m *merger) absent(base *String, by String, key string) {
	switch {
	case by.Value == "" || by.Value == base.Value:
	case base.Value == "":
		*base = by
	default:
		m.add(by.Pos, ignoredValue, "%s is %s already at %s: extend sets only what is absent; use override: true to replace the entry", key, quote(base.Value), base.Pos)
	}
}

func aliasText(a Alias) string         { return a.Text.Value }
func groupText(g Group) string         { return g.ID.Value }
func stringText(s String) string       { return s.Value }
func conditionText(c Condition) string { return c.Name.Value }

// without returns items less those that drop names, in a slice of its own.
func without[T any](m *merger, items []T, drop []String, what string, text func(T) string) []T {
	if len(drop) == 0 {
		return items
	}
	dropped := make(map[string]bool, len(drop)) // true once it was found
	for _, d := range drop {
		dropped[d.Value] = false
	}
	var out []T
	for _, item := range items {
		if _, ok := dropped[text(item)]; ok {
			dropped[text(item)] = true
			continue
		}
		out = append(out, item)
	}
	for _, d := range drop {
		if !dropped[d.Value] {
			m.add(d.Pos, unknownDrop, "the entry below has no %s %s to drop: write it as it stands there", what, quote(d.Value))
		}
	}
	return out
}

// joined returns a and what b has beyond it.
func joined[T any](a, b []T, text func(T) string) []T {
	have := make(map[string]bool, len(a))
	for _, item := range a {
		have[text(item)] = true
	}
	for _, item := range b {
		if !have[text(item)] {
			have[text(item)] = true
			a = append(a, item)
		}
	}
	return a
}
