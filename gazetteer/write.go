package gazetteer

import (
	"bufio"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Write writes g as one YAML file in the house's order of keys, which reads
// back as the same gazetteer but for the places. The house's word lists are
// left out: they lie below every pack.
func Write(w io.Writer, g *Gazetteer) error {
	o := &outputter{w: bufio.NewWriter(w)}
	o.line(0, "version: 1")
	o.text(0, "name", g.Name)
	o.text(0, "about", g.About)
	o.text(0, "license", g.License)
	o.texts(0, "uses", g.Uses)
	o.types(g.Types)
	o.list(0, "masks", values(g.Masks))
	o.lists(g.Lists)
	o.entries("entities", len(g.Entities), func(i int) { o.entity(g.Entities[i]) })
	o.entries("filters", len(g.Filters), func(i int) { o.filter(g.Filters[i]) })
	o.entries("topics", len(g.Topics), func(i int) { o.topic(g.Topics[i]) })
	return o.w.Flush()
}

// An outputter writes the lines of a file. An error of w stays in it.
type outputter struct {
	w    *bufio.Writer
	dash bool // the next line is the first of an entry
}

// line writes one line at a depth of indentation.
func (o *outputter) line(depth int, s string) {
	indent := strings.Repeat("  ", depth)
	if o.dash {
		indent = indent[:len(indent)-2] + "- "
		o.dash = false
	}
	o.w.WriteString(indent)
	o.w.WriteString(s)
	o.w.WriteByte('\n')
}

func (o *outputter) text(depth int, key string, s String) {
	if s.Value != "" {
		o.line(depth, key+": "+QuoteYAML(s.Value, false))
	}
}

func (o *outputter) texts(depth int, key string, list []String) {
	o.list(depth, key, values(list))
}

// values writes texts for a flow list.
func values(list []String) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = QuoteYAML(s.Value, true)
	}
	return out
}

// list writes a flow list of values that are ready for one, over as many lines
// as it takes.
func (o *outputter) list(depth int, key string, items []string) {
	const width = 110
	if len(items) == 0 {
		return
	}
	var b strings.Builder
	b.WriteString(key + ": [")
	col := 2*depth + len(key) + 3
	for i, it := range items {
		n := utf8.RuneCountInString(it) + 1
		switch {
		case i == 0:
		case col+1+n > width:
			b.WriteString(",\n" + strings.Repeat("  ", depth+2))
			col = 2 * (depth + 2)
		default:
			b.WriteString(", ")
			col++
		}
		b.WriteString(it)
		col += n
	}
	o.line(depth, b.String()+"]")
}

// block writes a list of sentences, one a line.
func (o *outputter) block(depth int, key string, list []String) {
	if len(list) == 0 {
		return
	}
	o.line(depth, key+":")
	for _, s := range list {
		o.line(depth+1, "- "+QuoteYAML(s.Value, false))
	}
}

// entries writes a list of mappings.
func (o *outputter) entries(key string, n int, write func(i int)) {
	if n == 0 {
		return
	}
	o.w.WriteString("\n")
	o.line(0, key+":")
	for i := range n {
		o.dash = true
		write(i)
	}
}

func (o *outputter) types(types []*Type) {
	items := make([]string, len(types))
	for i, t := range types {
		items[i] = QuoteYAML(t.ID.Value, true)
		if t.Parent.Value != "" {
			items[i] = flowMap("id", items[i], "parent", QuoteYAML(t.Parent.Value, true))
		}
	}
	o.list(0, "types", items)
}

// flowMap writes a mapping on one line; keys and their values alternate, and
// those without a value are left out.
func flowMap(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out = append(out, pairs[i]+": "+pairs[i+1])
		}
	}
	return "{" + strings.Join(out, ", ") + "}"
}

