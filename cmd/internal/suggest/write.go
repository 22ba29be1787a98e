package suggest

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/gazetteer"
)

// A Header is what the first lines of the YAML say.
type Header struct {
	Packs    []string // that the suggestions are for
	Articles int
	All      int // suggestions, were there no limit
	Limit    int // of the entities that are no comment; 0 is none
}

// A Check returns what a lint would find in the text of a pack that lies over
// those that the suggestions are for, in the pack alone.
type Check func(src []byte) gazetteer.Diagnostics

// Write returns the suggestions as YAML in which check finds nothing: what
// would be found is mended where that is certain (the family name of a person
// that is written first), and else stands behind comment signs with the reason.
func Write(h Header, suggestions []Suggestion, check Check) []byte {
	p := printer{head: h}
	for i := range suggestions {
		p.entries = append(p.entries, &entry{Suggestion: suggestions[i]})
	}
	for {
		src := p.print()
		found := check(src)
		if len(found) == 0 || len(p.entries) == 0 {
			return src
		}
		for _, d := range found {
			p.mend(d)
		}
	}
}

// An entry is a suggestion on its way to the page.
type entry struct {
	Suggestion
	family  string            // the first word, where that is the family name
	dropped map[string]string // alias -> why it is a comment
	reason  string            // why the whole entry is a comment
}

// A printer writes entries and knows which line is whose.
type printer struct {
	head    Header
	entries []*entry
	b       strings.Builder
	line    int
	owners  map[int]owner
}

type owner struct {
	entry *entry
	alias string
}

// mend changes the entry that a finding is about, so that the next print has
// it not.
func (p *printer) mend(d gazetteer.Diagnostic) {
	o, ok := p.owners[d.Pos.Line]
	first, _, several := strings.Cut(nameOf(o.entry), " ")
	switch {
	case !ok: // no line of ours is left to change
		p.entries = nil
	case o.alias != "":
		if o.entry.dropped == nil {
			o.entry.dropped = map[string]string{}
		}
		o.entry.dropped[o.alias] = d.Message
	case d.Check == "family-order" && o.entry.family == "" && several:
		o.entry.family = first
	case o.entry.reason == "":
		o.entry.reason = d.Message
	}
}

func nameOf(e *entry) string {
	if e == nil {
		return ""
	}
	return e.Name
}

func (p *printer) print() []byte {
	p.b.Reset()
	p.line, p.owners = 1, map[int]owner{}
	p.header()
	clean, doubtful := p.sorted()
	if len(clean) > 0 {
		p.say("entities:")
	}
	for _, e := range clean {
		p.entry(e)
	}
	if len(doubtful) > 0 {
		p.say("")
		p.say("# Names that take a decision first: needs:, masks:, or another entry.")
	}
	for _, e := range doubtful {
		p.leftOut(e)
	}
	return []byte(p.b.String())
}

// sorted parts the entries up to the limit into those that are printed and
// those that are comments.
func (p *printer) sorted() (clean, doubtful []*entry) {
	for _, e := range p.entries {
		switch {
		case e.reason != "":
			doubtful = append(doubtful, e)
		case p.head.Limit > 0 && len(clean) == p.head.Limit:
			return clean, doubtful
		default:
			clean = append(clean, e)
		}
	}
	return clean, doubtful
}

// say writes a line.
func (p *printer) say(format string, args ...any) {
	fmt.Fprintf(&p.b, format, args...)
	p.b.WriteByte('\n')
	p.line++
}

func (p *printer) header() {
	h := &p.head
	clean, _ := p.sorted()
	p.say("# Names that the gazetteer lacks, in %s: %d of %d. Sorted by the root of", encode.Count(h.Articles, "article"), len(clean), h.All)
	p.say("# count × articles; behind each the cues of its type. Types, above all guesses,")
	p.say("# are for you to check.")
	p.packs(h.Packs)
}

// packs writes the version and what the file lies over. Only the default pack
// has a name that holds wherever the file is saved.
func (p *printer) packs(packs []string) {
	p.say("version: 1")
	var beside []string
	for i, pack := range packs {
		switch {
		case slices.Contains(packs[:i], pack):
		case pack == "default":
			p.say("uses: [default]")
		default:
			beside = append(beside, oneLine(pack))
		}
	}
	if len(beside) > 0 {
		p.say("# for %s: save this beside its files, or say uses: with its path from here", strings.Join(beside, ", "))
	}
}

// entry writes an entity that a lint finds nothing in.
func (p *printer) entry(e *entry) {
	p.about("  ", e)
	p.owned(e, "", "  - name: %s", gazetteer.QuoteYAML(e.Name, false))
	if e.Why == "" {
		p.owned(e, "", "    type: %s # a guess", e.Type)
	} else {
		p.owned(e, "", "    type: %s # %s", e.Type, e.Why)
	}
	if e.family != "" {
		p.owned(e, "", "    family: %s # a guess", gazetteer.QuoteYAML(e.family, false))
	}
	first := true
	for _, a := range e.Aliases {
		if why, bad := e.dropped[a]; bad {
			p.say("    # no alias: %s", oneLine(why))
			continue
		}
		if first {
			p.say("    aliases:")
			first = false
		}
		p.owned(e, a, "      - %s", gazetteer.QuoteYAML(a, false))
	}
}

// owned writes a line that a finding may be about.
func (p *printer) owned(e *entry, alias, format string, args ...any) {
	p.owners[p.line] = owner{e, alias}
	p.say(format, args...)
}

// about writes what was seen of a name.
func (p *printer) about(indent string, e *entry) {
	also := ""
	if len(e.Seen) > 0 {
		also = "; also written " + strings.Join(e.Seen, ", ")
	}
	p.say("%s# %d× in %s%s", indent, e.Count, encode.Count(e.Articles, "article"), also)
	for _, line := range e.Lines {
		p.say("%s#   %s", indent, line)
	}
}

// leftOut writes a name as a comment.
func (p *printer) leftOut(e *entry) {
	p.say("#")
	p.about("", e)
	p.say("# - name: %s", gazetteer.QuoteYAML(e.Name, false))
	p.say("#   type: %s", e.Type)
	p.say("#   %s", oneLine(e.reason))
}
