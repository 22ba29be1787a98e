package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// A machine is where the figures were taken.
type machine struct {
	CPU   string `json:"cpu,omitempty"`
	Cores int    `json:"cores"`
	Go    string `json:"go"`
	OS    string `json:"os"`
	Load  string `json:"load,omitempty"` // averages of 1, 5 and 15 minutes before the run
}

// readMachine tells what the system tells: the CPU's name and the load only
// where there is a /proc.
func readMachine() machine {
	m := machine{Cores: runtime.NumCPU(), Go: runtime.Version(), OS: runtime.GOOS + "/" + runtime.GOARCH}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		if f := strings.Fields(string(load)); len(f) >= 3 {
			m.Load = strings.Join(f[:3], " ")
		}
	}
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return m
	}
	defer f.Close()
	for in := bufio.NewScanner(f); m.CPU == "" && in.Scan(); {
		if key, value, ok := strings.Cut(in.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			m.CPU = strings.TrimSpace(value)
		}
	}
	return m
}

// String is one line of it.
func (m machine) String() string {
	out := fmt.Sprintf("%d cores, %s, %s", m.Cores, m.OS, m.Go)
	if m.CPU != "" {
		out = m.CPU + ", " + out
	}
	if m.Load != "" {
		out += ", load average before the run " + m.Load
	}
	return out
}
