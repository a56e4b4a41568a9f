// Package inventory is where devices are known, enrol and prove themselves, and
// where others describe them. Each use case asks the actor's permission over the
// very device, lets package device decide, and hands the change to the store
// with its audit line. What a device means for a help session is asked by desk;
// compliance policies are configured through admin.
package inventory

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Sort names what a list is ordered by.
type Sort string

// The orders.
const (
	ByName       Sort = "name"
	BySeen       Sort = "seen"
	ByPlatform   Sort = "platform"
	ByCompliance Sort = "compliance"
)

// Filter chooses devices. Zero values choose everything.
type Filter struct {
	Search     string // part of name, owner, serial number or model, any case
	Platform   identity.Platform
	Compliance device.Compliance
	Enrolment  device.Enrolment
	Ownership  device.Ownership
	Grade      device.Grade // the strongest proof there was
	Group      identity.GroupID
	Owner      identity.PersonID
	Reach      identity.Scope // only what lies in it
	Sort       Sort           // empty: ByName
	Descending bool
	After      Cursor // only what comes after it
	Limit      int    // at least 1
}

// Cursor is a place in a list: the value of what it is ordered by, and the id.
// The zero value is the beginning.
type Cursor struct {
	Key string
	ID  identity.DeviceID
}

// KeyOf gives the value that a device is ordered by.
func KeyOf(s Sort, d device.Device) string {
	switch s {
	case BySeen:
		return strconv.FormatInt(d.Seen.UnixMilli(), 10)
	case ByPlatform:
		return string(d.Platform)
	case ByCompliance:
		return string(d.Result.Compliance)
	default:
		return strings.ToLower(d.Name)
	}
}

// Detail is a device with everything that decisions about it rest on.
type Detail struct {
	device.Device
	Groups      []identity.GroupID
	OwnerGroups []identity.GroupID
	Facts       []device.Fact
}

// Target is the device for a permission's scope.
func (d *Detail) Target() identity.Target {
	return identity.Target{Org: d.Org, Person: d.Owner, PersonGroups: d.OwnerGroups, Device: d.ID, DeviceGroups: d.Groups}
}

// History is what happened with a device, newest first.
type History struct {
	Sessions []Session
	Audit    []Line
}

// Session is an ended help session on a device.
type Session struct {
	ID                        string
	Helper, Sharer            string // names; empty once erased
	Created, Allowed, EndedAt time.Time
	Reason                    string
	Warnings                  []string
}

// Line is an audit line about a device.
type Line struct {
	Number  int64
	At      time.Time
	Actor   string // name; empty: the system, or erased
	Action  string
	Details map[string]string
}

// Change changes a device and names the audit line. An error changes nothing.
type Change func(d *Detail) (identity.Entry, error)

// Devices is where devices are kept.
type Devices interface {
	// Devices lists devices.
	Devices(ctx context.Context, org identity.OrgID, f Filter) ([]device.Device, error)
	// Device loads one. fault.ErrNotFound.
	Device(ctx context.Context, org identity.OrgID, id identity.DeviceID) (Detail, error)
	// DeviceHistory loads what happened with one, at most limit of each.
	DeviceHistory(ctx context.Context, org identity.OrgID, id identity.DeviceID, limit int) (History, error)
	// ChangeDevice changes one, evaluates it anew and looks at live sessions again.
	// fault.ErrConflict when version is neither 0 nor current.
	ChangeDevice(ctx context.Context, org identity.OrgID, id identity.DeviceID, version int64, change Change) (Detail, error)
	// Describe hands every described device to decide and keeps them all, or none
	// when there are errors or it is only a preview.
	Describe(ctx context.Context, org identity.OrgID, all []Description, b Batch) (Described, error)
	// EvaluateDue evaluates devices whose time has come, at most limit.
	EvaluateDue(ctx context.Context, now time.Time, limit int) error
	// Rules loads the conditional access policies.
	Rules(ctx context.Context, org identity.OrgID) (*access.Rules, error)
}

// Keys is where tickets, challenges and proofs are kept.
type Keys interface {
	// SaveTicket keeps a ticket with its audit line.
	SaveTicket(ctx context.Context, t Ticket, log identity.Entry) error
	// SaveChallenge keeps a challenge for one sign-in.
	SaveChallenge(ctx context.Context, c Challenge) error
	// Enrol uses up challenge and ticket and keeps the new device as proven by the sign-in.
	Enrol(ctx context.Context, e Enrolment) (device.Device, error)
	// Prove uses up the challenge and lets verify look at the device.
	Prove(ctx context.Context, p Proof) (device.Device, error)
	// LoseKey notes that the sign-in's browser was this device, once, and lost its key.
	LoseKey(ctx context.Context, a identity.Actor, id identity.DeviceID, now time.Time) error
	// Presented gives what the actor's sign-in has proven, and the organisation.
	Presented(ctx context.Context, a identity.Actor) (device.Standing, identity.Org, error)
	// Somebody loads a person with their groups.
	Somebody(ctx context.Context, org identity.OrgID, p identity.PersonID) (identity.Actor, error)
}

// Options says what an inventory works with.
type Options struct {
	Devices      Devices          // required
	Keys         Keys             // required
	Log          *slog.Logger     // required
	Party        Party            // zero: browsers cannot bind devices here
	Certificates Certificates     // zero: nobody is asked for one
	Now          func() time.Time // nil: time.Now
	Random       io.Reader        // nil: crypto/rand.Reader
}

// Inventory is safe for concurrent use.
type Inventory struct {
	Options
}

// New opens the inventory.
func New(o Options) *Inventory {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return &Inventory{Options: o}
}

