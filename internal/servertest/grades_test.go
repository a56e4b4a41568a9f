package servertest_test

import (
	"net/http"
	"testing"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

const (
	bindPath   = "/api/v1/this-device/bind"
	assertPath = "/api/v1/this-device/assert"
	redeemPath = "/api/v1/help-sessions/redeem"
)

func detail(boss *servertest.Person, id string) (d wire.DeviceDetail) {
	boss.Must(http.MethodGet, devicesPath+"/"+id, nil, &d)
	return d
}

// TestADeviceIsBoundToItsOwnAuthenticator: enrolled, bound, demanded by a policy,
// proven for one code, and shown to both seats.
func TestADeviceIsBoundToItsOwnAuthenticator(t *testing.T) {
	w := servertest.Start(t)
	boss, helper, sharer := w.SignIn("amelia"), w.SignIn("haruka"), w.SignIn("sofia")
	laptop := sharer.NewDevice()
	laptop.Enrol("")
	own := laptop.Authenticator()
	if this := own.Bind(); this.Grade != "platform_key" || this.Bound == "" || !this.Bindable {
		t.Fatalf("bound: %+v", this)
	}
	if d := detail(boss, laptop.ID); d.Grade != "platform_key" || d.Audit[0].Action != "device.bind" {
		t.Errorf("the device is %+v", d)
	}

	again := w.SignIn("sofia") // another day, the same browser
	laptop = laptop.At(again)
	own.Move(laptop)
	laptop.Must(laptop.Sign("prove", laptop.Challenge("prove"), 2))
	boss.Must(http.MethodPost, "/api/v1/policies", wire.PolicyBody{
		Name: "Bound devices", State: "on", Seats: []string{"sharer"}, Include: wire.Who{Everyone: true, People: []string{}, Groups: []string{}, Roles: []string{}},
		Exclude:    wire.Who{People: []string{}, Groups: []string{}, Roles: []string{}},
		Conditions: wire.Conditions{Locations: []string{}, NotLocations: []string{}, Platforms: []string{}, NotPlatforms: []string{}, Browsers: []string{}, Devices: []string{}},
		Control:    wire.Control{Require: []wire.Requirement{{Kind: "device_grade", Value: "platform_key"}}},
	}, nil)
	made := helper.Create()
	again.Refused("help_refused", http.MethodPost, redeemPath, wire.Redeem{Code: made.Code}) // by the profile's key alone
	proof := own.Get(laptop.Challenge("assert"), "0000000Z")
	again.Refused("device_credential_refused", http.MethodPost, redeemPath, wire.Redeem{Code: made.Code, Proof: &proof}) // signed for another code
	proof = own.Get(laptop.Challenge("assert"), canonical(made.Code))
	var redeemed wire.Redeemed
	again.Must(http.MethodPost, redeemPath, wire.Redeem{Code: made.Code, Proof: &proof}, &redeemed)
	live := helper.Attach(made.Session)
	if v := live.WaitState("trust"); v.Peer.Proof != "platform_key" || v.You.Proof != "" || len(v.Warnings) != 1 {
		t.Errorf("the helper sees %+v, warnings %+v", v.Peer, v.Warnings)
	}
	if v := again.Attach(redeemed.Session).WaitState("trust"); v.You.Proof != "platform_key" {
		t.Errorf("the sharer sees %+v", v.You)
	}
	w.VerifyAudit()
}

// canonical is a security code without its hyphen.
func canonical(shown string) string { return shown[:4] + shown[5:] }

// TestAWeakerProofIsWarnedOf: a copied profile has no authenticator.
func TestAWeakerProofIsWarnedOf(t *testing.T) {
	w := servertest.Start(t)
	boss, helper, sharer := w.SignIn("amelia"), w.SignIn("haruka"), w.SignIn("sofia")
	laptop := sharer.NewDevice()
	laptop.Enrol("")
	laptop.Authenticator().Bind()
	copied := laptop.At(w.SignIn("sofia"))
	copied.Must(copied.Sign("prove", copied.Challenge("prove"), 2))
	made := helper.Create()
	live := helper.Attach(made.Session)
	w.SignIn("kenji") // somebody else's sign-in changes nothing
	copied.Person().Redeem(made.Code)
	if v := live.WaitState("trust"); v.Peer.Proof != "profile_key" || v.Warnings[0].Code != "proof_weaker" {
		t.Errorf("the helper sees %+v, warnings %+v", v.Peer, v.Warnings)
	}
	// What was proven more strongly is not lowered by what the page proves at every step.
	laptop.Must(laptop.Sign("prove", laptop.Challenge("prove"), 3))
	var this wire.ThisDevice
	sharer.Must(http.MethodGet, "/api/v1/this-device", nil, &this)
	if this.Grade != "platform_key" {
		t.Errorf("lowered to %s", this.Grade)
	}
	if d := detail(boss, laptop.ID); !d.Cloned {
		t.Error("two browsers use the profile's key in turn, and nobody notices")
	}
}

// TestA18 has the cases of security.md A18 for the device's own authenticator:
// cloning, replay, and what is synced. Those of the profile's key are in
// TestADeviceCannotBeForged.
func TestA18(t *testing.T) {
	w := servertest.Start(t)
	boss, sharer, other := w.SignIn("amelia"), w.SignIn("sofia"), w.SignIn("sofia")
	laptop := sharer.NewDevice()
	laptop.Enrol("")
	synced := laptop.Authenticator()
	synced.Flags |= servertest.BackupEligible
	sharer.Refused("device_credential_synced", http.MethodPost, bindPath, synced.Create(laptop.Challenge("bind")))
	if d := detail(boss, laptop.ID); d.Grade != "profile_key" {
		t.Errorf("a synced passkey made it %s", d.Grade)
	}
	elsewhere := laptop.At(other)
	elsewhere.Must(elsewhere.Sign("prove", elsewhere.Challenge("prove"), 2))
	own := laptop.Authenticator()
	own.Bind()
	used := own.Get(laptop.Challenge("assert"), "")
	own.Assert(used)

	for name, c := range map[string]struct {
		refusal string
		bring   func() wire.Assertion
		by      *servertest.Person
	}{
		"replayed":           {"device_challenge_over", func() wire.Assertion { return used }, sharer},
		"of another sign-in": {"device_challenge_over", func() wire.Assertion { return own.Get(laptop.Challenge("assert"), "") }, other},
		"signed for another sign-in": {"device_credential_refused", func() wire.Assertion {
			mine, theirs := laptop.Challenge("assert"), elsewhere.Challenge("assert")
			v := own.Get(mine, "")
			v.Nonce = theirs.Nonce
			return v
		}, other},
		"for another purpose": {"device_challenge_over", func() wire.Assertion { return own.Get(laptop.Challenge("prove"), "") }, sharer},
		"at another origin": {"device_credential_refused", func() wire.Assertion {
			return with(own, func(a *servertest.Authenticator) { a.Origin = "https://phish.example" }).Get(laptop.Challenge("assert"), "")
		}, sharer},
		"for another party": {"device_credential_refused", func() wire.Assertion {
			return with(own, func(a *servertest.Authenticator) { a.RP = "phish.example" }).Get(laptop.Challenge("assert"), "")
		}, sharer},
		"nobody was there": {"device_credential_refused", func() wire.Assertion {
			return with(own, func(a *servertest.Authenticator) { a.Flags = servertest.UserPresent }).Get(laptop.Challenge("assert"), "")
		}, sharer},
		"synced since": {"device_credential_synced", func() wire.Assertion {
			return with(own, func(a *servertest.Authenticator) { a.Flags |= servertest.BackupEligible | servertest.BackedUp }).Get(laptop.Challenge("assert"), "")
		}, sharer},
		"by another credential": {"device_credential_refused", func() wire.Assertion { return laptop.Authenticator().Get(laptop.Challenge("assert"), "") }, sharer},
	} {
		t.Run(name, func(t *testing.T) { c.by.Refused(c.refusal, http.MethodPost, assertPath, c.bring()) })
	}
	if d := detail(boss, laptop.ID); d.Cloned {
		t.Fatal("it is taken for cloned before it was")
	}
	own.Assert(with(own, func(a *servertest.Authenticator) { a.Counter = 1 }).Get(laptop.Challenge("assert"), ""))
	if d := detail(boss, laptop.ID); !d.Cloned || d.Audit[0].Action != "device.cloned" {
		t.Errorf("a counter that steps back: %+v", d)
	}
	boss.Must(http.MethodPost, devicesPath+"/"+laptop.ID+"/revoke", struct{}{}, nil)
	sharer.Refused("device_proof_invalid", http.MethodPost, assertPath, own.Get(laptop.Challenge("assert"), ""))
}

// with is the same authenticator, made wrong.
func with(a *servertest.Authenticator, wrong func(a *servertest.Authenticator)) *servertest.Authenticator {
	twin := *a
	wrong(&twin)
	return &twin
}
