package servertest_test

import (
	"net/http"
	"strings"
	"testing"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

const localPeople = "/api/v1/local-people"

// local finds a local account by its user name.
func local(t *testing.T, boss *servertest.Person, username string) wire.LocalPerson {
	t.Helper()
	var list wire.LocalPeople
	boss.Must(http.MethodGet, localPeople, nil, &list)
	for _, p := range list.People {
		if p.Username == username {
			return p
		}
	}
	t.Fatalf("no %s among %d local people", username, len(list.People))
	return wire.LocalPerson{}
}

// TestDisabledMeansOut: the help session ends, every sign-in is gone, the
// provider's own too, until somebody enables the person again.
func TestDisabledMeansOut(t *testing.T) {
	p := connecting(t)
	boss := p.w.SignIn("amelia")
	haruka := local(t, boss, "haruka")
	if haruka.State != "active" || haruka.Person == "" || haruka.Passkeys != 0 || haruka.TOTP || haruka.LinkExpiresAt != nil {
		t.Errorf("%+v", haruka)
	}
	p.helper.Refused("not_permitted", http.MethodPost, localPeople+"/"+haruka.ID+"/disable", nil)
	boss.Must(http.MethodPost, localPeople+"/"+haruka.ID+"/disable", nil, nil)
	p.helper.Refused("sign_in_required", http.MethodGet, "/api/v1/me", nil)
	if v := p.sharerLive.WaitState("ended"); v.Reason != "permission_lost" && v.Reason != "signed_out" {
		t.Errorf("ended as %s", v.Reason)
	}
	if got := local(t, boss, "haruka"); got.State != "disabled" {
		t.Errorf("%+v", got)
	}
	boss.Must(http.MethodPost, localPeople+"/"+haruka.ID+"/enable", nil, nil)
	p.w.SignIn("haruka").Must(http.MethodGet, "/api/v1/me", nil, nil)
}

func TestTheLastAdministratorStays(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	amelia := local(t, boss, "amelia")
	boss.Refused("last_administrator", http.MethodPost, localPeople+"/"+amelia.ID+"/disable", nil)
	boss.Must(http.MethodGet, "/api/v1/me", nil, nil)
}

func TestInviteResetAndChange(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	var made wire.LocalLink
	boss.Must(http.MethodPost, localPeople, map[string]any{"username": "Nina@northwind.example", "name": "Nina Berg", "title": "Clerk", "email": "nina@northwind.example"}, &made)
	if !strings.HasPrefix(made.Link, w.Base+"/idp/demo/welcome#") || made.ExpiresAt.IsZero() {
		t.Errorf("%+v", made)
	}
	nina := local(t, boss, "nina@northwind.example")
	if nina.ID != made.ID || nina.State != "invited" || nina.LinkExpiresAt == nil || nina.Person == "" {
		t.Errorf("%+v", nina)
	}
	boss.Refused("username_taken", http.MethodPost, localPeople, map[string]any{"username": "NINA@northwind.example", "name": "Another"})
	boss.Refused("account_invalid", http.MethodPost, localPeople, map[string]any{"username": "two words", "name": "Nina"})
	boss.Refused("invalid_input", http.MethodPost, localPeople, map[string]any{"username": "x"})
	boss.Must(http.MethodPut, localPeople+"/"+nina.ID, map[string]any{"name": "Nina Bergström", "department": "Sales"}, nil)
	boss.Refused("account_invalid", http.MethodPut, localPeople+"/"+nina.ID, map[string]any{"name": "\u202e"})
	var people wire.People
	boss.Must(http.MethodGet, "/api/v1/people", nil, &people)
	found := false
	for _, p := range people.People {
		found = found || p.ID == nina.Person && p.Name == "Nina Bergström" && p.Title == "" && p.Department == "Sales"
	}
	if !found {
		t.Errorf("the person was not changed: %+v", people)
	}

	sofia := w.SignIn("sofia")
	id := local(t, boss, "sofia").ID
	boss.Must(http.MethodPost, localPeople+"/"+id+"/link", nil, &made)
	if made.ID != id || local(t, boss, "sofia").State != "invited" {
		t.Errorf("%+v", made)
	}
	sofia.Refused("sign_in_required", http.MethodGet, "/api/v1/me", nil)
	omar := w.SignIn("omar")
	boss.Must(http.MethodPost, localPeople+"/"+local(t, boss, "omar").ID+"/reset-factors", nil, nil)
	omar.Refused("sign_in_required", http.MethodGet, "/api/v1/me", nil)
	for _, act := range []string{"/link", "/reset-factors", "/disable", "/enable"} {
		boss.Refused("not_found", http.MethodPost, localPeople+"/nobody"+act, nil)
	}
	boss.Refused("not_found", http.MethodPut, localPeople+"/nobody", map[string]any{"name": "X"})
	if strings.Contains(w.Log.String(), strings.SplitN(made.Link, "#", 2)[1]) {
		t.Error("the one-time link is in the log")
	}
	w.VerifyAudit()
}
