package servertest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"strings"
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

// Answer is what the server said to one request.
type Answer struct {
	Status int
	Body   []byte // of a stream of events: the first one
}

// Ask sends a request as it is and says nothing of what comes back.
func (p *Person) Ask(method, path, contentType string, body []byte) Answer {
	p.w.t.Helper()
	req, err := http.NewRequest(method, p.w.Base+path, bytes.NewReader(body))
	if err != nil {
		p.w.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if p.ifMatch != "" {
		req.Header.Set("If-Match", p.ifMatch)
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	res, err := p.http.Do(req)
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer res.Body.Close()
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		event, err := bufio.NewReader(res.Body).ReadBytes('}')
		if err != nil {
			p.w.t.Fatal(err)
		}
		return Answer{res.StatusCode, event}
	}
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.w.t.Fatal(err)
	}
	return Answer{res.StatusCode, b}
}
