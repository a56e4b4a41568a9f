// Package desk is the counter where help sessions are asked for, joined,
// allowed and ended. Each use case asks access whether it may be, lets assist
// decide what follows, hands the change to the store together with its audit
// lines, and tells the bus that something changed. It keeps no rule and no data
// of its own. Doors (api, live) call it; it knows neither HTTP nor SQL.
package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/access"
	"tasuke/internal/assist"
	"tasuke/internal/bus"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Key names a session for the store: by its id, or by its code's hash.
type Key struct {
	Org  identity.OrgID
	ID   assist.SessionID // empty: look for Code
	Code assist.Hash
}

// Change decides what happens to a session and returns the audit lines of it,
// and sets sc.Due. It may be called again when somebody else was quicker. An
// error changes nothing.
type Change func(sc *assist.Scene) ([]identity.Entry, error)

// Sessions is where help sessions are kept.
type Sessions interface {
	// InsertSession saves a new session with the decision that allowed it and its
	// due time. ErrWaiting: the helper has one waiting already.
	InsertSession(ctx context.Context, sc assist.Scene, log []identity.Entry) error
	// ChangeSession loads, changes and saves a session in one transaction, together
	// with its audit lines and, when it ended, its report. fault.ErrNotFound: no such session.
	ChangeSession(ctx context.Context, k Key, change Change) (assist.Scene, error)
	// ReadSession loads a session. fault.ErrNotFound: no such session in the organisation.
	ReadSession(ctx context.Context, k Key) (assist.Scene, error)
	// SessionsOf lists the person's sessions, newest first, at most limit.
	SessionsOf(ctx context.Context, org identity.OrgID, p identity.PersonID, limit int) ([]assist.Brief, error)
	// DueSessions lists sessions whose time has come, at most limit.
	DueSessions(ctx context.Context, now time.Time, limit int) ([]Key, error)
}

// Parties is where the people and devices of sessions are looked up.
type Parties interface {
	// Asking loads what a decision about somebody rests on before they have a seat.
	Asking(ctx context.Context, a identity.Actor) (Asking, error)
	// Subject loads an enrolled device with its owner; a device that is not enrolled
	// has no standing. fault.ErrNotFound.
	Subject(ctx context.Context, org identity.OrgID, id identity.DeviceID) (Subject, error)
	// Acquainted reports whether the two people had a session together before.
	Acquainted(ctx context.Context, org identity.OrgID, a, b identity.PersonID) (bool, error)
}

// Asking is what a decision about somebody rests on before they have a seat.
type Asking struct {
	Org    identity.Org
	Rules  *access.Rules
	Device device.Standing // what the actor's browser has proven
}

// Guesses counts wrong codes by account; they are shared by all nodes.
type Guesses interface {
	// WrongCodes gives the times of the person's wrong codes since then, oldest first.
	WrongCodes(ctx context.Context, org identity.OrgID, p identity.PersonID, since time.Time) ([]time.Time, error)
	// WrongCodesIn counts the wrong codes of everybody in the organisation since then.
	WrongCodesIn(ctx context.Context, org identity.OrgID, since time.Time) (int, error)
	// AddWrongCode notes one, with its audit line.
	AddWrongCode(ctx context.Context, org identity.OrgID, p identity.PersonID, at time.Time, log identity.Entry) error
}

// Thread is where chat lines are kept.
type Thread interface {
	// AppendLine lets check look at the session and name the seat that speaks, and
	// gives the line the next number; a line whose id the seat has used already is
	// returned as it was kept.
	AppendLine(ctx context.Context, k Key, l assist.Line, check func(sc *assist.Scene) (assist.Seat, error)) (assist.Line, error)
	// Lines gives the thread after the numbered line, in order.
	Lines(ctx context.Context, k Key, after int64) ([]assist.Line, error)
}

// ErrWaiting is returned by InsertSession while another code of the helper's lives.
var ErrWaiting = errors.New("the helper has a session waiting already")

// Options says what a desk works with. Every field but Now and Random is required.
type Options struct {
	Sessions Sessions
	Parties  Parties
	Guesses  Guesses
	Thread   Thread
	Bus      bus.Bus
	Log      *slog.Logger
	CodeKey  []byte           // 32 bytes; keys the hash of security codes
	Now      func() time.Time // nil: time.Now
	Random   io.Reader        // nil: crypto/rand.Reader
}

