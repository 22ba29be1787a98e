package interchange

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"wiretag/gazetteer"
)

// A Source is a file to import.
type Source struct {
	Name   string // as places show it
	Reader io.Reader
	// Beside reads a file that this one names, by its path from here. It may be
	// nil where there is none, as behind standard input.
	Beside func(name string) ([]byte, error)
}

// Options say how a format is read. The zero value is ready to use.
type Options struct {
	Type      string // of entries that have none; ORG if it is ""
	Lang      string // of labels, where a format has several; "en" if it is ""
	Delimiter rune   // between the columns of CSV; a comma if it is 0
	Separator string // between the features of GATE's lists; a tab if it is ""
	Reorder   bool   // Jin, Julien of a PERSON becomes Julien Jin
}

func (o Options) withDefaults() Options {
	if o.Type = strings.TrimSpace(o.Type); o.Type == "" {
		o.Type = "ORG"
	}
	if o.Lang == "" {
		o.Lang = "en"
	}
	if o.Delimiter == 0 {
		o.Delimiter = ','
	}
	if o.Separator == "" {
		o.Separator = "\t"
	}
	return o
}

// A Dropped is a value that did not come into the gazetteer as it stands.
type Dropped struct {
	Place  string `json:"place"` // file:line
	Value  string `json:"value"`
	Reason string `json:"reason"`
	kind   string // the reason before what differs is put in
}

// A Reason is one reason for which values did not come in as they stand.
type Reason struct {
	First Dropped
	N     int
}

// Reasons counts what was dropped by its reason, the most frequent first.
func (r *Result) Reasons() []Reason {
	var out []Reason
	at := map[string]int{}
	for _, d := range r.Dropped {
		i, ok := at[d.kind]
		if !ok {
			i = len(out)
			at[d.kind] = i
			out = append(out, Reason{First: d})
		}
		out[i].N++
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.N, a.N) })
	return out
}

// A Result is what was made of a Source.
type Result struct {
	Gazetteer *gazetteer.Gazetteer
	// Entries counts what the source has: each is an entity or topic, or was
	// merged into one, or was left out.
	Entries, Merged, Left int
	Dropped               []Dropped // in the order of the source
}

// A File is one file of an export. Name is "" where the format is one file.
type File struct {
	Name string
	Text []byte
}

// An Export is a gazetteer in another form, with what that cannot hold.
type Export struct {
	Files []File
	Lost  []Lost // in a fixed order, those that are not zero
}

// A Lost counts one kind of thing that a format cannot hold.
type Lost struct {
	What string // "mask", or "masks" where N is more than one
	N    int
}

// A Format is one way of writing dictionaries.
type Format struct {
	Name  string
	About string // half a line, for help
	read  func(*importer, Source) error
	write func(*exporter) []File
}

// Formats lists the formats in the order of help.
func Formats() []Format {
	return []Format{
		{"csv", "one entity or alias a line; the header names the columns", readCSV, writeCSV},
		{"tsv", "the same with tabs", readTSV, writeTSV},
		{"spacy", "patterns of spaCy's EntityRuler, JSON lines", readSpacy, writeSpacy},
		{"gate", "lists of GATE: a .def with its .lst files, or one .lst", readGate, writeGate},
		{"regexner", "rules of CoreNLP's RegexNER, with tabs", readRegexNER, writeRegexNER},
		{"skos", "a thesaurus of topics, Turtle or RDF/XML; written as Turtle", readSKOS, writeSKOS},
		{"ftm", "entities of FollowTheMoney, JSON lines", readFTM, writeFTM},
		{"wikidata", "entities of Wikidata, JSON lines or a dump", readWikidata, writeWikidata},
	}
}

// find returns the format of a name. An unknown name is an error that lists the
// known ones.
func find(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("unknown format %q; known: %s", name, strings.Join(names, ", "))
}

// Import reads a source. An error says that it could not be read as this
// format at all, with its place; single entries that cannot be used are in the
// result.
func Import(format string, src Source, opts Options) (*Result, error) {
	f, err := find(format)
	if err != nil {
		return nil, err
	}
	im := newImporter(src.Name, opts.withDefaults())
	if t := im.opts.Type; !utf8.ValidString(t) || strings.ContainsFunc(t, unfit) || len(t) > longest {
		return nil, fmt.Errorf("the type %q has a blank or one of , [ ] { } # \" in it, or is too long", t)
	}
	r := bufio.NewReader(src.Reader)
	if start, _ := r.Peek(2); string(start) == "\xff\xfe" || string(start) == "\xfe\xff" {
		im.line = 1
		return nil, im.errorf("not UTF-8; it looks like UTF-16: save the file as UTF-8")
	}
	src.Reader = r
	if err := f.read(im, src); err != nil {
		return nil, err
	}
	return im.result(), nil
}

// Write exports a gazetteer.
func Write(format string, g *gazetteer.Gazetteer, opts Options) (*Export, error) {
	f, err := find(format)
	if err != nil {
		return nil, err
	}
	x := &exporter{g: g, opts: opts.withDefaults(), lost: map[kind]int{}}
	return &Export{Files: f.write(x), Lost: x.losses()}, nil
}
