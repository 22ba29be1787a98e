package gazetteer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wiretag/gazetteer"
	"wiretag/models"
)

func TestUnmark(t *testing.T) {
	tests := []struct {
		name, example string
		text          string   // "" is the example itself
		marks         []string // quotes
	}{
		{name: "none", example: "Zoom fell."},
		{name: "one", example: "It chose <Zoom> over Skype.", text: "It chose Zoom over Skype.", marks: []string{"Zoom"}},
		{name: "several", example: "<Zoom>, <Société X> and <X>", text: "Zoom, Société X and X", marks: []string{"Zoom", "Société X", "X"}},
		{name: "over two lines", example: "<Julien\nJin> left", text: "Julien\nJin left", marks: []string{"Julien\nJin"}},
		{name: "side by side", example: "<Hong><Kong>", text: "HongKong", marks: []string{"Hong", "Kong"}},
		{name: "never closed", example: "It chose <Zoom over Skype."},
		{name: "never opened", example: "It chose Zoom> over Skype."},
		{name: "the inner of two", example: "the <owner of <Zoom>>", text: "the <owner of Zoom>", marks: []string{"Zoom"}},
		{name: "opened twice", example: "the <owner of <Zoom>", text: "the <owner of Zoom", marks: []string{"Zoom"}},
		{name: "signs with blanks", example: "3 < 4 and 5 > 4"},
		{name: "a blank before the end", example: "if <a > b"},
		{name: "empty", example: "a <> b < > c"},
		{name: "arrows", example: "a -> b <- c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, marks := gazetteer.Unmark(tt.example)
			want := tt.text
			if want == "" {
				want = tt.example
			}
			if text != want {
				t.Errorf("got %q, want %q", text, want)
			}
			var quotes []string
			for _, m := range marks {
				quotes = append(quotes, text[m.Start:m.End])
			}
			if diff := cmp.Diff(quotes, tt.marks); diff != "" {
				t.Errorf("marks (-got +want):\n%s", diff)
			}
		})
	}
}

// What is written with marks comes back without them, and the marks with it.
func TestUnmarkWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var example, text strings.Builder
		var want []models.Span
		for range rapid.IntRange(0, 6).Draw(t, "pieces") {
			plain := rapid.StringMatching(`[^<>]{0,8}`).Draw(t, "plain")
			marked := rapid.StringMatching(`[\pL\pN]([^<>]{0,8}[\pL\pN])?`).Draw(t, "marked")
			example.WriteString(plain + "<" + marked + ">")
			text.WriteString(plain)
			want = append(want, models.Span{Start: text.Len(), End: text.Len() + len(marked)})
			text.WriteString(marked)
		}
		got, marks := gazetteer.Unmark(example.String())
		if got != text.String() {
			t.Fatalf("got %q, want %q", got, text.String())
		}
		if diff := cmp.Diff(marks, want); diff != "" {
			t.Fatalf("marks of %q (-got +want):\n%s", example.String(), diff)
		}
	})
}

// FuzzUnmark: whatever the text, the marks lie in it in order, hold no bracket,
// and nothing but two brackets a mark is gone.
func FuzzUnmark(f *testing.F) {
	for _, s := range []string{"", "<a>", "<<a>>", "< a>", "a<b c>d>e", "<\xff>", "<\u00a0>", "<é>\x00<", "<a\u2028>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, example string) {
		text, marks := gazetteer.Unmark(example)
		if len(text)+2*len(marks) != len(example) {
			t.Errorf("%q became %q with %d marks", example, text, len(marks))
		}
		end := 0
		var again strings.Builder
		for _, m := range marks {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("mark %v in %q", m, text)
			}
			if strings.ContainsAny(text[m.Start:m.End], "<>") {
				t.Errorf("mark %q", text[m.Start:m.End])
			}
			again.WriteString(text[end:m.Start] + "<" + text[m.Start:m.End] + ">")
			end = m.End
		}
		if again.WriteString(text[end:]); again.String() != example {
			t.Errorf("%q came back as %q", example, again.String())
		}
	})
}
