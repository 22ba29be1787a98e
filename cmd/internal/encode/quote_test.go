package encode

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

var quoted = []string{
	"", "plain", "eight by", "a \"quote\" and a \\ in more than eight bytes", "\x00\x01\x1f\b\f\n\r\t\x7f/<>&",
	"Xi’s US–China 北京 \u2028\u2029 🏦", "\xff\xc3(\xed\xa0\x80\xf4\x90\x80\x80 cut \xe5\x8c", "!\"!\"!\"!\"!", "        \\",
	strings.Repeat("a", 31) + "\"", "\ufffd",
}

func checkString(t *testing.T, s string) {
	t.Helper()
	want, _ := jsontext.AppendQuote(nil, s)
	if got := appendString(nil, s); string(got) != string(want) {
		t.Errorf("%q: got %s, want %s", s, got, want)
	}
}

func TestAppendString(t *testing.T) {
	for _, s := range quoted {
		for i := range 9 { // at every place in eight bytes
			checkString(t, strings.Repeat("x", i)+s)
		}
	}
	for c := range 256 {
		checkString(t, "abc"+string([]byte{byte(c)})+"defghij")
	}
}

// FuzzAppendString: strings are written as the library writes them.
func FuzzAppendString(f *testing.F) {
	for _, s := range quoted {
		f.Add(s)
	}
	f.Fuzz(checkString)
}

func BenchmarkAppendString(b *testing.B) {
	s := strings.Repeat("The chancellor said that nothing was decided.\nShe would wait. ", 64)
	var buf []byte
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		buf = appendString(buf[:0], s)
	}
}
