package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"wiretag/cmd/internal/corpus"
	"wiretag/cmd/internal/encode"
	"wiretag/models"
	"wiretag/tagger"

	"github.com/spf13/cobra"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	*tagFlags
	id     string
	topic  string
	whyNot string
	form   *choice
}

func newExplainCmd(e *env) *cobra.Command {
	f := &explainFlags{tagFlags: newTagFlags(), form: newChoice("text", "json")}
	cmd := &cobra.Command{
		Use:   "explain FILE",
		Short: "Say why an article has its mentions and topics, or why not",
		Long: `Explain reads one article and says of every mention by which form and how
surely it was found, of every form that is no mention what stopped it, and of
every topic with a clue the sum: what each clue adds and by which words, what
speaks against it, which clue is not met and what it lacks. Of a topic that is
not given it says the smallest change that would give it.

FILE is a file, or - for standard input. Of JSON lines --id names the article.`,
		Example: `  wiretag explain article.txt
  wiretag explain --topic corporate-espionage article.txt
  wiretag explain --why-not topic:mergers article.txt
  wiretag explain --why-not entity:zoom article.txt
  wiretag explain --format json article.txt`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{cmd.CommandPath(), fmt.Errorf("name one file, or - for standard input")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return explain(cmd, e, f, args[0]) },
	}
	fl := cmd.Flags()
	f.registerReading(fl)
	fl.StringVar(&f.id, "id", "", "the article with this `ID`, of several in FILE")
	fl.StringVar(&f.topic, "topic", "", "only the topic with this `ID`")
	fl.StringVar(&f.whyNot, "why-not", "", "only why `entity:ID or topic:ID` is not there")
	fl.Var(f.form, "format", "text for people, json for programs")
	return cmd
}

// explain is the command: find the article, make the engine, explain, write.
func explain(cmd *cobra.Command, e *env, f *explainFlags, path string) error {
	f.quiet = true
	usage := func(err error) error { return &usageError{cmd.CommandPath(), err} }
	doc, err := e.oneArticle(f, path)
	if err != nil {
		return usage(err)
	}
	t, err := e.newTagger(f.tagFlags)
	if err != nil {
		return err
	}
	topic, entity, err := asked(t, f)
	if err != nil {
		return usage(err)
	}
	ex := t.Explain(doc, topic)
	view := narrow(&ex, topic, entity)
	offsets, err := encode.ParseOffsets(f.offsets.value)
	if err != nil {
		return usage(err)
	}
	if f.form.value == "json" {
		return e.printOut(string(encode.AppendExplanation(nil, &ex, view, encode.Options{Offsets: offsets})))
	}
	text := encode.ExplanationText(&ex, view)
	if entity != "" {
		text += absent(t, &ex, entity)
	}
	return e.printOut(visible(text))
}

// oneArticle reads the article that the user named.
func (e *env) oneArticle(f *explainFlags, path string) (models.Document, error) {
	articles, err := corpus.Open([]string{path}, e.reading(f.tagFlags))
	if err != nil {
		return models.Document{}, err
	}
	var found []models.Document
	for doc, err := range articles.Articles() {
		p, _ := errors.AsType[*corpus.Problem](err)
		switch {
		case p != nil && p.Note:
			continue // the article is there
		case err != nil:
			return models.Document{}, err
		case f.id == "" || doc.ID == f.id:
			found = append(found, doc)
		}
		if len(found) > 1 && f.id == "" {
			return models.Document{}, fmt.Errorf("%s holds several articles; name one with --id, for example --id %s", path, found[0].ID)
		}
	}
	if len(found) == 0 {
		return models.Document{}, fmt.Errorf("%s holds no article with the id %q", path, f.id)
	}
	return found[0], nil
}

// asked returns the topic or the entity that the flags ask for.
func asked(t *tagger.Tagger, f *explainFlags) (topic, entity string, err error) {
	topic = f.topic
	if f.whyNot != "" {
		kind, id, _ := strings.Cut(f.whyNot, ":")
		switch {
		case kind == "topic" && f.topic == "":
			topic = id
		case kind == "entity" && f.topic == "":
			entity = id
		default:
			return "", "", fmt.Errorf("--why-not %s: it takes entity:ID or topic:ID, and no --topic", f.whyNot)
		}
	}
	if topic != "" && !t.HasTopic(topic) {
		return "", "", fmt.Errorf("there is no topic %q in the gazetteer", topic)
	}
	if entity != "" {
		if _, known := t.Forms(entity); !known {
			return "", "", fmt.Errorf("there is no entity %q in the gazetteer", entity)
		}
	}
	return topic, entity, nil
}

// nearTopics is how many topics that are not given are shown.
const nearTopics = 10

// narrow leaves of an explanation what was asked for.
func narrow(ex *models.Explanation, topic, entity string) encode.View {
	switch {
	case topic != "":
		ex.Topics = slices.DeleteFunc(ex.Topics, func(t models.Trace) bool { return t.ID != topic })
		return encode.View{Topics: true}
	case entity != "":
		ex.Stopped = slices.DeleteFunc(ex.Stopped, func(s models.Stopped) bool { return s.ID != entity })
		ex.Record.Entities = slices.DeleteFunc(ex.Record.Entities, func(f models.Found) bool { return f.ID != entity })
		ex.Record.Undecided = slices.DeleteFunc(ex.Record.Undecided, func(u models.Undecided) bool {
			return !slices.ContainsFunc(u.Candidates, func(c models.Candidate) bool { return c.ID == entity })
		})
		return encode.View{Mentions: true, Stopped: true}
	}
	given := 0
	for given < len(ex.Topics) && ex.Topics[given].Given {
		given++
	}
	ex.Topics = ex.Topics[:min(len(ex.Topics), given+nearTopics)]
	for i := range ex.Topics[:given] {
		ex.Topics[i].Unmet = nil // of what is given, only what gave it
	}
	return encode.View{Mentions: true, Stopped: true, Topics: true}
}

// absent says, of an entity no form of which occurs, what would be looked for.
func absent(t *tagger.Tagger, ex *models.Explanation, id string) string {
	if len(ex.Record.Entities) > 0 || len(ex.Record.Undecided) > 0 || len(ex.Stopped) > 0 {
		return ""
	}
	forms, _ := t.Forms(id)
	return fmt.Sprintf("\n%s: no form of it occurs in the article, in this case and between word borders; looked for: %s\n",
		id, strings.Join(forms, ", "))
}
