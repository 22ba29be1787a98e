package wtg

import "golang.org/x/sys/unix"

// populate maps all pages at once: every byte is looked at soon, and taking a
// page fault for each few of them costs as much as the looking.
const populate = unix.MAP_POPULATE
