// Package doctor finds out why help does not work: it looks at a server from
// outside as a browser would, at one's own from inside, and plays the relay's
// abuses against a relay of its own. Every finding names what was found and what to
// do about it, and none holds a secret. It changes nothing: no file, no row.
//
// The command line prints what it finds; package server has what it looks at.
package doctor

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Mark is how good something is.
type Mark string

// Green: nothing to do. Amber: works, but not as well as it could or not for long.
// Red: help will not work, or something is not as it must be.
const (
	Green Mark = "green"
	Amber Mark = "amber"
	Red   Mark = "red"
)

// Finding is one line of the report.
type Finding struct {
	About string `json:"about"` // a word that stays the same: scripts may look for it
	Mark  Mark   `json:"mark"`
	Text  string `json:"text"`
	Fix   string `json:"fix,omitempty"` // what to do; empty: nothing
}

// Tell hears of each finding as soon as it is known.
type Tell func(Finding)

func (t Tell) green(about, format string, args ...any) {
	t(Finding{About: about, Mark: Green, Text: fmt.Sprintf(format, args...)})
}

func (t Tell) amber(about, fix, format string, args ...any) {
	t(Finding{About: about, Mark: Amber, Text: fmt.Sprintf(format, args...), Fix: fix})
}

func (t Tell) red(about, fix, format string, args ...any) {
	t(Finding{About: about, Mark: Red, Text: fmt.Sprintf(format, args...), Fix: fix})
}

// patience is how long anything may take that is tried out.
const patience = 5 * time.Second

func soon(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, patience)
}

// took writes how long something took.
func took(began time.Time) string {
	d := time.Since(began)
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// plain is an error's innermost words, without the address that is named anyway.
func plain(err error) string {
	words := strings.Split(err.Error(), ": ")
	return strings.Join(words[max(0, len(words)-2):], ": ")
}
