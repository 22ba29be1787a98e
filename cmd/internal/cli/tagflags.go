package cli

import (
	"fmt"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"

	"github.com/spf13/pflag"
)

// tagFlags are the flags of tag.
type tagFlags struct {
	gazetteers  []string
	output      string
	rejects     string
	resume      bool
	progress    *choice
	title       string
	format      *choice
	table       *choice
	inputFormat *choice
	offsets     *choice
	overlap     *choice
	date        day
	fields      corpus.Fields
	include     []string
	exclude     []string
	filesFrom   string
	encoding    string
	maxText     size
	maxLine     size
	maxRatio    int
	workers     int
	draft       bool
	strict      bool
	includeText bool
	rawCells    bool
	quiet       bool
}

// newTagFlags returns the defaults.
func newTagFlags() *tagFlags {
	return &tagFlags{
		progress:    newChoice("auto", "on", "off"),
		format:      newChoice(formatNames()...),
		table:       newChoice(encode.TableNames()...),
		inputFormat: newChoice(corpus.Formats()...),
		offsets:     newChoice(encode.OffsetNames()...),
		overlap:     newChoice("longest", "all"),
	}
}

// maxWorkers is far above what helps, and far below what hurts.
const maxWorkers = 1024

// register declares the flags.
func (f *tagFlags) register(fl *pflag.FlagSet) {
	f.registerReading(fl)
	fl.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which is replaced as a whole at the end")
	fl.StringVar(&f.rejects, "rejects", "", "write the inputs that gave no record to `FILE`, one JSON line each")
	fl.BoolVar(&f.resume, "resume", false, "keep what was written if the run ends early, and go on from there")
	fl.Var(f.progress, "progress", "progress bar on standard error; auto: if that is a terminal and the run is long")
	fl.Var(f.format, "format", "format of the output")
	fl.Var(f.table, "table", "what the rows of csv, tsv and parquet are")
	fl.StringVar(&f.title, "title", "", "`TEXT` at the head of an html report")
	fl.Var(f.overlap, "overlap", "all: names inside longer ones, too")
	fl.IntVar(&f.workers, "workers", 0, "tag `N` articles at once (default: one per processor)")
	fl.BoolVar(&f.strict, "strict", false, "refuse a gazetteer with warnings")
	fl.BoolVar(&f.includeText, "include-text", false, "write title and text into every record")
	fl.BoolVar(&f.rawCells, "raw-cells", false, "in csv and tsv, no apostrophe before what a spreadsheet would take for a formula, and control characters as they are")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "only errors on standard error")
}

// registerReading declares the flags that say how an article is read. They are
// the same in every command that reads one.
func (f *tagFlags) registerReading(fl *pflag.FlagSet) {
	f.registerPacks(fl)
	f.registerArticles(fl)
	fl.Var(f.offsets, "offsets", "unit of start and end")
	fl.BoolVar(&f.draft, "draft", false, "draft topics, too")
}

// registerPacks declares the flag that names the gazetteer.
func (f *tagFlags) registerPacks(fl *pflag.FlagSet) {
	fl.StringArrayVarP(&f.gazetteers, "gazetteer", "g", []string{defaultPack}, "use this `PACK`, a folder or file of YAML, or a compiled one (.wtg); repeatable; \"default\" is the one built in")
}

// registerArticles declares the flags that say what the articles are.
func (f *tagFlags) registerArticles(fl *pflag.FlagSet) {
	fl.Var(f.inputFormat, "input-format", "what the input is; auto goes by the file's name, then by its first bytes")
	fl.Var(&f.date, "date", "day of the articles that have no date field")
	fl.StringArrayVar(&f.include, "include", nil, "of folders and archives, read the files that match `GLOB`; repeatable")
	fl.StringArrayVar(&f.exclude, "exclude", nil, "of folders and archives, leave out what matches `GLOB`; repeatable")
	fl.StringVar(&f.filesFrom, "files-from", "", "read the paths in `FILE`, too, one a line or ended by NUL; - is standard input")
	fl.StringVar(&f.encoding, "encoding", "", "encoding of the input, by its `NAME` on the web (default: UTF-8, and what an HTML page says)")
	fl.StringVar(&f.fields.Text, "text-field", "", "field or column of the text; `PATH` may be dotted: content.body (default \"text\")")
	fl.StringVar(&f.fields.Title, "title-field", "", "field or column of the title (default \"title\")")
	fl.StringVar(&f.fields.ID, "id-field", "", "field or column of the id (default \"id\")")
	fl.StringVar(&f.fields.Date, "date-field", "", "field or column of the date (default \"date\")")
	fl.StringSliceVar(&f.fields.Keep, "keep", nil, "copy these `FIELDS` into the record's meta: url,section")
	f.maxText, f.maxLine, f.maxRatio = corpus.MaxText, corpus.MaxLine, corpus.MaxRatio
	fl.Var(&f.maxText, "max-text", "refuse a text that is larger")
	fl.Var(&f.maxLine, "max-line", "refuse a line or record that is longer")
	fl.IntVar(&f.maxRatio, "max-ratio", f.maxRatio, "refuse what unpacks to more than `N` times its size")
}

// reading are the options of the reader.
func (e *env) reading(f *tagFlags) corpus.Options {
	return corpus.Options{
		Format: corpus.Format(f.inputFormat.value), Fields: f.fields, Date: f.date.date, Stdin: e.stdin,
		Outputs: outputs(e.stdout, f.output, f.rejects), Include: f.include, Exclude: f.exclude,
		List: f.filesFrom, Encoding: f.encoding,
		MaxText: int64(f.maxText), MaxLine: int64(f.maxLine), MaxRatio: f.maxRatio,
	}
}

// encoder makes the encoder of the output. topics and types are the ids of the
// topics and the types that may come. The flags hold known names only.
func (f *tagFlags) encoder(topics, types []string) encode.Encoder {
	offsets, err := encode.ParseOffsets(f.offsets.value)
	if err != nil {
		panic("unreachable: " + err.Error())
	}
	table, err := encode.ParseTable(f.table.value)
	if err != nil {
		panic("unreachable: " + err.Error())
	}
	enc, err := encode.New(f.format.value, encode.Options{
		Offsets: offsets, IncludeText: f.includeText, Table: table, Topics: topics, Types: types, RawCells: f.rawCells, Title: f.title,
	})
	if err != nil {
		panic("unreachable: " + err.Error())
	}
	return enc
}

func formatNames() []string {
	var names []string
	for _, f := range encode.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func formatHelp() string {
	var b strings.Builder
	for _, f := range encode.Formats() {
		fmt.Fprintf(&b, "\n  %-10s %s", f.Name, f.About)
	}
	return b.String()
}
