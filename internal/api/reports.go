package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// reports registers the report of sessions, the overview and the audit log.
func (a *API) reports() {
	own, tag := string(identity.ViewOwnReports), []string{"Reports"}
	operation(a, huma.Operation{OperationID: "list-session-reports", Method: http.MethodGet, Path: "/reports/sessions", Tags: tag,
		Summary: "List ended help sessions", Description: "With view_reports those in its scope, else your own."}, own, a.listReports, admin.ErrCursor)
	operation(a, huma.Operation{OperationID: "get-session-report", Method: http.MethodGet, Path: "/reports/sessions/{id}", Tags: tag,
		Summary:     "Everything that is kept of one ended help session",
		Description: "Report, decisions about both seats, and the lines of the audit log."}, own, a.getReport)
	operation(a, huma.Operation{OperationID: "get-overview", Method: http.MethodGet, Path: "/overview", Tags: tag, Summary: "What goes on, in numbers",
		Description: "Counts of help sessions in your scope for the last thirty days (UTC), how they ended, and of devices with read_devices."},
		string(identity.ViewReports), a.overview)
	operation(a, huma.Operation{OperationID: "list-audit-lines", Method: http.MethodGet, Path: "/audit", Tags: tag, Summary: "List the audit log",
		Description: "The newest first, a page at a time; filters narrow it. Each line carries the hash of itself and all before it."},
		string(identity.ViewAudit), a.listAudit, admin.ErrCursor)
	for _, format := range []string{formatCSV, formatJSON} {
		operation(a, huma.Operation{OperationID: "export-session-reports-" + format, Method: http.MethodGet, Path: "/reports/sessions." + format, Tags: tag,
			Summary: "Export ended help sessions as " + strings.ToUpper(format), Description: "Everything the filter chooses; recorded in the audit log."}, own, a.exportReports(format))
		operation(a, huma.Operation{OperationID: "export-audit-" + format, Method: http.MethodGet, Path: "/audit." + format, Tags: tag,
			Summary: "Export the audit log as " + strings.ToUpper(format), Description: "Everything the filter chooses; recorded in the audit log."}, string(identity.ViewAudit), a.exportAudit(format))
	}
}

// ReportFilter chooses reports.
type ReportFilter struct {
	From       time.Time `query:"from" doc:"Ended at or after"`
	To         time.Time `query:"to" doc:"Ended before"`
	Reason     string    `query:"reason" maxLength:"40" doc:"How it ended"`
	Connection string    `query:"connection" enum:"direct,relay_udp,relay_tcp,relay_tls,pictures"`
	Person     string    `query:"person" maxLength:"64" doc:"Id of somebody in either seat"`
	Sort       string    `query:"sort" enum:"ended,created,seconds" default:"ended"`
}

type reportInput struct {
	ListInput
	ReportFilter
}

func (in *reportInput) query() admin.ReportQuery {
	return admin.ReportQuery{List: in.list(in.Sort, descending), From: in.From, To: in.To, Reason: in.Reason, Connection: in.Connection, Person: identity.PersonID(in.Person)}
}

func (a *API) listReports(ctx context.Context, who identity.Actor, in *reportInput) (*body[wire.Page[wire.SessionReport]], error) {
	page, err := a.Admin.Reports(ctx, who, in.query())
	if err != nil {
		return nil, err
	}
	return ok(newPage(page, newSessionReport)), nil
}

func (a *API) getReport(ctx context.Context, who identity.Actor, in *SessionPath) (*body[wire.SessionDetail], error) {
	d, err := a.Admin.Report(ctx, who, assist.SessionID(in.ID))
	if err != nil {
		return nil, err
	}
	return ok(newSessionDetail(d)), nil
}

func (a *API) overview(ctx context.Context, who identity.Actor, _ *struct{}) (*body[wire.Overview], error) {
	n, err := a.Admin.Numbers(ctx, who)
	if err != nil {
		return nil, err
	}
	live, err := a.Admin.Live(ctx, who)
	if err != nil {
		return nil, err
	}
	n.Active = len(live)
	return ok(newOverview(n)), nil
}