// flowList writes a list as a value; none is "".
func flowList(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (o *outputter) lists(lists []*List) {
	lists = slices.DeleteFunc(slices.Clone(lists), func(l *List) bool { return l.House })
	if len(lists) == 0 {
		return
	}
	o.w.WriteString("\n")
	o.line(0, "lists:")
	for _, l := range lists {
		id := QuoteYAML(l.ID.Value, false)
		if l.Layer == (Layer{}) && l.Drop == nil {
			o.list(1, id, itemTexts(l.Any))
			continue
		}
		o.line(1, id+":")
		o.layer(2, l.Layer)
		o.list(2, "any", itemTexts(l.Any))
		if l.Drop != nil {
			o.line(2, "drop: "+flowMap("any", flowList(values(l.Drop.Any))))
		}
	}
}

func (o *outputter) entity(e *Entity) {
	const depth = 2
	if e.ID.Value != Slug(e.Name.Text.Value) {
		o.text(depth, "id", e.ID)
	}
	if e.Name.Text.Value != "" {
		o.line(depth, "name: "+aliasFlow(&e.Name, false))
	}
	o.text(depth, "type", e.Type)
	o.layer(depth, e.Layer)
	for _, l := range []struct {
		key  string
		list []Alias
	}{{"aliases", e.Aliases}, {"weak", e.Weak}, {"shorts", e.Shorts}, {"demonyms", e.Demonyms}} {
		items := make([]string, len(l.list))
		for i := range l.list {
			items[i] = aliasFlow(&l.list[i], true)
		}
		o.list(depth, l.key, items)
	}
	if e.NoFamily {
		o.line(depth, "family: false")
	} else if e.Family.Value != "" {
		o.line(depth, "family: "+quoteBool(e.Family.Value))
	}
	o.text(depth, "gender", e.Gender)
	o.guard(depth, e.Guard)
	o.groups(depth, e.Groups)
	o.links(depth, e.Links)
	o.texts(depth, "masks", e.Masks)
	o.texts(depth, "formerly", e.Formerly)
	if d := e.Drop; d != nil {
		o.line(depth, "drop: "+flowMap("aliases", flowList(values(d.Aliases)), "weak", flowList(values(d.Weak)),
			"shorts", flowList(values(d.Shorts)), "demonyms", flowList(values(d.Demonyms)),
			"groups", flowList(values(d.Groups)), "masks", flowList(values(d.Masks))))
	}
	o.block(depth, "examples", e.Examples)
	o.block(depth, "counter_examples", e.CounterExamples)
}

// quoteBool quotes a name that is read as a truth value where one may stand.
func quoteBool(s string) string {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false":
		return strconv.Quote(s)
	}
	return QuoteYAML(s, false)
}

// aliasFlow writes an alias as text, or in the long form if it says more.
func aliasFlow(a *Alias, flow bool) string {
	if !a.NoMatch && a.Guard.Empty() {
		return QuoteYAML(a.Text.Value, flow)
	}
	pairs := []string{"text", QuoteYAML(a.Text.Value, true)}
	if a.NoMatch {
		pairs = append(pairs, "match", "false")
	}
	return flowMap(append(pairs, guardPairs(a.Guard)...)...)
}

// guardPairs are the keys of a guard with their values, "" where it sets none.
func guardPairs(g *Guard) []string {
	if g == nil {
		return nil
	}
	return []string{
		"case", string(g.Case), "strength", string(g.Strength), "needs", flowList(itemTexts(g.Needs)),
		"unless", flowList(itemTexts(g.Unless)), "within", string(g.Within), "from", string(g.From),
		"until", string(g.Until), "shared", boolText(g.Shared), "prior", numberText(g.Prior), "inside", boolText(g.Inside),
	}
}

func boolText(b *bool) string {
	if b == nil {
		return ""
	}
	return strconv.FormatBool(*b)
}

func numberText(f float64) string {
	if f == 0 {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func (o *outputter) guard(depth int, g *Guard) {
	pairs := guardPairs(g)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			o.line(depth, pairs[i]+": "+pairs[i+1])
		}
	}
}

func (o *outputter) layer(depth int, l Layer) {
	for _, k := range []struct {
		key string
		set bool
	}{{"override", l.Override}, {"extend", l.Extend}, {"remove", l.Remove}} {
		if k.set {
			o.line(depth, k.key+": true")
		}
	}
}

func (o *outputter) groups(depth int, groups []Group) {
	items := make([]string, len(groups))
	for i, g := range groups {
		items[i] = QuoteYAML(g.ID.Value, true)
		if g.From != "" || g.Until != "" {
			items[i] = flowMap("id", items[i], "from", string(g.From), "until", string(g.Until))
		}
	}
	o.list(depth, "groups", items)
}

