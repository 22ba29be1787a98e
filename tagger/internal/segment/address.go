package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// markAddresses flags the words of a run that lie inside a URL, an e-mail
// address or a file path (NoMatch), or in a bare domain (Domain).
func markAddresses(words []Word, run string) {
	if !strings.ContainsAny(run, ":/@.\\~") {
		return
	}
	start, end := unwrap(run)
	core := run[start:end]
	flag := NoMatch
	if !isURL(core) && !isMail(core) && !isPath(core) {
		n := domain(core)
		if n == 0 {
			return
		}
		if !strings.HasPrefix(core[n:], "/") {
			flag, end = Domain, start+n
		}
	}
	for i := range words {
		if int(words[i].Start) >= start && int(words[i].End) <= end {
			words[i].Flags |= flag
		}
	}
}

// unwrap returns the part of a run without the brackets, quotes and stops
// around it.
func unwrap(run string) (start, end int) {
	around := func(r rune) bool {
		return isQuote(r) || strings.ContainsRune("()[]{}<>,;:!?.…", r)
	}
	tail := strings.TrimRightFunc(run, around)
	core := strings.TrimLeftFunc(tail, func(r rune) bool { return r != '.' && around(r) })
	return len(tail) - len(core), len(tail)
}

func isURL(s string) bool {
	scheme, rest, ok := strings.Cut(s, "://")
	if ok && rest != "" && scheme != "" && endsInLetter(scheme) {
		return true
	}
	return len(s) > 4 && strings.EqualFold(s[:4], "www.") ||
		len(s) > 7 && strings.EqualFold(s[:7], "mailto:")
}

func isMail(s string) bool {
	user, host, ok := strings.Cut(s, "@")
	if !ok || user == "" || !strings.Contains(host, ".") {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(user)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-+", r)
}

// isPath reports whether s is a file path: /a/b, ./a, ../a, ~/a, C:\a.
func isPath(s string) bool {
	switch {
	case strings.HasPrefix(s, "./"), strings.HasPrefix(s, "../"), strings.HasPrefix(s, "~/"):
		return true
	case strings.HasPrefix(s, "/"):
		name, rest, ok := strings.Cut(s[1:], "/")
		return ok && name != "" && rest != ""
	}
	return len(s) > 3 && s[1:3] == `:\` && beginsWithLetter(s)
}

// domain returns the length of the domain name that s begins with, 0 if it
// begins with none. The last label is in lower case (end.The is no domain) and
// ends in a public suffix.
func domain(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool {
		return r >= utf8.RuneSelf || !(r == '.' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r))
	})
	if n < 0 {
		n = len(s)
	}
	n = len(strings.TrimRight(s[:n], ".-"))
	if i := strings.LastIndexByte(s[:n], '.'); i > 0 { // Amazon.com-owned
		if j := strings.IndexByte(s[i:n], '-'); j > 0 {
			n = i + j
		}
	}
	host := s[:n]
	dot := strings.LastIndexByte(host, '.')
	if dot < 2 || dot+2 >= n || strings.ToLower(host[dot:]) != host[dot:] {
		return 0
	}
	if suffix, icann := publicsuffix.PublicSuffix(strings.ToLower(host)); !icann || len(suffix) >= n {
		return 0
	}
	return n
}
