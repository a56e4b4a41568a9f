// Package admin is what administrators do: settings, permissions, and the
// report of sessions. It asks the actor's permission first and hands each change
// to the store with its audit line. Help sessions themselves belong to desk.
package admin

import (
	"context"
	"strconv"
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
	// People lists everybody with their groups and grants.
	People(ctx context.Context, org identity.OrgID) ([]identity.Actor, error)
	// Reports lists ended sessions, newest first.
	Reports(ctx context.Context, org identity.OrgID, f Filter) ([]Report, error)
	// LiftSuspension lets a suspended helper help again; fault.ErrNotFound.
	LiftSuspension(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error
	// Record writes an audit line of an act that changes nothing else.
	Record(ctx context.Context, now time.Time, log identity.Entry) error
}

// Filter chooses reports. Zero values choose everything.
type Filter struct {
	From, To time.Time // of the end: from From on, before To
	Name     string    // part of the helper's or sharer's name, any case
	Reason   string
	Before   Cursor // only what is older than this
	Limit    int    // at least 1
}

// Cursor is a place in the list of reports.
type Cursor struct {
	EndedAt time.Time
	Session string
}

// Report is the record of one ended session. Names are empty once erased.
type Report struct {
	Session        string
	Helper, Sharer identity.PersonID
	HelperName     string
	SharerName     string
	Kind           string
	CreatedAt      time.Time
	AllowedAt      time.Time // zero: never
	EndedAt        time.Time
	Connection     string
	Reason         string
	EndedBy        string
	Warnings       []string
}

// Duration is from both yes to the end; zero when it never came to that.
func (r Report) Duration() time.Duration {
	if r.AllowedAt.IsZero() {
		return 0
	}
	return r.EndedAt.Sub(r.AllowedAt)
}

// Admin is safe for concurrent use.
type Admin struct {
	store     Store
	directory Directory
	now       func() time.Time
}

// Everything is all that this package's things are kept in.
type Everything interface {
	Store
	Directory
}

// New makes the use cases; a nil now is time.Now.
func New(store Everything, now func() time.Time) *Admin {
	if now == nil {
		now = time.Now
	}
	return &Admin{store: store, directory: store, now: now}
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
	log := identity.Entry{Org: a.Person.Org, Actor: a.Person.ID, Action: "settings.change", Details: changes(old, s)}
	return version + 1, ad.store.SaveSettings(ctx, a.Person.Org, s, version, ad.now(), log)
}

// People needs read_people.
func (ad *Admin) People(ctx context.Context, a identity.Actor) ([]identity.Actor, error) {
	if err := ad.require(ctx, a, identity.ReadPeople); err != nil {
		return nil, err
	}
	return ad.store.People(ctx, a.Person.Org)
}

// LiftSuspension lets a helper help again who was suspended after reports. It
// needs manage_people over them.
func (ad *Admin) LiftSuspension(ctx context.Context, a identity.Actor, p identity.PersonID) error {
	if err := ad.require(ctx, a, identity.ManagePeople); err != nil {
		return err
	}
	who, err := ad.directory.Somebody(ctx, a.Person.Org, p)
	if err != nil {
		return err
	}
	if err := a.RequireOver(identity.ManagePeople, identity.Target{Org: a.Person.Org, Person: p, PersonGroups: who.Groups}); err != nil {
		return err
	}
	log := identity.Entry{Org: a.Person.Org, Actor: a.Person.ID, Action: "person.lift_suspension", Person: p}
	return ad.store.LiftSuspension(ctx, a.Person.Org, p, ad.now(), log)
}

// MaxExport bounds one export, in rows.
const MaxExport = 100_000

// Reports needs view_reports.
func (ad *Admin) Reports(ctx context.Context, a identity.Actor, f Filter) ([]Report, error) {
	if err := ad.require(ctx, a, identity.ViewReports); err != nil {
		return nil, err
	}
	return ad.store.Reports(ctx, a.Person.Org, f)
}

// Export is Reports for a file: everything the filter chooses, recorded in the
// audit log.
func (ad *Admin) Export(ctx context.Context, a identity.Actor, f Filter, format string) ([]Report, error) {
	f.Limit = MaxExport
	out, err := ad.Reports(ctx, a, f)
	if err != nil {
		return nil, err
	}
	log := identity.Entry{Org: a.Person.Org, Actor: a.Person.ID, Action: "report.export", Details: map[string]string{"format": format, "rows": strconv.Itoa(len(out))}}
	return out, ad.store.Record(ctx, ad.now(), log)
}
