package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// sources are the real names of a folder of data; all empty without it.
type sources struct {
	entities [kinds][]entity
	parts    parts
	read     int // how many lists were there
}

// readSources reads the lists that are there. One that is not is no error: it
// is made up.
func readSources(data string) (*sources, error) {
	src := &sources{}
	if data == "" {
		return src, nil
	}
	names := filepath.Join(data, "names")
	for _, list := range []string{"openstates-people", "us-congress", "ofac-sdn", "un-sanctions", "sec-companies", "sp500"} {
		err := src.eachLine(filepath.Join(names, list+".jsonl"), src.addEntity)
		if err != nil {
			return nil, err
		}
	}
	err := src.eachLine(filepath.Join(names, "geonames-cities1000.tsv"), func(line string) error {
		cells := strings.Split(line, "\t")
		if len(cells) < 2 || cells[0] == "geonameid" {
			return nil
		}
		src.parts.places = append(src.parts.places, cells[1])
		src.entities[places] = append(src.entities[places], entity{Type: "GPE", Names: []string{cells[1]}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	words := filepath.Join(data, "words")
	for _, f := range []struct {
		list string
		to   *[]string
	}{
		{"us-census-1990-first-female", &src.parts.first},
		{"us-census-1990-first-male", &src.parts.first},
		{"us-census-1990-surnames", &src.parts.last},
	} {
		err := src.eachLine(filepath.Join(words, f.list+".tsv"), func(line string) error {
			if name, _, _ := strings.Cut(line, "\t"); name != "name" && name != "" {
				*f.to = append(*f.to, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return src, nil
}

// addEntity reads a line of a list of people and firms.
func (s *sources) addEntity(line string) error {
	var in struct {
		Type, Name string
		Aliases    []string
	}
	if err := json.Unmarshal([]byte(line), &in); err != nil {
		return err
	}
	e, kind := entity{Type: "ORG", Names: append([]string{in.Name}, in.Aliases...)}, firms
	switch in.Type {
	case "PER":
		e.Type, kind = "PERSON", people
	case "LOC":
		e.Type, kind = "GPE", places
	}
	s.entities[kind] = append(s.entities[kind], e)
	return nil
}

// eachLine calls do with every line of a file, if it is there.
func (s *sources) eachLine(path string, do func(line string) error) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	s.read++
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for n := 1; in.Scan(); n++ {
		if err := do(in.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
