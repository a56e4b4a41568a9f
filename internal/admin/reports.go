package admin

import (
	"context"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/device"
	"tasuke/internal/identity"
)

// ReportStore is where help sessions are looked up.
type ReportStore interface {
	// ListReports gives one page of the ended sessions.
	ListReports(ctx context.Context, org identity.OrgID, q ReportQuery) (Page[Report], error)
	// EachReport hands every ended session to fn, one after another.
	EachReport(ctx context.Context, org identity.OrgID, q ReportQuery, fn func(Report) error) error
	// Report loads one; fault.ErrNotFound.
	Report(ctx context.Context, org identity.OrgID, id assist.SessionID) (ReportDetail, error)
	// LiveSessions loads every session that has not ended, with its people.
	LiveSessions(ctx context.Context, org identity.OrgID) ([]assist.Scene, error)
	// Numbers counts for the overview.
	Numbers(ctx context.Context, org identity.OrgID, w Within, now time.Time) (Numbers, error)
	// CountDevices counts the devices in use that lie in a scope.
	CountDevices(ctx context.Context, org identity.OrgID, reach identity.Scope) (map[device.Compliance]int, error)
}

// ReportQuery chooses ended sessions. Zero values choose everything.
type ReportQuery struct {
	List
	From, To   time.Time // of the end: from From on, before To
	Reason     string
	Connection string
	Person     identity.PersonID // in either seat
	Within     Within            // filled in by who asks
}

// Report is the record of one ended session. Names are empty once erased.
type Report struct {
	Session                                                string
	Helper, Sharer                                         identity.PersonID
	HelperName                                             string
	SharerName                                             string
	HelperEmail                                            string
	SharerEmail                                            string
	HelperDevice                                           string // id; empty: not enrolled
	SharerDevice                                           string
	HelperDeviceName, SharerDeviceName, SharerDeviceSerial string // as they are now
	HelperPlatform                                         string // as the browser said
	SharerPlatform                                         string
	HelperBrowser                                          string
	SharerBrowser                                          string
	Kind                                                   string
	CreatedAt                                              time.Time
	AllowedAt                                              time.Time // zero: never
	EndedAt                                                time.Time
	Connection                                             string
	Reason                                                 string
	EndedBy                                                string
	Note                                                   string // of the manager who ended it
	Warnings                                               []string
	DurationSeconds                                        int64 // from both yes to the end; 0 when it never came to that
}

// ReportDetail is one ended session with everything that is kept of it.
type ReportDetail struct {
	Report
	Body      assist.Session
	Decisions []assist.Decided
	Timeline  []AuditLine
}

// Numbers are counts for the overview. Days are those of UTC.
type Numbers struct {
	Active    int
	Today     Day
	Days      []Day // the last thirty, the oldest first
	Reasons   map[string]int
	Warnings  map[string]int
	Suspended []Suspension              // the newest first, twenty at most
	Devices   map[device.Compliance]int // in use, that the actor may see; nil: they may see none
}

// Suspension is somebody who may not give help, after reports.
type Suspension struct {
	Person identity.PersonID
	Name   string
	Since  time.Time
}

// Day is what happened on one day.
type Day struct {
	Date           time.Time
	Sessions       int
	Allowed        int
	Declined       int
	Reported       int
	AverageSeconds int64 // of the sessions that both allowed
}

// mayReport bounds a query to what the actor may see: with view_reports the
// sessions in its scope, with view_own_reports one's own.
func (ad *Admin) mayReport(a identity.Actor, q *ReportQuery) bool {
	q.Within = within(a, identity.ViewReports)
	if a.Require(identity.ViewOwnReports) == nil {
		q.Within.Own = a.Person.ID
		return true
	}
	return a.Require(identity.ViewReports) == nil
}

// Reports lists ended sessions. It needs view_own_reports.
func (ad *Admin) Reports(ctx context.Context, a identity.Actor, q ReportQuery) (Page[Report], error) {
	if err := ad.require(ctx, a, identity.ViewOwnReports); err != nil {
		return Page[Report]{}, err
	}
	ad.mayReport(a, &q)
	return ad.reports.ListReports(ctx, a.Person.Org, q)
}

// ExportReports hands every session that the query chooses to fn. That it was
// done is recorded first: an export that cannot be recorded does not happen.
func (ad *Admin) ExportReports(ctx context.Context, a identity.Actor, q ReportQuery, format string, fn func(Report) error) error {
	if err := ad.require(ctx, a, identity.ViewOwnReports); err != nil {
		return err
	}
	ad.mayReport(a, &q)
	if err := ad.recordExport(ctx, a, "report.export", format); err != nil {
		return err
	}
	return ad.reports.EachReport(ctx, a.Person.Org, q, fn)
}

func (ad *Admin) recordExport(ctx context.Context, a identity.Actor, action, format string) error {
	return ad.store.Record(ctx, ad.now(), identity.Entry{Org: a.Person.Org, By: a.Author(), Action: action, Details: map[string]string{"format": format}})
}

// Report loads one ended session. fault.ErrNotFound for what one may not see.
func (ad *Admin) Report(ctx context.Context, a identity.Actor, id assist.SessionID) (ReportDetail, error) {
	if err := ad.require(ctx, a, identity.ViewOwnReports); err != nil {
		return ReportDetail{}, err
	}
	d, err := ad.reports.Report(ctx, a.Person.Org, id)
	if err != nil || d.Helper == a.Person.ID || d.Sharer == a.Person.ID {
		return d, err
	}
	about := d.Sharer
	if about == "" {
		about = d.Helper
	}
	them, err := ad.directory.Somebody(ctx, a.Person.Org, about)
	if err != nil {
		return ReportDetail{}, err
	}
	return d, a.RequireSeen(identity.ViewReports, identity.ViewReports, them.Target())
}

