package diff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wiretag/cmd/internal/diff"
	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// open makes a side of the entries of a pack.
func open(t testing.TB, yaml string) diff.Side {
	t.Helper()
	g, found, err := gazetteer.LoadFS(fstest.MapFS{"p.yaml": {Data: []byte("version: 1\n" + yaml)}}, "p")
	if err != nil || len(found.Errors()) > 0 {
		t.Fatal(err, found)
	}
	tg, err := tagger.New(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	return diff.Side{Gazetteer: g, Tagger: tg}
}

// show writes changes, one a line.
func show(changes []diff.Change) string {
	var b strings.Builder
	for _, c := range changes {
		if c.Topic {
			fmt.Fprintf(&b, "%s topic %s %.2f→%.2f: %s\n", c.Kind, c.ID, c.Old, c.New, c.Reason)
			continue
		}
		fmt.Fprintf(&b, "%s %s %d %q", c.Kind, c.ID, c.Start, c.Quote)
		if c.Kind == diff.Changed {
			fmt.Fprintf(&b, " [%s → %s]", c.Was, c.Is)
		}
		fmt.Fprintf(&b, ": %s\n", c.Reason)
	}
	return b.String()
}

const text = "They met Vantor in Kobe. The Vantor Runway collapsed on Monday, and two engineers of the firm were hurt."

func TestChanges(t *testing.T) {
	const vantor = "{name: Vantor, type: ORG}"
	topic := func(rest string) string { return "topics:\n  - {label: collapse, " + rest + "}\n" }
	tests := []struct {
		name     string
		old, new string
		want     string
	}{
		{"nothing", "entities: [" + vantor + "]", "entities: [" + vantor + "]", ""},
		{"entity comes", "entities: [" + vantor + "]", "entities: [" + vantor + ", {name: Kobe, type: GPE}]",
			"gained kobe 19 \"Kobe\": alias “Kobe”; before, there is no entity kobe\n"},
		{"entity goes", "entities: [" + vantor + ", {name: Kobe, type: GPE}]", "entities: [" + vantor + "]",
			"lost kobe 19 \"Kobe\": there is no entity kobe\n"},
		{"alias goes", "entities: [{name: Vantor Group, type: ORG, aliases: [Vantor Runway]}]", "entities: [{name: Vantor Group, type: ORG, shorts: []}]",
			"lost vantor-group 9 \"Vantor\": it counts only beside a strong mention of the entity, or where its needs are met here or elsewhere\n" +
				"lost vantor-group 29 \"Vantor Runway\": vantor-group has no alias “Vantor Runway”\n"},
		{"mask comes", "entities: [" + vantor + "]", "entities: [{name: Vantor, type: ORG, masks: [Vantor Runway]}]",
			"lost vantor 29 \"Vantor\": it lies inside a mask\n"},
		{"guard comes", "entities: [" + vantor + "]", "entities: [{name: {text: Vantor, needs: [ships]}, type: ORG}]",
			"lost vantor 9 \"Vantor\": its needs are not met in the article: one of ships\n" +
				"lost vantor 29 \"Vantor\": its needs are not met in the article: one of ships\n"},
		{"longer name comes", "entities: [" + vantor + "]", "entities: [" + vantor + ", {name: Vantor Runway, type: FAC}]",
			"lost vantor 29 \"Vantor\": a name further left or longer took its words: vantor-runway “Vantor Runway”\n" +
				"gained vantor-runway 29 \"Vantor Runway\": alias “Vantor Runway”; before, there is no entity vantor-runway\n"},
		{"own longer alias comes", "entities: [" + vantor + "]", "entities: [{name: Vantor, type: ORG, aliases: [Vantor Runway]}]",
			"changed vantor 29 \"Vantor\" [“Vantor” → “Vantor Runway”]: other words are its name now: alias “Vantor Runway”\n"},
		{"renamed", "entities: [" + vantor + "]", "entities: [{id: vantor-group, formerly: [vantor], name: Vantor, type: ORG}]", ""},
		{"renamed without a word", "entities: [{name: Kobe, type: GPE}]", "entities: [{id: kobe-city, name: Kobe, type: GPE}]",
			"changed kobe 19 \"Kobe\" [kobe → kobe-city]: there is no entity kobe\n"},
		{"rename taken back", "entities: [{id: kobe-city, formerly: [kobe], name: Kobe, type: GPE}]", "entities: [{name: Kobe, type: GPE}]", ""},
		{"undecided goes", "entities: [{name: Kobe, type: GPE}, {id: kobe-steel, name: {text: Kobe, shared: true}, type: ORG}]", "entities: [" + vantor + "]",
			"gained vantor 9 \"Vantor\": alias “Vantor”; before, there is no entity vantor\n" +
				"lost  19 \"Kobe\": no entity is called so\n" +
				"gained vantor 29 \"Vantor\": alias “Vantor”; before, there is no entity vantor\n"},
		{"type", "entities: [{name: Kobe, type: GPE}]", "entities: [{name: Kobe, type: FAC}]",
			"changed kobe 19 \"Kobe\" [type GPE → type FAC]: its type is another\n"},
		{"shared", "entities: [{name: Kobe, type: GPE}]", "entities: [{name: Kobe, type: GPE}, {id: kobe-steel, name: {text: Kobe, shared: true}, type: ORG}]",
			"changed kobe 19 \"Kobe\" [kobe → undecided: kobe, kobe-steel]: several could own it now, and nothing decides\n"},
		{"no longer shared", "entities: [{name: Kobe, type: GPE}, {id: kobe-steel, name: {text: Kobe, shared: true}, type: ORG}]", "entities: [{name: Kobe, type: GPE}]",
			"changed kobe 19 \"Kobe\" [undecided: kobe, kobe-steel → kobe]: decided now: alias “Kobe”\n"},
		{"topic comes", "", topic("clues: [runway]"), "gained topic collapse 0.00→0.67: there is no topic collapse\n"},
		{"topic renamed", topic("clues: [runway]"), topic("id: falling, formerly: [collapse], clues: [runway]"), ""},
		{"clue weaker", topic("clues: [{name: it, any: [runway]}]"), topic("clues: [{name: it, weight: weak, any: [runway]}]"),
			"lost topic collapse 0.67→0.00: 0.177 of the 0.50 it takes: it is weak, was strong\n"},
		{"clue gone", topic("clues: [{name: it, any: [runway]}, {name: hurt, any: [hurt]}]"), topic("clues: [{name: hurt, any: [hurt]}]"),
			"shifted topic collapse 0.89→0.67: gone: it (Runway) −0.67 · hurt (hurt) +0.67, was +0.22\n"},
		{"no clue met", topic("clues: [runway]"), topic("clues: [tunnel]"), "lost topic collapse 0.67→0.00: no clue of it is met there: runway (Runway)\n"},
		{"excluded", topic("clues: [runway]"), topic("clues: [runway], exclude: [engineer]"),
			"lost topic collapse 0.67→0.00: excluded by “engineer”: “engineers” stands in the article\n"},
		{"threshold", topic("clues: [runway]"), topic("clues: [runway], threshold: 0.7"),
			"lost topic collapse 0.67→0.00: 0.667 of the 0.70 it takes: threshold 0.50 → 0.70\n"},
		{"parent", topic("clues: [runway]"), topic("clues: [runway], parent: accident") + "  - {label: accident}\n",
			"gained topic accident 0.00→0.67: there is no topic accident\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diff.New(open(t, tt.old), open(t, tt.new))
			got := show(d.Worker()(nil, &models.Document{ID: "a", Text: text}))
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("changes (-got +want):\n%s", diff)
			}
		})
	}
}