// Desk is safe for concurrent use.
type Desk struct {
	Options
}

// New opens the counter.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return &Desk{Options: o}
}

// Topic is where news of a session is published; the message is empty.
func Topic(id assist.SessionID) string { return "session/" + string(id) }

// TopicEnded is where the names of ended sessions are published, as KeyOf reads them.
const TopicEnded = "sessions/ended"

// Name is a key of a session as one word: organisation and id, with a full stop
// between them that neither contains.
func (k Key) Name() string { return string(k.Org) + "." + string(k.ID) }

// KeyOf reverses Name.
func KeyOf(name string) Key {
	org, id, _ := strings.Cut(name, ".")
	return Key{Org: identity.OrgID(org), ID: assist.SessionID(id)}
}

// TopicOrg is where it is published that some session of an organisation changed.
func TopicOrg(org identity.OrgID) string { return "sessions/of/" + string(org) }

// publish tells everybody who looks at the session, and the relay when it is over.
func (d *Desk) publish(ctx context.Context, s assist.Session) {
	d.news(ctx, s.ID)
	if err := d.Bus.Publish(ctx, TopicOrg(s.Org), nil); err != nil {
		d.Log.Error("news was not published", "organisation", string(s.Org), "err", err)
	}
	if s.State != assist.Ended {
		return
	}
	if err := d.Bus.Publish(ctx, TopicEnded, []byte(Key{Org: s.Org, ID: s.ID}.Name())); err != nil {
		d.Log.Error("an end was not published", "session", string(s.ID), "err", err)
	}
}

// news says that the session or its thread changed.
func (d *Desk) news(ctx context.Context, id assist.SessionID) {
	if err := d.Bus.Publish(ctx, Topic(id), nil); err != nil {
		d.Log.Error("news was not published", "session", string(id), "err", err)
	}
}

// change runs one change and publishes it.
func (d *Desk) change(ctx context.Context, k Key, c Change) (assist.Scene, error) {
	sc, err := d.Sessions.ChangeSession(ctx, k, func(sc *assist.Scene) ([]identity.Entry, error) {
		log, err := c(sc)
		sc.Due = dueOf(sc, d.Now())
		return log, err
	})
	if err != nil {
		return assist.Scene{}, err
	}
	d.publish(ctx, sc.Session)
	return sc, nil
}

// timedEvery is how often a session is looked at again whose policies depend on
// the time of day or the age of a sign-in.
const timedEvery = time.Second

// dueOf tells when the session must be looked at again: at the first thing that
// happens by itself, or when a sign-in or a grant in it runs out.
func dueOf(sc *assist.Scene, now time.Time) time.Time {
	due := sc.Session.Due(now)
	if due.IsZero() {
		return due
	}
	sooner := func(at time.Time) {
		if !at.IsZero() && at.Before(due) {
			due = at
		}
	}
	for _, m := range []assist.Seated{sc.Helper, sc.Sharer} {
		if m.Live {
			sooner(m.Until)
		}
		for _, g := range m.Grants {
			sooner(g.Expires)
		}
	}
	if sc.Rules.Timed() {
		sooner(now.Add(timedEvery))
	}
	return due
}

// entry is an audit line about a session.
func entry(s assist.Session, by identity.Author, action string, details map[string]string) identity.Entry {
	return identity.Entry{Org: s.Org, By: by, Action: "session." + action, Object: string(s.ID), Details: details}
}

// evaluate asks access whether who sits in the seat may keep it.
func evaluate(sc *assist.Scene, seat assist.Seat, now time.Time) access.Decision {
	m := sc.Member(seat)
	r := access.Request{
		Org: sc.Org, Seat: access.Sharer, Actor: m.Actor, SignInLive: m.Live, Rules: sc.Rules, Device: m.Device,
		From: sc.Session.Party(seat).From, FirstContact: sc.Session.FirstContact, Now: now,
	}
	if seat == assist.Helper {
		r.Seat, r.Permission = access.Helper, identity.ViewScreen
		if p := sc.Sharer.Person; p.ID != "" {
			r.Sharer = &access.Sharing{Person: p.ID, Groups: sc.Sharer.Groups, Device: sc.Sharer.Device}
		}
	}
	return access.Evaluate(r)
}

