package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// endSession writes the report row of a session that has just ended and ends its thread.
func endSession(ctx context.Context, tx *sql.Tx, sc assist.Scene) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO session_report (session, org, helper, sharer, kind, created_at, allowed_at, ended_at, connection, reason, ended_by, warnings,
			helper_device, sharer_device, helper_platform, sharer_platform, helper_browser, sharer_browser, note, seconds, device)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`, reportArgs(sc)...)
	if err != nil {
		return err
	}
	return endChat(ctx, tx, sc)
}

// reportArgs are the columns of a report.
func reportArgs(sc assist.Scene) []any {
	v := sc.Session
	return []any{
		string(v.ID), string(v.Org), string(v.Helper.Person), nullText(string(v.Sharer.Person)), string(v.Kind), ms(v.Created), ms(v.Allowed), ms(v.EndedAt),
		string(v.Connection), string(v.Reason), string(v.EndedBy), joinList(v.Warnings),
		string(sc.Helper.Device.ID), string(sc.Sharer.Device.ID), string(v.Helper.From.Platform), string(v.Sharer.From.Platform), v.Helper.From.Browser, v.Sharer.From.Browser,
		v.Note, int64(v.Duration() / time.Second), string(v.Device),
	}
}

func reportListing() *listing[admin.Report] {
	l := &listing[admin.Report]{
		narrow: `session_report r`,
		table: `session_report r JOIN person h ON h.id = r.helper LEFT JOIN person p ON p.id = r.sharer
			LEFT JOIN device hd ON hd.id = r.helper_device AND hd.org = r.org LEFT JOIN device sd ON sd.id = r.sharer_device AND sd.org = r.org`,
		columns: `r.session, r.helper, COALESCE(r.sharer, ''), h.name, COALESCE(p.name, ''), h.email, COALESCE(p.email, ''), r.kind, r.created_at, r.allowed_at, r.ended_at,
			r.connection, r.reason, r.ended_by, r.warnings, r.helper_device, r.sharer_device, r.helper_platform, r.sharer_platform, r.helper_browser, r.sharer_browser, r.note, r.seconds,
			COALESCE(hd.name, ''), COALESCE(sd.name, ''), COALESCE(sd.serial, '')`,
		id:     "r.session",
		orders: []order{{"ended", "r.ended_at", true}, {"created", "r.created_at", true}, {"seconds", "r.seconds", true}},
	}
	l.fields = func(v *admin.Report) []any {
		return []any{&v.Session, &v.Helper, &v.Sharer, &v.HelperName, &v.SharerName, &v.HelperEmail, &v.SharerEmail, &v.Kind, moment{&v.CreatedAt}, moment{&v.AllowedAt}, moment{&v.EndedAt},
			&v.Connection, &v.Reason, &v.EndedBy, words{&v.Warnings}, &v.HelperDevice, &v.SharerDevice, &v.HelperPlatform, &v.SharerPlatform, &v.HelperBrowser, &v.SharerBrowser, &v.Note, &v.DurationSeconds,
			&v.HelperDeviceName, &v.SharerDeviceName, &v.SharerDeviceSerial}
	}
	return l
}

// fewPeople is up to how many people are looked up by name before the sessions
// are: for more, walking the sessions in order finds a page sooner. (What is
// appended to the columns keeps an engine from doing otherwise.)
const fewPeople = 50

// searchReports asks that one of both is called so.
func (s *Store) searchReports(ctx context.Context, f *filter, org identity.OrgID, search string) error {
	rows, err := s.reader.QueryContext(ctx, `SELECT id FROM person WHERE org = $1 AND `+s.dialect.position+`(search, $2) > 0 LIMIT $3`, string(org), plain(search), fewPeople+1)
	ids, err := collect(rows, err, scanText)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		f.and(`1 = 0`) // which an engine sees before it walks
		return nil
	}
	if len(ids) <= fewPeople {
		list, args := marks(ids)
		f.and(`(r.helper IN (`+list+`) OR r.sharer IN (`+list+`))`, append(args, args...)...)
		return nil
	}
	called := `(SELECT id FROM person WHERE org = ? AND ` + s.dialect.position + `(search, ?) > 0)`
	f.and(`(r.helper || '' IN `+called+` OR r.sharer || '' IN `+called+`)`, string(org), plain(search), string(org), plain(search))
	return nil
}

func (s *Store) reportFilter(ctx context.Context, org identity.OrgID, q admin.ReportQuery) (*filter, error) {
	f := where(`r.org = ?`, string(org)).
		when(!q.From.IsZero(), `r.ended_at >= ?`, ms(q.From)).
		when(!q.To.IsZero(), `r.ended_at < ?`, ms(q.To)).
		when(q.Reason != "", `r.reason = ?`, q.Reason).
		when(q.Connection != "", `r.connection = ?`, q.Connection).
		when(q.Person != "", `(r.helper = ? OR r.sharer = ?)`, string(q.Person), string(q.Person))
	concerns(f, org, q.Within)
	if q.Search == "" {
		return f, nil
	}
	return f, s.searchReports(ctx, f, org, q.Search)
}

// concerns bounds sessions to a manager's scope, as assist.Scene.Concerning does.
func concerns(f *filter, org identity.OrgID, w admin.Within) {
	if w.Everybody {
		return
	}
	list, args := marks(w.Groups)
	args = append([]any{string(org)}, args...)
	f.and(`(COALESCE(r.sharer, r.helper) IN (SELECT member FROM group_member WHERE org = ? AND grp IN (`+list+`)) OR r.helper = ? OR r.sharer = ?)`,
		append(args, string(w.Own), string(w.Own))...)
}

// ListReports implements admin.ReportStore.
func (s *Store) ListReports(ctx context.Context, org identity.OrgID, q admin.ReportQuery) (admin.Page[admin.Report], error) {
	f, err := s.reportFilter(ctx, org, q)
	if err != nil {
		return admin.Page[admin.Report]{}, err
	}
	return reportListing().page(ctx, s.reader, f, q.List)
}

// EachReport implements admin.ReportStore.
func (s *Store) EachReport(ctx context.Context, org identity.OrgID, q admin.ReportQuery, fn func(admin.Report) error) error {
	return reportListing().each(ctx, s.reader, func() (*filter, error) { return s.reportFilter(ctx, org, q) }, q.List, fn)
}

// Report implements admin.ReportStore.
func (s *Store) Report(ctx context.Context, org identity.OrgID, id assist.SessionID) (d admin.ReportDetail, err error) {
	f := where(`r.org = ?`, string(org)).and(`r.session = ?`, string(id))
	page, err := reportListing().page(ctx, s.reader, f, admin.List{Limit: 1})
	if err != nil {
		return d, err
	}
	if len(page.Items) == 0 {
		return d, fault.ErrNotFound
	}
	d.Report = page.Items[0]
	var body string
	if err := s.reader.QueryRowContext(ctx, `SELECT body FROM help_session WHERE org = $1 AND id = $2`, string(org), string(id)).Scan(&body); err != nil {
		return d, notFound(err)
	}
	if err := json.Unmarshal([]byte(body), &d.Body); err != nil {
		return d, err
	}
	if d.Decisions, err = s.Decisions(ctx, id); err != nil {
		return d, err
	}
	err = s.EachAudit(ctx, org, admin.AuditQuery{Object: string(id)}, func(l admin.AuditLine) error {
		d.Timeline = append(d.Timeline, l)
		return nil
	})
	return d, err
}

// LiveSessions implements admin.ReportStore.
func (s *Store) LiveSessions(ctx context.Context, org identity.OrgID) ([]assist.Scene, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT org, id FROM help_session WHERE org = $1 AND state <> 'ended' ORDER BY created_at DESC, id DESC`, string(org))
	keys, err := collect(rows, err, scanKey)
	if err != nil {
		return nil, err
	}
	var out []assist.Scene
	for _, k := range keys {
		sc, err := s.ReadSession(ctx, desk.Key{Org: k.Org, ID: k.ID})
		if err != nil {
			return nil, err
		}
		out = append(out, sc)
	}
	return out, nil
}

