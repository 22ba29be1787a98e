package eval

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wiretag/cmd/internal/encode"
	"wiretag/models"

	"github.com/google/go-cmp/cmp"
)

// written writes files into a new folder.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shown writes an article in short: its id, its mentions as quotes with type
// and id, its topics.
func shown(a *Article) string {
	var parts []string
	if a.Doc.Title != "" {
		parts = append(parts, a.Doc.Title+" /")
	}
	parts = append(parts, strings.ReplaceAll(a.Doc.Text, "\n", "|"), "::")
	for _, m := range a.Mentions {
		s := m.Type + "=" + strings.ReplaceAll(m.Quote(&a.Doc), "\n", "|")
		if m.Field == models.Title {
			s = "title:" + s
		}
		if m.ID != "" {
			s += "#" + m.ID
		}
		parts = append(parts, s)
	}
	if a.HasTopics {
		parts = append(parts, "topics="+strings.Join(a.Topics, ","))
	}
	if !a.HasMentions {
		parts = append(parts, "unmarked")
	}
	return strings.Join(parts, " ")
}

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		paths []string
		opts  ReadOptions
		want  map[string]string // by id, without the folder
		notes []string
	}{
		{
			name: "jsonl with all there is",
			files: map[string]string{"a.jsonl": `{"id":"x","title":"In Kobe","text":"Žižek met Vantor.","mentions":[{"field":"title","start":3,"end":7,"type":"GPE","id":"kobe","quote":"Kobe"},{"start":10,"end":16,"type":"ORG"}],"topics":["b","a"]}

{"id":"y","text":"None.","topics":[]}
`},
			want: map[string]string{"x": "In Kobe / Žižek met Vantor. :: title:GPE=Kobe#kobe ORG=Vantor topics=a,b", "y": "None. :: topics= unmarked"},
		},
		{
			name:  "spans in short, a list of articles, no ids",
			files: map[string]string{"a.json": `[{"text":"Vantor.","spans":[[0,6,"ORG","vantor"]]},` + "\n" + `{"text":"Kobe.","spans":[]}]`},
			want:  map[string]string{"a.json#1": "Vantor. :: ORG=Vantor#vantor", "a.json#2": "Kobe. ::"},
		},
		{
			name:  "bytes",
			files: map[string]string{"a.jsonl": `{"text":"Žižek met Vantor.","spans":[[12,18,"ORG"]]}`},
			opts:  ReadOptions{Offsets: encode.Byte},
			want:  map[string]string{"a.jsonl#1": "Žižek met Vantor. :: ORG=Vantor"},
		},
		{
			name:  "UTF-16",
			files: map[string]string{"a.jsonl": `{"text":"😀 Vantor.","spans":[[3,9,"ORG"]]}`},
			opts:  ReadOptions{Offsets: encode.UTF16},
			want:  map[string]string{"a.jsonl#1": "😀 Vantor. :: ORG=Vantor"},
		},
		{
			name: "spaCy: ours, pairs, ents",
			files: map[string]string{
				"a.jsonl": `{"text":"Vantor.","spans":[{"start":0,"end":6,"label":"ORG","id":"vantor"}],"label":[[0,6,"ORG"]],"cats":{"espionage":0.8,"sport":0},"meta":{"id":"n1"}}`,
				"b.json":  `[["Vantor left.", {"entities": [[0, 6, "ORG"]], "cats": {"sport": true}}], ["Kobe.", {"entities": []}]]`,
				"c.jsonl": `{"text":"Kobe.","ents":[{"start":0,"end":4,"label":"GPE"}]}`,
			},
			want: map[string]string{
				"n1": "Vantor. :: ORG=Vantor#vantor topics=espionage", "b.json#1": "Vantor left. :: ORG=Vantor topics=sport",
				"b.json#2": "Kobe. ::", "c.jsonl#1": "Kobe. :: GPE=Kobe",
			},
		},
		{
			name:  "CoNLL: a blank line ends an article",
			files: map[string]string{"a.conll": "# a comment\nJulien B-PER\nJin I-PER\nleft O\n\nBIG B-ORG\nCO I-ORG\nKobe B-GPE\n"},
			want:  map[string]string{"a.conll#1": "Julien Jin left :: PER=Julien Jin", "a.conll#2": "BIG CO Kobe :: ORG=BIG CO GPE=Kobe"},
		},
		{
			name:  "CoNLL: -DOCSTART-, IOB1, four columns",
			files: map[string]string{"a.conll": "-DOCSTART- -X- O O\n\nKobe -X- O I-LOC\nJin -X- O I-PER\nLi -X- O B-PER\n\n# -X- O O\n. -X- O O\n-DOCSTART- -X- O O\nKobe -X- O O\n"},
			want:  map[string]string{"a.conll#1": "Kobe Jin Li|# . :: LOC=Kobe PER=Jin PER=Li", "a.conll#2": "Kobe ::"},
		},
		{
			name:  "CoNLL: BIOES by content",
			files: map[string]string{"a.txt": "Big B-ORG\nBad I-ORG\nCo E-ORG\nKobe S-GPE\nOsaka S-GPE\n"},
			want:  map[string]string{"a.txt#1": "Big Bad Co Kobe Osaka :: ORG=Big Bad Co GPE=Kobe GPE=Osaka"},
		},
		{
			name: "brat: a folder, pieces on two lines, an id, pieces with words between",
			files: map[string]string{
				"d.txt": "Žižek met Julien\nJin of Vantor and Big and Bad Co.\n",
				"d.ann": "T1\tPERSON 10 16;17 20\tJulien Jin\nN1\tReference T1 wikidata:Q1\tJin\n#1\tAnnotatorNotes T1\tnote\nT2\tORG 24 30\tVantor\nT3\tORG 35 38;47 49\tBig Co\nR1\tWorks Arg1:T1 Arg2:T2\n",
			},
			paths: []string{""},
			want:  map[string]string{"d": "Žižek met Julien|Jin of Vantor and Big and Bad Co.| :: PERSON=Julien|Jin#wikidata:Q1 ORG=Vantor"},
			notes: []string{"left out: d.ann:5: “Big Co” is in pieces with other words between them"},
		},
		{
			name:  "a mention twice, and a type for all that have none",
			files: map[string]string{"a.jsonl": `{"id":"x","text":"Kobe","mentions":[{"start":0,"end":4},{"start":0,"end":4,"type":"LOC"}]}`},
			opts:  ReadOptions{Type: "LOC"},
			want:  map[string]string{"x": "Kobe :: LOC=Kobe"},
			notes: []string{"left out: 1 mention that gold has twice"},
		},
		{
			name:  "texts from elsewhere",
			files: map[string]string{"a.jsonl": `{"id":"x","mentions":[{"field":"title","start":0,"end":4,"type":"GPE"}]}` + "\n" + `{"id":"y","text":"","topics":[]}`},
			opts: ReadOptions{TextsName: "news.jsonl", Texts: func(want map[string]bool) (map[string]models.Document, error) {
				out := map[string]models.Document{}
				for id := range want {
					out[id] = models.Document{ID: id, Title: "Kobe", Text: "Of " + id}
				}
				return out, nil
			}},
			want: map[string]string{"x": "Kobe / Of x :: title:GPE=Kobe", "y": " :: topics= unmarked"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t, tt.files)
			paths := tt.paths
			if paths == nil {
				paths = slices.Sorted(maps.Keys(tt.files))
			}
			for i := range paths {
				paths[i] = filepath.Join(dir, paths[i])
			}
			gold, err := Read(paths, tt.opts)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, a := range gold.Articles {
				got[strings.TrimPrefix(a.Doc.ID, dir+"/")] = shown(a)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("articles (-want +got):\n%s", diff)
			}
			var notes []string
			for _, n := range gold.Notes {
				notes = append(notes, strings.ReplaceAll(n, dir+"/", ""))
			}
			if diff := cmp.Diff(tt.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	none := func(map[string]bool) (map[string]models.Document, error) { return nil, nil }
	for _, tt := range []struct {
		name, file, content string
		opts                ReadOptions
		want                string
	}{
		{"out of the text", "a.jsonl", "\n" + `{"id":"x","text":"Kobe","spans":[[0,5,"GPE"]]}`, ReadOptions{}, `a.jsonl:2: article "x": the span [0,5) of the text is out of it: it has 4 characters`},
		{"before the text", "a.jsonl", `{"id":"x","text":"Kobe","spans":[[-1,3,"GPE"]]}`, ReadOptions{}, `a.jsonl:1: article "x": the span [-1,3) of the text is out of it: it has 4 characters`},
		{"empty", "a.jsonl", `{"id":"x","text":"Kobe","spans":[[2,2,"GPE"]]}`, ReadOptions{}, `a.jsonl:1: article "x": the span [2,2) of the text is empty: its end must lie behind its start`},
		{"half a character", "a.jsonl", `{"id":"x","text":"Žižek","spans":[[1,3,"GPE"]]}`, ReadOptions{Offsets: encode.Byte}, `a.jsonl:1: article "x": the span [1,3) of the text cuts a character; is --offsets right?`},
		{"another quote", "a.jsonl", `{"id":"x","text":"In Kobe","mentions":[{"start":2,"end":6,"type":"GPE","quote":"Kobe"}]}`, ReadOptions{}, `a.jsonl:1: article "x": at [2,6) of the text stands " Kob", not "Kobe"; is --offsets right?`},
		{"no type", "a.jsonl", `{"id":"x","text":"Kobe","mentions":[{"start":0,"end":4}]}`, ReadOptions{}, `a.jsonl:1: article "x": the mention [0,4) of the text has no type; --gold-type TYPE gives one to all that have none`},
		{"no start", "a.jsonl", `{"id":"x","text":"Kobe","mentions":[{"end":4,"type":"GPE"}]}`, ReadOptions{}, `a.jsonl:1: mentions[0] has no "start"`},
		{"a start that is no number", "a.jsonl", `{"id":"x","text":"Kobe","mentions":[{"start":"0","end":4,"type":"GPE"}]}`, ReadOptions{}, `a.jsonl:1: mentions[0].start is "0"; it must be a whole number`},
		{"a field that is none", "a.jsonl", `{"id":"x","text":"Kobe","mentions":[{"field":"body","start":0,"end":4,"type":"GPE"}]}`, ReadOptions{}, `a.jsonl:1: mentions[0].field is "body"; it must be "title" or "text"`},
		{"spans of another shape", "a.jsonl", `{"id":"x","text":"Kobe","spans":[[0,"GPE"],7]}`, ReadOptions{}, "a.jsonl:1: spans[0] must be [start, end, type], two whole numbers and a text\na.jsonl:1: spans[1] is 7; it must be {\"start\": …, \"end\": …, \"type\": …} or [start, end, type]"},
		{"mentions that are no list", "a.jsonl", `{"id":"x","text":"Kobe","mentions":"GPE","topics":[]}`, ReadOptions{}, `a.jsonl:1: mentions is "GPE"; it must be a list`},
		{"topics that are no ids", "a.jsonl", `{"id":"x","text":"Kobe","topics":["a",{}]}`, ReadOptions{}, `a.jsonl:1: topics[1] is an object; it must be the id of a topic`},
		{"a date that is none", "a.jsonl", `{"id":"x","text":"Kobe","date":"soon","topics":[]}`, ReadOptions{}, `a.jsonl:1: date: `},
		{"nothing to measure", "a.jsonl", `{"id":"x","text":"Kobe"}`, ReadOptions{}, `a.jsonl:1: article "x" has neither mentions nor topics; an empty list says that there are none`},
		{"an id twice", "a.jsonl", `{"id":"x","text":"Kobe","spans":[]}` + "\n" + `{"id":"x","text":"Kobe","spans":[]}`, ReadOptions{}, `a.jsonl:2: the id "x" is taken by the article at a.jsonl:1; an id names one article`},
		{"no text", "a.jsonl", `{"id":"x","spans":[]}`, ReadOptions{}, `a.jsonl:1: article "x" has no text; --texts FILE takes it from where it is, by id`},
		{"a text that is not there", "a.jsonl", `{"id":"x","spans":[]}`, ReadOptions{Texts: none, TextsName: "news.jsonl"}, `a.jsonl:1: article "x" has no text, and there is none of this id in news.jsonl`},
		{"no object", "a.jsonl", "\n\n7", ReadOptions{}, `a.jsonl:3: an article must be an object, {"id": …, "text": …, "mentions": […]}`},
		{"no pair", "a.json", `[["text", 7]]`, ReadOptions{}, `a.json:1: a pair of spaCy's is [text, {"entities": [[start, end, label]]}]`},
		{"no JSON", "a.jsonl", `{"id":"x","text":"Kobe","spans":[]}` + "\n" + `{"id": oops}`, ReadOptions{}, `a.jsonl:2: this is no JSON: `},
		{"JSON that ends", "a.jsonl", `[{"text":"Kobe","spans":[]}`, ReadOptions{}, `a.jsonl:1: the JSON ends in the middle`},
		{"a key twice", "a.jsonl", `{"text":"Kobe","spans":[],"text":"Osaka"}`, ReadOptions{}, `a.jsonl:1: this is no JSON: `},
		{"bytes that are no UTF-8", "a.jsonl", "{\"text\":\"K\xffbe\",\"spans\":[]}", ReadOptions{}, `a.jsonl:1: this is no JSON: `},
		{"a tag that is none", "a.conll", "Kobe B-GPE\nJin X-PER\n", ReadOptions{}, `a.conll:2: the tag "X-PER" of "Jin" is none of O, B-TYPE, I-TYPE, E-TYPE, S-TYPE`},
		{"a token alone", "a.conll", "Kobe\n", ReadOptions{}, `a.conll:1: the token "Kobe" has no tag; columns are a token first and its tag last`},
		{"a token that is no UTF-8", "a.conll", "K\xffbe O\n", ReadOptions{}, `a.conll:1: the text is not UTF-8`},
		{"empty file", "a.jsonl", "", ReadOptions{}, `a.jsonl: there is no article in it`},
		{"a form that nobody knows", "a.dat", "Kobe is a city.\n", ReadOptions{}, `a.dat: this is no gold that can be told by name or content; --gold-format says what it is: jsonl, conll, brat, spacy`},
		{"brat without text", "a.ann", "T1\tGPE 0 4\tKobe\n", ReadOptions{}, `a.txt: no such file or directory`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t, map[string]string{tt.file: tt.content})
			_, err := Read([]string{filepath.Join(dir, tt.file)}, tt.opts)
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.ReplaceAll(err.Error(), dir+"/", "")
			if got != tt.want && !(strings.HasSuffix(tt.want, ": ") && strings.HasPrefix(got, tt.want)) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if strings.Contains(got, "jsontext") || strings.Contains(got, "map[") {
				t.Errorf("Go shows through: %s", got)
			}
		})
	}
}

