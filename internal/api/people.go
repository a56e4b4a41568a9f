package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// people registers who is who, one's own sign-ins, and settings.
func (a *API) people() {
	operation(a, huma.Operation{OperationID: "get-me", Method: http.MethodGet, Path: "/me", Tags: []string{"You"}, Summary: "Who you are and what you may do",
		Description: "Also what a program asks first, to see on whose behalf its token acts.", Security: byPrograms()}, SignedIn, a.me)
	operation(a, huma.Operation{OperationID: "get-own-access", Method: http.MethodGet, Path: "/access", Tags: []string{"You"}, Summary: "Which policies apply to you in either seat, and what they decide",
		Description: "For each seat: every policy that is about you, whether it applied, and what is decided."}, SignedIn, a.ownAccess)
	operation(a, huma.Operation{OperationID: "list-own-sign-ins", Method: http.MethodGet, Path: "/sign-ins", Tags: []string{"You"}, Summary: "List where you are signed in",
		Description: "Every browser with a living sign-in of yours."}, SignedIn, a.signIns)
	operation(a, huma.Operation{OperationID: "end-own-sign-in", Method: http.MethodDelete, Path: "/sign-ins/{id}", Tags: []string{"You"}, DefaultStatus: http.StatusNoContent,
		Summary:     "Sign another browser of yours out",
		Description: "It is signed out at once."}, SignedIn, a.endSignIn)
	operation(a, huma.Operation{OperationID: "get-picture", Method: http.MethodGet, Path: "/people/{id}/picture", Tags: []string{"People"}, Summary: "Profile picture of somebody in your organisation",
		Description: "The address comes from picture of a person; it carries a hash, so that the answer may be kept.", Responses: map[string]*huma.Response{"200": {Description: "The picture", Content: map[string]*huma.MediaType{"image/png": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}}}, SignedIn, a.picture)
	operation(a, huma.Operation{OperationID: "get-settings", Method: http.MethodGet, Path: "/settings", Tags: []string{"Administration"}, Summary: "Read the organisation's settings",
		Description: "The version is also the ETag."}, string(identity.ReadConfiguration), a.getSettings)
	operation(a, huma.Operation{OperationID: "put-settings", Method: http.MethodPut, Path: "/settings", Tags: []string{"Administration"}, Summary: "Change the organisation's settings",
		Description: "They take effect at once, on live sessions too."}, string(identity.ManageSettings), a.putSettings, fault.ErrConflict, identity.ErrSettings)
}

func (a *API) me(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.Me], error) {
	org, decision, err := a.Desk.MayHelp(ctx, who)
	if err != nil {
		return nil, err
	}
	person := wire.NewPerson(who)
	return ok(wire.Me{
		Person: person, Permissions: person.Permissions,
		Organisation: wire.OrgBrief{ID: string(org.ID), Name: org.Name, RemoteHelp: org.Settings.RemoteHelp, Chat: org.Settings.Chat},
		MayHelp:      wire.Answer{Allowed: decision.Allowed, Reasons: wire.NewReasons(decision.Reasons)},
		Account:      a.accountPage(who.Person),
	}), nil
}

func (a *API) ownAccess(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.OwnAccess], error) {
	helper, sharer, err := a.Desk.Access(ctx, who)
	if err != nil {
		return nil, err
	}
	return ok(wire.OwnAccess{Helper: wire.NewDecision(helper), Sharer: wire.NewDecision(sharer)}), nil
}

func (a *API) signIns(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.SignIns], error) {
	list, err := a.People.SignIns(ctx, who)
	if err != nil {
		return nil, err
	}
	out := wire.SignIns{SignIns: []wire.SignIn{}}
	for _, s := range list {
		out.SignIns = append(out.SignIns, wire.SignIn{ID: string(s.ID), CreatedAt: s.Created.UTC(), SeenAt: s.Seen.UTC(), Browser: s.UserAgent, Current: s.ID == who.SignIn.ID})
	}
	return ok(out), nil
}

// IDPath names a person or sign-in in the path. Embedded inputs are exported,
// because huma fills in exported fields only.
type IDPath struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *API) endSignIn(ctx context.Context, who identity.Actor, in *IDPath) (*struct{}, error) {
	return nil, a.People.EndSignIn(ctx, who, identity.SignInID(in.ID))
}

// image is a picture; its address carries its hash, so browsers may keep it.
type image struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) picture(ctx context.Context, who identity.Actor, in *IDPath) (*image, error) {
	png, _, err := a.People.Picture(ctx, who, identity.PersonID(in.ID))
	if err != nil {
		return nil, err
	}
	return &image{ContentType: "image/png", CacheControl: "private, max-age=86400", Body: png}, nil
}

func (a *API) getSettings(ctx context.Context, who identity.Actor, _ *struct{}) (*tagged[wire.Settings], error) {
	s, version, err := a.Admin.Settings(ctx, who)
	if err != nil {
		return nil, err
	}
	return newTagged(version, wire.NewSettings(s, version)), nil
}

type settingsInput struct {
	IfMatch string `header:"If-Match" doc:"ETag of what you read; may be left out, because the body has the version" example:"\"3\""`
	Body    wire.Settings
}

func (a *API) putSettings(ctx context.Context, who identity.Actor, in *settingsInput) (*tagged[wire.Settings], error) {
	if in.IfMatch != "" {
		seen, err := versionOf(in.IfMatch)
		if err != nil {
			return nil, err
		}
		if seen != in.Body.Version {
			return nil, fault.ErrConflict
		}
	}
	version, err := a.Admin.SaveSettings(ctx, who, in.Body.Domain(), in.Body.Version)
	if err != nil {
		return nil, err
	}
	in.Body.Version = version
	return newTagged(version, in.Body), nil
}
