package gazetteer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"iter"
	"sync"

	"wiretag/gazetteer/words"
)

// Load reads packs and merges them as layers in the order given, the first
// lowest, each on top of the packs it uses. A pack is a folder, a .yaml or
// .yml file, or the word "default" for the embedded pack, which is also what
// no pack at all means. A folder named default is "./default".
//
// What is wrong with the content is in the Diagnostics, sorted by place; the
// Gazetteer then holds what could be made of it. The error is for what could
// not be read and names the path; only then is the Gazetteer nil.
func Load(packs ...string) (*Gazetteer, Diagnostics, error) {
	return LoadOverlay(nil, packs...)
}

// LoadOverlay is Load of packs as they would be with other texts in the place
// of some files, or beside them: overlay holds the texts by the names that
// positions show. The pack of such a file need not be there yet.
func LoadOverlay(overlay map[string][]byte, packs ...string) (*Gazetteer, Diagnostics, error) {
	if len(packs) == 0 {
		packs = []string{defaultPack}
	}
	sources := make([]source, len(packs))
	for i, name := range packs {
		sources[i] = sourceOf(name)
	}
	return load(sources, overlay)
}

// LoadFS reads one pack from the root of a file system; otherwise it is like
// Load. The name stands before the paths in positions and is the name of a
// pack that gives itself none. The pack may use the default pack and no other.
func LoadFS(fsys fs.FS, name string) (*Gazetteer, Diagnostics, error) {
	return load([]source{{fsys: fsys, path: ".", show: name}}, nil)
}

// LoadDraft is Load with one more pack on top that lies in no file yet: src,
// which is called name in positions. It may use the default pack and no other.
func LoadDraft(name string, src []byte, packs ...string) (*Gazetteer, Diagnostics, error) {
	var sources []source
	for _, p := range packs {
		sources = append(sources, sourceOf(p))
	}
	return load(append(sources, source{draft: src, path: name, show: name}), nil)
}

func load(sources []source, overlay map[string][]byte) (*Gazetteer, Diagnostics, error) {
	l := &loader{state: map[string]state{}, hash: sha256.New(), overlay: overlay}
	for _, s := range sources {
		if err := l.pack(s, true); err != nil {
			return nil, nil, fmt.Errorf("cannot read gazetteer %s: %w", s.show, trimPath(err, s.path))
		}
	}
	m := &merger{diags: l.diags}
	g := m.merge(l.layers)
	g.Hash = "sha256:" + hex.EncodeToString(l.hash.Sum(nil))
	g.former, g.gone = m.former, m.gone
	for _, y := range l.layers {
		g.Packs = append(g.Packs, y.Pack)
	}
	return g, m.diags.Sort(), nil
}

// trimPath drops from an error the name of the system call, and the path if
// the message names it already.
func trimPath(err error, path string) error {
	pathErr, ok := err.(*fs.PathError)
	switch {
	case !ok:
		return err
	case pathErr.Path == path:
		return pathErr.Err
	}
	return fmt.Errorf("%s: %w", pathErr.Path, pathErr.Err)
}

// A Pack is one of the packs that a gazetteer is made of.
type Pack struct {
	Path  string // as positions show it
	Asked bool   // it was named to Load, and does not only lie below another
	Files []File // in order

	source source
}

// A File is one YAML file of a pack as it was read.
type File struct {
	Name string // as positions show it
	Text []byte // not to be changed
}

// Named walks the files of the packs that were named to Load, in order.
func (g *Gazetteer) Named() iter.Seq[File] {
	return func(yield func(File) bool) {
		for _, p := range g.Packs {
			for _, f := range p.Files {
				if p.Asked && !yield(f) {
					return
				}
			}
		}
	}
}

// A layer is one pack, file by file, before it is merged.
type layer struct {
	Pack
	name  string // of the pack, where no file gives one
	files []*Gazetteer
}

// state says how far the loading of a pack has come.
type state uint8

const (
	loading state = iota + 1
	loaded
)

type loader struct {
	diags  Diagnostics
	layers []*layer // lowest first
	state  map[string]state
	depth  int // how many packs are being loaded, each used by the one before
	hash   hash.Hash

	overlay map[string][]byte
}

// pack loads s on top of the packs it uses, once.
func (l *loader) pack(s source, asked bool) error {
	key := s.key()
	if l.state[key] == loaded {
		l.ask(key, asked)
		return nil
	}
	files, err := s.files()
	if len(l.overlay) > 0 && s.fsys == nil {
		files, err = overlaid(s, files, err, l.overlay)
	}
	if err != nil {
		return err
	}
	l.state[key] = loading
	l.depth++
	defer func() { l.depth-- }()
	y := &layer{name: s.name(), Pack: Pack{Path: s.show, Asked: asked, source: s}}
	for _, f := range files {
		g, diags := Parse(f.show, f.src)
		y.Files = append(y.Files, File{f.show, f.src})
		y.files = append(y.files, g)
		l.diags = append(l.diags, diags...)
	}
	for i, g := range y.files {
		for _, use := range g.Uses {
			l.use(s, files[i].path, use)
		}
	}
	l.state[key] = loaded
	l.layers = append(l.layers, y)
	l.sum(files)
	return nil
}

// ask notes that a pack is asked for that another one uses.
func (l *loader) ask(key string, asked bool) {
	for _, y := range l.layers {
		if y.source.key() == key {
			y.Asked = y.Asked || asked
		}
	}
}

// use loads a pack that a file of s uses. That it cannot be read is a mistake
// in that file, not a failure of the machine.
func (l *loader) use(s source, file string, use String) {
	const deepest = 64
	below, err := s.beside(file, use.Value)
	if err == nil && l.state[below.key()] == loading {
		l.diags = append(l.diags, finding(use.Pos, cycle, "uses "+quote(use.Value)+" leads back to this pack: a pack lies above or below another, not both"))
		return
	}
	switch {
	case err != nil:
	case l.depth > deepest && l.state[below.key()] != loaded:
		err = fmt.Errorf("packs use each other at most %d deep: let one use several, side by side", deepest)
	default:
		err = l.pack(below, false)
	}
	if err != nil {
		l.diags = append(l.diags, finding(use.Pos, unknownPack, fmt.Sprintf("uses %s, which cannot be read: %v", quote(use.Value), trimPath(err, below.path))))
	}
}

// sum adds the files of one pack to the hash. The lengths keep the content of
// two files from being read as that of others.
func (l *loader) sum(files []file) {
	fmt.Fprintf(l.hash, "pack %d\n", len(files))
	for _, f := range files {
		fmt.Fprintf(l.hash, "%q %d\n", f.path, len(f.src))
		l.hash.Write(f.src)
	}
}

// houseLists returns the word lists of the house and what is wrong with them.
// They are parsed once in a process and never written to: see merger.house.
var houseLists = sync.OnceValues(func() ([]*List, Diagnostics) {
	files, err := readPack(words.FS, ".", "words")
	if err != nil {
		return nil, nil // an empty folder: a test asserts that it is not
	}
	var lists []*List
	var diags Diagnostics
	for _, f := range files {
		g, p := parse(f.show, f.src)
		lists = append(lists, g.Lists...)
		diags = append(diags, p.diags...)
	}
	return lists, diags
})
