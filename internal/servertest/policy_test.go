package servertest_test

import (
	"net/http"
	"testing"

	"tasuke/internal/identity"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// everybody are policies for the sharers of the whole organisation.
func everybody(name, state string, c wire.Control) wire.PolicyBody {
	none := wire.Who{People: []string{}, Groups: []string{}, Roles: []string{}}
	all := none
	all.Everyone = true
	empty := []string{}
	if c.Require == nil {
		c.Require = []wire.Requirement{}
	}
	return wire.PolicyBody{Name: name, State: state, Seats: []string{"sharer"}, Include: all, Exclude: none, Control: c,
		Conditions: wire.Conditions{Locations: empty, NotLocations: empty, Platforms: empty, NotPlatforms: empty, Browsers: empty, Devices: empty}}
}

const membership = "/api/v1/groups/first_line_helper/members/"

// TestARightTakenAwayEndsTheSession: whatever a live session rests on, it ends
// when that is gone, and both are told why.
func TestARightTakenAwayEndsTheSession(t *testing.T) {
	for name, c := range map[string]struct {
		take   func(t *testing.T, p *pair, boss *servertest.Person)
		reason string
		ground string
	}{
		"membership": {func(t *testing.T, p *pair, boss *servertest.Person) {
			boss.Must(http.MethodDelete, membership+idOf(p.helper), nil, nil)
		}, "permission_lost", "permission_missing"},
		"permission": {func(t *testing.T, p *pair, boss *servertest.Person) {
			var as wire.Assignment
			boss.Must(http.MethodGet, "/api/v1/assignments/first_line_helper", nil, &as)
			as.Role = string(identity.Auditor)
			boss.Match(as.Version).Must(http.MethodPut, "/api/v1/assignments/first_line_helper", as.AssignmentBody, nil)
		}, "permission_lost", "permission_missing"},
		"scope": {func(t *testing.T, p *pair, boss *servertest.Person) {
			var as wire.Assignment
			boss.Must(http.MethodGet, "/api/v1/assignments/first_line_helper", nil, &as)
			as.Scope.Unenrolled = false
			boss.Match(as.Version).Must(http.MethodPut, "/api/v1/assignments/first_line_helper", as.AssignmentBody, nil)
		}, "permission_lost", "out_of_scope"},
		"policy": {func(t *testing.T, p *pair, boss *servertest.Person) {
			boss.Must(http.MethodPost, "/api/v1/policies", everybody("Closed", "on", wire.Control{Block: true}), nil)
		}, "policy_blocked", "policy_blocked"},
		"setting": {func(t *testing.T, p *pair, boss *servertest.Person) {
			var s wire.Settings
			boss.Must(http.MethodGet, "/api/v1/settings", nil, &s)
			s.Unenrolled = false
			boss.Must(http.MethodPut, "/api/v1/settings", s, nil)
		}, "device_revoked", "unenrolled_device"},
		"sign-in": {func(t *testing.T, p *pair, boss *servertest.Person) {
			p.sharer.Must(http.MethodPost, "/signin/out", map[string]any{"everywhere": true}, nil)
		}, "signed_out", "signed_out"},
	} {
		t.Run(name, func(t *testing.T) {
			p := connecting(t)
			c.take(t, p, p.w.SignIn("amelia"))
			v := p.helperLive.WaitState("ended")
			if v.Reason != c.reason || len(v.Grounds) == 0 || v.Grounds[0].Code != c.ground {
				t.Errorf("the helper is told %s, %+v", v.Reason, v.Grounds)
			}
			if name == "sign-in" {
				return // the sharer's socket has no sign-in to be told by
			}
			if v := p.sharerLive.WaitState("ended"); v.Reason != c.reason || len(v.Grounds) == 0 {
				t.Errorf("the sharer is told %s, %+v", v.Reason, v.Grounds)
			}
		})
	}
}

func idOf(p *servertest.Person) string {
	var me wire.Me
	p.Must(http.MethodGet, "/api/v1/me", nil, &me)
	return me.Person.ID
}

// TestAPolicyIsNamedBeforeAnythingIsShared: report-only lets pass, on refuses with
// the policy's name, and what-if says the same of both.
func TestAPolicyIsNamedBeforeAnythingIsShared(t *testing.T) {
	w := servertest.Start(t)
	helper, sharer, boss := w.SignIn("haruka"), w.SignIn("sofia"), w.SignIn("amelia")
	mfa := wire.Control{Require: []wire.Requirement{{Kind: "mfa"}}}
	var made wire.Policy
	boss.Must(http.MethodPost, "/api/v1/policies", everybody("Second factor", "report_only", mfa), &made)
	sharer.Act(sharer.Redeem(helper.Create().Code), "decline", wire.Act{})
	made.State = "on"
	boss.Match(made.Version).Must(http.MethodPut, "/api/v1/policies/"+made.ID, made.PolicyBody, nil)
	boss.Match(made.Version).Refused("changed_meanwhile", http.MethodPut, "/api/v1/policies/"+made.ID, made.PolicyBody)
	sharer.Refused("help_refused", http.MethodPost, "/api/v1/help-sessions/redeem", wire.Redeem{Code: helper.Create().Code})
	var d wire.Decision
	boss.Must(http.MethodPost, "/api/v1/what-if", wire.WhatIf{Seat: "sharer", Person: idOf(sharer)}, &d)
	if d.Allowed || len(d.Reasons) != 1 || d.Reasons[0] != (wire.Reason{Code: "mfa_required", Subject: "Second factor"}) || len(d.Policies) != 1 {
		t.Errorf("%+v", d)
	}
	boss.Must(http.MethodPost, "/api/v1/what-if", wire.WhatIf{Seat: "sharer", Person: idOf(sharer), MFA: true}, &d)
	if !d.Allowed {
		t.Errorf("%+v", d)
	}
}
