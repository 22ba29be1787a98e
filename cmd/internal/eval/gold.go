package eval

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wiretag/cmd/internal/encode"
	"wiretag/models"
)

// An Article is one article with what people found in it.
type Article struct {
	Doc      models.Document
	Mentions []Mention
	Topics   []string
	// HasMentions and HasTopics say whether people looked for them at all: an
	// article in which they did not is no evidence that there are none.
	HasMentions, HasTopics bool

	at      place          // where it stands
	unit    encode.Offsets // of pending
	pending []pending      // mentions whose text is not known yet
}

// A Mention is a span of gold.
type Mention struct {
	models.Place
	Type string
	ID   string // of the entity; "" if gold does not say
}

// Gold is all that was read.
type Gold struct {
	Articles []*Article
	Notes    []string // what was left out, for people
	Files    []string // all that were read, those in folders too
}

// ReadOptions say what gold is made of.
type ReadOptions struct {
	Format  string         // one of Formats; "" or "auto" goes by name, then by content
	Offsets encode.Offsets // the unit of start and end in JSON; the other forms have their own
	// Type is that of mentions which say none; without it they are an error.
	Type string
	// Texts yields title, text and date of articles by id, for gold that has no
	// text; nil if there is none. It is called at most once, with the ids that
	// are wanted.
	Texts func(want map[string]bool) (map[string]models.Document, error)
	// TextsName is what errors call the source of Texts.
	TextsName string
	Stdin     io.Reader
}

// The forms of gold.
const (
	formAuto  = "auto"
	formJSONL = "jsonl"
	formCoNLL = "conll"
	formBrat  = "brat"
	formSpacy = "spacy"
)

// Formats lists the forms of gold, the one that finds out for itself first.
func Formats() []string { return []string{formAuto, formJSONL, formCoNLL, formBrat, formSpacy} }

// A place is a line of a file.
type place struct {
	file string
	line int
}

// errorf makes an error of the place.
func (p place) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", p.file, p.line, fmt.Errorf(format, args...))
}

// maxErrors is how many mistakes of gold are told at once.
const maxErrors = 20

// A reader reads gold, file by file.
type reader struct {
	opts  ReadOptions
	gold  Gold
	seen  map[string]place
	errs  []error
	twice int // mentions that are annotated twice
}

// Read reads gold of files, and of the .ann files of folders. Its errors name
// file and line; all mistakes are told, up to a bound.
func Read(paths []string, opts ReadOptions) (*Gold, error) {
	r := &reader{opts: opts, seen: map[string]place{}}
	for _, path := range paths {
		if err := r.path(path); err != nil {
			return nil, err
		}
	}
	if len(r.errs) == 0 {
		if err := r.fetch(); err != nil {
			return nil, err
		}
	}
	for _, a := range r.gold.Articles {
		r.resolve(a)
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	if len(r.gold.Articles) == 0 {
		return nil, fmt.Errorf("%s: there is no article in it", strings.Join(paths, ", "))
	}
	if r.twice > 0 {
		r.note("left out: %s that gold has twice", encode.Count(r.twice, "mention"))
	}
	return &r.gold, nil
}

func (r *reader) note(format string, args ...any) {
	r.gold.Notes = append(r.gold.Notes, fmt.Sprintf(format, args...))
}

func (r *reader) fail(err error) { r.errs = append(r.errs, err) }

// err joins the mistakes so far.
func (r *reader) err() error {
	if n := len(r.errs) - maxErrors; n > 0 {
		return errors.Join(append(slices.Clone(r.errs[:maxErrors]), fmt.Errorf("… and %s more", encode.Count(n, "mistake")))...)
	}
	return errors.Join(r.errs...)
}

// path reads a file or folder.
func (r *reader) path(path string) error {
	if path == "-" {
		data, err := io.ReadAll(r.opts.Stdin)
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		return r.data(path, data)
	}
	info, err := os.Stat(path)
	if err != nil {
		return pathError(path, err)
	}
	if info.IsDir() {
		return r.folder(path)
	}
	if r.formOf(path) == formBrat {
		return r.brat(path)
	}
	data, err := r.file(path)
	if err != nil {
		return err
	}
	return r.data(path, data)
}

// file reads a file whole.
func (r *reader) file(path string) ([]byte, error) {
	r.gold.Files = append(r.gold.Files, path)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	return data, nil
}

// pathError says what is wrong with a path, without the system call.
func pathError(path string, err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// folder reads the .ann files of a folder and of those in it.
func (r *reader) folder(dir string) error {
	found := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return pathError(path, err)
		}
		if d.IsDir() || filepath.Ext(path) != ".ann" {
			return nil
		}
		found = true
		return r.brat(path)
	})
	if err == nil && !found {
		err = fmt.Errorf("%s: there is no .ann file in the folder; gold of another form is named file by file", dir)
	}
	return err
}

