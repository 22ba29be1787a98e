package tagger

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wiretag/gazetteer"
	"wiretag/models"
	"wiretag/tagger/internal/segment"
)

// smallYAML has something in every section of a file.
const smallYAML = `version: 1
types: [VESSEL, {id: MALWARE, parent: PRODUCT}]
entities:
  - {name: Ann Lee Smith, type: PERSON, gender: f, aliases: [A. L. Smith], groups: [{id: crew, from: 2013-03-14}]}
  - {name: Bob van Dyke Jr., type: PERSON, gender: m, family: van Dyke, groups: [crew, cabinet]}
  - id: us-doj
    name: US Department of Justice
    type: ORG
    aliases: [DoJ, {text: Justice, needs: [court, group:crew, type:PERSON, entity:georgia], within: paragraph}]
    weak: [Main Justice]
    links: {wikidata: Q1553390}
  - id: georgia
    name: {text: Georgia, shared: true, prior: 0.8, unless: [peach, Atlanta]}
    type: GPE
    demonyms: [Georgian]
    masks: [Georgia pine]
  - {id: georgia-ship, name: {text: Georgia, shared: true, from: 2019-04-18}, type: VESSEL, shorts: [GS], aliases: [MV Georgia]}
  - {name: Acme & Sons Holdings, type: ORG, inside: true, formerly: [old]}
masks: [Acme street]
lists: {goods: [court, trade secret]}
topics:
  - id: theft
    label: theft
    parent: crime
    require: [{name: somebody, any: [type:PERSON, group:crew, entity:us-doj]}]
    clues:
      - {name: words, weight: certain, all: [[steal, theft], list:goods], together: 8 words}
      - {name: title, weight: weak, any: [Acme], in: lead, unless: [peach], at_least: 2}
    against: [{name: fiction, any: [novel, film], distinct: 2}]
    exclude: [opera]
    ignore: [steal the show]
  - {id: crime, label: crime, clues: [topic:theft, exact:Court]}
filters: [{topics: all, ignore: [court of arms]}]
`

const smallArticle = `Acme and Ann Lee Smith

TBILISI, April 3 (Reuters) - Ann Lee Smith of the US Department of Justice (DoJ) said Bob van Dyke Jr. stole trade secrets.

Mr van Dyke met Smith in Georgia; the MV Georgia lay there. A Georgian court, Justice said, read the novel. Acme & Sons and J. P. Morgan of Main Justice left Acme street with Georgia pine. GS too.`

