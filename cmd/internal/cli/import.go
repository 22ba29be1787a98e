package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/gazetteer"
	"wiretag/gazetteer/interchange"

	"github.com/spf13/cobra"
)

// exchangeFlags are the flags of import and export.
type exchangeFlags struct {
	output     string
	report     string
	delimiter  string
	gazetteers []string
	opts       interchange.Options
	quiet      bool
}

func newImportCmd(e *env) *cobra.Command {
	f := &exchangeFlags{}
	cmd := &cobra.Command{
		Use:   "import FORMAT FILE",
		Short: "Make a pack of somebody else's dictionary",
		Long: `Import reads a dictionary and writes it as a pack, on standard output or with
-o to a file. What a pack cannot say is counted on standard error, and with
--report every such value is written as a line of JSON with its place and the
reason. Names come in as they are written: lint says which of them will not be
found in news.

FILE is a file, or - for standard input.

Formats:` + exchangeHelp() + `

Exit codes: 0 done; 2 wrong flag, or a file that is not of this format; 3 the
output failed.`,
		Example: `  wiretag import csv people.csv -o people.yaml
  wiretag import ftm entities.jsonl --report left-out.jsonl -o sanctions.yaml
  wiretag import skos thesaurus.ttl --lang en > topics.yaml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &usageError{cmd.CommandPath(), errors.New("name the format and the file, or - for standard input")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return importFile(cmd, e, f, args[0], args[1]) },
	}
	fl := cmd.Flags()
	fl.StringVarP(&f.output, "output", "o", "", "write to `FILE`, which is replaced as a whole at the end")
	fl.StringVar(&f.report, "report", "", "write what was left out to `FILE`")
	fl.StringVar(&f.opts.Type, "type", "ORG", "`TYPE` of entries that have none")
	fl.StringVar(&f.opts.Lang, "lang", "en", "language of labels, where there are several")
	fl.StringVar(&f.delimiter, "delimiter", ",", "character between the columns of csv")
	fl.StringVar(&f.opts.Separator, "separator", "\t", "text between the features of a GATE list")
	fl.BoolVar(&f.opts.Reorder, "reorder-names", false, "write the PERSON “JIN, Julien” as “Julien Jin”")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "no summary on standard error")
	return cmd
}

// exchangeHelp lists the formats.
func exchangeHelp() string {
	var b strings.Builder
	for _, f := range interchange.Formats() {
		fmt.Fprintf(&b, "\n  %-10s %s", f.Name, f.About)
	}
	return b.String()
}

// options completes the options of a format from the flags.
func (f *exchangeFlags) options() (interchange.Options, error) {
	r, size := utf8.DecodeRuneInString(f.delimiter)
	if size != len(f.delimiter) || size == 0 || r == '"' || r == '\n' || r == '\r' || r == utf8.RuneError {
		return f.opts, fmt.Errorf("--delimiter is %q; it takes one character, like ;", f.delimiter)
	}
	f.opts.Delimiter = r
	return f.opts, nil
}

func importFile(cmd *cobra.Command, e *env, f *exchangeFlags, format, file string) error {
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	opts, err := f.options()
	if err != nil {
		return usage(err)
	}
	if f.report != "" && filepath.Clean(f.report) == filepath.Clean(cmp.Or(f.output, "-")) {
		return usage(fmt.Errorf("the pack and the report both go to %s: give --report another file", f.report))
	}
	src, done, err := e.exchangeSource(file)
	if err != nil {
		return usage(err)
	}
	defer done()
	res, err := interchange.Import(format, src, opts)
	if err != nil {
		return usage(err)
	}
	if res.Left > 0 && res.Left == res.Entries {
		e.sayImported(f, res)
		return usage(fmt.Errorf("nothing of %s can be used as %s, and nothing was written: name the format that it is in", src.Name, format))
	}
	return e.putImported(f, res, fmt.Sprintf("%s (%s)", path.Base(src.Name), format))
}

// putImported writes the pack and the report, and tells of both.
func (e *env) putImported(f *exchangeFlags, res *interchange.Result, from string) error {
	var b bytes.Buffer
	from = strconv.Quote(from) // which may hold ends of lines
	fmt.Fprintf(&b, "# Imported by wiretag from %s: %s, %s.\n", from[1:len(from)-1],
		encode.Count(len(res.Gazetteer.Entities), "entity"), encode.Count(len(res.Gazetteer.Topics), "topic"))
	if err := gazetteer.Write(&b, res.Gazetteer); err != nil {
		return fmt.Errorf("unreachable: %w", err)
	}
	if err := e.reportDropped(f.report, res.Dropped); err != nil {
		return err
	}
	if err := e.putOut(f.output, b.Bytes()); err != nil {
		return err
	}
	if !f.quiet {
		e.sayImported(f, res)
	}
	return nil
}

// exchangeSource opens the file that the user named.
func (e *env) exchangeSource(file string) (src interchange.Source, done func(), err error) {
	if file == "-" {
		return interchange.Source{Name: "-", Reader: e.stdin}, func() {}, nil
	}
	in, err := os.Open(file)
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return src, nil, fmt.Errorf("%s: %w", file, pe.Err)
	} else if err != nil {
		return src, nil, err
	}
	if info, err := in.Stat(); err == nil && info.IsDir() {
		in.Close()
		return src, nil, fmt.Errorf("%s is a folder; name a file", file)
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		in.Close()
		return src, nil, err
	}
	return interchange.Source{
		Name: filepath.ToSlash(file), Reader: bufio.NewReader(in), Beside: root.ReadFile,
	}, func() { in.Close(); root.Close() }, nil
}

// reportDropped writes what was left out as lines of JSON.
func (e *env) reportDropped(file string, dropped []interchange.Dropped) error {
	if file == "" {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, d := range dropped {
		if err := enc.Encode(d); err != nil {
			return fmt.Errorf("unreachable: %w", err)
		}
	}
	return e.putOut(file, b.Bytes())
}

// putOut writes a whole output to a file, or to standard output.
func (e *env) putOut(file string, b []byte) error {
	if file == "" || file == "-" {
		return e.printOut(string(b))
	}
	out, err := run.CreateOutput(file)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, bytes.NewReader(b)); err != nil {
		out.Abort()
		return &run.OutputError{Err: err}
	}
	return out.Commit()
}

// sayImported tells what came in and what did not, the reasons that were given
// most often first.
func (e *env) sayImported(f *exchangeFlags, res *interchange.Result) {
	e.say("%s read, %d left out; %s and %s written; %s left out or changed", encode.Count(res.Entries, "entry"), res.Left,
		encode.Count(len(res.Gazetteer.Entities), "entity"), encode.Count(len(res.Gazetteer.Topics), "topic"), encode.Count(len(res.Dropped), "value"))
	const most = 10
	reasons := res.Reasons()
	shown := reasons[:min(len(reasons), most)]
	for _, r := range shown {
		like := ""
		if r.N > 1 {
			like = fmt.Sprintf(" (and %d more for this reason)", r.N-1)
		}
		value := clipped(r.First.Value)
		if value != "" {
			value += ": "
		}
		e.say("%s: %s%s%s", r.First.Place, value, r.First.Reason, like)
	}
	if len(res.Dropped) > len(shown) && f.report == "" {
		e.say("--report FILE writes every one")
	}
}

// clipped is a value on one line, and no longer than that.
func clipped(s string) string {
	const most = 60
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}
