package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wiretag/cmd/internal/edit"
	"wiretag/cmd/internal/encode"
	"wiretag/cmd/internal/run"
	"wiretag/gazetteer"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// addFlags are the flags that all kinds of add have.
type addFlags struct {
	gazetteers []string
	file       string
	dryRun     bool
	strict     bool
	quiet      bool
}

func newAddCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add an entity, an alias or a topic to a pack",
		Long: `Add puts one thing into a file of a pack and leaves every other byte as it is:
comments, order and style. The pack is linted with it first. What would be an
error is refused; a new warning is told, and refused with --strict. The file is
replaced as a whole.

The pack is that of -g, a folder or a file, else the one pack of the working
folder. A pack that is not there is made; it says uses: [default] and so lies on
top of the one built in. Of a folder the file is taken that holds most entries
of the kind, or the one that --file names.

Exit codes: 0 done, or there already; 2 refused, nothing written; 3 the output
failed, the old file untouched.`,
		Example: `  wiretag add entity "Julien Jin" --type PERSON --alias "Jin Xinjiang"
  wiretag add alias zoom ZM --case exact --needs shares --needs Nasdaq
  wiretag add topic "corporate espionage" --clue "proprietary information" --dry-run`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &usageError{cmd.CommandPath(), fmt.Errorf("cannot add %q; it takes entity, alias or topic", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return &usageError{cmd.CommandPath(), errors.New("say what to add: entity, alias or topic")}
		},
	}
	cmd.AddCommand(newAddEntityCmd(e), newAddAliasCmd(e), newAddTopicCmd(e))
	return cmd
}

// register declares the flags.
func (f *addFlags) register(fl *pflag.FlagSet) {
	fl.StringArrayVarP(&f.gazetteers, "gazetteer", "g", nil, "add to this `PACK`, a folder or file of YAML (default: the one of the working folder)")
	fl.StringVar(&f.file, "file", "", "add to the file `NAME` of the pack, which is made if it is not there")
	fl.BoolVar(&f.dryRun, "dry-run", false, "print the change as a unified diff and write nothing")
	fl.BoolVar(&f.strict, "strict", false, "refuse what brings a warning")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "only findings and errors on standard error")
}

func newAddEntityCmd(e *env) *cobra.Command {
	f, n := &addFlags{}, &newEntity{gender: newChoice("", "m", "f")}
	cmd := &cobra.Command{
		Use:   "entity NAME",
		Short: "Add an entity",
		Long: `Adds an entity behind the others of its file, in their style. Its id is made of
the name unless --id gives one. An id or a name that is there already is
refused, with the place.`,
		Example: `  wiretag add entity "Julien Jin" --type PERSON --alias "Jin Xinjiang" -g mine
  wiretag add entity Vantor --type ORG --link wikidata=Q1 --dry-run`,
		Args: takes("the name", 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entity, err := n.entity(args[0])
			if err != nil {
				return &usageError{cmd.CommandPath(), err}
			}
			return e.add(cmd, f, func(p *edit.Pack) (*edit.Change, error) { return p.AddEntity(entity, n.note) })
		},
	}
	fl := cmd.Flags()
	f.register(fl)
	fl.StringVar(&n.kind, "type", "", "`TYPE` of the entity, like PERSON, ORG or GPE")
	fl.StringVar(&n.id, "id", "", "`ID` of the entity (default: made of the name)")
	fl.StringArrayVar(&n.aliases, "alias", nil, "another `NAME`; repeatable, like all that follow but family, gender and note")
	fl.StringArrayVar(&n.weak, "weak", nil, "`NAME` that counts only beside another one")
	fl.StringArrayVar(&n.shorts, "short", nil, "`NAME` that counts once a full one has been read")
	fl.StringArrayVar(&n.demonyms, "demonym", nil, "`WORD` for what comes from there")
	fl.StringArrayVar(&n.groups, "group", nil, "`ID` of a group that it is in")
	fl.StringArrayVar(&n.links, "link", nil, "id elsewhere, as `KEY=ID`")
	fl.StringArrayVar(&n.masks, "mask", nil, "`PHRASE` that holds the name and is not it")
	fl.StringArrayVar(&n.examples, "example", nil, "`SENTENCE` that names it")
	fl.StringArrayVar(&n.counter, "counter-example", nil, "`SENTENCE` that does not")
	fl.StringVar(&n.family, "family", "", "family `NAME`, where it is not the last word, or false for none")
	fl.Var(n.gender, "gender", "whether he or she")
	fl.StringVar(&n.note, "note", "", "`TEXT` for those who read the file")
	return cmd
}

