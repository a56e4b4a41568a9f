package admin

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/device"
	"tasuke/internal/identity"
)

// Directory is what explanations look people and devices up in.
type Directory interface {
	// Somebody loads a person with their groups and grants, without a sign-in.
	Somebody(ctx context.Context, org identity.OrgID, p identity.PersonID) (identity.Actor, error)
	// Standing loads a device as if it had been proven.
	Standing(ctx context.Context, org identity.OrgID, d identity.DeviceID) (device.Standing, error)
	// Organisation loads an organisation.
	Org(ctx context.Context, id identity.OrgID) (identity.Org, error)
	// Acquainted reports whether two people had a session together before.
	Acquainted(ctx context.Context, org identity.OrgID, a, b identity.PersonID) (bool, error)
}

// require returns nil when the actor has p somewhere and the organisation's
// policies let them administer from where they are.
func (ad *Admin) require(ctx context.Context, a identity.Actor, p identity.Permission) error {
	if err := a.Require(p); err != nil {
		return err
	}
	c, err := ad.store.Configuration(ctx, a.Person.Org)
	if err != nil {
		return err
	}
	return ad.administering(a, c.Rules).Err()
}

// administering decides whether the actor may administer under these rules.
func (ad *Admin) administering(a identity.Actor, rules *access.Rules) access.Decision {
	return access.Evaluate(access.Request{
		Org: identity.Org{ID: a.Person.Org}, Seat: access.Administrator, Actor: a, SignInLive: true, Rules: rules, From: a.From, Now: ad.now(),
	})
}

// WhatIf supposes a situation; zero values are what is not known.
type WhatIf struct {
	Seat        access.Seat
	Person      identity.PersonID
	Other       identity.PersonID // who sits in the other seat; empty: nobody yet
	From        identity.Origin
	Device      identity.DeviceID // proven by the person; empty: none
	Grade       device.Grade      // by which it was proven; empty: by the strongest it has
	OtherDevice identity.DeviceID // helper: proven by the sharer; empty: none
	SignIn      identity.SignIn   // ACR, AMR and AuthTime count
	At          time.Time         // zero: now
}

// WhatIf evaluates a supposed situation exactly as a real one. It needs
// read_configuration.
func (ad *Admin) WhatIf(ctx context.Context, a identity.Actor, w WhatIf) (access.Decision, error) {
	if err := ad.require(ctx, a, identity.ReadConfiguration); err != nil {
		return access.Decision{}, err
	}
	r, err := ad.suppose(ctx, a.Person.Org, w)
	if err != nil {
		return access.Decision{}, err
	}
	return access.Evaluate(r), nil
}

func (ad *Admin) suppose(ctx context.Context, id identity.OrgID, w WhatIf) (r access.Request, err error) {
	r = access.Request{Seat: w.Seat, SignInLive: true, From: w.From, Now: w.At}
	if r.Now.IsZero() {
		r.Now = ad.now()
	}
	if r.Org, err = ad.directory.Org(ctx, id); err != nil {
		return r, err
	}
	c, err := ad.store.Configuration(ctx, id)
	if err != nil {
		return r, err
	}
	r.Rules = c.Rules
	if r.Actor, err = ad.directory.Somebody(ctx, id, w.Person); err != nil {
		return r, err
	}
	r.Actor.SignIn = w.SignIn
	if r.Device, err = ad.standing(ctx, id, w.Device); err != nil {
		return r, err
	}
	if w.Grade != "" && r.Device.Enrolled() {
		r.Device.Grade = w.Grade
	}
	if w.Seat == access.Helper {
		r.Permission = identity.ViewScreen
	}
	if w.Other == "" {
		return r, nil
	}
	met, err := ad.directory.Acquainted(ctx, id, w.Person, w.Other)
	if r.FirstContact = !met; err != nil || w.Seat != access.Helper {
		return r, err
	}
	r.Sharer, err = ad.sharing(ctx, id, w)
	return r, err
}

