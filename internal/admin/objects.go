package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/access"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Kind names a kind of thing that administrators configure.
type Kind string

// The kinds.
const (
	Roles       Kind = "role"
	Groups      Kind = "group"
	Assignments Kind = "assignment"
	Policies    Kind = "policy"
	Locations   Kind = "location"
	Compliance  Kind = "compliance_policy"
)

// reading and writing name the permissions that a kind needs.
func (k Kind) reading() identity.Permission {
	if k == Groups {
		return identity.ReadPeople
	}
	return identity.ReadConfiguration
}

func (k Kind) writing() identity.Permission {
	switch k {
	case Groups:
		return identity.ManagePeople
	case Policies, Locations:
		return identity.ManagePolicies
	case Compliance:
		return identity.ManageCompliance
	default:
		return identity.ManageRoles
	}
}

// Reading names the permission needed to see things of this kind.
func (k Kind) Reading() identity.Permission { return k.reading() }

// Writing names the permission needed to change things of this kind.
func (k Kind) Writing() identity.Permission { return k.writing() }

// Object is one configured thing. Value is the domain's type: identity.Role,
// identity.Group, identity.Assignment, access.Policy, access.Location or
// device.Policy; its ID
// is that of the object.
type Object struct {
	Kind             Kind
	ID               string
	Name             string
	Version          int64 // 0: not kept yet
	Created, Updated time.Time
	Value            any
}

// Configuration is everything that an organisation has configured.
type Configuration struct {
	Roles          map[identity.RoleID]identity.Role // built-in ones included
	Groups         map[identity.GroupID]identity.Group
	Assignments    []identity.Assignment
	Rules          *access.Rules
	Compliance     []device.Policy
	Administrators []identity.Actor // people who may manage roles for ever; for Guard only
}

// Guard looks at what the configuration would become and may refuse.
type Guard func(c Configuration) error

// ObjectStore is where configured things are kept.
type ObjectStore interface {
	// Objects lists the things of a kind by name.
	Objects(ctx context.Context, org identity.OrgID, kind Kind) ([]Object, error)
	// Object loads one; fault.ErrNotFound.
	Object(ctx context.Context, org identity.OrgID, kind Kind, id string) (Object, error)
	// SaveObject keeps a new thing or a new version of one, and looks at every live
	// session again. fault.ErrConflict when the version is not current; ErrNameTaken.
	SaveObject(ctx context.Context, org identity.OrgID, o Object, log identity.Entry, guard Guard) error
	// DeleteObject forgets one. fault.ErrConflict when the version is not current.
	DeleteObject(ctx context.Context, org identity.OrgID, kind Kind, id string, version int64, log identity.Entry, guard Guard) error
	// SetMember puts a member into a fixed group or takes it out.
	SetMember(ctx context.Context, org identity.OrgID, m Membership, log identity.Entry, guard Guard) error
	// GroupMembers lists members in reach after the given one in order of id, at most limit.
	GroupMembers(ctx context.Context, org identity.OrgID, g identity.Group, reach identity.Scope, after string, limit int) ([]Member, error)
	// Configuration loads everything that is configured.
	Configuration(ctx context.Context, org identity.OrgID) (Configuration, error)
}

// Membership says whether somebody or something is to belong to a fixed group.
type Membership struct {
	Group  identity.GroupID
	Of     identity.GroupOf
	Member string
	In     bool
}

// Member is one member of a group.
type Member struct {
	ID   string
	Name string
}

// Faults of configured things.
var (
	ErrNameTaken         = fault.New(fault.Conflict, "name_taken", "There is one of this name already.", "Choose another name.")
	ErrInUse             = fault.New(fault.Conflict, "in_use", "This is still used elsewhere.", "Remove it where it is used first; the reasons name the places.")
	ErrUnknownReference  = fault.New(fault.Invalid, "unknown_reference", "This names something that does not exist.", "Choose from the lists.")
	ErrBuiltin           = fault.New(fault.Conflict, "built_in", "Built-in roles cannot be changed.", "Duplicate the role and change the copy.")
	ErrTooManyObjects    = fault.New(fault.Conflict, "too_many", "There are too many of these.", "Delete what is not used.")
	ErrNotFixed          = fault.New(fault.Conflict, "group_not_fixed", "Membership of this group follows from its rule.", "Change the rule, or use a fixed group.")
	ErrLastAdministrator = fault.New(fault.Conflict, "last_administrator", "Nobody could administer the organisation any more.", "Give somebody else the role Administrator first.")
)

// maxObjects bounds the things of one kind.
const maxObjects = 1000

// Objects lists the things of a kind; built-in roles come first.
func (ad *Admin) Objects(ctx context.Context, a identity.Actor, kind Kind) ([]Object, error) {
	if err := ad.require(ctx, a, kind.reading()); err != nil {
		return nil, err
	}
	kept, err := ad.store.Objects(ctx, a.Person.Org, kind)
	if kind != Roles || err != nil {
		return kept, err
	}
	var out []Object
	for _, r := range identity.BuiltinRoles() {
		out = append(out, builtin(r))
	}
	return append(out, kept...), nil
}

