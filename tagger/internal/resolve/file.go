package resolve

import (
	"wiretag/models"
	"wiretag/tagger/internal/wtg"
)

// The sections of names.
const (
	entitiesName = "entities"
	moreName     = "more"
	groupAtName  = "groupsat"
	groupsName   = "groups"
	linksName    = "links"
	acronymsName = "acronyms"
	formsName    = "forms"
	extrasName   = "extras"
	guardsName   = "guards"
	clauseAtName = "clauseat"
	clausesName  = "clauses"
	typesName    = "types"
	termsName    = "terms"
)

// typeRow is a type as it lies in the file.
type typeRow struct{ name, parent uint32 }

// save writes the names into a file. The types have been written.
func (n *Names) save(w *wtg.Writer) {
	wtg.Add(w, entitiesName, n.entities)
	wtg.Add(w, moreName, n.more)
	wtg.Add(w, groupAtName, n.groupAt)
	wtg.Add(w, groupsName, n.groups)
	wtg.Add(w, linksName, n.links)
	wtg.Add(w, acronymsName, n.acronyms)
	wtg.Add(w, formsName, n.forms)
	wtg.Add(w, extrasName, n.extras)
	wtg.Add(w, guardsName, n.guards)
	wtg.Add(w, clauseAtName, n.clauseAt)
	wtg.Add(w, clausesName, n.clauses)
	wtg.Add(w, termsName, []uint32{uint32(n.terms)})
}

// Open returns the names of a file. What is wrong with them is an error of the
// file.
func Open(f *wtg.File) *Names {
	n := &Names{
		text: f.Text(), entities: wtg.Rows[entity](f, entitiesName), more: wtg.Rows[more](f, moreName),
		groupAt: wtg.Rows[uint32](f, groupAtName), groups: wtg.Rows[Group](f, groupsName), links: wtg.Rows[Link](f, linksName),
		acronyms: wtg.Rows[uint32](f, acronymsName), forms: wtg.Rows[form](f, formsName),
		extras: wtg.Rows[extra](f, extrasName), guards: wtg.Rows[guard](f, guardsName),
		clauseAt: wtg.Rows[uint32](f, clauseAtName), clauses: wtg.Rows[clauseItem](f, clausesName),
	}
	n.openTypes(f)
	n.checkEntities(f)
	n.checkForms(f)
	n.checkGuards(f)
	return n
}

// openTypes reads the types, whose parents must come to an end.
func (n *Names) openTypes(f *wtg.File) {
	rows := wtg.Rows[typeRow](f, typesName)
	n.parents = make(map[string]string, len(rows))
	for _, r := range rows {
		n.parents[n.Text(r.name)] = n.Text(r.parent)
	}
	for _, r := range rows {
		name := n.Text(r.name)
		depth := 0
		for up := name; up != "" && depth <= len(rows); up = n.parents[up] {
			depth++
		}
		if f.Require(depth <= len(rows), typesName); f.Err() != nil {
			return
		}
		if name == norpType {
			n.norp = uint32(len(n.types))
		}
		n.types = append(n.types, name)
	}
	f.Require(len(n.types) > 0 && n.types[n.norp] == norpType, typesName)
}

func (n *Names) checkEntities(f *wtg.File) {
	var rows more
	ok := len(n.more) >= 2
	f.Offsets(groupAtName, n.groupAt, max(len(n.groupAt)-1, 0), 0, len(n.groups))
	for _, m := range n.more {
		ok = ok && int(m.groups)+1 < len(n.groupAt) && rows.links <= m.links && rows.acronyms <= m.acronyms
		rows = m
	}
	f.Require(ok && int(rows.links) <= len(n.links) && int(rows.acronyms) <= len(n.acronyms), moreName)
	kinds, lists := uint32(0), uint32(0)
	for i := range n.entities {
		kinds, lists = max(kinds, n.entities[i].typ()), max(lists, n.entities[i].more)
	}
	f.Require(len(n.entities) == 0 || int(kinds) < len(n.types) && int(lists) < len(n.more)-1, entitiesName)
}

// checkForms: an entity below 0 is above all when it is read without its sign.
func (n *Names) checkForms(f *wtg.File) {
	owner, at, ok := uint32(0), uint32(0), true
	for i := range n.forms {
		form := &n.forms[i]
		owner, at = max(owner, uint32(form.entity)), max(at, form.bits>>extraBits)
		ok = ok && form.via() <= models.ViaAcronym
	}
	f.Require(ok && (len(n.forms) == 0 || int64(owner) < int64(len(n.entities)) && int(at) < len(n.extras)), formsName)
}

func (n *Names) checkGuards(f *wtg.File) {
	for _, x := range n.extras {
		f.Require(int64(x.guard) <= int64(len(n.guards)), extrasName)
	}
	f.Offsets(clauseAtName, n.clauseAt, max(len(n.clauseAt)-1, 0), 0, len(n.clauses))
	for _, g := range n.guards {
		f.Require(int(max(g.needs, g.unless)) < len(n.clauseAt) && max(g.needIn, g.notIn) < mostUnits, guardsName)
	}
	terms := wtg.Rows[uint32](f, termsName)
	if f.Require(len(terms) == 1 && int(terms[0]) <= len(f.Bytes(clausesName)), termsName); f.Err() != nil {
		return
	}
	n.terms = int(terms[0])
	for _, it := range n.clauses {
		f.Require(it.kind <= itemGroup, clausesName)
		f.Require(it.kind != itemTerm || int64(it.ref) < int64(n.terms), clausesName)
		f.Require(it.kind != itemEntity || int64(it.ref) < int64(len(n.entities)), clausesName)
	}
}
