package main

import (
	"net/http"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/server"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// rights are how long it takes, from asking for a change until both seats of a
// live session were told that it ended and why.
type rights struct {
	Ends    map[string]times `json:"ends"`
	Devices int              `json:"devices"`
	Call    times            `json:"call"` // the floor: a change by the same administrator that ends nothing
}

// rounds is how often each change is made.
const rounds = 20

// revocation plays in a folder, with as many devices.
func revocation(folder string, devices int) (v rights, err error) {
	v = rights{Ends: map[string]times{}, Devices: devices}
	err = perform(folder, func(t testing.TB) {
		w := servertest.Start(t)
		w.Fill(server.Large{People: devices / 5, Devices: devices, Sessions: devices / 50, Seed: 1})
		boss := w.SignIn("amelia")
		for name, what := range changes {
			w.Hire(server.DemoOrg, name, identity.FirstLineHelper) // nobody may ask for all those codes, or own all those devices
			w.Hire(server.DemoOrg, name+"-sharer")
			h := house{t: t, boss: boss, helper: w.SignIn(name), sharer: w.SignIn(name + "-sharer")}
			var took []time.Duration
			for range rounds {
				took = append(took, h.round(what(h)))
			}
			v.Ends[name] = summary(took)
		}
		v.Call = house{t: t, boss: boss}.floor()
	})
	return v, err
}

type house struct {
	t                    testing.TB
	boss, helper, sharer *servertest.Person
}

// change takes something away and says by what the session ends; undo gives it back.
type change struct {
	reason     string
	take, undo func()
}

// round ends one live session.
func (h house) round(c change) time.Duration {
	helper, sharer := h.live()
	defer helper.Close()
	defer sharer.Close()
	start := time.Now()
	c.take()
	for _, seat := range []*servertest.Socket{helper, sharer} {
		if v := seat.WaitState("ended"); v.Reason != c.reason {
			h.t.Fatalf("ended as %s and not %s", v.Reason, c.reason)
		}
	}
	took := time.Since(start)
	c.undo()
	return took
}

// live brings two people to where their browsers may be connected.
func (h house) live() (helper, sharer *servertest.Socket) {
	made := h.helper.Create()
	helper = h.helper.Attach(made.Session)
	session := h.sharer.Redeem(made.Code)
	sharer = h.sharer.Attach(session)
	act := wire.Act{Text: "view-1"}
	for _, w := range helper.WaitState("trust").Warnings {
		act.Acknowledged = append(act.Acknowledged, w.Code)
	}
	h.helper.Act(session, "continue", act)
	h.sharer.Act(session, "allow", wire.Act{Text: act.Text})
	helper.WaitState("connecting")
	sharer.WaitState("connecting")
	return helper, sharer
}

// changes are what is taken away, each made ready before the session.
var changes = map[string]func(h house) change{
	"permission": func(h house) change {
		return change{"permission_lost", func() { h.assign(identity.Auditor) }, func() { h.assign(identity.FirstLineHelper) }}
	},
	"group": func(h house) change {
		var me wire.Me
		h.helper.Must(http.MethodGet, "/api/v1/me", nil, &me)
		membership := "/api/v1/groups/first_line_helper/members/" + me.Person.ID
		return change{"permission_lost", func() { h.boss.Must(http.MethodDelete, membership, nil, nil) }, func() { h.boss.Must(http.MethodPut, membership, nil, nil) }}
	},
	"policy": func(h house) change {
		var made wire.Policy
		return change{"policy_blocked", func() { h.boss.Must(http.MethodPost, "/api/v1/policies", closed(), &made) },
			func() { h.boss.Match(made.Version).Must(http.MethodDelete, "/api/v1/policies/"+made.ID, nil, nil) }}
	},
	"device": func(h house) change {
		laptop := h.sharer.NewDevice()
		laptop.Enrol("")
		return change{"device_revoked", func() { h.boss.Must(http.MethodPost, "/api/v1/devices/"+laptop.ID+"/revoke", struct{}{}, nil) }, func() {}}
	},
}

// assign gives the first-line helpers another role.
func (h house) assign(role identity.RoleID) {
	const path = "/api/v1/assignments/first_line_helper"
	var as wire.Assignment
	h.boss.Must(http.MethodGet, path, nil, &as)
	as.Role = string(role)
	h.boss.Match(as.Version).Must(http.MethodPut, path, as.AssignmentBody, nil)
}

// closed is a policy under which nobody is helped.
func closed() wire.PolicyBody {
	none := []string{}
	who := wire.Who{People: none, Groups: none, Roles: none}
	all := who
	all.Everyone = true
	return wire.PolicyBody{Name: "Closed", State: "on", Seats: []string{"sharer"}, Include: all, Exclude: who, Control: wire.Control{Block: true, Require: []wire.Requirement{}},
		Conditions: wire.Conditions{Locations: none, NotLocations: none, Platforms: none, NotPlatforms: none, Browsers: none, Devices: none}}
}

// floor changes the settings to what they are.
func (h house) floor() times {
	var took []time.Duration
	for range rounds {
		var s wire.Settings
		h.boss.Must(http.MethodGet, "/api/v1/settings", nil, &s)
		start := time.Now()
		h.boss.Must(http.MethodPut, "/api/v1/settings", s, nil)
		took = append(took, time.Since(start))
	}
	return summary(took)
}
