// Package interchange reads and writes other people's dictionaries.
//
// Formats lists them. Import makes a gazetteer of one, whose YAML (gazetteer.Write)
// loads without an error, and a report of everything that a gazetteer cannot
// say or that is not fit for one: nothing is lost in silence. Export writes a
// gazetteer and counts what the format cannot hold.
//
// Ids: an entry keeps its own where it is fit to stand in references, else its
// slug; without one it gets the slug of its name. Two entries of one id and
// type are one entity with the names of both; of one id and another type the
// second gets the type behind its id (mercury-loc).
package interchange
