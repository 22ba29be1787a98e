// Command gen writes the counted word lists of the house: common-words, first-names (and which of them tell a gender)
// and family-names (and which of them are frequent).
//
// A word is common if English writes it small. The texts are US government posts, State of the Union messages and
// the World Factbook. A word counts as small where it stands in lower case, and as capitalised where only its first
// letter is a capital and nothing but the writer's choice put it there: not the first word of a sentence, line,
// bracket or quotation, not in a title-case line. ALL CAPS and mixed case count as neither, so US is no witness
// against us. It is common if it stands small in at least minDocs documents and in at least minShare of what was
// counted, or, for words such as house and department that officials like to capitalise, in at least manyDocs and
// manyShare. Words of two letters need tinyDocs. Words are ASCII letters only; leftOut holds the foreign words, units
// and abbreviations that pass by number and are no English words.
//
// First names are those of the US census of 1990 that at least minFirst per cent of the women or the men bore. One
// that is a common word must be borne by wordFirst per cent (Mark, Grace and Will stay, Long and Son go); notFirst
// names the places, months and titles that news means far more often. A first name tells a gender if at least
// oneGender times as large a part of one gender bears it as of the other. Family names are the familyTop most frequent
// surnames of the same census, with the capital and the apostrophe that it dropped put back (McCarthy, O'Brien); the
// first frequentTop of them are frequent.
//
//	go run ./gazetteer/words/gen -data ../shared/data
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	minDocs, minShare   = 6, 0.20
	manyDocs, manyShare = 20, 0.10
	tinyDocs            = 60
	minFirst            = 0.002
	wordFirst           = 0.03
	oneGender           = 20
	familyTop           = 12000
	frequentTop         = 3000
	width               = 110
	letters             = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// leftOut are lower-case words of the texts that are no English words: foreign words, units, pieces of addresses.
const leftOut = `
	ad aka au autonoma co com da de del departamento departamentos dei des di distrito dos du dwellr el en est et
	expirydate fuente html http https izvor informacija fonte ins km kt la las le los magnesite muhafazah muhafazat
	nationale nav nm npm org osnovnih pdf por provincia provincias puisne repo repos shiprider sq stan subbureau te thons
	un une url usa uswds van vivendi vol von vs wal xls yang`

// notFirst are census first names that news means otherwise, or that the census read wrong.
const notFirst = `
	Adelaide Al Alexandria America April Asia August Augusta Aura Austin Bradford Carolina Chad Chanel Chi Chin Cleveland
	Columbus Coy Dallas Del Dell Denver Dung Earnest Easter Edmond Emmy Fe Florida France Geneva Genie Georgia German
	Guadalupe Ha Hee Hong Houston India Irish Israel Jc Jin Jordan June Karma Kent Kenya Kia Lady Lan Le Li Lincoln Loma
	Lu Ma Maple Marvel Mercedes Mi Milan Modesto Odessa Ok Olympia Omega Ora Orlando Palma Pansy Paris Pinkie Princess
	Queen Raleigh Roma Roman Salina Samara San Sang Santa Santiago Santo Sydney Tequila Tiara Trenton Trinidad Valencia
	Van Velvet Venice Verona Virginia Von Yen Yi Yu`

// stillFirst are common words below wordFirst that are first names beyond doubt.
const stillFirst = `
	Chase Clay Drew Eve Faith Hunter Lily Miles Rob Will`

// apostrophes are surnames that the census writes without their apostrophe.
const apostrophes = `
	D'Agostino D'Alessandro D'Alessio D'Amato D'Ambrosio D'Amico D'Andrea D'Angelo D'Onofrio O'Bannon O'Boyle O'Brian
	O'Brien O'Bryan O'Bryant O'Callaghan O'Connell O'Conner O'Connor O'Daniel O'Day O'Dea O'Donnell O'Donoghue O'Donovan
	O'Dowd O'Driscoll O'Dwyer O'Farrell O'Flaherty O'Gara O'Grady O'Hagan O'Halloran O'Hanlon O'Hara O'Hare O'Hearn
	O'Kane O'Keefe O'Keeffe O'Kelley O'Kelly
	O'Laughlin O'Leary O'Loughlin O'Malley O'Mara O'Meara O'Neal O'Neil O'Neill O'Quinn O'Reilly O'Riley O'Rourke
	O'Shaughnessy O'Shea O'Steen O'Sullivan O'Toole`

