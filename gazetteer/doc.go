// Package gazetteer reads what wiretag knows: people, organisations, places
// and topics, written in YAML by people.
//
// Call Load with the packs that the user named, look at the Diagnostics, and
// hand the Gazetteer to package tagger. Load works in four phases: read the
// files of a pack, parse each into typed values with a position on every
// scalar, merge the packs as layers, check the whole. Each phase reports what
// it finds and goes on, so that one run shows every mistake. A Gazetteer is
// plain data that nothing changes afterwards; it may be read from any number
// of goroutines, and every function here may be called from any.
//
// # Packs
//
// A pack is a folder or one file. Of a folder all *.yaml and *.yml count, in
// subfolders too, in the order of their paths, but for *_test.yaml and what
// begins with a dot. Every file says version: 1; every other key is optional:
// name, about and license of the pack; uses, the packs below it (default, or a
// path from the file that says it); types, entities, masks, lists, filters and
// topics. Keys that begin with x- are ignored everywhere, note: is allowed
// everywhere, any other key is an error. A pack has at most 1,000 files, a file
// 256 MiB, a name 1,024 bytes; packs use each other, and lists and entries
// nest, at most 64 deep.
//
// The house's word lists (package words) lie below every pack, as lists that a
// pack may extend. They do not count in the hash.
//
// # Entities
//
// An entity has a name and a type, one of OntoNotes' or one declared under
// types. Its id is the Slug of the name unless id is given. It is found by its
// name and aliases, beside these by weak aliases, shorts and demonyms; family
// is the family name where it is not the last word, or false. groups carry
// days where needed ({id: head-of-state, from: 2013-03-14}). links are ids
// elsewhere. masks are phrases that hold the name and are not it. examples and
// counter_examples are sentences for wiretag test: see below. formerly keeps
// old ids working.
//
// A surface form is text or the long form {text, match, …} with guard keys:
// case (auto, exact, fold), strength (strong, weak), needs, unless, within
// (article, paragraph, sentence), from, until, shared, prior, inside. On the
// entity the same keys are the defaults of its name, aliases and weak aliases.
// A leading The is a part of an exact form (The Atlantic) and optional before
// any other.
// Numbers, dates and words like NO and yes are text as written; null and ~
// have to stand in quotes.
//
// # Terms and conditions
//
// A term is a word or phrase, or a reference: entity:ID, type:T, group:G,
// topic:ID, list:L, also as {entity: ID}. exact:spied is this form in this
// case, lower:mark never matches a name, and exact: in front of a text with a
// colon keeps it from being read as a reference.
//
// A condition is a term, or {any: [...]}, or {all: [...], together: sentence},
// with name, at_least, distinct, in (title, lead, body) and unless. An item of
// all is a term, a list of alternatives, or {any, in}. together is sentence,
// paragraph, article or "12 words".
//
// # Topics
//
// A topic has a label, its id is the Slug of it unless given, and clues:
// conditions with a weight, which is certain, strong, medium, weak or a number
// between 0 and 1. against lists clues that speak against it, require what
// must hold, exclude what must not, ignore phrases that are blanked out. parent
// makes the topics a tree; threshold is 0.5 unless given; status is draft,
// stable or retired. filters do the same for several topics: {topics: all,
// ignore, exclude}. lists are named lists of terms.
//
// # Examples and tests
//
// examples of an entity have to mention it, counter_examples must not; those of
// a topic have to be given it, or not. In an example <…> marks words that a
// mention of the entity has to cover exactly, or that have to be evidence of the
// topic; in a counter-example no mention, or no evidence, may touch them. A mark
// begins and ends at its words and holds no other bracket: in "<a <b>>" b is
// marked, and in "3 < 4" nothing is. Other brackets are text; one at a word is
// reported, for it is half a mark. Unmark is the one reading of marks.
//
// Whole articles stand in files beside the pack, which are no part of it: every
// *_test.yaml in the folder, X_test.yaml beside the pack X.yaml. LoadTests reads
// them:
//
//	version: 1
//	tests:
//	  - name: optional
//	    title: the headline       # or text, or both
//	    text: |
//	      The article, as it is: brackets mark nothing here.
//	    date: 2023-11-29
//	    entities: [zoom, {id: julien-jin, quote: Jin, count: 2, type: PERSON}]
//	    not_entities: [skype, {id: zoom, quote: Zoom lens}]
//	    topics: [corporate-espionage]
//	    not_topics: [us-china-tech]
//	    todo: true                # a known gap: told, and no failure
//
// Of entities each has to be mentioned; the long form counts only the mentions
// with this quote (line breaks and blanks are the same) and of this type, of
// which there have to be count, or one at least. None of not_entities may be
// mentioned. Every other key is optional, but one of these four there has to be.
//
// # Layers
//
// An entity, list or topic with the id of one below it is an error, unless it
// says override: true (it replaces it), extend: true (it adds to its lists and
// sets scalars that are absent, and drop: {aliases: [DC]} takes away), or
// remove: true. A reference to what was removed never holds.
package gazetteer
