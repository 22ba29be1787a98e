package main

import "slices"

// median returns the middle of values, the mean of the two middle ones of an
// even number, and 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(values))
	mid := len(s) / 2
	if len(s)%2 == 1 {
		return s[mid]
	}
	return (s[mid-1] + s[mid]) / 2
}

// rate is MB/s, a MB being 10^6 bytes; 0 if nothing was measured.
func rate(bytes int, seconds float64) float64 {
	if seconds <= 0 {
		return 0
	}
	return float64(bytes) / 1e6 / seconds
}

// ratio is a/b, and 0 without one of them.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