func main() {
	data := flag.String("data", "", "folder of the source texts and lists")
	out := flag.String("out", filepath.Join("gazetteer", "words"), "folder to write the lists to")
	flag.Parse()
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// run writes the three lists.
func run(data, out string) error {
	if data == "" {
		return errors.New("-data is required: the folder with corpora/ and words/")
	}
	c := &counter{words: map[string]*tally{}}
	for _, name := range []string{"sotu", "digitalgov", "factbook"} {
		if err := c.readCorpus(filepath.Join(data, "corpora", name+".jsonl")); err != nil {
			return err
		}
	}
	common := c.common()
	if err := writeList(out, commonList(c, common)); err != nil {
		return err
	}
	first, err := firstNames(data, common)
	if err != nil {
		return err
	}
	if err := writeList(out, firstList(first)); err != nil {
		return err
	}
	for _, genders := range [][2]string{{"female", "male"}, {"male", "female"}} {
		names, err := gendered(data, first, genders[0], genders[1])
		if err != nil {
			return err
		}
		if err := writeList(out, genderList(genders[0], names)); err != nil {
			return err
		}
	}
	family, err := familyNames(data)
	if err != nil {
		return err
	}
	if err := writeList(out, frequentList(sorted(family[:frequentTop]))); err != nil {
		return err
	}
	return writeList(out, familyList(sorted(family)))
}

func sorted(words []string) []string { return slices.Sorted(slices.Values(words)) }

// A tally is what the texts say of one word.
type tally struct {
	small, capital int // occurrences
	docs           int // documents that hold it small
	last           int // the last of these, counted from 1
}

// A counter collects tallies over documents.
type counter struct {
	words       map[string]*tally
	docs, total int
}

// readCorpus counts the texts of one JSONL file.
func (c *counter) readCorpus(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReader(f))
	for n := 1; ; n++ {
		var doc struct{ Text string }
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: document %d: %w", path, n, err)
		}
		c.docs++
		for line := range strings.Lines(doc.Text) {
			c.readLine(line)
		}
	}
}

// readLine counts the words of one line, unless it is set like a title.
func (c *counter) readLine(line string) {
	runs := strings.Fields(line)
	if titleCase(runs) {
		return
	}
	start := true
	for _, run := range runs {
		start = start || opens(run)
		for _, word := range cut(run) {
			c.add(word, start)
			start = false
		}
		start = endsSentence(run)
	}
}

// add counts one occurrence; silent says that a capital here would mean nothing.
func (c *counter) add(word string, silent bool) {
	if len(word) < 2 {
		return
	}
	c.total++
	norm := strings.ToLower(word)
	rest := word[1:]
	switch {
	case word == norm:
		t := c.tally(norm)
		t.small++
		if t.last != c.docs {
			t.docs, t.last = t.docs+1, c.docs
		}
	case !silent && rest == strings.ToLower(rest):
		c.tally(norm).capital++
	}
}

func (c *counter) tally(norm string) *tally {
	t := c.words[norm]
	if t == nil {
		t = &tally{}
		c.words[norm] = t
	}
	return t
}

