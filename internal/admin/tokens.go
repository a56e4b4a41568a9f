package admin

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// TokenStore is where API tokens are kept.
type TokenStore interface {
	// Tokens lists the organisation's tokens by name, dead ones included.
	Tokens(ctx context.Context, org identity.OrgID) ([]identity.Token, error)
	// SaveToken keeps a new one under the hash of its secret, unless there are most
	// already. ErrNameTaken; ErrTooManyObjects.
	SaveToken(ctx context.Context, t identity.Token, hash []byte, most int, log identity.Entry) error
	// DeleteToken forgets one; fault.ErrNotFound.
	DeleteToken(ctx context.Context, org identity.OrgID, id identity.TokenID, now time.Time, log identity.Entry) error
}

// ErrProgram refuses to let a program do what only a person may.
var ErrProgram = fault.New(fault.Forbidden, "token_not_accepted", "This cannot be done with an API token.", "Sign in and do it yourself.")

// Tokens lists everybody's tokens. It needs manage_tokens.
func (ad *Admin) Tokens(ctx context.Context, a identity.Actor) ([]identity.Token, error) {
	if err := ad.require(ctx, a, identity.ManageTokens); err != nil {
		return nil, err
	}
	return ad.tokens.Tokens(ctx, a.Person.Org)
}

// MakeToken keeps a token of the actor's under the hash of its secret. It needs
// manage_tokens and somebody who is signed in: a token that made others would
// outlive its own revocation.
func (ad *Admin) MakeToken(ctx context.Context, a identity.Actor, t identity.Token, hash []byte) (identity.Token, error) {
	if err := ad.require(ctx, a, identity.ManageTokens); err != nil {
		return t, err
	}
	if a.Program() {
		return t, ErrProgram
	}
	id, err := uuid.NewV7()
	if err != nil {
		return t, fmt.Errorf("token id: %w", err)
	}
	t.ID, t.Org, t.Owner, t.Created = identity.TokenID(id.String()), a.Person.Org, a.Person.ID, ad.now().UTC()
	if err := t.Check(a.Permissions()); err != nil {
		return t, err
	}
	words := make([]string, 0, len(t.Permissions))
	for _, p := range t.Permissions {
		words = append(words, string(p))
	}
	log := identity.Entry{Org: t.Org, By: a.Author(), Action: "token.create", Object: string(t.ID), Details: map[string]string{
		"name": t.Name, "permissions": strings.Join(words, " "), "expires": t.Expires.UTC().Format(time.RFC3339)}}
	return t, ad.tokens.SaveToken(ctx, t, hash, maxObjects, log)
}

// RevokeToken ends anybody's token at once. It needs manage_tokens.
func (ad *Admin) RevokeToken(ctx context.Context, a identity.Actor, id identity.TokenID) error {
	if err := ad.require(ctx, a, identity.ManageTokens); err != nil {
		return err
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "token.revoke", Object: string(id)}
	return ad.tokens.DeleteToken(ctx, a.Person.Org, id, ad.now(), log)
}