func builtin(r identity.Role) Object {
	return Object{Kind: Roles, ID: string(r.ID), Name: r.Name, Version: 1, Value: r}
}

// Object loads one thing. fault.ErrNotFound.
func (ad *Admin) Object(ctx context.Context, a identity.Actor, kind Kind, id string) (Object, error) {
	if err := ad.require(ctx, a, kind.reading()); err != nil {
		return Object{}, err
	}
	if r, ok := identity.BuiltinRole(identity.RoleID(id)); ok && kind == Roles {
		return builtin(r), nil
	}
	return ad.store.Object(ctx, a.Person.Org, kind, id)
}

// Save keeps a new thing (version 0, no id) or a new version of one, and returns
// it as kept. Whatever it changes for live sessions happens at once.
func (ad *Admin) Save(ctx context.Context, a identity.Actor, o Object) (Object, error) {
	if err := ad.require(ctx, a, o.Kind.writing()); err != nil {
		return Object{}, err
	}
	if err := ad.checkNew(ctx, a, &o); err != nil {
		return Object{}, err
	}
	before, err := ad.before(ctx, a, o.Kind, o.ID, o.Version)
	if err != nil {
		return Object{}, err
	}
	if o.Version > 0 {
		o.Created = before.Created
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: string(o.Kind) + ".change", Object: o.ID, Details: changes(before.Value, o.Value)}
	if o.Version == 0 {
		log.Action = string(o.Kind) + ".create"
	}
	if err := ad.store.SaveObject(ctx, a.Person.Org, o, log, ad.guard(a)); err != nil {
		return Object{}, err
	}
	o.Version++
	return o, nil
}

// before loads what is about to be replaced, or nothing for a new thing, and
// asks for what changing it needs beside its kind's permission.
func (ad *Admin) before(ctx context.Context, a identity.Actor, kind Kind, id string, version int64) (Object, error) {
	if version == 0 {
		return Object{}, nil
	}
	if kind == Groups {
		if err := ad.mayRegroup(ctx, a, identity.GroupID(id)); err != nil {
			return Object{}, err
		}
	}
	return ad.store.Object(ctx, a.Person.Org, kind, id)
}

// checkNew checks a thing by itself and gives a new one its id and times.
func (ad *Admin) checkNew(ctx context.Context, a identity.Actor, o *Object) error {
	if _, ok := identity.BuiltinRole(identity.RoleID(o.ID)); ok && o.Kind == Roles {
		return ErrBuiltin
	}
	o.Updated = ad.now()
	if o.Version == 0 {
		kept, err := ad.store.Objects(ctx, a.Person.Org, o.Kind)
		if err != nil {
			return err
		}
		if len(kept) >= maxObjects {
			return ErrTooManyObjects
		}
		id, err := uuid.NewV7()
		if err != nil {
			return fmt.Errorf("object id: %w", err)
		}
		o.ID, o.Created = id.String(), o.Updated
	}
	return identify(o)
}

// identify puts the object's id into its value, takes its name from there, and
// checks the value.
func identify(o *Object) error {
	switch v := o.Value.(type) {
	case identity.Role:
		v.ID, v.Builtin = identity.RoleID(o.ID), false
		return o.hold(v, v.Name)
	case identity.Group:
		v.ID = identity.GroupID(o.ID)
		return o.hold(v, v.Name)
	case identity.Assignment:
		v.ID = identity.AssignmentID(o.ID)
		return o.hold(v, v.Name)
	case access.Policy:
		v.ID = access.PolicyID(o.ID)
		return o.hold(v, v.Name)
	case access.Location:
		v.ID = access.LocationID(o.ID)
		return o.hold(v, v.Name)
	case device.Policy:
		v.ID = device.PolicyID(o.ID)
		return o.hold(v, v.Name)
	}
	return fault.ErrInternal.WithCause(fmt.Errorf("%T is not configured", o.Value))
}

// hold takes a value in, with the name it has, and checks it.
func (o *Object) hold(v interface{ Check() error }, name string) error {
	o.Value, o.Name = v, name
	return v.Check()
}

// Delete forgets a thing that nothing else names.
func (ad *Admin) Delete(ctx context.Context, a identity.Actor, kind Kind, id string, version int64) error {
	if err := ad.require(ctx, a, kind.writing()); err != nil {
		return err
	}
	if _, ok := identity.BuiltinRole(identity.RoleID(id)); ok && kind == Roles {
		return ErrBuiltin
	}
	before, err := ad.before(ctx, a, kind, id, version)
	if err != nil {
		return err
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: string(kind) + ".delete", Object: id, Details: changes(before.Value, nil)}
	guard := ad.guard(a)
	return ad.store.DeleteObject(ctx, a.Person.Org, kind, id, version, log, func(c Configuration) error {
		if places := c.dangling(); len(places) > 0 {
			return ErrInUse.WithReasons(places...)
		}
		return guard(c)
	})
}

