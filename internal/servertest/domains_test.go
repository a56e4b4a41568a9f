package servertest_test

import (
	"fmt"
	"net/http"
	"testing"

	"tasuke/internal/api"
	"tasuke/internal/resolver/dnstest"
	"tasuke/internal/wire"
)

// TestADomainIsVerifiedByDNS: the operator's word is taken back, and the record
// makes the domain verified again, on the trust screen that is open meanwhile.
func TestADomainIsVerifiedByDNS(t *testing.T) {
	zone := &dnstest.Zone{}
	p := trust(t, "dns_resolver="+dnstest.Serve(t, zone.ServeDNS))
	boss := p.w.SignIn("amelia")
	shows := func(verified bool) {
		t.Helper()
		p.sharerLive.Wait("the domain's badge", func(v wire.Snapshot) bool { return v.Peer != nil && v.Peer.DomainVerified == verified })
	}
	shows(true)
	boss.Must(http.MethodDelete, "/api/v1/domains/northwind.example", nil, nil)
	shows(false)

	var d wire.Domain
	boss.Must(http.MethodPost, "/api/v1/domains", wire.DomainBody{Name: "Northwind.Example."}, &d)
	if d.State != "pending" || d.Record == nil || d.Record.Name != "_tasuke.northwind.example" {
		t.Fatalf("%+v", d)
	}
	check := func(state, problem string) {
		t.Helper()
		p.w.Eventually("a look at DNS finds "+state+" "+problem, func() error { // after the pause between two looks
			boss.Must(http.MethodPost, "/api/v1/domains/northwind.example/check", nil, &d)
			if d.State != state || d.Problem != problem {
				return fmt.Errorf("%+v", d)
			}
			return nil
		})
	}
	check("failed", "record_missing")
	zone.Set(d.Record.Name, "tasuke-verification=somebody-elses")
	check("failed", "record_wrong")
	if len(d.Found) != 1 || d.Found[0] != "tasuke-verification=somebody-elses" {
		t.Errorf("found %q", d.Found)
	}
	zone.Set(d.Record.Name, "v=spf1 -all", d.Record.Value)
	check("verified", "")
	shows(true)

	boss.Refused("domain_exists", http.MethodPost, "/api/v1/domains", wire.DomainBody{Name: "northwind.example"})
	boss.Refused("domain_public", http.MethodPost, "/api/v1/domains", wire.DomainBody{Name: "co.uk"})
	boss.Refused("domain_invalid", http.MethodPost, "/api/v1/domains", wire.DomainBody{Name: "amelia@northwind.example"})
	p.helper.Refused("not_permitted", http.MethodGet, "/api/v1/domains", nil)
	var list api.List[wire.Domain]
	boss.Must(http.MethodGet, "/api/v1/domains", nil, &list)
	if len(list.Items) != 1 || list.Items[0].Name != "northwind.example" {
		t.Errorf("%+v", list.Items)
	}
	p.w.VerifyAudit()
}
