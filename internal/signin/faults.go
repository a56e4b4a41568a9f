package signin

import "tasuke/internal/fault"

// Refusals of a sign-in. Their codes are what /signin/error shows in the
// person's language; nothing a provider wrote is ever shown.
var (
	ErrOrganisationNeeded  = fault.New(fault.Invalid, "organisation_needed", "This service has several organisations.", "Enter your organisation or your work e-mail address.")
	ErrOrganisationUnknown = fault.New(fault.NotFound, "organisation_unknown", "No organisation here uses this name or e-mail domain, or it has no way to sign in yet.", "Check it, or ask your administrator.")
	ErrReturn              = fault.New(fault.Invalid, "return_not_allowed", "The page to return to is not one of this service's.", "Go to the start page and sign in from there.")
	ErrTooManyStarts       = fault.New(fault.TooMany, "too_many_sign_ins", "Too many sign-ins were started from your network.", "Wait a moment and try again.")
	ErrExpired             = fault.New(fault.Conflict, "sign_in_expired", "This sign-in took too long, was already used, or was started in another browser.", "Sign in again.")
	ErrDenied              = fault.New(fault.Forbidden, "provider_denied", "Your organisation's sign-in service did not let you in.", "Try again, or ask your administrator.")
	ErrProviderAnswer      = fault.New(fault.Unavailable, "provider_error", "Your organisation's sign-in service reported an error.", "Try again; if it happens again, ask your administrator.")
	ErrProviderUnreachable = fault.New(fault.Unavailable, "provider_unreachable", "Your organisation's sign-in service cannot be reached.", "Try again in a moment.")
	ErrUntrusted           = fault.New(fault.Forbidden, "provider_untrusted", "The answer of your organisation's sign-in service could not be trusted.", "Sign in again; if it happens again, ask your administrator.")
	ErrNotFresh            = fault.New(fault.Forbidden, "sign_in_not_fresh", "Your organisation's sign-in service did not confirm that you just signed in.", "Ask your administrator to let it send auth_time.")
	ErrMFAMissing          = fault.New(fault.Forbidden, "sign_in_not_mfa", "Your organisation's sign-in service did not confirm a second factor.", "Set up a second factor there and try again; if you have one, ask your administrator to name its acr value here.")
	ErrStep                = fault.New(fault.Invalid, "sign_in_step_unknown", "This page asked for a kind of sign-in that does not exist.", "Go to the start page and sign in from there.")
	ErrFirstLink           = fault.New(fault.NotFound, "first_link_used", "This link was already used, is too old, or is for another organisation.", "Create a new one with the command line tool.")
	ErrPictureMissing      = fault.New(fault.NotFound, "no_picture", "This person has no picture.", "")
)

// brief bounds what a provider can put into our log: one line of 200 bytes.
func brief(err error) error { return briefError{err} }

type briefError struct{ error }

const maxLogged = 200

// Error returns the text, cut and with everything unprintable escaped.
func (e briefError) Error() string { return shorten(e.error.Error()) }

// Unwrap returns the whole error.
func (e briefError) Unwrap() error { return e.error }
