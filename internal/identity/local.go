package identity

import (
	"time"

	"tasuke/internal/fault"
)

// LocalAccount is somebody whom the embedded provider authenticates.
type LocalAccount struct {
	ID            string // subject of the tokens; never changes, never used again
	Org           OrgID
	Username      string // lower case, unique in the organisation, often an e-mail address
	PasswordHash  string // PHC string; empty: cannot sign in until a password is chosen
	Name          string
	Title         string
	Company       string
	Department    string
	Email         string
	EmailVerified bool
	Locale        string
	Picture       string // content hash of the stored picture; empty: none
	Disabled      bool
	Created       time.Time
	AskAgain      time.Time // until then no second factor is offered; zero: offer one
}

// LocalPerson is a local account as administrators see it.
type LocalPerson struct {
	LocalAccount
	Person   PersonID // empty: never provisioned
	Passkeys int
	TOTP     bool
	Recovery int       // codes left
	Link     time.Time // until when a one-time link is open; zero: none
}

// LocalState is where a local account stands.
type LocalState string

// The states of a local account.
const (
	LocalInvited  LocalState = "invited" // nobody has chosen a password yet, or it was reset
	LocalActive   LocalState = "active"
	LocalDisabled LocalState = "disabled"
)

// State tells where the account stands.
func (p LocalPerson) State() LocalState {
	switch {
	case p.Disabled:
		return LocalDisabled
	case p.PasswordHash == "" && p.Passkeys == 0:
		return LocalInvited
	default:
		return LocalActive
	}
}

// LocalFactors are an account's second factors.
type LocalFactors struct {
	Passkeys []LocalPasskey
	TOTP     LocalTOTP
	Recovery int // codes left
}

// Any reports whether there is a second factor to ask for.
func (f LocalFactors) Any() bool { return len(f.Passkeys) > 0 || f.TOTP.Confirmed }

// LocalPasskey is a passkey of an account (WebAuthn Level 3).
type LocalPasskey struct {
	ID         string // credential id, base64url
	Org        OrgID
	Account    string
	Name       string // as its owner calls it
	Credential []byte // credential record, JSON of the library's
	Created    time.Time
	Used       time.Time // zero: never
}

// LocalTOTP is an account's authenticator app (RFC 6238). The zero value: none.
type LocalTOTP struct {
	Secret    []byte // kept wrapped
	Confirmed bool   // a first code was right; until then it counts for nothing
	Step      int64  // the newest time step a code was accepted of: it and older ones are used up
}

// LocalLink lets its holder choose an account's password, once.
type LocalLink struct {
	TokenHash []byte // SHA-256 of the token
	Org       OrgID
	Account   string
	Expires   time.Time
}

// LocalRequest is an authorization request at the embedded provider, from
// /authorize until its code is exchanged.
type LocalRequest struct {
	ID       string
	Org      OrgID
	Request  string // the request's parameters as JSON
	Account  string // who signed in; empty: nobody yet
	AuthTime time.Time
	Methods  []string // how they were authenticated (amr)
	CodeHash []byte   // SHA-256 of the code; nil: none yet
	Created  time.Time
	Expires  time.Time
}

// LocalBrowser is a browser's sign-in at the embedded provider, which makes
// single sign-on; it is not a sign-in to the application.
type LocalBrowser struct {
	TokenHash []byte // SHA-256 of the cookie's secret
	Org       OrgID
	Account   string
	AuthTime  time.Time // of the first of Methods
	Methods   []string  // how the person was authenticated (amr); a password alone may be half of it
	Expires   time.Time
}

// LocalKey is a signing key of an organisation's embedded issuer.
type LocalKey struct {
	ID      string
	Org     OrgID
	Private []byte // PKCS #8; kept wrapped
	Created time.Time
}

// Invitation is a one-time link to a local account, shown once.
type Invitation struct {
	Link    string
	Expires time.Time
}

// What keeps somebody from an account.
var (
	ErrAccount       = fault.New(fault.Invalid, "account_invalid", "An account needs a name, and a user name of up to 120 characters without spaces.", "Correct the name and the user name.")
	ErrUsernameTaken = fault.New(fault.Conflict, "username_taken", "This organisation already has an account with this user name.", "Choose another user name.")
	ErrNoLocalPeople = fault.New(fault.Conflict, "no_local_people", "Your organisation's people are kept by a sign-in service of its own.", "Add and remove people there.")
)