// formOf says what form a file has by its name, or "".
func (r *reader) formOf(path string) string {
	if f := r.opts.Format; f != "" && f != formAuto {
		return f
	}
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".ann":
		return formBrat
	case ".txt":
		if _, err := os.Stat(strings.TrimSuffix(path, filepath.Ext(path)) + ".ann"); err == nil {
			return formBrat
		}
	case ".conll", ".bio", ".iob", ".iob2", ".bioes", ".conll03":
		return formCoNLL
	case ".jsonl", ".json", ".ndjson":
		return formJSONL
	}
	return ""
}

// data reads a file that is no brat.
func (r *reader) data(path string, data []byte) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	form := r.formOf(path)
	if form == "" {
		form = formByContent(data)
	}
	switch form {
	case formJSONL, formSpacy:
		r.json(path, data)
	case formCoNLL:
		r.conll(path, string(data))
	case formBrat:
		return fmt.Errorf("%s: brat's gold is two files, .txt and .ann; name one of them, or their folder", path)
	default:
		return fmt.Errorf("%s: this is no gold that can be told by name or content; --gold-format says what it is: %s", path, strings.Join(Formats()[1:], ", "))
	}
	return nil
}

// formByContent says what form a file has by its first line, or "".
func formByContent(data []byte) string {
	line, _, _ := bytes.Cut(bytes.TrimLeft(data, " \t\r\n"), []byte("\n"))
	columns := strings.Fields(string(line))
	switch {
	case len(columns) > 1 && isTag(columns[len(columns)-1]):
		return formCoNLL
	case bytes.HasPrefix(line, []byte("{")) || bytes.HasPrefix(line, []byte("[")):
		return formJSONL
	}
	return ""
}

// add takes an article, unless its id is taken.
func (r *reader) add(a *Article) {
	if first, ok := r.seen[a.Doc.ID]; ok {
		r.fail(a.at.errorf("the id %q is taken by the article at %s:%d; an id names one article", a.Doc.ID, first.file, first.line))
		return
	}
	r.seen[a.Doc.ID] = a.at
	r.gold.Articles = append(r.gold.Articles, a)
}

// fetch finds the texts of articles that have none.
func (r *reader) fetch() error {
	want := map[string]bool{}
	for _, a := range r.gold.Articles {
		if a.lacksText() {
			want[a.Doc.ID] = true
		}
	}
	if len(want) == 0 {
		return nil
	}
	var texts map[string]models.Document
	if r.opts.Texts != nil {
		var err error
		if texts, err = r.opts.Texts(want); err != nil {
			return err
		}
	}
	for _, a := range r.gold.Articles {
		if !a.lacksText() {
			continue
		}
		doc, ok := texts[a.Doc.ID]
		switch {
		case r.opts.Texts == nil:
			r.fail(a.at.errorf("article %q has no text; --texts FILE takes it from where it is, by id", a.Doc.ID))
		case !ok:
			r.fail(a.at.errorf("article %q has no text, and there is none of this id in %s", a.Doc.ID, r.opts.TextsName))
		default:
			if a.Doc.Date != "" {
				doc.Date = a.Doc.Date
			}
			a.Doc = doc
		}
	}
	return nil
}

// noText marks the text of an article until it is fetched: no article has it,
// for it is no UTF-8, which no reader lets through.
const noText = "\xff"

func (a *Article) lacksText() bool { return a.Doc.Text == noText }