// MayHelp tells whether the actor could get a security code now, and why not.
func (d *Desk) MayHelp(ctx context.Context, a identity.Actor) (identity.Org, access.Decision, error) {
	q, err := d.Parties.Asking(ctx, a)
	if err != nil {
		return identity.Org{}, access.Decision{}, err
	}
	return q.Org, d.asHelper(a, q, nil), nil
}

// Access evaluates both seats for the actor as they are now, in a session with
// nobody in particular. Report-only policies are left out: they apply to nobody.
func (d *Desk) Access(ctx context.Context, a identity.Actor) (helper, sharer access.Decision, err error) {
	q, err := d.Parties.Asking(ctx, a)
	if err != nil {
		return helper, sharer, err
	}
	helper = d.asHelper(a, q, nil)
	sharer = access.Evaluate(access.Request{
		Org: q.Org, Seat: access.Sharer, Actor: a, SignInLive: a.SignIn.ID != "", Rules: q.Rules, Device: q.Device, From: a.From, Now: d.Now(),
	})
	for _, e := range []*access.Decision{&helper, &sharer} {
		e.Trace = slices.DeleteFunc(e.Trace, func(p access.Applied) bool { return p.State != access.On })
	}
	return helper, sharer, nil
}

func (d *Desk) asHelper(a identity.Actor, q Asking, whom *access.Sharing) access.Decision {
	return access.Evaluate(access.Request{
		Org: q.Org, Seat: access.Helper, Actor: a, SignInLive: a.SignIn.ID != "", Permission: identity.ViewScreen, Sharer: whom,
		Rules: q.Rules, Device: q.Device, From: a.From, Now: d.Now(),
	})
}

// Created is a new session with its code, which is never readable again.
type Created struct {
	Session assist.Session
	Code    assist.Code
}

// Create gives the helper a new security code; an earlier one that nobody has
// used dies. access.ErrRefused when the helper may not help.
func (d *Desk) Create(ctx context.Context, a identity.Actor) (Created, error) {
	q, err := d.Parties.Asking(ctx, a)
	if err != nil {
		return Created{}, err
	}
	return d.createFor(ctx, a, q, nil)
}

// Subject is a device with its owner, for whom alone a code is made.
type Subject struct {
	Device device.Standing
	Owner  identity.Actor
}

// ErrNoSubject refuses to bind a code to a device that cannot prove itself.
var ErrNoSubject = fault.New(fault.Conflict, "device_not_enrolled", "This device is not enrolled, or nobody's.", "Get an ordinary security code, or let its user enrol it first.")

// CreateFor gives the helper a security code that does only for the device's
// owner on that device. It needs read_devices over the device beside the rights
// to help there.
func (d *Desk) CreateFor(ctx context.Context, a identity.Actor, id identity.DeviceID) (Created, error) {
	q, err := d.Parties.Asking(ctx, a)
	if err != nil {
		return Created{}, err
	}
	if err := a.Require(identity.ReadDevices); err != nil {
		return Created{}, err
	}
	s, err := d.Parties.Subject(ctx, a.Person.Org, id)
	if err != nil {
		return Created{}, err
	}
	t := identity.Target{Org: a.Person.Org, Person: s.Owner.Person.ID, PersonGroups: s.Owner.Groups, Device: id, DeviceGroups: s.Device.Groups}
	if err := a.RequireSeen(identity.ReadDevices, identity.ReadDevices, t); err != nil {
		return Created{}, err
	}
	if !s.Device.Enrolled() || s.Owner.Person.ID == "" {
		return Created{}, ErrNoSubject
	}
	return d.createFor(ctx, a, q, &s)
}

