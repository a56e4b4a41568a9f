package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// local registers what administrators do with people of the embedded provider.
func (a *API) local() {
	manage, tags := string(identity.ManagePeople), []string{"Administration"}
	operation(a, huma.Operation{OperationID: "list-local-people", Method: http.MethodGet, Path: "/local-people", Tags: tags,
		Summary:     "List the people of the embedded provider",
		Description: "All accounts that the embedded sign-in service keeps, whether they have signed in yet or not."}, manage, a.localPeople)
	operation(a, huma.Operation{OperationID: "invite-local-person", Method: http.MethodPost, Path: "/local-people", Tags: tags,
		Summary: "Invite somebody", Description: "Makes an account that is entitled to nothing yet, and a one-time link by which its owner chooses a password."}, manage, a.inviteLocal, identity.ErrUsernameTaken, identity.ErrNoLocalPeople, identity.ErrAccount)
	operation(a, huma.Operation{OperationID: "change-local-person", Method: http.MethodPut, Path: "/local-people/{id}", Tags: tags, DefaultStatus: http.StatusNoContent,
		Summary:     "Replace how somebody is described",
		Description: "Name, title, department and e-mail address. What the rule of a group looks at also needs what changing that group needs."}, manage, a.changeLocal, identity.ErrAccount)
	operation(a, huma.Operation{OperationID: "reset-local-password", Method: http.MethodPost, Path: "/local-people/{id}/link", Tags: tags,
		Summary: "Reset somebody's password", Description: "The old password and every sign-in end; the one-time link lets them choose another."}, manage, a.resetLocalPassword, identity.ErrNoLocalPeople)
	operation(a, huma.Operation{OperationID: "reset-local-factors", Method: http.MethodPost, Path: "/local-people/{id}/reset-factors", Tags: tags, DefaultStatus: http.StatusNoContent,
		Summary:     "Forget somebody's second factors",
		Description: "Their sign-ins end; they sign in with the password alone and set up new factors."}, manage, a.resetLocalFactors)
	operation(a, huma.Operation{OperationID: "disable-local-person", Method: http.MethodPost, Path: "/local-people/{id}/disable", Tags: tags, DefaultStatus: http.StatusNoContent,
		Summary: "Shut somebody out", Description: "Their sign-ins and help sessions end at once."}, manage, a.disableLocal, admin.ErrLastAdministrator, access.ErrLockout)
	operation(a, huma.Operation{OperationID: "enable-local-person", Method: http.MethodPost, Path: "/local-people/{id}/enable", Tags: tags, DefaultStatus: http.StatusNoContent,
		Summary:     "Let somebody in again",
		Description: "They sign in with what they had before."}, manage, a.enableLocal)
}

func (a *API) localPeople(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.LocalPeople], error) {
	list, err := a.Local.People(ctx, who)
	if err != nil {
		return nil, err
	}
	out := wire.LocalPeople{People: []wire.LocalPerson{}}
	for _, p := range list {
		out.People = append(out.People, wire.NewLocalPerson(p))
	}
	return ok(out), nil
}

func (a *API) inviteLocal(ctx context.Context, who identity.Actor, in *struct{ Body wire.LocalInvite }) (*body[wire.LocalLink], error) {
	n := in.Body.Account()
	n.Username, n.Locale = in.Body.Username, in.Body.Locale
	made, v, err := a.Local.Invite(ctx, who, n)
	if err != nil {
		return nil, err
	}
	return ok(wire.LocalLink{ID: made.ID, Link: v.Link, ExpiresAt: v.Expires.UTC()}), nil
}

type localChange struct {
	IDPath
	Body wire.LocalDescription
}

func (a *API) changeLocal(ctx context.Context, who identity.Actor, in *localChange) (*struct{}, error) {
	n := in.Body.Account()
	n.ID = in.ID
	return nil, a.Local.Change(ctx, who, n)
}

func (a *API) resetLocalPassword(ctx context.Context, who identity.Actor, in *IDPath) (*body[wire.LocalLink], error) {
	v, err := a.Local.ResetPassword(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(wire.LocalLink{ID: in.ID, Link: v.Link, ExpiresAt: v.Expires.UTC()}), nil
}

func (a *API) resetLocalFactors(ctx context.Context, who identity.Actor, in *IDPath) (*struct{}, error) {
	return nil, a.Local.ResetFactors(ctx, who, in.ID)
}

func (a *API) disableLocal(ctx context.Context, who identity.Actor, in *IDPath) (*struct{}, error) {
	return nil, a.Local.SetDisabled(ctx, who, in.ID, true)
}

func (a *API) enableLocal(ctx context.Context, who identity.Actor, in *IDPath) (*struct{}, error) {
	return nil, a.Local.SetDisabled(ctx, who, in.ID, false)
}

// accountPage is where a local person looks after what they sign in with.
func (a *API) accountPage(p identity.Person) string {
	issuer := identity.EmbeddedProvider(a.Base, p.Org).Issuer
	if p.Issuer != issuer {
		return ""
	}
	return strings.TrimPrefix(issuer, a.Base) + "/account"
}
