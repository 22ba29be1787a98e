package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// An article of the corpus.
type article struct {
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	Text  string `json:"text"`
}

func (a *article) bytes() int { return len(a.Title) + len(a.Text) }

// A corpus is the articles that everything is measured on.
type corpus struct {
	articles []article
	source   string // where they are from, for the table's foot
}

// textBytes is what MB/s counts: titles and texts, without the JSON around.
func textBytes(articles []article) int {
	n := 0
	for i := range articles {
		n += articles[i].bytes()
	}
	return n
}

// readCorpus reads the files asked for, else those of the data, else makes
// articles up in which names stand.
func readCorpus(cfg *config, names []entity) (*corpus, error) {
	files := cfg.corpus
	if len(files) == 0 && cfg.data != "" {
		for _, name := range []string{"sotu", "factbook", "digitalgov"} {
			path := filepath.Join(cfg.data, "corpora", name+".jsonl")
			if _, err := os.Stat(path); err == nil {
				files = append(files, path)
			} else if !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
	}
	if len(files) == 0 {
		return &corpus{makeArticles(names, cfg.generate), "made up, with names of the smallest dictionary"}, nil
	}
	c := &corpus{}
	var bases []string
	for _, path := range files {
		if err := c.readFile(path); err != nil {
			return nil, fmt.Errorf("cannot read corpus %s: %w", path, err)
		}
		bases = append(bases, filepath.Base(path))
	}
	c.source = strings.Join(bases, ", ")
	if textBytes(c.articles) == 0 {
		return nil, fmt.Errorf("no text in %s; a corpus is JSON lines with id, title and text", c.source)
	}
	return c, nil
}

func (c *corpus) readFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var a article
		err := dec.Decode(&a)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("article %d: %w", len(c.articles)+1, err)
		}
		c.articles = append(c.articles, a)
	}
}

// articleBytes is about how long a made-up article is.
const articleBytes = 3000

// makeArticles makes up articles of n bytes together. Nearly every sentence
// has a name.
func makeArticles(names []entity, n int) []article {
	rng := rand.New(rand.NewPCG(seed, 2))
	var words []string
	for range 3000 {
		words = append(words, madeWord(rng, false))
	}
	var out []article
	for size := 0; size < n; size += out[len(out)-1].bytes() {
		a := article{ID: "made-" + strconv.Itoa(len(out)), Title: sentence(rng, words, names)}
		var b strings.Builder
		for b.Len() < articleBytes && size+b.Len() < n {
			for range 2 + rng.IntN(4) {
				b.WriteString(sentence(rng, words, names))
				b.WriteString(". ")
			}
			b.WriteString("\n\n")
		}
		a.Text = b.String()
		out = append(out, a)
	}
	return out
}

// sentence is some words, every fourth or so one of English, and mostly a name.
func sentence(rng *rand.Rand, words []string, names []entity) string {
	common := []string{"the", "of", "and", "to", "in", "a", "that", "for", "was", "with", "said", "on", "by", "from", "has", "were"}
	var out []string
	for range 6 + rng.IntN(18) {
		if rng.IntN(3) == 0 {
			out = append(out, pick(rng, common))
		} else {
			out = append(out, pick(rng, words))
		}
	}
	out[0] = strings.ToUpper(out[0][:1]) + out[0][1:]
	if rng.IntN(4) > 0 {
		at := 1 + rng.IntN(len(out)-1)
		out[at] += " " + pick(rng, names[rng.IntN(len(names))].Names)
	}
	return strings.Join(out, " ")
}

// writeArticles writes JSON lines.
func writeArticles(path string, articles []article) error {
	var failed error
	err := writeFile(path, func(w *bufio.Writer) {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range articles {
			failed = errors.Join(failed, enc.Encode(&articles[i]))
		}
	})
	return errors.Join(err, failed)
}

// writePlain writes titles and texts for the tools that know no JSON, with a
// form feed in a line's end after each article.
func writePlain(path string, articles []article) error {
	return writeFile(path, func(w *bufio.Writer) {
		for i := range articles {
			w.WriteString(articles[i].Title)
			w.WriteString("\n\n")
			w.WriteString(articles[i].Text)
			w.WriteString("\f\n")
		}
	})
}

// every returns every k-th article.
func every(articles []article, k int) []article {
	var out []article
	for i := 0; i < len(articles); i += k {
		out = append(out, articles[i])
	}
	return out
}

// sampleOf returns articles from all over the corpus with about n bytes.
func sampleOf(articles []article, n int) []article {
	if n == 0 {
		return nil
	}
	return every(articles, max(1, textBytes(articles)/n))
}

// joined is one article of all.
func joined(articles []article) article {
	var b bytes.Buffer
	for i := range articles {
		b.WriteString(articles[i].Title)
		b.WriteString("\n\n")
		b.WriteString(articles[i].Text)
		b.WriteString("\n\n")
	}
	return article{ID: "joined", Text: b.String()}
}
