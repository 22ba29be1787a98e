package gazetteer

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// overlaid returns the files of s with the texts of an overlay in their place
// or beside them. An error of reading that a text makes good is dropped.
func overlaid(s source, files []file, err error, overlay map[string][]byte) ([]file, error) {
	absent := errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrEmptyPack)
	if err != nil && !absent {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(overlay)) {
		within, inside := s.within(name)
		if !inside {
			continue
		}
		err = nil
		f := file{within, name, overlay[name]}
		i, found := slices.BinarySearchFunc(files, within, func(f file, within string) int { return byPath(f.path, within) })
		if found {
			files[i] = f
		} else {
			files = slices.Insert(files, i, f)
		}
	}
	return files, err
}

// within returns the path in s of the file that positions show as name.
func (s source) within(name string) (string, bool) {
	if name == s.show {
		return "", true
	}
	rel, err := filepath.Rel(s.path, filepath.FromSlash(name))
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// byPath is the order in which a folder is walked.
func byPath(a, b string) int {
	return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
}
