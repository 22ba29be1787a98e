package tagger

import (
	"fmt"
	"io"
	"runtime"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/lexicon"
	"wiretag/tagger/internal/resolve"
	"wiretag/tagger/internal/segment"
	"wiretag/tagger/internal/topic"
	"wiretag/tagger/internal/wtg"
)

// meaning is the version of what a compiled gazetteer means. It goes up with
// every change by which the same YAML compiles to other rows, or rows come to
// mean something else: files of another version are refused.
const meaning = 11

// CompileOptions say what a compiled gazetteer tells of how it was made.
type CompileOptions struct {
	// Warnings is how many Load had.
	Warnings int
}

// The section of what concerns the gazetteer as a whole.
const packName = "pack"

type packRow struct{ name, hash, warnings uint32 }

// New compiles a gazetteer; nil options are the zero Options. It fails only on
// a gazetteer that Load would have reported an error for, and on one of more
// than half a billion names.
func New(g *gazetteer.Gazetteer, opts *Options) (*Tagger, error) {
	file, err := newCompiler(g).compile(CompileOptions{})
	if err != nil {
		return nil, err
	}
	return OpenBytes(file.Data(), opts)
}

// Compile writes a gazetteer as a file for Open, byte by byte the same for the
// same gazetteer. It fails as New does, and as w does.
func Compile(w io.Writer, g *gazetteer.Gazetteer, opts CompileOptions) error {
	file, err := newCompiler(g).compile(opts)
	if err != nil {
		return err
	}
	_, err = file.WriteTo(w)
	return err
}

// Open returns the Tagger of a file that Compile wrote; nil options are the
// zero Options. The file is mapped into memory until the process ends, and must
// not be changed in place: replace it by a new file, as compile does. The error
// names the file and says what to do: one that was cut, changed or written by
// another version of wiretag has to be compiled again.
func Open(path string, opts *Options) (*Tagger, error) {
	data, err := wtg.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read compiled gazetteer %s: %w", path, err)
	}
	t, err := OpenBytes(data, opts)
	if err != nil {
		return nil, fmt.Errorf("cannot use compiled gazetteer %s: %w", path, err)
	}
	return t, nil
}

// IsCompiled reports whether a file that begins with head is a compiled
// gazetteer, be it whole or not. It takes 8 bytes.
func IsCompiled(head []byte) bool { return wtg.IsCompiled(head) }

// OpenBytes is Open of what Compile wrote. data is used where it lies, also by
// records, and must not change.
func OpenBytes(data []byte, opts *Options) (*Tagger, error) {
	return openWith(segment.NewPunkt(), data, opts)
}

// openWith is OpenBytes with a segmenter. While the file is opened, another
// core loads the segmenter: that takes as long, and the first article needs it.
func openWith(punkt *segment.Punkt, data []byte, opts *Options) (*Tagger, error) {
	f, err := wtg.Parse(data, meaning)
	if err != nil {
		return nil, err
	}
	go punkt.Load()
	t := &Tagger{punkt: punkt, memo: segment.NewMemo(memoRuns), vocab: segment.OpenVocab(f)}
	if opts != nil {
		t.opts = *opts
	}
	if t.opts.Workers <= 0 {
		t.opts.Workers = runtime.GOMAXPROCS(0)
	}
	if err := t.openPack(f); err != nil {
		return nil, err
	}
	t.lex = lexicon.Open(f, t.vocab)
	t.names = resolve.Open(f)
	t.rules = topic.Open(f, t.names, t.opts.Draft)
	t.lex.CheckMeanings(f, [...]int{
		lexicon.ForForm: t.names.Forms(), lexicon.ForMask: t.names.Len() + 1, lexicon.ForGuard: t.names.Terms(),
		lexicon.ForTitle: 1, lexicon.ForTopic: t.rules.Atoms(),
		lexicon.ForFamily: t.names.Forms(), lexicon.ForFamilyFirst: t.names.Forms(),
	})
	t.free = make(chan *scratch, t.opts.Workers)
	return t, f.Err()
}

// openPack reads what concerns the gazetteer as a whole.
func (t *Tagger) openPack(f *wtg.File) error {
	rows, text := wtg.Rows[packRow](f, packName), f.Text()
	if f.Require(len(rows) == 1, packName); f.Err() != nil {
		return f.Err()
	}
	t.pack = models.Gazetteer{Name: text.At(rows[0].name), Hash: text.At(rows[0].hash)}
	t.warns = int(rows[0].warnings)
	return nil
}

// Gazetteer returns the name of the gazetteer and its hash.
func (t *Tagger) Gazetteer() models.Gazetteer { return t.pack }

// Warnings is how many the gazetteer had, as CompileOptions told.
func (t *Tagger) Warnings() int { return t.warns }

// Types returns the types that entities may have: OntoNotes', then those that
// the packs declare.
func (t *Tagger) Types() []string { return t.names.Types() }

// Forms returns the names and aliases that the gazetteer gives an entity, in
// its order. It takes time linear in the gazetteer.
func (t *Tagger) Forms(id string) (forms []string, known bool) {
	e := t.names.Find(id)
	if e < 0 {
		return nil, false
	}
	return t.names.FormsOf(e), true
}

// HasTopic reports whether the gazetteer has a topic, be it given or not.
func (t *Tagger) HasTopic(id string) bool { return t.rules.Has(id) }

// A compiler makes a file of a gazetteer. Its parts are of use afterwards to
// those who look at the words of the gazetteer.
type compiler struct {
	gazetteer *gazetteer.Gazetteer
	vocab     *segment.Vocab
	phraser   *lexicon.Phraser
	builder   *lexicon.Builder
	inflector *lexicon.Inflector
}

func newCompiler(g *gazetteer.Gazetteer) *compiler {
	c := &compiler{gazetteer: g, vocab: segment.NewVocab()}
	c.phraser = lexicon.NewPhraser(c.vocab)
	c.builder = lexicon.NewBuilder(c.vocab)
	c.inflector = lexicon.NewInflector(c.builder)
	return c
}

// compile returns the file. The order matters: the classes of words decide how
// phrases are cut.
func (c *compiler) compile(opts CompileOptions) (*wtg.Sealed, error) {
	fail := func(err error) (*wtg.Sealed, error) {
		return nil, fmt.Errorf("compile gazetteer %s: %w", c.gazetteer.Name.Value, err)
	}
	w := wtg.NewWriter()
	markWords(c.vocab, c.phraser, c.gazetteer)
	names := &resolve.Compiler{Builder: c.builder, Phraser: c.phraser, Inflector: c.inflector, Vocab: c.vocab, Writer: w}
	if err := names.Compile(c.gazetteer); err != nil {
		return fail(err)
	}
	topics := &topic.Compiler{Builder: c.builder, Phraser: c.phraser, Inflector: c.inflector, Vocab: c.vocab, Writer: w}
	if err := topics.Compile(c.gazetteer); err != nil {
		return fail(err)
	}
	c.builder.Build().Save(w)
	c.vocab.Save(w)
	wtg.Add(w, packName, []packRow{{
		w.Ref(c.gazetteer.Name.Value), w.Ref(c.gazetteer.Hash), uint32(opts.Warnings),
	}})
	file, err := w.Seal(meaning)
	if err != nil {
		return fail(err)
	}
	return file, nil
}