// takes holds the number of arguments, and that they and the flags are text.
func takes(what string, n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return &usageError{cmd.CommandPath(), fmt.Errorf("it takes %s, in quotes if it has several words, and got %s", what, encode.Count(len(args), "argument"))}
		}
		values := slices.Clone(args)
		cmd.Flags().Visit(func(f *pflag.Flag) { values = append(values, f.Value.String()) })
		for _, v := range values {
			if !utf8.ValidString(v) {
				return &usageError{cmd.CommandPath(), fmt.Errorf("%q is not UTF-8", v)}
			}
		}
		return nil
	}
}

// A newEntity is what the flags of add entity say.
type newEntity struct {
	kind, id, family, note                  string
	gender                                  *choice
	aliases, weak, shorts, demonyms         []string
	groups, links, masks, examples, counter []string
}

func (n *newEntity) entity(name string) (*gazetteer.Entity, error) {
	if n.kind == "" {
		return nil, errors.New("name the type with --type, like PERSON, ORG or GPE")
	}
	e := &gazetteer.Entity{
		ID: str(n.id), Name: gazetteer.Alias{Text: str(name)}, Type: str(n.kind), Gender: str(n.gender.value),
		Aliases: forms(n.aliases), Weak: forms(n.weak), Shorts: forms(n.shorts), Demonyms: forms(n.demonyms),
		Masks: strs(n.masks), Examples: strs(n.examples), CounterExamples: strs(n.counter),
	}
	if n.family == "false" {
		e.NoFamily = true
	} else {
		e.Family = str(n.family)
	}
	for _, g := range n.groups {
		e.Groups = append(e.Groups, gazetteer.Group{ID: str(g)})
	}
	for _, l := range n.links {
		key, id, ok := strings.Cut(l, "=")
		if !ok || key == "" || id == "" {
			return nil, fmt.Errorf("--link is %q; it takes a key and an id, like wikidata=Q42", l)
		}
		e.Links = append(e.Links, gazetteer.Link{Key: str(key), Value: str(id)})
	}
	return e, nil
}

func newAddAliasCmd(e *env) *cobra.Command {
	f, n := &addFlags{}, &newAlias{form: newChoice("", "auto", "exact", "fold"), within: newChoice("", "article", "paragraph", "sentence")}
	cmd := &cobra.Command{
		Use:   "alias ENTITY-ID NAME",
		Short: "Add an alias to an entity",
		Long: `Adds an alias to the entry that defines the entity. For an entity of a pack
below, like the one built in, an entry that extends it is written (extend:
true). If the entity has just this alias, nothing changes and all is well; if it
has it with other conditions, or as another kind of name, the place is told.`,
		Example: `  wiretag add alias zoom ZM --case exact --needs shares --needs list:exchanges
  wiretag add alias meta-platforms Meta --from 2021-10-28 --dry-run -g mine`,
		Args: takes("an id and a name", 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, key := n.alias(cmd, args[1])
			return e.add(cmd, f, func(p *edit.Pack) (*edit.Change, error) { return p.AddAlias(args[0], key, a) })
		},
	}
	fl := cmd.Flags()
	f.register(fl)
	fl.BoolVar(&n.weak, "weak", false, "it counts only beside another name")
	fl.Var(n.form, "case", "which case counts")
	fl.StringArrayVar(&n.needs, "needs", nil, "`TERM` one of which has to stand near it; repeatable")
	fl.StringArrayVar(&n.unless, "unless", nil, "`TERM` that may not; repeatable")
	fl.Var(n.within, "within", "how near")
	fl.Var(&n.from, "from", "first day on which it holds")
	fl.Var(&n.until, "until", "first day on which it no longer does")
	fl.BoolVar(&n.shared, "shared", false, "others bear it, too")
	return cmd
}

