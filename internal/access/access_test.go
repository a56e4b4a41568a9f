package access_test

import (
	"errors"
	"slices"
	"testing"

	"tasuke/internal/access"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

func TestEvaluate(t *testing.T) {
	org := identity.Org{ID: "acme", Settings: identity.DefaultSettings()}
	org.Settings.Unenrolled = true
	off := org
	off.Settings.RemoteHelp = false
	helper := identity.Actor{Person: identity.Person{Org: "acme"}, Grants: []identity.Grant{{Permissions: []identity.Permission{identity.OfferRemoteAssistance, identity.ViewScreen}, Org: "acme", Scope: identity.Everything()}}}
	plain := identity.Actor{Person: identity.Person{Org: "acme"}}
	foreign := identity.Actor{Person: identity.Person{Org: "other"}, Grants: []identity.Grant{{Permissions: []identity.Permission{identity.OfferRemoteAssistance, identity.ViewScreen}, Org: "acme", Scope: identity.Everything()}}}
	disabled := identity.Actor{Person: identity.Person{Org: "acme", Disabled: true}, Grants: helper.Grants}
	tests := []struct {
		name string
		in   access.Request
		want []string
	}{
		{"helper", access.Request{Org: org, Seat: access.Helper, Actor: helper, SignInLive: true}, nil},
		{"sharer needs no permission", access.Request{Org: org, Seat: access.Sharer, Actor: plain, SignInLive: true}, nil},
		{"helper without permission", access.Request{Org: org, Seat: access.Helper, Actor: plain, SignInLive: true}, []string{identity.ReasonPermissionMissing}},
		{"help switched off", access.Request{Org: off, Seat: access.Helper, Actor: helper, SignInLive: true}, []string{access.ReasonHelpDisabled}},
		{"every ground is named", access.Request{Org: off, Seat: access.Helper, Actor: plain}, []string{access.ReasonHelpDisabled, access.ReasonSignedOut, identity.ReasonPermissionMissing}},
		{"helper of another organisation", access.Request{Org: org, Seat: access.Helper, Actor: foreign, SignInLive: true}, []string{identity.ReasonOtherOrganisation}},
		{"sharer of another organisation", access.Request{Org: org, Seat: access.Sharer, Actor: foreign, SignInLive: true}, []string{identity.ReasonOtherOrganisation}},
		{"disabled helper", access.Request{Org: org, Seat: access.Helper, Actor: disabled, SignInLive: true}, []string{identity.ReasonPersonDisabled}},
		{"disabled sharer", access.Request{Org: org, Seat: access.Sharer, Actor: disabled, SignInLive: true}, []string{identity.ReasonPersonDisabled}},
		{"signed out", access.Request{Org: org, Seat: access.Sharer, Actor: plain}, []string{access.ReasonSignedOut}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := access.Evaluate(tt.in)
			var got []string
			for _, r := range d.Reasons {
				got = append(got, r.Code)
			}
			if !slices.Equal(got, tt.want) || d.Allowed != (len(tt.want) == 0) {
				t.Errorf("allowed %v, reasons %v, want %v", d.Allowed, got, tt.want)
			}
			var f *fault.Fault
			if err := d.Err(); d.Allowed != (err == nil) || (!d.Allowed && (!errors.As(err, &f) || len(f.Reasons) != len(tt.want))) {
				t.Errorf("error %v", err)
			}
		})
	}
}
