package wtg

import (
	"fmt"
	"io"
	"os"
)

// ReadFile returns the content of a file: mapped where that can be, so that
// processes share it and pages that nobody looks at again need no memory, else
// read. A mapping stays until the process ends, for strings of records lie in
// it. A mapped file must not be changed in place: what is cut off it while it
// is in use is a fault of the process (SIGBUS). Writing a new file and renaming
// it is safe.
func ReadFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("it is a folder; a .wtg is a file that 'wiretag compile' writes")
	case info.Mode().IsRegular():
		if data, ok := mapFile(file, info.Size()); ok {
			return data, nil
		}
	}
	return io.ReadAll(file)
}
