// Package fault is the one vocabulary of errors that people may see: a kind,
// a stable code, a sentence for the person, what to do about it, and the cause
// for the log. It knows nothing of HTTP (httpx maps kinds to statuses) and
// nothing of the product's rules.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of refusal this is; httpx maps it to an HTTP status.
type Kind string

// The kinds, each with the HTTP status that httpx answers with.
const (
	Invalid         Kind = "invalid"         // 422: the input breaks a rule
	Unauthenticated Kind = "unauthenticated" // 401: sign in first
	Forbidden       Kind = "forbidden"       // 403: signed in, but not allowed
	NotFound        Kind = "not_found"       // 404: no such thing, or not yours to know of
	WrongMethod     Kind = "wrong_method"    // 405: the address is right, the method is not
	Conflict        Kind = "conflict"        // 409: the state does not permit it (any more)
	TooMany         Kind = "too_many"        // 429: slow down, see RetryAfter
	TooLarge        Kind = "too_large"       // 413: body or message over its limit
	Unavailable     Kind = "unavailable"     // 503: try again later
	Internal        Kind = "internal"        // 500: our mistake
)

// Reason is one machine-readable ground of a refusal: which permission, switch
// or policy is in the way. Subject names the thing, for example a permission.
type Reason struct {
	Code    string
	Subject string
}

// Fault is an error with everything a person and a program need. Faults
// declared as package variables are never modified; the With methods copy.
type Fault struct {
	Kind       Kind
	Code       string        // stable, snake_case; programs and translations key on it
	Text       string        // one English sentence naming what is wrong
	Fix        string        // one English sentence naming the remedy; empty: none
	Reasons    []Reason      // grounds, most important first
	RetryAfter time.Duration // with TooMany and Unavailable; zero: unknown
	Cause      error         // for the log only, never sent
}

// New returns a fault without cause.
func New(kind Kind, code, text, fix string) *Fault {
	return &Fault{Kind: kind, Code: code, Text: text, Fix: fix}
}

// Error gives the code, the sentence and the cause: it is for logs.
func (f *Fault) Error() string {
	if f.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", f.Code, f.Text, f.Cause)
	}
	return f.Code + ": " + f.Text
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// Is matches faults by code, so that copies made by With still match.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Code == f.Code
}

// WithCause returns a copy that carries the cause for the log.
func (f *Fault) WithCause(err error) *Fault {
	c := *f
	c.Cause = err
	return &c
}

// WithReasons returns a copy that carries the grounds of the refusal.
func (f *Fault) WithReasons(reasons ...Reason) *Fault {
	c := *f
	c.Reasons = append([]Reason(nil), reasons...)
	return &c
}

// WithText returns a copy with a more specific sentence.
func (f *Fault) WithText(format string, args ...any) *Fault {
	c := *f
	c.Text = fmt.Sprintf(format, args...)
	return &c
}

// WithRetryAfter returns a copy that says when to try again.
func (f *Fault) WithRetryAfter(d time.Duration) *Fault {
	c := *f
	c.RetryAfter = d
	return &c
}

// Faults that no single package owns.
var (
	ErrSignInRequired = New(Unauthenticated, "sign_in_required", "You are not signed in, or your sign-in has ended.", "Sign in and try again.")
	ErrNotFound       = New(NotFound, "not_found", "This does not exist, or you may not see it.", "Check the address.")
	ErrWrongMethod    = New(WrongMethod, "wrong_method", "This address is not called with this method.", "Use one of the methods that the header Allow names.")
	ErrInvalid        = New(Invalid, "invalid_input", "The input is not valid.", "Correct it and try again.")
	ErrText           = New(Invalid, "text_invalid", "A text has a character that cannot be kept.", "Leave out the character with the number 0, and send UTF-8.")
	ErrTooLarge       = New(TooLarge, "too_large", "The message is too large.", "Send less.")
	ErrTooMany        = New(TooMany, "too_many_requests", "Too many requests.", "Wait a moment and try again.")
	ErrConflict       = New(Conflict, "changed_meanwhile", "This was changed by somebody else meanwhile.", "Reload and try again.")
	ErrInternal       = New(Internal, "internal_error", "Something went wrong on the server.", "Try again; if it happens again, tell your administrator the time it happened.")
	ErrUnavailable    = New(Unavailable, "unavailable", "The server cannot answer right now.", "Try again in a moment.")
)

// Of returns the fault inside err, or ErrInternal with err as its cause.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return ErrInternal.WithCause(err)
}
