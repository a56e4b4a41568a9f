package idp

import (
	"net/netip"
	"sync"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// Wrong passwords are slowed by (account, address prefix), so that nobody can
// lock somebody else out from elsewhere; by prefix over all accounts; and, for
// prefixes the account never signed in from, by account over all prefixes.
const (
	freeTries       = 5                // wrong passwords before the first wait
	firstWait       = 10 * time.Second // doubles with every further one
	longestWait     = 15 * time.Minute
	forgetAfter     = 24 * time.Hour
	triesPerPrefix  = 50  // over all accounts, per hour
	triesPerAccount = 100 // over all unknown prefixes, per day (NIST SP 800-63B-4, 3.2.2: at most 100)
	maxThrottled    = 20000
)

// ErrTooManyTries asks for patience after wrong passwords.
var ErrTooManyTries = fault.New(fault.TooMany, "too_many_tries", "There were too many wrong passwords.", "Wait a moment and try again.")

// throttleKey names one counter; unused fields are zero.
type throttleKey struct {
	org      identity.OrgID
	username string
	prefix   netip.Prefix
}

type tries struct {
	wrong int
	first time.Time
	last  time.Time
}

// throttle counts wrong passwords in memory: a restart forgives.
type throttle struct {
	mu    sync.Mutex
	wrong map[throttleKey]tries     // guarded by mu
	known map[throttleKey]time.Time // guarded by mu; where accounts signed in from
}

func newThrottle() *throttle {
	return &throttle{wrong: map[throttleKey]tries{}, known: map[throttleKey]time.Time{}}
}

// check returns ErrTooManyTries while this attempt has to wait.
func (t *throttle) check(org identity.OrgID, username string, from netip.Addr, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	prefix := httpx.Place(from)
	here := throttleKey{org, username, prefix}
	wait := t.waitLocked(here, now)
	wait = max(wait, t.budgetLocked(throttleKey{prefix: prefix}, triesPerPrefix, time.Hour, now))
	if _, ok := t.known[here]; !ok {
		wait = max(wait, t.budgetLocked(throttleKey{org: org, username: username}, triesPerAccount, forgetAfter, now))
	}
	if wait > 0 {
		return ErrTooManyTries.WithRetryAfter(wait)
	}
	return nil
}

// waitLocked is what is left of the wait after the last wrong password.
func (t *throttle) waitLocked(k throttleKey, now time.Time) time.Duration {
	w := t.wrong[k]
	if w.wrong < freeTries {
		return 0
	}
	wait := firstWait
	for i := freeTries; i < w.wrong && wait < longestWait; i++ {
		wait *= 2
	}
	return min(wait, longestWait) - now.Sub(w.last)
}

// budgetLocked is how long until a counter that is used up starts anew.
func (t *throttle) budgetLocked(k throttleKey, limit int, window time.Duration, now time.Time) time.Duration {
	w := t.wrong[k]
	if w.wrong < limit {
		return 0
	}
	return window - now.Sub(w.first)
}

// failed counts a wrong password.
func (t *throttle) failed(org identity.OrgID, username string, from netip.Addr, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	prefix := httpx.Place(from)
	t.countLocked(throttleKey{org, username, prefix}, forgetAfter, now)
	t.countLocked(throttleKey{prefix: prefix}, time.Hour, now)
	t.countLocked(throttleKey{org: org, username: username}, forgetAfter, now)
}

func (t *throttle) countLocked(k throttleKey, window time.Duration, now time.Time) {
	w, ok := t.wrong[k]
	if !ok || now.Sub(w.first) >= window {
		t.makeRoomLocked(now)
		w = tries{first: now}
	}
	w.wrong, w.last = w.wrong+1, now
	t.wrong[k] = w
}

// succeeded forgives the place a right password came from.
func (t *throttle) succeeded(org identity.OrgID, username string, from netip.Addr, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	here := throttleKey{org, username, httpx.Place(from)}
	delete(t.wrong, here)
	if len(t.known) >= maxThrottled {
		clear(t.known)
	}
	t.known[here] = now
}

// makeRoomLocked keeps the map bounded: when it is full the old go, then, under
// a flood of made-up names, anything until half is free. So a flood costs
// little for each of its requests.
func (t *throttle) makeRoomLocked(now time.Time) {
	if len(t.wrong) < maxThrottled {
		return
	}
	for k, w := range t.wrong {
		if now.Sub(w.last) >= time.Hour {
			delete(t.wrong, k)
		}
	}
	for k := range t.wrong {
		if len(t.wrong) <= maxThrottled/2 {
			return
		}
		delete(t.wrong, k)
	}
}