func (ad *Admin) sharing(ctx context.Context, id identity.OrgID, w WhatIf) (*access.Sharing, error) {
	other, err := ad.directory.Somebody(ctx, id, w.Other)
	if err != nil {
		return nil, err
	}
	d, err := ad.standing(ctx, id, w.OtherDevice)
	return &access.Sharing{Person: w.Other, Groups: other.Groups, Device: d}, err
}

func (ad *Admin) standing(ctx context.Context, org identity.OrgID, d identity.DeviceID) (device.Standing, error) {
	if d == "" {
		return device.Standing{}, nil
	}
	return ad.directory.Standing(ctx, org, d)
}

// WhyNot asks what somebody lacks to do something.
type WhyNot struct {
	Person     identity.PersonID // empty: the actor
	Permission identity.Permission
	Target     identity.PersonID // empty with Device: the organisation as a whole
	Device     identity.DeviceID
}

// Explanation answers WhyNot. Considered is only for who may read the configuration.
type Explanation struct {
	Verdict    identity.Verdict
	Sentence   string
	Considered []Considered
}

// Considered is one assignment that gives the permission.
type Considered struct {
	Assignment identity.Assignment
	Role       identity.Role
	Member     bool // the person is in one of its member groups
	Expired    bool
	Covers     bool // its scope covers the target
}

// WhyNot explains. Everybody may ask about themselves; asking about somebody
// else needs read_configuration.
func (ad *Admin) WhyNot(ctx context.Context, a identity.Actor, w WhyNot) (Explanation, error) {
	full := a.Require(identity.ReadConfiguration) == nil
	who := a
	if w.Person != "" && w.Person != a.Person.ID {
		if err := ad.require(ctx, a, identity.ReadConfiguration); err != nil {
			return Explanation{}, err
		}
		var err error
		if who, err = ad.directory.Somebody(ctx, a.Person.Org, w.Person); err != nil {
			return Explanation{}, err
		}
	}
	if !w.Permission.Known() {
		return Explanation{}, identity.ErrUnknownPermission
	}
	t, err := ad.target(ctx, a.Person.Org, w)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Verdict: who.Can(w.Permission, t)}
	e.Sentence = sentence(e.Verdict, w.Permission)
	if full {
		e.Considered, err = ad.considered(ctx, who, w.Permission, t)
	}
	return e, err
}

func (ad *Admin) target(ctx context.Context, org identity.OrgID, w WhyNot) (identity.Target, error) {
	t := identity.Target{Org: org, Person: w.Target}
	if w.Target != "" {
		other, err := ad.directory.Somebody(ctx, org, w.Target)
		if err != nil {
			return t, err
		}
		t.PersonGroups = other.Groups
	}
	if w.Device != "" {
		d, err := ad.directory.Standing(ctx, org, w.Device)
		if err != nil {
			return t, err
		}
		t.Device, t.DeviceGroups = d.ID, d.Groups
	}
	return t, nil
}

// sentence says what is missing in the words of the code's reason.
func sentence(v identity.Verdict, p identity.Permission) string {
	if v.Allowed {
		return "Nothing is missing."
	}
	switch v.Reasons[0].Code {
	case identity.ReasonPermissionMissing:
		return fmt.Sprintf("No assignment gives the permission %q.", p)
	case identity.ReasonOutOfScope:
		return fmt.Sprintf("The permission %q is given, but not over this person or device.", p)
	case identity.ReasonPersonDisabled:
		return "The person is disabled."
	}
	return "The person belongs to another organisation."
}

func (ad *Admin) considered(ctx context.Context, who identity.Actor, p identity.Permission, t identity.Target) ([]Considered, error) {
	c, err := ad.store.Configuration(ctx, t.Org)
	if err != nil {
		return nil, err
	}
	var out []Considered
	for _, a := range c.Assignments {
		role := c.Roles[a.Role]
		if !slices.Contains(identity.Whole(role.Permissions), p) {
			continue
		}
		out = append(out, Considered{
			Assignment: a, Role: role, Covers: a.Scope.Covers(t), Expired: !a.Expires.IsZero() && !ad.now().Before(a.Expires),
			Member: slices.ContainsFunc(a.Members, func(g identity.GroupID) bool { return slices.Contains(who.Groups, g) }),
		})
	}
	return out, nil
}