func TestReadBratErrors(t *testing.T) {
	for _, tt := range []struct{ name, ann, want string }{
		{"out of the text", "T1\tGPE 0 9\tKobe", `d.ann:1: article "d": the span [0,9) of the text is out of it: it has 5 characters`},
		{"another text", "\nT1\tGPE 0 3\tKobe", `d.ann:2: article "d": at [0,3) of the text stands "Kob", not "Kobe"; is --offsets right?`},
		{"two columns", "T1\tGPE 0 4", "d.ann:1: a mention is three columns with tabs between them: T1, TYPE START END, TEXT"},
		{"no numbers", "T1\tGPE 0 x\tKobe", `d.ann:1: "GPE 0 x" is no type with a span; write TYPE START END`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t, map[string]string{"d.txt": "Kobe\n", "d.ann": tt.ann})
			_, err := Read([]string{dir}, ReadOptions{})
			if err == nil || strings.ReplaceAll(err.Error(), dir+"/", "") != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// TestReadTellsAll holds that one run tells every mistake, up to a bound.
func TestReadTellsAll(t *testing.T) {
	dir := written(t, map[string]string{"a.jsonl": strings.Repeat("7\n", 25)})
	_, err := Read([]string{filepath.Join(dir, "a.jsonl")}, ReadOptions{})
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != maxErrors+1 || lines[maxErrors] != "… and 5 mistakes more" {
		t.Errorf("got %d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}

// FuzzRead holds that no gold makes a reader panic, and that what it reads
// quotes its text.
func FuzzRead(f *testing.F) {
	f.Add("jsonl", `{"id":"x","text":"Kobe","spans":[[0,4,"GPE"]],"topics":["a"]}`)
	f.Add("jsonl", `[["Kobe", {"entities": [[0, 4, "GPE"]]}], {"text": "", "cats": {"a": 1}}]`)
	f.Add("jsonl", `[[]]`)
	f.Add("conll", "-DOCSTART-\n\nKobe B-GPE\nCity E-GPE\n\n")
	f.Add("conll", "Kobe I-\nX O\n")
	f.Fuzz(func(t *testing.T, form, data string) {
		if form != formCoNLL {
			form = formJSONL
		}
		gold, err := Read([]string{"-"}, ReadOptions{Format: form, Type: "X", Stdin: strings.NewReader(data)})
		if err != nil {
			return
		}
		for _, a := range gold.Articles {
			for _, m := range a.Mentions {
				if m.Quote(&a.Doc) == "" || m.Type == "" {
					t.Errorf("article %q has the mention %+v", a.Doc.ID, m)
				}
			}
		}
	})
}
