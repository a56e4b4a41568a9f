package idp

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/op"

	"tasuke/internal/identity"
)

// signingAlgorithm is ES256: a key is made in a millisecond, when an issuer is
// first used, and every relying party that matters accepts it.
const signingAlgorithm = jose.ES256

// A key signs for rotateAfter. Its successor is published publishAhead before
// it signs, so that whoever caches the key set has it in time; the old one
// stays published until nothing it signed can be shown to us any more
// (sign-ins, and with them id token hints, end within a day).
const (
	rotateAfter  = 30 * 24 * time.Hour
	publishAhead = time.Hour
	keepAfter    = 2 * 24 * time.Hour
)

// signingKey is a key of an issuer, as the library wants it.
type signingKey struct {
	id      string
	private *ecdsa.PrivateKey
	created time.Time
}

// ID is the kid of tokens.
func (k signingKey) ID() string { return k.id }

// SignatureAlgorithm is what the key signs with.
func (k signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return signingAlgorithm }

// Key is the private key.
func (k signingKey) Key() any { return k.private }

// publicKey is the published half of a signingKey.
type publicKey struct{ signingKey }

// Key is the public key.
func (k publicKey) Key() any { return k.private.Public() }

// Algorithm is what the key signs with.
func (k publicKey) Algorithm() jose.SignatureAlgorithm { return signingAlgorithm }

// Use is signatures.
func (k publicKey) Use() string { return "sig" }

// SigningKey returns the key that signs now: the newest that has been
// published long enough, or the oldest when none has.
func (l *library) SigningKey(ctx context.Context) (op.SigningKey, error) {
	keys, err := l.p.signingKeys(ctx, l.orgOf(ctx))
	if err != nil {
		return nil, err
	}
	now := l.p.now()
	for _, k := range keys {
		if now.Sub(k.created) >= publishAhead {
			return k, nil
		}
	}
	return keys[len(keys)-1], nil
}

// SignatureAlgorithms is the one we sign with.
func (l *library) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{signingAlgorithm}, nil
}

// KeySet returns every published key.
func (l *library) KeySet(ctx context.Context) ([]op.Key, error) {
	keys, err := l.p.signingKeys(ctx, l.orgOf(ctx))
	if err != nil {
		return nil, err
	}
	out := make([]op.Key, len(keys))
	for i, k := range keys {
		out[i] = publicKey{k}
	}
	return out, nil
}

// signingKeys returns the published keys, newest first, at least one; it makes
// a key when there is none or the newest is due to be followed.
func (p *Provider) signingKeys(ctx context.Context, org identity.OrgID) ([]signingKey, error) {
	keys, err := p.loadKeys(ctx, org)
	if err != nil || !p.rotationDue(keys) {
		return keys, err
	}
	select {
	case p.creating <- struct{}{}:
		defer func() { <-p.creating }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if keys, err = p.loadKeys(ctx, org); err != nil || !p.rotationDue(keys) {
		return keys, err
	}
	if err := p.createKey(ctx, org); err != nil {
		return nil, fmt.Errorf("make signing key: %w", err)
	}
	return p.loadKeys(ctx, org)
}

func (p *Provider) rotationDue(newestFirst []signingKey) bool {
	return len(newestFirst) == 0 || p.now().Sub(newestFirst[0].created) >= rotateAfter
}

func (p *Provider) createKey(ctx context.Context, org identity.OrgID) error {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	thumbprint, err := (&jose.JSONWebKey{Key: private.Public()}).Thumbprint(crypto.SHA256) // RFC 7638
	if err != nil {
		return err
	}
	now := p.now()
	k := identity.LocalKey{ID: fmt.Sprintf("%x", thumbprint[:16]), Org: org, Private: der, Created: now}
	return p.store.AddLocalKey(ctx, k, now.Add(-rotateAfter-publishAhead-keepAfter))
}

func (p *Provider) loadKeys(ctx context.Context, org identity.OrgID) ([]signingKey, error) {
	rows, err := p.store.LocalKeys(ctx, org)
	if err != nil {
		return nil, err
	}
	keys := make([]signingKey, len(rows))
	for i, row := range rows {
		private, err := x509.ParsePKCS8PrivateKey(row.Private)
		if err != nil {
			return nil, fmt.Errorf("signing key %s: %w", row.ID, err)
		}
		ec, ok := private.(*ecdsa.PrivateKey)
		if !ok {
			return nil, errors.New("signing key " + row.ID + " is not an ECDSA key")
		}
		keys[i] = signingKey{id: row.ID, private: ec, created: row.Created}
	}
	return keys, nil
}
