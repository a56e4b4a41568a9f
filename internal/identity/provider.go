package identity

import (
	"strings"
	"time"
)

// ProfileSource says where a provider's people are described.
type ProfileSource string

// The profile sources that exist.
const (
	FromClaims ProfileSource = "claims" // id token and userinfo claims, named by Claims
	FromGraph  ProfileSource = "graph"  // Microsoft Graph /me and /me/photo
)

// Provider is an OpenID provider that an organisation trusts to say who its
// people are. The embedded provider is one like any other.
type Provider struct {
	ID           string // part of the redirect URI: lower-case letters, digits and hyphens
	Org          OrgID
	Issuer       string // exact, as in the id token
	ClientID     string
	ClientSecret string // empty: public client, PKCE alone
	Source       ProfileSource
	Claims       ClaimNames
	Graph        string   // base address of Graph with its version; empty: the worldwide service
	Tenant       string   // required value of the claim tid; empty: not checked
	DomainClaim  string   // claim with the domain the provider vouches for, such as hd; empty: the e-mail's, when verified
	MFAValues    []string // values of acr that stand for several factors, the first preferred; they are asked for, and believed
	Device       DeviceClaims
	Audiences    []string // audiences trusted beside ClientID (OpenID Connect Core 1.0, 3.1.3.7)
}

// DeviceClaims names what the id token says of the device. The zero value
// believes nothing.
type DeviceClaims struct {
	ID        string   // claim with the id by which the organisation knows the device; empty: none
	Compliant string   // claim that says whether it is compliant; empty: none
	Values    []string // those of it that mean compliant; none: true
}

// DeviceClaim is what a verified id token says of the device.
type DeviceClaim struct {
	ID        string    // external id; empty: nothing is said
	Compliant string    // "true", "false", or empty: not said
	At        time.Time // when the token was issued
}

// ClaimNames maps what we show to the names of claims; empty: the standard
// name, or for what has none our own: title, company, department.
type ClaimNames struct {
	Name       string
	Title      string
	Company    string
	Department string
	Email      string
	Locale     string
	Picture    string
	Groups     string
}

// WithDefaults fills the names that were not set.
func (c ClaimNames) WithDefaults() ClaimNames {
	for _, f := range []struct {
		name *string
		std  string
	}{
		{&c.Name, "name"}, {&c.Title, "title"}, {&c.Company, "company"}, {&c.Department, "department"},
		{&c.Email, "email"}, {&c.Locale, "locale"}, {&c.Picture, "picture"}, {&c.Groups, "groups"},
	} {
		if *f.name == "" {
			*f.name = f.std
		}
	}
	return c
}

// CallbackURL is the one redirect URI of a provider; base has no trailing slash.
func CallbackURL(base, provider string) string { return base + "/signin/callback/" + provider }

// EmbeddedClient is the client id of the application at the embedded provider.
const EmbeddedClient = "tasuke"

// Values of acr that the embedded provider says and understands in acr_values.
const (
	EmbeddedPassword = "urn:tasuke:acr:password" // a password alone
	EmbeddedMFA      = "urn:tasuke:acr:mfa"      // a passkey, or a password and a code
)

// EmbeddedProvider is the organisation's own issuer inside this server.
func EmbeddedProvider(base string, org OrgID) Provider {
	return Provider{
		ID: string(org), Org: org, Issuer: base + "/idp/" + string(org),
		ClientID: EmbeddedClient, Source: FromClaims, MFAValues: []string{EmbeddedMFA},
	}
}

// DomainOf returns the lower-case domain of an e-mail address, or "".
func DomainOf(email string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 || strings.ContainsAny(email[at:], " \t\r\n/\\:") {
		return ""
	}
	return strings.ToLower(email[at+1:])
}

// PendingSignIn is a sign-in between the redirect to the provider and its
// answer. It is used once and lives at most ten minutes.
type PendingSignIn struct {
	StateHash   []byte // SHA-256 of the state parameter
	BrowserHash []byte // SHA-256 of the pre-login cookie: the answer must come from the same browser
	Provider    string
	Org         OrgID
	Nonce       string
	Verifier    string // PKCE (RFC 7636)
	Return      string // local path
	Fresh       bool   // the person must have been authenticated after Created
	MFA         bool   // with several factors
	Created     time.Time
	Expires     time.Time
}

// NewSignIn is everything that one successful sign-in leaves behind.
type NewSignIn struct {
	SignIn    SignIn // Person is filled in by the store
	Profile   Profile
	PersonID  PersonID // for somebody never seen before
	TokenHash []byte   // SHA-256 of the cookie's secret
	Replaces  []byte   // hash of the browser's previous secret, whose sign-in ends; nil: none
	IDToken   string   // kept wrapped, for RP-initiated logout
	Provider  string
	UserAgent string
	Device    DeviceClaim
}

// LiveSignIn is a sign-in as its owner sees it in a list.
type LiveSignIn struct {
	SignIn
	Seen      time.Time // accurate to a minute
	Expires   time.Time // when it ends if it is not used
	Provider  string
	UserAgent string
}

// EndedSignIn is what RP-initiated logout needs of a sign-in that just ended.
type EndedSignIn struct {
	Provider string
	IDToken  string
}

// Meaning lists the values that mean compliant.
func (c DeviceClaims) Meaning() []string {
	if len(c.Values) == 0 {
		return []string{"true"}
	}
	return c.Values
}
