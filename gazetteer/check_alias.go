package gazetteer

import (
	"iter"

	"wiretag/models"
)

// A NameForm is one way to write an entity that is looked for, with the guard that
// governs it. Via is ViaAlias, ViaWeak, ViaDemonym or ViaShort.
type NameForm struct {
	*Alias
	Guard Guard
	Via   models.Via
}

// Forms walks every form that e's lines give it: the name, the aliases, the
// weak ones, demonyms, shorts. Demonyms and shorts know nothing of their
// entity's guard. Forms that the engine makes by itself are not among them.
func (e *Entity) Forms() iter.Seq[NameForm] {
	return func(yield func(NameForm) bool) {
		if e.Name.Text.Value != "" && !e.Name.NoMatch && !yield(e.form(&e.Name, models.ViaAlias)) {
			return
		}
		for _, l := range []struct {
			aliases []Alias
			via     models.Via
		}{{e.Aliases, models.ViaAlias}, {e.Weak, models.ViaWeak}, {e.Demonyms, models.ViaDemonym}, {e.Shorts, models.ViaShort}} {
			for i := range l.aliases {
				if a := &l.aliases[i]; !a.NoMatch && !yield(e.form(a, l.via)) {
					return
				}
			}
		}
	}
}

func (e *Entity) form(a *Alias, via models.Via) NameForm {
	if via == models.ViaDemonym || via == models.ViaShort {
		return NameForm{a, a.Guard.Value(), via}
	}
	g := e.GuardOf(a)
	if g.Strength == Weak {
		via = models.ViaWeak
	}
	return NameForm{a, g, via}
}

// An owner is an entity with one of its forms.
type owner struct {
	entity *Entity
	form   *Alias
	exact  bool
}

// owners are the first owner of a form and the first that is another entity,
// which is all it takes to find for anyone an owner that is somebody else.
type owners struct {
	first, second *owner
}

func (o *owners) add(w *owner) {
	switch {
	case o.first == nil:
		o.first = w
	case o.second == nil && o.first.entity != w.entity:
		o.second = w
	}
}

func (o *owners) besides(e *Entity) *owner {
	if o.first != nil && o.first.entity != e {
		return o.first
	}
	return o.second
}

// A surface is all that is known of aliases that are equal when folded.
type surface struct {
	any, loose owners             // loose: those whose case is not exact
	exact      map[string]*owners // by the text in this case
	shared     bool               // one of them says so
}

func (s *surface) add(w *owner) {
	s.any.add(w)
	if !w.exact {
		s.loose.add(w)
		return
	}
	if s.exact == nil {
		s.exact = map[string]*owners{}
	}
	if s.exact[w.form.Text.Value] == nil {
		s.exact[w.form.Text.Value] = &owners{}
	}
	s.exact[w.form.Text.Value].add(w)
}

// rival returns an earlier owner of w's text that is another entity. Two exact
// forms are rivals only in the same case.
func (s *surface) rival(w *owner) *owner {
	if !w.exact {
		return s.any.besides(w.entity)
	}
	if o := s.loose.besides(w.entity); o != nil {
		return o
	}
	if o := s.exact[w.form.Text.Value]; o != nil {
		return o.besides(w.entity)
	}
	return nil
}

// aliases reports texts that two entities own without saying so, and texts
// that one entity has twice.
func (c *checker) aliases() {
	type clash struct {
		*surface
		here, there *owner
	}
	var clashes []clash
	surfaces := make(map[string]*surface, len(c.g.Entities))
	for _, e := range c.g.Entities {
		own := map[string]*Alias{}
		for f := range e.Forms() {
			c.repeated(e, f.Alias, own)
			key := fold(f.Text.Value)
			s := surfaces[key]
			if s == nil {
				s = &surface{}
				surfaces[key] = s
			}
			w := &owner{e, f.Alias, f.Guard.Case == CaseExact}
			if o := s.rival(w); o != nil {
				clashes = append(clashes, clash{s, w, o})
			}
			s.shared = s.shared || f.Guard.Shared != nil && *f.Guard.Shared
			s.add(w)
		}
	}
	for _, k := range clashes {
		if !k.shared { // which an owner further on may have said
			c.add(k.here.form.Text.Pos, duplicateAlias, "%s is an alias of %s and, at %s, of %s: say shared: true if both are called so",
				quote(k.here.form.Text.Value), quote(k.here.entity.ID.Value), k.there.form.Text.Pos, quote(k.there.entity.ID.Value))
		}
	}
}

// repeated reports an alias that stands in own already. Two forms of one text
// make sense where guards tell them apart, as two periods do.
func (c *checker) repeated(e *Entity, a *Alias, own map[string]*Alias) {
	first := own[a.Text.Value]
	if first == nil {
		own[a.Text.Value] = a
		return
	}
	if first.Guard.Empty() && a.Guard.Empty() {
		c.add(a.Text.Pos, repeatedAlias, "%s has the alias %s already at %s: delete this one", quote(e.ID.Value), quote(a.Text.Value), first.Text.Pos)
	}
}

// Empty reports whether a guard is nil or sets nothing.
func (g *Guard) Empty() bool {
	return g == nil || g.Case == "" && g.Strength == "" && g.Needs == nil && g.Unless == nil && g.Within == "" &&
		g.From == "" && g.Until == "" && g.Shared == nil && g.Prior == 0 && g.Inside == nil
}
