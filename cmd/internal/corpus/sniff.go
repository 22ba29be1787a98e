package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// How an input begins says what it is where its name does not. What is not
// sure is plain text: a wrong guess would lose an article, a text loses nothing.

// certain returns more of what in begins with than its first line, if that can
// decide the format. It reads as much as is sniffed at, and waits for it.
func certain(in *bufio.Reader, head []byte) []byte {
	for undecided(head) && len(head) < min(sniffed, in.Size()) {
		_, err := in.Peek(len(head) + 1)
		head, _ = in.Peek(min(in.Buffered(), sniffed))
		if err != nil {
			break // it comes again
		}
	}
	return head
}

// undecided says whether head may begin a list, an object over lines, front
// matter or a mail, but what would tell has not come yet.
func undecided(head []byte) bool {
	head = bytes.TrimPrefix(head, utf8BOM)
	trimmed := bytes.TrimSpace(head)
	list, isList := bytes.CutPrefix(trimmed, []byte("["))
	line, second, _ := bytes.Cut(head, []byte("\n"))
	switch {
	case len(trimmed) == 0, string(trimmed) == "{":
		return true
	case isList:
		list = bytes.TrimSpace(list)
		return len(list) == 0 || string(list) == "{"
	case beginsObject(line) && goesOn(line):
		return len(bytes.TrimSpace(second)) < len(`{"`)
	case hasFrontMatter(head):
		return !looksLikeFrontMatter(head)
	case bytes.HasPrefix(trimmed, []byte("<?xml")), bytes.HasPrefix(trimmed, []byte("<!--")):
		return !looksLikeHTML(head)
	case isFromLine(line):
		return bytes.IndexByte(second, '\n') < 0
	}
	name, _ := headerName(head)
	return name != "" && !bytes.Contains(head, []byte("\n\n")) && !bytes.Contains(head, []byte("\r\n\r\n"))
}

// looksLikeJSONL says whether head begins with an object on one line: a brace
// and a quote or another brace, which no article begins with. A line that ends
// where an object goes on is the start of one over lines, unless another object
// begins below: then it is a line that was cut.
func looksLikeJSONL(head []byte) bool {
	line, below, ended := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
	below = bytes.TrimSpace(below)
	return beginsObject(line) && !(ended && goesOn(line) && !beginsObject(below))
}

// beginsObject says whether b begins with a brace and a quote or a brace.
func beginsObject(b []byte) bool {
	rest, ok := bytes.CutPrefix(b, []byte("{"))
	rest = bytes.TrimSpace(rest)
	return ok && len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

// goesOn says whether a value of JSON that begins with line goes on behind it.
func goesOn(line []byte) bool {
	line = bytes.TrimSpace(line)
	if len(line) == 0 || !strings.ContainsRune("{[,:", rune(line[len(line)-1])) {
		return false
	}
	err := jsontext.NewDecoder(bytes.NewReader(line)).SkipValue()
	return errors.Is(err, io.ErrUnexpectedEOF)
}

// looksLikeJSON says whether head begins with an object over lines or with a
// list of objects.
func looksLikeJSON(head []byte) bool {
	head = bytes.TrimSpace(head)
	if rest, ok := bytes.CutPrefix(head, []byte("[")); ok {
		return beginsObject(bytes.TrimSpace(rest))
	}
	return beginsObject(head)
}

// looksLikeHTML says whether head begins like a page, behind what may stand
// before one: comments and the line that says XML.
func looksLikeHTML(head []byte) bool {
	for {
		head = bytes.TrimSpace(head)
		end := ""
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(head, []byte("<?xml")):
			end = "?>"
		}
		_, rest, ok := bytes.Cut(head, []byte(end))
		if end == "" || !ok {
			break
		}
		head = rest
	}
	head = bytes.ToLower(head[:min(len(head), 32)])
	for _, begin := range []string{"<!doctype html", "<html>", "<html ", "<html\n", "<html\r"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return false
}

// looksLikeFrontMatter says whether head begins with front matter that ends:
// a line of --- alone may be a rule, too.
func looksLikeFrontMatter(head []byte) bool {
	pairs, body := frontMatter(head)
	return len(pairs) > 0 && len(body) < len(head)
}

// looksLikeMail says whether head begins with the headers of a mail up to a
// blank line: who wrote it, and what no article has at its top.
func looksLikeMail(head []byte) bool {
	seen := map[string]bool{}
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case len(line) == 0:
			return seen["from"] && (seen["message-id"] || seen["mime-version"] || seen["received"])
		case line[0] == ' ' || line[0] == '\t':
			continue // goes on with the header before it
		}
		name, _ := headerName(line)
		if name == "" {
			return false
		}
		seen[name] = true
	}
	return false
}

// headerName returns the name of the header that b begins with, in lower case,
// and the rest; "" if it begins with none.
func headerName(b []byte) (name string, rest []byte) {
	key, rest, ok := bytes.Cut(b, []byte(":"))
	const longest = 64
	if !ok || len(key) == 0 || len(key) > longest {
		return "", nil
	}
	for _, r := range key {
		if r != '-' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return "", nil
		}
	}
	return strings.ToLower(string(key)), rest
}

// looksLikeMbox says whether head begins as the line before a mail does.
func looksLikeMbox(head []byte) bool {
	line, rest, whole := bytes.Cut(head, []byte("\n"))
	name, _ := headerName(rest)
	return whole && isFromLine(line) && name != ""
}
