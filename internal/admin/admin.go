// Package admin is what administrators do: settings, permissions, and the
// report of sessions. It asks the actor's permission first and hands each change
// to the store with its audit line. Help sessions themselves belong to desk.
package admin

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Store is where this package's things are kept.
type Store interface {
	// Settings loads the settings and their version.
	Settings(ctx context.Context, org identity.OrgID) (identity.Settings, int64, error)
	// SaveSettings replaces them; fault.ErrConflict when version is not current.
	SaveSettings(ctx context.Context, org identity.OrgID, s identity.Settings, version int64, now time.Time, log identity.Entry) error
	// People lists everybody with their grants.
	People(ctx context.Context, org identity.OrgID) ([]identity.Actor, error)
	// SavePermissions replaces a person's permissions unless guard, told how many
	// managers of people would remain, refuses.
	SavePermissions(ctx context.Context, org identity.OrgID, p identity.PersonID, permissions []identity.Permission, now time.Time, log identity.Entry, guard func(managers int) error) error
	// Reports lists ended sessions, newest first.
	Reports(ctx context.Context, org identity.OrgID, f Filter) ([]Report, error)
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
	store Store
	now   func() time.Time
}

// New makes the use cases; a nil now is time.Now.
func New(store Store, now func() time.Time) *Admin {
	if now == nil {
		now = time.Now
	}
	return &Admin{store: store, now: now}
}

// Settings needs manage_settings.
func (ad *Admin) Settings(ctx context.Context, a identity.Actor) (identity.Settings, int64, error) {
	if err := a.Require(identity.ManageSettings); err != nil {
		return identity.Settings{}, 0, err
	}
	return ad.store.Settings(ctx, a.Person.Org)
}

// SaveSettings needs manage_settings; live sessions are looked at again at once.
func (ad *Admin) SaveSettings(ctx context.Context, a identity.Actor, s identity.Settings, version int64) (int64, error) {
	if err := a.Require(identity.ManageSettings); err != nil {
		return 0, err
	}
	if err := s.Check(); err != nil {
		return 0, err
	}
	old, _, err := ad.store.Settings(ctx, a.Person.Org)
	if err != nil {
		return 0, err
	}
	log := identity.Entry{Org: a.Person.Org, Actor: a.Person.ID, Action: "settings.change", Details: difference(old, s)}
	return version + 1, ad.store.SaveSettings(ctx, a.Person.Org, s, version, ad.now(), log)
}

// difference names what changed, as "old → new".
func difference(old, now identity.Settings) map[string]string {
	before, after, out := values(old), values(now), map[string]string{}
	for k, v := range after {
		if before[k] != v {
			out[k] = before[k] + " → " + v
		}
	}
	return out
}

func values(s identity.Settings) map[string]string {
	return map[string]string{
		"remote_help": strconv.FormatBool(s.RemoteHelp), "chat": strconv.FormatBool(s.Chat), "relay_only": strconv.FormatBool(s.RelayOnly),
		"code_lifetime": s.CodeLifetime.String(), "time_limit": s.TimeLimit.String(),
		"session_days": strconv.Itoa(s.SessionDays), "audit_days": strconv.Itoa(s.AuditDays), "chat_days": strconv.Itoa(s.ChatDays),
		"sign_in_idle": s.SignInIdle.String(), "sign_in_absolute": s.SignInAbsolute.String(),
	}
}

// People needs manage_people.
func (ad *Admin) People(ctx context.Context, a identity.Actor) ([]identity.Actor, error) {
	if err := a.Require(identity.ManagePeople); err != nil {
		return nil, err
	}
	return ad.store.People(ctx, a.Person.Org)
}

// Faults of permissions.
var (
	ErrUnknownPermission = fault.New(fault.Invalid, "unknown_permission", "There is no such permission.", "Use one of the permissions listed in the API description.")
	ErrLastAdministrator = fault.New(fault.Conflict, "last_administrator", "Nobody could manage people any more.", "Give the permission manage_people to somebody else first.")
)

// SavePermissions needs manage_people and never removes the last who has it.
func (ad *Admin) SavePermissions(ctx context.Context, a identity.Actor, p identity.PersonID, permissions []identity.Permission) error {
	if err := a.Require(identity.ManagePeople); err != nil {
		return err
	}
	for _, permission := range permissions {
		if !permission.Known() {
			return ErrUnknownPermission
		}
	}
	log := identity.Entry{Org: a.Person.Org, Actor: a.Person.ID, Action: "person.permissions", Person: p, Details: map[string]string{"permissions": joined(permissions)}}
	return ad.store.SavePermissions(ctx, a.Person.Org, p, permissions, ad.now(), log, someoneManages)
}

func joined(permissions []identity.Permission) string {
	names := make([]string, 0, len(permissions))
	for _, p := range permissions {
		names = append(names, string(p))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// MaxExport bounds one export, in rows.
const MaxExport = 100_000

// Reports needs view_reports.
func (ad *Admin) Reports(ctx context.Context, a identity.Actor, f Filter) ([]Report, error) {
	if err := a.Require(identity.ViewReports); err != nil {
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
