package idp

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// ErrPasskey refuses a passkey that is not known here or did not sign what was asked.
var ErrPasskey = fault.New(fault.Invalid, "passkey_refused", "This passkey was not accepted.", "Use another passkey, or sign in with your password.")

// maxPasskeys bounds how many passkeys an account may have.
const maxPasskeys = 20

// newPasskeys is the WebAuthn relying party: the host of the server. Browsers
// refuse addresses for one (WebAuthn Level 3, 5.1.2), so there it is nil.
func newPasskeys(base string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil {
		return nil, nil
	}
	required := true
	return webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Tasuke", RPOrigins: []string{base},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &required, ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
		// Password managers answer with extensions nobody asked for; they are not used.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
}

// holder is an account as the library sees it.
type holder struct {
	a           identity.LocalAccount
	credentials []webauthn.Credential
}

// WebAuthnID is the user handle: the account's id, which says nothing of the person.
func (h holder) WebAuthnID() []byte { return []byte(h.a.ID) }

// WebAuthnName is shown when a passkey is chosen.
func (h holder) WebAuthnName() string { return h.a.Username }

// WebAuthnDisplayName is shown when a passkey is chosen.
func (h holder) WebAuthnDisplayName() string { return h.a.Name }

// WebAuthnCredentials are the account's passkeys.
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func newHolder(a identity.LocalAccount, keys ...identity.LocalPasskey) (holder, error) {
	h := holder{a: a}
	for _, k := range keys {
		var c webauthn.Credential
		if err := json.Unmarshal(k.Credential, &c); err != nil {
			return h, err
		}
		h.credentials = append(h.credentials, c)
	}
	return h, nil
}

func (h holder) descriptors() []protocol.CredentialDescriptor {
	var out []protocol.CredentialDescriptor
	for _, c := range h.credentials {
		out = append(out, c.Descriptor())
	}
	return out
}

// challenge derives what a passkey signs from a secret that only this browser
// and the server know and that works once: the id of an authorization request,
// or the browser's sign-in. So nothing more has to be kept.
func challengeFrom(purpose string, secret []byte) []byte {
	sum := sha256.Sum256(append([]byte("tasuke passkey "+purpose+" v1\x00"), secret...))
	return sum[:]
}

func (p *Provider) beginAssertion(q request) (*protocol.CredentialAssertion, *webauthn.SessionData, error) {
	return p.passkeys.BeginDiscoverableLogin(webauthn.WithChallenge(challengeFrom("sign-in", []byte(q.row.ID))), webauthn.WithUserVerification(protocol.VerificationRequired))
}

// assertionOptions is what the page's script gives to the browser
// (PublicKeyCredentialRequestOptionsJSON); empty: no passkeys here. Without keys
// any passkey for this server may answer.
func (p *Provider) assertionOptions(q request, keys []identity.LocalPasskey) (string, error) {
	if p.passkeys == nil {
		return "", nil
	}
	options, _, err := p.beginAssertion(q)
	if err != nil {
		return "", err
	}
	h, err := newHolder(identity.LocalAccount{}, keys...)
	if err != nil {
		return "", err
	}
	options.Response.AllowedCredentials = h.descriptors()
	b, err := json.Marshal(options.Response)
	return string(b), err
}

// passkeySignIn answers who signed the request's challenge, and how. Nobody can
// guess a signature, so wrong ones are not counted.
func (p *Provider) passkeySignIn(r *http.Request, t tenant, q request) (identity.LocalAccount, []string, error) {
	a, methods, err := p.verifyAssertion(r, t, q, "")
	if err == nil && a.Disabled {
		err = ErrAccountDisabled
	}
	return a, methods, err
}

