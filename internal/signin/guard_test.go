package signin

import (
	"net/http"
	"net/netip"
	"testing"
)

func TestSpecialAddresses(t *testing.T) {
	for _, a := range []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1",
	} {
		if !special(netip.MustParseAddr(a)) {
			t.Errorf("%s passes", a)
		}
	}
	for _, a := range []string{"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"} {
		if special(netip.MustParseAddr(a)) {
			t.Errorf("%s is refused", a)
		}
	}
}

func TestGuard(t *testing.T) {
	strict, office := guard(nil), guard([]netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")})
	for address, want := range map[string][2]bool{ // strict, office
		"8.8.8.8:443": {true, true}, "10.1.2.3:443": {false, true}, "[::ffff:10.1.2.3]:443": {false, true},
		"10.2.2.3:443": {false, false}, "[fe80::1%eth0]:443": {false, false}, "127.0.0.1:80": {false, false}, "nonsense": {false, false},
	} {
		if got := [2]bool{strict("tcp", address, nil) == nil, office("tcp", address, nil) == nil}; got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestHTTPSCookiesAndAddresses(t *testing.T) {
	https, http1 := &Service{base: "https://help.example"}, &Service{base: "http://localhost:8080"}
	c := https.cookie(cookieSignIn, "x", 0)
	if c.Name != "__Host-tasuke" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("%+v", c)
	}
	if c := http1.cookie(cookieSignIn, "x", 0); c.Name != "tasuke" || c.Secure {
		t.Errorf("%+v", c)
	}
	for address, want := range map[string][2]bool{ // https, http
		"https://idp.example/x": {true, true}, "http://idp.example/x": {false, true}, "https://a:b@idp.example/": {false, false},
		"https:///x": {false, false}, "https://idp.example/#x": {false, false}, "ftp://idp.example": {false, false}, "/x": {false, false}, "": {false, false},
	} {
		if got := [2]bool{https.secureURL(address), http1.secureURL(address)}; got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestBaseAddress(t *testing.T) {
	for _, base := range []string{"", "help.example", "https://", "ftp://help.example", "https://help.example/", "https://help.example/x"} {
		if _, err := New(Options{BaseURL: base}); err == nil {
			t.Errorf("%q is accepted", base)
		}
	}
}
