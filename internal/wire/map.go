package wire

import (
	"slices"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Sight is one seat's view of a scene, ready to become a Snapshot.
type Sight struct {
	Scene assist.Scene
	Seat  assist.Seat
	Now   time.Time
	Link  *Link // nil before connecting and after the end
}

// NewSnapshot maps a sight to JSON.
func NewSnapshot(v Sight) Snapshot {
	s := &v.Scene.Session
	out := Snapshot{
		Session: string(s.ID), Version: s.Version, Now: v.Now.UTC(), Seat: string(v.Seat), Kind: string(s.Kind),
		State: string(s.State), Screen: string(s.Next(v.Seat)), Actions: stringsOf(s.Actions(v.Seat)),
		You: newParty(v, v.Seat), AllowedAt: TimeOf(s.Allowed), EndedAt: TimeOf(s.EndedAt), LimitAt: TimeOf(s.LimitAt),
		Surface: string(s.Surface), Problem: string(s.Problem), Warnings: []Warning{}, Refused: []Reason{}, Reason: string(s.Reason), EndedBy: string(s.EndedBy),
		ChatAllowed: v.Scene.Org.Settings.Chat, ChatKept: v.Scene.Org.Settings.ChatDays, Link: v.Link,
	}
	out.Grounds, out.Note = NewReasons(s.Grounds), s.Note
	out.FirstContact, out.Matching, out.WrongNumbers = s.FirstContact, s.Number != "", s.WrongNumbers
	if v.Seat == assist.Helper {
		out.Warnings, out.Acknowledge = NewWarnings(s.Warned), s.Acknowledge || v.Scene.Org.Settings.Acknowledge
		out.Refused, out.Number = NewReasons(s.Refusal.Reasons), s.Number
	}
	if b := s.Binding; b.Person != "" {
		out.Binding = &Binding{Person: string(b.Person), Device: string(b.Device), Name: b.Name}
	}
	if s.Party(v.Seat.Other()).Person != "" {
		peer := newParty(v, v.Seat.Other())
		out.Peer = &peer
	}
	switch s.State {
	case assist.Waiting:
		out.CodeExpiresAt = TimeOf(s.CodeExpires)
	case assist.Trust:
		out.StateEndsAt = TimeOf(s.Since.Add(assist.TrustFor))
	case assist.Connecting:
		out.StateEndsAt = TimeOf(s.Since.Add(assist.ConnectingFor))
	}
	return out
}

func newParty(v Sight, seat assist.Seat) Party {
	s := &v.Scene.Session
	p, person := s.Party(seat), v.Scene.Member(seat).Person
	return Party{
		Name: person.Name, Title: person.Title, Company: person.Company, Department: person.Department,
		Domain: person.Domain, DomainVerified: v.Scene.Org.Verified(person.Domain), Picture: PictureOf(person),
		Consented: p.Consent.Given(), Presence: string(s.Standing(seat, v.Now)), PresenceSince: p.SocketAt.UTC(), PageClosed: p.Bye, Page: p.Page,
		Proof: string(v.Scene.Member(seat).Device.Grade),
	}
}

// PictureOf gives the local address of a person's picture, or empty. The hash
// makes the address change with the picture, so that it may be cached.
func PictureOf(p identity.Person) string {
	if p.Picture == "" {
		return ""
	}
	const shown = 16 // hexadecimal digits: enough to tell versions apart
	return "/api/v1/people/" + string(p.ID) + "/picture?v=" + p.Picture[:min(shown, len(p.Picture))]
}

// NewPerson maps a person with their grants.
func NewPerson(a identity.Actor) Person {
	p := a.Person
	out := Person{ID: string(p.ID), Name: p.Name, Title: p.Title, Company: p.Company, Department: p.Department, Email: p.Email, Picture: PictureOf(p), Disabled: p.Disabled, SuspendedAt: TimeOf(p.Suspended),
		Permissions: stringsOf(a.Permissions()), Groups: stringsOf(a.Groups), Roles: []string{}}
	for _, g := range a.Grants {
		if !slices.Contains(out.Roles, string(g.Role)) {
			out.Roles = append(out.Roles, string(g.Role))
		}
	}
	return out
}

// NewOwnSession maps a session as its people list it.
func NewOwnSession(b assist.Brief) OwnSession {
	s := b.Session
	return OwnSession{Session: string(s.ID), Seat: string(b.Seat), State: string(s.State), PeerName: b.PeerName,
		CreatedAt: s.Created.UTC(), AllowedAt: TimeOf(s.Allowed), EndedAt: TimeOf(s.EndedAt), Reason: string(s.Reason)}
}

// NewReasons maps grounds of a decision.
func NewReasons(reasons []fault.Reason) []Reason {
	out := make([]Reason, 0, len(reasons))
	for _, r := range reasons {
		out = append(out, Reason{Code: r.Code, Subject: r.Subject})
	}
	return out
}

// NewSettings maps settings.
func NewSettings(s identity.Settings, version int64) Settings {
	return Settings{Version: version, RemoteHelp: s.RemoteHelp, Chat: s.Chat, RelayOnly: s.RelayOnly,
		Unenrolled: s.Unenrolled, SelfEnrol: s.SelfEnrol, Acknowledge: s.Acknowledge, ReportsSuspend: s.ReportsSuspend, ComplianceDays: s.ComplianceDays,
		CodeLifetimeMinutes: minutesOf(s.CodeLifetime), TimeLimitMinutes: minutesOf(s.TimeLimit),
		SessionDays: s.SessionDays, AuditDays: s.AuditDays, ChatDays: s.ChatDays,
		SignInIdleMinutes: minutesOf(s.SignInIdle), SignInAbsoluteMinutes: minutesOf(s.SignInAbsolute)}
}

// Domain reverses NewSettings; ranges are checked by identity.
func (s Settings) Domain() identity.Settings {
	minutes := func(n int) time.Duration { return time.Duration(n) * time.Minute }
	return identity.Settings{RemoteHelp: s.RemoteHelp, Chat: s.Chat, RelayOnly: s.RelayOnly,
		Unenrolled: s.Unenrolled, SelfEnrol: s.SelfEnrol, Acknowledge: s.Acknowledge, ReportsSuspend: s.ReportsSuspend, ComplianceDays: s.ComplianceDays,
		CodeLifetime: minutes(s.CodeLifetimeMinutes), TimeLimit: minutes(s.TimeLimitMinutes),
		SessionDays: s.SessionDays, AuditDays: s.AuditDays, ChatDays: s.ChatDays,
		SignInIdle: minutes(s.SignInIdleMinutes), SignInAbsolute: minutes(s.SignInAbsoluteMinutes)}
}

// NewChat maps lines of the thread.
func NewChat(lines []assist.Line) []ChatLine {
	out := make([]ChatLine, 0, len(lines))
	for _, l := range lines {
		out = append(out, ChatLine{Number: l.Number, ID: l.ID, Seat: string(l.Seat), Text: l.Text, At: l.At.UTC()})
	}
	return out
}

func stringsOf[T ~string](in []T) []string {
	out := make([]string, 0, len(in))
	for _, v := range in {
		out = append(out, string(v))
	}
	return out
}

// TimeOf maps a time that may be missing.
func TimeOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
