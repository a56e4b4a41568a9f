package identity

import "tasuke/internal/fault"

// Permission names one thing a person may be entitled to do, in the words
// administrators know from the vendor's product.
type Permission string

// The permissions that exist.
const (
	OfferRemoteAssistance Permission = "offer_remote_assistance" // give help: get a security code
	EndSessions           Permission = "end_sessions"            // end somebody else's help session
	ViewReports           Permission = "view_reports"            // list and export session reports
	ViewAudit             Permission = "view_audit"              // read the audit log
	ManageSettings        Permission = "manage_settings"         // change the organisation's switches and limits
	ManagePeople          Permission = "manage_people"           // see people, give and take permissions
)

// Permissions lists every permission, in the order they are explained in.
func Permissions() []Permission {
	return []Permission{OfferRemoteAssistance, EndSessions, ViewReports, ViewAudit, ManageSettings, ManagePeople}
}

// Known reports whether p is a permission that exists.
func (p Permission) Known() bool {
	for _, q := range Permissions() {
		if p == q {
			return true
		}
	}
	return false
}

// Grant entitles to one permission over everything in one organisation.
type Grant struct {
	Permission Permission
	Org        OrgID
}

// Actor is on whose behalf a use case runs: the person, how they signed in and
// what they were granted. It is an argument, never part of a context.
type Actor struct {
	Person Person
	SignIn SignIn
	Grants []Grant
}

// Target is what an action is aimed at.
type Target struct {
	Org OrgID
}

// Verdict answers Actor.Can. Reasons is empty exactly when Allowed.
type Verdict struct {
	Allowed bool
	Reasons []fault.Reason
}

// Reasons that Actor.Can gives.
const (
	ReasonOtherOrganisation = "other_organisation"
	ReasonPersonDisabled    = "person_disabled"
	ReasonPermissionMissing = "permission_missing"
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
	for _, g := range a.Grants {
		if g.Permission == p && g.Org == t.Org {
			return Verdict{Allowed: true}
		}
	}
	return Verdict{Reasons: []fault.Reason{{Code: ReasonPermissionMissing, Subject: string(p)}}}
}

// ErrNotPermitted refuses an action for lack of a permission; its reasons say which.
var ErrNotPermitted = fault.New(fault.Forbidden, "not_permitted", "You do not have the permission this needs.", "Ask your administrator for the permission named here.")

// Require returns nil when the actor may, else ErrNotPermitted with the reasons.
func (a Actor) Require(p Permission) error {
	if v := a.Can(p, Target{Org: a.Person.Org}); !v.Allowed {
		return ErrNotPermitted.WithReasons(v.Reasons...)
	}
	return nil
}
