package gazetteer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"wiretag/gazetteer/pack"
)

// defaultPack is the word for the embedded pack, wherever a pack is named.
const defaultPack = "default"

// A source is where a pack lies: a folder or a file, of the machine or, with
// fsys, of a file system that somebody handed over; or nowhere yet, with draft.
type source struct {
	fsys  fs.FS
	draft []byte
	path  string // with slashes in fsys, else as the machine writes it
	show  string // the path as positions show it, with slashes
	house bool   // it is the embedded pack
}

// errNoPack says that a folder or file is no pack.
var errNoPack = errors.New("not a gazetteer")

// ErrEmptyPack is the error of Load for a folder that holds no file of a pack.
var ErrEmptyPack = fmt.Errorf("%w: there is no .yaml file in it", errNoPack)

func sourceOf(name string) source {
	if name == defaultPack {
		return source{fsys: pack.FS, path: ".", show: defaultPack, house: true}
	}
	name = filepath.Clean(name)
	return source{path: name, show: filepath.ToSlash(name)}
}

// beside returns the source that uses: names in one of s's files, which lies at
// the path file within the pack.
func (s source) beside(file, use string) (source, error) {
	if use == defaultPack {
		return sourceOf(use), nil
	}
	if s.fsys != nil || s.draft != nil {
		return source{}, fmt.Errorf("a pack that is not on disk can use %s alone", defaultPack)
	}
	use = filepath.FromSlash(use)
	if !filepath.IsAbs(use) {
		use = filepath.Join(filepath.Dir(filepath.Join(s.path, filepath.FromSlash(file))), use)
	}
	use = filepath.Clean(use)
	return source{path: use, show: filepath.ToSlash(use)}, nil
}

// key tells packs apart: one pack reached on two ways has one key.
func (s source) key() string {
	switch {
	case s.house:
		return defaultPack
	case s.draft != nil:
		return "draft:" + s.path
	case s.fsys != nil:
		return "fs:" + s.path
	}
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return s.path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	return "file:" + abs
}

// name is what a pack is called that has no name:.
func (s source) name() string {
	base := path.Base(s.show)
	if s.fsys == nil {
		if abs, err := filepath.Abs(s.path); err == nil {
			base = filepath.Base(abs)
		}
	}
	return stem(base)
}

// A file is one YAML file of a pack.
type file struct {
	path string // within the pack, with slashes; "" where the pack is this file
	show string
	src  []byte
}

// files reads the YAML files of s, sorted by path.
func (s source) files() ([]file, error) {
	if s.draft != nil {
		return []file{{"", s.show, s.draft}}, nil
	}
	return s.read(readPack)
}

// testFiles reads the files of tests beside s, sorted by path.
func (s source) testFiles() ([]file, error) { return s.read(readTests) }

// read calls a reader with the file system that s lies in.
func (s source) read(read func(fsys fs.FS, name, show string) ([]file, error)) ([]file, error) {
	if s.fsys != nil {
		return read(s.fsys, s.path, s.show)
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, err
	}
	dir, base := s.path, "."
	if !info.IsDir() {
		dir, base = filepath.Split(s.path)
		dir = filepath.Clean(dir)
		// The file may be a link that leads out of its folder: it was named.
		return read(os.DirFS(dir), base, s.show)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return read(root.FS(), base, s.show)
}

// readPack reads the pack at name, a folder or a file of fsys.
func readPack(fsys fs.FS, name, show string) ([]file, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	switch {
	case info.IsDir():
		out, err := walkYAML(fsys, name, show, func(at string) bool { return isYAML(at) && !isTest(at) })
		if err == nil && len(out) == 0 {
			err = ErrEmptyPack
		}
		return out, err
	case !isYAML(name):
		return nil, fmt.Errorf("%w: a pack is a folder, a .yaml or .yml file, or the word default", errNoPack)
	case isTest(name):
		return nil, fmt.Errorf("%w: a file of tests; name the pack that it lies beside", errNoPack)
	}
	src, err := readFile(fsys, name)
	return []file{{"", show, src}}, err
}

// readTests reads the tests of the pack at name: every file of tests in a
// folder, or X_test.yaml beside the file X.yaml.
func readTests(fsys fs.FS, name, show string) ([]file, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return walkYAML(fsys, name, show, isTest)
	}
	var out []file
	for _, ext := range []string{"_test.yaml", "_test.yml"} {
		src, err := readFile(fsys, stem(name)+ext)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, file{"", stem(show) + ext, src})
	}
	return out, nil
}

func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// walkYAML reads the files below a folder that are wanted and not hidden.
func walkYAML(fsys fs.FS, name, show string, wanted func(at string) bool) ([]file, error) {
	const most = 1000
	var out []file
	err := fs.WalkDir(fsys, name, func(at string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case at != name && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || !wanted(at):
			return nil
		case len(out) == most:
			return fmt.Errorf("a pack has at most %d .yaml files, and this folder has more: make it several packs that uses: names", most)
		}
		src, err := readFile(fsys, at)
		if err != nil && d.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s is a link that cannot be followed: a pack holds its files itself, or links to others of its own", at)
		}
		within := strings.TrimPrefix(strings.TrimPrefix(at, name), "/")
		if name == "." {
			within = at
		}
		out = append(out, file{within, path.Join(show, within), src})
		return err
	})
	return out, err
}

// readFile reads a regular file: opening a pipe could wait for ever.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	const largest = 256 << 20
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: %w: it is not a regular file", name, errNoPack)
	case info.Size() > largest:
		return nil, fmt.Errorf("%s: %w: it is larger than %d MiB", name, errNoPack, largest>>20)
	}
	return fs.ReadFile(fsys, name)
}

func isYAML(name string) bool {
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}

// isTest tells the files of test cases, which lie beside a pack.
func isTest(name string) bool {
	return strings.HasSuffix(name, "_test.yaml") || strings.HasSuffix(name, "_test.yml")
}
