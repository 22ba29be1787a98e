package suggest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Labels say which articles have which topics, by the ids of records.
type Labels struct {
	topics map[string][]string
	met    map[string]bool
}

// ReadLabels reads JSON lines {"id": …, "topics": […]}; "labels" stands for
// "topics". A line that is none is an error with its place: what is not read
// would be counted wrong.
func ReadLabels(path string) (*Labels, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the labels: %w", err)
	}
	defer f.Close() // only read: nothing to lose
	return readLabels(path, f)
}

func readLabels(path string, in io.Reader) (*Labels, error) {
	l := &Labels{topics: map[string][]string{}, met: map[string]bool{}}
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("cannot read the labels: %s: %w", path, err)
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if text := bytes.TrimSpace(line); len(text) > 0 {
			if bad := l.add(text); bad != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n, bad)
			}
		}
		if err != nil {
			return l, nil
		}
	}
}

// add reads one line.
func (l *Labels) add(line []byte) error {
	var row struct {
		ID     any       `json:"id"`
		Topics *[]string `json:"topics"`
		Labels *[]string `json:"labels"`
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	if err := dec.Decode(&row); err != nil {
		return fmt.Errorf(`not a label: write {"id": "a", "topics": ["protest"]}, one a line`)
	}
	id := ""
	switch v := row.ID.(type) {
	case string:
		id = v
	case json.Number:
		id = v.String()
	}
	topics := row.Topics
	if topics == nil {
		topics = row.Labels
	}
	switch {
	case id == "":
		return fmt.Errorf(`a label without "id", which names the article`)
	case topics == nil:
		return fmt.Errorf(`a label without "topics": write [] for an article without any`)
	}
	l.topics[id] = append(l.topics[id], *topics...)
	return nil
}

// Has reports whether an article has one of some topics, and whether there is
// a label for it at all.
func (l *Labels) Has(id string, topics map[string]bool) (has, labelled bool) {
	given, ok := l.topics[id]
	if !ok {
		return false, false
	}
	l.met[id] = true
	return slices.ContainsFunc(given, func(t string) bool { return topics[t] }), true
}

// Unmet counts the labels whose article never came.
func (l *Labels) Unmet() int { return len(l.topics) - len(l.met) }