func (o *outputter) links(depth int, links []Link) {
	if len(links) == 0 {
		return
	}
	var pairs []string
	for _, l := range links {
		pairs = append(pairs, QuoteYAML(l.Key.Value, true), QuoteYAML(l.Value.Value, true))
	}
	o.line(depth, "links: "+flowMap(pairs...))
}

func (o *outputter) filter(f *Filter) {
	const depth = 2
	if f.All {
		o.line(depth, "topics: all")
	} else {
		o.line(depth, "topics: ["+strings.Join(values(f.Topics), ", ")+"]")
	}
	o.texts(depth, "ignore", f.Ignore)
	o.conditions(depth, "exclude", f.Exclude)
}

func (o *outputter) topic(t *Topic) {
	const depth = 2
	if t.ID.Value != Slug(t.Label.Value) {
		o.text(depth, "id", t.ID)
	}
	o.text(depth, "label", t.Label)
	o.layer(depth, t.Layer)
	o.text(depth, "about", t.About)
	o.text(depth, "parent", t.Parent)
	o.text(depth, "status", t.Status)
	if t.ThresholdPos != (Pos{}) {
		o.line(depth, "threshold: "+numberText(t.Threshold))
	}
	o.conditions(depth, "require", t.Require)
	o.conditions(depth, "clues", t.Clues)
	o.conditions(depth, "against", t.Against)
	o.conditions(depth, "exclude", t.Exclude)
	o.texts(depth, "ignore", t.Ignore)
	o.links(depth, t.Links)
	o.texts(depth, "formerly", t.Formerly)
	if d := t.Drop; d != nil {
		o.line(depth, "drop: "+flowMap("clues", flowList(values(d.Clues)), "against", flowList(values(d.Against)),
			"require", flowList(values(d.Require)), "exclude", flowList(values(d.Exclude)), "ignore", flowList(values(d.Ignore))))
	}
	o.block(depth, "examples", t.Examples)
	o.block(depth, "counter_examples", t.CounterExamples)
}

func (o *outputter) conditions(depth int, key string, cs []Condition) {
	if len(cs) == 0 {
		return
	}
	o.line(depth, key+":")
	for i := range cs {
		o.line(depth+1, "- "+conditionFlow(&cs[i]))
	}
}

// conditionFlow writes a condition on one line, as a bare term if it is one.
func conditionFlow(c *Condition) string {
	if bare := c.Any; len(bare) == 1 && bare[0].Any == nil && bare[0].Cond == nil {
		alone := Condition{Name: String{bare[0].String(), c.Name.Pos}, Any: bare, Pos: c.Pos}
		if reflect.DeepEqual(*c, alone) {
			return QuoteYAML(c.Name.Value, false)
		}
	}
	name := QuoteYAML(c.Name.Value, true)
	first := append(c.Any[:len(c.Any):len(c.Any)], c.All...)
	if len(first) > 0 && first[0].first().String() == c.Name.Value {
		name = ""
	}
	weight := c.Weight.Word
	if weight == "" {
		weight = numberText(c.Weight.Number)
	}
	together := string(c.Together)
	if c.Together == Words {
		together = strconv.Itoa(c.Distance) + " words"
	}
	items := flowList(itemTexts(c.Any))
	written := flowMap("name", name, "weight", weight, "together", together, "any", items,
		"all", flowList(itemTexts(c.All)), "at_least", countText(c.AtLeast), "distinct", countText(c.Distinct),
		"in", string(c.In), "unless", flowList(itemTexts(c.Unless)))
	if len(c.Any) == 1 && written == flowMap("any", items) {
		return itemTexts(c.Any)[0]
	}
	return written
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// itemTexts writes the items of a list or condition for a flow list.
func itemTexts(items []Item) []string {
	out := make([]string, len(items))
	for i, it := range items {
		switch {
		case it.Any != nil:
			out[i] = flowList(itemTexts(it.Any))
		case it.Cond != nil:
			out[i] = flowMap("any", flowList(itemTexts(it.Cond.Any)), "in", string(it.Cond.In))
		default:
			out[i] = QuoteYAML(it.String(), true)
		}
	}
	return out
}
