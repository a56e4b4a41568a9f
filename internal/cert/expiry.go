package cert

import (
	"crypto/x509"
	"fmt"
	"log/slog"
	"time"
)

const (
	day = 24 * time.Hour
	// soonest is how long before the end somebody must be told, at most; for
	// short-lived certificates it is a quarter of their life. Whoever renews by
	// itself does so at a third.
	soonest = 21 * day
	again   = day // between two warnings of the same thing
)

// stage is how near the end is.
type stage int

const (
	none stage = iota // there is no certificate yet
	good
	soon
	early // not yet valid
	over
)

func stageOf(leaf *x509.Certificate, now time.Time) stage {
	switch {
	case leaf == nil:
		return none
	case !now.Before(leaf.NotAfter):
		return over
	case now.Before(leaf.NotBefore):
		return early
	case leaf.NotAfter.Sub(now) < min(soonest, leaf.NotAfter.Sub(leaf.NotBefore)/4):
		return soon
	}
	return good
}

// Renewable reports whether a certificate is so near its end that whoever renews it
// should have done so.
func Renewable(leaf *x509.Certificate, now time.Time) bool { return stageOf(leaf, now) != good }

// outlook is read by operators and their monitors: warnings begin with one word.
func outlook(leaf *x509.Certificate, now time.Time) string {
	if leaf == nil {
		return "WARNING no certificate yet"
	}
	until := leaf.NotAfter.UTC().Format(time.RFC3339)
	switch stageOf(leaf, now) {
	case over:
		return "WARNING expired at " + until
	case early:
		return "WARNING not valid before " + leaf.NotBefore.UTC().Format(time.RFC3339)
	case soon:
		return fmt.Sprintf("WARNING expires in %s, at %s", remaining(leaf.NotAfter.Sub(now)), until)
	}
	return "good until " + until
}

func remaining(d time.Duration) string {
	if d < 2*day {
		return fmt.Sprintf("%d hours", int(d/time.Hour))
	}
	return fmt.Sprintf("%d days", int(d/day))
}

// watch remembers what was warned of.
type watch struct {
	stage stage
	at    time.Time
}

// warn logs when the outlook is bad: at once, and then once a day.
func (w *watch) warn(log *slog.Logger, leaf *x509.Certificate, now time.Time) {
	s := stageOf(leaf, now)
	if s == w.stage && now.Sub(w.at) < again {
		return
	}
	w.stage, w.at = s, now
	switch s {
	case soon:
		log.Warn("certificate", "outlook", outlook(leaf, now))
	case early, over:
		log.Error("certificate", "outlook", outlook(leaf, now))
	}
}

// problems are why browsers will not accept a certificate that can be read.
func problems(leaf *x509.Certificate, names []string, now time.Time) (out []string) {
	if s := stageOf(leaf, now); s == early || s == over {
		out = append(out, outlook(leaf, now))
	}
	for _, n := range names {
		if err := leaf.VerifyHostname(n); err != nil {
			out = append(out, fmt.Sprintf("not good for %s: %v", n, err))
		}
	}
	return out
}
