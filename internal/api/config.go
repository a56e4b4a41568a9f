package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// configuration registers what administrators configure: six collections alike.
func (a *API) configuration() {
	register(a, collection[wire.Role, wire.RoleBody, identity.Role]{admin.Roles, "role", "/roles", wire.NewRole, wire.RoleBody.Domain, identity.ErrUnknownPermission})
	register(a, collection[wire.Group, wire.GroupBody, identity.Group]{admin.Groups, "group", "/groups", wire.NewGroup, wire.GroupBody.Domain, identity.ErrGroup})
	register(a, collection[wire.Assignment, wire.AssignmentBody, identity.Assignment]{admin.Assignments, "assignment", "/assignments", wire.NewAssignment, wire.AssignmentBody.Domain, identity.ErrScope})
	register(a, collection[wire.Policy, wire.PolicyBody, access.Policy]{admin.Policies, "policy", "/policies", wire.NewPolicy, wire.PolicyBody.Domain, access.ErrPolicy})
	register(a, collection[wire.Location, wire.LocationBody, access.Location]{admin.Locations, "location", "/locations", wire.NewLocation, wire.LocationBody.Domain, access.ErrLocation})
	register(a, collection[wire.CompliancePolicy, wire.CompliancePolicyBody, device.Policy]{admin.Compliance, "compliance policy", "/compliance-policies", wire.NewCompliancePolicy, wire.CompliancePolicyBody.Domain, device.ErrPolicy})
	a.members()
}

// collection is one kind of configured thing: W as it is read, B as it is
// written, V in the domain.
type collection[W, B, V any] struct {
	kind   admin.Kind
	word   string
	path   string
	read   func(wire.Stamp, V) W
	domain func(B) (V, error)
	broken *fault.Fault // of what is not complete
}

// List is all things of a kind.
type List[W any] struct {
	Items []W `json:"items"`
}

// tagged is an answer with the version of the thing as its ETag (RFC 9110 section 8.8.3).
type tagged[W any] struct {
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         W
}

// Matched names a thing and the version that the caller has seen.
type Matched struct {
	IDPath
	IfMatch string `header:"If-Match" required:"true" doc:"ETag of what you read; a change meanwhile is refused" example:"\"3\""`
}

func newTagged[W any](version int64, v W) *tagged[W] {
	return &tagged[W]{CacheControl: "no-store", ETag: fmt.Sprintf("%q", strconv.FormatInt(version, 10)), Body: v}
}

// version reads If-Match.
func (m Matched) version() (int64, error) { return versionOf(m.IfMatch) }

func versionOf(etag string) (int64, error) {
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(etag, "W/"), `"`), 10, 64)
	if err != nil || n < 1 {
		return 0, fault.ErrInvalid.WithText("If-Match is not an ETag that this address gave.")
	}
	return n, nil
}

