package identity

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"tasuke/internal/fault"
)

// DomainState says whether an e-mail domain is shown as the organisation's own.
type DomainState string

// The states. Verified and Warning count as verified.
const (
	DomainPending  DomainState = "pending"  // nobody has looked for the record yet
	DomainVerified DomainState = "verified" // the record was there, or the operator vouches
	DomainWarning  DomainState = "warning"  // it was there and is gone: unverified after a grace
	DomainFailed   DomainState = "failed"   // it is not there, or cannot be looked for
)

// DomainStates lists the states.
func DomainStates() []DomainState {
	return []DomainState{DomainPending, DomainVerified, DomainWarning, DomainFailed}
}

// DomainProblem says what the last look at DNS found wrong; empty: nothing.
type DomainProblem string

// The problems.
const (
	RecordMissing       DomainProblem = "record_missing"       // DNS says that there is no such record
	RecordWrong         DomainProblem = "record_wrong"         // there are records, but none has our value
	DomainTaken         DomainProblem = "domain_taken"         // the record is right, but another organisation has verified the domain
	ResolverFailed      DomainProblem = "resolver_failed"      // the resolver answered with an error for this name
	ResolverUnreachable DomainProblem = "resolver_unreachable" // the resolver does not take our question
	ResolverTimeout     DomainProblem = "resolver_timeout"     // nobody answered in time
)

// DomainProblems lists the problems.
func DomainProblems() []DomainProblem {
	return []DomainProblem{RecordMissing, RecordWrong, DomainTaken, ResolverFailed, ResolverUnreachable, ResolverTimeout}
}

// definite reports whether DNS has spoken, so that the record is not just out of
// sight.
func (p DomainProblem) definite() bool {
	return p == RecordMissing || p == RecordWrong || p == DomainTaken
}

// Domain is an e-mail domain that the organisation says is its own.
type Domain struct {
	Org       OrgID
	Name      string // ASCII (punycode), lower case
	State     DomainState
	Problem   DomainProblem // of the last look
	Found     []string      // with RecordWrong: the values that were there instead
	Token     string        // that the record must have; empty: the operator vouches, nobody looks
	Created   time.Time
	Checked   time.Time // last look; zero: none yet
	Confirmed time.Time // when the record was last there; zero: never
	Lost      time.Time // with DomainWarning: since when it has not been there
	Next      time.Time // next look; zero: none
}

// How often DNS is looked at, and how long a record may be gone.
const (
	DomainGrace     = 7 * 24 * time.Hour  // from the first look that missed the record
	domainBlind     = 30 * 24 * time.Hour // without any answer: as if the record were gone
	domainDaily     = 24 * time.Hour      // verified, or given up by everybody
	domainHourly    = time.Hour           // while something is expected to change
	domainExpecting = 3 * 24 * time.Hour  // how long a new domain's record is expected hourly
	maxDomainFound  = 5
)

// Faults of domains.
var (
	ErrDomainName   = fault.New(fault.Invalid, "domain_invalid", "This is not the name of an e-mail domain.", "Write what stands after the @ of your addresses, such as example.org.")
	ErrDomainPublic = fault.New(fault.Invalid, "domain_public", "Everybody can have an address under this name, so nobody can own it.", "Write the name that your organisation registered under it.")
)

// domainProfile is how names become what DNS knows them by (UTS 46, not
// transitional, bidi rule, hyphen rule).
func domainProfile() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
}

// ParseDomain normalises the name of an e-mail domain: ErrDomainName,
// ErrDomainPublic.
func ParseDomain(text string) (string, error) {
	const longest = 253 - len(domainLabel) // DNS, RFC 1035 section 2.3.4
	name, err := domainProfile().ToASCII(strings.TrimSuffix(strings.TrimSpace(text), "."))
	if err != nil || len(name) > longest || !strings.Contains(name, ".") || strings.Trim(name[strings.LastIndexByte(name, '.'):], ".0123456789") == "" {
		return "", ErrDomainName
	}
	if _, err := publicsuffix.EffectiveTLDPlusOne(name); err != nil {
		return "", ErrDomainPublic
	}
	return name, nil
}

// domainLabel begins the name of the record.
const domainLabel = "_tasuke."

// RecordName is where the TXT record must be.
func (d Domain) RecordName() string { return domainLabel + d.Name }

// RecordValue is what the TXT record must say.
func (d Domain) RecordValue() string { return "tasuke-verification=" + d.Token }

// Unicode is the name as people write it.
func (d Domain) Unicode() string {
	name, err := domainProfile().ToUnicode(d.Name)
	if err != nil {
		return d.Name
	}
	return name
}

// ByOperator reports whether the operator vouches for the domain and not DNS.
func (d Domain) ByOperator() bool { return d.Token == "" }

// Verified reports whether the domain counts as the organisation's.
func (d Domain) Verified() bool { return d.State == DomainVerified || d.State == DomainWarning }

// GraceEnds is when a domain whose record is gone stops being verified; zero: it
// does not.
func (d Domain) GraceEnds() time.Time {
	if d.State != DomainWarning {
		return time.Time{}
	}
	return d.Lost.Add(DomainGrace)
}

// Judge compares the texts that DNS has with the record's value.
func (d Domain) Judge(texts []string) DomainProblem {
	switch {
	case slices.ContainsFunc(texts, func(s string) bool { return strings.TrimSpace(s) == d.RecordValue() }):
		return ""
	case len(texts) == 0:
		return RecordMissing
	}
	return RecordWrong
}

// Looked is the domain after a look at DNS that found these texts or that problem.
// A record that is gone costs the domain its state after DomainGrace; a resolver
// that does not answer is no proof of that, but not for ever either.
func (d Domain) Looked(texts []string, problem DomainProblem, now time.Time) Domain {
	d.Checked, d.Problem, d.Found = now, problem, nil
	if problem == RecordWrong {
		for _, t := range texts[:min(len(texts), maxDomainFound)] {
			d.Found = append(d.Found, CleanText(t))
		}
	}
	switch {
	case problem == "":
		d.State, d.Confirmed, d.Lost = DomainVerified, now, time.Time{}
	case !d.Verified() || problem == DomainTaken:
		d.State, d.Lost = DomainFailed, time.Time{}
	case d.State == DomainVerified && (problem.definite() || now.Sub(d.Confirmed) >= domainBlind):
		d.State, d.Lost = DomainWarning, now
	case d.State == DomainWarning && now.Sub(d.Lost) >= DomainGrace:
		d.State, d.Lost = DomainFailed, time.Time{}
	}
	d.Next = now.Add(d.pause(now))
	return d
}

// pause is how long until the next look.
func (d Domain) pause(now time.Time) time.Duration {
	settled := d.State == DomainVerified && d.Problem == ""
	if settled || (d.State == DomainFailed && now.Sub(d.Created) >= domainExpecting) {
		return domainDaily
	}
	return domainHourly
}
