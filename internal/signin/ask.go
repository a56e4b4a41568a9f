package signin

import (
	"context"
	"net/http"
	"time"
)

// Ask asks a provider for what a sign-in would ask it for, in the same way and under
// the same limits, and returns what time it is there (zero: it does not say).
// Store and Local of the options are not used.
func Ask(ctx context.Context, o Options, issuer string) (at time.Time, err error) {
	s, err := New(o)
	if err != nil {
		return at, err
	}
	defer s.Close()
	web := *s.web
	web.Transport = listening{web.Transport, func(h http.Header) {
		if t, err := http.ParseTime(h.Get("Date")); err == nil {
			at = t
		}
	}}
	_, err = newProviderCache(&web, s.secureURL, s.now).discover(ctx, issuer)
	return at, err
}

// listening hears the headers of every answer.
type listening struct {
	next http.RoundTripper
	hear func(http.Header)
}

// RoundTrip implements http.RoundTripper.
func (l listening) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.next.RoundTrip(r)
	if err == nil {
		l.hear(resp.Header)
	}
	return resp, err
}
