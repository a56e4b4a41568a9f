package inventory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Faults of enrolling and proving.
var (
	ErrTicket      = fault.New(fault.NotFound, "enrolment_code_not_accepted", "This enrolment link is used up, expired, or for somebody else.", "Ask your administrator for a new one.")
	ErrOtherOwner  = fault.New(fault.Conflict, "device_of_somebody_else", "This device is somebody else's.", "Give it to the person first.")
	ErrNoSelfEnrol = fault.New(fault.Forbidden, "self_enrolment_off", "Your organisation does not let people enrol devices themselves.", "Ask your administrator for an enrolment link.")
	ErrTooMany     = fault.New(fault.Conflict, "too_many_devices", "You have enrolled as many devices as one person may.", "Ask your administrator to retire one that you do not use any more.")
	ErrChallenge   = fault.New(fault.Conflict, "device_challenge_over", "The challenge is used up, expired, or was given to another sign-in.", "Try again.")
)

// Ticket lets one person enrol one device, once.
type Ticket struct {
	Hash    []byte
	Org     identity.OrgID
	Owner   identity.PersonID
	Name    string            // empty: the person chooses
	Device  identity.DeviceID // that is known already; empty: a new one
	Expires time.Time
}

// Challenge is to be signed once by a device of one sign-in.
type Challenge struct {
	Nonce   string
	Org     identity.OrgID
	SignIn  identity.SignInID
	Purpose device.Purpose
	Expires time.Time
}

// Enrolment is a device that enrols. Verified is filled in; the store uses up
// nonce and ticket.
type Enrolment struct {
	Actor    identity.Actor
	Nonce    string
	Ticket   []byte // hash; nil: self-service
	Device   device.Device
	Facts    []device.Fact
	Now      time.Time
	Settings func(identity.Settings) error
}

// Proof is a device that proves itself to a sign-in.
type Proof struct {
	Actor   identity.Actor
	Nonce   string
	Purpose device.Purpose // of the nonce
	Device  identity.DeviceID
	Names   []string       // external ids, instead of Device: the first that is known
	Unknown *device.Device // of none of the names; nil: it is refused
	Grade   device.Grade
	Details map[string]string // for the audit line when the device becomes enrolled
	Facts   []device.Fact
	Now     time.Time
	// Verify checks what was signed with what is kept of the device, and notes on it
	// that it was proven and whether its key seems to be in two places.
	Verify func(d *device.Device) error
}

// NotProven refuses to take the actor's browser for the device: its key is not
// kept, or it is somebody else's.
func NotProven(d device.Device) error {
	return device.ErrProof.WithReasons(fault.Reason{Code: "device_" + string(d.Enrolment)})
}

// Issued is a ticket with its code, which is never readable again.
type Issued struct {
	Code    string
	Expires time.Time
}

// alphabet is that of security codes: Crockford's base 32.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Issue makes an enrolment link. It needs enrol_devices over the owner.
// A device that is known already becomes enrolled, or enrolled again; its owner
// stays, and one without gets this one.
func (v *Inventory) Issue(ctx context.Context, a identity.Actor, owner identity.PersonID, known identity.DeviceID, name string) (Issued, error) {
	if err := v.administers(ctx, a, identity.EnrolDevices); err != nil {
		return Issued{}, err
	}
	if known != "" {
		d, err := v.Devices.Device(ctx, a.Person.Org, known)
		if err != nil {
			return Issued{}, err
		}
		if err := a.RequireSeen(identity.EnrolDevices, identity.ReadDevices, d.Target()); err != nil {
			return Issued{}, err
		}
		if d.Owner != "" && d.Owner != owner {
			return Issued{}, ErrOtherOwner
		}
	}
	o, err := v.Keys.Somebody(ctx, a.Person.Org, owner)
	if err != nil {
		return Issued{}, err
	}
	if err := a.RequireSeen(identity.EnrolDevices, identity.ReadPeople, o.Target()); err != nil {
		return Issued{}, err
	}
	var random [16]byte
	if _, err := io.ReadFull(v.Random, random[:]); err != nil {
		return Issued{}, fmt.Errorf("random code: %w", err)
	}
	for i, b := range random {
		random[i] = alphabet[b%byte(len(alphabet))] // 5 bits of each byte: 80 in all
	}
	code, at := string(random[:]), v.Now().Add(device.TicketFor)
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "device.ticket", Person: owner, Details: map[string]string{"name": name}}
	t := Ticket{Hash: ticketHash(code), Org: a.Person.Org, Owner: owner, Name: identity.CleanText(name), Device: known, Expires: at}
	return Issued{Code: code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:], Expires: at}, v.Keys.SaveTicket(ctx, t, log)
}

// ticketHash is what is kept of a code, however it was typed.
func ticketHash(code string) []byte {
	clean := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code))
	h := sha256.Sum256([]byte("tasuke enrolment code v1\x00" + clean))
	return h[:]
}

