package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
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
	wrongInOrg     = 100 // in an hour, by everybody: from then on numbers must match
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
	k := Key{Org: a.Person.Org, Code: code.Hash(d.CodeKey)}
	arriving, err := d.arriving(ctx, a, k)
	if err == nil {
		var sc assist.Scene
		sc, err = d.change(ctx, k, d.redeem(a, arriving, now))
		k.ID = sc.Session.ID
	}
	switch {
	case errors.Is(err, fault.ErrNotFound), errors.Is(err, assist.ErrCodeNotAccepted):
		return "", d.wrong(ctx, a, now)
	case errors.Is(err, access.ErrRefused):
		return "", errors.Join(err, d.refused(ctx, a, k, fault.Of(err).Reasons))
	}
	return k.ID, err
}

// arrival is what a decision about somebody who brings a code rests on.
type arrival struct {
	Asking
	firstContact bool
	number       string // to be asked for when a policy or an alarm wants it
	alarm        bool   // so many wrong codes in the organisation that somebody is guessing
}

func (d *Desk) arriving(ctx context.Context, a identity.Actor, k Key) (v arrival, err error) {
	sc, err := d.Sessions.ReadSession(ctx, k)
	if err != nil {
		return v, err
	}
	if v.Asking, err = d.Parties.Asking(ctx, a); err != nil {
		return v, err
	}
	met, err := d.Parties.Acquainted(ctx, a.Person.Org, sc.Session.Helper.Person, a.Person.ID)
	if err != nil {
		return v, err
	}
	v.firstContact = !met
	wrong, err := d.Guesses.WrongCodesIn(ctx, a.Person.Org, d.Now().Add(-time.Hour))
	if err != nil {
		return v, err
	}
	v.alarm = wrong >= wrongInOrg
	v.number, err = d.number()
	return v, err
}

// number draws two digits, each pair as likely as any other.
func (d *Desk) number() (string, error) {
	const pairs = 100
	for {
		var b [1]byte
		if _, err := io.ReadFull(d.Random, b[:]); err != nil {
			return "", fmt.Errorf("random number: %w", err)
		}
		if b[0] < 2*pairs {
			return fmt.Sprintf("%02d", b[0]%pairs), nil
		}
	}
}

func (d *Desk) redeem(a identity.Actor, v arrival, now time.Time) Change {
	return func(sc *assist.Scene) ([]identity.Entry, error) {
		if code := sc.Session.Binding.Misses(a.Person.ID, v.Device.ID); code != "" && sc.Session.State == assist.Waiting {
			return nil, ErrBound.WithReasons(fault.Reason{Code: code, Subject: sc.Session.Binding.Name})
		}
		if err := sc.Session.Redeem(a, now); err != nil {
			return nil, err
		}
		sc.Session.FirstContact = v.firstContact
		sc.Sharer = assist.Seated{Member: identity.Member{Actor: a, Live: true}, Device: v.Device}
		decision := evaluate(sc, assist.Sharer, now)
		if err := decision.Err(); err != nil {
			return nil, err
		}
		if err := d.helperMay(sc, now); err != nil {
			return nil, err
		}
		sc.Decided = append(sc.Decided, assist.Decided{Seat: assist.Sharer, Step: "redeem", At: now, Decision: decision})
		if v.alarm || obliged(sc, access.RequireNumberMatching) {
			sc.Session.Number = v.number
		}
		sc.Session.Device = v.Device.ID
		sc.Session.Warn(v.Device.Warnings())
		return []identity.Entry{entry(sc.Session, a.Author(), "redeem", nil)}, nil
	}
}

// obliged reports whether a decision of this change asks for more on the trust screen.
func obliged(sc *assist.Scene, kind access.RequirementKind) bool {
	for _, d := range sc.Decided {
		if d.Decision.Obliged(kind) {
			return true
		}
	}
	return false
}

// ErrBound refuses a code that is for another person or another device.
var ErrBound = access.ErrRefused.WithText("This code is for somebody else, or for another device of yours.")

// ErrNotThisHelper tells the sharer that the code is good but this helper may
// not help them; why is for the helper and the administrators.
var ErrNotThisHelper = access.ErrRefused.WithText("This helper is not responsible for you or for this device.")

// helperMay refuses when the helper may not help this sharer. A helper who may
// not help anybody any more gives the same answer as a dead code.
func (d *Desk) helperMay(sc *assist.Scene, now time.Time) error {
	decision := evaluate(sc, assist.Helper, now)
	if decision.Allowed {
		sc.Session.Acknowledge = decision.Obliged(access.RequireAcknowledgement)
		sc.Decided = append(sc.Decided, assist.Decided{Seat: assist.Helper, Step: "redeem", At: now, Decision: decision})
		return nil
	}
	for _, r := range decision.Reasons {
		if r.Code == identity.ReasonOutOfScope {
			return ErrNotThisHelper.WithReasons(fault.Reason{Code: "helper_out_of_scope"})
		}
	}
	return assist.ErrCodeNotAccepted
}

