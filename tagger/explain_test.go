package tagger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"wiretag/models"
)

// TestWhyNot holds what is said of a topic that is not given: the line that
// stopped it or the reason of a clue, and the smallest change.
func TestWhyNot(t *testing.T) {
	tg := open(t, readPack(t, "topics.yaml"), nil)
	for _, tt := range []struct{ name, topic, text, stopped, unmet, change string }{
		{name: "no word of it", topic: "three-lines", text: "Nothing.",
			unmet:  "porcelain: it takes porcelain",
			change: "“porcelain” (strong) in the body would give it 0.60: it takes porcelain"},
		{name: "half of a pair", topic: "theft", text: "They stole bread.",
			unmet:  "someone takes secrets: “stole” is there; one of trade secret, source code, blueprint (list:secrets) is missing in the same sentence",
			change: "“someone takes secrets” (strong) in the body would give it 0.60: “stole” is there; one of trade secret, source code, blueprint (list:secrets) is missing in the same sentence"},
		{name: "never together", topic: "paragraph", text: "An apricot fell.\n\nA bramble stood.",
			unmet:  "apricot: “apricot” and “bramble” are there, but never together in the same paragraph",
			change: "“apricot” (strong) in the body would give it 0.60: “apricot” and “bramble” are there, but never together in the same paragraph"},
		{name: "requirement", topic: "needs-firm", text: "A gavel fell.",
			stopped: "requires “group:us-tech”: it takes group:us-tech",
			change:  "first: requires “group:us-tech”: it takes group:us-tech"},
		{name: "excluded", topic: "three-lines", text: "The crossword clue was porcelain.",
			stopped: "excluded by “crossword clue”: “crossword clue” stands in the article",
			change:  "first: excluded by “crossword clue”: “crossword clue” stands in the article"},
		{name: "too few", topic: "many", text: "A hammer, two hammers.",
			unmet: "hammer: “hammer, hammers” is there 2 times; it takes 3", change: "“hammer” (strong) in the body would give it 0.60: “hammer, hammers” is there 2 times; it takes 3"},
		{name: "too alike", topic: "different", text: "An iris and an iris.",
			unmet: "iris: “iris” is there; it takes 2 different ones", change: "“iris” (strong) in the body would give it 0.60: “iris” is there; it takes 2 different ones"},
		{name: "wrong zone", topic: "titled", text: "A kettle boils.",
			unmet: "kettle: its words do not stand in the title", change: "“kettle” (strong) in the title would give it 0.75: its words do not stand in the title"},
		{name: "unless", topic: "unless", text: "The gold cup of the horse.",
			unmet: "gold cup: “gold cup” is there, but so is one of horse in its sentence", change: "“gold cup” (strong) in the body would give it 0.60: “gold cup” is there, but so is one of horse in its sentence"},
		{name: "counter-evidence", topic: "theft", text: "They stole the source code in the novel, a film.",
			unmet:  "the crime by name: it takes theft of trade secrets",
			change: "without “fiction” (novel, film) it would have 0.60"},
		{name: "held", topic: "context", text: "A saddle, a trellis and an urn stood by the vase.",
			change: "held at 0.45: needs one strong clue or two medium ones; “walnut” (medium) in the body would give it 0.74: it takes walnut"},
		{name: "draft", topic: "draft", text: "An orchid.", stopped: "the topic is a draft; --draft gives it", change: "first: the topic is a draft; --draft gives it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ex := tg.Explain(models.Document{Text: lead + tt.text}, tt.topic)
			i := slices.IndexFunc(ex.Topics, func(tr models.Trace) bool { return tr.ID == tt.topic })
			if i < 0 {
				t.Fatalf("no trace of %s", tt.topic)
			}
			tr := ex.Topics[i]
			if tr.Given {
				t.Errorf("it is given: %s", tr.Why)
			}
			if diff := cmp.Diff(tt.stopped, tr.Stopped); diff != "" {
				t.Errorf("stopped (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.change, tr.Change); diff != "" {
				t.Errorf("change (-want +got):\n%s", diff)
			}
			var unmet []string
			for _, u := range tr.Unmet {
				unmet = append(unmet, u.Name+": "+u.Reason)
			}
			if tt.unmet != "" && !slices.Contains(unmet, tt.unmet) {
				t.Errorf("unmet %q, want among them %q", unmet, tt.unmet)
			}
		})
	}
}