// administers returns nil when the organisation's policies let the actor
// administer from where they are.
func (v *Inventory) administers(ctx context.Context, a identity.Actor, p identity.Permission) error {
	if err := a.Require(p); err != nil {
		return err
	}
	rules, err := v.Devices.Rules(ctx, a.Person.Org)
	if err != nil {
		return err
	}
	return access.Evaluate(access.Request{
		Org: identity.Org{ID: a.Person.Org}, Seat: access.Administrator, Actor: a, SignInLive: true, Rules: rules, From: a.From, Now: v.Now(),
	}).Err()
}

// List lists what lies in the actor's scope. It needs read_devices.
func (v *Inventory) List(ctx context.Context, a identity.Actor, f Filter) ([]device.Device, error) {
	if err := v.administers(ctx, a, identity.ReadDevices); err != nil {
		return nil, err
	}
	f.Reach, _ = a.Reach(identity.ReadDevices)
	return v.Devices.Devices(ctx, a.Person.Org, f)
}

// See loads one with its history. It needs read_devices over the device; audit
// lines need view_audit.
func (v *Inventory) See(ctx context.Context, a identity.Actor, id identity.DeviceID) (Detail, History, error) {
	const lines = 50
	if err := v.administers(ctx, a, identity.ReadDevices); err != nil {
		return Detail{}, History{}, err
	}
	d, err := v.Devices.Device(ctx, a.Person.Org, id)
	if err != nil {
		return Detail{}, History{}, err
	}
	if err := a.RequireSeen(identity.ReadDevices, identity.ReadDevices, d.Target()); err != nil {
		return Detail{}, History{}, err
	}
	h, err := v.Devices.DeviceHistory(ctx, a.Person.Org, id, lines)
	if a.Require(identity.ViewAudit) != nil {
		h.Audit = nil
	}
	return d, h, err
}

// Edit is what administrators write of a device.
type Edit struct {
	Name      string
	Owner     identity.PersonID
	Ownership device.Ownership
	External  string
}

// ErrExternalID refuses two devices that another system would take for one.
var ErrExternalID = fault.New(fault.Conflict, "external_id_taken", "Another device has this external id.", "Choose another id, or retire the other device and take its id away.")

// Change renames a device or gives it to somebody else, whose browser must prove
// it anew. It needs manage_devices over the device, before and after.
func (v *Inventory) Change(ctx context.Context, a identity.Actor, id identity.DeviceID, version int64, e Edit) (Detail, error) {
	if err := v.administers(ctx, a, identity.ManageDevices); err != nil {
		return Detail{}, err
	}
	owner, err := v.owner(ctx, a, e.Owner)
	if err != nil {
		return Detail{}, err
	}
	return v.Devices.ChangeDevice(ctx, a.Person.Org, id, version, func(d *Detail) (identity.Entry, error) {
		log := identity.Entry{Org: d.Org, By: a.Author(), Action: "device.change", Object: string(d.ID), Person: e.Owner, Details: map[string]string{}}
		if err := manages(a, d); err != nil {
			return log, err
		}
		if d.Owner != e.Owner {
			log.Action = "device.transfer"
			d.give(owner)
			if err := a.RequireOver(identity.ManageDevices, d.Target()); err != nil {
				return log, err
			}
		}
		if d.Name != e.Name {
			log.Details["name:old"], log.Details["name:new"] = d.Name, e.Name
		}
		if d.Ownership != e.Ownership {
			log.Details["ownership:old"], log.Details["ownership:new"] = string(d.Ownership), string(e.Ownership)
		}
		if d.ExternalID != e.External {
			log.Details["external_id:old"], log.Details["external_id:new"] = d.ExternalID, e.External
		}
		d.Name, d.Ownership, d.ExternalID = e.Name, e.Ownership, e.External
		return log, d.Check()
	})
}

// manages asks for manage_devices over a device.
func manages(a identity.Actor, d *Detail) error {
	return a.RequireSeen(identity.ManageDevices, identity.ReadDevices, d.Target())
}

// owner loads who is to own a device; nil: nobody. Whom the actor may neither see
// nor give devices to does not exist for them.
func (v *Inventory) owner(ctx context.Context, a identity.Actor, id identity.PersonID) (*identity.Actor, error) {
	if id == "" {
		return nil, nil
	}
	them, err := v.Keys.Somebody(ctx, a.Person.Org, id)
	if err == nil && !knows(a, them) {
		err = fault.ErrNotFound
	}
	return &them, err
}

func knows(a, them identity.Actor) bool {
	return a.Can(identity.ReadPeople, them.Target()).Allowed || a.Can(identity.ManageDevices, them.Target()).Allowed
}

// Withdraw retires a device, or revokes its key so that a live session on it
// ends. It needs manage_devices over the device.
func (v *Inventory) Withdraw(ctx context.Context, a identity.Actor, id identity.DeviceID, to device.Enrolment) (Detail, error) {
	if err := v.administers(ctx, a, identity.ManageDevices); err != nil {
		return Detail{}, err
	}
	return v.Devices.ChangeDevice(ctx, a.Person.Org, id, 0, func(d *Detail) (identity.Entry, error) {
		log := identity.Entry{Org: d.Org, By: a.Author(), Action: "device." + string(to), Object: string(d.ID), Person: d.Owner, Details: map[string]string{"name": d.Name}}
		d.Enrolment = to
		d.Forget()
		return log, manages(a, d)
	})
}

// sweepEvery bounds how late compliance changes by time alone.
const sweepEvery = 300 * time.Millisecond

// Run evaluates devices that are due, until ctx is done.
func (v *Inventory) Run(ctx context.Context) {
	const batch = 500
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := v.Devices.EvaluateDue(ctx, v.Now(), batch); err != nil && ctx.Err() == nil {
			v.Log.Error("devices were not evaluated", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
