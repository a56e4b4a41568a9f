package signin

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"tasuke/internal/identity"
)

// maxToken bounds tokens before anything parses them: parsers have been made
// to use much memory by tokens of dots (CVE-2025-27144, CVE-2025-30204).
const maxToken = 16 << 10

// clockSkew is by how much a provider's clock may differ from ours.
const clockSkew = time.Minute

// maxSubject is the longest subject (OpenID Connect Core 1.0, section 2).
const maxSubject = 255

// verified is what a trusted id token says.
type verified struct {
	subject  string
	claims   claims
	authTime time.Time // zero: not said
}

// verifyIDToken holds an id token to OpenID Connect Core 1.0, 3.1.3.7 and
// RFC 9700. The library checks signature, issuer, audience and expiry.
func (s *Service) verifyIDToken(ctx context.Context, p identity.Provider, e *endpoints, pending identity.PendingSignIn, raw, accessToken string) (verified, error) {
	if len(raw) > maxToken || strings.Count(raw, ".") != 2 {
		return verified{}, errors.New("the id token is too long or has not three parts")
	}
	if err := checkHeader(raw); err != nil {
		return verified{}, err
	}
	var algs []string
	for _, a := range algorithms() {
		algs = append(algs, string(a))
	}
	now := s.now()
	verifier := oidc.NewVerifier(p.Issuer, e.keys, &oidc.Config{
		ClientID: p.ClientID, SupportedSigningAlgs: algs,
		Now: func() time.Time { return now.Add(-clockSkew) },
	})
	token, err := verifier.Verify(ctx, raw)
	if err != nil {
		return verified{}, err
	}
	if token.AccessTokenHash != "" {
		if err := token.VerifyAccessToken(accessToken); err != nil {
			return verified{}, err
		}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[1])
	if err != nil {
		return verified{}, err
	}
	c, err := parseClaims(payload)
	if err != nil {
		return verified{}, err
	}
	v := verified{subject: token.Subject, claims: c}
	if v.authTime, err = checkTimes(c, pending, now); err != nil {
		return v, err
	}
	return v, checkClaims(c, p, token.Audience, pending.Nonce)
}

// checkHeader refuses headers that say the token is something else, or that
// bring or point to a key of their own: keys come from the provider's
// metadata only (RFC 8725, 3.10 and 3.11).
func checkHeader(raw string) error {
	b, err := base64.RawURLEncoding.DecodeString(raw[:strings.IndexByte(raw, '.')])
	if err != nil {
		return fmt.Errorf("header of the id token: %w", err)
	}
	h, err := parseClaims(b)
	if err != nil {
		return fmt.Errorf("header of the id token: %w", err)
	}
	for _, name := range []string{"jwk", "jku", "x5u", "x5c", "crit", "b64"} {
		if _, there := h[name]; there {
			return fmt.Errorf("the id token has the header %s", name)
		}
	}
	if typ, there := h["typ"]; there && typ != "JWT" && typ != "jwt" {
		return errors.New("the token is not an id token")
	}
	return nil
}

// checkTimes returns when the person was authenticated. The library has
// checked exp.
func checkTimes(c claims, pending identity.PendingSignIn, now time.Time) (time.Time, error) {
	latest := now.Add(clockSkew)
	issued, ok := c.seconds("iat")
	if !ok || issued.After(latest) {
		return time.Time{}, errors.New("the id token has no valid iat")
	}
	if _, ok := c.seconds("exp"); !ok {
		return time.Time{}, errors.New("the id token has no valid exp")
	}
	if _, there := c["nbf"]; there {
		if from, ok := c.seconds("nbf"); !ok || from.After(latest) {
			return time.Time{}, errors.New("the id token is not valid yet")
		}
	}
	authTime, ok := c.seconds("auth_time")
	if _, there := c["auth_time"]; there && (!ok || authTime.After(latest)) {
		return time.Time{}, errors.New("the id token has no valid auth_time")
	}
	if pending.Fresh && (!ok || authTime.Before(pending.Created.Add(-clockSkew))) {
		return time.Time{}, ErrNotFresh
	}
	return authTime, nil
}

func checkClaims(c claims, p identity.Provider, audience []string, nonce string) error {
	if sub := c.text("sub"); sub == "" || len(sub) > maxSubject || strings.ContainsRune(sub, 0) {
		return errors.New("the id token has no valid sub")
	}
	if subtle.ConstantTimeCompare([]byte(c.text("nonce")), []byte(nonce)) != 1 {
		return errors.New("the id token has another nonce")
	}
	for _, a := range audience {
		if a != p.ClientID && !slices.Contains(p.Audiences, a) {
			return errors.New("the id token is also for an audience that is not trusted")
		}
	}
	if azp, there := c["azp"]; there && azp != p.ClientID || !there && len(audience) > 1 {
		return errors.New("the id token was issued to another party")
	}
	if p.Tenant != "" && c.text("tid") != p.Tenant {
		return errors.New("the id token is of another tenant")
	}
	return nil
}

// methods returns amr, bounded: it is kept with the sign-in.
func (c claims) methods() []string {
	list, _ := c["amr"].([]any)
	var out []string
	for _, v := range list {
		word, _ := v.(string)
		if word != "" && len(word) <= 64 && len(out) < 16 && !strings.ContainsAny(word, " \t\r\n") {
			out = append(out, word)
		}
	}
	return out
}

// strength returns acr, bounded like methods. One that is not plain text is
// none: cleaned, it could become a value that counts.
func (c claims) strength() string {
	if acr := c.text("acr"); len(acr) <= 200 && acr == identity.CleanText(acr) {
		return acr
	}
	return ""
}

// shorten makes a text safe for one line of a log.
func shorten(s string) string {
	b, _ := json.Marshal(s[:min(len(s), maxLogged)]) // a string always marshals
	return string(b)
}
