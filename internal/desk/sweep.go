package desk

import (
	"context"
	"errors"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// sweepEvery bounds how late something happens that nobody asked for: an expiry,
// a lost seat, a right taken away (promised within 2 s).
const sweepEvery = 300 * time.Millisecond

// Run sweeps until ctx is done: sessions whose time has come, or whose people or
// settings changed (the store makes those due), are looked at again.
func (d *Desk) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := d.Sweep(ctx); err != nil && ctx.Err() == nil {
			d.Log.Error("sweep failed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep looks once at every session that is due.
func (d *Desk) Sweep(ctx context.Context) error {
	const batch = 200
	due, err := d.Sessions.DueSessions(ctx, d.Now(), batch)
	if err != nil {
		return err
	}
	for _, k := range due {
		_, err := d.change(ctx, k, d.review)
		if err != nil && !errors.Is(err, fault.ErrNotFound) {
			return err
		}
	}
	return nil
}

// review ends a session whose time is over or whose people may no longer be in it.
func (d *Desk) review(sc *assist.Scene) ([]identity.Entry, error) {
	now := d.Now()
	if sc.Session.State == assist.Ended {
		return nil, nil
	}
	if e, refused := withdrawal(sc, now); refused {
		if err := sc.Session.Apply(e); err != nil {
			return nil, err
		}
	} else {
		if sc.Session.State != assist.Waiting {
			sc.Session.Warn(sc.Sharer.Device.Warnings())
		}
		sc.Session.Tick(now)
	}
	if sc.Session.State != assist.Ended {
		return nil, nil
	}
	details := grounds(sc.Session.Grounds)
	details["reason"] = string(sc.Session.Reason)
	return []identity.Entry{entry(sc.Session, identity.Author{}, "ended", details)}, nil
}

// withdrawal says whether one of the people may no longer be in the session, and
// keeps the decision that says so.
func withdrawal(sc *assist.Scene, now time.Time) (assist.Event, bool) {
	for _, seat := range []assist.Seat{assist.Helper, assist.Sharer} {
		if sc.Session.Party(seat).Person == "" {
			continue
		}
		if d := evaluate(sc, seat, now); !d.Allowed {
			sc.Decided = append(sc.Decided, assist.Decided{Seat: seat, Step: "review", At: now, Decision: d})
			return assist.Event{Act: assist.Withdraw, At: now, Reason: reasonOf(d), Grounds: d.Reasons}, true
		}
	}
	return assist.Event{}, false
}