func register[W, B, V any](a *API, c collection[W, B, V]) {
	read, write := string(c.kind.Reading()), string(c.kind.Writing())
	word := strings.ReplaceAll(c.word, " ", "-")
	tag, plural := []string{"Configuration"}, strings.TrimPrefix(c.path, "/")
	saving := []*fault.Fault{identity.ErrName, c.broken, admin.ErrUnknownReference, admin.ErrNameTaken, admin.ErrTooManyObjects, access.ErrLockout}
	changing := []*fault.Fault{fault.ErrConflict, admin.ErrBuiltin, admin.ErrLastAdministrator}
	operation(a, huma.Operation{OperationID: "list-" + plural, Method: http.MethodGet, Path: c.path, Tags: tag, Summary: "List the " + strings.ReplaceAll(plural, "-", " "),
		Description: "All of them at once; each says its version."}, read,
		func(ctx context.Context, who identity.Actor, _ *struct{}) (*body[List[W]], error) {
			all, err := a.Admin.Objects(ctx, who, c.kind)
			if err != nil {
				return nil, err
			}
			out := List[W]{Items: []W{}}
			for _, o := range all {
				out.Items = append(out.Items, c.wire(o))
			}
			return ok(out), nil
		})
	operation(a, huma.Operation{OperationID: "create-" + word, Method: http.MethodPost, Path: c.path, Tags: tag, Summary: "Make a " + c.word, DefaultStatus: http.StatusCreated,
		Description: "The answer says its id and, as ETag, its version. Recorded in the audit log."}, write,
		func(ctx context.Context, who identity.Actor, in *struct{ Body B }) (*tagged[W], error) {
			return c.save(ctx, a, who, admin.Object{Kind: c.kind}, in.Body)
		}, saving...)
	operation(a, huma.Operation{OperationID: "get-" + word, Method: http.MethodGet, Path: c.path + "/{id}", Tags: tag, Summary: "Read a " + c.word,
		Description: "The ETag is its version; whoever changes it sends that back as If-Match."}, read,
		func(ctx context.Context, who identity.Actor, in *IDPath) (*tagged[W], error) {
			o, err := a.Admin.Object(ctx, who, c.kind, in.ID)
			if err != nil {
				return nil, err
			}
			return c.tagged(o), nil
		})
	operation(a, huma.Operation{OperationID: "put-" + word, Method: http.MethodPut, Path: c.path + "/{id}", Tags: tag, Summary: "Change a " + c.word,
		Description: "Everything is replaced. Takes effect at once, on live sessions too. Recorded in the audit log."}, write,
		func(ctx context.Context, who identity.Actor, in *changeInput[B]) (*tagged[W], error) {
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			return c.save(ctx, a, who, admin.Object{Kind: c.kind, ID: in.ID, Version: version}, in.Body)
		}, append(saving, changing...)...)
	operation(a, huma.Operation{OperationID: "delete-" + word, Method: http.MethodDelete, Path: c.path + "/{id}", Tags: tag, Summary: "Delete a " + c.word, DefaultStatus: http.StatusNoContent,
		Description: "What is still used elsewhere stays; the reasons of the refusal say where. Recorded in the audit log."}, write,
		func(ctx context.Context, who identity.Actor, in *Matched) (*struct{}, error) {
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			return nil, a.Admin.Delete(ctx, who, c.kind, in.ID, version)
		}, append(changing, admin.ErrInUse, access.ErrLockout)...)
}

type changeInput[B any] struct {
	Matched
	Body B
}

func (c collection[W, B, V]) wire(o admin.Object) W {
	v, _ := o.Value.(V)
	return c.read(wire.Stamp{ID: o.ID, Version: o.Version, CreatedAt: o.Created.UTC(), UpdatedAt: o.Updated.UTC()}, v)
}

func (c collection[W, B, V]) tagged(o admin.Object) *tagged[W] {
	return newTagged(o.Version, c.wire(o))
}

func (c collection[W, B, V]) save(ctx context.Context, a *API, who identity.Actor, o admin.Object, in B) (*tagged[W], error) {
	v, err := c.domain(in)
	if err != nil {
		return nil, err
	}
	o.Value = v
	if o, err = a.Admin.Save(ctx, who, o); err != nil {
		return nil, err
	}
	return c.tagged(o), nil
}

// members registers who belongs to groups.
func (a *API) members() {
	operation(a, huma.Operation{OperationID: "list-group-members", Method: http.MethodGet, Path: "/groups/{id}/members", Tags: []string{"Configuration"},
		Summary:     "List who or what belongs to a group",
		Description: "In the order of their ids, a page at a time."}, string(identity.ReadPeople), a.groupMembers)
	for in, method := range map[bool]string{true: http.MethodPut, false: http.MethodDelete} {
		op := huma.Operation{OperationID: "add-group-member", Method: method, Path: "/groups/{id}/members/{member}", Tags: []string{"Configuration"},
			Summary: "Put a person or device into a fixed group", DefaultStatus: http.StatusNoContent,
			Description: "Nothing happens when it is so already. Recorded in the audit log."}
		if !in {
			op.OperationID, op.Summary = "remove-group-member", "Take a person or device out of a fixed group"
		}
		operation(a, op, string(identity.ManagePeople), func(ctx context.Context, who identity.Actor, p *memberPath) (*struct{}, error) {
			return nil, a.Admin.SetMember(ctx, who, identity.GroupID(p.ID), p.Member, in)
		}, admin.ErrNotFixed, admin.ErrLastAdministrator, access.ErrLockout)
	}
}

type memberPath struct {
	IDPath
	Member string `path:"member" maxLength:"64"`
}

type membersInput struct {
	IDPath
	Cursor string `query:"cursor" maxLength:"64" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

func (a *API) groupMembers(ctx context.Context, who identity.Actor, in *membersInput) (*body[wire.Members], error) {
	list, err := a.Admin.GroupMembers(ctx, who, identity.GroupID(in.ID), in.Cursor, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := wire.Members{Members: []wire.Named{}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Next = list[len(list)-1].ID
	}
	for _, m := range list {
		out.Members = append(out.Members, wire.Named{ID: m.ID, Name: m.Name})
	}
	return ok(out), nil
}
