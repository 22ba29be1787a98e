package edit

import (
	"fmt"
	"slices"
	"strings"

	"wiretag/gazetteer"
)

// AddEntity plans a new entity. Its id is that of its name unless it has one.
// An id or a name that is there already is an error which names the place.
func (p *Pack) AddEntity(e *gazetteer.Entity, note string) (*Change, error) {
	name := e.Name.Text.Value
	if err := complete(&e.ID, name); err != nil {
		return nil, err
	}
	for _, other := range p.g.Entities {
		switch {
		case other.ID.Value == e.ID.Value && other.Name.Text.Value == name:
			return nil, fmt.Errorf("%s: %q is there already, with the id %s: wiretag add alias %[3]s adds to it", other.Pos, name, other.ID.Value)
		case other.ID.Value == e.ID.Value:
			return nil, fmt.Errorf("%s: the id %q is that of %q: give this one another with --id", other.Pos, e.ID.Value, other.Name.Text.Value)
		case other.Name.Text.Value == name:
			return nil, fmt.Errorf("%s: %q is the name of %s already: add to that one with wiretag add alias, or, if two bear the name, write the second by hand and both with shared: true", other.Pos, name, other.ID.Value)
		}
	}
	f := p.fileFor("entities.yaml",
		func(g *gazetteer.Gazetteer) (n int) {
			for _, other := range g.Entities {
				if other.Type.Value == e.Type.Value {
					n++
				}
			}
			return n
		},
		func(g *gazetteer.Gazetteer) int { return len(g.Entities) })
	ed, err := gazetteer.AddEntity(f.name, f.text, e, note)
	return p.change(f, ed, err, fmt.Sprintf("added %s, %s, as %s", quoted(name), e.Type.Value, e.ID.Value))
}

// complete makes an id of a name where none is given.
func complete(id *gazetteer.String, name string) error {
	if id.Value == "" {
		id.Value = gazetteer.Slug(name)
	}
	if id.Value == "" {
		return fmt.Errorf("%q has no letter or digit to make an id of: give one with --id", name)
	}
	return nil
}

// AddTopic plans a new topic; see AddEntity.
func (p *Pack) AddTopic(t *gazetteer.Topic) (*Change, error) {
	label := t.Label.Value
	if err := complete(&t.ID, label); err != nil {
		return nil, err
	}
	for _, other := range p.g.Topics {
		switch {
		case other.ID.Value == t.ID.Value:
			return nil, fmt.Errorf("%s: there is a topic %q already: edit it there, or give this one another id with --id", other.Pos, t.ID.Value)
		case other.Label.Value == label:
			return nil, fmt.Errorf("%s: %q is the label of the topic %s already: edit that one, or choose another label", other.Pos, label, other.ID.Value)
		}
	}
	f := p.fileFor("topics.yaml", func(g *gazetteer.Gazetteer) int { return len(g.Topics) })
	ed, err := gazetteer.AddTopic(f.name, f.text, t)
	return p.change(f, ed, err, fmt.Sprintf("added the topic %s as %s", quoted(label), t.ID.Value))
}

// AddAlias plans another alias of the entity id, under key, which is aliases or
// weak. It goes into the entry that defines the entity, or extends it, in this
// pack; for one of a pack below a new entry extends it. Nothing changes where
// the entity has just this alias; having it in another form is an error.
func (p *Pack) AddAlias(id, key string, a *gazetteer.Alias) (*Change, error) {
	e, err := p.entity(id)
	if err != nil {
		return nil, err
	}
	if old, under := have(e, a.Text.Value); old != nil {
		where := old.Text.Pos
		if under == key && old.Same(a) {
			return &Change{File: where.File, Line: where.Line, Done: fmt.Sprintf("%s has the alias %s already; nothing was changed", id, quoted(a.Text.Value))}, nil
		}
		return nil, fmt.Errorf("%s: %s has %q already, under %s: edit it there", where, id, a.Text.Value, under)
	}
	did := fmt.Sprintf("added alias %s to %s", quoted(a.Text.Value), id)
	if f, own := p.definition(id); own != nil {
		if p.file != "" && p.file != f.name {
			return nil, fmt.Errorf("%s: %s stands here and not in %s: leave --file out", own.Pos, id, p.file)
		}
		ed, err := gazetteer.AddAlias(f.name, f.text, own.Pos, key, a)
		return p.change(f, ed, err, did)
	}
	by := &gazetteer.Entity{ID: gazetteer.String{Value: id}, Layer: gazetteer.Layer{Extend: true}}
	if key == "weak" {
		by.Weak = []gazetteer.Alias{*a}
	} else {
		by.Aliases = []gazetteer.Alias{*a}
	}
	f := p.fileFor("entities.yaml", func(g *gazetteer.Gazetteer) int { return len(g.Entities) })
	ed, err := gazetteer.AddEntity(f.name, f.text, by, "")
	return p.change(f, ed, err, did+", which stands in "+e.Pos.File)
}

// entity returns the entity with an id, as all layers make it.
func (p *Pack) entity(id string) (*gazetteer.Entity, error) {
	at := func(g *gazetteer.Gazetteer) int {
		return slices.IndexFunc(g.Entities, func(e *gazetteer.Entity) bool { return e.ID.Value == id })
	}
	if i := at(p.g); i >= 0 {
		return p.g.Entities[i], nil
	}
	for _, e := range p.g.Entities {
		if slices.ContainsFunc(e.Formerly, func(s gazetteer.String) bool { return s.Value == id }) {
			return nil, fmt.Errorf("%s: %q is now called %s", e.Pos, id, e.ID.Value)
		}
		if e.Name.Text.Value == id {
			return nil, fmt.Errorf("%s: the id of %q is %s", e.Pos, id, e.ID.Value)
		}
	}
	if below, _, err := gazetteer.Load(defaultPack); err == nil && at(below) >= 0 {
		return nil, fmt.Errorf("there is no entity %q in %s; the pack built in has one: write uses: [default] into %s to lie on top of it", id, p.path, p.files[0].name)
	}
	return nil, fmt.Errorf("there is no entity %q in %s%s", id, p.path, p.g.NearEntity(id))
}

// definition returns the entry of this pack that defines an entity, else the
// first that extends it.
func (p *Pack) definition(id string) (in *file, e *gazetteer.Entity) {
	for _, f := range p.files {
		for _, own := range f.own.Entities {
			if own.ID.Value != id || own.Remove || e != nil && own.Extend {
				continue
			}
			if in, e = f, own; !own.Extend {
				return in, e
			}
		}
	}
	return in, e
}

// have returns the form of an entity that is this text, and the key it is under.
func have(e *gazetteer.Entity, text string) (*gazetteer.Alias, string) {
	for _, l := range []struct {
		key   string
		forms []gazetteer.Alias
	}{
		{"name", []gazetteer.Alias{e.Name}}, {"aliases", e.Aliases}, {"weak", e.Weak},
		{"shorts", e.Shorts}, {"demonyms", e.Demonyms},
	} {
		for i := range l.forms {
			if l.forms[i].Text.Value == text {
				return &l.forms[i], l.key
			}
		}
	}
	return nil, ""
}

// quoted is a name as messages show it: between quotes, as it is.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, "\n", `\n`) + `"` }