func (d *Desk) createFor(ctx context.Context, a identity.Actor, q Asking, s *Subject) (Created, error) {
	var b assist.Binding
	var whom *access.Sharing
	if s != nil {
		b = assist.Binding{Person: s.Owner.Person.ID, Device: s.Device.ID, Name: s.Device.Name}
		whom = &access.Sharing{Person: b.Person, Groups: s.Owner.Groups, Device: s.Device}
	}
	decision := d.asHelper(a, q, whom)
	if err := decision.Err(); err != nil {
		return Created{}, err
	}
	if err := d.throttleCodes(ctx, a); err != nil {
		return Created{}, err
	}
	const tries = 3 // an earlier code to revoke, and a collision of codes (1 in 10^8)
	for range tries {
		if err := d.revokeWaiting(ctx, a); err != nil {
			return Created{}, err
		}
		made, err := d.insert(ctx, a, q, b, decision)
		if !errors.Is(err, ErrWaiting) {
			return made, err
		}
	}
	return Created{}, fault.ErrConflict
}

// How many codes a helper may ask for: somebody who sends them to everybody is
// not helping.
const (
	codesPerHour = 30
	anHour       = time.Hour
)

// ErrTooManyNewCodes slows a helper down.
var ErrTooManyNewCodes = fault.New(fault.TooMany, "too_many_new_codes", "You have asked for too many security codes.", "Wait a while; a code is for one person.")

func (d *Desk) throttleCodes(ctx context.Context, a identity.Actor) error {
	own, err := d.Sessions.SessionsOf(ctx, a.Person.Org, a.Person.ID, codesPerHour)
	if err != nil || len(own) < codesPerHour {
		return err
	}
	oldest := own[len(own)-1].Session.Created
	if wait := oldest.Add(anHour).Sub(d.Now()); wait > 0 {
		return ErrTooManyNewCodes.WithRetryAfter(wait)
	}
	return nil
}

func (d *Desk) insert(ctx context.Context, a identity.Actor, q Asking, b assist.Binding, decision access.Decision) (Created, error) {
	var random [5]byte
	if _, err := io.ReadFull(d.Random, random[:]); err != nil {
		return Created{}, fmt.Errorf("random code: %w", err)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Created{}, fmt.Errorf("session id: %w", err)
	}
	code, now := assist.NewCode(random), d.Now()
	s := assist.New(assist.SessionID(id.String()), a, code.Hash(d.CodeKey), q.Org.Settings, now)
	s.Binding = b
	sc := assist.Scene{
		Session: s, Org: q.Org, Rules: q.Rules, Due: s.Due(now),
		Decided: []assist.Decided{{Seat: assist.Helper, Step: "create", At: now, Decision: decision}},
	}
	if err := d.Sessions.InsertSession(ctx, sc, []identity.Entry{entry(s, a.Author(), "create", nil)}); err != nil {
		return Created{}, err
	}
	return Created{Session: s, Code: code}, nil
}

func (d *Desk) revokeWaiting(ctx context.Context, a identity.Actor) error {
	const recent = 5 // at most one waits, and it is among the newest
	own, err := d.Sessions.SessionsOf(ctx, a.Person.Org, a.Person.ID, recent)
	if err != nil {
		return err
	}
	for _, b := range own {
		if b.Seat != assist.Helper || b.Session.State != assist.Waiting {
			continue
		}
		_, err := d.Act(ctx, a, b.Session.ID, assist.Event{Act: assist.Cancel})
		if err != nil && !errors.Is(err, assist.ErrEnded) && !errors.Is(err, assist.ErrNotNow) {
			return err
		}
	}
	return nil
}

// Own lists the actor's sessions, newest first.
func (d *Desk) Own(ctx context.Context, a identity.Actor) ([]assist.Brief, error) {
	const limit = 50
	return d.Sessions.SessionsOf(ctx, a.Person.Org, a.Person.ID, limit)
}

// See loads a session for somebody who has a seat in it, and names the seat.
// fault.ErrNotFound for everybody else, whether it exists or not.
func (d *Desk) See(ctx context.Context, a identity.Actor, id assist.SessionID) (assist.Scene, assist.Seat, error) {
	sc, err := d.Sessions.ReadSession(ctx, Key{Org: a.Person.Org, ID: id})
	if err != nil {
		return assist.Scene{}, assist.Nobody, err
	}
	seat, err := seatOf(&sc, a)
	return sc, seat, err
}

func seatOf(sc *assist.Scene, a identity.Actor) (assist.Seat, error) {
	if seat := sc.Session.SeatOf(a.Person.ID); seat != assist.Nobody {
		return seat, nil
	}
	return assist.Nobody, fault.ErrNotFound
}
