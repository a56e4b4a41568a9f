package servertest_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// lists are the addresses that page, search and filter.
var lists = []string{
	"people?sort=name&", "people?sort=created&order=desc&", "audit?", "reports/sessions?sort=ended&", "reports/sessions?sort=seconds&",
	"devices?sort=name&", "devices?sort=seen&", "devices?sort=compliance&descending=true&", "groups/none/members?", "settings/history?",
}

// fuzzed sends a request as an administrator; the server may refuse it but must
// neither break nor be silent, and every refusal is whole.
func fuzzed(t *testing.T, p *servertest.Person, method, path, kind string, body []byte) servertest.Answer {
	req, err := http.NewRequest(method, p.Base()+path, bytes.NewReader(body))
	if err != nil {
		t.Skip("no request that a browser could send")
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := p.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var refused servertest.Problem
	if res.StatusCode >= http.StatusInternalServerError || res.StatusCode >= http.StatusBadRequest && (json.Unmarshal(b, &refused) != nil || refused.Code == "") {
		t.Fatalf("%s %s: %d %.300s", method, path, res.StatusCode, b)
	}
	return servertest.Answer{Status: res.StatusCode, Body: b}
}

// FuzzLists: filters, searches and cursors of every list, cursors also as what
// they hold inside.
func FuzzLists(f *testing.F) {
	boss := servertest.Start(f).SignIn("amelia")
	for i, list := range lists {
		f.Add(uint8(i), "search=a&limit=1", "")
		f.Add(uint8(i), "", `{"s":"name","d":false,"t":"a","i":"1"}`)
		if strings.HasPrefix(list, "devices") {
			f.Add(uint8(i), "platform=windows&group=x", "id\nnoon")
			f.Add(uint8(i), "compliance=unknown", "id\n99999999999999999999")
		}
	}
	f.Add(uint8(2), "from=2026-11-24T00:00:00Z&to=0001-01-01T00:00:00Z&number=-1", `{"s":"number","d":true,"n":7,"i":"acme"}`)
	f.Add(uint8(3), "search=%00&from=9999-12-31T23:59:59Z", "\x00")
	f.Fuzz(func(t *testing.T, list uint8, query, cursor string) {
		if cursor != "" {
			query += "&cursor=" + url.QueryEscape(base64.RawURLEncoding.EncodeToString([]byte(cursor)))
		}
		fuzzed(t, boss, http.MethodGet, "/api/v1/"+lists[int(list)%len(lists)]+sendable(query), "", nil)
	})
}

// FuzzDescriptions: what other systems say of devices, as JSON and as CSV; what
// was told as kept can be read again.
func FuzzDescriptions(f *testing.F) {
	boss := servertest.Start(f).SignIn("amelia")
	f.Add(false, []byte(`{"devices":[{"externalId":"a","name":"b","platform":"linux","facts":[{"name":"disk_encryption","value":"true","at":"2026-11-01T00:00:00Z"}]}]}`))
	f.Add(false, []byte(`{"devices":[{"externalId":"a\u0000","owner":"\u0000"},{"externalId":"a"},null]}`))
	f.Add(true, []byte("external_id,name,owner,os_version,reported_at\na,b,c@d,1.2.3,2026-11-01T00:00:00Z\n"))
	f.Add(true, []byte("external_id\n\"\n"))
	f.Fuzz(func(t *testing.T, file bool, body []byte) {
		path, kind := "/api/v1/devices/facts", "application/json"
		if file {
			path, kind = "/api/v1/devices/import", "text/csv"
		}
		got := fuzzed(t, boss, http.MethodPost, path, kind, body)
		var v wire.Described
		if got.Status != http.StatusOK || json.Unmarshal(got.Body, &v) != nil || v.Preview || v.Created+v.Changed == 0 {
			return
		}
		var list wire.Devices
		if err := json.Unmarshal(fuzzed(t, boss, http.MethodGet, "/api/v1/devices?sort=seen&descending=true&limit=1", "", nil).Body, &list); err != nil || len(list.Devices) != 1 {
			t.Fatalf("%q was kept, and then: %+v, %v", body, list, err)
		}
	})
}

// sendable writes what no request line may have (RFC 9112 section 3.2) as percent signs.
func sendable(query string) string {
	var out strings.Builder
	for _, b := range []byte(query) {
		if b <= ' ' || b >= 0x7f || b == '#' {
			fmt.Fprintf(&out, "%%%02x", b)
		} else {
			out.WriteByte(b)
		}
	}
	return out.String()
}