// entry draws one of a few entities whose names meet.
func entry(t *rapid.T) string {
	return rapid.SampledFrom([]string{
		"{name: Vantor, type: ORG}", "{name: Vantor Runway, type: FAC}", "{name: Kobe, type: GPE, demonyms: [Kobean]}",
		"{id: kobe-steel, name: {text: Kobe, shared: true}, type: ORG}", "{name: Anna Vantor, type: PERSON}",
		"{id: port, name: Port of Kobe, type: FAC, masks: [Kobe beef]}", "{id: bridge, name: Bridge, type: FAC, needs: [engineer]}",
	}).Draw(t, "entry")
}

func pack(t *rapid.T, label string) string {
	entries := slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.Custom(entry), 0, 5, rapid.ID).Draw(t, label)))
	return "entities: [" + strings.Join(entries, ", ") + "]"
}

// TestMirror holds that a gazetteer does not differ from itself, and that what
// is gained one way is lost the other.
func TestMirror(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := open(t, pack(rt, "old")), open(t, pack(rt, "new"))
		words := rapid.SliceOf(rapid.SampledFrom([]string{
			"Vantor", "Vantor Bridge", "Kobe", "Kobean", "Kobe beef", "Port of Kobe", "Anna Vantor", "the", "engineers.", "Mr.", "met",
		})).Draw(rt, "words")
		doc := &models.Document{Text: strings.Join(words, " ")}
		if same := diff.New(a, a).Worker()(nil, doc); len(same) > 0 {
			rt.Errorf("a gazetteer differs from itself: %s", show(same))
		}
		to, back := diff.New(a, b).Worker()(nil, doc), diff.New(b, a).Worker()(nil, doc)
		if diff := cmp.Diff(spans(to, diff.Gained), spans(back, diff.Lost)); diff != "" {
			rt.Errorf("gained one way is not lost the other (-to +back):\n%s", diff)
		}
	})
}