// Live lists the sessions that have not ended and that the actor's view_reports
// covers.
func (ad *Admin) Live(ctx context.Context, a identity.Actor) ([]assist.Scene, error) {
	if err := ad.require(ctx, a, identity.ViewReports); err != nil {
		return nil, err
	}
	all, err := ad.reports.LiveSessions(ctx, a.Person.Org)
	var out []assist.Scene
	for _, sc := range all {
		if a.Can(identity.ViewReports, sc.Concerning()).Allowed {
			out = append(out, sc)
		}
	}
	return out, err
}

// Numbers counts what the actor's view_reports covers, and of devices what their
// read_devices does.
func (ad *Admin) Numbers(ctx context.Context, a identity.Actor) (Numbers, error) {
	if err := ad.require(ctx, a, identity.ViewReports); err != nil {
		return Numbers{}, err
	}
	n, err := ad.reports.Numbers(ctx, a.Person.Org, within(a, identity.ViewReports), ad.now())
	if reach, ok := a.Reach(identity.ReadDevices); ok && err == nil {
		n.Devices, err = ad.reports.CountDevices(ctx, a.Person.Org, reach)
	}
	return n, err
}

// AuditStore is where audit lines are read.
type AuditStore interface {
	// ListAudit gives one page of the audit log.
	ListAudit(ctx context.Context, org identity.OrgID, q AuditQuery) (Page[AuditLine], error)
	// EachAudit hands every line to fn, one after another.
	EachAudit(ctx context.Context, org identity.OrgID, q AuditQuery, fn func(AuditLine) error) error
}

// AuditQuery chooses audit lines. Zero values choose everything.
type AuditQuery struct {
	List     // of Search only the beginning of an action is looked for
	Actor    identity.PersonID
	Token    identity.TokenID
	Object   string
	Person   identity.PersonID
	Number   int64 // of one line; 0: all
	From, To time.Time
}

// AuditLine is one line of the audit log, with the people it names as they are
// called now. Who was erased has neither id nor name.
type AuditLine struct {
	Number     int64
	At         time.Time
	Actor      identity.PersonID // empty: the system, or erased
	ActorName  string
	BySystem   bool
	Token      identity.TokenRef // through which a program acted; zero: the person did
	Action     string
	Object     string
	Person     identity.PersonID
	PersonName string
	Details    map[string]string
	Hash       []byte
}

// Audit lists audit lines. It needs view_audit.
func (ad *Admin) Audit(ctx context.Context, a identity.Actor, q AuditQuery) (Page[AuditLine], error) {
	if err := ad.require(ctx, a, identity.ViewAudit); err != nil {
		return Page[AuditLine]{}, err
	}
	return ad.audit.ListAudit(ctx, a.Person.Org, q)
}

// ExportAudit hands every line that the query chooses to fn; recorded first.
func (ad *Admin) ExportAudit(ctx context.Context, a identity.Actor, q AuditQuery, format string, fn func(AuditLine) error) error {
	if err := ad.require(ctx, a, identity.ViewAudit); err != nil {
		return err
	}
	if err := ad.recordExport(ctx, a, "audit.export", format); err != nil {
		return err
	}
	return ad.audit.EachAudit(ctx, a.Person.Org, q, fn)
}

// SettingsHistory lists what was changed of the settings, the newest first. It
// needs read_configuration.
func (ad *Admin) SettingsHistory(ctx context.Context, a identity.Actor, q List) (Page[AuditLine], error) {
	if err := ad.require(ctx, a, identity.ReadConfiguration); err != nil {
		return Page[AuditLine]{}, err
	}
	q.Search, q.Descending = "settings.", true
	return ad.audit.ListAudit(ctx, a.Person.Org, AuditQuery{List: q})
}

// PersonalData hands everything that is kept about somebody to fn, as pairs of a
// word and a value that can be written as JSON. It needs manage_people over them.
func (ad *Admin) PersonalData(ctx context.Context, a identity.Actor, who identity.PersonID, fn func(word string, v any) error) error {
	them, err := ad.over(ctx, a, identity.ManagePeople, who)
	if err != nil {
		return err
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "person.export", Person: who}
	if err := ad.store.Record(ctx, ad.now(), log); err != nil {
		return err
	}
	if err := fn("person", them); err != nil {
		return err
	}
	signIns, err := ad.people.SignInsOf(ctx, a.Person.Org, who, ad.now())
	if err != nil {
		return err
	}
	for _, in := range signIns {
		if err := fn("sign_in", in); err != nil {
			return err
		}
	}
	everything := ReportQuery{List: List{Descending: true}, Person: who, Within: Within{Everybody: true}}
	if err := ad.reports.EachReport(ctx, a.Person.Org, everything, func(r Report) error { return fn("session", r) }); err != nil {
		return err
	}
	for _, q := range []AuditQuery{{Actor: who}, {Person: who}} {
		if err := ad.audit.EachAudit(ctx, a.Person.Org, q, func(l AuditLine) error { return fn("audit", l) }); err != nil {
			return err
		}
	}
	return nil
}