// refused leaves word of a refused sharer with the helper and in the audit log.
func (d *Desk) refused(ctx context.Context, a identity.Actor, k Key, why []fault.Reason) error {
	_, err := d.change(ctx, k, func(sc *assist.Scene) ([]identity.Entry, error) {
		sc.Session.Refuse(why, d.Now())
		return []identity.Entry{entry(sc.Session, a.Author(), "refuse", grounds(why))}, nil
	})
	return err
}

// grounds are reasons as details of an audit line.
func grounds(why []fault.Reason) map[string]string {
	out := map[string]string{}
	for _, r := range why {
		out[r.Code] = r.Subject
	}
	return out
}

// ErrAcknowledge refuses to go on past warnings that must be acknowledged.
var ErrAcknowledge = fault.New(fault.Conflict, "acknowledgement_required", "Your organisation asks you to acknowledge the warnings first.", "Read the warnings about the device, and say that you have.")

// acknowledged refuses a helper's yes without the acknowledgement that settings
// or a policy ask for.
func acknowledged(sc *assist.Scene, e assist.Event, d access.Decision) error {
	if e.Act != assist.Continue || !mustAcknowledge(sc, d) {
		return nil
	}
	var missing []fault.Reason
	for _, code := range sc.Session.Unacknowledged(e.Acknowledged) {
		missing = append(missing, fault.Reason{Code: code})
	}
	if missing != nil {
		return ErrAcknowledge.WithReasons(missing...)
	}
	return nil
}

func mustAcknowledge(sc *assist.Scene, d access.Decision) bool {
	return sc.Org.Settings.Acknowledge || d.Obliged(access.RequireAcknowledgement)
}

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
	line := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "session.wrong_code"}
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
		if e.Act == assist.Report {
			sc.Report = &assist.Complaint{Helper: sc.Session.Helper.Person, Sharer: a.Person.ID, Suspend: sc.Org.Settings.ReportsSuspend}
		}
		return []identity.Entry{entry(sc.Session, a.Author(), done(sc, e), detailsOf(e))}, nil
	})
}

// done names for the audit log what became of an act.
func done(sc *assist.Scene, e assist.Event) string {
	if e.Act == assist.Allow && !sc.Session.Sharer.Consent.Given() {
		return "wrong_number"
	}
	return string(e.Act)
}

// permit asks again, at the moment of consent, whether both may.
func permit(sc *assist.Scene, e assist.Event) error {
	if e.Act != assist.Continue && e.Act != assist.Allow {
		return nil
	}
	for _, seat := range []assist.Seat{assist.Helper, assist.Sharer} {
		decision := evaluate(sc, seat, e.At)
		if err := decision.Err(); err != nil {
			return err
		}
		if seat == assist.Helper {
			if err := acknowledged(sc, e, decision); err != nil {
				return err
			}
		}
		if seat == e.Seat {
			sc.Decided = append(sc.Decided, assist.Decided{Seat: seat, Step: "allow", At: e.At, Decision: decision})
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
	if len(e.Acknowledged) > 0 {
		out["acknowledged"] = strings.Join(e.Acknowledged, " ")
	}
	return out
}

// AdminEnd ends somebody else's session with a note that both sides read. It needs
// end_sessions over the people in it.
func (d *Desk) AdminEnd(ctx context.Context, a identity.Actor, id assist.SessionID, note string) error {
	note = assist.CleanNote(note)
	if err := a.Require(identity.EndSessions); err != nil {
		return err
	}
	_, err := d.change(ctx, Key{Org: a.Person.Org, ID: id}, func(sc *assist.Scene) ([]identity.Entry, error) {
		if err := a.RequireSeen(identity.EndSessions, identity.ViewReports, sc.Concerning()); err != nil {
			return nil, err
		}
		r := access.Request{Org: sc.Org, Seat: access.Administrator, Actor: a, SignInLive: true, Rules: sc.Rules, From: a.From, Now: d.Now()}
		if err := access.Evaluate(r).Err(); err != nil {
			return nil, err
		}
		if err := sc.Session.Apply(assist.Event{Act: assist.AdminEnd, At: d.Now(), Text: note}); err != nil {
			return nil, err
		}
		return []identity.Entry{entry(sc.Session, a.Author(), "admin_end", noted(note))}, nil
	})
	return err
}

func noted(note string) map[string]string {
	if note == "" {
		return nil
	}
	return map[string]string{"note": note}
}

// reasonOf names the end that a refusal leads to.
func reasonOf(d access.Decision) assist.Reason {
	switch code := d.Reasons[0].Code; code {
	case access.ReasonHelpDisabled:
		return assist.HelpDisabled
	case access.ReasonSignedOut:
		return assist.SignedOut
	case access.ReasonUnenrolledDevice, access.ReasonDeviceRevoked:
		return assist.DeviceRevoked
	case identity.ReasonPermissionMissing, identity.ReasonOutOfScope, identity.ReasonPersonDisabled, identity.ReasonOtherOrganisation, access.ReasonHelperSuspended:
		return assist.PermissionLost
	default: // a policy blocks, or requires what is no longer so
		return assist.PolicyBlocked
	}
}