// smallFile compiles smallYAML with three words of each of the house's lists.
func smallFile(t testing.TB) []byte {
	t.Helper()
	g, found, err := gazetteer.LoadFS(fstest.MapFS{"pack.yaml": {Data: []byte(smallYAML)}}, "small")
	if err != nil || len(found.Errors()) > 0 {
		t.Fatal(err, found.Errors())
	}
	for i, l := range g.Lists {
		few := *l
		few.Any = l.Any[:min(3, len(l.Any))]
		g.Lists[i] = &few
	}
	file, err := newCompiler(g).compile(CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return file.Data()
}

// The layout of a file, as package wtg documents it.
const headSize, entrySize = 32, 32

// sections returns where the sections of a file lie, by name.
func sections(data []byte) map[string][2]int {
	out := map[string][2]int{}
	for i := range int(binary.LittleEndian.Uint32(data[24:])) {
		e := data[headSize+entrySize*i:]
		at, size := int(binary.LittleEndian.Uint64(e[8:])), int(binary.LittleEndian.Uint64(e[16:]))
		out[strings.TrimRight(string(e[:8]), "\x00")] = [2]int{at, at + size}
	}
	return out
}

// seal makes the checksums of a file right again, as far as its table makes
// sense.
func seal(data []byte) {
	if len(data) < headSize {
		return
	}
	table := crc32.MakeTable(crc32.Castagnoli)
	n := min(int(binary.LittleEndian.Uint32(data[24:])), (len(data)-headSize)/entrySize)
	for i := range n {
		e := data[headSize+entrySize*i:]
		at, size := binary.LittleEndian.Uint64(e[8:]), binary.LittleEndian.Uint64(e[16:])
		if at <= uint64(len(data)) && size <= uint64(len(data))-at {
			binary.LittleEndian.PutUint32(e[24:], crc32.Checksum(data[at:at+size], table))
		}
	}
	sum := crc32.Checksum(data[:headSize-4], table)
	binary.LittleEndian.PutUint32(data[headSize-4:], crc32.Update(sum, table, data[headSize:headSize+entrySize*n]))
}

// tryFile opens a file, perhaps a wrong one, and does with it all that can be
// done. Nothing may panic.
func tryFile(data []byte, punkt *segment.Punkt) error {
	t, err := openWith(punkt, data, &Options{Workers: 1, Draft: true, OverlapAll: true}) // loading another takes 5 ms
	if err != nil {
		return err
	}
	for _, date := range []models.Date{"", "2020-01-01"} {
		t.Explain(models.Document{Text: smallArticle, Date: date}, "theft")
	}
	var o Outline
	t.Outline(&o, &models.Document{Title: "Ann Lee Smith steals", Text: smallArticle})
	t.Forms("georgia")
	t.Topics()
	t.HasTopic("crime")
	return nil
}

// TestSmallFile: the article of these tests meets most of the small gazetteer.
func TestSmallFile(t *testing.T) {
	tg, err := OpenBytes(smallFile(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	rec := tg.Tag(models.Document{Text: smallArticle})
	if len(rec.Entities) < 5 || len(rec.Topics) != 2 {
		t.Errorf("%d entities and %d topics are found: the tests of damage would see little", len(rec.Entities), len(rec.Topics))
	}
}

// TestDamaged: a file cut after any byte, or with any bit of any byte changed,
// is an error that says what to do.
func TestDamaged(t *testing.T) {
	whole := smallFile(t)
	said := func(what string, err error) {
		if err == nil {
			t.Fatalf("%s: no error", what)
		}
		if !strings.Contains(err.Error(), "wiretag compile") {
			t.Fatalf("%s: the error %q does not say what to do", what, err)
		}
	}
	for n := range whole {
		_, err := OpenBytes(whole[:n], nil)
		said(fmt.Sprintf("cut after %d bytes", n), err)
	}
	_, err := OpenBytes(append(slices.Clone(whole), 0), nil)
	said("with a byte more", err)
	for at := range whole {
		data := slices.Clone(whole)
		data[at] ^= 1 << (at % 8)
		_, err := OpenBytes(data, nil)
		said(fmt.Sprintf("byte %d changed", at), err)
	}
}

// TestForged: a file whose checksums are right and whose content is not is an
// error or gives nonsense, but never a panic. Every number of it is replaced by
// those that are most likely to lead astray.
func TestForged(t *testing.T) {
	whole, punkt := smallFile(t), segment.NewPunkt()
	step := 4
	if testing.Short() {
		step = 4 * 7
	}
	for at := 8; at+4 <= len(whole); at += step {
		was := binary.LittleEndian.Uint32(whole[at:])
		for _, now := range []uint32{0, 1, was - 1, was + 1, was + 2, was ^ 1<<29, 1 << 31, 1<<32 - 1, uint32(len(whole))} {
			if now == was {
				continue
			}
			data := slices.Clone(whole)
			binary.LittleEndian.PutUint32(data[at:], now)
			forge(t, data, punkt, fmt.Sprintf("%d at byte %d (%s) for %d", now, at, sectionAt(whole, at), was))
		}
	}
}

// TestForgedWildly: sections filled with numbers by chance, small ones mostly.
func TestForgedWildly(t *testing.T) {
	whole, punkt := smallFile(t), segment.NewPunkt()
	all := sections(whole)
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		for name, at := range all {
			data := slices.Clone(whole)
			for i := at[0]; i+4 <= at[1]; i += 4 {
				if rng.IntN(4) == 0 {
					binary.LittleEndian.PutUint32(data[i:], uint32(rng.IntN(1<<rng.IntN(31))))
				}
			}
			forge(t, data, punkt, fmt.Sprintf("round %d, section %s", round, name))
		}
	}
}

func sectionAt(data []byte, at int) string {
	for name, s := range sections(data) {
		if s[0] <= at && at < s[1] {
			return name
		}
	}
	return "header"
}

// forge tries a file with checksums made right, and says which it was if that
// panics.
func forge(t *testing.T, data []byte, punkt *segment.Punkt, what string) {
	t.Helper()
	seal(data)
	defer func() {
		if v := recover(); v != nil {
			t.Errorf("%s: panic: %v", what, v)
			panic(v)
		}
	}()
	_ = tryFile(data, punkt) // that nothing panics is the test
}

// FuzzOpen: bytes with checksums made right open, or not, without a panic.
func FuzzOpen(f *testing.F) {
	whole, punkt := smallFile(f), segment.NewPunkt()
	f.Add(whole)
	f.Add(whole[:headSize])
	f.Add([]byte("version: 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		data = slices.Clone(data)
		seal(data)
		_ = tryFile(data, punkt) // that nothing panics is the test
	})
}
