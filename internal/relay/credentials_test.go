package relay

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"tasuke/internal/relay/attack"
)

func TestCredentialsThatAreRefused(t *testing.T) {
	swap := func(from, to string) func(*world, *Credentials) {
		return func(_ *world, c *Credentials) { c.Username = strings.Replace(c.Username, from, to, 1) }
	}
	cases := map[string]struct {
		change func(*world, *Credentials)
		want   int
	}{
		"good":                  {func(*world, *Credentials) {}, 0},
		"expired":               {func(w *world, _ *Credentials) { w.clock.advance(10 * time.Minute) }, 401},
		"nearly expired":        {func(w *world, _ *Credentials) { w.clock.advance(10*time.Minute - 2*time.Second) }, 0},
		"before Allow":          {func(w *world, _ *Credentials) { w.setLive("s1", false) }, 403},
		"after End":             {func(w *world, _ *Credentials) { w.End("s1") }, 401},
		"after End of another":  {func(w *world, _ *Credentials) { w.End("s2") }, 0},
		"session swapped":       {swap(":s1:", ":s2:"), 401},
		"seat swapped":          {swap(":helper:", ":sharer:"), 401},
		"expiry moved":          {func(_ *world, c *Credentials) { c.Username = "9" + c.Username }, 401},
		"expiry not a number":   {func(_ *world, c *Credentials) { c.Username = "x" + c.Username }, 401},
		"one character more":    {func(_ *world, c *Credentials) { c.Username += "A" }, 401},
		"a part more":           {func(_ *world, c *Credentials) { c.Username += ":x" }, 401},
		"password altered":      {func(_ *world, c *Credentials) { c.Password = "A" + c.Password[1:] + "A" }, 401},
		"password empty":        {func(_ *world, c *Credentials) { c.Password = "" }, 401},
		"made up":               {func(_ *world, c *Credentials) { c.Username, c.Password = "admin", "admin" }, 401},
		"key that never was":    {func(_ *world, c *Credentials) { c.Username = keyNamed(c.Username, "7") }, 401},
		"key of the day before": {func(w *world, c *Credentials) { age(w, c, 1) }, 0},
		"key that is too old":   {func(w *world, c *Credentials) { age(w, c, 2) }, 401},
	}
	for name, c := range cases {
		for _, network := range []string{"udp", "tcp"} {
			t.Run(name+" "+network, func(t *testing.T) {
				w := newWorld(t, nil)
				p := w.dial(t, network)
				cred := w.credentials(t, "s1", "helper")
				c.change(w, &cred)
				p.as(cred)
				if code := p.Allocate(); code != c.want {
					t.Errorf("allocate: %d, want %d", code, c.want)
				}
			})
		}
	}
}

func keyNamed(username, id string) string {
	at := strings.LastIndex(username, ":")
	_, nonce, _ := strings.Cut(username[at+1:], ".")
	return username[:at+1] + id + "." + nonce
}

// age mints credentials that are valid for years and then rotates keys.
func age(w *world, c *Credentials, rotations int) {
	*c, _ = w.Credentials("s1", "helper", w.clock.Now().AddDate(5, 0, 0))
	for range rotations {
		w.clock.advance(keyRotation)
		_, _ = w.Credentials("s1", "helper", w.clock.Now())
	}
}

// TestFirstDeniedThenAllowed: a refusal because of Live is not remembered.
func TestFirstDeniedThenAllowed(t *testing.T) {
	w := newWorld(t, nil)
	w.setLive("s1", false)
	p := w.dial(t, "tcp")
	p.as(w.credentials(t, "s1", "helper"))
	if code := p.Allocate(); code != 403 {
		t.Fatalf("before: %d", code)
	}
	w.setLive("s1", true)
	if code := p.Allocate(); code != 0 {
		t.Errorf("after: %d", code)
	}
}

// TestLongSessionOutlivesItsCredentials: refreshing is about the allocation,
// which dies with its session only.
func TestLongSessionOutlivesItsCredentials(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		w := newWorld(t, nil)
		a, b := w.join(t, network, "s1", "helper"), w.join(t, network, "s1", "sharer")
		for hour := range 72 {
			w.clock.advance(time.Hour)
			w.credentials(t, "s2", "helper") // lets keys rotate
			for _, p := range []*peer{a, b} {
				if code, lifetime := p.Refresh(600); code != 0 || lifetime != 600*time.Second {
					t.Fatalf("%s: hour %d: %d, %v", network, hour, code, lifetime)
				}
			}
		}
		connect(t, a, b)
		if code := a.Bind(0x4000, b.Relayed); code != 0 {
			t.Errorf("%s: bind: %d", network, code)
		}
		a.Send(attack.ChannelData(0x4000, attack.DTLS("three days")))
		if !b.Arrives("three days", patience) {
			t.Errorf("%s: nothing is relayed any more", network)
		}
	}
}

func TestEndKillsWithinASecond(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		w := newWorld(t, nil)
		a, b := w.join(t, network, "s1", "helper"), w.join(t, network, "s1", "sharer")
		c, d := w.join(t, network, "s2", "helper"), w.join(t, network, "s2", "sharer")
		connect(t, a, b)
		connect(t, c, d)
		w.End("s1")
		if n := w.Stats().Allocations; n != 2 {
			t.Errorf("%s: %d allocations after End", network, n)
		}
		if network == "udp" {
			for _, m := range []int{first(a.Refresh(600)), a.Permit(b.Relayed), a.Bind(0x4000, b.Relayed), b.Allocate()} {
				if m != 401 {
					t.Errorf("after End: answered %d, want 401", m)
				}
			}
		} else {
			eventually(t, "connections closed", func() bool { return w.Stats().Connections == 2 })
		}
		a.Indicate(b.Relayed, attack.DTLS("too late"))
		if b.Arrives("too late", 100*time.Millisecond) || w.Stats().RelayedPackets != 0 {
			t.Errorf("%s: relayed after End", network)
		}
		c.Indicate(d.Relayed, attack.DTLS("alive"))
		if !d.Arrives("alive", patience) {
			t.Errorf("%s: End took another session along", network)
		}
	}
}

func first(code int, _ time.Duration) int { return code }

func TestNamesThatCannotBeCredentials(t *testing.T) {
	w := newWorld(t, nil)
	for _, c := range [][2]string{{"", "helper"}, {"s1", ""}, {"a:b", "helper"}, {"s1", "a:b"}, {"s 1", "helper"}, {strings.Repeat("x", 129), "helper"}, {"é", "helper"}} {
		if _, err := w.Credentials(c[0], c[1], w.clock.Now()); err == nil {
			t.Errorf("%q, %q: accepted", c[0], c[1])
		}
	}
	if _, err := w.Credentials(strings.Repeat("x", 128), "helper", w.clock.Now()); err != nil {
		t.Error(err)
	}
}

func TestCredentialsDoNotPrint(t *testing.T) {
	w := newWorld(t, nil)
	c := w.credentials(t, "canary-session", "helper")
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "cred", c)
	all := log.String() + fmt.Sprintf("%v %+v %#v %s", c, c, c, c)
	for _, secret := range []string{c.Username, c.Password, "canary-session"} {
		if strings.Contains(all, secret) {
			t.Errorf("printed: %s", all)
		}
	}
}
