package inventory

import (
	"context"
	"strconv"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Description is one device as another system knows it. What is empty stays.
type Description struct {
	Line         int // in the file or list, from 1
	ExternalID   string
	Name         string
	Owner        string // id or e-mail address
	Platform     identity.Platform
	Ownership    device.Ownership
	Manufacturer string
	Model        string
	Serial       string
	Facts        []device.Fact
}

// Batch says how descriptions are to be kept.
type Batch struct {
	Source  device.Source
	Preview bool
	// Decide applies a description to a device, new when its Version is 0, and
	// reports whether it changed. The owner was looked up; nil: not said.
	Decide func(d *Detail, is Description, owner *identity.Actor) (changed bool, err error)
	Log    func(v Described) identity.Entry
}

// Described counts what came of descriptions.
type Described struct {
	Created, Changed, Unchanged int
	Errors                      []RowError
}

// RowError says what is wrong with one line.
type RowError struct {
	Line   int
	Code   string
	Member string
}

// ErrNoOwner refuses to give a device to somebody who does not exist.
var ErrNoOwner = fault.ErrNotFound.WithReasons(fault.Reason{Code: "member_invalid", Subject: "owner"})

// MaxErrors bounds the errors that are told.
const MaxErrors = 100

// Refuse notes an error about a line.
func (v *Described) Refuse(line int, err error) {
	if len(v.Errors) >= MaxErrors {
		return
	}
	f := fault.Of(err)
	e := RowError{Line: line, Code: f.Code}
	if len(f.Reasons) > 0 {
		e.Member = f.Reasons[0].Subject
	}
	v.Errors = append(v.Errors, e)
}

// Describe keeps what another system knows of devices: all of it, or nothing
// when there are errors or only a preview is asked for. It needs manage_devices
// over every one of them.
func (v *Inventory) Describe(ctx context.Context, a identity.Actor, all []Description, source device.Source, preview bool) (Described, error) {
	if err := v.administers(ctx, a, identity.ManageDevices); err != nil {
		return Described{}, err
	}
	now := v.Now()
	return v.Devices.Describe(ctx, a.Person.Org, all, Batch{
		Source: source, Preview: preview,
		Decide: func(d *Detail, is Description, owner *identity.Actor) (bool, error) {
			if owner != nil && !knows(a, *owner) {
				return false, ErrNoOwner
			}
			if d.Version > 0 {
				if err := a.RequireOver(identity.ManageDevices, d.Target()); err != nil {
					return false, err
				}
			}
			changed, err := is.apply(d, owner, now)
			if err != nil {
				return false, err
			}
			return changed, a.RequireOver(identity.ManageDevices, d.Target())
		},
		Log: func(r Described) identity.Entry {
			return identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "device.describe", Details: map[string]string{
				"source": string(source), "created": strconv.Itoa(r.Created), "changed": strconv.Itoa(r.Changed), "unchanged": strconv.Itoa(r.Unchanged),
			}}
		},
	})
}

// apply writes what the description says into the device.
func (is Description) apply(d *Detail, owner *identity.Actor, now time.Time) (changed bool, err error) {
	set := func(to *string, text string) {
		if text != "" && *to != text {
			*to, changed = text, true
		}
	}
	if d.Name == "" {
		set(&d.Name, is.ExternalID)
	}
	set(&d.Name, is.Name)
	set((*string)(&d.Platform), string(is.Platform))
	set((*string)(&d.Ownership), string(is.Ownership))
	set(&d.Manufacturer, is.Manufacturer)
	set(&d.Model, is.Model)
	set(&d.Serial, is.Serial)
	if owner != nil && owner.Person.ID != d.Owner {
		d.give(owner)
		changed = true
	}
	for _, f := range is.Facts {
		if err := f.Check(now); err != nil {
			return false, err
		}
		changed = keepFact(d, f) || changed
	}
	if changed {
		d.Seen = now
	}
	return changed, d.Check()
}

// give makes the device somebody else's (nil: nobody's), whose browser must
// prove it anew.
func (d *Detail) give(owner *identity.Actor) {
	if d.Enrolment == device.Enrolled || d.Enrolment == device.KeyLost {
		d.Enrolment = device.Known
		d.Forget()
	}
	d.Owner, d.OwnerName, d.OwnerGroups = "", "", nil
	if owner != nil {
		d.Owner, d.OwnerName, d.OwnerGroups = owner.Person.ID, owner.Person.Name, owner.Groups
	}
}

// keepFact puts a fact in the place of what its source said before, unless that
// is newer.
func keepFact(d *Detail, f device.Fact) bool {
	for i, old := range d.Facts {
		if old.Name == f.Name && old.Source == f.Source {
			if old == f || old.At.After(f.At) {
				return false
			}
			d.Facts[i] = f
			return true
		}
	}
	d.Facts = append(d.Facts, f)
	return true
}