func reportHeader() []string {
	return []string{"session", "helper", "helper_id", "helper_email", "helper_device", "helper_device_name", "helper_platform", "helper_browser", "sharer", "sharer_id", "sharer_email", "sharer_device", "sharer_device_name", "sharer_device_serial", "sharer_platform", "sharer_browser",
		"kind", "created_at", "allowed_at", "ended_at", "seconds", "connection", "reason", "ended_by", "note", "warnings"}
}

func reportCells(r admin.Report) []string {
	return []string{r.Session, r.HelperName, string(r.Helper), r.HelperEmail, r.HelperDevice, r.HelperDeviceName, r.HelperPlatform, r.HelperBrowser, r.SharerName, string(r.Sharer), r.SharerEmail, r.SharerDevice, r.SharerDeviceName, r.SharerDeviceSerial, r.SharerPlatform, r.SharerBrowser,
		r.Kind, when(r.CreatedAt), when(r.AllowedAt), when(r.EndedAt), strconv.FormatInt(r.DurationSeconds, 10), r.Connection, r.Reason, r.EndedBy, r.Note, strings.Join(r.Warnings, " ")}
}

func (a *API) exportReports(format string) func(context.Context, identity.Actor, *reportInput) (*huma.StreamResponse, error) {
	return func(ctx context.Context, who identity.Actor, in *reportInput) (*huma.StreamResponse, error) {
		q := in.query()
		q.Cursor = ""
		return a.stream("help-sessions", format, reportHeader(), func(write func(row) error) error {
			return a.Admin.ExportReports(ctx, who, q, format, func(r admin.Report) error { return write(row{reportCells(r), newSessionReport(r)}) })
		}), nil
	}
}

// AuditFilter chooses audit lines.
type AuditFilter struct {
	From   time.Time `query:"from" doc:"At or after"`
	To     time.Time `query:"to" doc:"Before"`
	Actor  string    `query:"actor" maxLength:"64" doc:"Id of who did it"`
	Token  string    `query:"token" maxLength:"64" doc:"Id of the API token through which a program did it"`
	Person string    `query:"person" maxLength:"64" doc:"Id of whom else it concerns"`
	Object string    `query:"object" maxLength:"64" doc:"Id of what it was done to"`
	Number int64     `query:"number" minimum:"0" doc:"Of one line; 0: all"`
}

type auditInput struct {
	ListInput
	AuditFilter
}

func (in *auditInput) query() admin.AuditQuery {
	return admin.AuditQuery{List: in.list("", descending), From: in.From, To: in.To, Actor: identity.PersonID(in.Actor), Token: identity.TokenID(in.Token), Person: identity.PersonID(in.Person), Object: in.Object, Number: in.Number}
}

func (a *API) listAudit(ctx context.Context, who identity.Actor, in *auditInput) (*body[wire.Page[wire.AuditLine]], error) {
	page, err := a.Admin.Audit(ctx, who, in.query())
	if err != nil {
		return nil, err
	}
	return ok(newPage(page, newAuditLine)), nil
}

func (a *API) exportAudit(format string) func(context.Context, identity.Actor, *auditInput) (*huma.StreamResponse, error) {
	header := []string{"number", "at", "actor", "actor_name", "action", "object", "person", "person_name", "details", "hash", "token", "token_name"}
	return func(ctx context.Context, who identity.Actor, in *auditInput) (*huma.StreamResponse, error) {
		q := in.query()
		q.Cursor = ""
		return a.stream("audit", format, header, func(write func(row) error) error {
			return a.Admin.ExportAudit(ctx, who, q, format, func(l admin.AuditLine) error {
				v := newAuditLine(l)
				return write(row{[]string{strconv.FormatInt(l.Number, 10), when(l.At), v.Actor, v.Name, v.Action, v.Object, v.Person, v.PersName, jsonOf(l.Details), v.Hash, string(l.Token.ID), l.Token.Name}, v})
			})
		}), nil
	}
}
