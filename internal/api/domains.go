package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/admin"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// domains registers the organisation's e-mail domains.
func (a *API) domains() {
	tag := []string{"Domains"}
	manage := string(identity.ManageSettings)
	operation(a, huma.Operation{OperationID: "list-domains", Method: http.MethodGet, Path: "/domains", Tags: tag, Summary: "List the organisation's e-mail domains",
		Description: "Each with the record that proves it and what the last look found."},
		string(identity.ReadConfiguration), a.listDomains)
	operation(a, huma.Operation{OperationID: "add-domain", Method: http.MethodPost, Path: "/domains", Tags: tag, Summary: "Add an e-mail domain", DefaultStatus: http.StatusCreated,
		Description: "The answer holds the TXT record that proves it. DNS is looked at every hour for three days, then daily."}, manage, a.addDomain, admin.ErrDomainExists, admin.ErrTooManyObjects, identity.ErrDomainName, identity.ErrDomainPublic)
	operation(a, huma.Operation{OperationID: "check-domain", Method: http.MethodPost, Path: "/domains/{name}/check", Tags: tag, Summary: "Look for a domain's record now",
		Description: "The answer says what was found; within two seconds it is the last look's. A record that is gone leaves the domain verified for seven days."}, manage, a.checkDomain)
	operation(a, huma.Operation{OperationID: "delete-domain", Method: http.MethodDelete, Path: "/domains/{name}", Tags: tag, Summary: "Delete an e-mail domain", DefaultStatus: http.StatusNoContent,
		Description: "From now on it is shown as not verified."}, manage, a.deleteDomain)
}

// DomainPath names a domain in the path.
type DomainPath struct {
	Name string `path:"name" maxLength:"253" doc:"As the list has it" example:"example.org"`
}

func (a *API) listDomains(ctx context.Context, who identity.Actor, _ *struct{}) (*body[List[wire.Domain]], error) {
	all, err := a.Admin.Domains(ctx, who)
	if err != nil {
		return nil, err
	}
	out := List[wire.Domain]{Items: []wire.Domain{}}
	for _, d := range all {
		out.Items = append(out.Items, wire.NewDomain(d))
	}
	return ok(out), nil
}

func (a *API) addDomain(ctx context.Context, who identity.Actor, in *struct{ Body wire.DomainBody }) (*body[wire.Domain], error) {
	d, err := a.Admin.AddDomain(ctx, who, in.Body.Name)
	if err != nil {
		return nil, err
	}
	return ok(wire.NewDomain(d)), nil
}

func (a *API) checkDomain(ctx context.Context, who identity.Actor, in *DomainPath) (*body[wire.Domain], error) {
	d, err := a.Admin.CheckDomain(ctx, who, in.Name)
	if err != nil {
		return nil, err
	}
	return ok(wire.NewDomain(d)), nil
}

func (a *API) deleteDomain(ctx context.Context, who identity.Actor, in *DomainPath) (*struct{}, error) {
	return nil, a.Admin.DeleteDomain(ctx, who, in.Name)
}
