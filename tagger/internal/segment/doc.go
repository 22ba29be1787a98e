// Package segment turns an article into words with exact places, and finds its
// paragraphs, sentences and zones. It hides every trap of prose v2 (which
// loses text, panics, has no offsets and is quadratic on some input) behind
// two properties that hold for any bytes:
//
//   - the words and the white space between them give back the source;
//   - wherever prose loses nothing, the cuts of prose are among ours.
//
// The phases are those of Reader.Read: white space splits a field into runs;
// each run is cut into words once and remembered (cut.go, prose.go); the runs'
// line breaks make paragraphs (text.go); the first paragraphs get their zones
// (zone.go). Sentences are found one paragraph at a time, when somebody asks
// (sentence.go).
//
// A Vocab is built first and read-only afterwards; any number of Readers may
// share it, and a Memo of what runs were cut into. A Reader and the Text it fills
// belong to one goroutine.
package segment