// verifyAssertion checks the answer of a passkey, of this account or of any.
func (p *Provider) verifyAssertion(r *http.Request, t tenant, q request, account string) (identity.LocalAccount, []string, error) {
	var a identity.LocalAccount
	if p.passkeys == nil {
		return a, nil, ErrPasskey
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(r.PostFormValue("credential")))
	if err != nil {
		return a, nil, ErrPasskey.WithCause(err)
	}
	k, err := p.store.LocalPasskey(r.Context(), t.id, base64.RawURLEncoding.EncodeToString(answer.RawID))
	if err != nil || account != "" && k.Account != account {
		return a, nil, notPasskey(err)
	}
	if a, err = p.store.LocalAccount(r.Context(), t.id, k.Account); err != nil {
		return a, nil, err
	}
	h, err := newHolder(a, k)
	if err != nil {
		return a, nil, err
	}
	_, session, err := p.beginAssertion(q)
	if err != nil {
		return a, nil, err
	}
	credential, err := p.validate(h, *session, answer, account != "")
	if err != nil {
		return a, nil, ErrPasskey.WithCause(err)
	}
	if credential.Authenticator.CloneWarning {
		return a, nil, ErrPasskey.WithCause(errors.New("the passkey's counter went back: it may have been copied"))
	}
	if k.Credential, err = json.Marshal(credential); err != nil {
		return a, nil, err
	}
	return a, passkeyMethods(credential), p.store.UseLocalPasskey(r.Context(), k, p.now())
}

// validate lets the library check an answer. Of somebody who is known the
// authenticator need not say who it is.
func (p *Provider) validate(h holder, session webauthn.SessionData, answer *protocol.ParsedCredentialAssertionData, known bool) (*webauthn.Credential, error) {
	if known {
		session.UserID = h.WebAuthnID()
		return p.passkeys.ValidateLogin(h, session, answer)
	}
	return p.passkeys.ValidateDiscoverableLogin(func(_, _ []byte) (webauthn.User, error) { return h, nil }, session, answer)
}

func notPasskey(err error) error {
	if err == nil || errors.Is(err, fault.ErrNotFound) {
		return ErrPasskey
	}
	return err
}

// passkeyMethods says how a passkey authenticates (RFC 8176): by a key in
// hardware, or one that is copied between devices; the person was verified on
// the device, which makes two factors.
func passkeyMethods(c *webauthn.Credential) []string {
	key := "hwk"
	if c.Flags.BackupEligible {
		key = "swk"
	}
	return []string{key, "user", "mfa"}
}

func (p *Provider) beginCreation(b identity.LocalBrowser, h holder) (*protocol.CredentialCreation, *webauthn.SessionData, error) {
	return p.passkeys.BeginRegistration(h, webauthn.WithExclusions(h.descriptors()), func(o *protocol.PublicKeyCredentialCreationOptions) error {
		o.Challenge = challengeFrom("registration", b.TokenHash)
		return nil
	})
}

// creationOptions is what the page's script gives to the browser
// (PublicKeyCredentialCreationOptionsJSON); empty: no passkeys here.
func (p *Provider) creationOptions(b identity.LocalBrowser, a identity.LocalAccount, f identity.LocalFactors) (string, error) {
	if p.passkeys == nil || len(f.Passkeys) >= maxPasskeys {
		return "", nil
	}
	h, err := newHolder(a, f.Passkeys...)
	if err != nil {
		return "", err
	}
	options, _, err := p.beginCreation(b, h)
	if err != nil {
		return "", err
	}
	out, err := json.Marshal(options.Response)
	return string(out), err
}

// addPasskey keeps the passkey that the browser made.
func (p *Provider) addPasskey(r *http.Request, o *ownedAccount) ([]string, error) {
	if p.passkeys == nil || len(o.f.Passkeys) >= maxPasskeys {
		return nil, ErrPasskey
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(r.PostFormValue("credential")))
	if err != nil {
		return nil, ErrPasskey.WithCause(err)
	}
	h, err := newHolder(o.a, o.f.Passkeys...)
	if err != nil {
		return nil, err
	}
	_, session, err := p.beginCreation(o.b, h)
	if err != nil {
		return nil, err
	}
	credential, err := p.passkeys.CreateCredential(h, *session, answer)
	if err != nil {
		return nil, ErrPasskey.WithCause(err)
	}
	record, err := json.Marshal(credential)
	if err != nil {
		return nil, err
	}
	k := identity.LocalPasskey{
		ID: base64.RawURLEncoding.EncodeToString(credential.ID), Org: o.t.id, Account: o.a.ID,
		Name: identity.CleanText(r.PostFormValue("name")), Credential: record, Created: p.now(), Used: p.now(),
	}
	return passkeyMethods(credential), p.store.AddLocalPasskey(r.Context(), k)
}
