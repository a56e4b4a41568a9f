package admin

import (
	"context"
	"slices"

	"tasuke/internal/identity"
)

// SetMember puts somebody or something into a fixed group, or takes it out.
func (ad *Admin) SetMember(ctx context.Context, a identity.Actor, group identity.GroupID, member string, in bool) error {
	if err := ad.require(ctx, a, identity.ManagePeople); err != nil {
		return err
	}
	o, err := ad.store.Object(ctx, a.Person.Org, Groups, string(group))
	if err != nil {
		return err
	}
	g, _ := o.Value.(identity.Group)
	if g.Kind != identity.Fixed {
		return ErrNotFixed
	}
	if err := ad.mayRegroup(ctx, a, group); err != nil {
		return err
	}
	if err := ad.mayMove(ctx, a, g.Of, member); err != nil {
		return err
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "group.remove_member", Object: string(group), Details: map[string]string{}}
	if in {
		log.Action = "group.add_member"
	}
	if g.Of == identity.OfPeople {
		log.Person = identity.PersonID(member)
	} else {
		log.Details["device"] = member
	}
	return ad.store.SetMember(ctx, a.Person.Org, Membership{Group: group, Of: g.Of, Member: member, In: in}, log, ad.guard(a))
}

// mayMove asks for sight of a device, and manage_people over a person, who is to
// come into a group or to go.
func (ad *Admin) mayMove(ctx context.Context, a identity.Actor, of identity.GroupOf, member string) error {
	if of == identity.OfPeople {
		_, err := ad.over(ctx, a, identity.ManagePeople, identity.PersonID(member))
		return err
	}
	t, err := ad.directory.DeviceTarget(ctx, a.Person.Org, identity.DeviceID(member))
	if err != nil {
		return err
	}
	return a.RequireSeen(identity.ReadDevices, identity.ReadDevices, t)
}

// GroupMembers lists whom or what the actor may see of those who belong to a
// group, in order of id, at most limit, after the given one.
func (ad *Admin) GroupMembers(ctx context.Context, a identity.Actor, group identity.GroupID, after string, limit int) ([]Member, error) {
	if err := ad.require(ctx, a, identity.ReadPeople); err != nil {
		return nil, err
	}
	o, err := ad.store.Object(ctx, a.Person.Org, Groups, string(group))
	if err != nil {
		return nil, err
	}
	g, _ := o.Value.(identity.Group)
	sight := identity.ReadPeople
	if g.Of == identity.OfDevices {
		sight = identity.ReadDevices
	}
	reach, _ := a.Reach(sight)
	return ad.store.GroupMembers(ctx, a.Person.Org, g, reach, after, limit)
}

// mayRegroup refuses to let somebody hand out rights through a group: who
// changes one that assignments or policies name needs what changing those needs.
func (ad *Admin) mayRegroup(ctx context.Context, a identity.Actor, group identity.GroupID) error {
	c, err := ad.store.Configuration(ctx, a.Person.Org)
	if err != nil {
		return err
	}
	for _, as := range c.Assignments {
		for _, groups := range [][]identity.GroupID{as.Members, as.Scope.People, as.Scope.Devices} {
			if slices.Contains(groups, group) {
				return ad.require(ctx, a, identity.ManageRoles)
			}
		}
	}
	for _, p := range c.Rules.Policies {
		if slices.Contains(p.Include.Groups, group) || slices.Contains(p.Exclude.Groups, group) {
			return ad.require(ctx, a, identity.ManagePolicies)
		}
	}
	for _, p := range c.Compliance {
		if slices.Contains(p.Groups, group) {
			return ad.require(ctx, a, identity.ManageCompliance)
		}
	}
	return nil
}
