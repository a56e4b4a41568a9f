package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// administration registers what administrators do with people.
func (a *API) administration() {
	tag := []string{"Administration"}
	read, manage := string(identity.ReadPeople), string(identity.ManagePeople)
	operation(a, huma.Operation{OperationID: "list-people", Method: http.MethodGet, Path: "/people", Tags: tag, Summary: "List the people in your scope",
		Description: "A page at a time; filters narrow it."}, read, a.listPeople, admin.ErrCursor)
	operation(a, huma.Operation{OperationID: "get-person", Method: http.MethodGet, Path: "/people/{id}", Tags: tag, Summary: "Somebody with groups, assignments, sign-ins and sessions",
		Description: "Somebody outside your scope is answered like somebody who does not exist."}, read, a.getPerson)
	operation(a, huma.Operation{OperationID: "export-person", Method: http.MethodGet, Path: "/people/{id}/export", Tags: tag,
		Summary: "Everything that is kept about somebody, as JSON lines", Description: "Recorded in the audit log."}, manage, a.exportPerson)
	keep := []*fault.Fault{admin.ErrYourself, admin.ErrLastAdministrator, access.ErrLockout}
	for _, act := range []struct {
		id, path, summary, description string
		do                             func(ctx context.Context, who identity.Actor, p identity.PersonID) error
		refusals                       []*fault.Fault
	}{
		{"disable-person", "/disable", "Shut somebody out at once, everywhere", "Their sign-ins and help sessions end, and every API token of theirs is refused. Recorded in the audit log.", func(ctx context.Context, who identity.Actor, p identity.PersonID) error {
			return a.Admin.Disable(ctx, who, p, true)
		}, keep},
		{"enable-person", "/enable", "Let somebody in again", "They sign in as before. Recorded in the audit log.", func(ctx context.Context, who identity.Actor, p identity.PersonID) error {
			return a.Admin.Disable(ctx, who, p, false)
		}, nil},
		{"sign-out-person", "/sign-out", "End every sign-in of somebody", "They may sign in again at once. Recorded in the audit log.", func(ctx context.Context, who identity.Actor, p identity.PersonID) error {
			return a.Admin.SignOut(ctx, who, p)
		}, nil},
		{"erase-person", "/erase", "Forget somebody for ever", "What remains is that somebody did things, without a name. It cannot be undone.", func(ctx context.Context, who identity.Actor, p identity.PersonID) error {
			return a.Admin.Erase(ctx, who, p)
		}, keep},
		{"lift-suspension", "/lift-suspension", "Let a helper help again who was suspended after reports", "Who is not suspended is left as they are.", func(ctx context.Context, who identity.Actor, p identity.PersonID) error {
			return a.Admin.LiftSuspension(ctx, who, p)
		}, nil},
	} {
		operation(a, huma.Operation{OperationID: act.id, Method: http.MethodPost, Path: "/people/{id}" + act.path, Tags: tag, DefaultStatus: http.StatusNoContent, Summary: act.summary, Description: act.description},
			manage, func(ctx context.Context, who identity.Actor, in *IDPath) (*struct{}, error) {
				return nil, act.do(ctx, who, identity.PersonID(in.ID))
			}, act.refusals...)
	}
	operation(a, huma.Operation{OperationID: "list-settings-history", Method: http.MethodGet, Path: "/settings/history", Tags: tag, Summary: "What was changed of the settings, the newest first",
		Description: "One line per change, with old and new values."},
		string(identity.ReadConfiguration), a.settingsHistory, admin.ErrCursor)
}

type peopleInput struct {
	ListInput
	Group      string `query:"group" maxLength:"64" doc:"Id of a group they belong to"`
	Role       string `query:"role" maxLength:"64" doc:"Id of a role they hold"`
	Department string `query:"department" maxLength:"120"`
	Issuer     string `query:"issuer" maxLength:"500" doc:"The provider that vouches for them"`
	Disabled   string `query:"disabled" enum:"true,false"`
	Sort       string `query:"sort" enum:"name,department,email,created" default:"name"`
}

func (a *API) listPeople(ctx context.Context, who identity.Actor, in *peopleInput) (*body[wire.Page[wire.Person]], error) {
	q := admin.PeopleQuery{List: in.list(in.Sort, ascending), Group: identity.GroupID(in.Group), Role: identity.RoleID(in.Role), Department: in.Department, Issuer: in.Issuer}
	if in.Disabled != "" {
		disabled := in.Disabled == "true"
		q.Disabled = &disabled
	}
	page, err := a.Admin.People(ctx, who, q)
	if err != nil {
		return nil, err
	}
	return ok(newPage(page, wire.NewPerson)), nil
}

func (a *API) getPerson(ctx context.Context, who identity.Actor, in *IDPath) (*body[wire.PersonDetail], error) {
	d, err := a.Admin.Person(ctx, who, identity.PersonID(in.ID))
	if err != nil {
		return nil, err
	}
	return ok(newPersonDetail(d)), nil
}

// about is one thing that is kept about somebody.
type about struct {
	Kind  string `json:"kind"`
	Value any    `json:"value"`
}

func (a *API) exportPerson(ctx context.Context, who identity.Actor, in *IDPath) (*huma.StreamResponse, error) {
	return a.stream("person", formatJSON, nil, func(write func(row) error) error {
		return a.Admin.PersonalData(ctx, who, identity.PersonID(in.ID), func(kind string, v any) error {
			switch d := v.(type) {
			case identity.Actor:
				v = newPersonDetail(admin.PersonDetail{Actor: d})
			case identity.LiveSignIn:
				v = newPersonDetail(admin.PersonDetail{SignIns: []identity.LiveSignIn{d}}).SignIns[0]
			case admin.Report:
				v = newSessionReport(d)
			case admin.AuditLine:
				v = newAuditLine(d)
			}
			return write(row{value: about{kind, v}})
		})
	}), nil
}

type historyInput struct {
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (a *API) settingsHistory(ctx context.Context, who identity.Actor, in *historyInput) (*body[wire.Page[wire.AuditLine]], error) {
	page, err := a.Admin.SettingsHistory(ctx, who, admin.List{Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return ok(newPage(page, newAuditLine)), nil
}
