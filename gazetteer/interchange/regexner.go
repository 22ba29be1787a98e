package interchange

import (
	"bytes"
	"fmt"
	"strings"
)

// readRegexNER reads rules of four columns: a pattern, whose words are regular
// expressions, its type, the types it may overwrite, its priority. A pattern of
// plain words is a name; a full stop in it is read as itself.
// https://nlp.stanford.edu/software/regexner.html
func readRegexNER(im *importer, src Source) error {
	return im.lines(src, func(line []byte) {
		fields := strings.Split(string(line), "\t")
		if strings.HasPrefix(fields[0], "#") {
			return
		}
		if len(fields) < 2 {
			im.leave(string(line), "a rule is a pattern, a tab and a type")
			return
		}
		name, plain := literal(fields[0])
		if !plain {
			im.leave(fields[0], "a regular expression; gazetteers have none")
			return
		}
		im.entity("", form(name), im.typeOf(fields[1], ""))
		for i, v := range fields[2:] {
			what := "a further column"
			if i < 3 {
				what = []string{"types to overwrite", "priority", "group"}[i]
			}
			if strings.TrimSpace(v) != "" {
				im.drop(v, "%s: which of two names wins is decided by length", what)
			}
		}
	})
}

// literal returns the text that a pattern of plain words stands for.
func literal(pattern string) (s string, plain bool) {
	var b strings.Builder
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'):
			return "", false // \d and the like
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && strings.ContainsRune("*+?[](){}|^$/", r):
			return "", false
		}
		escaped = false
		b.WriteRune(r)
	}
	return written(strings.Fields(b.String())), !escaped
}

func writeRegexNER(x *exporter) []File {
	x.onlyEntities()
	var b bytes.Buffer
	for _, e := range x.g.Entities {
		x.losesOf(e, hold{shorts: true, demonyms: true})
		n := 0
		for f := range e.Forms() {
			n++
			fmt.Fprintf(&b, "%s\t%s\n", pattern(f.Text.Value), typeOfForm(e, &f))
		}
		x.lose(lostTie, max(0, n-1))
	}
	return single(b.Bytes())
}

// pattern writes a name as the regular expressions that mean its words.
func pattern(name string) string {
	var b strings.Builder
	for _, r := range strings.Join(tokens(name, ""), " ") {
		if strings.ContainsRune(`\.*+?[](){}|^$/`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
