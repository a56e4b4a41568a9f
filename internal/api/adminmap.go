package api

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/device"
	"tasuke/internal/identity"
	"tasuke/internal/wire"
)

// newPage maps a page item by item.
func newPage[T, W any](p admin.Page[T], item func(T) W) wire.Page[W] {
	out := wire.Page[W]{Items: make([]W, 0, len(p.Items)), Next: p.Next}
	for _, v := range p.Items {
		out.Items = append(out.Items, item(v))
	}
	return out
}

// newPersonDetail maps somebody.
func newPersonDetail(d admin.PersonDetail) wire.PersonDetail {
	out := wire.PersonDetail{Person: wire.NewPerson(d.Actor), Issuer: d.Actor.Person.Issuer, Domain: d.Actor.Person.Domain, Assignments: []wire.PersonRole{}, SignIns: []wire.PersonSignIn{}, Sessions: []wire.SessionReport{}}
	for _, a := range d.Assignments {
		out.Assignments = append(out.Assignments, wire.PersonRole{Assignment: string(a.ID), Name: a.Name, Role: string(a.Role), ExpiresAt: wire.TimeOf(a.Expires)})
	}
	for _, s := range d.SignIns {
		out.SignIns = append(out.SignIns, wire.PersonSignIn{ID: string(s.ID), CreatedAt: s.Created.UTC(), SeenAt: s.Seen.UTC(), ExpiresAt: s.Expires.UTC(), Browser: s.UserAgent, Methods: append([]string{}, s.AMR...)})
	}
	for _, r := range d.Sessions {
		out.Sessions = append(out.Sessions, newSessionReport(r))
	}
	return out
}

// newSessionReport maps the record of a session.
func newSessionReport(r admin.Report) wire.SessionReport {
	return wire.SessionReport{
		Session: r.Session, Helper: r.HelperName, HelperID: string(r.Helper), HelperEmail: r.HelperEmail, HelperDevice: r.HelperDevice, HelperDeviceName: r.HelperDeviceName, HelperPlatform: r.HelperPlatform, HelperBrowser: r.HelperBrowser,
		Sharer: r.SharerName, SharerID: string(r.Sharer), SharerEmail: r.SharerEmail, SharerDevice: r.SharerDevice, SharerDeviceName: r.SharerDeviceName, SharerDeviceSerial: r.SharerDeviceSerial, SharerPlatform: r.SharerPlatform, SharerBrowser: r.SharerBrowser,
		Kind: r.Kind, CreatedAt: r.CreatedAt, AllowedAt: wire.TimeOf(r.AllowedAt), EndedAt: r.EndedAt, Seconds: r.DurationSeconds,
		Connection: r.Connection, Reason: r.Reason, EndedBy: r.EndedBy, Note: r.Note, Warnings: append([]string{}, r.Warnings...),
	}
}

// newSessionDetail maps everything that is kept of a session.
func newSessionDetail(d admin.ReportDetail) wire.SessionDetail {
	b := &d.Body
	out := wire.SessionDetail{SessionReport: newSessionReport(d.Report), Surface: string(b.Surface), FirstContact: b.FirstContact, FirstPicture: wire.TimeOf(b.FirstPicture),
		HelperConsent: newConsent(b.Helper.Consent), SharerConsent: newConsent(b.Sharer.Consent), Grounds: wire.NewReasons(b.Grounds), Decisions: []wire.SeatDecision{}, Timeline: []wire.AuditLine{}}
	for _, v := range d.Decisions {
		out.Decisions = append(out.Decisions, wire.SeatDecision{At: v.At, Seat: string(v.Seat), Step: v.Step, Decision: wire.NewDecision(v.Decision)})
	}
	for _, l := range d.Timeline {
		out.Timeline = append(out.Timeline, newAuditLine(l))
	}
	return out
}

func newConsent(c assist.Consent) *wire.Consent {
	if !c.Given() {
		return nil
	}
	return &wire.Consent{At: c.At.UTC(), Text: c.Text}
}