// TestStopped holds why a form of an entity is no mention.
func TestStopped(t *testing.T) {
	tg := open(t, readPack(t, "names.yaml"), nil)
	for _, tt := range []struct {
		name, id, text, step, reason string
		date                         models.Date
	}{
		{name: "date", id: "facebook", text: "He left Facebook.", date: "2022-01-01", step: "date", reason: "the form holds until 2021-10-28, the article is of 2022-01-01"},
		{name: "needs", id: "vertex", text: "Vertex rose.", step: "guard", reason: "its needs are not met in the sentence: one of drug maker"},
		{name: "unless", id: "cobalt", text: "The metal Cobalt rose.", step: "guard", reason: "its unless is met in the sentence: one of metal, entity:texas"},
		{name: "longer name", id: "boston", text: "He joined Boston Consulting.", step: "longer name"},
		{name: "a form of address", id: "boston", text: "He met Mr. Boston.", step: "longer name",
			reason: "a form of address or an office stands before it, so that it names a person; inside: true lets it count"},
		{name: "somebody's name", id: "orchard", text: "They met Betty Orchard. They left Orchard in Poland.", step: "other bearer"},
		{name: "silent capital", id: "target", text: "Target practice is loud.", step: "silent capital"},
		{name: "mask", id: "zoom", text: "He bought a Zoom lens.", step: "mask"},
		{name: "overlap", id: "new-york", text: "The New York Times rose.", step: "overlap"},
		{name: "acronym", id: "cia", text: "The Chemical Industries Association (CIA) spoke.", step: "acronym"},
		{name: "doubt", id: "georgia-state", text: "In Georgia it snowed.", step: "doubt"},
		{name: "other owner", id: "georgia-state", text: "In Georgia, far from Tbilisi, it snowed.", step: "other owner"},
		{name: "no strong mention", id: "us-doj", text: "They asked Main Justice.", step: "no strong mention"},
		{name: "no bearer", id: "julien-jin", text: "Mr. Jin left.", step: "no bearer"},
		{name: "other bearer", id: "william-ruto", text: "Julian Ruto left. Mr. Ruto stayed.", step: "other bearer"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ex := tg.Explain(models.Document{Text: tt.text, Date: tt.date}, "")
			var got []string
			for _, s := range ex.Stopped {
				if s.Quote != tt.text[s.Start:s.End] {
					t.Errorf("span %v is %q, quote %q", s.Place, tt.text[s.Start:s.End], s.Quote)
				}
				if s.ID == tt.id && s.Step == tt.step && (tt.reason == "" || tt.reason == s.Reason) && s.Reason != "" {
					return
				}
				got = append(got, fmt.Sprintf("%s %s: %s", s.ID, s.Step, s.Reason))
			}
			t.Errorf("no %s of %s: %q among %q", tt.step, tt.id, tt.reason, got)
		})
	}
}

// TestUnrelated: a synonym that the article does not hold never changes a
// score, and a topic more changes no other.
func TestUnrelated(t *testing.T) {
	pack := readPack(t, "topics.yaml")
	before := open(t, pack, nil)
	after := open(t, strings.NewReplacer(
		"[novel, film, thriller]", "[novel, zyzzyva, film, thriller]",
		"[trade secret, source code, list:papers]", "[trade secret, zyzzyva, source code, list:papers]",
		"all: [apricot, bramble]", "all: [[apricot, zyzzyva], bramble]",
		"topics:\n", "topics:\n  - {id: unrelated, label: unrelated, clues: [porcelain, steal, {any: [secret], weight: weak}]}\n",
	).Replace(pack), nil)
	words := strings.Fields("They stole the source code trade secrets novel film Zoom porcelain apricot bramble . . hammer iris juniper gavel China")
	rapid.Check(t, func(r *rapid.T) {
		text := lead + strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 30).Draw(r, "words"), " ")
		want, got := before.Tag(models.Document{Text: text}), after.Tag(models.Document{Text: text})
		got.Topics = slices.DeleteFunc(got.Topics, func(t models.Topic) bool { return t.ID == "unrelated" })
		if diff := cmp.Diff(want.Topics, got.Topics, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q (-before +after):\n%s", text, diff)
		}
	})
}

// BenchmarkTopics gives an article its topics among 50 and among 500 topics of
// 40 terms each, 20,000 in all; the article has words of the same five.
func BenchmarkTopics(b *testing.B) {
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "%sHere word%dx%d stood. ", lead, i%5, i%40)
	}
	for _, topics := range []int{50, 500} {
		b.Run(fmt.Sprint(topics), func(b *testing.B) {
			var pack strings.Builder
			pack.WriteString("version: 1\nname: many\ntopics:\n")
			for i := range topics {
				fmt.Fprintf(&pack, "  - {id: t%d, label: t%d, clues: [{any: [", i, i)
				for k := range 40 {
					fmt.Fprintf(&pack, "word%dx%d, ", i, k)
				}
				pack.WriteString("]}]}\n")
			}
			tg := open(b, pack.String(), nil)
			doc := models.Document{Text: text.String()}
			var rec models.Record
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				tg.TagInto(&rec, doc)
				if n := evidenceOf(&rec); n != 50 {
					b.Fatalf("%d spans of evidence, want 50", n)
				}
			}
		})
	}
}

// evidenceOf counts the spans that topics show.
func evidenceOf(rec *models.Record) int {
	n := 0
	for _, t := range rec.Topics {
		for _, c := range t.Clues {
			n += len(c.Spans)
		}
	}
	return n
}

// TestManyBearers: of hundreds of owners of a family name only those are looked
// at whose full name stands in the article, unless the losers are asked for.
func TestManyBearers(t *testing.T) {
	var pack strings.Builder
	pack.WriteString("version: 1\nname: many\nentities:\n")
	for i := range 300 {
		fmt.Fprintf(&pack, "  - {name: G%03d Reyes, type: PERSON, aliases: [G%03d J. Reyes, Old%03d], groups: [all]}\n", i, i, i)
		fmt.Fprintf(&pack, "  - {name: Reyes H%03d, type: PERSON, family: Reyes}\n", i)
	}
	tg := open(t, pack.String(), nil)
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var text strings.Builder
		for range 1 + r.IntN(6) {
			n := r.IntN(300)
			switch r.IntN(5) {
			case 0:
				fmt.Fprintf(&text, "They met G%03d Reyes there. ", n)
			case 1:
				fmt.Fprintf(&text, "They met Reyes H%03d there. ", n)
			case 2:
				fmt.Fprintf(&text, "Then old Old%03d came. ", n)
			default:
				text.WriteString("It was Reyes who came. ")
			}
		}
		doc := models.Document{Text: text.String()}
		ex, rec := tg.Explain(doc, ""), tg.Tag(doc)
		if diff := cmp.Diff(rec, ex.Record, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\nexplained as another record (-tag +explain):\n%s", doc.Text, diff)
		}
		if strings.Contains(doc.Text, "was Reyes") && len(ex.Stopped) < 300 {
			t.Fatalf("%s\n%d losers are explained, want all owners of the name", doc.Text, len(ex.Stopped))
		}
	}
}
