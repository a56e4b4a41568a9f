package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// providerConfig is the JSON of provider.config.
type providerConfig struct {
	Source      identity.ProfileSource `json:"source"`
	Claims      map[string]string      `json:"claims,omitempty"`
	Graph       string                 `json:"graph,omitempty"`
	Tenant      string                 `json:"tenant,omitempty"`
	DomainClaim string                 `json:"domain_claim,omitempty"`
	Audiences   []string               `json:"audiences,omitempty"`
	MFAValues   []string               `json:"mfa_values,omitempty"`
	Device      *identity.DeviceClaims `json:"device,omitempty"`
}

func encodeProvider(p identity.Provider) (string, error) {
	c := providerConfig{Source: p.Source, Graph: p.Graph, Tenant: p.Tenant, DomainClaim: p.DomainClaim, Audiences: p.Audiences, MFAValues: p.MFAValues, Claims: map[string]string{}}
	if p.Device.ID != "" {
		c.Device = &p.Device
	}
	for name, field := range claimFields(&p.Claims) {
		if *field != "" {
			c.Claims[name] = *field
		}
	}
	b, err := json.Marshal(c)
	return string(b), err
}

func decodeProvider(text string, p *identity.Provider) error {
	var c providerConfig
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return fmt.Errorf("configuration of provider %s: %w", p.ID, err)
	}
	p.Source, p.Graph, p.Tenant, p.DomainClaim, p.Audiences, p.MFAValues = c.Source, c.Graph, c.Tenant, c.DomainClaim, c.Audiences, c.MFAValues
	if p.Device = (identity.DeviceClaims{}); c.Device != nil {
		p.Device = *c.Device
	}
	for name, field := range claimFields(&p.Claims) {
		*field = c.Claims[name]
	}
	return nil
}

func claimFields(c *identity.ClaimNames) map[string]*string {
	return map[string]*string{
		"name": &c.Name, "title": &c.Title, "company": &c.Company, "department": &c.Department,
		"email": &c.Email, "locale": &c.Locale, "picture": &c.Picture, "groups": &c.Groups,
	}
}

// SetProvider makes p the provider of its organisation, in place of the one it had.
func (s *Store) SetProvider(ctx context.Context, p identity.Provider, now time.Time) error {
	secret, err := s.wrap("provider "+p.ID, p.ClientSecret)
	if err != nil {
		return err
	}
	config, err := encodeProvider(p)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM provider WHERE org = $1 AND id <> $2`, string(p.Org), p.ID); err != nil {
			return err
		}
		n, err := affected(tx.ExecContext(ctx, `
			INSERT INTO provider (id, org, issuer, client_id, client_secret, config, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id,
				client_secret = excluded.client_secret, config = excluded.config
			WHERE provider.org = excluded.org`,
			p.ID, string(p.Org), p.Issuer, p.ClientID, secret, config, ms(now)))
		switch {
		case err != nil:
			return err
		case n == 0:
			return ErrProviderTaken
		}
		return appendAudit(ctx, tx, now, identity.Entry{Org: p.Org, Action: "provider.set", Object: p.ID, Details: map[string]string{"issuer": p.Issuer}})
	})
}

// ErrProviderTaken refuses a provider id that another organisation uses.
var ErrProviderTaken = fault.New(fault.Conflict, "provider_taken", "Another organisation uses this provider id.", "Choose another id.")

const selectProvider = `SELECT id, org, issuer, client_id, client_secret, config FROM provider `

// Provider returns the provider of this id, or fault.ErrNotFound.
func (s *Store) Provider(ctx context.Context, id string) (identity.Provider, error) {
	return s.scanProvider(s.reader.QueryRowContext(ctx, selectProvider+`WHERE id = $1`, id))
}

// ProviderOf returns the provider of an organisation, or fault.ErrNotFound.
func (s *Store) ProviderOf(ctx context.Context, org identity.OrgID) (identity.Provider, error) {
	return s.scanProvider(s.reader.QueryRowContext(ctx, selectProvider+`WHERE org = $1`, string(org)))
}

func (s *Store) scanProvider(row scanner) (identity.Provider, error) {
	var p identity.Provider
	var secret, config string
	if err := row.Scan(&p.ID, &p.Org, &p.Issuer, &p.ClientID, &secret, &config); err != nil {
		return p, notFound(err)
	}
	var err error
	if p.ClientSecret, err = s.unwrap("provider "+p.ID, secret); err != nil {
		return p, err
	}
	return p, decodeProvider(config, &p)
}

// SoleProvider returns the provider of the only organisation, or
// fault.ErrNotFound when there are none or several organisations.
func (s *Store) SoleProvider(ctx context.Context) (identity.Provider, error) {
	return s.scanProvider(s.reader.QueryRowContext(ctx, selectProvider+`WHERE (SELECT count(*) FROM organisation) = 1`))
}

// ProviderByDomain returns the provider of the organisation that verified this
// domain, or fault.ErrNotFound.
func (s *Store) ProviderByDomain(ctx context.Context, domain string) (identity.Provider, error) {
	name, err := identity.ParseDomain(domain)
	if err != nil {
		return identity.Provider{}, fault.ErrNotFound
	}
	return s.scanProvider(s.reader.QueryRowContext(ctx, selectProvider+`
		WHERE org = (SELECT org FROM domain WHERE name = $1 AND state IN ('verified', 'warning'))`, name))
}

// affected returns how many rows a statement changed.
func affected(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
