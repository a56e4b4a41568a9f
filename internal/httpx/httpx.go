// Package httpx is what every HTTP door shares: handlers that return errors,
// the one table from faults to statuses, problem details (RFC 9457), security
// headers, panic recovery, and the secrets that cookies and links carry. It knows
// no route and no rule of the product.
package httpx

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"tasuke/internal/fault"
)

// HandlerFunc is an HTTP handler that returns its error instead of writing it.
type HandlerFunc func(w http.ResponseWriter, r *http.Request) error

// Adapter turns handlers that return errors into http.Handlers: it writes and
// logs each error once.
type Adapter struct {
	Log *slog.Logger // never nil
}

// Handle adapts h. Errors become problem details.
func (a Adapter) Handle(h HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			LogFault(a.Log, r, err)
			WriteProblem(w, err)
		}
	})
}

// Recover answers 500 when a handler panics and keeps the process alive.
func Recover(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			log.Error("handler panicked", "path", r.URL.Path, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			WriteProblem(w, fault.ErrInternal)
		}()
		next.ServeHTTP(w, r)
	})
}

// contentSecurityPolicy forbids inline script and style, framing and every
// foreign origin. Workers come from our own files (the heartbeat worker), the
// picture is a blob, and only the named Trusted Types policies may make script
// URLs. connect-src 'self' covers wss: to the same host (CSP 3, section 6.7.2.8).
// The one hash in style-src is that of the empty text: the admin center's
// component library makes empty style elements and fills them through the CSSOM,
// which the policy does not govern, but browsers check the elements themselves.
// It lets no text through that somebody could have injected.
var contentSecurityPolicy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'",
	"style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
	"img-src 'self' data:", "media-src 'self' blob:", "font-src 'self'",
	"connect-src 'self'", "worker-src 'self'", "manifest-src 'self'",
	"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'",
	"require-trusted-types-for 'script'", "trusted-types tasuke",
}, "; ")

// SecurityHeaders sets what every answer carries. https adds HSTS (two years),
// which must not be sent over plain http.
// Pages may connect to the other origins that are named, empty ones aside.
func SecurityHeaders(https bool, next http.Handler, others ...string) http.Handler {
	policy := strings.Replace(contentSecurityPolicy, "connect-src 'self'", strings.TrimSpace("connect-src 'self' "+strings.Join(others, " ")), 1)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Permissions-Policy", "display-capture=(self), fullscreen=(self), clipboard-write=(self), camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()")
		if https {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}
