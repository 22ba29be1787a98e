package suggest

import (
	"fmt"
	"slices"
	"strings"
)

// A cue is a reason to give a name a type.
type cue uint8

// The cues, in the order in which they win where they are worth the same.
const (
	cueHonorific cue = iota
	cueTitle
	cueGiven
	cueSpeech
	cueSuffix
	cueHeadORG
	cueHeadFAC
	cueHeadLOC
	cueHeadGPE
	cueHeadLAW
	cueHeadEVENT
	cueHeadPRODUCT
	cueBased
	cueComma
	cueDateline
	cueIn
	cueFrom
	cueDeclared
	cueProsePERSON
	cueProseGPE
	cueProseORG
	numCues

	// Facts about the form, which speak only where no cue does.
	factPeople  = numCues
	factAcronym = numCues + 1
	factFamily  = numCues + 2
	numFacts    = 3
)

// A cueFact says of which type a cue speaks, how much it is worth each time,
// and how it is called in a comment.
type cueFact struct {
	typ    string
	weight int
	about  string
}

// fact is the table of the cues.
func (c cue) fact() cueFact {
	return [numCues + numFacts]cueFact{
		cueHonorific:   {person, 4, "an honorific before it"},
		cueTitle:       {person, 3, "a job title before it"},
		cueGiven:       {person, 3, "it begins with a given name"},
		cueSpeech:      {person, 1, "it speaks"},
		cueSuffix:      {org, 4, "the ending of a firm"},
		cueHeadORG:     {org, 4, "its head word"},
		cueHeadFAC:     {fac, 4, "its head word"},
		cueHeadLOC:     {loc, 4, "its head word"},
		cueHeadGPE:     {gpe, 4, "its head word"},
		cueHeadLAW:     {law, 4, "its head word"},
		cueHeadEVENT:   {event, 4, "its head word"},
		cueHeadPRODUCT: {product, 4, "its head word"},
		cueBased:       {gpe, 3, "-based behind it"},
		cueComma:       {gpe, 3, "a comma and a known place behind it"},
		cueDateline:    {gpe, 3, "a dateline"},
		cueIn:          {gpe, 2, "a word like in before it"},
		cueFrom:        {gpe, 1, "from before it"},
		cueDeclared:    {org, 2, "its acronym is declared"},
		cueProsePERSON: {person, 2, "prose takes it for one"},
		cueProseGPE:    {gpe, 2, "prose takes it for one"},
		cueProseORG:    {org, 2, "prose takes it for one"},
		factPeople:     {norp, 0, "it ends like the name of a people"},
		factAcronym:    {org, 0, "it is an acronym"},
		factFamily:     {person, 0, "it ends in a family name"},
	}[c]
}

// headCue returns the cue of a head word of a type.
func headCue(typ string) (cue, bool) {
	for c := cueHeadORG; c <= cueHeadPRODUCT; c++ {
		if c.fact().typ == typ {
			return c, true
		}
	}
	return 0, false
}

// proseCue returns the cue of a name that prose gives a type.
func proseCue(typ string) (cue, bool) {
	for c := cueProsePERSON; c <= cueProseORG; c++ {
		if c.fact().typ == typ {
			return c, true
		}
	}
	return 0, false
}

// cues counts how often each cue was seen.
type cues [numCues]int

func (c *cues) add(o *cues) {
	for i := range c {
		c[i] += o[i]
	}
}

// weight is the sum of weight × count over all cues.
func (c *cues) weight() int {
	sum := 0
	for i, n := range c {
		sum += n * cue(i).fact().weight
	}
	return sum
}

// fewCues is the part of its places in which a name must have cues at least, by
// weight, for them to tell its type.
const fewCues = 6

// judge returns the type with the greatest sum of weight × count, and the cues
// that speak for it, as a comment has them. Where they are few for the places
// of the name the type is "".
func (c *cues) judge(places int) (typ, why string) {
	sums := map[string]int{}
	best := 0
	for i, n := range c {
		f := cue(i).fact()
		if n == 0 {
			continue
		}
		if sums[f.typ] += n * f.weight; sums[f.typ] > best {
			best = sums[f.typ]
		}
	}
	if best*fewCues < places {
		return "", ""
	}
	var reasons []string
	for i, n := range c {
		f := cue(i).fact()
		if n > 0 && (typ == "" && sums[f.typ] == best || f.typ == typ) {
			typ = f.typ
			reasons = append(reasons, fmt.Sprintf("%s (%d)", f.about, n))
		}
	}
	return typ, strings.Join(slices.Compact(reasons), ", ")
}
