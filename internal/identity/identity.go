// Package identity says who people are and what they are entitled to: the
// organisation and its settings, the person, the sign-in, permissions and
// grants, and the actor on whose behalf a use case runs. It is pure: no clock,
// network, database or randomness. Conditions on access live in access, the
// rules of a help session in assist.
package identity

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"tasuke/internal/fault"
)

// OrgID names an organisation: lower-case letters, digits and hyphens, 1–40
// characters; it is part of the embedded provider's issuer address.
type OrgID string

// PersonID is a UUID of ours; a person's identity at the provider is issuer + subject.
type PersonID string

// SignInID is the public id of a sign-in; never the cookie's secret.
type SignInID string

// Org is a tenant. Nothing crosses organisations.
type Org struct {
	ID              OrgID
	Name            string
	VerifiedDomains []string // names of those of its domains that count as verified
	Settings        Settings
}

// Verified reports whether domain, in any spelling, is one the organisation has
// verified.
func (o Org) Verified(domain string) bool {
	name, err := domainProfile().ToASCII(domain)
	return err == nil && slices.Contains(o.VerifiedDomains, name)
}

// Person is somebody who signed in or was provisioned. The key is Issuer +
// Subject, never the e-mail address (ASVS 5.0, 6.8.1). All text comes from the
// provider and is display only.
type Person struct {
	ID         PersonID
	Org        OrgID
	Issuer     string
	Subject    string
	Name       string
	Title      string
	Company    string
	Department string
	Email      string
	Domain     string // of the e-mail address, only when the provider says it is verified; lower case
	Picture    string // content hash of the stored picture; empty: none
	Locale     string // BCP 47; empty: unknown
	Disabled   bool
	Suspended  time.Time // since when they may not give help, after reports; zero: they may
}

// SignIn is a browser's authenticated session with the server.
type SignIn struct {
	ID       SignInID
	Person   PersonID
	Org      OrgID
	Created  time.Time
	AuthTime time.Time // when the provider authenticated the person (auth_time), else Created
	ACR      string
	AMR      []string
	Device   DeviceProof // what this browser has proven of the device it runs on
	// StrongACR is whether ACR was one of the provider's MFAValues at sign-in.
	StrongACR bool
}

// Profile is what a provider says of a person at sign-in.
type Profile struct {
	Issuer     string
	Subject    string
	Name       string
	Title      string
	Company    string
	Department string
	Email      string
	Domain     string // verified e-mail domain; empty when the provider does not vouch for it
	Locale     string
	Picture    []byte   // PNG, re-encoded by us; nil: none or unchanged
	Groups     []string // as the provider names them, exactly; sorted
}

// maxText bounds what a provider may make us show, in characters.
const maxText = 120

// CleanText makes provider text safe to show on one line: control, format and
// bidi-override characters go (CWE-1007), white space folds, long text is cut.
func CleanText(s string) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		if n >= maxText {
			b.WriteRune('…')
			break
		}
		if unicode.IsSpace(r) || r == unicode.ReplacementChar {
			space = n > 0
			continue
		}
		if !joiner(r) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r)) {
			continue
		}
		if space {
			b.WriteByte(' ')
			n, space = n+1, false
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// joiner reports the two format characters that Persian, Indic scripts and
// emoji need inside words: ZERO WIDTH NON-JOINER and JOINER.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// Clean returns p with all its text made safe to show.
func (p Profile) Clean() Profile {
	p.Name, p.Title, p.Company = CleanText(p.Name), CleanText(p.Title), CleanText(p.Company)
	p.Department, p.Email = CleanText(p.Department), CleanText(p.Email)
	p.Domain, p.Locale = strings.ToLower(CleanText(p.Domain)), CleanText(p.Locale)
	p.Groups = cleanGroups(p.Groups)
	return p
}

// Limits on the groups a provider may say somebody is in.
const (
	maxGroups    = 5000
	maxGroupName = 256 // bytes
)

// cleanGroups sorts names and drops those that are repeated, too long or not
// printable. None is changed: rights hang on them, and two names that were made
// equal would be one group.
func cleanGroups(names []string) []string {
	var out []string
	for _, n := range names {
		if n != "" && len(n) <= maxGroupName && strings.IndexFunc(n, unprintable) < 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxGroups)]
}

func unprintable(r rune) bool {
	return r == unicode.ReplacementChar || !joiner(r) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
}

// Settings are an organisation's switches and limits. The zero value is not
// valid; start from DefaultSettings.
type Settings struct {
	RemoteHelp     bool          // whether anybody may be helped
	Chat           bool          // whether the two seats may chat
	RelayOnly      bool          // hide addresses: connect through the relay only
	Unenrolled     bool          // whether help is given on devices that are not enrolled; never about the helper's own
	SelfEnrol      bool          // whether people may enrol a device of theirs themselves
	Acknowledge    bool          // whether a helper must acknowledge warnings before going on
	ReportsSuspend int           // reports of different people within a day that suspend a helper, 1–20; 0: never
	CodeLifetime   time.Duration // 1–60 min
	TimeLimit      time.Duration // of a session from Allow on, 5 min – 8 h
	SessionDays    int           // retention of reports, 30–1095 days
	AuditDays      int           // retention of audit rows, 30–1095 days
	ChatDays       int           // retention of chat after the end, 0–90 days; 0: gone at the end
	ComplianceDays int           // how long facts about a device are believed, 1–120 days
	SignInIdle     time.Duration // 5 min – 24 h
	SignInAbsolute time.Duration // 15 min – 24 h
}

// DefaultSettings are those of product.md: help and chat on, ten-minute codes,
// no help on devices that are not enrolled.
func DefaultSettings() Settings {
	return Settings{
		RemoteHelp: true, Chat: true, CodeLifetime: 10 * time.Minute, TimeLimit: time.Hour,
		SessionDays: 180, AuditDays: 365, ComplianceDays: 30, ReportsSuspend: 2, SignInIdle: time.Hour, SignInAbsolute: 12 * time.Hour,
	}
}

// ErrSettings refuses settings out of range.
var ErrSettings = fault.New(fault.Invalid, "settings_out_of_range", "A setting is out of its range.", "Choose a value inside the range.")

// Check returns ErrSettings naming every field that is out of range, or nil.
func (s Settings) Check() error {
	var bad []fault.Reason
	within := func(name string, v, lo, hi int64) {
		if v < lo || v > hi {
			bad = append(bad, fault.Reason{Code: "out_of_range", Subject: name})
		}
	}
	minutes := func(d time.Duration) int64 { return int64(d / time.Minute) }
	within("code_lifetime", minutes(s.CodeLifetime), 1, 60)
	within("time_limit", minutes(s.TimeLimit), 5, 480)
	within("session_days", int64(s.SessionDays), 30, 1095)
	within("audit_days", int64(s.AuditDays), 30, 1095)
	within("chat_days", int64(s.ChatDays), 0, 90)
	within("compliance_days", int64(s.ComplianceDays), 1, 120)
	within("reports_suspend", int64(s.ReportsSuspend), 0, 20)
	within("sign_in_idle", minutes(s.SignInIdle), 5, 1440)
	within("sign_in_absolute", minutes(s.SignInAbsolute), 15, 1440)
	if bad != nil {
		return ErrSettings.WithReasons(bad...)
	}
	return nil
}
