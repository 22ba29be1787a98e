package corpus

import "bytes"

// What a Markdown text may cost. Its parser takes time by the square of some
// nestings, and fills every row of a table up to the width of its header.
const (
	maxQuotes = 100     // marks of quotes before a line
	maxLinks  = 1 << 26 // starts of links in a paragraph, times its bytes
	maxRefs   = 1 << 30 // definitions of links in a paragraph, times its bytes
	maxFill   = 16      // cells of tables for each byte of the text
)

// intricate says whether a Markdown text would cost its parser far more than a
// text of its size that people write.
func intricate(src []byte) bool {
	links, refs, size := 0, 0, 0 // of the paragraph in hand
	columns, cells := 0, 0       // of the table in hand; of all tables
	for line := range bytes.Lines(src) {
		body := bytes.TrimLeft(line, "> \t\r\n")
		if bytes.Count(line[:len(line)-len(body)], []byte(">")) > maxQuotes {
			return true
		}
		if len(body) == 0 {
			columns = 0
		}
		if len(body) == 0 || bytes.IndexByte([]byte("-*+#0123456789"), body[0]) >= 0 { // an item of a list, too
			links, refs, size = 0, 0, 0
		}
		if isDelimiterRow(bytes.TrimSpace(body)) {
			columns = max(columns, bytes.Count(body, []byte("|"))+1)
		}
		cells += columns
		size += len(line)
		links += bytes.Count(line, []byte("]("))
		refs += bytes.Count(line, []byte("]:"))
		if links*size > maxLinks || refs*size > maxRefs || cells/maxFill > len(src)+1024 {
			return true
		}
	}
	return false
}

// isDelimiterRow says whether a line may be the one below a table's header.
func isDelimiterRow(line []byte) bool {
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "|:- \t>")) == 0
}
