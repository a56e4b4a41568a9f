package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// reports registers the report of sessions and its exports.
func (a *API) reports() {
	operation(a, huma.Operation{OperationID: "list-session-reports", Method: http.MethodGet, Path: "/reports/sessions", Tags: []string{"Reports"},
		Summary: "List ended help sessions, newest first", Errors: []int{http.StatusForbidden}}, string(identity.ViewReports), a.listReports)
	for _, format := range []string{"csv", "json"} {
		operation(a, huma.Operation{OperationID: "export-session-reports-" + format, Method: http.MethodGet, Path: "/reports/sessions." + format, Tags: []string{"Reports"},
			Summary: "Export ended help sessions as " + strings.ToUpper(format), Description: "At most 100 000 rows; recorded in the audit log.", Errors: []int{http.StatusForbidden}},
			string(identity.ViewReports), a.export(format))
	}
}

// ReportFilter chooses reports.
type ReportFilter struct {
	From   time.Time `query:"from" doc:"Ended at or after"`
	To     time.Time `query:"to" doc:"Ended before"`
	Name   string    `query:"name" maxLength:"120" doc:"Part of the helper's or sharer's name"`
	Reason string    `query:"reason" maxLength:"40" doc:"How it ended"`
}

func (f ReportFilter) filter() admin.Filter {
	return admin.Filter{From: f.From, To: f.To, Name: f.Name, Reason: f.Reason}
}

type listInput struct {
	ReportFilter
	Cursor string `query:"cursor" maxLength:"120" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (a *API) listReports(ctx context.Context, who identity.Actor, in *listInput) (*body[wire.SessionReports], error) {
	f := in.filter()
	var err error
	if f.Before, err = parseCursor(in.Cursor); err != nil {
		return nil, err
	}
	f.Limit = in.Limit + 1 // one more tells whether there is a next page
	list, err := a.Admin.Reports(ctx, who, f)
	if err != nil {
		return nil, err
	}
	out := wire.SessionReports{Reports: []wire.SessionReport{}}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[len(list)-1]
		out.Next = formatCursor(admin.Cursor{EndedAt: last.EndedAt, Session: last.Session})
	}
	for _, r := range list {
		out.Reports = append(out.Reports, reportOf(r))
	}
	return ok(out), nil
}

func formatCursor(c admin.Cursor) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.EndedAt.UnixMilli(), 10) + " " + c.Session))
}

func parseCursor(s string) (admin.Cursor, error) {
	if s == "" {
		return admin.Cursor{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	at, session, found := strings.Cut(string(raw), " ")
	millis, err2 := strconv.ParseInt(at, 10, 64)
	if err != nil || err2 != nil || !found {
		return admin.Cursor{}, fault.ErrInvalid.WithText("The cursor is not one that this list gave.")
	}
	return admin.Cursor{EndedAt: time.UnixMilli(millis), Session: session}, nil
}

func reportOf(r admin.Report) wire.SessionReport {
	out := wire.SessionReport{
		Session: r.Session, Helper: r.HelperName, HelperID: string(r.Helper), Sharer: r.SharerName, SharerID: string(r.Sharer), Kind: r.Kind,
		CreatedAt: r.CreatedAt, EndedAt: r.EndedAt, Seconds: int64(r.Duration() / time.Second),
		Connection: r.Connection, Reason: r.Reason, EndedBy: r.EndedBy, Warnings: append([]string{}, r.Warnings...),
	}
	if !r.AllowedAt.IsZero() {
		out.AllowedAt = &r.AllowedAt
	}
	return out
}

// file is a download.
type file struct {
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) export(format string) func(context.Context, identity.Actor, *ReportFilter) (*file, error) {
	return func(ctx context.Context, who identity.Actor, in *ReportFilter) (*file, error) {
		list, err := a.Admin.Export(ctx, who, in.filter(), format)
		if err != nil {
			return nil, err
		}
		rows := make([]wire.SessionReport, 0, len(list))
		for _, r := range list {
			rows = append(rows, reportOf(r))
		}
		out := &file{ContentType: "application/json", CacheControl: "no-store", Disposition: fmt.Sprintf("attachment; filename=%q", "help-sessions."+format)}
		if format == "csv" {
			out.ContentType = "text/csv; charset=utf-8"
			out.Body, err = csvOf(rows)
			return out, err
		}
		out.Body, err = json.MarshalIndent(rows, "", "  ")
		return out, err
	}
}

// csvOf writes RFC 4180 with a header line.
func csvOf(rows []wire.SessionReport) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	lines := [][]string{{"session", "helper", "helper_id", "sharer", "sharer_id", "kind", "created_at", "allowed_at", "ended_at", "seconds", "connection", "reason", "ended_by", "warnings"}}
	for _, r := range rows {
		allowed := ""
		if r.AllowedAt != nil {
			allowed = r.AllowedAt.Format(time.RFC3339)
		}
		lines = append(lines, []string{r.Session, r.Helper, r.HelperID, r.Sharer, r.SharerID, r.Kind, r.CreatedAt.Format(time.RFC3339), allowed,
			r.EndedAt.Format(time.RFC3339), strconv.FormatInt(r.Seconds, 10), r.Connection, r.Reason, r.EndedBy, strings.Join(r.Warnings, " ")})
	}
	for _, line := range lines {
		for i := range line {
			line[i] = cell(line[i])
		}
	}
	err := w.WriteAll(lines)
	return b.Bytes(), err
}

// cell keeps a spreadsheet from taking text for a formula (ASVS 5.0, 1.2.10).
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