// A newAlias is what the flags of add alias say.
type newAlias struct {
	weak, shared  bool
	form, within  *choice
	needs, unless []string
	from, until   day
}

func (n *newAlias) alias(cmd *cobra.Command, name string) (a *gazetteer.Alias, key string) {
	a = &gazetteer.Alias{Text: str(name), Guard: &gazetteer.Guard{
		Case: gazetteer.Case(n.form.value), Within: gazetteer.Unit(n.within.value),
		Needs: terms(n.needs), Unless: terms(n.unless), From: n.from.date, Until: n.until.date,
	}}
	if cmd.Flags().Changed("shared") {
		a.Guard.Shared = &n.shared
	}
	if n.weak {
		return a, "weak"
	}
	return a, "aliases"
}

func newAddTopicCmd(e *env) *cobra.Command {
	f, n := &addFlags{}, &newTopic{status: newChoice("", "draft", "stable", "retired")}
	cmd := &cobra.Command{
		Use:   "topic LABEL",
		Short: "Add a topic",
		Long: `Adds a topic behind the others of its file. Its id is made of the label unless
--id gives one. Every --clue is a clue of its own with the weight of --weight.`,
		Example: `  wiretag add topic "corporate espionage" --clue "proprietary information" --clue list:secrets -g mine`,
		Args:    takes("the label", 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			topic, err := n.topic(args[0], cmd.Flags().Changed("threshold"))
			if err != nil {
				return &usageError{cmd.CommandPath(), err}
			}
			return e.add(cmd, f, func(p *edit.Pack) (*edit.Change, error) { return p.AddTopic(topic) })
		},
	}
	fl := cmd.Flags()
	f.register(fl)
	fl.StringVar(&n.id, "id", "", "`ID` of the topic (default: made of the label)")
	fl.StringVar(&n.parent, "parent", "", "`ID` of the topic above it")
	fl.StringVar(&n.about, "about", "", "`TEXT` that says what belongs to it")
	fl.StringArrayVar(&n.clues, "clue", nil, "`TERM` that speaks for it; repeatable")
	fl.StringVar(&n.weight, "weight", "", "`WEIGHT` of the clues: certain, strong, medium, weak or a number between 0 and 1")
	fl.StringArrayVar(&n.examples, "example", nil, "`TEXT` that is about it; repeatable")
	fl.StringArrayVar(&n.counter, "counter-example", nil, "`TEXT` that is not; repeatable")
	fl.Float64Var(&n.threshold, "threshold", 0.5, "`SCORE` that it takes")
	fl.Var(n.status, "status", "whether it is given yet")
	return cmd
}

// A newTopic is what the flags of add topic say.
type newTopic struct {
	id, parent, about, weight string
	status                    *choice
	clues, examples, counter  []string
	threshold                 float64
}

func (n *newTopic) topic(label string, threshold bool) (*gazetteer.Topic, error) {
	weight, err := parseWeight(n.weight)
	switch {
	case len(n.clues) == 0:
		return nil, errors.New("name what the topic is known by with --clue, a word, a phrase or list:ID")
	case err != nil:
		return nil, err
	case !(n.threshold > 0 && n.threshold < 1):
		return nil, fmt.Errorf("--threshold is %v; it has to lie between 0 and 1", n.threshold)
	}
	t := &gazetteer.Topic{
		ID: str(n.id), Label: str(label), Parent: str(n.parent), About: str(n.about), Status: str(n.status.value),
		Examples: strs(n.examples), CounterExamples: strs(n.counter), Threshold: n.threshold,
	}
	if threshold {
		t.ThresholdPos = gazetteer.Pos{Line: 1} // it is given
	}
	for _, c := range n.clues {
		t.Clues = append(t.Clues, gazetteer.Condition{Name: str(c), Any: terms([]string{c}), Weight: weight})
	}
	return t, nil
}

