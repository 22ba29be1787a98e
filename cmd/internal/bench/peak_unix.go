//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakKB is the most resident memory that a process had, in KiB.
func peakKB(p *os.ProcessState) int64 {
	if p == nil {
		return 0
	}
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" { // there in bytes
		return int64(u.Maxrss) / 1024
	}
	return int64(u.Maxrss)
}
