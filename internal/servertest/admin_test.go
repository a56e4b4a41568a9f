package servertest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// TestAManagerWatchesAndEnds: the live list follows by itself, and both sides
// read why the session was ended.
func TestAManagerWatchesAndEnds(t *testing.T) {
	p := connecting(t)
	boss := p.w.SignIn("amelia")
	watch := boss.Watch("/api/v1/live-sessions/events")
	watch.Wait("the session", func(event, data string) bool {
		return event == "sessions" && strings.Contains(data, p.session) && strings.Contains(data, `"connecting"`)
	})
	boss.Must(http.MethodPost, "/api/v1/help-sessions/"+p.session+"/admin-end", wire.AdminEnd{Note: "The wrong\n colleague"}, nil)
	watch.Wait("its end", func(event, data string) bool { return event == "sessions" && !strings.Contains(data, p.session) })
	for _, s := range []*servertest.Socket{p.helperLive, p.sharerLive} {
		v := s.WaitState("ended")
		if v.Note != "The wrong colleague" || v.Reason != "admin_ended" {
			t.Errorf("%s reads %q (%s)", v.Seat, v.Note, v.Reason)
		}
	}
	p.helper.Refused("not_permitted", http.MethodGet, "/api/v1/live-sessions/events", nil)
	boss.Must(http.MethodPost, "/api/v1/people/"+personID(t, boss, "Amelia")+"/sign-out", nil, nil)
	watch.Wait("the refusal", func(event, data string) bool {
		return event == "refused" && strings.Contains(data, "sign_in_required")
	})
}

func personID(t *testing.T, boss *servertest.Person, search string) string {
	t.Helper()
	var page wire.Page[wire.Person]
	boss.Must(http.MethodGet, "/api/v1/people?search="+search, nil, &page)
	if len(page.Items) != 1 {
		t.Fatalf("%d people are called %s", len(page.Items), search)
	}
	return page.Items[0].ID
}

func TestSomebodyIsShutOutAndErased(t *testing.T) {
	p := connecting(t)
	boss := p.w.SignIn("amelia")
	id := personID(t, boss, "sof%C3%8Da") // folds case beyond ASCII
	var d wire.PersonDetail
	boss.Must(http.MethodGet, "/api/v1/people/"+id, nil, &d)
	if len(d.SignIns) != 1 || d.Name != "Sofía Núñez" {
		t.Errorf("detail %+v", d)
	}
	boss.Must(http.MethodPost, "/api/v1/people/"+id+"/disable", nil, nil)
	if v := p.helperLive.WaitState("ended"); v.Reason != "permission_lost" && v.Reason != "signed_out" {
		t.Errorf("ended for %s", v.Reason)
	}
	p.sharer.Refused("sign_in_required", http.MethodGet, "/api/v1/me", nil)
	var export []byte
	boss.Must(http.MethodGet, "/api/v1/people/"+id+"/export", nil, &export)
	for _, want := range []string{`"kind":"person"`, `"kind":"session"`, `"kind":"audit"`, "Sofía Núñez"} {
		if !strings.Contains(string(export), want) {
			t.Errorf("the export lacks %s", want)
		}
	}
	boss.Must(http.MethodPost, "/api/v1/people/"+id+"/erase", nil, nil)
	var page wire.Page[wire.Person]
	boss.Must(http.MethodGet, "/api/v1/people?search=sof", nil, &page)
	var reports []byte
	boss.Must(http.MethodGet, "/api/v1/reports/sessions.csv", nil, &reports)
	if len(page.Items) != 0 || strings.Contains(string(reports), "Sof") || !strings.Contains(string(reports), p.session) {
		t.Errorf("after erasing: %+v, %s", page.Items, reports)
	}
	if n := p.w.Holds("Sofía", "Núñez", "sofia@"); n != "" {
		t.Errorf("the files still hold %q", n)
	}
	p.w.VerifyAudit()
	boss.Refused("yourself", http.MethodPost, "/api/v1/people/"+personID(t, boss, "Amelia")+"/disable", nil)
}

func TestCheckpointsAreKeptBesideTheDatabase(t *testing.T) {
	w := servertest.Start(t)
	w.SignIn("amelia")
	w.Restart() // at the stop the newest line is witnessed
	w.VerifyAudit()
	if n, err := w.VerifyCheckpoints(); err != nil || n < 1 {
		t.Errorf("%d checkpoints, %v", n, err)
	}
}

// TestSettingsHaveAnETag: like everything that is configured; the version in the
// body still does.
func TestSettingsHaveAnETag(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	const path = "/api/v1/settings"
	var s wire.Settings
	var answer http.Header
	boss.Must(http.MethodGet, path, nil, &s)
	boss.Must(http.MethodGet, path, nil, &answer)
	if got, want := answer.Get("ETag"), fmt.Sprintf(`"%d"`, s.Version); got != want {
		t.Errorf("ETag %s, want %s", got, want)
	}
	boss.Match(s.Version).Must(http.MethodPut, path, s, &answer)
	if got, want := answer.Get("ETag"), fmt.Sprintf(`"%d"`, s.Version+1); got != want {
		t.Errorf("ETag %s, want %s", got, want)
	}
	boss.Match(s.Version).Refused("changed_meanwhile", http.MethodPut, path, s)
	boss.Match(s.Version+1).Refused("changed_meanwhile", http.MethodPut, path, s) // the two disagree
	s.Version++
	boss.Must(http.MethodPut, path, s, nil)
	boss.Refused("changed_meanwhile", http.MethodPut, path, s)
}