// guard keeps an organisation whole: nothing names what does not exist, somebody
// can administer it, and the one who changes it is not locked out by a policy.
func (ad *Admin) guard(a identity.Actor) Guard {
	return func(c Configuration) error {
		if places := c.dangling(); len(places) > 0 {
			return ErrUnknownReference.WithReasons(places...)
		}
		if err := c.Governable(); err != nil {
			return err
		}
		if d := ad.administering(c.regrouped(a), c.Rules); !d.Allowed {
			return access.ErrLockout.WithReasons(d.Reasons...)
		}
		return nil
	}
}

// Governable returns nil while somebody can administer the organisation:
// ErrLastAdministrator when nobody has the right, access.ErrLockout when policies
// bar everybody who has it.
func (c Configuration) Governable() error {
	if len(c.Administrators) == 0 {
		return ErrLastAdministrator
	}
	var bar *access.Policy
	for _, a := range c.Administrators {
		if bar = c.Rules.Barring(a); bar == nil {
			return nil
		}
	}
	return access.ErrLockout.WithReasons(fault.Reason{Code: access.ReasonPolicyBlocked, Subject: bar.Name})
}

// regrouped is the actor with the groups and grants that they would have.
func (c Configuration) regrouped(a identity.Actor) identity.Actor {
	for _, b := range c.Administrators {
		if b.Person.ID == a.Person.ID {
			a.Groups, a.Grants = b.Groups, b.Grants
		}
	}
	return a
}

// dangling names every place that names something which does not exist.
func (c Configuration) dangling() []fault.Reason {
	var out []fault.Reason
	check := func(ok bool, kind Kind, name string) {
		if !ok {
			out = append(out, fault.Reason{Code: "used_by_" + string(kind), Subject: name})
		}
	}
	for _, a := range c.Assignments {
		_, known := c.Roles[a.Role]
		check(known && c.groups(a.Members, identity.OfPeople) && c.groups(a.Scope.People, identity.OfPeople) && c.groups(a.Scope.Devices, identity.OfDevices), Assignments, a.Name)
	}
	for _, p := range c.Rules.Policies {
		check(c.whole(p), Policies, p.Name)
	}
	for _, p := range c.Compliance {
		unknown := func(id identity.GroupID) bool { _, known := c.Groups[id]; return !known }
		check(!slices.ContainsFunc(p.Groups, unknown), Compliance, p.Name)
	}
	return out
}

// whole reports whether everything that a policy names exists.
func (c Configuration) whole(p access.Policy) bool {
	for _, w := range []access.Who{p.Include, p.Exclude} {
		unknown := func(id identity.RoleID) bool { _, known := c.Roles[id]; return !known }
		if !c.groups(w.Groups, identity.OfPeople) || slices.ContainsFunc(w.Roles, unknown) {
			return false
		}
	}
	elsewhere := func(id access.LocationID) bool {
		return !slices.ContainsFunc(c.Rules.Locations, func(l access.Location) bool { return l.ID == id })
	}
	return !slices.ContainsFunc(p.Conditions.Locations, elsewhere) && !slices.ContainsFunc(p.Conditions.NotLocations, elsewhere)
}

func (c Configuration) groups(ids []identity.GroupID, of identity.GroupOf) bool {
	return !slices.ContainsFunc(ids, func(id identity.GroupID) bool { g, known := c.Groups[id]; return !known || g.Of != of })
}

// changes compares two values member by member, for the audit log: "member:old"
// and "member:new". A nil value has no members.
func changes(before, after any) map[string]string {
	was, is, out := members(before), members(after), map[string]string{}
	note := func(key, text string, kept bool) {
		switch text {
		case `""`, "null", "[]", "{}": // nothing there
		case "false", "0": // what a new thing does not have is not worth a word
			if kept {
				out[key] = text
			}
		default:
			out[key] = text
		}
	}
	for k, v := range was {
		if is[k] != v {
			note(k+":old", v, after != nil)
		}
	}
	for k, v := range is {
		if was[k] != v {
			note(k+":new", v, before != nil)
		}
	}
	return out
}

// members gives the first-level members of a value as JSON texts.
func members(v any) map[string]string {
	out := map[string]string{}
	b, err := json.Marshal(v)
	var all map[string]json.RawMessage
	if err != nil || v == nil || json.Unmarshal(b, &all) != nil {
		return out
	}
	for k, raw := range all {
		out[snake(k)] = string(raw)
	}
	return out
}

// snake writes a Go name as the API's logs do: AllPeople becomes all_people.
func snake(name string) string {
	var out []byte
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			if i > 0 && name[i-1] >= 'a' {
				out = append(out, '_')
			}
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return string(out)
}