// parseWeight reads a weight as a gazetteer has it.
func parseWeight(s string) (gazetteer.Weight, error) {
	switch s {
	case "", "certain", "strong", "medium", "weak":
		return gazetteer.Weight{Word: s}, nil
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && f > 0 && f < 1 {
		return gazetteer.Weight{Number: f}, nil
	}
	return gazetteer.Weight{}, fmt.Errorf("--weight is %q; it can be certain, strong, medium, weak, or a number between 0 and 1", s)
}

func str(s string) gazetteer.String { return gazetteer.String{Value: s} }

func strs(list []string) []gazetteer.String {
	var out []gazetteer.String
	for _, s := range list {
		out = append(out, str(s))
	}
	return out
}

func forms(list []string) []gazetteer.Alias {
	var out []gazetteer.Alias
	for _, s := range list {
		out = append(out, gazetteer.Alias{Text: str(s)})
	}
	return out
}

// terms are terms as they will be written; their prefixes are read from there.
func terms(list []string) []gazetteer.Item {
	var out []gazetteer.Item
	for _, s := range list {
		out = append(out, gazetteer.Item{Term: str(s)})
	}
	return out
}

// add is the command: find the pack, plan the change, look at its findings,
// write it or show it.
func (e *env) add(cmd *cobra.Command, f *addFlags, plan func(*edit.Pack) (*edit.Change, error)) error {
	path, err := f.pack()
	if err != nil {
		return &usageError{cmd.CommandPath(), err}
	}
	p, err := edit.Open(path, f.file)
	if err != nil {
		return &usageError{cmd.CommandPath(), err}
	}
	c, err := plan(p)
	if err != nil {
		return err
	}
	e.tellFindings(c.Found)
	refused := c.Found.Errors()
	if f.strict {
		refused = c.Found
	}
	switch {
	case len(refused) > 0:
		return fmt.Errorf("refused: %s; nothing was written", encode.Count(len(refused), "new finding"))
	case c.After == nil:
	case f.dryRun:
		text := c.Diff()
		if isScreen(e.stdout) {
			text = visible(text)
		}
		return e.printOut(text)
	default:
		if err := replace(c); err != nil {
			return err
		}
	}
	if !f.quiet {
		e.sayAdded(c)
	}
	return nil
}

func (e *env) sayAdded(c *edit.Change) {
	if c.New {
		e.say("%s is new", c.File)
	}
	fmt.Fprintln(e.stderr, visible(fmt.Sprintf("%s:%d: %s", c.File, c.Line, c.Done)))
}

// pack returns the pack that the user named, or the one of the working folder.
func (f *addFlags) pack() (string, error) {
	found := f.gazetteers
	if len(found) == 0 {
		found = gazetteer.Find(".")
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(f.gazetteers) > 1:
		return "", fmt.Errorf("add changes one pack; -g names %s", strings.Join(found, ", "))
	case len(found) > 1:
		return "", fmt.Errorf("there are several packs in this folder; name one with -g: %s", strings.Join(found, ", "))
	}
	return "", errors.New("there is no pack in this folder; name one with -g, for example -g mine, which is made if it is not there")
}

// replace writes the changed file, unless somebody else has in the meantime.
func replace(c *edit.Change) error {
	file := filepath.FromSlash(c.File)
	if c.New {
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return &run.OutputError{Err: err}
		}
	}
	out, err := run.CreateOutput(file)
	if err != nil {
		return err
	}
	if _, err := out.Write(c.After); err != nil {
		out.Abort()
		return &run.OutputError{Err: err}
	}
	if err := c.Unchanged(); err != nil {
		out.Abort()
		return err
	}
	return out.Commit()
}
