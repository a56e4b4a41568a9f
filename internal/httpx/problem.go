package httpx

import (
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"tasuke/internal/fault"
)

// Problem is the body of every refusal: RFC 9457 problem details with our
// members code, fix and reasons.
type Problem struct {
	Type    string          `json:"type" doc:"Always about:blank; the code is what programs key on" example:"about:blank"`
	Title   string          `json:"title" doc:"The HTTP status in words" example:"Conflict"`
	Status  int             `json:"status" doc:"The HTTP status" example:"409"`
	Code    string          `json:"code" doc:"Stable code of the refusal" example:"session_ended"`
	Detail  string          `json:"detail" doc:"One sentence for the person" example:"This help session has ended."`
	Fix     string          `json:"fix,omitempty" doc:"What to do about it" example:"Ask for a new code."`
	Reasons []ProblemReason `json:"reasons,omitempty" doc:"Which permission, switch or policy is in the way"`

	retryAfter int
}

// ProblemReason is one ground of a refusal.
type ProblemReason struct {
	Code    string `json:"code" doc:"Stable code of the ground" example:"permission_missing"`
	Subject string `json:"subject,omitempty" doc:"What it is about" example:"offer_remote_assistance"`
}

// Error makes a Problem an error, as huma wants it.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus gives the HTTP status, as huma wants it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType names RFC 9457's media type.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders gives Retry-After (RFC 9110 section 10.2.3) where it is known.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	return h
}

// Status is the one table from kinds of fault to HTTP status.
func Status(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.WrongMethod:
		return http.StatusMethodNotAllowed
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// ProblemOf turns any error into the body that tells of it. Causes are left out.
func ProblemOf(err error) *Problem {
	f := fault.Of(err)
	p := &Problem{
		Type: "about:blank", Title: http.StatusText(Status(f.Kind)), Status: Status(f.Kind),
		Code: f.Code, Detail: f.Text, Fix: f.Fix,
		retryAfter: int(math.Ceil(f.RetryAfter.Seconds())),
	}
	for _, r := range f.Reasons {
		p.Reasons = append(p.Reasons, ProblemReason{Code: r.Code, Subject: r.Subject})
	}
	return p
}

// WriteProblem answers with the problem of err.
func WriteProblem(w http.ResponseWriter, err error) {
	p := ProblemOf(err)
	for k, v := range p.GetHeaders() {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the client has gone: nobody is left to tell
}

// LogFault writes one line for an error that a handler returned: mistakes of
// ours as errors, refusals at debug level.
func LogFault(log *slog.Logger, r *http.Request, err error) {
	f := fault.Of(err)
	level := slog.LevelDebug
	if f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		level = slog.LevelError
	}
	attrs := []any{"method", r.Method, "path", r.URL.Path, "code", f.Code}
	if cause := errors.Unwrap(f); cause != nil {
		attrs = append(attrs, "cause", cause.Error())
	}
	log.Log(r.Context(), level, "request refused", attrs...)
}
