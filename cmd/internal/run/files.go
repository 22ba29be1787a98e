package run

import (
	"context"
	"errors"
	"io"
	"iter"

	"wiretag/cmd/internal/disk"
	"wiretag/models"
)

// Files say what a run writes. Each file is replaced as a whole at the end.
type Files struct {
	Disk    disk.Disk
	Output  string    // "" for Stdout
	Stdout  io.Writer // records, if there is no Output
	Rejects string    // the inputs that could not be read, as JSON lines; "" for nowhere

	// Resume keeps what was written, in hidden files beside Output and
	// Rejects, if the run ends early, and goes on from there if such files are
	// there. Output must be set, and the encoder have no Next.
	Resume bool
	// Settings are, in a fixed order, all that decides what is written. A run
	// resumes one with the same settings only.
	Settings []Setting
	// Reopen opens the articles again from their start.
	Reopen func() (iter.Seq2[models.Document, error], error)
	// Kept is told, before a run that resumes begins, how many inputs it need
	// not tag again.
	Kept func(inputs int)
}

// Run is the function Run into the files. An error of a file is an
// *OutputError; then, and when the run ends early, the old files are as they
// were. A *ResumeError says that Resume was asked for in vain.
func (f *Files) Run(ctx context.Context, plan Plan) (Summary, error) {
	if f.Resume {
		return f.resume(ctx, plan)
	}
	r := runner{Plan: plan, out: sink{w: f.Stdout}}
	var outputs []*Output // in the order in which they are committed
	for _, o := range []struct {
		path string
		to   *sink
	}{{f.Rejects, &r.rejects}, {f.Output, &r.out}} {
		if o.path == "" {
			continue
		}
		out, err := createOutput(f.Disk, o.path)
		if err != nil {
			abort(outputs)
			return Summary{}, err
		}
		o.to.w = out
		outputs = append(outputs, out)
	}
	sum, err := r.run(ctx)
	return sum, f.end(outputs, err)
}

// end commits the outputs of a run that ended with err, or aborts them. What
// went to Stdout cannot be taken back: then the rejects of what was read are
// worth keeping.
func (f *Files) end(outputs []*Output, err error) error {
	if err != nil && f.Output != "" {
		abort(outputs)
		return err
	}
	for i, o := range outputs {
		if cerr := o.Commit(); cerr != nil {
			abort(outputs[i+1:])
			return errors.Join(err, cerr)
		}
	}
	return err
}

func abort(outputs []*Output) {
	for _, o := range outputs {
		o.Abort()
	}
}

// resume is Run for files that can be resumed.
func (f *Files) resume(ctx context.Context, plan Plan) (Summary, error) {
	res, err := f.resumption()
	if err != nil {
		return Summary{}, err
	}
	r := runner{Plan: plan}
	kept, err := res.start(ctx, &r)
	if err != nil {
		return Summary{}, res.finish(err)
	}
	if kept > 0 && f.Kept != nil {
		f.Kept(kept)
	}
	r.out.summed, r.rejects.summed = true, true
	sum, err := r.run(ctx)
	return sum, res.finish(err)
}
