package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/wire"
)

// check registers what the pre-flight page asks before anybody signs in.
func (a *API) check() {
	public(a, huma.Operation{OperationID: "get-check", Method: http.MethodGet, Path: "/check", Tags: []string{"Check"}, Summary: "What a browser can try out before a help session",
		Description: "The server's clock and the addresses of the relay, without credentials."}, a.getCheck)
}

func (a *API) getCheck(context.Context, *struct{}) (*body[wire.Check], error) {
	return ok(wire.Check{Now: a.Now().UTC(), Relay: a.Relay()}), nil
}
