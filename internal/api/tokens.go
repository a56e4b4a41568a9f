package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/admin"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/signin"
	"tasuke/internal/wire"
)

// tokens registers what programs call the API with.
func (a *API) tokens() {
	tag, manage := []string{"API tokens"}, string(identity.ManageTokens)
	operation(a, huma.Operation{OperationID: "list-tokens", Method: http.MethodGet, Path: "/tokens", Tags: tag, Summary: "List everybody's API tokens",
		Description: "Secrets are never in it."}, manage, a.listTokens)
	operation(a, huma.Operation{OperationID: "create-token", Method: http.MethodPost, Path: "/tokens", Tags: tag, Summary: "Make an API token of your own", DefaultStatus: http.StatusCreated,
		Description: "The secret is in this answer and nowhere else. Who has it acts on your behalf, with those of your permissions that the token names, while you have them. Only people make tokens.",
		Security:    byPeople()}, manage, a.createToken, admin.ErrNameTaken, admin.ErrTooManyObjects, identity.ErrName, identity.ErrTokenExpiry)
	operation(a, huma.Operation{OperationID: "delete-token", Method: http.MethodDelete, Path: "/tokens/{id}", Tags: tag, Summary: "Revoke anybody's API token at once",
		Description: "It is refused from its next call on.", DefaultStatus: http.StatusNoContent},
		manage, func(ctx context.Context, who identity.Actor, in *IDPath) (*struct{}, error) {
			return nil, a.Admin.RevokeToken(ctx, who, identity.TokenID(in.ID))
		})
}

func (a *API) listTokens(ctx context.Context, who identity.Actor, _ *struct{}) (*body[List[wire.Token]], error) {
	all, err := a.Admin.Tokens(ctx, who)
	if err != nil {
		return nil, err
	}
	out := List[wire.Token]{Items: []wire.Token{}}
	for _, t := range all {
		out.Items = append(out.Items, wire.NewTokenOf(t))
	}
	return ok(out), nil
}

func (a *API) createToken(ctx context.Context, who identity.Actor, in *struct{ Body wire.TokenBody }) (*body[wire.NewToken], error) {
	secret, hash, err := httpx.NewSecret()
	if err != nil {
		return nil, err
	}
	t, err := a.Admin.MakeToken(ctx, who, in.Body.Domain(), hash)
	if err != nil {
		return nil, err
	}
	return ok(wire.NewToken{Token: wire.NewTokenOf(t), Secret: signin.TokenPrefix + secret}), nil
}
