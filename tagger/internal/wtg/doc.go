// Package wtg is the file of a compiled gazetteer, .wtg: named sections behind
// a header, each with its checksum. A section is an array of 32-bit words, or
// of rows of them, or bytes. Nothing in it is a pointer, so that a file can be
// used where it lies, in a mapping or in the program itself.
//
// A Writer collects sections and the strings that their rows refer to; a File
// gives them back. Parse looks at every byte once, so that a file that was cut
// or changed is an error and never a wrong answer. What the sections hold is
// for their readers to check, with File.Below, File.Offsets and File.Require:
// checksums say that a file is as it was written, not who wrote it.
//
// The layout, numbers little endian:
//
//	magic     8 bytes: no text, and changed by what changes the ends of lines
//	format    uint32, of this layout
//	meaning   uint32, of what the sections hold; see Writer.Seal
//	length    uint64, of the whole file
//	sections  uint32
//	checksum  uint32, CRC-32C of all header bytes before it and of the table
//	table     of each section: name (8 bytes), offset and length (uint64),
//	          CRC-32C (uint32), 4 bytes of zero
//	content   section after section, each filled up with zeros to 4 bytes
package wtg
