package servertest

import (
	"context"
	"crypto/rand"
	"net/http"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/idp"
	"tasuke/internal/wire"
)

// Found makes another organisation on the server, with the embedded provider.
func (w *World) Found(id identity.OrgID) {
	w.t.Helper()
	ctx, now := context.Background(), time.Now()
	o := identity.Org{ID: id, Name: "Organisation " + string(id), Settings: identity.DefaultSettings()}
	if err := w.server.Store.CreateOrganisation(ctx, o, now); err != nil {
		w.t.Fatal(err)
	}
	if err := w.server.Store.SetProvider(ctx, identity.EmbeddedProvider(w.Base, id), now); err != nil {
		w.t.Fatal(err)
	}
}

// Hire makes somebody of an organisation with built-in roles over everything.
func (w *World) Hire(org identity.OrgID, username string, roles ...identity.RoleID) identity.PersonID {
	w.t.Helper()
	ctx, password := context.Background(), rand.Text()
	a, err := w.server.IDP.CreateWithPassword(ctx, org, idp.NewAccount{Username: username, Name: "Name of " + username}, password)
	if err != nil {
		w.t.Fatal(err)
	}
	p, err := w.server.Sign.Provision(ctx, org, w.server.IDP.Profile(a), roles...)
	if err != nil {
		w.t.Fatal(err)
	}
	w.people[username] = password
	return p.ID
}

// Program is a program with a token that the person makes for it.
func (p *Person) Program(name string, permissions ...identity.Permission) (*Person, wire.Token) {
	p.w.t.Helper()
	body := wire.TokenBody{Name: name, Permissions: []string{}, ExpiresAt: time.Now().Add(time.Hour)}
	for _, v := range permissions {
		body.Permissions = append(body.Permissions, string(v))
	}
	var made wire.NewToken
	p.Must(http.MethodPost, "/api/v1/tokens", body, &made)
	return p.w.Bearer(made.Secret), made.Token
}

// Bearer is a program that has a secret.
func (w *World) Bearer(secret string) *Person {
	p := w.Stranger()
	p.Name, p.token = "a program", secret
	return p
}