// Numbers implements admin.ReportStore.
func (s *Store) Numbers(ctx context.Context, org identity.OrgID, w admin.Within, now time.Time) (admin.Numbers, error) {
	const days = 30
	today := now.UTC().Truncate(day)
	first := today.Add(-(days - 1) * day)
	n := admin.Numbers{Reasons: map[string]int{}, Warnings: map[string]int{}, Days: make([]admin.Day, days)}
	for i := range n.Days {
		n.Days[i].Date = first.Add(time.Duration(i) * day)
	}
	f := where(`r.org = ?`, string(org)).and(`r.ended_at >= ?`, ms(first))
	concerns(f, org, w)
	rows, err := s.reader.QueryContext(ctx, `SELECT r.ended_at / 86400000, r.reason, r.warnings, COUNT(*), COUNT(CASE WHEN r.allowed_at > 0 THEN 1 END), SUM(r.seconds)
		FROM session_report r WHERE `+f.sql.String()+` GROUP BY r.ended_at / 86400000, r.reason, r.warnings`, f.args...)
	seconds := make([]int64, days)
	_, err = collect(rows, err, func(r scanner) (struct{}, error) {
		var date, total int64
		var reason string
		var warned []string
		var sessions, allowed int
		err := r.Scan(&date, &reason, words{&warned}, &sessions, &allowed, &total)
		i := int(date - first.UnixMilli()/day.Milliseconds())
		if err != nil || i < 0 || i >= days {
			return struct{}{}, err
		}
		d := &n.Days[i]
		d.Sessions, d.Allowed, seconds[i] = d.Sessions+sessions, d.Allowed+allowed, seconds[i]+total
		switch assist.Reason(reason) {
		case assist.Declined:
			d.Declined += sessions
		case assist.Reported:
			d.Reported += sessions
		}
		n.Reasons[reason] += sessions
		for _, w := range warned {
			n.Warnings[w] += sessions
		}
		return struct{}{}, nil
	})
	for i := range n.Days {
		if n.Days[i].Allowed > 0 {
			n.Days[i].AverageSeconds = int64(math.Round(float64(seconds[i]) / float64(n.Days[i].Allowed)))
		}
	}
	n.Today = n.Days[days-1]
	if err != nil {
		return n, err
	}
	n.Suspended, err = s.suspended(ctx, org, w)
	return n, err
}

// words scans a short list kept in one column.
type words struct{ list *[]string }

// Scan implements sql.Scanner.
func (w words) Scan(v any) error {
	var n sql.NullString
	err := n.Scan(v)
	*w.list = splitList(n.String)
	return err
}

// Record implements admin.Store.
func (s *Store) Record(ctx context.Context, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error { return appendAudit(ctx, tx, now, log) })
}
