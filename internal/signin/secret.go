package signin

import (
	"net/http"

	"tasuke/internal/httpx"
)

// secretLength is that of httpx.NewSecret's texts; other lengths are not looked up.
const secretLength = 43

// Names of the cookies, without the prefix that https adds.
const (
	cookieSignIn  = "tasuke"        // who is signed in
	cookieBrowser = "tasuke-signin" // which browser a sign-in was started in
)

// cookie is a cookie of the whole host that no script can read. The __Host-
// prefix makes browsers refuse it from anywhere but this host over https
// (RFC 6265bis, 4.1.3.2).
func (s *Service) cookie(name, value string, maxAge int) *http.Cookie {
	c := &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if s.https() {
		c.Name, c.Secure = "__Host-"+name, true
	}
	return c
}

// cookieHash returns the hash of a cookie's secret, or nil.
func (s *Service) cookieHash(r *http.Request, name string) []byte {
	c, err := r.Cookie(s.cookie(name, "", 0).Name)
	if err != nil || len(c.Value) != secretLength {
		return nil
	}
	return httpx.HashSecret(c.Value)
}
