package tagger_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wiretag/gazetteer"
	"wiretag/models"
)

// TestWikinewsTopics holds the topics that the default pack gives 120 Wikinews
// articles against their gold, in two halves, and the figures against a golden
// file. Gold and output are closed upward over the topic tree for "micro" and
// "macro"; "leaves" compares what each names by itself. With -v every error of
// the first half is shown, and no error of the second: nobody mends on it.
func TestWikinewsTopics(t *testing.T) {
	articles := readWikinews(t)
	g, tg := defaultPack(t)
	parents := map[string]string{}
	for _, topic := range g.Topics {
		parents[topic.ID.Value] = topic.Parent.Value
	}
	var b strings.Builder
	for half, name := range []string{"mended on", "untouched"} {
		closed, leaves := map[string]counts{}, map[string]counts{}
		n := 0
		for i, gold := range readTopicGold(t) {
			if i%2 != half {
				continue
			}
			n++
			rec := tg.Tag(articles[gold.ID])
			own := topicIDs(&rec, true)
			if half == 0 {
				t.Logf("%s %s: gold %v, given %v", gold.ID, articles[gold.ID].Title, gold.Topics, own)
			}
			count(leaves, gold.Topics, own)
			count(closed, upward(gold.Topics, parents), topicIDs(&rec, false))
		}
		fmt.Fprintf(&b, "%s: %d articles\n", name, n)
		writeScores(&b, closed, leaves)
	}
	checkGolden(t, "wikinews.txt", b.String())
}

func writeScores(b *strings.Builder, closed, leaves map[string]counts) {
	sum := func(m map[string]counts) (all counts, macro float64) {
		for _, c := range m {
			all.right, all.wrong, all.missed = all.right+c.right, all.wrong+c.wrong, all.missed+c.missed
			macro += c.f1() / float64(len(m))
		}
		return all, macro
	}
	for _, id := range slices.Sorted(maps.Keys(closed)) {
		fmt.Fprintf(b, "  %-24s %s  F1 %.3f\n", id, closed[id], closed[id].f1())
	}
	all, macro := sum(closed)
	fmt.Fprintf(b, "  %-24s %s  F1 %.3f\n  %-24s F1 %.3f\n", "micro", all, all.f1(), "macro", macro)
	all, _ = sum(leaves)
	fmt.Fprintf(b, "  %-24s %s  F1 %.3f\n\n", "leaves, micro", all, all.f1())
}

func (c counts) f1() float64 {
	return float64(2*c.right) / float64(max(2*c.right+c.wrong+c.missed, 1))
}

func count(m map[string]counts, gold, given []string) {
	for _, id := range given {
		c := m[id]
		if slices.Contains(gold, id) {
			c.right++
		} else {
			c.wrong++
		}
		m[id] = c
	}
	for _, id := range gold {
		if !slices.Contains(given, id) {
			c := m[id]
			c.missed++
			m[id] = c
		}
	}
}

// upward adds the ancestors of topics.
func upward(ids []string, parents map[string]string) []string {
	var out []string
	for _, id := range ids {
		for ; id != "" && !slices.Contains(out, id); id = parents[id] {
			out = append(out, id)
		}
	}
	return out
}

func topicIDs(rec *models.Record, own bool) []string {
	var out []string
	for _, t := range rec.Topics {
		if !own || t.Child == "" {
			out = append(out, t.ID)
		}
	}
	return out
}

type topicGold struct {
	ID     string
	Topics []string
}

func readTopicGold(t *testing.T) []topicGold {
	t.Helper()
	return readJSONL[topicGold](t, filepath.Join("..", "testdata", "wikinews", "topics.jsonl"))
}

func readWikinews(t *testing.T) map[string]models.Document {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", "corpora", "wikinews.jsonl")
	if _, err := os.Stat(path); err != nil {
		t.Skip("no ../shared: ", err)
	}
	out := map[string]models.Document{}
	for _, a := range readJSONL[struct{ ID, Title, Text string }](t, path) {
		out[a.ID] = models.Document{ID: a.ID, Title: a.Title, Text: a.Text}
	}
	return out
}

// readJSONL reads a file of one JSON value a line.
func readJSONL[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	for dec := json.NewDecoder(bufio.NewReader(f)); ; {
		var v T
		switch err := dec.Decode(&v); {
		case errors.Is(err, io.EOF):
			return out
		case err != nil:
			t.Fatalf("%s: value %d: %v", path, len(out)+1, err)
		}
		out = append(out, v)
	}
}

// TestTopicGold holds that the gold names topics of the pack, none beside its
// parent.
func TestTopicGold(t *testing.T) {
	g, _, err := gazetteer.Load()
	if err != nil {
		t.Fatal(err)
	}
	parents := map[string]string{}
	for _, topic := range g.Topics {
		parents[topic.ID.Value] = topic.Parent.Value
	}
	golds := readTopicGold(t)
	if len(golds) != 120 {
		t.Errorf("%d articles, want 120", len(golds))
	}
	for _, gold := range golds {
		for _, id := range gold.Topics {
			if _, ok := parents[id]; !ok {
				t.Errorf("%s: there is no topic %s", gold.ID, id)
			}
			if p := parents[id]; p != "" && slices.Contains(gold.Topics, p) {
				t.Errorf("%s: %s stands beside its parent %s", gold.ID, id, p)
			}
		}
	}
}
