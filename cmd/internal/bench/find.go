package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
)

// findTool finds a program on the PATH and asks for its version.
func findTool(name, flag string) func(context.Context, *bench) (string, error) {
	return func(ctx context.Context, _ *bench) (string, error) {
		if _, err := exec.LookPath(name); err != nil {
			return "", err
		}
		out, err := exec.CommandContext(ctx, name, flag).Output()
		if err != nil {
			return "of a version it does not tell", nil // BSD's have no such flag
		}
		return firstLine(string(out)), nil
	}
}

// pythonPeer is a peer of the program peers/MODULE_peer.py.
func pythonPeer(pkg, module string) *peer {
	return &peer{
		name: pkg, install: "pip install " + pkg,
		find: func(ctx context.Context, b *bench) (string, error) {
			return probe(ctx, nil, b.python, "-c", "import "+module)
		},
		args: func(b *bench, _ string) []string {
			return []string{b.python, b.path("peers/" + module + "_peer.py")}
		},
	}
}

func nodePath(b *bench) []string {
	if b.nodeModules == "" {
		return nil
	}
	dir, err := filepath.Abs(b.nodeModules)
	if err != nil {
		dir = b.nodeModules
	}
	return []string{"NODE_PATH=" + dir}
}

func findWink(ctx context.Context, b *bench) (string, error) {
	return probe(ctx, nodePath(b), "node", "-e", "require('wink-nlp'); require('wink-eng-lite-web-model')")
}

func findOpenNLP(ctx context.Context, b *bench) (string, error) {
	if b.openNLP == "" {
		return "", errors.New("no --opennlp")
	}
	return probe(ctx, nil, "java", "-version")
}

// buildRust builds the program in the work folder. Cargo fetches the crate.
func buildRust(ctx context.Context, b *bench) (string, error) {
	b.logf("building the Rust peer")
	return probe(ctx, nil, "cargo", "build", "--quiet", "--release", "--manifest-path", b.path("peers/rust/Cargo.toml"))
}

// probe runs a command that shows whether a peer is there. Its version comes
// with its answer.
func probe(ctx context.Context, env []string, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(cmd.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return "of a version it did not tell", nil
	}
	if line := lastLine(string(out)); line != "" {
		return "", fmt.Errorf("%s", line)
	}
	return "", err
}
