package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// real is a folder of data with a few names of every list.
func real(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"names/us-congress.jsonl": `{"type":"PER","name":"Ada Vale","aliases":["Ada  M. Vale","ADA VALE","A\tb\u0007c"]}` + "\n" +
			`{"type":"PER","name":"X","aliases":[]}` + "\n",
		"names/sp500.jsonl":                     `{"type":"ORG","name":"Vale & Sons","aliases":[]}` + "\n",
		"names/geonames-cities1000.tsv":         "geonameid\tname\tcountry\tpopulation\n1\tValetown\tXX\t9\n2\tNorth Vale\tXX\t8\n",
		"words/us-census-1990-surnames.tsv":     "name\tpercent\trank\nSmith\t1.0\t1\nJones\t0.6\t2\n",
		"words/us-census-1990-first-female.tsv": "name\tpercent\trank\nMary\t2.6\t1\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func generate(t *testing.T, data string, n int) []entity {
	t.Helper()
	src, err := readSources(data)
	if err != nil {
		t.Fatal(err)
	}
	return newGenerator(src).take(n)
}

func TestGenerator(t *testing.T) {
	for _, tt := range []struct{ name, data string }{
		{"made up", ""},
		{"real", real(t)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// The few real lists hold no more different names of people than this.
			const n = 60
			all := generate(t, tt.data, n)
			if diff := cmp.Diff(all, generate(t, tt.data, n)); diff != "" {
				t.Errorf("two runs differ:\n%s", diff)
			}
			ids, names := map[string]bool{}, map[string]bool{}
			for _, e := range all {
				if ids[e.ID] {
					t.Errorf("id %q twice", e.ID)
				}
				ids[e.ID] = true
				for _, name := range e.Names {
					if key := strings.ToLower(name); names[key] {
						t.Errorf("name %q twice", name)
					} else {
						names[key] = true
					}
					if strings.ContainsFunc(name, unicode.IsControl) {
						t.Errorf("control character in %q", name)
					}
				}
			}
			if len(names) != n {
				t.Errorf("%d names, want %d", len(names), n)
			}
			if _, other := tt.data, generate(t, tt.data, 1); cmp.Diff(prefix(all, 1), other) != "" {
				t.Errorf("one name is %v, want the first of many, %v", other, prefix(all, 1))
			}
		})
	}
}

// TestNested holds that every smaller dictionary lies in the larger.
func TestNested(t *testing.T) {
	all := generate(t, real(t), 40)
	var flat []string
	for _, e := range all {
		flat = append(flat, e.Names...)
	}
	for n := 1; n <= len(flat); n++ {
		var got []string
		for _, e := range prefix(all, n) {
			got = append(got, e.Names...)
		}
		if diff := cmp.Diff(flat[:n], got); diff != "" {
			t.Fatalf("%d names are not the first of %d:\n%s", n, len(flat), diff)
		}
	}
}

func TestRealNamesAreTaken(t *testing.T) {
	var got []string
	for _, e := range generate(t, real(t), 40) {
		got = append(got, e.Names...)
	}
	all := "\n" + strings.Join(got, "\n") + "\n"
	for _, want := range []string{"Ada Vale\nAda M. Vale", "Vale & Sons", "Valetown", "North Vale"} {
		if !strings.Contains(all, "\n"+want+"\n") {
			t.Errorf("%q is not among the names:%s", want, all)
		}
	}
	for _, never := range []string{"X", "ADA VALE", "A b\ac"} {
		if strings.Contains(all, "\n"+never+"\n") {
			t.Errorf("%q is among the names", never)
		}
	}
}

func TestUsable(t *testing.T) {
	for _, tt := range []struct {
		name string
		want bool
	}{
		{"Ada", true},
		{"3M", false},
		{"São Tomé", true},
		{"A\u200bda", false},
		{"A\u2028da", false},
		{"Ada\x00", false},
		{"Ad\xffa", false},
		{"Li Bo", true},
		{strings.Repeat("a", longestName+1), false},
	} {
		if got := usable(tt.name); got != tt.want {
			t.Errorf("usable(%q) = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestParseSizes(t *testing.T) {
	for _, tt := range []struct {
		in, want string
		sizes    []size
	}{
		{in: "100", sizes: []size{{"100", 100}}},
		{in: "1k, 10k,2M", sizes: []size{{"1k", 1000}, {"10k", 10_000}, {"2M", 2_000_000}}},
		{in: "10k,1k", want: "1k comes after 10k"},
		{in: "1k,1000", want: "1000 comes after 1k"},
		{in: "ten", want: `"ten" is no number`},
		{in: "0", want: `"0" is no number`},
		{in: "-5", want: `"-5" is no number`},
		{in: "9999999999M", want: "is no number"},
		{in: "", want: `"" is no number`},
	} {
		got, err := parseSizes(tt.in)
		if tt.want != "" {
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q: error %v, want %q", tt.in, err, tt.want)
			}
			continue
		}
		if diff := cmp.Diff(tt.sizes, got, cmp.AllowUnexported(size{})); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", tt.in, err, diff)
		}
	}
}
