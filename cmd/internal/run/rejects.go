package run

import (
	"encoding/base64"
	"errors"
	"strconv"
	"unicode/utf8"

	"wiretag/cmd/internal/corpus"

	"github.com/go-json-experiment/json/jsontext"
)

// rejection returns the line of the rejects file that tells of an input which
// gave no record; nil for what is no loss.
//
//	{"path":"a.jsonl","line":7,"column":12,"byte":431,"class":"syntax","error":"…","raw":"…"}
//
// Keys without a value are left out. raw is the line or record as it was read,
// cut at corpus.MaxRaw; if it is no UTF-8 it comes as raw_base64.
func rejection(err error) []byte {
	if pe, ok := errors.AsType[*PanicError](err); ok {
		return appendRejection(nil, &corpus.Problem{Path: pe.ID, Class: "internal", Byte: -1, Err: pe})
	}
	p, ok := errors.AsType[*corpus.Problem](err)
	switch {
	case !ok:
		return appendRejection(nil, &corpus.Problem{Byte: -1, Err: err})
	case p.Note:
		return nil
	}
	return appendRejection(nil, p)
}

func appendRejection(b []byte, p *corpus.Problem) []byte {
	b = appendText(append(b, '{'), `"path":`, p.Path)
	if p.Line > 0 {
		b = strconv.AppendInt(append(b, `,"line":`...), int64(p.Line), 10)
	}
	if p.Column > 0 {
		b = strconv.AppendInt(append(b, `,"column":`...), int64(p.Column), 10)
	}
	if p.Byte >= 0 {
		b = strconv.AppendInt(append(b, `,"byte":`...), p.Byte, 10)
	}
	if p.Class != "" {
		b = appendText(b, `,"class":`, string(p.Class))
	}
	b = appendText(b, `,"error":`, p.Err.Error())
	switch {
	case len(p.Raw) == 0:
	case utf8.Valid(p.Raw):
		b = appendText(b, `,"raw":`, string(p.Raw))
	default:
		b = appendText(b, `,"raw_base64":`, base64.StdEncoding.EncodeToString(p.Raw))
	}
	return append(b, '}', '\n')
}

// appendText appends a key, which is ready-made JSON, and a string. Bytes that
// are no UTF-8 become U+FFFD.
func appendText(b []byte, key, s string) []byte {
	b, _ = jsontext.AppendQuote(append(b, key...), s)
	return b
}
