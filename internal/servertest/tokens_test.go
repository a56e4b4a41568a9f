package servertest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tasuke/internal/api"
	"tasuke/internal/identity"
	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// TestAProgramActsByAToken: with what the token names, while its owner has it.
func TestAProgramActsByAToken(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	program, token := boss.Program("Report", identity.ViewAudit, identity.EndSessions)
	var me wire.Me
	program.Must(http.MethodGet, "/api/v1/me", nil, &me)
	if got := strings.Join(me.Permissions, " "); got != "end_sessions view_audit" || me.MayHelp.Allowed {
		t.Errorf("the program may %s, help: %v", got, me.MayHelp.Allowed)
	}
	var audit wire.Page[wire.AuditLine]
	program.Must(http.MethodGet, "/api/v1/audit?search=token.create", nil, &audit)
	if len(audit.Items) != 1 || audit.Items[0].Object != token.ID || audit.Items[0].Details["permissions"] != "view_audit end_sessions" {
		t.Errorf("audit: %+v", audit.Items)
	}
	program.Refused("not_permitted", http.MethodGet, "/api/v1/people", nil)
	var list api.List[wire.Token]
	boss.Must(http.MethodGet, "/api/v1/tokens", nil, &list)
	if len(list.Items) != 1 || list.Items[0].UsedAt == nil || list.Items[0].Owner != me.Person.ID {
		t.Errorf("tokens: %+v", list.Items)
	}
	boss.Must(http.MethodDelete, "/api/v1/tokens/"+token.ID, nil, nil)
	program.Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)
	boss.Refused("not_found", http.MethodDelete, "/api/v1/tokens/"+token.ID, nil)
	w.Bearer("tsk_wrong").Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)
	w.VerifyAudit()
}

// TestAProgramTakesNoSeat: it neither gives help nor gets any, has no sign-ins,
// makes no tokens, and is nobody to the other doors.
func TestAProgramTakesNoSeat(t *testing.T) {
	p := trust(t)
	boss := p.w.SignIn("amelia")
	program, _ := boss.Program("Everything", identity.Permissions()...)
	session := "/api/v1/help-sessions/" + p.session
	for path, body := range map[string]any{
		"/api/v1/help-sessions":        struct{}{},
		"/api/v1/help-sessions/redeem": wire.Redeem{Code: "4060-R0GX"},
		session + "/acts/allow":        wire.Act{Text: text},
		session + "/bye":               map[string]string{"page": "0123456789abcdef"},
		"/api/v1/tokens":               wire.TokenBody{Name: "Child", Permissions: []string{}, ExpiresAt: time.Now().Add(time.Hour)},
	} {
		program.Refused("token_not_accepted", http.MethodPost, path, body)
	}
	program.Refused("token_not_accepted", http.MethodGet, "/api/v1/sign-ins", nil)
	program.Must(http.MethodPost, session+"/admin-end", wire.AdminEnd{}, nil) // what needs no seat works
	p.helperLive.WaitState("ended")
	program.Open(wire.Attach{Session: p.session, Page: "0123456789abcdef"}).WaitClosed(4401)
}

func TestATokenGivesNoMoreThanItsOwnerHas(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	w.Hire("demo", "toby", identity.Administrator)
	toby := w.SignIn("toby")
	program, _ := toby.Program("Tools", identity.ReadPeople)
	program.Must(http.MethodGet, "/api/v1/people", nil, nil)
	id := personID(t, boss, "toby")
	boss.Must(http.MethodDelete, "/api/v1/groups/administrator/members/"+id, nil, nil)
	program.Refused("not_permitted", http.MethodGet, "/api/v1/people", nil)
	toby.Refused("not_permitted", http.MethodPost, "/api/v1/tokens", wire.TokenBody{Name: "More", Permissions: []string{}, ExpiresAt: time.Now().Add(time.Hour)})
	boss.Must(http.MethodPost, "/api/v1/people/"+id+"/disable", nil, nil)
	program.Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)
	boss.Must(http.MethodPost, "/api/v1/people/"+id+"/enable", nil, nil)
	program.Refused("token_invalid", http.MethodGet, "/api/v1/me", nil)

	w.Found("other")
	w.Hire("other", "olga", identity.Administrator)
	_, token := boss.Program("Ours")
	olga := w.SignInTo("other", "olga")
	olga.Refused("not_found", http.MethodDelete, "/api/v1/tokens/"+token.ID, nil)
	var list api.List[wire.Token]
	olga.Must(http.MethodGet, "/api/v1/tokens", nil, &list)
	if len(list.Items) != 0 {
		t.Errorf("another organisation sees %+v", list.Items)
	}
}

// TestPoliciesHoldForPrograms: who must have signed in strongly cannot go round
// it by a token.
func TestPoliciesHoldForPrograms(t *testing.T) {
	w := servertest.Start(t)
	boss := w.SignIn("amelia")
	program, _ := boss.Program("Tools", identity.ReadPeople)
	none := []string{}
	nobody := wire.Who{People: none, Groups: none, Roles: none}
	fresh := wire.PolicyBody{Name: "Fresh", State: "on", Seats: []string{"administrator"}, Include: nobody, Exclude: nobody,
		Conditions: wire.Conditions{Locations: none, NotLocations: none, Platforms: none, NotPlatforms: none, Browsers: none, Devices: none},
		Control:    wire.Control{Require: []wire.Requirement{{Kind: "fresh_sign_in", AgeMinutes: 60}}}}
	fresh.Include.Everyone = true
	boss.Must(http.MethodPost, "/api/v1/policies", fresh, nil)
	boss.Must(http.MethodGet, "/api/v1/people", nil, nil)
	program.Refused("help_refused", http.MethodGet, "/api/v1/people", nil)
}