func spans(changes []diff.Change, kind diff.Kind) []string {
	var out []string
	for _, c := range changes {
		if c.Kind == kind {
			out = append(out, fmt.Sprint(c.ID, c.Start, c.End))
		}
	}
	return out
}

// TestReport holds the counts, and that a report does not grow with what it
// leaves out.
func TestReport(t *testing.T) {
	old, now := open(t, "entities: [{name: Vantor, type: ORG}]"), open(t, "entities: [{name: Kobe, type: GPE}]")
	r := diff.NewReport(old, now, diff.Options{Limit: 2})
	work := diff.New(old, now).Worker()
	for i := range 10 {
		doc := &models.Document{ID: fmt.Sprint("a", i), Text: text}
		r.Add(doc.ID, work(nil, doc))
	}
	r.Add("none", nil)
	r.Finish()
	if got, want := r.Summary(), "10 of 11 articles changed; mentions: 10 gained, 20 lost; topics: none"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if r.Total() != 30 || len(r.PerText) != 2 {
		t.Errorf("got %d changes and %d articles, want 30 and 2", r.Total(), len(r.PerText))
	}
	for _, e := range r.PerEntry {
		if len(e.Samples) != 2 || e.Articles != 10 {
			t.Errorf("%s: %d samples of %d articles, want 2 of 10", e.ID, len(e.Samples), e.Articles)
		}
	}
}

func BenchmarkWorker(b *testing.B) {
	old, now := open(b, "entities: [{name: Vantor, type: ORG}]"), open(b, "entities: [{name: Vantor, type: ORG, masks: [Vantor Bridge]}]")
	work := diff.New(old, now).Worker()
	doc := &models.Document{Text: strings.Repeat(text+"\n\n", 20)}
	b.SetBytes(int64(len(doc.Text)))
	var changes []diff.Change
	for b.Loop() {
		if changes = work(changes[:0], doc); len(changes) != 20 {
			b.Fatalf("%d changes, want 20", len(changes))
		}
	}
}

// BenchmarkMany compares an article with many changes, whose cost must not grow
// with their square: MB/s stay what they are at ten times the size.
func BenchmarkMany(b *testing.B) {
	old, now := open(b, "entities: [{name: Vantor, type: ORG}, {name: Kobe, type: GPE}]"), open(b, "entities: [{name: {text: Vantor, needs: [ships]}, type: ORG}]")
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			work := diff.New(old, now).Worker()
			doc := &models.Document{Text: strings.Repeat(text+" ", n)}
			b.SetBytes(int64(len(doc.Text)))
			var changes []diff.Change
			for b.Loop() {
				if changes = work(changes[:0], doc); len(changes) != 3*n {
					b.Fatalf("%d changes, want %d", len(changes), 3*n)
				}
			}
		})
	}
}
