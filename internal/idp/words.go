package idp

// languages are those of the pages; the first is for everybody else.
var languages = []struct{ code, name string }{{"en", "English"}, {"ja", "日本語"}, {"ar", "العربية"}}

var directions = map[string]string{"en": "ltr", "ja": "ltr", "ar": "rtl"}

// words are the texts of the pages by language. A test compares their keys.
var words = map[string]map[string]string{"en": english, "ja": japanese, "ar": arabic}

var english = map[string]string{
	"language":         "Language",
	"error":            "Error",
	"home":             "Go to the start page",
	"sign_in":          "Sign in",
	"sign_in_to":       "with your account at",
	"username":         "User name or e-mail address",
	"password":         "Password",
	"forgot":           "Forgot your password? Your administrator can send you a link to choose a new one.",
	"welcome":          "Welcome",
	"opening":          "Opening your link …",
	"open":             "Continue",
	"no_script":        "This page needs JavaScript to read your link. Allow it and reload the page.",
	"no_token":         "The link is incomplete. Copy the whole link from your message and open it again.",
	"choose":           "Choose a password",
	"choose_for":       "for the user name",
	"new_password":     "New password",
	"repeat_password":  "New password again",
	"password_rules":   "At least 12 characters. Several unrelated words are easy to remember and hard to guess. Names and common words alone are not accepted.",
	"save":             "Save password",
	"saved":            "Password saved",
	"saved_text":       "Sign in with your user name and the new password.",
	"sign_out":         "Sign out",
	"sign_out_ask":     "Do you want to sign out in this browser?",
	"signed_out":       "You are signed out",
	"signed_out_text":  "If this is a shared computer, close the browser now.",
	"went_wrong":       "This did not work",
	"this_application": "Tasuke",

	"problem_wrong_password":      "The user name or the password is wrong.",
	"fix_wrong_password":          "Check both and try again.",
	"problem_account_disabled":    "This account was switched off.",
	"fix_account_disabled":        "Ask your administrator.",
	"problem_too_many_tries":      "There were too many wrong passwords.",
	"fix_too_many_tries":          "Wait a few minutes and try again.",
	"problem_sign_in_expired":     "This sign-in took too long or was already finished.",
	"fix_sign_in_expired":         "Go to the start page and sign in again.",
	"problem_unknown_application": "This sign-in was not started by this service.",
	"fix_unknown_application":     "Go to the start page and sign in from there.",
	"problem_sign_out_invalid":    "This sign-out was not started by this service.",
	"fix_sign_out_invalid":        "Sign out from the start page, or close the browser.",
	"problem_link_used":           "This link was already used, was replaced by a newer one, or is too old.",
	"fix_link_used":               "Ask your administrator for a new link.",
	"problem_password_too_short":  "The password has fewer than 12 characters.",
	"fix_password_too_short":      "Use at least 12; several words are easy to remember.",
	"problem_password_too_long":   "The password is too long.",
	"fix_password_too_long":       "Use at most 256 characters.",
	"problem_password_too_easy":   "This password is easy to guess: it is made of common words, names, repetitions or keyboard rows.",
	"fix_password_too_easy":       "Use several unrelated words.",
	"problem_password_mismatch":   "The two passwords are not the same.",
	"fix_password_mismatch":       "Type the same password twice.",
	"problem_internal_error":      "Something went wrong on the server.",
	"fix_internal_error":          "Try again; if it happens again, tell your administrator the time it happened.",
}
