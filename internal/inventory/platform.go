package inventory

import (
	"context"
	"encoding/base64"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Faults of credentials of a device's own authenticator.
var (
	ErrSynced      = fault.New(fault.Forbidden, "device_credential_synced", "This passkey is copied to other devices, so it cannot prove one.", "Nothing else changed: this device is known by its browser's key as before.")
	ErrPlatformKey = fault.New(fault.Forbidden, "device_credential_refused", "The device's own lock did not prove which device this is.", "Try again.")
)

// Party is the WebAuthn relying party: this server as authenticators know it.
type Party struct {
	ID     string // host name; empty: the server has none, only an address
	Origin string
}

// NewParty is the party of the server at base. Browsers refuse addresses for one
// (WebAuthn Level 3, 5.1.2).
func NewParty(base string) Party {
	u, err := url.Parse(base)
	if err != nil {
		return Party{}
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return Party{}
	}
	return Party{ID: u.Hostname(), Origin: base}
}

// algorithms that a credential may use.
var algorithms = []protocol.CredentialParameter{
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgES256},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgRS256}, // Windows Hello on TPM 1.2 and early 2.0
}

// Made is a credential that the device's authenticator made.
type Made struct {
	Nonce                       string
	ID, ClientData, Attestation []byte
}

// Asserted is what that credential signed.
type Asserted struct {
	Nonce                                        string
	ID, ClientData, AuthenticatorData, Signature []byte
	Code                                         string // of the help session that it is brought with, canonical; empty: none
}

// Bind lets the device that the actor's sign-in has proven be proven by its own
// authenticator from now on.
func (v *Inventory) Bind(ctx context.Context, a identity.Actor, m Made) (device.Device, error) {
	id, err := v.here(ctx, a)
	if err != nil {
		return device.Device{}, err
	}
	now := v.Now()
	return v.Keys.Prove(ctx, Proof{Actor: a, Nonce: m.Nonce, Purpose: device.Bind, Device: id, Grade: device.PlatformKey, Now: now, Verify: func(d *device.Device) error {
		if d.Enrolment != device.Enrolled || d.Key == nil {
			return NotProven(*d)
		}
		st := device.Statement{Purpose: device.Bind, Org: a.Person.Org, SignIn: a.SignIn.ID, Device: d.ID, Nonce: m.Nonce}
		bound, err := v.Party.made(m, st.Challenge())
		if err != nil {
			return err
		}
		d.Bound = bound
		d.Prove(device.PlatformKey, now)
		return nil
	}})
}

// Assert proves, by its own authenticator, the device that the actor's sign-in
// has proven already by something else.
func (v *Inventory) Assert(ctx context.Context, a identity.Actor, g Asserted) (device.Device, error) {
	id, err := v.here(ctx, a)
	if err != nil {
		return device.Device{}, err
	}
	now := v.Now()
	return v.Keys.Prove(ctx, Proof{Actor: a, Nonce: g.Nonce, Purpose: device.Assert, Device: id, Grade: device.PlatformKey, Now: now, Verify: func(d *device.Device) error {
		if d.Enrolment != device.Enrolled || d.Bound == nil {
			return NotProven(*d)
		}
		st := device.Statement{Purpose: device.Assert, Org: a.Person.Org, SignIn: a.SignIn.ID, Device: d.ID, Nonce: g.Nonce, Code: g.Code}
		counter, err := v.Party.asserted(*d.Bound, g, st.Challenge())
		if err != nil {
			return err
		}
		if (counter > 0 || d.Bound.Counter > 0) && counter <= d.Bound.Counter && d.Cloned.IsZero() {
			d.Cloned = now // WebAuthn Level 3, 7.2 step 22
		}
		d.Bound.Counter = max(d.Bound.Counter, counter)
		d.Prove(device.PlatformKey, now)
		return nil
	}})
}

// here names the device that the actor's sign-in has proven.
func (v *Inventory) here(ctx context.Context, a identity.Actor) (identity.DeviceID, error) {
	s, _, err := v.Keys.Presented(ctx, a)
	if err == nil && !s.Enrolled() {
		err = device.ErrProof
	}
	return s.ID, err
}

// made verifies a registration (WebAuthn Level 3, 7.1). No attestation is asked
// for: who it comes from is known by the profile's key.
func (p Party) made(m Made, challenge []byte) (*device.Bound, error) {
	if p.ID == "" {
		return nil, ErrPlatformKey
	}
	answer, err := protocol.CredentialCreationResponse{
		PublicKeyCredential: publicKey(m.ID),
		AttestationResponse: protocol.AuthenticatorAttestationResponse{
			AuthenticatorResponse: protocol.AuthenticatorResponse{ClientDataJSON: m.ClientData}, AttestationObject: m.Attestation,
		},
	}.Parse()
	if err != nil {
		return nil, ErrPlatformKey.WithCause(err)
	}
	if _, err := answer.Verify(text(challenge), p.ID, []string{p.Origin}, nil, nil, protocol.TopOriginExplicitVerificationMode, false, true, true, nil, algorithms, protocol.AttestationPolicy{}, protocol.SignaturePolicy{}); err != nil {
		return nil, ErrPlatformKey.WithCause(err)
	}
	data := answer.Response.AttestationObject.AuthData
	if err := unsynced(data.Flags); err != nil {
		return nil, err
	}
	return &device.Bound{ID: data.AttData.CredentialID, Key: data.AttData.CredentialPublicKey, Counter: data.Counter}, nil
}

// asserted verifies an assertion (WebAuthn Level 3, 7.2) and gives its counter.
func (p Party) asserted(by device.Bound, g Asserted, challenge []byte) (uint32, error) {
	answer, err := protocol.CredentialAssertionResponse{
		PublicKeyCredential: publicKey(by.ID), // who does not hold it cannot sign, whatever id they bring
		AssertionResponse: protocol.AuthenticatorAssertionResponse{
			AuthenticatorResponse: protocol.AuthenticatorResponse{ClientDataJSON: g.ClientData}, AuthenticatorData: g.AuthenticatorData, Signature: g.Signature,
		},
	}.Parse()
	if err != nil {
		return 0, ErrPlatformKey.WithCause(err)
	}
	if err := answer.Verify(text(challenge), p.ID, "", []string{p.Origin}, nil, nil, protocol.TopOriginExplicitVerificationMode, false, true, true, by.Key, protocol.SignaturePolicy{}); err != nil {
		return 0, ErrPlatformKey.WithCause(err)
	}
	data := answer.Response.AuthenticatorData
	return data.Counter, unsynced(data.Flags)
}

// unsynced refuses what can be copied: a credential that may be backed up (BE)
// proves an account somewhere, not a device.
func unsynced(f protocol.AuthenticatorFlags) error {
	if f.HasBackupEligible() || f.HasBackupState() {
		return ErrSynced
	}
	return nil
}

func publicKey(id []byte) protocol.PublicKeyCredential {
	return protocol.PublicKeyCredential{Credential: protocol.Credential{ID: text(id), Type: string(protocol.PublicKeyCredentialType)}, RawID: id}
}

// text is base64url without padding, as WebAuthn writes bytes.
func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
