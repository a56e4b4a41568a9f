package admin

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// DomainStore is where e-mail domains are kept.
type DomainStore interface {
	// Domains lists an organisation's domains by name.
	Domains(ctx context.Context, org identity.OrgID) ([]identity.Domain, error)
	// Domain loads one; fault.ErrNotFound.
	Domain(ctx context.Context, org identity.OrgID, name string) (identity.Domain, error)
	// AddDomain keeps a new one, unless there are most already. ErrDomainExists;
	// ErrTooManyObjects.
	AddDomain(ctx context.Context, d identity.Domain, most int, log identity.Entry) error
	// ChangeDomain changes one; live sessions hear of it when it begins or ceases to
	// count as verified. ErrDomainTaken; fault.ErrNotFound.
	ChangeDomain(ctx context.Context, org identity.OrgID, name string, change DomainChange) (identity.Domain, error)
	// DeleteDomain forgets one; fault.ErrNotFound.
	DeleteDomain(ctx context.Context, org identity.OrgID, name string, now time.Time, log identity.Entry) error
	// DueDomains gives domains of all organisations that must be looked at, the
	// longest due first, at most limit.
	DueDomains(ctx context.Context, now time.Time, limit int) ([]identity.Domain, error)
}

// DomainChange changes a domain and names the audit line; nil: none.
type DomainChange func(d *identity.Domain) *identity.Entry

// Resolver asks DNS.
type Resolver interface {
	// Texts gives the TXT records of a name, each joined from its parts, or what
	// came in between.
	Texts(ctx context.Context, name string) ([]string, identity.DomainProblem)
}

// Faults of domains.
var (
	ErrDomainExists = fault.New(fault.Conflict, "domain_exists", "The organisation has this domain already.", "Find it in the list.")
	ErrDomainTaken  = fault.New(fault.Conflict, "domain_taken", "Another organisation on this server has verified this domain.", "Ask the operator of the server.")
)

const (
	maxDomains       = 100
	lookAgain        = 2 * time.Second // between two looks that people ask for
	domainsEvery     = 30 * time.Second
	domainsAtOnce    = 50
	domainTokenBytes = 26 // of rand.Text: 130 bits
)

// Domains lists the organisation's domains. It needs read_configuration.
func (ad *Admin) Domains(ctx context.Context, a identity.Actor) ([]identity.Domain, error) {
	if err := ad.require(ctx, a, identity.ReadConfiguration); err != nil {
		return nil, err
	}
	return ad.domains.Domains(ctx, a.Person.Org)
}

// AddDomain keeps a domain with the record that is to prove it. It needs
// manage_settings.
func (ad *Admin) AddDomain(ctx context.Context, a identity.Actor, name string) (identity.Domain, error) {
	if err := ad.require(ctx, a, identity.ManageSettings); err != nil {
		return identity.Domain{}, err
	}
	name, err := identity.ParseDomain(name)
	if err != nil {
		return identity.Domain{}, err
	}
	now := ad.now()
	d := identity.Domain{Org: a.Person.Org, Name: name, State: identity.DomainPending, Created: now, Next: now.Add(time.Hour),
		Token: strings.ToLower(rand.Text()[:domainTokenBytes])}
	log := identity.Entry{Org: d.Org, By: a.Author(), Action: "domain.add", Object: d.Name}
	return d, ad.domains.AddDomain(ctx, d, maxDomains, log)
}

// CheckDomain looks for the record now, unless that was done a moment ago. It
// needs manage_settings.
func (ad *Admin) CheckDomain(ctx context.Context, a identity.Actor, name string) (identity.Domain, error) {
	if err := ad.require(ctx, a, identity.ManageSettings); err != nil {
		return identity.Domain{}, err
	}
	d, err := ad.domains.Domain(ctx, a.Person.Org, strings.ToLower(name))
	if err != nil || d.ByOperator() || ad.now().Sub(d.Checked) < lookAgain {
		return d, err
	}
	return ad.look(ctx, d, a.Author())
}

// DeleteDomain forgets a domain, which is then no more the organisation's. It
// needs manage_settings.
func (ad *Admin) DeleteDomain(ctx context.Context, a identity.Actor, name string) error {
	if err := ad.require(ctx, a, identity.ManageSettings); err != nil {
		return err
	}
	name = strings.ToLower(name)
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "domain.delete", Object: name}
	return ad.domains.DeleteDomain(ctx, a.Person.Org, name, ad.now(), log)
}

// look asks DNS and keeps what it says. By is who asked; when nobody did, only a
// change is an audit line.
func (ad *Admin) look(ctx context.Context, d identity.Domain, by identity.Author) (identity.Domain, error) {
	texts, problem := ad.resolver.Texts(ctx, d.RecordName())
	if ctx.Err() != nil {
		return d, ctx.Err() // the server stops, or who asked went away: that is no finding
	}
	if problem == "" {
		problem = d.Judge(texts)
	}
	change := func(problem identity.DomainProblem) DomainChange {
		return func(d *identity.Domain) *identity.Entry {
			before := *d
			*d = d.Looked(texts, problem, ad.now())
			if by == (identity.Author{}) && before.State == d.State && before.Problem == d.Problem {
				return nil
			}
			return &identity.Entry{Org: d.Org, By: by, Action: "domain.check", Object: d.Name, Details: domainDetails(before, *d)}
		}
	}
	kept, err := ad.domains.ChangeDomain(ctx, d.Org, d.Name, change(problem))
	if errors.Is(err, ErrDomainTaken) {
		return ad.domains.ChangeDomain(ctx, d.Org, d.Name, change(identity.DomainTaken))
	}
	return kept, err
}

func domainDetails(before, after identity.Domain) map[string]string {
	out := map[string]string{"state": string(after.State)}
	if before.State != after.State {
		out = map[string]string{"state:old": string(before.State), "state:new": string(after.State)}
	}
	if after.Problem != "" {
		out["problem"] = string(after.Problem)
	}
	return out
}

// WatchDomains looks at domains whose time has come, until ctx is done.
func (ad *Admin) WatchDomains(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(domainsEvery)
	defer tick.Stop()
	for {
		if err := ad.LookAtDue(ctx); err != nil && ctx.Err() == nil {
			log.Error("domains were not looked at", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// LookAtDue looks once at every domain whose time has come.
func (ad *Admin) LookAtDue(ctx context.Context) error {
	due, err := ad.domains.DueDomains(ctx, ad.now(), domainsAtOnce)
	for _, d := range due {
		if _, lookErr := ad.look(ctx, d, identity.Author{}); lookErr != nil && !errors.Is(lookErr, fault.ErrNotFound) { // deleted meanwhile
			err = errors.Join(err, lookErr)
		}
	}
	return err
}
