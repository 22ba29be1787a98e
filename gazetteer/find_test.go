package gazetteer_test

import (
	"os"
	"path/filepath"
	"testing"

	"wiretag/gazetteer"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	const own = "version: 1\n"
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"empty folder", nil, nil},
		{"pack is the folder", map[string]string{"a.yaml": own, "sub/b.yaml": own}, []string{"."}},
		{"packs below", map[string]string{"b/x.yaml": own, "a/x.yml": own, "c/d/x.yaml": own}, []string{"a", "b"}},
		{"YAML of another program", map[string]string{"ci.yaml": "on: push\nversion_x: 2\n"}, nil},
		{"version forgotten", map[string]string{"a.yaml": "entities:\n  - {name: Zoom, type: ORG}\n"}, []string{"."}},
		{"broken YAML", map[string]string{"a.yaml": "version: 1\nentities: [\n"}, []string{"."}},
		{"byte order mark", map[string]string{"a.yaml": "\ufeff" + own}, []string{"."}},
		{"hidden", map[string]string{".a.yaml": own, ".git/b.yaml": own}, nil},
		{"only tests", map[string]string{"a_test.yaml": own}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range tt.files {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(gazetteer.Find("."), tt.want); diff != "" {
				t.Errorf("Find (-got +want):\n%s", diff)
			}
		})
	}
}