// newLiveSessions maps the sessions that go on, for who looks at them.
func newLiveSessions(all []assist.Scene, who identity.Actor, now time.Time) wire.LiveSessions {
	out := wire.LiveSessions{Now: now.UTC(), Items: []wire.LiveSession{}}
	for i := range all {
		sc := &all[i]
		s := &sc.Session
		v := wire.LiveSession{Session: string(s.ID), State: string(s.State), Since: s.Since.UTC(), CreatedAt: s.Created.UTC(), AllowedAt: wire.TimeOf(s.Allowed),
			Helper: newLiveSeat(sc, assist.Helper, now), Connection: string(s.Connection), Warnings: append([]string{}, s.Warnings...),
			MayEnd: who.Can(identity.EndSessions, sc.Concerning()).Allowed}
		if s.Sharer.Person != "" {
			sharer := newLiveSeat(sc, assist.Sharer, now)
			v.Sharer = &sharer
		}
		out.Items = append(out.Items, v)
	}
	return out
}

func newLiveSeat(sc *assist.Scene, seat assist.Seat, now time.Time) wire.LiveSeat {
	m, from := sc.Member(seat), sc.Session.Party(seat).From
	return wire.LiveSeat{ID: string(m.Person.ID), Name: m.Person.Name, Title: m.Person.Title, Picture: wire.PictureOf(m.Person), Presence: string(sc.Session.Standing(seat, now)),
		Device: string(m.Device.ID), DeviceName: m.Device.Name, Compliance: string(m.Device.Compliance), Platform: string(from.Platform), Browser: from.Browser}
}

// newOverview maps the numbers.
func newOverview(n admin.Numbers) wire.Overview {
	out := wire.Overview{Active: n.Active, Today: newDay(n.Today), Days: []wire.Day{}, Reasons: newCounts(n.Reasons), Warnings: newCounts(n.Warnings), Suspended: []wire.Suspension{}}
	for _, s := range n.Suspended {
		out.Suspended = append(out.Suspended, wire.Suspension{Person: string(s.Person), Name: s.Name, Since: s.Since})
	}
	for _, d := range n.Days {
		out.Days = append(out.Days, newDay(d))
	}
	if n.Devices != nil {
		out.Devices = &wire.Fleet{Compliant: n.Devices[device.Compliant], InGracePeriod: n.Devices[device.InGracePeriod], NotCompliant: n.Devices[device.NotCompliant], NotEvaluated: n.Devices[device.NotEvaluated]}
	}
	return out
}

func newDay(d admin.Day) wire.Day {
	return wire.Day{Date: d.Date.UTC().Format(time.DateOnly), Sessions: d.Sessions, Allowed: d.Allowed, Declined: d.Declined, Reported: d.Reported, AverageSeconds: d.AverageSeconds}
}

func newCounts(m map[string]int) []wire.Count {
	out := []wire.Count{}
	for code, n := range m {
		out = append(out, wire.Count{Code: code, Count: n})
	}
	slices.SortFunc(out, func(a, b wire.Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	return out
}

// newAuditLine maps a line; pairs of old and new values become changes.
func newAuditLine(l admin.AuditLine) wire.AuditLine {
	out := wire.AuditLine{Number: l.Number, At: l.At, Actor: string(l.Actor), Name: l.ActorName, System: l.BySystem, Action: l.Action, Object: l.Object,
		Person: string(l.Person), PersName: l.PersonName, Changes: []wire.Change{}, Details: map[string]string{}, Hash: hex.EncodeToString(l.Hash)}
	if l.Token.ID != "" {
		out.Token = &wire.TokenRef{ID: string(l.Token.ID), Name: l.Token.Name}
	}
	changed := map[string]*wire.Change{}
	for key, value := range l.Details {
		member, which, _ := strings.Cut(key, ":")
		if which != "old" && which != "new" {
			out.Details[key] = value
			continue
		}
		c := changed[member]
		if c == nil {
			c = &wire.Change{Member: member}
			changed[member] = c
		}
		if which == "old" {
			c.Old = value
		} else {
			c.New = value
		}
	}
	for _, c := range changed {
		out.Changes = append(out.Changes, *c)
	}
	slices.SortFunc(out.Changes, func(a, b wire.Change) int { return cmp.Compare(a.Member, b.Member) })
	return out
}
