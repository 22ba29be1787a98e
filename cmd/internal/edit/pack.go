package edit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"wiretag/gazetteer"
)

// defaultPack is the word for the embedded pack, which cannot be edited.
const defaultPack = "default"

// errDefault says what to do instead.
var errDefault = errors.New("the pack built in cannot be edited: name a pack of yours, which is made if it is not there and says uses: [default] to lie on top")

// A Pack is a pack that things are added to, as it is on disk.
type Pack struct {
	path  string // as Load takes it
	file  string // the one that the user named, "" if none
	g     *gazetteer.Gazetteer
	found gazetteer.Diagnostics
	files []*file // its own
	fresh *file   // the one among them that is to be made, nil if none
}

// A file is one file of the pack, read by itself.
type file struct {
	name string // as positions show it
	text []byte
	own  *gazetteer.Gazetteer
}

// Open reads the pack at path, a folder or a file. One that is not there yet
// is taken for one of a single file which lies on top of the default pack. The
// name, if it is not "", is the file of a folder that new entries go to.
func Open(path, name string) (*Pack, error) {
	if path == defaultPack {
		return nil, errDefault
	}
	p := &Pack{path: path}
	folder, err := p.isFolder()
	if err != nil {
		return nil, err
	}
	if p.file, err = p.named(name, folder); err != nil {
		return nil, err
	}
	p.g, p.found, err = gazetteer.Load(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, gazetteer.ErrEmptyPack) {
		return p, p.begin(folder)
	}
	if err != nil {
		return nil, err
	}
	for f := range p.g.Named() {
		p.add(f.Name, f.Text)
	}
	if p.file != "" && p.find(p.file) == nil {
		p.fresh = p.add(p.file, []byte("version: 1\n"))
	}
	return p, nil
}

// isFolder says whether the pack is a folder; of one that is not there its
// name decides.
func (p *Pack) isFolder() (bool, error) {
	info, err := os.Stat(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		ext := filepath.Ext(p.path)
		return ext != ".yaml" && ext != ".yml", nil
	}
	return err == nil && info.IsDir(), err
}

// named returns the name in positions of the file of a folder.
func (p *Pack) named(name string, folder bool) (string, error) {
	switch {
	case name == "":
		return "", nil
	case !folder:
		return "", fmt.Errorf("--file %s: %s is one file; leave --file out", name, p.path)
	case !filepath.IsLocal(name) || !gazetteer.IsPackFile(filepath.Base(name)):
		return "", fmt.Errorf("--file %s: it takes the name of a .yaml file in %s, which neither begins with a dot nor ends in _test", name, p.path)
	}
	return p.at(name), nil
}

// at is the name in positions of a file of a folder.
func (p *Pack) at(name string) string { return filepath.ToSlash(filepath.Join(p.path, name)) }

// begin makes a pack that has no file yet.
func (p *Pack) begin(folder bool) error {
	name := p.file
	switch {
	case !folder:
		name = filepath.ToSlash(filepath.Clean(p.path))
	case name == "":
		name = p.at("entities.yaml")
	}
	p.fresh = p.add(name, []byte("version: 1\nuses: [default]\n"))
	var err error
	p.g, p.found, err = gazetteer.LoadOverlay(map[string][]byte{name: p.fresh.text}, p.path)
	return err
}

func (p *Pack) add(name string, text []byte) *file {
	own, _ := gazetteer.Parse(name, text)
	f := &file{name, text, own}
	p.files = append(p.files, f)
	return f
}

func (p *Pack) find(name string) *file {
	if i := slices.IndexFunc(p.files, func(f *file) bool { return f.name == name }); i >= 0 {
		return p.files[i]
	}
	return nil
}

// fileFor returns the file that a new entry goes to: the one that the user
// named, the only one, or the first of those that count highest; where none
// counts anything, a new one.
func (p *Pack) fileFor(fresh string, count ...func(*gazetteer.Gazetteer) int) *file {
	if p.file != "" {
		return p.find(p.file)
	}
	if folder, err := p.isFolder(); err != nil || !folder {
		return p.files[0]
	}
	if p.fresh == nil {
		for _, count := range count {
			best := slices.MaxFunc(p.files, func(a, b *file) int { return count(a.own) - count(b.own) })
			if count(best.own) > 0 {
				return best
			}
		}
	}
	return p.freshFile(p.at(fresh))
}

// freshFile returns the file that is to be made, under this name.
func (p *Pack) freshFile(name string) *file {
	switch f := p.find(name); {
	case f != nil:
		return f
	case p.fresh != nil:
		p.fresh.name = name
	default:
		p.fresh = p.add(name, []byte("version: 1\n"))
	}
	return p.fresh
}
