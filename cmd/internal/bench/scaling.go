package main

import (
	"context"
	"path/filepath"
)

// A length is what a part of the text costs on one core, as articles and
// joined into a single one.
type length struct {
	Names        string  `json:"names"`
	Times        int     `json:"times"`
	Bytes        int     `json:"bytes"`
	Seconds      float64 `json:"seconds"`
	NSPerByte    float64 `json:"ns_per_byte"`
	OneArticle   float64 `json:"one_article_seconds"`
	OneNSPerByte float64 `json:"one_article_ns_per_byte"`
}

// eighths are the parts of the text that are measured: 8 is all of it.
const eighths = 8

// measureScaling measures 1, 2, 4 and 8 eighths of the text with the largest
// dictionary.
func (b *bench) measureScaling(ctx context.Context) error {
	names := b.sizes[len(b.sizes)-1]
	use := []string{"-g", b.path(names.text + ".wtg"), "--max-line", "1GiB", "--max-text", "1GiB"}
	for times := 1; times <= eighths; times *= 2 {
		b.logf("%d/%d of the text", times, eighths)
		part := every(b.corpus.articles, eighths/times)
		one := joined(part)
		l := length{Names: names.text, Times: times, Bytes: textBytes(part)}
		var err error
		if l.Seconds, err = b.seconds(ctx, part, use); err != nil {
			return err
		}
		if l.OneArticle, err = b.seconds(ctx, []article{one}, use); err != nil {
			return err
		}
		l.NSPerByte = ratio(l.Seconds*1e9, float64(l.Bytes))
		l.OneNSPerByte = ratio(l.OneArticle*1e9, float64(one.bytes()))
		b.report.Lengths = append(b.report.Lengths, l)
	}
	return nil
}

// seconds is the median time of articles on one core.
func (b *bench) seconds(ctx context.Context, articles []article, use []string) (float64, error) {
	const in = "part.jsonl"
	if err := writeArticles(b.path(in), articles); err != nil {
		return 0, err
	}
	out, err := b.tag(ctx, 1, in, filepath.Join(b.work, "part-records.jsonl"), use)
	return median(secondsOf(out)), err
}
