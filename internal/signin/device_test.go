package signin_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

// known describes a device of an organisation as a device management would.
func (w *world) known(t *testing.T, org identity.OrgID, external string) {
	t.Helper()
	v, err := w.store.Describe(context.Background(), org, []inventory.Description{{Line: 1, ExternalID: external}}, inventory.Batch{
		Source: device.FromImport,
		Decide: func(d *inventory.Detail, is inventory.Description, _ *identity.Actor) (bool, error) {
			d.Name, d.Platform = external, identity.Windows
			return true, nil
		},
		Log: func(inventory.Described) identity.Entry { return identity.Entry{Org: org, Action: "device.describe"} },
	})
	if err != nil || v.Created != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
}

func (w *world) device(t *testing.T, org identity.OrgID, external string) inventory.Detail {
	t.Helper()
	all, err := w.store.Devices(context.Background(), org, inventory.Filter{Search: external, Reach: identity.Everything(), Limit: 1})
	if err != nil || len(all) != 1 {
		t.Fatalf("%d devices, %v", len(all), err)
	}
	d, err := w.store.Device(context.Background(), org, all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// claimed signs somebody in and returns what the sign-in has proven.
func claimed(t *testing.T, w *world, f *fake, b *browser) device.Standing {
	t.Helper()
	if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" {
		t.Fatalf("%s\n%s", p.url, w.log)
	}
	s, _, err := w.store.Presented(context.Background(), *b.me())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTheProviderNamesTheDevice: by the claim that this issuer's organisation
// mapped, in the verified id token, and in no other way.
func TestTheProviderNamesTheDevice(t *testing.T) {
	w, f := fakeWorld(t)
	w.organisation(t, "other")
	w.known(t, "acme", "mdm-7")
	w.known(t, "other", "mdm-8")
	mapped := identity.DeviceClaims{ID: "deviceid", Compliant: "iscompliant", Values: []string{"yes"}}
	for name, c := range map[string]struct {
		names identity.DeviceClaims
		token map[string]any
		info  map[string]any
		want  device.Grade
	}{
		"absent":                     {mapped, map[string]any{}, nil, ""},
		"not mapped":                 {identity.DeviceClaims{}, map[string]any{"deviceid": "mdm-7"}, nil, ""},
		"another claim":              {mapped, map[string]any{"device_id": "mdm-7"}, nil, ""},
		"only in userinfo":           {mapped, map[string]any{}, map[string]any{"deviceid": "mdm-7"}, ""},
		"a device nobody knows":      {mapped, map[string]any{"deviceid": "mdm-9"}, nil, ""},
		"of another organisation":    {mapped, map[string]any{"deviceid": "mdm-8"}, nil, ""},
		"not a text":                 {mapped, map[string]any{"deviceid": []string{"mdm-7"}}, nil, ""},
		"text that would be cleaned": {mapped, map[string]any{"deviceid": "mdm-7\u202e"}, nil, ""},
		"mapped":                     {mapped, map[string]any{"deviceid": "mdm-7"}, nil, device.ProviderClaim},
	} {
		f.config.Device = c.names
		f.claims = func(m map[string]any) {
			for k, v := range c.token {
				m[k] = v
			}
		}
		f.info = func(m map[string]any) {
			for k, v := range c.info {
				m[k] = v
			}
		}
		if got := claimed(t, w, f, w.browser(t)); got.Grade != c.want || got.Enrolled() != (c.want != "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if d := w.device(t, "acme", "mdm-7"); d.Enrolment != device.Enrolled || d.Grade != device.ProviderClaim || d.Owner == "" || len(d.Facts) != 0 {
		t.Errorf("afterwards it is %+v", d)
	}
	if d := w.device(t, "other", "mdm-8"); d.Enrolment != device.Known || d.Owner != "" {
		t.Errorf("another organisation's is %+v", d)
	}
}

// TestAClaimIsOfItsToken: signing in again without it proves nothing, somebody
// else cannot take the device, and a revoked one stays revoked.
func TestAClaimIsOfItsToken(t *testing.T) {
	w, f := fakeWorld(t)
	w.known(t, "acme", "mdm-7")
	f.config.Device = identity.DeviceClaims{ID: "deviceid", Compliant: "iscompliant", Values: []string{"yes"}}
	value, issued := any("yes"), time.Now().Add(-3*time.Minute).Truncate(time.Second)
	says := func(m map[string]any) {
		m["deviceid"], m["iscompliant"], m["iat"] = "mdm-7", value, issued.Unix()
	}
	f.claims = says
	b := w.browser(t)
	if got := claimed(t, w, f, b); got.Grade != device.ProviderClaim {
		t.Fatalf("%+v", got)
	}
	fact := func() device.Fact {
		d := w.device(t, "acme", "mdm-7")
		if len(d.Facts) != 1 {
			t.Fatalf("facts %+v", d.Facts)
		}
		return d.Facts[0]
	}
	if got := fact(); got.Name != device.Declared || got.Value != "true" || got.Source != device.FromClaim || !got.At.Equal(issued) {
		t.Errorf("fact %+v", got)
	}
	for _, value = range []any{"no", false, true, 1} { // 1: neither a text nor true or false, so nothing is said
		claimed(t, w, f, w.browser(t))
		if got := fact(); got.Value != "false" {
			t.Errorf("%v counts as %+v", value, got)
		}
	}
	f.claims = nil
	if got := claimed(t, w, f, b); got.Enrolled() { // the same browser and person
		t.Errorf("without the claim: %+v", got)
	}
	f.claims = func(m map[string]any) { says(m); m["sub"] = "subject-2" }
	f.info = func(m map[string]any) { m["sub"] = "subject-2" }
	if got := claimed(t, w, f, w.browser(t)); got.Enrolled() {
		t.Errorf("somebody else's device: %+v", got)
	}
	d := w.device(t, "acme", "mdm-7")
	if _, err := w.store.ChangeDevice(context.Background(), "acme", d.ID, 0, func(d *inventory.Detail) (identity.Entry, error) {
		d.Enrolment = device.Revoked
		d.Forget()
		return identity.Entry{Org: "acme", Action: "device.revoked"}, nil
	}); err != nil {
		t.Fatal(err)
	}
	f.claims, f.info = says, nil
	if got := claimed(t, w, f, w.browser(t)); !got.Revoked || got.Enrolled() {
		t.Errorf("a revoked device: %+v", got)
	}
}

// TestAHeaderNamesNoDevice: whatever a client sends along.
func TestAHeaderNamesNoDevice(t *testing.T) {
	w, f := fakeWorld(t)
	w.known(t, "acme", "mdm-7")
	f.config.Device = identity.DeviceClaims{ID: "deviceid"}
	b := w.browser(t)
	b.client.Transport = headers{b.client.Transport, http.Header{
		"Deviceid": {"mdm-7"}, "X-Ms-Deviceid": {"mdm-7"}, "X-Client-Cert": {"mdm-7"}, "X-Ssl-Client-S-Dn": {"CN=mdm-7"}, "Sec-Ch-Ua-Platform": {"mdm-7"}, "User-Agent": {"Windows deviceid=mdm-7"},
	}}
	if got := claimed(t, w, f, b); got.Enrolled() {
		t.Errorf("%+v", got)
	}
}

// headers sends more of them.
type headers struct {
	http.RoundTripper
	more http.Header
}

// RoundTrip implements http.RoundTripper.
func (h headers) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	for k, v := range h.more {
		r.Header[k] = v
	}
	return h.RoundTripper.RoundTrip(r)
}