// common returns the common words, sorted.
func (c *counter) common() []string {
	skip := set(leftOut)
	var words []string
	for w, t := range c.words {
		if !skip[w] && t.common(len(w)) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// common reports whether a word of n letters with this tally is common.
func (t *tally) common(n int) bool {
	if n == 2 && t.docs < tinyDocs {
		return false
	}
	share := float64(t.small) / float64(max(1, t.small+t.capital))
	return t.docs >= minDocs && share >= minShare || t.docs >= manyDocs && share >= manyShare
}

// titleCase reports whether a line is set like a title: three or more words of four letters, 80 % of them capitalised.
func titleCase(runs []string) bool {
	long, capital := 0, 0
	for _, run := range runs {
		for _, word := range cut(run) {
			if len(word) >= 4 {
				long++
				if word[0] <= 'Z' {
					capital++
				}
			}
		}
	}
	return long >= 3 && capital*5 >= long*4
}

// cut returns the words of a run of non-space characters that are ASCII letters only, less a possessive 's. A run that
// is no plain text (a number, address, path, code) has none.
func cut(run string) []string {
	if strings.ContainsAny(run, `0123456789/\@_=<>{}|`) || innerDot(run) {
		return nil
	}
	var words []string
	gap := func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }
	for _, w := range strings.FieldsFunc(run, gap) {
		w = strings.Trim(w, "'’")
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		if w != "" && strings.Trim(w, letters) == "" {
			words = append(words, w)
		}
	}
	return words
}

// innerDot reports whether a dot stands before a letter: U.S., digital.gov.
func innerDot(run string) bool {
	for i, r := range run {
		if i > 0 && run[i-1] == '.' && unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

// opens reports whether a run begins with a quote or bracket.
func opens(run string) bool {
	first, _ := utf8.DecodeRuneInString(run)
	return strings.ContainsRune("\"'([“‘", first)
}

// endsSentence reports whether a capital after this run means nothing: it ends in a stop or a colon, or is a bullet.
func endsSentence(run string) bool {
	run = strings.TrimRight(run, `"'”’)]*`)
	if run == "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(run)
	return strings.ContainsRune(".!?:;#-+>—•", last)
}

// A name is one line of a census table.
type name struct {
	text    string
	percent float64
}

// readNames reads a census table: name, per cent of the bearers, rank.
func readNames(path string) ([]name, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var names []name
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if n == 1 {
			continue
		}
		cols := strings.Split(lines.Text(), "\t")
		if len(cols) < 2 {
			return nil, fmt.Errorf("%s:%d: want name, percent, rank: %q", path, n, lines.Text())
		}
		percent, err := strconv.ParseFloat(cols[1], 64)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: percent: %w", path, n, err)
		}
		names = append(names, name{cols[0], percent})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return names, nil
}

// firstNames returns the first names, sorted.
func firstNames(data string, common []string) ([]string, error) {
	words, skip, still := set(strings.Join(common, " ")), set(notFirst), set(stillFirst)
	var first []string
	for _, gender := range []string{"female", "male"} {
		names, err := readFirst(data, gender)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			tooCommon := words[strings.ToLower(n.text)] && n.percent < wordFirst && !still[n.text]
			if n.percent >= minFirst && !skip[n.text] && !tooCommon {
				first = append(first, n.text)
			}
		}
	}
	slices.Sort(first)
	return slices.Compact(first), nil
}

// readFirst reads the first names of the women or the men.
func readFirst(data, gender string) ([]name, error) {
	return readNames(filepath.Join(data, "words", "us-census-1990-first-"+gender+".tsv"))
}

// gendered returns those of the first names that nearly only one gender bears.
func gendered(data string, first []string, gender, other string) ([]string, error) {
	of, err := readFirst(data, gender)
	if err != nil {
		return nil, err
	}
	others, err := readFirst(data, other)
	if err != nil {
		return nil, err
	}
	percent := map[string]float64{}
	for _, n := range others {
		percent[n.text] = n.percent
	}
	var out []string
	for _, n := range of {
		if _, known := slices.BinarySearch(first, n.text); known && n.percent >= oneGender*percent[n.text] {
			out = append(out, n.text)
		}
	}
	slices.Sort(out)
	return out, nil
}

// familyNames returns the family names, the most frequent first.
func familyNames(data string) ([]string, error) {
	path := filepath.Join(data, "words", "us-census-1990-surnames.tsv")
	names, err := readNames(path)
	if err != nil {
		return nil, err
	}
	if len(names) < familyTop {
		return nil, fmt.Errorf("%s: %d names, want %d or more", path, len(names), familyTop)
	}
	slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(b.percent, a.percent) })
	spelling := map[string]string{}
	for _, s := range strings.Fields(apostrophes) {
		spelling[strings.ToLower(strings.ReplaceAll(s, "'", ""))] = s
	}
	family := make([]string, familyTop)
	for i, n := range names[:familyTop] {
		family[i] = n.text
		if s, ok := spelling[strings.ToLower(n.text)]; ok {
			family[i] = s
		} else if rest, ok := strings.CutPrefix(n.text, "Mc"); ok && len(rest) > 2 {
			family[i] = "Mc" + strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return family, nil
}

// set returns the words of a text.
func set(text string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(text) {
		words[w] = true
	}
	return words
}

// A list is one generated file.
type list struct {
	name, about, license string
	words                []string
}

func commonList(c *counter, words []string) list {
	return list{
		name: "common-words",
		about: fmt.Sprintf(`English words that running text writes small: where the place demands a capital, it says nothing.
Counted by gazetteer/words/gen over %d documents of %d words: US State of the Union messages, US
government posts (digital.gov) and the World Factbook. In lower case in at least %d documents and in %g of
the occurrences that count, or in %d documents and %g; words of two letters in %d documents.
%d words.`,
			c.docs, c.total, minDocs, minShare, manyDocs, manyShare, tinyDocs, len(words)),
		license: "public domain (US government works) and CC0-1.0 (World Factbook)",
		words:   words,
	}
}

func firstList(words []string) list {
	return list{
		name: "first-names",
		about: fmt.Sprintf(`First names. Made by gazetteer/words/gen from the first names of the US census of 1990: borne by at least
%g %% of the women or the men, a common word by %g %%; less those that are a place, month or title in news.
%d names.`, minFirst, wordFirst, len(words)),
		license: "public domain (US Census Bureau, 1990)",
		words:   words,
	}
}

func genderList(gender string, words []string) list {
	return list{
		name: "first-names-" + gender,
		about: fmt.Sprintf(`Those of the first-names that, by the US census of 1990, at least %d times as large a part of one gender
bears as of the other: an honorific that does not fit them is somebody else's. Made by gazetteer/words/gen.
%d names.`, oneGender, len(words)),
		license: "public domain (US Census Bureau, 1990)",
		words:   words,
	}
}

func familyList(words []string) list {
	return list{
		name: "family-names",
		about: fmt.Sprintf(`Family names. Made by gazetteer/words/gen from the surnames of the US census of 1990: the %d most
frequent, with the capital in McCarthy and the apostrophe in O'Brien put back.`, len(words)),
		license: "public domain (US Census Bureau, 1990)",
		words:   words,
	}
}

func frequentList(words []string) list {
	return list{
		name: "family-names-frequent",
		about: fmt.Sprintf(`The %d most frequent of the family-names: lint warns of a company that bears one and nothing else. Made by
gazetteer/words/gen.`, len(words)),
		license: "public domain (US Census Bureau, 1990)",
		words:   words,
	}
}

// writeList writes one list as YAML.
func writeList(dir string, l list) error {
	var b strings.Builder
	b.WriteString("# Code generated by gazetteer/words/gen; DO NOT EDIT.\nversion: 1\nabout: |\n")
	for line := range strings.Lines(l.about) {
		b.WriteString("  " + line)
	}
	fmt.Fprintf(&b, "\nlicense: %s\nlists:\n  %s:\n    any: [", l.license, l.name)
	col := len("    any: [")
	for i, w := range l.words {
		w = quote(w)
		if i < len(l.words)-1 {
			w += ","
		}
		switch {
		case i == 0:
		case col+1+len(w) > width:
			b.WriteString("\n      ")
			col = len("      ")
		default:
			b.WriteString(" ")
			col++
		}
		b.WriteString(w)
		col += len(w)
	}
	b.WriteString("]\n")
	return os.WriteFile(filepath.Join(dir, l.name+".yaml"), []byte(b.String()), 0o644)
}

// quote quotes a word that YAML 1.1 or 1.2 would not read as text.
func quote(w string) string {
	switch strings.ToLower(w) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return strconv.Quote(w)
	}
	return w
}
