package wire

import (
	"time"

	"tasuke/internal/identity"
)

// TokenBody is an API token as it is asked for.
type TokenBody struct {
	Name        string    `json:"name" minLength:"1" maxLength:"100" example:"Monthly report"`
	Permissions []string  `json:"permissions" maxItems:"50" doc:"Some of your own" example:"[\"view_reports\"]" enum:"offer_remote_assistance,view_screen,take_full_control,unattended_control,end_sessions,view_own_reports,view_reports,view_audit,read_people,manage_people,read_devices,enrol_devices,manage_devices,read_configuration,manage_compliance,manage_policies,manage_roles,manage_settings,manage_tokens"`
	ExpiresAt   time.Time `json:"expiresAt" doc:"Within a year"`
}

// Domain gives the token that is asked for.
func (b TokenBody) Domain() identity.Token {
	return identity.Token{Name: b.Name, Permissions: wordsOf[identity.Permission](b.Permissions), Expires: b.ExpiresAt}
}

// Token is an API token without its secret.
type Token struct {
	ID          string     `json:"id" format:"uuid"`
	Owner       string     `json:"owner" doc:"Id of the person who made it and on whose behalf it acts" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02"`
	Name        string     `json:"name" example:"Monthly report"`
	Permissions []string   `json:"permissions" doc:"Of which count those that the owner has" example:"[\"view_reports\"]"`
	CreatedAt   time.Time  `json:"createdAt"`
	ExpiresAt   time.Time  `json:"expiresAt"`
	UsedAt      *time.Time `json:"usedAt,omitempty" doc:"Last use, accurate to a minute; absent: never"`
}

// NewToken is a token that was just made.
type NewToken struct {
	Token  Token  `json:"token"`
	Secret string `json:"secret" doc:"Shown this once; send it as Authorization: Bearer" example:"tsk_…"`
}

// NewTokenOf maps a token.
func NewTokenOf(t identity.Token) Token {
	return Token{ID: string(t.ID), Owner: string(t.Owner), Name: t.Name, Permissions: stringsOf(t.Permissions), CreatedAt: t.Created.UTC(), ExpiresAt: t.Expires.UTC(), UsedAt: timeOf(t.Used)}
}
