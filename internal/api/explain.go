package api

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// explanations registers what-if and why-not.
func (a *API) explanations() {
	operation(a, huma.Operation{OperationID: "what-if", Method: http.MethodPost, Path: "/what-if", Tags: []string{"Configuration"},
		Summary: "Evaluate a supposed situation", Description: "Exactly as a real one would be; nothing changes."}, string(identity.ReadConfiguration), a.whatIf, fault.ErrNotFound)
	operation(a, huma.Operation{OperationID: "why-not", Method: http.MethodPost, Path: "/why-not", Tags: []string{"You"},
		Summary: "Explain what somebody lacks", Description: "About yourself always; about somebody else with read_configuration, then with every assignment that was looked at."}, SignedIn, a.whyNot, fault.ErrNotFound, identity.ErrNotPermitted, identity.ErrUnknownPermission)
}

func (a *API) whatIf(ctx context.Context, who identity.Actor, in *struct{ Body wire.WhatIf }) (*body[wire.Decision], error) {
	b := &in.Body
	w := admin.WhatIf{
		Seat: access.Seat(b.Seat), Person: identity.PersonID(b.Person), Other: identity.PersonID(b.Other),
		Device: identity.DeviceID(b.Device), Grade: device.Grade(b.DeviceGrade), OtherDevice: identity.DeviceID(b.OtherDevice),
		From: identity.Origin{Platform: identity.Platform(b.Platform), Browser: b.Browser}, At: a.Now(),
	}
	if b.At != nil {
		w.At = *b.At
	}
	if b.Address != "" {
		var err error
		if w.From.Addr, err = netip.ParseAddr(b.Address); err != nil {
			return nil, fault.ErrInvalid.WithText("%q is not an IP address.", b.Address)
		}
	}
	w.SignIn = identity.SignIn{ACR: b.ACR, AuthTime: w.At.Add(-time.Duration(b.SignInAgeMinutes) * time.Minute)}
	if b.MFA {
		w.SignIn.AMR = []string{"mfa"}
	}
	d, err := a.Admin.WhatIf(ctx, who, w)
	if err != nil {
		return nil, err
	}
	return ok(wire.NewDecision(d)), nil
}

func (a *API) whyNot(ctx context.Context, who identity.Actor, in *struct{ Body wire.WhyNot }) (*body[wire.Explanation], error) {
	b := &in.Body
	e, err := a.Admin.WhyNot(ctx, who, admin.WhyNot{
		Person: identity.PersonID(b.Person), Permission: identity.Permission(b.Permission), Target: identity.PersonID(b.Target), Device: identity.DeviceID(b.Device),
	})
	if err != nil {
		return nil, err
	}
	out := wire.Explanation{Allowed: e.Verdict.Allowed, Sentence: e.Sentence, Reasons: wire.NewReasons(e.Verdict.Reasons), Assignments: []wire.Considered{}}
	for _, c := range e.Considered {
		out.Assignments = append(out.Assignments, wire.Considered{
			ID: string(c.Assignment.ID), Name: c.Assignment.Name, Role: c.Role.Name, Member: c.Member, Expired: c.Expired, Covers: c.Covers,
		})
	}
	return ok(out), nil
}
