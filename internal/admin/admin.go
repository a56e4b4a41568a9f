// Package admin is what administrators do: people, settings, domains, roles, policies, and
// the reports of sessions and the audit log. It asks the actor's permission first and hands each change
// to the store with its audit line. Help sessions themselves belong to desk.
package admin

import (
	"context"
	"time"

	"tasuke/internal/identity"
)

// Store is where this package's things are kept.
type Store interface {
	ObjectStore
	// Settings loads the settings and their version.
	Settings(ctx context.Context, org identity.OrgID) (identity.Settings, int64, error)
	// SaveSettings replaces them; fault.ErrConflict when version is not current.
	SaveSettings(ctx context.Context, org identity.OrgID, s identity.Settings, version int64, now time.Time, log identity.Entry) error
	// Record writes an audit line of an act that changes nothing else.
	Record(ctx context.Context, now time.Time, log identity.Entry) error
}

// Admin is safe for concurrent use.
type Admin struct {
	store     Store
	directory Directory
	people    PeopleStore
	reports   ReportStore
	audit     AuditStore
	tokens    TokenStore
	domains   DomainStore
	resolver  Resolver
	now       func() time.Time
}

// Everything is all that this package's things are kept in.
type Everything interface {
	Store
	Directory
	PeopleStore
	ReportStore
	AuditStore
	TokenStore
	DomainStore
}

// New makes the use cases; a nil now is time.Now.
func New(store Everything, resolver Resolver, now func() time.Time) *Admin {
	if now == nil {
		now = time.Now
	}
	return &Admin{store: store, directory: store, people: store, reports: store, audit: store, tokens: store, domains: store, resolver: resolver, now: now}
}

// Settings needs read_configuration.
func (ad *Admin) Settings(ctx context.Context, a identity.Actor) (identity.Settings, int64, error) {
	if err := ad.require(ctx, a, identity.ReadConfiguration); err != nil {
		return identity.Settings{}, 0, err
	}
	return ad.store.Settings(ctx, a.Person.Org)
}

// SaveSettings needs manage_settings; live sessions are looked at again at once.
func (ad *Admin) SaveSettings(ctx context.Context, a identity.Actor, s identity.Settings, version int64) (int64, error) {
	if err := ad.require(ctx, a, identity.ManageSettings); err != nil {
		return 0, err
	}
	if err := s.Check(); err != nil {
		return 0, err
	}
	old, _, err := ad.store.Settings(ctx, a.Person.Org)
	if err != nil {
		return 0, err
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "settings.change", Details: changes(old, s)}
	return version + 1, ad.store.SaveSettings(ctx, a.Person.Org, s, version, ad.now(), log)
}
