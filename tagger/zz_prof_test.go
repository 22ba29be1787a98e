package tagger_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"wiretag/gazetteer"
	"wiretag/tagger"
)

func TestZZ(t *testing.T) {
	s := os.Getenv("PACK")
	t0 := time.Now()
	g, d, err := gazetteer.Load(s)
	if err != nil {
		t.Fatal(err)
	}
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	fmt.Println("load", time.Since(t0), len(d), "heap", ms.HeapAlloc>>20, "sys", ms.Sys>>20)
	t0 = time.Now()
	var b bytes.Buffer
	if err := tagger.Compile(&b, g, tagger.CompileOptions{}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&ms)
	fmt.Println("compile", time.Since(t0), b.Len(), "heap", ms.HeapAlloc>>20, "sys", ms.Sys>>20)
	t0 = time.Now()
	if _, err := tagger.OpenBytes(b.Bytes(), nil); err != nil {
		t.Fatal(err)
	}
	fmt.Println("open", time.Since(t0))
	os.WriteFile(os.Getenv("OUT"), b.Bytes(), 0o644)
}
