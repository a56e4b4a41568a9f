package wire

import (
	"time"

	"tasuke/internal/identity"
)

// LocalPerson is somebody whom the embedded provider authenticates.
type LocalPerson struct {
	ID            string     `json:"id" doc:"Of the local account" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Person        string     `json:"person" doc:"Id of the person, or empty" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Username      string     `json:"username" example:"yuki.tanaka"`
	Name          string     `json:"name" example:"Yuki Tanaka"`
	Title         string     `json:"title" example:"Support engineer"`
	Department    string     `json:"department" example:"IT"`
	Email         string     `json:"email" example:"yuki.tanaka@example.org"`
	State         string     `json:"state" enum:"invited,active,disabled"`
	Passkeys      int        `json:"passkeys" doc:"How many"`
	TOTP          bool       `json:"totp" doc:"Whether an authenticator app is set up"`
	RecoveryCodes int        `json:"recoveryCodes" doc:"How many are left"`
	LinkExpiresAt *time.Time `json:"linkExpiresAt,omitempty" doc:"Until when a one-time link is open; absent: there is none"`
	CreatedAt     time.Time  `json:"createdAt"`
}

// LocalPeople lists the people of the embedded provider, by name.
type LocalPeople struct {
	People []LocalPerson `json:"people"`
}

// LocalDescription says who somebody is.
type LocalDescription struct {
	Name       string `json:"name" minLength:"1" maxLength:"120" example:"Yuki Tanaka"`
	Title      string `json:"title,omitempty" maxLength:"120" example:"Support engineer"`
	Department string `json:"department,omitempty" maxLength:"120" example:"IT"`
	Email      string `json:"email,omitempty" maxLength:"120" doc:"You vouch for it: its domain may be shown as verified" example:"yuki.tanaka@example.org"`
}

// LocalInvite is somebody to be invited.
type LocalInvite struct {
	LocalDescription
	Username string `json:"username" minLength:"1" maxLength:"120" doc:"What they type to sign in; case does not matter" example:"yuki.tanaka"`
	Locale   string `json:"locale,omitempty" maxLength:"35" example:"ja" doc:"BCP 47"`
}

// LocalLink is a one-time link by which somebody chooses a password.
type LocalLink struct {
	ID        string    `json:"id" doc:"Of the local account" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Link      string    `json:"link" doc:"Give it to them by a channel you trust; it is not shown again" example:"https://help.example/idp/example/welcome#8Jq2"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// NewLocalPerson maps a local account.
func NewLocalPerson(p identity.LocalPerson) LocalPerson {
	out := LocalPerson{
		ID: p.ID, Person: string(p.Person), Username: p.Username, Name: p.Name, Title: p.Title, Department: p.Department, Email: p.Email,
		State: string(p.State()), Passkeys: p.Passkeys, TOTP: p.TOTP, RecoveryCodes: p.Recovery, CreatedAt: p.Created.UTC(),
	}
	if !p.Link.IsZero() {
		at := p.Link.UTC()
		out.LinkExpiresAt = &at
	}
	return out
}

// Account is the description in the terms of the domain.
func (d LocalDescription) Account() identity.LocalAccount {
	return identity.LocalAccount{Name: d.Name, Title: d.Title, Department: d.Department, Email: d.Email}
}
