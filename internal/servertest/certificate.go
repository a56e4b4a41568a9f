package servertest

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"tasuke/internal/wire"
)

// AskWithCertificate calls the address that asks for client certificates, as a page of origin
// does, showing those given. It returns the assertion, or the code of the refusal.
func (p *Person) AskWithCertificate(c wire.Challenge, origin string, shown ...tls.Certificate) (assertion, refusal string) {
	p.w.t.Helper()
	var this wire.ThisDevice
	p.Must(http.MethodGet, thisDevice, nil, &this)
	transport := &http.Transport{
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, p.w.cfg.Listen)
		},
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true, GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			if len(shown) == 0 {
				return &tls.Certificate{}, nil
			}
			return &shown[0], nil
		}},
	}
	defer transport.CloseIdleConnections()
	req, err := http.NewRequest(http.MethodGet, this.Asked+"?"+url.Values{"org": {c.Org}, "signIn": {c.SignIn}, "nonce": {c.Nonce}}.Encode(), nil)
	if err != nil {
		p.w.t.Fatal(err)
	}
	req.Header.Set("Origin", origin)
	res, err := (&http.Client{Transport: transport, Timeout: patience}).Do(req)
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.w.t.Fatal(err)
	}
	var answer struct{ Assertion, Code string }
	if err := json.Unmarshal(b, &answer); err != nil {
		p.w.t.Fatalf("%d %.200s", res.StatusCode, b)
	}
	if allowed := res.Header.Get("Access-Control-Allow-Origin"); strings.HasPrefix(allowed, "http") != (origin == p.w.Base) {
		p.w.t.Errorf("%q may read the answer to %q", allowed, origin)
	}
	return answer.Assertion, answer.Code
}

// Show brings an assertion.
func (p *Person) Show(assertion string) (this wire.ThisDevice) {
	p.w.t.Helper()
	p.Must(http.MethodPost, thisDevice+"/certificate", wire.Shown{Assertion: assertion}, &this)
	return this
}

// RefusedToShow fails the test unless an assertion is refused with the code.
func (p *Person) RefusedToShow(refusal, assertion string) {
	p.w.t.Helper()
	p.Refused(refusal, http.MethodPost, thisDevice+"/certificate", wire.Shown{Assertion: assertion})
}

// ShowChallenge gets something to show a certificate for.
func (p *Person) ShowChallenge() (c wire.Challenge) {
	p.w.t.Helper()
	p.Must(http.MethodPost, thisDevice+"/challenges/show", struct{}{}, &c)
	return c
}
