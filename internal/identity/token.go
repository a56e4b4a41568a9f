package identity

import (
	"slices"
	"time"

	"tasuke/internal/fault"
)

// TokenID is the public id of a token; never its secret.
type TokenID string

// Token lets a program call the API on behalf of the person who made it, with
// some of that person's permissions.
type Token struct {
	ID          TokenID
	Org         OrgID
	Owner       PersonID
	Name        string
	Permissions []Permission // never more than the owner has now, see Through
	Created     time.Time
	Expires     time.Time
	Used        time.Time // accurate to a minute; zero: never
}

// maxTokenYears bounds the life of a token.
const maxTokenYears = 1

// ErrTokenExpiry refuses a token that lives too long or not at all.
var ErrTokenExpiry = fault.New(fault.Invalid, "token_expiry_invalid", "A token expires in the future, within a year.", "Choose another day.")

// Check refuses a token that cannot be made at its creation time by somebody
// with these permissions.
func (t Token) Check(maker []Permission) error {
	for _, p := range t.Permissions {
		if !p.Known() {
			return ErrUnknownPermission.WithReasons(fault.Reason{Code: "unknown_permission", Subject: string(p)})
		}
		if !slices.Contains(maker, p) {
			return ErrNotPermitted.WithText("A token cannot be given a permission that you do not have.").WithReasons(fault.Reason{Code: ReasonPermissionMissing, Subject: string(p)})
		}
	}
	if !t.Expires.After(t.Created) || t.Expires.After(t.Created.AddDate(maxTokenYears, 0, 0)) {
		return ErrTokenExpiry
	}
	return CheckName(t.Name, "")
}

// Through is the actor as a token of theirs lets a program act: each grant keeps
// its scope and those of its permissions that the token has. There is no sign-in,
// so that a program can take no seat and meets no condition on how somebody
// signed in.
func (a Actor) Through(t Token) Actor {
	a.SignIn, a.Token = SignIn{}, TokenRef{ID: t.ID, Name: t.Name}
	has, grants := Whole(t.Permissions), make([]Grant, 0, len(a.Grants))
	for _, g := range a.Grants {
		var kept []Permission
		for _, p := range g.Permissions {
			if slices.Contains(has, p) {
				kept = append(kept, p)
			}
		}
		g.Permissions = kept
		grants = append(grants, g)
	}
	a.Grants = grants
	return a
}

// Program reports whether a program acts, by a token, and not a person at a browser.
func (a Actor) Program() bool { return a.SignIn.ID == "" }
