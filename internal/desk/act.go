package desk

import (
	"context"
	"errors"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Limits of guessing, by account (security codes have 40 bits).
const (
	wrongPerWindow = 5
	wrongWindow    = 10 * time.Minute
	wrongPerDay    = 20
	day            = 24 * time.Hour
)

// ErrTooManyCodes slows down who enters wrong codes.
var ErrTooManyCodes = fault.New(fault.TooMany, "too_many_wrong_codes", "You have entered too many wrong codes.", "Wait, and ask your helper to read the code to you again.")

// ErrText refuses a consent without the version of the words that were shown.
var ErrText = fault.New(fault.Invalid, "consent_text_missing", "The version of the words that were shown is missing.", "Reload the page.")

// Redeem brings a security code and seats the actor as sharer. A malformed code
// never reaches the store; malformed, wrong, expired, used and foreign codes are
// all assist.ErrCodeNotAccepted.
func (d *Desk) Redeem(ctx context.Context, a identity.Actor, typed string) (assist.SessionID, error) {
	code, err := assist.ParseCode(typed)
	if err != nil {
		return "", err
	}
	now := d.Now()
	if err := d.throttle(ctx, a, now); err != nil {
		return "", err
	}
	sc, err := d.change(ctx, Key{Org: a.Person.Org, Code: code.Hash(d.CodeKey)}, d.redeem(a, now))
	if errors.Is(err, fault.ErrNotFound) || errors.Is(err, assist.ErrCodeNotAccepted) {
		return "", d.wrong(ctx, a, now)
	}
	return sc.Session.ID, err
}

func (d *Desk) redeem(a identity.Actor, now time.Time) Change {
	return func(sc *assist.Scene) ([]identity.Entry, error) {
		if err := sc.Session.Redeem(a, now); err != nil {
			return nil, err
		}
		if err := evaluate(sc.Org, assist.Sharer, identity.Member{Actor: a, Live: true}).Err(); err != nil {
			return nil, err
		}
		if !evaluate(sc.Org, assist.Helper, sc.Helper).Allowed {
			return nil, assist.ErrCodeNotAccepted
		}
		sc.Session.Warnings = warnings()
		return []identity.Entry{entry(sc.Session, a.Person.ID, "redeem", nil)}, nil
	}
}

// WarningDeviceUnknown: nothing is known about the sharer's device, because no
// device is enrolled with this organisation.
const WarningDeviceUnknown = "device_unknown"

func warnings() []string { return []string{WarningDeviceUnknown} }

// throttle refuses with ErrTooManyCodes and the time to wait.
func (d *Desk) throttle(ctx context.Context, a identity.Actor, now time.Time) error {
	wrong, err := d.Guesses.WrongCodes(ctx, a.Person.Org, a.Person.ID, now.Add(-day))
	if err != nil {
		return err
	}
	if wait := waitAfter(wrong, now); wait > 0 {
		return ErrTooManyCodes.WithRetryAfter(wait)
	}
	return nil
}

// waitAfter tells how long to wait after wrong codes at the given times, oldest first.
func waitAfter(wrong []time.Time, now time.Time) time.Duration {
	var wait time.Duration
	if n := len(wrong); n >= wrongPerDay {
		wait = wrong[n-wrongPerDay].Add(day).Sub(now)
	}
	if n := len(wrong); n >= wrongPerWindow {
		wait = max(wait, wrong[n-wrongPerWindow].Add(wrongWindow).Sub(now))
	}
	return max(wait, 0)
}

func (d *Desk) wrong(ctx context.Context, a identity.Actor, now time.Time) error {
	line := identity.Entry{Org: a.Person.Org, Actor: a.Person.ID, Action: "session.wrong_code"}
	if err := d.Guesses.AddWrongCode(ctx, a.Person.Org, a.Person.ID, now, line); err != nil {
		return err
	}
	return assist.ErrCodeNotAccepted
}

// Act lets the actor's seat do something: every button of both pages. The
// event's seat and time are filled in here.
func (d *Desk) Act(ctx context.Context, a identity.Actor, id assist.SessionID, e assist.Event) (assist.Scene, error) {
	if (e.Act == assist.Continue || e.Act == assist.Allow) && e.Text == "" {
		return assist.Scene{}, ErrText
	}
	e.At = d.Now()
	return d.change(ctx, Key{Org: a.Person.Org, ID: id}, func(sc *assist.Scene) ([]identity.Entry, error) {
		seat, err := seatOf(sc, a)
		if err != nil {
			return nil, err
		}
		e.Seat = seat
		if err := permit(sc, e); err != nil {
			return nil, err
		}
		if err := sc.Session.Apply(e); err != nil {
			return nil, err
		}
		return []identity.Entry{entry(sc.Session, a.Person.ID, string(e.Act), detailsOf(e))}, nil
	})
}

// permit asks again, at the moment of consent, whether both may.
func permit(sc *assist.Scene, e assist.Event) error {
	if e.Act != assist.Continue && e.Act != assist.Allow {
		return nil
	}
	for _, seat := range []assist.Seat{assist.Helper, assist.Sharer} {
		if err := evaluate(sc.Org, seat, sc.Member(seat)).Err(); err != nil {
			return err
		}
	}
	return nil
}

func detailsOf(e assist.Event) map[string]string {
	out := map[string]string{}
	for k, v := range map[string]string{"text": e.Text, "surface": string(e.Surface), "problem": string(e.Problem)} {
		if v != "" {
			out[k] = v
		}
	}
	return out
}

// AdminEnd ends somebody else's session. identity.ErrNotPermitted without the
// permission end_sessions.
func (d *Desk) AdminEnd(ctx context.Context, a identity.Actor, id assist.SessionID) error {
	if err := a.Require(identity.EndSessions); err != nil {
		return err
	}
	_, err := d.change(ctx, Key{Org: a.Person.Org, ID: id}, func(sc *assist.Scene) ([]identity.Entry, error) {
		if err := sc.Session.Apply(assist.Event{Act: assist.AdminEnd, At: d.Now()}); err != nil {
			return nil, err
		}
		return []identity.Entry{entry(sc.Session, a.Person.ID, "admin_end", nil)}, nil
	})
	return err
}

// reasonOf names the end that a refusal leads to.
func reasonOf(d access.Decision) assist.Reason {
	switch d.Reasons[0].Code {
	case access.ReasonHelpDisabled:
		return assist.HelpDisabled
	case access.ReasonSignedOut:
		return assist.SignedOut
	default:
		return assist.PermissionLost
	}
}
