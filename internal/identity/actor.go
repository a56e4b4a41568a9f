package identity

import (
	"slices"
	"time"

	"tasuke/internal/fault"
)

// Grant is what one assignment entitles its members to.
type Grant struct {
	Assignment  AssignmentID
	Role        RoleID
	Org         OrgID
	Permissions []Permission // whole, see Whole
	Scope       Scope
	Expires     time.Time // zero: never
}

// Actor is on whose behalf a use case runs: the person, how they signed in,
// from where they ask and what they were granted. It is an argument, never part
// of a context.
type Actor struct {
	Person Person
	SignIn SignIn
	Groups []GroupID // that the person belongs to
	Grants []Grant   // that have not expired
	Token  TokenRef  // through which a program acts; zero: the person does
	From   Origin    // of this request; zero below the doors
}

// Target is whom and what an action is aimed at. With nothing but Org it is the
// organisation as a whole.
type Target struct {
	Org          OrgID
	Everybody    bool // all people of the organisation, known and unknown
	Person       PersonID
	PersonGroups []GroupID
	Device       DeviceID // an enrolled one
	DeviceGroups []GroupID
	Unenrolled   bool // the person's device is not enrolled
}

// Target is the actor as whom something is aimed at.
func (a Actor) Target() Target {
	return Target{Org: a.Person.Org, Person: a.Person.ID, PersonGroups: a.Groups}
}

// Verdict answers Actor.Can. Reasons is empty exactly when Allowed.
type Verdict struct {
	Allowed    bool
	Assignment AssignmentID // that allows
	Reasons    []fault.Reason
}

// Reasons that Actor.Can gives.
const (
	ReasonOtherOrganisation = "other_organisation"
	ReasonPersonDisabled    = "person_disabled"
	ReasonPermissionMissing = "permission_missing"
	ReasonOutOfScope        = "out_of_scope"
)

// Can decides whether the actor's grants entitle to p over the target, and if
// not, why not.
func (a Actor) Can(p Permission, t Target) Verdict {
	switch {
	case a.Person.Org != t.Org:
		return Verdict{Reasons: []fault.Reason{{Code: ReasonOtherOrganisation}}}
	case a.Person.Disabled:
		return Verdict{Reasons: []fault.Reason{{Code: ReasonPersonDisabled}}}
	}
	why := ReasonPermissionMissing
	for i := range a.Grants {
		g := &a.Grants[i]
		if g.Org != t.Org || !slices.Contains(g.Permissions, p) {
			continue
		}
		if g.Scope.Covers(t) {
			return Verdict{Allowed: true, Assignment: g.Assignment}
		}
		why = ReasonOutOfScope
	}
	return Verdict{Reasons: []fault.Reason{{Code: why, Subject: string(p)}}}
}

// Reach joins the scopes in which the actor has p, for filtering lists; ok is
// false when there is none.
func (a Actor) Reach(p Permission) (reach Scope, ok bool) {
	for _, g := range a.Grants {
		if g.Org == a.Person.Org && slices.Contains(g.Permissions, p) {
			reach, ok = reach.join(g.Scope), true
		}
	}
	return reach, ok && !a.Person.Disabled
}

// Permissions lists everything the actor may do somewhere.
func (a Actor) Permissions() []Permission {
	var all []Permission
	for _, g := range a.Grants {
		all = append(all, g.Permissions...)
	}
	return Whole(all)
}

// ErrNotPermitted refuses an action for lack of a permission; its reasons say which.
var ErrNotPermitted = fault.New(fault.Forbidden, "not_permitted", "You do not have the permission this needs.", "Ask your administrator for the permission named here.")

// Require returns nil when the actor has p somewhere, else ErrNotPermitted with
// the reasons.
func (a Actor) Require(p Permission) error { return a.RequireOver(p, Target{Org: a.Person.Org}) }

// RequireOver returns nil when the actor has p over the target, else
// ErrNotPermitted with the reasons.
func (a Actor) RequireOver(p Permission, t Target) error {
	v := a.Can(p, t)
	if v.Allowed {
		return nil
	}
	err := ErrNotPermitted.WithReasons(v.Reasons...)
	if v.Reasons[0].Code == ReasonOutOfScope {
		err = err.WithText("This is outside the scope in which you have the permission %q.", p)
	}
	return err
}

// RequireSeen is RequireOver about something that has an id. Where the actor has
// not even sight of the target, it does not exist for them: fault.ErrNotFound.
func (a Actor) RequireSeen(p, sight Permission, t Target) error {
	err := a.RequireOver(p, t)
	if err != nil && !a.Can(sight, t).Allowed {
		return fault.ErrNotFound
	}
	return err
}
