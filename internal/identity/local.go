package identity

import "time"

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
	CodeHash []byte // SHA-256 of the code; nil: none yet
	Expires  time.Time
}

// LocalBrowser is a browser's sign-in at the embedded provider, which makes
// single sign-on; it is not a sign-in to the application.
type LocalBrowser struct {
	TokenHash []byte // SHA-256 of the cookie's secret
	Org       OrgID
	Account   string
	AuthTime  time.Time
	Expires   time.Time
}

// LocalKey is a signing key of an organisation's embedded issuer.
type LocalKey struct {
	ID      string
	Org     OrgID
	Private []byte // PKCS #8; kept wrapped
	Created time.Time
}