// Challenge gives the actor's sign-in something to sign.
func (v *Inventory) Challenge(ctx context.Context, a identity.Actor, purpose device.Purpose) (Challenge, error) {
	var random [16]byte
	if _, err := io.ReadFull(v.Random, random[:]); err != nil {
		return Challenge{}, fmt.Errorf("random challenge: %w", err)
	}
	c := Challenge{Nonce: hex.EncodeToString(random[:]), Org: a.Person.Org, SignIn: a.SignIn.ID, Purpose: purpose, Expires: v.Now().Add(device.ChallengeFor)}
	return c, v.Keys.SaveChallenge(ctx, c)
}

// Signed is what a browser signed.
type Signed struct {
	Nonce     string
	Counter   int64
	Signature []byte
}

func (g Signed) statement(a identity.Actor, p device.Purpose, id identity.DeviceID) device.Statement {
	return device.Statement{Purpose: p, Org: a.Person.Org, SignIn: a.SignIn.ID, Device: id, Nonce: g.Nonce, Counter: g.Counter}
}

// Enrol makes the actor's browser a device of theirs, by a link's code or, where
// the organisation allows it, by themselves.
func (v *Inventory) Enrol(ctx context.Context, a identity.Actor, code, name string, key []byte, g Signed) (device.Device, error) {
	if err := g.statement(a, device.Enrol, "").Verify(key, g.Signature); err != nil {
		return device.Device{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return device.Device{}, fmt.Errorf("device id: %w", err)
	}
	now := v.Now()
	d := device.Device{
		ID: identity.DeviceID(id.String()), Org: a.Person.Org, Name: identity.CleanText(name), Owner: a.Person.ID, OwnerName: a.Person.Name, Platform: a.From.Platform,
		Enrolment: device.Enrolled, Grade: device.ProfileKey, Key: key, Counter: g.Counter, Created: now, EnrolledAt: now, Seen: now,
	}
	if err := d.Check(); err != nil {
		return device.Device{}, err
	}
	e := Enrolment{Actor: a, Nonce: g.Nonce, Device: d, Facts: ownFacts(a.From, now), Now: now, Settings: func(s identity.Settings) error {
		if code == "" && !s.SelfEnrol {
			return ErrNoSelfEnrol
		}
		return nil
	}}
	if code != "" {
		e.Ticket = ticketHash(code)
	}
	return v.Keys.Enrol(ctx, e)
}

// ownFacts is what a browser says of itself.
func ownFacts(from identity.Origin, now time.Time) []device.Fact {
	if from.Version == 0 {
		return nil
	}
	return []device.Fact{{Name: device.BrowserVersion, Value: fmt.Sprint(from.Version), Source: device.FromBrowser, At: now}}
}

// Prove proves to the actor's sign-in which device it runs on.
func (v *Inventory) Prove(ctx context.Context, a identity.Actor, id identity.DeviceID, g Signed) (device.Device, error) {
	now := v.Now()
	return v.Keys.Prove(ctx, Proof{Actor: a, Nonce: g.Nonce, Purpose: device.Prove, Device: id, Grade: device.ProfileKey, Facts: ownFacts(a.From, now), Now: now, Verify: func(d *device.Device) error {
		if d.Key == nil {
			return NotProven(*d)
		}
		if err := g.statement(a, device.Prove, id).Verify(d.Key, g.Signature); err != nil {
			return err
		}
		if g.Counter <= d.Counter && d.Cloned.IsZero() {
			d.Cloned = now
		}
		d.Counter = max(d.Counter, g.Counter)
		d.Prove(device.ProfileKey, now)
		return nil
	}})
}

// Lost notes that the actor's browser was one of their devices and lost its key.
func (v *Inventory) Lost(ctx context.Context, a identity.Actor, id identity.DeviceID) error {
	return v.Keys.LoseKey(ctx, a, id, v.Now())
}

// Here is what the actor's sign-in has proven, and what it could do about it.
type Here struct {
	device.Standing
	Settings identity.Settings
	Bound    []byte // id of the credential that can prove it more strongly; nil: none
	Bindable bool   // browsers can make such a credential for this server
	Asked    string // address that asks browsers for a client certificate; empty: none
}

// This tells what the actor's sign-in has proven.
func (v *Inventory) This(ctx context.Context, a identity.Actor) (Here, error) {
	s, org, err := v.Keys.Presented(ctx, a)
	h := Here{Standing: s, Settings: org.Settings, Bindable: v.Party.ID != ""}
	if v.Certificates.vouchFor(a.Person.Org) {
		h.Asked = v.Certificates.At
	}
	if err != nil || !s.Enrolled() {
		return h, err
	}
	d, err := v.Devices.Device(ctx, a.Person.Org, s.ID)
	if d.Bound != nil {
		h.Bound = d.Bound.ID
	}
	return h, err
}
